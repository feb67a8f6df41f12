"""The report check of the new report in full: a finding for each number that disagrees or is in the wrong unit."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.audit import audit
from analysis.audit.grades import DISAGREES, UNIT_SLIP
from analysis.colleague.finding import LATER, Finding, Place, key_of
from analysis.colleague.house_style import AS_PER_CENT, as_the_last_report, style_of, styles_of_text
from analysis.colleague.told import Told
from analysis.numbers import places_printed, write_number

__all__ = ["tell_checks"]

Frames = Mapping[str, pd.DataFrame]

_WRONG = [DISAGREES, UNIT_SLIP]
_JUMPS = ("jump", "spread")


def tell_checks(older: Frames | None, newer: Frames, told: Told, cells: pd.DataFrame) -> None:
    """Tell every finding of the report check, each fault once.

    What the check found in the report before in the same way is told, and nobody has to answer for it again: two
    numbers that are filled in as they were printed, or columns that give changes of a percentage in per cent, of which
    one line tells all. What would
    be gone once a slip is mended, or if its figure were not there, is the slip's own consequence and not
    told again. A jump is taken back where a total says more of the same figure.

    Parameters
    ----------
    older, newer
        The frames of the two releases; None where there is no older one.
    told
        What has been told so far.
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    """
    found = _wrong(newer)
    if found.empty:
        return
    jumps = told.of_kinds(*_JUMPS)
    slips = told.of_kinds("", "negative", "tenfold", "share_typed", "swapped")
    if slips:
        mended = _wrong({**newer, "figures": told.mended_figures(newer["figures"])})
        found = found[found["id"].isin(mended["id"]) & found["id"].isin(_wrong(_without(newer, slips))["id"])]
    totals = set(newer["as_published"].loc[newer["as_published"]["kind"] == "total", "id"])
    is_total = found["id"].isin(totals) | (found["kind"] == "parts")
    if jumps and is_total.any():
        _take_back(told, jumps, found[is_total & ~found["id"].isin(_wrong(_without(newer, jumps))["id"])], cells)
    was = found[:0] if older is None else _wrong(older)
    places, before = _Places(newer, cells), was.set_index("id")
    styles = _Styles(set() if older is None else _in_per_cent(older, newer), styles_of_text(was))
    alike: dict[str, list[Any]] = {}
    for row, total in zip(found.itertuples(), is_total, strict=True):
        kind = "as_before" if _as_before(row, before, styles) else "total" if total else "report_check"
        if kind == "as_before" and style_of(row):
            alike.setdefault(style_of(row), []).append(row)
        else:
            told.findings.append(_finding(row, kind, places))
    for rows in alike.values():
        one = len(rows) == 1
        told.findings.append(
            _finding(rows[0], "as_before", places) if one else as_the_last_report(rows, places.tables_named)
        )


@dataclass(frozen=True)
class _Styles:
    """How the report before writes: the derived numbers it would print as per cent, and the ways of its text."""

    per_cents: set[str]
    of_text: set[str]


def _in_per_cent(older: Frames, newer: Frames) -> set[str]:
    """Derived numbers of the newer release in whose table the older one prints numbers of their kind as per cent."""
    said = older["as_published"][older["as_published"]["printed"].str.contains("%", regex=False)]
    known = set(zip(said["table"], said["kind"], strict=True))
    own = newer["as_published"]
    return {row.id for row in own.itertuples() if (row.table, row.kind) in known}


def _as_before(row: Any, before: pd.DataFrame, styles: _Styles) -> bool:
    """Whether the check found the same in the report before: another unit, or the same print beside the same sum.

    A change in the wrong unit is also as before where the last report writes such changes of its table in that unit:
    that change may have been 0 there, or wrong in another way, and the workbook writes it as the report does. So is a
    number of the text in a way of writing that the last report's text has more than once.
    """
    style = style_of(row)
    if (style == AS_PER_CENT and row.id in styles.per_cents) or (not row.table and style in styles.of_text):
        return True
    if row.id not in before.index:
        return False
    was = before.loc[row.id]
    if row.grade == UNIT_SLIP:
        return bool(was["grade"] == UNIT_SLIP and style_of(was) == style)
    if row.kind == "words" and row.cause != was["cause"]:  # the same words of other numbers are another claim
        return False
    sums = (row.recomputed, was["recomputed"])
    alike = sums[0] == sums[1] or all(pd.isna(each) for each in sums)
    return bool(was["grade"] == row.grade and was["as_printed"] == row.as_printed and alike)


def _wrong(frames: Frames) -> pd.DataFrame:
    found = audit(frames)
    return found[found["grade"].isin(_WRONG) & found["grade_corrected"].isin(["", *_WRONG])]


def _without(frames: Frames, left_out: set[str]) -> dict[str, pd.DataFrame]:
    """The frames without some figures and all that rests on them."""
    kept = dict(frames)
    kept["figures"] = frames["figures"][~frames["figures"]["figure_id"].isin(left_out)]
    for name in ("as_published", "statements"):
        rests = [bool(left_out & set(inputs.split())) for inputs in frames[name]["inputs"]]
        kept[name] = frames[name][~pd.Series(rests, index=frames[name].index, dtype=bool)]
    published = kept["as_published"]
    kept["as_published"] = published[~published["figure_id"].isin(left_out)]
    return kept


def _take_back(told: Told, jumps: set[str], resting: pd.DataFrame, cells: pd.DataFrame) -> None:
    """Leave out jumps of figures that a total which does not add up tells of."""
    things = set(zip(resting["measure"], resting["area"], strict=True)) | set(
        zip(resting["table"], resting["area"], strict=True)
    )
    own = cells[cells["figure_id"].isin(jumps)].itertuples()
    gone = {row.figure_id for row in own if {(row.measure, row.area), (row.table, row.area)} & things}
    told.findings[:] = [each for each in told.findings if each.kind not in _JUMPS or each.figure_id not in gone]


class _Places:
    """Where the report check's findings stand in the order of the report."""

    def __init__(self, newer: Frames, cells: pd.DataFrame) -> None:
        self.sections = newer["sections"].set_index("id")["order"].astype(float).to_dict()
        self.tables = newer["tables"].set_index("id")["order"].astype(float).to_dict()
        rows = pd.concat(
            [
                cells[["figure_id", "row_order", "column_order"]].rename(columns={"figure_id": "id"}),
                newer["as_published"][["id", "row_order", "column_order"]],
            ]
        ).drop_duplicates("id")
        self.tables_named = dict(zip(newer["tables"]["id"], newer["tables"]["title"], strict=True))
        self.titles = dict(zip(newer["measures"]["id"], newer["measures"]["title"], strict=True))
        self.cells = {row.id: (float(row.row_order), float(row.column_order)) for row in rows.itertuples()}

    def of(self, row: Any) -> Place:
        """Section, table, row and column; running text after the tables."""
        first = next((self.cells[name] for name in (row.id, *row.about.split()) if name in self.cells), (LATER, 0.0))
        return (self.sections.get(row.section, LATER), self.tables.get(row.table, LATER), *first)


def _finding(row: Any, kind: str, places: _Places) -> Finding:
    figure = next((name for name in row.about.split() if name in places.cells), "") if row.table else ""
    beside = [name for name in row.about.split() if name != figure]
    what = _sentence(row, places.titles.get(row.measure, ""))
    before = kind == "as_before"
    mend = "Type the number that follows, or mend the one it rests on; if the print is meant, say why."
    if before:
        has = "writes it that way too" if row.grade == UNIT_SLIP else "has it too"
        mend = f"The last report {has}. It may stay; Check the figures goes on to tell it."
    return Finding(
        key=key_of(kind, row.id, row.as_printed, _rests_on(row)), kind=kind, what=what, how_to_mend=mend,
        where=row.where + (f" ({figure})" if figure else f" ({row.id})"), serious=not before, place=places.of(row),
        section=row.section, table=row.table, figure_id=figure, number_id=" ".join(beside),
    )  # fmt: skip


def _rests_on(row: Any) -> object:
    """What a reason for leaving a finding holds for: the number that follows; of words the numbers they are held to."""
    return zlib.crc32(row.cause.encode()) if row.kind == "words" else row.recomputed


def _sentence(row: Any, title: str) -> str:
    """What is printed, what follows from the other numbers, and the likely cause."""
    if row.kind == "across":
        return f"{row.cause}: {row.as_printed}."
    label = (row.label or row.where).rstrip(".")
    said = f"{title}, {label}" if row.kind == "parts" and title else label[:1].upper() + label[1:]
    if row.as_printed in row.cause:
        return f"{said}: {row.cause}."
    said += f": printed “{row.as_printed}”"
    if not pd.isna(row.recomputed):
        decimals = max(places_printed(row.as_printed), places_printed(f"{row.recomputed:.15g}"))
        said += f", and its own numbers give {write_number(row.recomputed, 'count', decimals)}"
    return f"{said}{f': {row.cause}' if row.cause else ''}."
