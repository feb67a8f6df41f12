"""Texts that stand as in the last report and name a time: what was true of its period may not be of this one."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

import pandas as pd

from analysis.colleague.finding import Finding, key_of

__all__ = ["text_findings", "times_named"]

Frames = Mapping[str, pd.DataFrame]

# Where a report's own words stand that the workbook carries on, on its sheet Texts: the file, the column that names
# the row, and the columns of text.
_TEXTS = {
    "measures": ("title", ("definition", "notes")),
    "national_measures": ("title", ("local_proxy", "gap")),
    "not_in_report": ("what", ("what", "would_fill")),
    "tables": ("title", ("caption",)),
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TIME = re.compile(rf"\b(?:(?:{_MONTHS}|spring|summer|autumn|winter)\b(?: \d{{4}})?|(?:19|20)\d\d\b)")
_LATEST = 1e8


def text_findings(older: Frames, newer: Frames) -> list[Finding]:
    """One question for each text that is the same in both releases and names a month, a season or a year.

    Parameters
    ----------
    older, newer
        The frames of two releases by the name of their file.
    """
    findings = []
    for file, (name, columns) in _TEXTS.items():
        for column in columns:
            for text, rows in newer[file].groupby(column):
                times = times_named(str(text))
                if times and (older[file][column] == text).any():
                    findings.append(_finding(file, column, sorted(rows[name]), str(text), times))
    return findings


def times_named(text: str) -> list[str]:
    """The times that a text names, each once.

    >>> times_named("Printed for March 2023 only; it may rise."), times_named("Crimes that were closed.")
    (['March 2023'], [])
    """
    return list(dict.fromkeys(_TIME.findall(text)))


def _finding(file: str, column: str, names: list[str], text: str, times: list[str]) -> Finding:
    words = column.replace("_", " ")
    name = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return Finding(
        key=key_of("text", file, column, zlib.crc32(text.encode())), kind="text", where=f"{file}.csv, {words}: {name}",
        what=f"“{text}” stands as in the last report and names {', '.join(times)}. Is it still true?",
        how_to_mend=f"Where it is not, change it on the sheet Texts; without a workbook, in the draft's {file}.csv.",
        serious=False, place=(_LATEST, 0.0, 0.0, 0.0),
    )  # fmt: skip
