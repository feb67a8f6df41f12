"""Whether a file is one that a saved profile describes, and if not quite, where it differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data.profile import Profile, Question
from data.question_proposal import parted_header
from data.scales import is_dont_know, is_missing
from data.wording import best_spelling, counted, find_column, plain, tidy

__all__ = [
    "NewAnswer",
    "differences",
    "likeness",
    "matches",
    "missing_columns",
    "moved_questions",
    "new_answers",
    "spoken",
]


_IN_PROFILE = "Change the profile, or the file's header."


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


def moved_questions(profile: Profile, columns: Sequence[str]) -> dict[str, str]:
    """Questions whose column is gone and whose words now stand in another: the column to the question's short name.

    Examples
    --------
    >>> saved = Profile(questions={"Q4": Question("Q4. Rely on?", "Rely on?")})
    >>> moved_questions(saved, ["Q5. Rely on?", "Q6. Safe?"])
    {'Q5. Rely on?': 'Q4'}
    """
    new: dict[str, list[str]] = {}
    for column in columns:
        if not _knows(profile, column):
            new.setdefault(plain(parted_header(column)[1]), []).append(column)
    found: dict[str, str] = {}
    for key, question in profile.questions.items():
        words = {plain(question.label), plain(parted_header(question.column)[1])} - {""}
        places = [column for each in words for column in new.get(each, [])]
        if find_column(columns, question.column) is None and len(places) == 1 and places[0] not in found:
            found[places[0]] = key
    return found


def missing_columns(profile: Profile, columns: Sequence[str], name: str, advice: str = _IN_PROFILE) -> list[str]:
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
            told.append(f"{name}: there is no column {tidy(column)}.{now} {advice}")
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
    wave2.csv: column Q5 is new. Check its role, or ignore it.
    wave2.csv, question Q4: the answer 'Maybe' (1 row) is new. Until somebody says what it means, it is refused.
    wave2.csv, question Q4: nobody answered 'No'.
    """
    columns = [str(column) for column in rows.columns]
    moved = moved_questions(profile, columns)
    told = [
        f"{name}: question {key} now stands in column {tidy(column)}; its answers mean what they did."
        for column, key in moved.items()
    ]
    left = replace(profile, questions={key: own for key, own in profile.questions.items() if key not in moved.values()})
    told += missing_columns(left, [column for column in columns if column not in moved], name, "Check the roles.")
    told += [
        f"{name}: column {tidy(column)} is new. Check its role, or ignore it."
        for column in columns
        if not _knows(profile, column) and column not in moved
    ]
    columns_of = {key: column for column, key in moved.items()}
    for key, question in profile.questions.items():
        column = columns_of.get(key) or find_column(columns, question.column)
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
