"""Texts of the last report that name a time, which may be over; and measures that are defined otherwise now."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

import pandas as pd

from analysis.colleague.finding import Finding, Place, key_of
from analysis.named_times import NamedTime, times_in, without_times
from analysis.periods import months_between

__all__ = ["definition_findings", "may_be_over", "text_findings"]

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
_COMPARES = re.compile(r"\b(?:12 months|like for like|year before|compare)", re.IGNORECASE)
_QUOTED = 3
_LONGEST = 160  # letters of a text that is quoted
_LATEST = 1e8


@dataclass(frozen=True)
class _Text:
    """A text that names a time which may be over: its key on the sheet Texts, whose it is, and its latest such time."""

    key: str
    name: str
    text: str
    latest: pd.Timestamp


def text_findings(
    older: Frames, newer: Frames, data_to: pd.Timestamp, older_data_to: pd.Timestamp
) -> list[Finding]:  # fmt: skip
    """One question a file on texts that name a time which may be over, as the report before named it.

    They may name other times too that were moved on.

    Parameters
    ----------
    older, newer
        The frames of two releases by the name of their file.
    data_to, older_data_to
        The day to which the figures of each run.
    """
    findings = []
    for number, (file, (_, named, columns)) in enumerate(_TEXTS.items()):
        found: dict[str, list[_Text]] = {}
        for column, words in columns.items():
            before: dict[str, set[str]] = {}
            for text in map(str, older[file][column]):
                before.setdefault(without_times(text), set()).update(time.within for time in times_in(text))
            for row in newer[file].to_dict("records"):
                text = str(row[column])
                stood = before.get(without_times(text), set())
                times = [time for time in may_be_over(text, older_data_to, data_to) if time.within in stood]
                if times:
                    latest = max((time.last for time in times if not pd.isna(time.last)), default=pd.Timestamp.min)
                    own = _Text(f"{file}.{row.get('id', row[named])}.{column}", f"{row[named]}, {words}", text, latest)
                    found.setdefault(text, []).append(own)
        if found:
            told = sorted(found.values(), key=lambda texts: texts[0].latest, reverse=True)
            findings.append(_finding(file, told, (_LATEST, float(number), 0.0, 0.0)))
    return findings


def may_be_over(text: str, before: pd.Timestamp, now: pd.Timestamp) -> list[NamedTime]:
    """The times in a text of the report before of which what it says may no longer hold.

    Those are the times that were among the last 12 months and are among those before now, or among neither; those of
    the report's newest months; months without a year; and the end of a stretch that ran to a day of its last 12
    months. What happened at other times stays as true as it was, and so does what holds on since a time, unless the
    text compares years.

    Parameters
    ----------
    text
        Of the report before, as it goes into the new one.
    before, now
        The days to which the figures of both run.

    Examples
    --------
    >>> march, june = pd.Timestamp("2023-03-31"), pd.Timestamp("2023-06-30")
    >>> def over(text: str) -> list[str]:
    ...     return [time.words for time in may_be_over(text, march, june)]
    >>> over("Cleared in spring 2022, which is among the last 12 months."), over("Printed in March 2023 only.")
    (['spring 2022'], ['March 2023'])
    >>> over("The law changed in October 2022."), over("Live Chat since 7 February 2023, as in 2019/20.")
    ([], [])
    >>> over("An offence since June 2022."), over("Not like for like: an offence since June 2022.")
    ([], ['June 2022'])
    >>> over("The 12 months to September 2022."), over("Recorded in April to December 2022."), over("Each April.")
    (['September 2022'], ['April', 'December 2022'], ['April'])
    """
    found = []
    for time in times_in(text):
        if pd.isna(time.last):
            over = time.words[:1].isupper()  # a month; "in summer" is every summer
        elif _stands(time.last, before) != _stands(time.last, now):
            over = not time.holds_on or _COMPARES.search(text) is not None
        else:
            months = months_between(before, now)
            reaches = 12 if time.within != time.words or time.runs_to else months
            over = not time.holds_on and before - pd.DateOffset(months=reaches) < time.last <= before
        if over:
            found.append(time)
    return found


def _stands(day: pd.Timestamp, data_to: pd.Timestamp) -> int:
    """Whether a day lies in the last 12 months, in those before, earlier or later."""
    return sum(day > data_to - pd.DateOffset(months=months) for months in (24, 12, 0))


def definition_findings(older: Frames, newer: Frames, months: int) -> list[Finding]:
    """One question for each measure whose definition or title is another one: it may count something else now.

    One whose dates alone moved on, all by as much as the reports lie apart, is the same.

    Parameters
    ----------
    older, newer
        The frames of two releases; ``measures`` with ``id, title, section, definition``.
    months
        Between the days to which their figures run.
    """
    before = older["measures"].set_index("id")
    findings = []
    for number, row in enumerate(newer["measures"].to_dict("records")):
        if row["id"] not in before.index:
            continue
        was = before.loc[row["id"]]
        changed = [name for name in ("title", "definition") if not _same(str(was[name]), str(row[name]), months)]
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


def _same(was: str, now: str, months: int) -> bool:
    """Whether two texts say the same, each of their times as it was or moved on by so many months."""
    pairs = list(zip(times_in(was), times_in(now), strict=False))
    moved = [
        months_between(earlier.last, later.last)
        for earlier, later in pairs
        if earlier.words != later.words and not (pd.isna(earlier.last) or pd.isna(later.last))
    ]
    dated = [pair for pair in pairs if pair[0].words != pair[1].words]
    return without_times(was) == without_times(now) and len(moved) == len(dated) and set(moved) <= {months}


def _finding(file: str, told: Sequence[list[_Text]], place: Place) -> Finding:
    words, named = _TEXTS[file][0], _TEXTS[file][1]
    quoted = []
    for texts in told[:_QUOTED]:
        name = texts[0].name if named != "what" else texts[0].name.rpartition(", ")[2]
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        quoted.append(f"“{shorten(texts[0].text, _LONGEST, placeholder=' ...')}” ({name}{more})")
    many = len(told) > _QUOTED
    what = (
        f"{len(told)} {words} name a time that the last report named too and that may be over"
        f"{', the latest first' if many else ''}: "
        f"{'; '.join(quoted)}{f'; and {len(told) - _QUOTED} more' if many else ''}."
        if len(told) > 1
        else f"One of the {words} names a time that the last report named too and that may be over: {quoted[0]}."
    )
    return Finding(
        key=key_of("text", file, zlib.crc32("\n".join(sorted(texts[0].text for texts in told)).encode())), kind="text",
        where=f"{words[:1].upper()}{words[1:]}", what=what, serious=False, place=place,
        how_to_mend=f"Where one is no longer true, change it on the sheet Texts; without a workbook, in the draft's "
        f"{file}.csv.",
        number_id=" ".join(each.key for texts in told for each in texts),
    )  # fmt: skip
