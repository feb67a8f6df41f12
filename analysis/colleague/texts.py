"""Texts of the last report that name a time, which may have passed; and measures that are defined otherwise now."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

import pandas as pd

from analysis.colleague.finding import Finding, Place, key_of

__all__ = ["definition_findings", "text_findings", "times_named"]

Frames = Mapping[str, pd.DataFrame]

# Where a report's own words stand that the workbook carries on, on its sheet Texts: the file, what they are, the column
# that names the row, and the columns of text in words.
_TEXTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "measures": ("texts on measures", "title", {"definition": "definition", "notes": "note"}),
    "national_measures": (
        "texts on national measures", "title",
        {"local_proxy": "what the report uses instead", "gap": "gap between the two"},
    ),
    "not_in_report": (
        "texts on what is not in the report", "what", {"what": "what is missing", "would_fill": "what would fill it"},
    ),
    "tables": ("captions of tables", "title", {"caption": "caption"}),
}  # fmt: skip
_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_MONTHS = "|".join(_NAMES)
_YEAR = r"\b(?<!\d )(?:19|20)\d\d\b(?! \d)"  # no part of a telephone number
_TIME = re.compile(rf"\b(?:{_MONTHS}|spring|summer|autumn|winter)\b(?: \d{{4}})?|{_YEAR}")
_SINCE = re.compile(rf"\b(?:since|from|until|before)\s(?:\d+ )?(?:early |late |before )?(?:{_TIME.pattern})", re.I)
_QUOTED = 3
_LONGEST = 160  # letters of a text that is quoted
_LATEST = 1e8


@dataclass(frozen=True)
class _Text:
    """A text that names a time: its key on the sheet Texts, whose it is, and how telling the time is."""

    key: str
    name: str
    text: str
    times: list[str]

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The latest time first; one from which something holds on comes after all others."""
        plain = _TIME.search(_SINCE.sub("", self.text)) is not None
        return (not plain, *min(_newest(time) for time in self.times))


def text_findings(older: Frames, newer: Frames) -> list[Finding]:
    """One question a file on texts that are the same in both releases and name a month, a season or a year.

    Those that name only the fixed baseline's times are left out: it stays.

    Parameters
    ----------
    older, newer
        The frames of two releases by the name of their file.
    """
    fixed, findings = _baseline_times(newer["figures"]), []
    for number, (file, (_, named, columns)) in enumerate(_TEXTS.items()):
        found: dict[str, list[_Text]] = {}
        for column, words in columns.items():
            before = set(older[file][column])
            for row in newer[file].to_dict("records"):
                text = str(row[column])
                times = times_named(text) if row[column] in before else []
                if set(times) - fixed:
                    own = _Text(f"{file}.{row.get('id', row[named])}.{column}", f"{row[named]}, {words}", text, times)
                    found.setdefault(text, []).append(own)
        if found:
            told = sorted(found.values(), key=lambda texts: texts[0].rank)
            findings.append(_finding(file, told, (_LATEST, float(number), 0.0, 0.0)))
    return findings


def times_named(text: str) -> list[str]:
    """The times that a text names, each once.

    >>> times_named("Printed for March 2023 only; it may rise."), times_named("Crimes that were closed.")
    (['March 2023'], [])
    >>> times_named("Call 0808 2000 247."), times_named("Since 2019, or 2022/23.")
    ([], ['2019', '2022'])
    """
    return list(dict.fromkeys(_TIME.findall(text)))


def definition_findings(older: Frames, newer: Frames) -> list[Finding]:
    """One question for each measure whose definition or title is another one: it may count something else now.

    Parameters
    ----------
    older, newer
        The frames of two releases; ``measures`` with ``id, title, section, definition``.
    """
    before = older["measures"].set_index("id")
    findings = []
    for number, row in enumerate(newer["measures"].to_dict("records")):
        if row["id"] not in before.index:
            continue
        was = before.loc[row["id"]]
        changed = [name for name in ("title", "definition") if was[name] != row[name]]
        if not changed:
            continue
        said = [f"was “{was[name]}” and is “{row[name]}” now" for name in changed]
        told = f"The {changed[0]} of {was['title']} {f', and its {changed[-1]} '.join(said)}"
        what = f"{told}: verdicts across the two are of different things, if it counts otherwise."
        findings.append(
            Finding(
                key=key_of("definition", row["id"], *(zlib.crc32(str(row[name]).encode()) for name in changed)),
                kind="definition", where=f"Measure: {was['title']}", what=what, serious=False, section=row["section"],
                how_to_mend="Nothing, if only the words are others; else add an event that breaks its series, on the "
                "day from which it counts otherwise.",
                place=(_LATEST, -1.0, 0.0, float(number)),
                number_id=" ".join(f"measures.{row['id']}.{name}" for name in changed),
            )
        )  # fmt: skip
    return findings


def _newest(time: str) -> tuple[int, int]:
    """What sorts times from the latest to the earliest, those without a year last."""
    year = re.search(r"\d{4}", time)
    month = next((number for number, name in enumerate(_NAMES, start=1) if time.startswith(name)), 0)
    return (-int(year[0]) if year else 0, -month)


def _baseline_times(figures: pd.DataFrame) -> set[str]:
    """The first and the last month of fixed baselines, with and without the year, and their years."""
    own = figures[figures["role"] == "baseline"]
    days = {pd.Timestamp(day) for name in ("period_start", "period_end") for day in own[name].dropna()}
    return {words for day in days for words in (f"{_NAMES[day.month - 1]} {day.year}", f"{day.year}")}


def _finding(file: str, told: Sequence[list[_Text]], place: Place) -> Finding:
    words, named = _TEXTS[file][0], _TEXTS[file][1]
    quoted = []
    for texts in told[:_QUOTED]:
        name = texts[0].name if named != "what" else texts[0].name.rpartition(", ")[2]
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        quoted.append(f"“{shorten(texts[0].text, _LONGEST, placeholder=' ...')}” ({name}{more})")
    many = len(told) > _QUOTED
    what = (
        f"{len(told)} {words} stand as in the last report and name a time{', the latest first' if many else ''}: "
        f"{'; '.join(quoted)}{f'; and {len(told) - _QUOTED} more' if many else ''}."
        if len(told) > 1
        else f"One of the {words} stands as in the last report and names a time: {quoted[0]}."
    )
    return Finding(
        key=key_of("text", file, zlib.crc32("\n".join(sorted(texts[0].text for texts in told)).encode())), kind="text",
        where=f"{words[:1].upper()}{words[1:]}", what=what, serious=False, place=place,
        how_to_mend=f"Where one is no longer true, change it on the sheet Texts; without a workbook, in the draft's "
        f"{file}.csv.",
        number_id=" ".join(each.key for texts in told for each in texts),
    )  # fmt: skip
