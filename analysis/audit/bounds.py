"""Bounds: a year lies between its parts, a share between 0 and 100, a value inside the range that is told of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.findings import Finding
from analysis.audit.grades import AGREES, DISAGREES
from analysis.audit.printed import exact
from analysis.audit.sheet import Number, Sheet
from analysis.numbers import ABOUT, NEAR_ENOUGH

__all__ = ["check_ranges", "check_shares", "check_years"]

_AVERAGES = {"percent", "seconds", "minutes", "hours", "days", "per_1000", "not_stated"}
_LEAST_PART = Fraction(1, 3)  # of an equal share: the least that a part of a year is thought to hold of its cases
_YEAR = "last_12_months"
_ALMOST_DAY = pd.Timedelta(days=1)


def check_shares(sheet: Sheet) -> list[Finding]:
    """A finding for each level in per cent that lies outside 0 to 100; none for those inside."""
    return [
        Finding(
            id=f"bounds.{number.id}", kind="bounds", grade=DISAGREES, as_printed=number.printed, where=number.where,
            measure=number.measure, area=number.area, section=number.section, table=number.table, label=number.label,
            cause="a share lies between 0% and 100%", about=(number.id,),
        )
        for number in sheet.numbers.values()
        if number.table and number.unit == "percent" and not 0 <= number.value <= 100
    ]  # fmt: skip


def check_years(sheet: Sheet) -> list[Finding]:
    """One finding for each rate or average whose year and all parts of it are printed in one row.

    A year's average weighs its parts, so it lies between the lowest and the highest. It is also taken to disagree when
    it could be reached only if one part held nearly all cases: each part is given at least a third of an equal share.
    """
    findings = []
    for row in sheet.rows.values():
        years = [number for number in row if number.role == _YEAR and number.unit in _AVERAGES]
        for year in years:
            parts = [each for each in row if each.role in ("quarter", "month") and _same_thing(each, year)]
            if _covers(parts, year):
                findings.append(_year(year, parts, row))
    return findings


def _same_thing(part: Number, year: Number) -> bool:
    return (part.measure, part.area, part.breakdown, part.unit) == (year.measure, year.area, year.breakdown, year.unit)


def _covers(parts: Sequence[Number], year: Number) -> bool:
    """Whether the parts follow each other without a gap from the year's first day to its last."""
    ordered = sorted(parts, key=lambda part: part.start)
    if len(ordered) < 2 or ordered[0].start != year.start or ordered[-1].end != year.end:
        return False
    return all(after.start - before.end == _ALMOST_DAY for before, after in itertools.pairwise(ordered))


def _year(year: Number, parts: Sequence[Number], row: Sequence[Number]) -> Finding:
    least = _LEAST_PART / len(parts)
    low, high = (_reach([getattr(part.quantity, side) for part in parts], least, side) for side in ("low", "high"))
    inside = year.quantity.high >= low and year.quantity.low <= high
    cause = "" if inside else _outside(year, parts, row)
    return Finding(
        id=f"bounds.{year.id}", kind="bounds", grade=AGREES if inside else DISAGREES, as_printed=year.printed,
        where=year.where, measure=year.measure, area=year.area, section=year.section, table=year.table,
        label=f"{year.label}, {year.when}", cause=cause, about=(year.id,),
        inputs="; ".join(f"{part.column} = {part.printed}" for part in parts),
    )  # fmt: skip


def _outside(year: Number, parts: Sequence[Number], row: Sequence[Number]) -> str:
    """What is wrong with a year that its parts cannot give, and whose value it is."""
    middle = float(sum((part.value for part in parts), Fraction(0)) / len(parts))
    told = f"parts of equal weight would give {middle:.{year.places}f}"
    if not min(part.value for part in parts) <= year.value <= max(part.value for part in parts):
        told = f"the year is not between its parts; {told}"
    else:
        told = f"the year could be right only if one of its parts held hardly any case; {told}"
    twin = next(
        (each for each in row if each.id != year.id and _same_thing(each, year) and each.value == year.value), None
    )
    return f"{told}; {year.printed} is also the value of {twin.when}" if twin else told


def _reach(values: Sequence[Fraction], least: Fraction, side: str) -> Fraction:
    """The lowest or highest mean when every part holds at least ``least`` of the cases."""
    extreme = min(values) if side == "low" else max(values)
    rest = sum(values, Fraction(0)) - extreme
    return rest * least + extreme * (1 - least * (len(values) - 1))


def check_ranges(ranges: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each range whose measure has a value of its own inside the range's period.

    Values of the named exceptions of a range among teams must lie outside it, and the whole force's value between the
    lowest and the highest of all; other values must lie inside. A range must run from low to high in print. Of one that
    is printed as "about" so much, a twentieth on either side is inside.

    Parameters
    ----------
    ranges
        The release's own.
    sheet
        Its numbers.
    """
    findings = []
    for row in ranges.itertuples():
        own = [number for number in sheet.numbers.values() if _inside_period(number, row, sheet)]
        teams = [number for number in own if number.table == row.table and number.area != sheet.force]
        broken = _broken(row, teams, [number for number in own if number.area == sheet.force], bool(row.table))
        turned = _turned(row.printed)
        if own or turned:
            findings.append(_range(row, own, [*turned, *broken]))
    return findings


def _inside_period(number: Number, row: Any, sheet: Sheet) -> bool:
    if not row.measure or number.measure != row.measure or number.unit != row.unit or number.breakdown:
        return False
    if number.role == "statement" and number.formula != "stands alone":
        return False
    within = not pd.isna(number.start) and row.period_start <= number.start and number.end <= row.period_end
    part = number.start > row.period_start or number.end < row.period_end
    return within and (bool(row.table) or part or number.unit == "count")


def _broken(row: Any, teams: Sequence[Number], force: Sequence[Number], of_teams: bool) -> list[str]:
    low = None if pd.isna(row.low) else exact(row.low)
    high = None if pd.isna(row.high) else exact(row.high)
    if ABOUT.search(row.printed):
        low, high = (low and low - abs(low) * NEAR_ENOUGH, high and high + abs(high) * NEAR_ENOUGH)
    if not of_teams:
        return [
            f"{number.value_words} lies outside the range" for number in force
            if (low is not None and number.quantity.high < low) or (high is not None and number.quantity.low > high)
        ]  # fmt: skip
    told = [
        f"{number.printed} ({number.area}) is named as an exception but lies inside the range" for number in teams
        if (low is None or number.value >= low) and (high is None or number.value <= high)
    ]  # fmt: skip
    lowest = min([low or Fraction(0), *(number.value for number in teams)])
    highest = max([Fraction(100) if high is None else high, *(number.value for number in teams)])
    told += [
        f"the whole force's {number.printed} is not between its teams" for number in force
        if number.quantity.high < lowest or number.quantity.low > highest
    ]  # fmt: skip
    return told


def _turned(printed: str) -> list[str]:
    ends = re.search(r"(\d+(?:\.\d+)?)\s*%?\s*(?:-|–|to|and)\s*(\d+(?:\.\d+)?)", printed)
    if ends and float(ends[1]) > float(ends[2]):
        return ["a range runs from low to high: the two ends are turned round or one is mistyped"]
    return []


def _range(row: Any, own: Sequence[Number], broken: Sequence[str]) -> Finding:
    return Finding(
        id=f"bounds.{row.id}", kind="bounds", grade=DISAGREES if broken else AGREES, as_printed=row.printed,
        where=row.where, measure=row.measure, section=row.section, table=row.table,
        label=f"{row.question}, {row.scope}", cause="; ".join(broken), about=(row.id,),
        inputs="; ".join(dict.fromkeys(f"{number.area}: {number.printed}" for number in own)),
    )  # fmt: skip
