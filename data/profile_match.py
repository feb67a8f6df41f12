"""Whether a file is one that a saved profile describes, and if not quite, where it differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import pandas as pd

from data.profile import Profile
from data.wording import counted, find_column, plain, tidy

__all__ = ["differences", "likeness", "matches", "missing_columns"]


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
    wave2.csv, question Q4: the answer 'Maybe' (1 row) is new. Add it to the question's answers.
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
        found = set()
        for variants in counted(rows[column]).values():
            text, number = next(iter(variants)), sum(variants.values())
            label = question.label_of(text)
            found.add(plain(label or ""))
            if label is None:
                rows_told = f"{number:,} row{'s' if number > 1 else ''}"
                told.append(
                    f"{name}, question {key}: the answer '{tidy(text)}' ({rows_told}) is new. "
                    "Add it to the question's answers."
                )
        told += [
            f"{name}, question {key}: nobody answered '{tidy(answer)}'."
            for answer in question.order
            if plain(answer) not in found and question.label_of(answer) == tidy(answer)
        ]
    return told
