"""Public files that are known by their headings: what they are and what each column means, so that nothing is asked.

Two are known: the street-level files of data.police.uk, a row a crime or an incident, and the national file of how soon
999 calls are answered, a row a force and month. The headings of the first are fixed; the second has been published
under several, so it is known by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from data.column_facts import ColumnFacts
from data.profile import Profile
from data.wording import name_words, plain, tidy

__all__ = ["ANSWERED_999", "FALLS_WITHIN", "PUBLIC_SOURCES", "PublicSource", "answer_times", "area_of_lsoa"]
__all__ += ["is_answering_file", "public_profile"]

FALLS_WITHIN = "Falls within"  # the force, in a street-level file
ANSWERED_999 = "999 calls"  # what the values of the answering-times file count
_STREET = [
    "Crime ID", "Month", "Reported by", FALLS_WITHIN, "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
]  # fmt: skip
_STREET_NOTES = [
    "These are the headings of the street-level files of data.police.uk. A row is a crime or an incident: rows are "
    "counted by month, type and area. Identifiers and places are ignored and not stored.",
    "Its area is a small area of the census, whose name begins with the district's, so districts can be counted. "
    "Rows without one count for the force alone.",
    "Its anti-social behaviour is what each force gave for that site, month by month. The report may count by other "
    "rules and later, so the two totals may differ.",
]
_ANSWERED_NOTES = [
    "These are the headings of the national file of 999 answering times. Its value is the number of 999 calls of a "
    "force in a month; its answer times are kept beside it as they are written.",
    "It counts calls as the telephone operator passes them to the forces. A force's own system may count otherwise, so "
    "its numbers and the report's may differ.",
]


@dataclass(frozen=True)
class PublicSource:
    """A public file that the upload page knows: for whoever has no extract of their own.

    Attributes
    ----------
    title, address
        What it is called and where it is.
    how
        How to get it there.
    caution
        Why its totals may differ from the report's.
    """

    title: str
    address: str
    how: str
    caution: str


PUBLIC_SOURCES = (
    PublicSource(
        "Street-level crime and anti-social behaviour", "https://data.police.uk/data/",
        "Choose the months and the force, leave crime data ticked, and upload each month's file whose name ends in "
        "street.csv as it is.", _STREET_NOTES[-1],
    ),
    PublicSource(
        "999 answering times", "https://www.police.uk/",
        "Find the force, then its performance and 999 performance data. Upload the table of all forces as it is, or "
        "without the others.", _ANSWERED_NOTES[-1],
    ),
)  # fmt: skip
_TIMES = re.compile(r"\b(mean|average|median|percentile|seconds?|secs?|time|times)\b")
_CALLS = re.compile(r"\bcalls?\b|\bvolume\b")
_FORCE = re.compile(r"^((police )?force( name)?|police service)$")
_MONTH = re.compile(r"^(month|date|period|month year|year month)$")
_LSOA = re.compile(r"(.+) [0-9]{3}[A-Z]")
_OF_999, _OF_101 = re.compile(r"\b(999|10 sec\w*)\b"), re.compile(r"\b101\b")  # 999 calls have the target of 10 seconds


@dataclass(frozen=True)
class _Answering:
    """The columns of an answering-times file."""

    force: ColumnFacts
    month: ColumnFacts
    calls: ColumnFacts
    times: list[ColumnFacts]


def public_profile(columns: Sequence[ColumnFacts], name: str) -> Profile | None:
    """What the columns of a public file mean; None for a file that is none of those known.

    Parameters
    ----------
    columns
        All of the file's.
    name
        The file's name, for the sentences in ``notes``.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = {"Force": ["Granby", "Foxley"], "Month": ["Nov-21", "Nov-21"], "Calls": ["18,200", "9,310"],
    ...          "Mean answer time (seconds)": ["8.1", "12.4"], "% under 10 seconds": ["82.0%", "71.5%"]}
    >>> found = public_profile([ColumnFacts(header, pd.Series(texts)) for header, texts in cells.items()], "999.csv")
    >>> found.kind, found.columns, found.groups
    ('monthly', {'month': 'Month', 'area': 'Force', 'value': 'Calls'}, ('Mean answer time (seconds)', '% under 10 ...'))
    """
    found = _street(columns) or _answered(columns, name)
    return replace(found, notes=tuple(f"{name}: {note}" for note in found.notes)) if found else None


def is_answering_file(columns: Sequence[str]) -> bool:
    """Whether stored columns are those of the answering-times file: a value by month and area, and answer times.

    >>> is_answering_file(["month", "area", "value", "Mean answer time (seconds)"])
    True
    >>> is_answering_file(["month", "measure", "area", "value"])
    False
    """
    return {"month", "area", "value"} <= set(columns) and "measure" not in columns and bool(answer_times(columns))


def answer_times(columns: Sequence[str]) -> list[str]:
    """The stored columns that hold answer times, as they are headed in the file.

    >>> answer_times(["month", "area", "value", "Mean answer time (seconds)", "Region"])
    ['Mean answer time (seconds)']
    """
    return [column for column in columns if _says_time(name_words(column))]


def area_of_lsoa(area: str) -> str:
    """The district in the name of a small area of the census; any other name as it is.

    >>> area_of_lsoa("Granby-on-Sea 012C"), area_of_lsoa("Foxley")
    ('Granby-on-Sea', 'Foxley')
    """
    found = _LSOA.fullmatch(area)
    return found[1] if found else area


def _street(columns: Sequence[ColumnFacts]) -> Profile | None:
    """A street-level file, with or without the columns that it may lack; another order does no harm."""
    named = {plain(column.header): column for column in columns}
    known = {plain(header): header for header in _STREET}
    needed = [plain(header) for header in ("Crime ID", "Month", FALLS_WITHIN, "LSOA name", "Crime type")]
    if not set(needed) <= set(named) or not set(named) <= set(known):
        return None
    month, force, area, kind = (named[plain(each)] for each in ("Month", FALLS_WITHIN, "LSOA name", "Crime type"))
    if not month.is_dates:
        return None
    used = [month, force, area, kind]
    return Profile(
        kind="events",
        columns={"timestamp": month.header, "kind": kind.header, "area": area.header},
        groups=(force.header,),
        forms={"timestamp": month.date[0]},
        ignore=tuple(column.header for column in columns if column not in used),
        notes=tuple(_STREET_NOTES),
    )


def _answered(columns: Sequence[ColumnFacts], name: str) -> Profile | None:
    found = _answering(columns)
    # The headings need not say that the calls are 999 calls; then the file's name or its answer times must.
    told = " ".join([name_words(name), *(column.words for column in columns)])
    if found is None or _OF_101.search(told) or not _OF_999.search(told):
        return None
    month, area, calls = found.month, found.force, found.calls
    used = [month, area, calls, *found.times]
    left = [column for column in columns if column not in used]
    notes = [*_ANSWERED_NOTES]
    notes += [f"Column {tidy(column.header)} has no role. It is ignored; give it one if it has one." for column in left]
    return Profile(
        kind="monthly",
        columns={"month": month.header, "area": area.header, "value": calls.header},
        groups=tuple(column.header for column in found.times),
        forms={"month": month.date[0], "value": calls.number[0]},
        ignore=tuple(column.header for column in left),
        notes=tuple(notes),
    )


def _answering(columns: Sequence[ColumnFacts]) -> _Answering | None:
    def first(fits: Callable[[ColumnFacts], object]) -> ColumnFacts | None:
        return next((column for column in columns if fits(column)), None)

    force = first(lambda column: _FORCE.search(column.words) and not column.is_numbers)
    month = first(lambda column: _MONTH.search(column.words) and column.is_months)
    times = [column for column in columns if _says_time(column.words) and column.is_numbers]
    calls = first(lambda column: _CALLS.search(column.words) and _counts(column) and column not in times)
    if force is None or month is None or calls is None or not times:
        return None
    return _Answering(force, month, calls, times)


def _says_time(heading: str) -> bool:
    """Whether a heading speaks of how long it took, in time or as a share within a time."""
    return bool(_TIMES.search(heading)) and heading not in ("timestamp", "date and time")


def _counts(column: ColumnFacts) -> bool:
    return column.is_numbers and not column.is_decimal and "%" not in column.header
