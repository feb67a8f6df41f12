"""Whether a file is one that a saved profile describes, and if not quite, where it differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from data.profile import Profile, Question
from data.scales import is_dont_know, is_missing
from data.wording import best_spelling, counted, find_column, plain, tidy

__all__ = ["NewAnswer", "differences", "likeness", "matches", "missing_columns", "new_answers", "spoken"]


class NewAnswer(NamedTuple):
    """An answer found that its question does not list.

    Attributes
    ----------
    answer, rows
        Its commonest spelling, and how many rows have it.
    taken
        What its words say that it is: "missing" or "dont_know"; "" where they say nothing, and it is refused.
    """

    answer: str
    rows: int
    taken: str


def matches(profile: Profile, columns: Sequence[str]) -> bool:
    """Whether a file has exactly the profile's columns, in any order and whatever their spaces and case.

    Examples
    --------
    >>> from data.profile import Question
    >>> saved = Profile(columns={"weight": "Weight"}, questions={"Q4": Question("Q4")}, ignore=("Note",))
    >>> matches(saved, [" weight", "Q4", "Note"]), matches(saved, ["Weight", "Q4"])
    (True, False)
    """
    return likeness(profile, columns) == 1


def likeness(profile: Profile, columns: Iterable[str]) -> float:
    """How alike a profile's columns and a file's are, from 0 to 1: shared names out of all names of both.

    Examples
    --------
    >>> likeness(Profile(columns={"weight": "Weight"}, ignore=("Note",)), ["Weight", "Q4"])
    0.3333333333333333
    """
    own = {plain(column) for column in (*profile.used(), *profile.ignore)}
    found = {plain(column) for column in columns}
    return len(own & found) / len(own | found) if own | found else 0.0


def missing_columns(profile: Profile, columns: Sequence[str], name: str) -> list[str]:
    """One sentence for each used column that the file does not have, with the nearest name it has.

    Examples
    --------
    >>> missing_columns(Profile(columns={"weight": "Weight"}), ["Weights", "Q4"], "wave2.csv")
    ["wave2.csv: there is no column Weight. Is it now 'Weights'? Change the profile, or the file's header."]
    """
    told = []
    unknown = {plain(column): column for column in columns if not _knows(profile, column)}
    for column in profile.used():
        if find_column(columns, column) is None:
            near = difflib.get_close_matches(plain(column), unknown, n=1)
            now = f" Is it now '{tidy(unknown[near[0]])}'?" if near else ""
            told.append(f"{name}: there is no column {tidy(column)}.{now} Change the profile, or the file's header.")
    return told


def _knows(profile: Profile, column: str) -> bool:
    return plain(column) in {plain(own) for own in (*profile.used(), *profile.ignore)}


def differences(profile: Profile, rows: pd.DataFrame, name: str) -> list[str]:
    r"""What a file has that its profile does not expect, and the reverse: headers first, then answers.

    Examples
    --------
    >>> from data.profile import Question
    >>> saved = Profile(questions={"Q4": Question("Q4", order=("Yes", "No"), positive=("Yes",))})
    >>> wave2 = pd.DataFrame({"Q4": ["Yes", "Maybe"], "Q5": ["a", "b"]})
    >>> print(*differences(saved, wave2, "wave2.csv"), sep="\n")
    wave2.csv: column Q5 is new. Give it a role, or ignore it.
    wave2.csv, question Q4: the answer 'Maybe' (1 row) is new. Until somebody says what it means, it is refused.
    wave2.csv, question Q4: nobody answered 'No'.
    """
    columns = [str(column) for column in rows.columns]
    told = missing_columns(profile, columns, name)
    told += [
        f"{name}: column {tidy(column)} is new. Give it a role, or ignore it."
        for column in columns
        if not _knows(profile, column)
    ]
    for key, question in profile.questions.items():
        column = find_column(columns, question.column)
        if column is None:
            continue
        told += [f"{name}, question {key}: {spoken(answer)}" for answer in new_answers(question, rows[column])]
        found = {plain(question.label_of(str(text)) or "") for text in rows[column].unique()}
        told += [
            f"{name}, question {key}: nobody answered '{tidy(answer)}'."
            for answer in question.order
            if plain(answer) not in found and question.label_of(answer) == tidy(answer)
        ]
    return told


def new_answers(question: Question, cells: pd.Series) -> list[NewAnswer]:
    """The answers in a column that its question does not list, the most frequent first.

    A question that lists no answers at all takes any as it is found; then only what is missing or a don't know by its
    words, and is not listed as such, is new.

    Examples
    --------
    >>> q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), dont_know=("Don't know",))
    >>> new_answers(q4, pd.Series(["YES", "Maybe", "Maybe", "Prefer not to say", ""]))
    [NewAnswer(answer='Maybe', rows=2, taken=''), NewAnswer(answer='Prefer not to say', rows=1, taken='missing')]
    """
    parts = (question.order, question.positive, question.negative, question.dont_know, question.missing)
    listed = {"", *(plain(answer) for part in parts for answer in part)}
    found = []
    for matched, variants in counted(cells).items():
        taken = "missing" if is_missing(matched) else "dont_know" if is_dont_know(matched) else ""
        if matched not in listed and (taken or question.order):
            found.append(NewAnswer(best_spelling(variants), sum(variants.values()), taken))
    return found


def spoken(found: NewAnswer) -> str:
    """A new answer in a sentence, with what becomes of it.

    Examples
    --------
    >>> spoken(NewAnswer("Prefer not to say", 1200, "missing"))
    "the answer 'Prefer not to say' (1,200 rows) is new. By its words it is taken as missing."
    """
    rows = f"{found.rows:,} row{'s' if found.rows > 1 else ''}"
    means = {"missing": "By its words it is taken as missing.", "dont_know": "By its words it is taken as don't know."}
    becomes = means.get(found.taken, "Until somebody says what it means, it is refused.")
    return f"the answer '{found.answer}' ({rows}) is new. {becomes}"
