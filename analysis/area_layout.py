"""Areas laid out for tables and for the grid of everything at once: text as it is read, rounded last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.area_published import ONLY_RANGE, RANGE_ALIKE, RANGE_OPEN
from analysis.area_rates import RATE
from analysis.area_values import (
    apart_words,
    area_value,
    distance_words,
    interval_words,
    only_ranges,
    range_said,
    unit_of,
    within_words,
)  # fmt: skip
from analysis.areas import difference_word
from analysis.change_words import MARKS, change_phrase, interval_phrase
from analysis.numbers import half_up, in_words, write_number
from analysis.rank_ranges import place_words
from analysis.survey import ALL
from analysis.survey_words import p_words

__all__ = ["AREA_MARKS", "area_change_table", "area_table", "grid_cells", "grid_said", "grid_table"]

AREA_MARKS = {
    "above the rest": "▲",
    "likely above the rest": "△",
    "below the rest": "▼",
    "likely below the rest": "▽",
    "cannot be told apart from the rest": "○",
    "no verdict": "–",
}
_SHORT = {"cannot be told apart from the rest": "cannot tell"}
_RANGES = {
    RANGE_ALIKE: ", wherever in its range it lies",
    RANGE_OPEN: ": near an end of its range it might differ",
    ONLY_RANGE: ": only a limit is printed",
}
_CLAIMED = ("differs", "likely differs")


def area_table(told: pd.DataFrame, heads: Sequence[str], areas: int, judged: bool = True) -> pd.DataFrame:
    """Areas beside the rest of their force as a table for reading.

    Parameters
    ----------
    told
        Rows of ``analysis.areas.compare_areas`` with ``low, high`` where a report prints only a range.
    heads
        What heads each row: the names of areas, or of questions.
    areas
        How many areas there are.
    judged
        Whether a verdict may stand here; never on invented answers.

    Returns
    -------
    DataFrame
        ``row_label``, value, the rest's value and the difference, with their intervals, p after correction, verdict,
        the places it may hold, ``Note`` where rows differ in it; all text.

    Examples
    --------
    >>> told = pd.DataFrame({"area": ["East"], "measure": "top", "estimate": 0.46, "lower": 0.376, "upper": 0.546,
    ...     "rest": 0.704, "difference": -0.244, "difference_lower": -0.33, "difference_upper": -0.157, "p_holm": 2e-7,
    ...     "verdict": "differs", "rank_low": 9.0, "rank_high": 10.0, "confidence": 0.95, "caveat": ""})
    >>> area_table(told, ["East"], 10).iloc[0, 1:].tolist()
    ['46% (38% to 55%)', '70%', '24.4 points below (33.0 to 15.7 points below)', 'under 0.0001', '▼ below the rest',
     'somewhere between 9th and 10th of 10']
    """
    levels = told["confidence"].dropna().unique()
    level = f"{levels[0] * 100:g}%" if len(levels) == 1 else "95%"
    rated = (told["measure"] == RATE).any()
    rows = []
    for head, row in zip(heads, told.itertuples(), strict=True):
        line = {
            "row_label": head,
            f"{'Rate per 1,000' if rated else 'Share'} ({level} interval)": _value(row),
            "Rest of the force": "" if pd.isna(row.rest) else area_value(row.rest, unit_of(row.measure), row.measure),
            f"Difference ({level} interval)": _distance(row),
        }
        if judged:
            line["p after correction"] = p_words(row.p_holm)
            line["Verdict"] = f"{verdict_said(row)}{_in_range(row)}"
            known = not pd.isna(row.rank_low) and not pd.isna(row.difference)
            if areas > 2:  # of two, the verdict says it
                line["Place"] = place_words(int(row.rank_low), int(row.rank_high), areas) if known else ""
        rows.append(line | {"Note": "" if rated or _in_range(row) else row.caveat})
    table = pd.DataFrame(rows)
    return table if table["Note"].replace("", None).dropna().nunique() > 1 else table.drop(columns="Note")


def verdict_said(row: Any, short: bool = False) -> str:
    """An area's verdict as shape and words.

    >>> from types import SimpleNamespace
    >>> verdict_said(SimpleNamespace(verdict="likely differs", difference=0.1))
    '△ likely above the rest'
    >>> verdict_said(SimpleNamespace(verdict="cannot tell", difference=0.1), short=True)
    '○ cannot tell'
    """
    words = difference_word(row.verdict, row.difference)
    told = _SHORT.get(words, words.removesuffix(" the rest")) if short else words
    return f"{AREA_MARKS[words]} {told}"


def grid_cells(told: pd.DataFrame) -> pd.Series:
    """What stands in each cell of the grid: the verdict, or the range where only that is printed.

    >>> told = pd.DataFrame({"verdict": ["differs", "cannot tell", "no verdict"], "difference": [-0.2, None, None],
    ...     "estimate": [0.46, None, None], "low": [None, 0.64, 0.9], "high": [None, 0.74, None]})
    >>> grid_cells(told).tolist()
    ['▼ below', '○ cannot tell', '– above 90%']
    """
    cells = []
    for row, ranged in zip(told.itertuples(), only_ranges(told), strict=True):
        if ranged and row.verdict == "no verdict":
            cells.append(f"– {range_said(row.low, row.high)}")
        else:
            cells.append(verdict_said(row, short=True))
    return pd.Series(cells, index=told.index, dtype=object)


def grid_table(
    told: pd.DataFrame, labels: Mapping[str, str], areas: Sequence[str], cells: Sequence[object]
) -> pd.DataFrame:
    """Measures by areas, a mark a cell.

    Parameters
    ----------
    told
        ``question, area``, a row a cell, of one measure and wave.
    labels
        What stands for each question, in the order shown.
    areas
        Columns, in their order.
    cells
        What stands in each row's cell: text, or what a page makes of it.

    Examples
    --------
    >>> told = pd.DataFrame({"question": ["q1", "q1"], "area": ["N", "S"]})
    >>> grid_table(told, {"q1": "Q1"}, ["N", "S", "W"], ["▼ below", "○ cannot tell"]).iloc[0].tolist()
    ['Q1', '▼ below', '○ cannot tell', '']
    """
    found = dict(zip(zip(told["question"], told["area"], strict=True), cells, strict=True))
    asked = [question for question in labels if question in set(told["question"])]
    rows = [{"row_label": labels[each]} | {area: found.get((each, area), "") for area in areas} for each in asked]
    return pd.DataFrame(rows, columns=["row_label", *areas])


def grid_said(told: pd.DataFrame, comparisons: int, areas: str = "teams") -> str:
    """The grid in one clause: how many comparisons stand out, after the correction and before it only.

    Parameters
    ----------
    told
        Rows of ``analysis.areas.compare_areas``, all of the grid.
    comparisons
        Cells that were looked at, tested or not.
    areas
        What they are called, in the plural.

    Examples
    --------
    >>> told = pd.DataFrame({"verdict": ["differs", "likely differs", "cannot tell"], "area": ["N", "N", "S"]})
    >>> grid_said(told, 120)
    'of 120 comparisons, 1 stands after correction, in one of the teams; 1 more would stand out only without it.'
    """
    real, likely = ((told["verdict"] == word).sum() for word in _CLAIMED)
    where = told.loc[told["verdict"] == "differs", "area"].nunique()
    if not real:
        less = f"; {likely} would stand out without it" if likely else ""
        return f"of {comparisons:,} comparisons, none stands out after correction{less}."
    places = f"in one of the {areas}" if where == 1 else f"in {in_words(where)} {areas}"
    more = f"; {likely} more would stand out only without it" if likely else ""
    return f"of {comparisons:,} comparisons, {real} stand{'s' if real == 1 else ''} after correction, {places}{more}."


def area_change_table(changes: pd.DataFrame, names: Mapping[str, str], judged: bool = True) -> pd.DataFrame:
    """Each area's change between two years, and its part of the force's, as a table for reading.

    Parameters
    ----------
    changes
        Rows of ``analysis.area_changes.area_changes`` of one question, the force first.
    names
        Area to its name; the force is ALL.
    judged
        Whether a verdict may stand here.

    Examples
    --------
    >>> changes = pd.DataFrame({"area": ["N"], "first": 100.0, "second": 160.0, "difference": 60.0, "percent": 60.0,
    ...     "lower": 20.0, "upper": 110.0, "verdict": "real change", "share_of_change": 0.6})
    >>> area_change_table(changes, {"N": "North"}).iloc[0].tolist()
    ['North', '100', '160', 'up 60.0%', 'up 20.0% to up 110.0%', '60%', '▲ real change']
    """
    rows = []
    for row in changes.itertuples():
        broken = row.verdict == "not comparable"  # an interval would ask what cannot be asked
        part = None if broken else row.share_of_change
        line = {
            "row_label": names.get(str(row.area), str(row.area)),
            "Year before": write_number(row.first),
            "This year": write_number(row.second),
            "Change": change_phrase(row.difference, row.percent, "count"),
            "95% interval": "" if broken else interval_phrase(row.lower, row.upper, row.percent, "count"),
            "Part of the force's change": "" if pd.isna(part) or row.area == ALL else f"{half_up(part * 100):.0f}%",
        }
        rows.append(line | ({"Verdict": f"{MARKS[row.verdict]} {row.verdict}"} if judged else {}))
    return pd.DataFrame(rows)


def _value(row: Any) -> str:
    if pd.isna(row.estimate) and hasattr(row, "low") and not (pd.isna(row.low) and pd.isna(row.high)):
        return within_words(row.low, row.high)
    return interval_words(row)


def _distance(row: Any) -> str:
    if pd.isna(row.difference):
        return ""
    side = "" if row.difference == 0 else " above" if row.difference > 0 else " below"
    told = f"{distance_words(row.difference, row.measure, unit=False)}{side}" if side else "none"
    return f"{told} ({apart_words(row.difference_lower, row.difference_upper, row.measure, unit=False)})"


def _in_range(row: Any) -> str:
    """What a verdict of an area within a range rests on; "" for every other."""
    return _RANGES.get(row.caveat, "") if pd.isna(row.estimate) else ""
