"""Numbers of the text that no table gives: those that the tables contradict, and those that merely fit nothing."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.printed import exact, significant_digits
from analysis.colleague.digits import fits, misprint, zeros
from analysis.colleague.finding import LATER, Finding, Place, key_of
from analysis.colleague.printed_numbers import CHANGES, Printed, printed_numbers, same_unit
from analysis.colleague.told import Told
from analysis.draft.numbers_in_text import find_numbers
from analysis.periods import name_period

__all__ = ["tell_text_numbers"]

Frames = Mapping[str, pd.DataFrame]

_ALONE = "stands alone"
_NO_LEVEL = ("per_day",)
_FEWEST_NAMED, _FEWEST_UNNAMED, _FEWEST_ANYWHERE = 2, 3, 4  # digits by which a number can be known
_QUOTED = 6  # numbers of one place that are quoted
_MEND = (
    "Mend the number in the paragraph on the sheet Statements, or in the table; if it is another number than the "
    "table's, say why it is right."
)


@dataclass(frozen=True)
class _Said:
    """A number of the text: its row, its value as it is printed, and the numbers of the tables it may be.

    ``named`` are all of the measure it names; ``whole`` those of them that it is held against where it names no area
    (the force's) or no part (no part's): of a measure with many, some number looks like a slip of nearly any other.
    """

    row: Any
    value: Fraction
    places: int
    change: bool
    named: Sequence[Printed]
    whole: Sequence[Printed]
    beside: Sequence[Printed]

    @property
    def digits(self) -> int:
        return significant_digits(self.value, self.places) - zeros(self.value, self.places)

    @property
    def place(self) -> tuple[str, str]:
        return self.row.section, self.row.where

    @property
    def fewest(self) -> int:
        """Digits that it takes to tell one wrong: of a named measure's changes, its levels, the section's numbers."""
        return (3 if self.change else 4) if self.named else 5

    def near(self) -> Sequence[Printed]:
        """Numbers of the measure and period that its sentence names; of its section where it names no measure."""
        row = self.row
        if row.measure and not pd.isna(row.period_end):
            period = (row.period_start, row.period_end)
            return [each for each in self.whole if (each.start, each.end) == period]
        return self.whole if self.named else self.beside


def tell_text_numbers(older: Frames | None, newer: Frames, told: Told, cells: pd.DataFrame) -> None:
    """Tell numbers of the text that stand alone although they look as if a table held them.

    One that the last report's text has in the same words and value is not asked about, nor one that the report check
    tells of, nor one that is right as soon as a slip in a table, which is told already, is mended.

    Parameters
    ----------
    older, newer
        The frames of the two releases; None where there is no older one.
    told
        What has been told so far.
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    """
    texts = newer["statements"]
    alone = texts[(texts["formula"] == _ALONE) & ~texts["kind"].isin(_NO_LEVEL)]
    if alone.empty:
        return
    before = {} if older is None else _stood_alone(older["statements"])
    held = printed_numbers(cells, newer["as_published"])
    tied = _tied(texts)
    areas = newer["areas"]
    force = set(areas.loc[areas["kind"] == "force", "id"])
    sections = newer["sections"].set_index("id")["order"].astype(float).to_dict()
    known = {name for each in told.findings for name in each.number_id.split()}
    findings: dict[str, Finding] = {}
    left: dict[tuple[str, str], list[Any]] = {}
    for number, row in enumerate(alone.itertuples()):
        if before.get(row.id) == row.value or row.id in known:
            continue
        said = _said(row, held, force)
        if said is None or _given(said, held, tied, told):
            continue
        place: Place = (sections.get(row.section, LATER), LATER, LATER, float(number))
        finding = _as_it_was(said, place) or _contradicted(said, place)
        if finding is not None:
            findings.setdefault(finding.key, finding)
        elif row.id not in before and _looks_like_one(said):
            left.setdefault(said.place, []).append(row)
    for where, rows in left.items():
        place = (sections.get(where[0], LATER), LATER, 2 * LATER, 0.0)
        finding = _fits_none(where, rows, place)
        findings.setdefault(finding.key, finding)
    told.findings += findings.values()


def _stood_alone(statements: pd.DataFrame) -> dict[str, float]:
    own = statements[statements["formula"] == _ALONE]
    return dict(zip(own["id"], own["value"], strict=True))


def _tied(statements: pd.DataFrame) -> set[tuple[str, str, float]]:
    """Numbers of the text that others give: the same one may be said again."""
    own = statements[statements["formula"] != _ALONE]
    return {(row.section, row.unit, abs(row.value)) for row in own.itertuples()}


def _said(row: Any, held: Sequence[Printed], force: Collection[str]) -> _Said | None:
    """A number with those of the tables it may be; None where its print does not show it."""
    value = exact(row.value)
    found = [each for each in find_numbers(row.printed) if abs(each.value) == abs(value) and each.scale == 1]
    if not found and row.unit.startswith("gbp"):
        found = [each for each in find_numbers(row.printed) if abs(each.value) == abs(value)]
    if not found:
        return None
    change = row.kind in CHANGES
    alike = [each for each in held if each.change == change and same_unit(row.unit, each)]
    named = [each for each in alike if row.measure and each.measure == row.measure and row.area in ("", each.area)]
    if row.breakdown:
        named = [each for each in named if each.breakdown == row.breakdown]
    areas = {row.area} if row.area else force
    whole = [each for each in named if each.area in areas and each.breakdown == row.breakdown]
    beside = [each for each in alike if each.section == row.section]
    return _Said(row, value, found[0].places, change, named, whole, beside)


def _given(said: _Said, held: Sequence[Printed], tied: set[tuple[str, str, float]], told: Told) -> bool:
    """Whether a number of the tables or of the text is this one, as it is or once what is told of it is mended."""
    row, unit = said.row, said.row.unit
    if (row.section, unit, abs(row.value)) in tied:
        return True
    for each in (*said.named, *said.beside):
        if not _turned(said, each) and fits(said.value, said.places, each.in_unit(unit)):
            return True
        if each.id in told.mended:
            mended = each.in_unit(unit, exact(told.mended[each.id]))
            if fits(said.value, said.places, mended):
                return True
    if row.printed.startswith("(") and any(
        each.section == row.section and same_unit(unit, each) and abs(each.in_unit(unit)) == abs(said.value)
        for each in held
    ):  # in brackets after a change stands its size, which has no words that say so
        return True
    if said.digits < _FEWEST_ANYWHERE:
        return False
    return any(
        same_unit(unit, each) and abs(each.in_unit(unit)) == abs(said.value) and not _turned(said, each)
        for each in held
    )


def _turned(said: _Said, held: Printed) -> bool:
    """Whether one of two changes is a rise and the other a fall."""
    return said.change and held.change and held.value * said.value < 0


def _contradicted(said: _Said, place: Place) -> Finding | None:
    """A finding where a number of the tables is near it in a way that slips have, or is the only one it can be."""
    unit, found = said.row.unit, []
    for each in sorted(said.near(), key=lambda each: each.end, reverse=True):
        own = each.in_unit(unit)
        if _turned(said, each) and fits(said.value, said.places, own):
            enough = _FEWEST_NAMED if said.named else _FEWEST_UNNAMED
            why = (
                f"the text has a {'rise' if own < 0 else 'fall'} where the table has a {'fall' if own < 0 else 'rise'}"
            )
            found += [(each, why)] if said.digits >= enough else []
        elif why := misprint(said.value, said.places, own, said.fewest):
            found.append((each, why))
    only = _only_one(said)
    if not found and only is not None:
        found = [(only, f"it is the only number there for {name_period(only.start, only.end)}")]
    return _finding(said, *found[0], place) if found else None


def _only_one(said: _Said) -> Printed | None:
    """The one number that the tables hold for a measure and period that the text names."""
    row = said.row
    if said.change or pd.isna(row.period_start) or pd.isna(row.period_end):
        return None
    own = [
        each for each in said.named
        if (each.start, each.end, each.breakdown) == (row.period_start, row.period_end, row.breakdown)
    ]  # fmt: skip
    return own[0] if own and len({each.value for each in own}) == 1 else None


def _finding(said: _Said, held: Printed, why: str, place: Place) -> Finding:
    row = said.row
    return Finding(
        key=key_of("text_number", row.section, row.printed, row.value, held.id, float(held.value)), kind="text_number",
        where=f"{row.where}: “{row.printed}”",
        what=f"The text says “{row.printed}”, and the tables print {held.printed} ({held.where}; {held.id}): {why}.",
        how_to_mend=_MEND, serious=True, place=place, section=row.section, table=held.table, **_ids(row, held),
    )  # fmt: skip


def _as_it_was(said: _Said, place: Place) -> Finding | None:
    """A number that the last report prints where this one prints another: serious where its measure is named."""
    row = said.row
    if said.digits < _FEWEST_UNNAMED:
        return None
    stood = [each for each in said.near() if each.before is not None]
    stood = [each for each in stood if fits(said.value, said.places, each.in_unit(row.unit, each.before))]
    if not stood or said.change:
        return None
    own = max(stood, key=lambda each: each.end)
    return Finding(
        key=key_of("text_old", row.section, row.printed, row.value, own.id, float(own.value)), kind="text_old",
        where=f"{row.where}: “{row.printed}”",
        what=f"The text says “{row.printed}”, which the last report prints in {own.where}; this one prints "
        f"{own.printed} there ({own.id}).",
        how_to_mend="Mend it on the sheet Statements; if the text speaks of the last report, say so."
        if said.named
        else "Nothing, if the text speaks of the last report; else mend it on the sheet Statements.",
        serious=bool(said.named), place=place, section=row.section, table=own.table, **_ids(row, own),
    )  # fmt: skip


def _ids(row: Any, held: Printed) -> dict[str, str]:
    """A number of the text and the one of a table it is held against, which is a figure or derived from figures."""
    if held.change:
        return {"figure_id": "", "number_id": f"{row.id} {held.id}"}
    return {"figure_id": held.id, "number_id": row.id}


def _looks_like_one(said: _Said) -> bool:
    """Whether the tables that it may be of hold numbers of its unit, and it has digits enough to be known by."""
    return bool(said.named or said.beside) and said.digits >= _FEWEST_UNNAMED


def _fits_none(where: tuple[str, str], rows: Sequence[Any], place: Place) -> Finding:
    """One line for all numbers of a place that fit no table of it."""
    said = list(dict.fromkeys(str(row.printed) for row in rows))
    quoted = ", ".join(f"“{each}”" for each in said[:_QUOTED])
    more = f" and {len(said) - _QUOTED} more" if len(said) > _QUOTED else ""
    what = (
        f"{quoted} fits no number of this section's tables."
        if len(said) == 1
        else f"{len(said)} numbers fit none of this section's tables: {quoted}{more}."
    )
    return Finding(
        key=key_of("text_alone", *where, zlib.crc32(" ".join(said).encode())), kind="text_alone", where=where[1],
        what=what, how_to_mend="Nothing, if the text counts something else; else mend it on the sheet Statements.",
        serious=False, place=place, section=where[0], number_id=" ".join(row.id for row in rows),
    )  # fmt: skip
