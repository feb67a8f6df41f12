"""What a person should look at before a file is used, though every cell of it can be typed."""

from __future__ import annotations

import pandas as pd

from data.line_numbers import at_lines
from data.personal import looks_personal
from data.profile import NUMBER_ROLES, Profile
from data.role_names import known_by_name
from data.wording import find_column, name_words, plain, tidy

__all__ = ["below_nothing", "personal_columns"]

_KNOWN = {"respondent": ["code"], "question": ["name", "wording"]}
_KNOWN |= {role: ["name"] for role in ("area", "measure", "kind", "wave", "stratum", "cluster")}


def personal_columns(profile: Profile, rows: pd.DataFrame, name: str) -> list[str]:
    """One sentence for each column with a role that looks personal and is not declared otherwise.

    Examples
    --------
    >>> rows = pd.DataFrame({"contact": ["a@example.org", "b@example.org"]})
    >>> personal_columns(Profile(groups=("contact",)), rows, "mine.csv")
    ['mine.csv: column contact looks like e-mail addresses, which are not stored. Ignore the column, or declare ...']
    """
    roles = {column: role for role, column in profile.columns.items()}
    allowed = {plain(column) for column in profile.not_personal}
    told = []
    for column in profile.used():
        role = roles.get(column, "")
        if plain(column) in allowed or role in [*NUMBER_ROLES, "month", "timestamp"]:
            continue
        found = find_column([str(each) for each in rows.columns], column)
        known = [*_KNOWN.get(role, []), *known_by_name(name_words(column))]
        if what := looks_personal(column, rows[found], known):
            told.append(
                f"{name}: column {tidy(column)} looks like {what}, which are not stored. Ignore the column, or declare "
                "it under not_personal if it is not."
            )
    return told


def below_nothing(values: pd.Series, lines: pd.Series, name: str) -> list[str]:
    """A sentence about monthly values below 0, which no count can be; nothing where there are none.

    Examples
    --------
    >>> below_nothing(pd.Series([41.0, -2.0, -1.0]), pd.Series([2, 3, 4]), "calls.csv")
    ['calls.csv: 2 values are below 0, lines 3 and 4. No count can be: mend the file, unless they are differences.']
    """
    below = lines[values < 0].tolist()
    if not below:
        return []
    are = "1 value is" if len(below) == 1 else f"{len(below):,} values are"
    return [f"{name}: {are} below 0, {at_lines(below)}. No count can be: mend the file, unless they are differences."]
