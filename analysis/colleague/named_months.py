"""Places and ranges whose words name a month outside their dates: the dates moved on, and the words did not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.colleague.cells import sections_of
from analysis.colleague.finding import Finding, key_of
from analysis.periods import MONTHS, name_period

__all__ = ["month_findings"]

_NAMED = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
_WORDS = {"comparisons": ("printed",), "ranges": ("question", "scope", "printed")}
_LATER = 1e7


def month_findings(newer: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """One question for each place or range whose own words name a month that its period does not hold.

    Parameters
    ----------
    newer
        The frames of a release; ``comparisons`` and ``ranges`` with ``period_start, period_end, printed``.
    """
    sections, findings = sections_of(newer), []
    for file, columns in _WORDS.items():
        for number, row in enumerate(newer[file].itertuples()):
            words = [str(getattr(row, name)) for name in columns]
            outside = [month for month in dict.fromkeys(_NAMED.findall(" | ".join(words))) if not _holds(row, *month)]
            if outside:
                findings.append(_finding(file, row, words, outside, sections.get(row.section, _LATER), number))
    return findings


def _holds(row: Any, month: str, year: str) -> bool:
    if pd.isna(row.period_start) or pd.isna(row.period_end):
        return True
    first = pd.Timestamp(int(year), MONTHS[month], 1)
    return bool(row.period_start < first + pd.DateOffset(months=1) and first <= row.period_end)


def _finding(
    file: str, row: Any, words: list[str], outside: list[tuple[str, str]], section: float, number: int
) -> Finding:
    named = " and ".join(" ".join(month) for month in outside)
    said = next(text for text in words if " ".join(outside[0]) in text)
    return Finding(
        key=key_of("period", row.id, row.period_start, row.period_end, named), kind="period",
        where=f"{file.capitalize()}: {row.printed} ({row.where})", serious=False, section=row.section,
        what=f"“{said}” names {named}, and its dates are {name_period(row.period_start, row.period_end)}.",
        how_to_mend="Mend its words or its dates, whichever were left behind; nothing, if both are meant.",
        place=(section, _LATER, 2.0, float(number)), number_id=row.id,
    )  # fmt: skip
