"""The print against the value: every number of a release as it is typed must stand in the words it was printed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.findings import Finding
from analysis.audit.grades import DISAGREES
from analysis.audit.printed import exact, numbers_in
from analysis.audit.sheet import Number, Sheet
from analysis.numbers import ABOUT

__all__ = ["check_corrections", "check_prints"]

_IN_WORDS = re.compile(
    r"\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel[fv]|first|thir|four|fif|six|seven|eigh|nine|twenty|"
    r"half|quarter|once|twice)\w*|\b\d+ ?[ap]m\b",
    re.IGNORECASE,
)


def check_prints(comparisons: pd.DataFrame, ranges: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """A finding for each number whose value does not stand in its print; none for those that do.

    A phrase that tells a number in words is left aside, and so are the ends that were typed around a number that is
    printed as "about" so much.

    Parameters
    ----------
    comparisons, ranges
        The release's own.
    sheet
        Its numbers.
    """
    findings = [
        _finding(number.id, number.printed, [number.value], number.where, number.section, number)
        for number in sheet.numbers.values()
    ]
    findings += [
        _finding(row.id, row.printed, _typed(row.rank, row.of_how_many), row.where, row.section)
        for row in comparisons.itertuples()
    ]
    findings += [_finding(row.id, row.printed, _ends(row), row.where, row.section) for row in ranges.itertuples()]
    return [finding for finding in findings if finding]


def check_corrections(corrections: pd.DataFrame, as_published: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """A finding for each correction that quotes another print than that of the number it corrects.

    Parameters
    ----------
    corrections, as_published
        The release's own.
    sheet
        Its numbers.
    """
    stands = {number.id: (number.printed, number.where, number.section) for number in sheet.numbers.values()}
    for row in as_published.itertuples():
        stands.setdefault(row.id, (row.printed, f"{row.row_label}, {row.column_label}", ""))
    findings = []
    for row in corrections.itertuples():
        printed, where, section = stands.get(row.id, (row.printed, "", ""))
        if row.printed and _bare(printed) != _bare(row.printed):
            told = f"the correction of this number says that {row.printed} is printed, which it is not"
            findings.append(
                Finding(
                    id=f"print.correction.{row.id}", kind="print", grade=DISAGREES, as_printed=printed, where=where,
                    section=section, cause=told, about=(row.id,),
                )
            )  # fmt: skip
    return findings


def _bare(printed: str) -> str:
    """A print without its spaces and commas, which a person may leave out."""
    return printed.replace(",", "").replace(" ", "")


def _ends(row: Any) -> list[Fraction]:
    """The ends of a range that must stand in its print: not those around the one number of "about 5,100"."""
    ends, given = _typed(row.low, row.high), numbers_in(row.printed)
    around = len(ends) == 2 and len(given) == 1 and ABOUT.search(row.printed)
    return [] if around and ends[0] <= min(given) <= ends[1] else ends


def _typed(*values: float) -> list[Fraction]:
    return [exact(float(value)) for value in values if not pd.isna(value)]


def _finding(
    name: str, printed: str, values: Sequence[Fraction], where: str, section: str, number: Number | None = None
) -> Finding | None:
    if _IN_WORDS.search(printed):
        return None
    given = numbers_in(printed)
    missing = [value for value in values if abs(value) not in given]
    if not missing:
        return None
    told = " and ".join(f"{float(value):,g}" for value in missing)
    return Finding(
        id=f"print.{name}", kind="print", grade=DISAGREES, as_printed=printed, where=where, section=section,
        measure=number.measure if number else "", area=number.area if number else "",
        table=number.table if number else "", label=number.label if number else "", about=(name,),
        cause=f"the value that was typed in, {told}, does not stand in the print; one of the two is mistyped",
    )  # fmt: skip
