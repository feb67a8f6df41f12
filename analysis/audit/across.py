"""Across tables: the same measure, area, part and period printed in two places must be equal; ranks likewise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd

from analysis.audit.causes import one_digit_apart
from analysis.audit.findings import Finding
from analysis.audit.grades import AGREES, DISAGREES
from analysis.audit.printed import round_half_up
from analysis.audit.sheet import Number, Sheet
from analysis.numbers import VAGUE
from analysis.periods import name_period

__all__ = ["check_across", "check_ranks", "different_measures"]

_LEVELS = {"level", "total", "share", "rate"}


def check_across(kinds: Mapping[str, str], sheet: Sheet) -> list[Finding]:
    """One finding for each thing that is printed in two tables, or in a table and in a text that rests on nothing.

    A text that repeats a table's number is checked as a statement; here it counts only where it stands alone. Values
    that are equal once rounded to the coarser print agree; vague ones ("more than 7,000") are left aside.

    Parameters
    ----------
    kinds
        The kind of each statement by its id.
    sheet
        The release's numbers.
    """
    groups: dict[tuple[object, ...], list[Number]] = {}
    for number in sheet.numbers.values():
        alone = number.formula == "stands alone" and kinds.get(number.id) in _LEVELS
        dated = bool(number.measure) and not pd.isna(number.start) and number.role != "budget"
        if dated and (number.table or alone) and not VAGUE.search(number.printed):
            key = (number.measure, number.area, number.breakdown, number.start, number.end, number.unit)
            groups.setdefault(key, []).append(number)
    return [_compare(group, sheet) for group in groups.values() if _several_places(group)]


def _several_places(group: Sequence[Number]) -> bool:
    return len({number.table or number.id for number in group}) > 1


def _compare(group: Sequence[Number], sheet: Sheet) -> Finding:
    first = group[0]
    places = min(number.places for number in group)
    values: dict[Fraction, Number] = {}
    for number in group:
        values.setdefault(round_half_up(number.value, places), number)
    period = name_period(first.start, first.end)
    where = "; ".join(dict.fromkeys(_place(number) for number in group))
    title = sheet.titles.get(first.measure, first.measure)
    cause = ""
    if len(values) > 1:
        cause = f"{title}, {period}, is printed with {len(values)} values that should be one"
        several = list(values.values())
        slip = one_digit_apart(several[0].value, several[1].value) if len(several) == 2 else ""
        cause += f"; {'two digits are turned round' if 'two' in slip else 'one digit differs'}" if slip else ""
    return Finding(
        id=f"across.{first.id}", kind="across", grade=DISAGREES if cause else AGREES, cause=cause, where=where,
        measure=first.measure, area=first.area, section=first.section, table=first.table, label=f"{title}, {period}",
        as_printed=" and ".join(dict.fromkeys(number.printed for number in values.values())),
        about=tuple(number.id for number in group), others_in=tuple(number.section for number in group),
    )  # fmt: skip


def _place(number: Number) -> str:
    return f"{number.where}: {number.label}" if number.table else number.where


def check_ranks(comparisons: pd.DataFrame) -> list[Finding]:
    """One finding for each place among others that is told twice: the same place, out of the same number.

    Parameters
    ----------
    comparisons
        The release's own.
    """
    ranked = comparisons[comparisons["rank"].notna() & (comparisons["measure"] != "")]
    same = ["measure", "area", "group", "first_is", "period_start", "period_end"]
    findings = []
    for _, told in ranked.groupby(same, sort=False, dropna=False):
        if len(told) < 2:
            continue
        first = told.iloc[0]
        places = told["rank"].nunique()
        totals = told["of_how_many"].dropna().nunique()
        causes = []
        if places > 1:
            causes.append(f"one thing with two different places: {_joined(told['rank'])}")
        if totals > 1:
            causes.append(f"one place out of two different totals: {_joined(told['of_how_many'])} {first['group']}")
        cause = "; ".join(causes)
        findings.append(
            Finding(
                id=f"words.{first['id']}", kind="words", grade=DISAGREES if cause else AGREES, cause=cause,
                as_printed=" and ".join(told["printed"].unique()), where="; ".join(told["where"].unique()),
                measure=first["measure"], area=first["area"], section=first["section"], label=first["claim"],
                about=tuple(told["id"]), others_in=tuple(told["section"]),
            )
        )  # fmt: skip
    return findings


def _joined(numbers: pd.Series) -> str:
    return " and ".join(f"{int(number)}" for number in numbers.dropna().unique())


def different_measures(measures: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Offences that the report counts on more than one basis: their values differ, and that is no contradiction.

    Parameters
    ----------
    measures, figures
        The release's own.

    Returns
    -------
    DataFrame
        ``title, basis, printed`` for the last 12 months, an offence's measures beside each other; only offences with
        more than one basis.
    """
    last = figures[(figures["role"] == "last_12_months") & (figures["breakdown"] == "")]
    rows = last.merge(measures, left_on="measure", right_on="id", suffixes=("", "_of_measure"))
    rows = rows[(rows["offence"] != "") & rows["basis"].isin(["reported", "validated"])]
    rows = rows.drop_duplicates(["offence", "basis"])
    several = rows.groupby("offence")["basis"].transform("nunique") > 1
    chosen = rows[several].sort_values(["offence", "basis"], kind="stable")
    return chosen[["offence", "title", "basis", "printed"]].reset_index(drop=True)
