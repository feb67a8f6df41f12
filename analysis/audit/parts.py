"""Parts and wholes: categories add up unless overlap is declared, and no part is more than its whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from analysis.audit.findings import Finding
from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED
from analysis.audit.sheet import Number, Sheet
from analysis.numbers import VAGUE

__all__ = ["check_areas", "check_columns", "check_families"]

_LEVELS = {"level", "total", "share", "rate"}
_ADDABLE = {"count", "gbp", "gbp_thousand", "gbp_million"}
_FEWEST_COLUMNS = 3  # of a table of shares, before most of them can tell that its rows make up a whole
_MOST = Fraction(2, 3)

Key = tuple[object, ...]


def check_families(
    kinds: Mapping[str, str], totals: Collection[str], overlaps: pd.DataFrame, sheet: Sheet
) -> list[Finding]:
    """One finding for each set of categories of one measure, area and period that the report prints.

    Counts are held against the whole, where it is printed and no printed total rests on the same parts (those totals
    are checked as cells or statements); shares against 100%. Shares that make less may be a list of the largest only.

    Parameters
    ----------
    kinds
        The kind of each statement by its id.
    totals
        Ids of the figures that the report prints as the total of a column.
    overlaps
        ``measure, dimension, why``: categories that overlap, or are not all told, and are not added up.
    sheet
        The release's numbers.
    """
    excused = {(row.measure, row.dimension): row.why for row in overlaps.itertuples()}
    wholes, families = _sorted(kinds, sheet)
    findings = []
    for (*key, dimension), parts in families.items():
        numbers = list(parts.values())
        why = excused.get((numbers[0].measure, str(dimension)), "")
        whole = wholes.get(tuple(key), [])
        if numbers[0].unit == "percent" and not why:
            findings.append(_shares(numbers, str(dimension)))
        elif numbers[0].unit in _ADDABLE and whole and not _totalled(numbers, whole, totals):
            findings.append(_counts(numbers, whole[0], str(dimension), why))
    return findings


def _sorted(kinds: Mapping[str, str], sheet: Sheet) -> tuple[dict[Key, list[Number]], dict[Key, dict[str, Number]]]:
    """Wholes and, by the dimension that divides them, their parts; a table's number before a text's."""
    wholes: dict[Key, list[Number]] = {}
    families: dict[Key, dict[str, Number]] = {}
    for number in sheet.numbers.values():
        level = bool(number.table) or kinds.get(number.id) in _LEVELS
        if not number.measure or pd.isna(number.start) or not level or VAGUE.search(number.printed):
            continue
        key = (number.measure, number.area, number.start, number.end, number.unit)
        dimension, is_part, _ = number.breakdown.partition("=")
        if not number.breakdown:
            wholes.setdefault(key, []).append(number)
        elif is_part and ";" not in number.breakdown:
            families.setdefault((*key, dimension), {}).setdefault(number.breakdown, number)
    return wholes, {key: parts for key, parts in families.items() if len(parts) > 1}


def _totalled(parts: Sequence[Number], wholes: Sequence[Number], totals: Collection[str]) -> bool:
    """Is the whole told as the sum of these parts, in a table or in the text? Then that sum has its own finding."""
    tables = {part.table for part in parts}
    return any(whole.formula == "sum" or (whole.id in totals and whole.table in tables) for whole in wholes)


def _counts(parts: Sequence[Number], whole: Number, dimension: str, why: str) -> Finding:
    total = sum((part.value for part in parts), Fraction(0))
    half = sum((part.quantity.high - part.value for part in parts), whole.quantity.high - whole.value)
    gap = total - whole.value
    agrees = not gap or bool(why)
    grade = AGREES if agrees else ROUNDING if abs(gap) <= half else DISAGREES
    more = "more" if gap > 0 else "fewer"
    cause = why or ("" if not gap else f"the parts make {abs(float(gap)):,.0f} {more} than the whole, {whole.printed}")
    if why and any(part.value > whole.value for part in parts):
        grade, cause = DISAGREES, f"a part is more than the whole, {whole.printed}"
    return _family(parts, dimension, grade, cause, float(total), whole.printed)


def _shares(parts: Sequence[Number], dimension: str) -> Finding:
    total = sum((part.value for part in parts), Fraction(0))
    half = sum((part.quantity.high - part.value for part in parts), Fraction(0))
    grade, cause = AGREES, ""
    if total - half > 100:
        grade, cause = DISAGREES, f"the shares make {float(total):g}%, more than rounding can explain"
    elif total + half < 100:
        grade, cause = UNCHECKED, f"the shares make {float(total):g}%; the rest is not printed"
    return _family(parts, dimension, grade, cause, float(total), "100%")


def _family(parts: Sequence[Number], dimension: str, grade: str, cause: str, total: float, whole: str) -> Finding:
    first = parts[0]
    return Finding(
        id=f"parts.{first.id}", kind="parts", grade=grade, as_printed=whole, recomputed=total,
        recomputed_in_full=total, where="; ".join(dict.fromkeys(part.where for part in parts)), measure=first.measure,
        area=first.area, section=first.section, table=first.table, label=f"parts by {dimension.replace('_', ' ')}",
        cause=cause, formula="sum", about=tuple(part.id for part in parts),
        inputs="; ".join(f"{part.breakdown.partition('=')[2]} {part.printed}" for part in parts),
    )  # fmt: skip


def check_areas(areas: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each count printed for parts of the force's area: together they are at most the whole.

    They may be fewer: what has no known place is in none of them.

    Parameters
    ----------
    areas
        The release's own; its parts are those of kind "part".
    sheet
        The release's numbers.
    """
    named = set(areas.loc[areas["kind"] == "part", "id"])
    wholes: dict[Key, Number] = {}
    found: dict[Key, dict[str, Number]] = {}
    for number in sheet.numbers.values():
        if number.unit != "count" or not number.measure or pd.isna(number.start):
            continue
        key: Key = (number.measure, number.breakdown, number.start, number.end)
        if number.area in named and number.formula in ("", "stands alone"):
            found.setdefault(key, {}).setdefault(number.area, number)
        elif number.area == sheet.force and number.table:
            wholes.setdefault(key, number)
    findings = []
    for key, parts in found.items():
        whole = wholes.get(key)
        if whole is None or any(part.value < 0 for part in parts.values()):
            continue
        numbers = list(parts.values())
        total = sum((part.value for part in numbers), Fraction(0))
        over = total > whole.value
        cause = f"the areas make {float(total - whole.value):,.0f} more than the whole force" if over else ""
        grade = DISAGREES if over else AGREES
        findings.append(_family(numbers, "area", grade, cause, float(total), whole.printed))
    return findings


def check_columns(tables: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each column of a table of rates that make up a whole, though none is printed.

    Its rows are taken to make 100% where at least two thirds of three or more columns do, to their rounding; then the
    other columns must, too.

    Parameters
    ----------
    tables
        The release's own.
    sheet
        Its numbers.
    """
    findings = []
    for table in tables.itertuples():
        columns: dict[str, list[Number]] = {}
        for number in sheet.tables.get(table.id, []):
            columns.setdefault(number.column, []).append(number)
        rates = [own for own in columns.values() if all(each.unit == "percent" for each in own) and len(own) > 2]
        if len(rates) < _FEWEST_COLUMNS or any(each.breakdown for own in rates for each in own):
            continue
        gaps = [abs(sum((each.value for each in own), Fraction(0)) - 100) for own in rates]
        halves = [sum((each.quantity.high - each.value for each in own), Fraction(0)) for own in rates]
        whole = [gap <= half for gap, half in zip(gaps, halves, strict=True)]
        if sum(whole) >= _MOST * len(rates):
            for own, adds in zip(rates, whole, strict=True):
                total = float(sum((each.value for each in own), Fraction(0)))
                cause = "" if adds else f"the rows make {total:g}%; in the other columns they make 100%"
                findings.append(_family(own, own[0].column, AGREES if adds else DISAGREES, cause, total, "100%"))
    return findings
