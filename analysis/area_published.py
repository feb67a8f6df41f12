"""A survey that a report prints by area: named exceptions as values, the others as "within 64% to 74%", no base at all.

What is not printed is assumed by the reader's choice: how many answered in each area, how many areas there are, the
design effect. An area that is printed only within a range has no estimate and never gets one. At most it can be said
that no value of the range could be told apart from the rest. Where the force's own share is not printed either, the
rest lies between two bounds, and an area is tested against the one nearer to it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.area_rest import AREA_CELL
from analysis.area_tables import table_against_rest
from analysis.areas import compare_areas
from analysis.intervals import tail_area
from analysis.survey import ALL
from analysis.survey_tables import ASSUMED, DESIGN_EFFECT, table_estimates

__all__ = ["ONLY_RANGE", "RANGE_ALIKE", "RANGE_OPEN", "areas_assuming", "printed_areas"]

ONLY_RANGE = "Printed only within a range."
RANGE_ALIKE = f"{ONLY_RANGE} No value in it could be told apart from the rest."
RANGE_OPEN = f"{ONLY_RANGE} Near an end of it the area might differ from the rest, elsewhere not."
_BOUNDED = "The force's share is not printed: the rest is taken at the end of its bounds that lies nearer."
_CELL_MARK = "\n"  # between a question and its area, in the name of a comparison of its own


def printed_areas(figures: pd.DataFrame, ranges: pd.DataFrame, areas: pd.DataFrame, kind: str = "lpt") -> pd.DataFrame:
    """What a report prints of its areas, a row a question and area. A range counts in a table that names an area.

    Parameters
    ----------
    figures, ranges, areas
        The release's own.
    kind
        Of the areas that ranges speak of.

    Returns
    -------
    DataFrame
        ``question`` (id of the measure), ``area`` (id), ``percent`` (missing where only a range is printed), ``low,
        high`` (missing where a value is printed), ``force`` (per cent, missing where it is not printed), ``printed,
        table, period_start, period_end``. Areas of which nothing is printed have no row.

    Examples
    --------
    >>> period = {"period_start": pd.Timestamp(2023, 1, 1), "period_end": pd.Timestamp(2023, 1, 31)}
    >>> figures = pd.DataFrame({"measure": "q12", "table": ["force", "teams"], "area": ["force", "east"],
    ...     "unit": "percent", "value": [68.0, 46.0], "printed": ["68%", "46%"]}).assign(**period)
    >>> ranges = pd.DataFrame({"measure": ["q12"], "table": "teams", "unit": "percent", "low": 64.0, "high": 74.0,
    ...     "printed": "64%-74%"}).assign(**period)
    >>> areas = pd.DataFrame({"id": ["force", "east", "west"], "kind": ["force", "lpt", "lpt"]})
    >>> printed_areas(figures, ranges, areas)[["area", "percent", "low", "high", "force"]].values.tolist()
    [['east', 46.0, nan, nan, 68.0], ['west', nan, 64.0, 74.0, 68.0]]
    """
    kinds = areas.set_index("id")["kind"]
    shares = figures[figures["unit"] == "percent"]
    named = shares[shares["area"].map(kinds) == kind]
    whole = shares[shares["area"].map(kinds) == "force"]
    keys = ["measure", "period_start", "period_end"]
    spans = ranges[(ranges["unit"] == "percent") & (ranges["measure"] != "") & ranges["table"].isin(named["table"])]
    cells = pd.concat([spans[[*keys, "table"]], named[[*keys, "table"]]]).drop_duplicates(keys)
    rows = []
    for cell in cells.itertuples():
        own, span, force = (_same(each, cell, keys) for each in (named, spans, whole))
        for area in areas.loc[areas["kind"] == kind, "id"]:
            value = own[own["area"] == area]
            found = value if len(value) else span
            if found.empty:
                continue
            rows.append(
                {
                    "question": cell.measure, "area": area, "percent": value["value"].iloc[0] if len(value) else None,
                    "low": None if len(value) else found["low"].iloc[0],
                    "high": None if len(value) else found["high"].iloc[0],
                    "force": force["value"].iloc[0] if len(force) else None, "printed": found["printed"].iloc[0],
                    "table": cell.table, "period_start": cell.period_start, "period_end": cell.period_end,
                }
            )  # fmt: skip
    columns = ["question", "area", "percent", "low", "high", "force", "printed", "table", "period_start", "period_end"]
    numbers = dict.fromkeys(["percent", "low", "high", "force"], float)
    return pd.DataFrame(rows, columns=columns).astype(numbers)


def areas_assuming(
    printed: pd.DataFrame,
    *,
    base: float,
    areas: int,
    force_base: float,
    design_effect: float = DESIGN_EFFECT,
    confidence: float = 0.95,
    correction: str = "holm",
) -> pd.DataFrame:
    """Printed areas against the rest of their force, under stated assumptions.

    Parameters
    ----------
    printed
        As ``printed_areas`` gives it, of one wave.
    base
        Answers to assume in every area.
    areas
        How many areas there are, named or not: the family is every question in every one of them.
    force_base
        Answers of the whole force.
    design_effect, confidence, correction
        As in ``analysis.areas.compare_areas`` and ``analysis.survey_tables.table_estimates``.

    Returns
    -------
    DataFrame
        The rows of ``analysis.areas.compare_areas`` in the order of ``printed``, with ``low, high`` (0 to 1). An area
        within a range has no estimate and no p: its verdict is "cannot tell" where no value of its range would be told
        apart from the rest even without a correction, else "no verdict"; ``caveat`` says which.

    Raises
    ------
    ValueError
        For a base, a number of areas or a design effect that cannot be.

    Examples
    --------
    >>> printed = pd.DataFrame({"question": "q12", "area": ["east", "lichfield", "north"],
    ...     "percent": [46.0, 59.0, None], "low": [None, None, 64.0], "high": [None, None, 74.0],
    ...     "force": 68.0}).astype(dict.fromkeys(["percent", "low", "high"], float))
    >>> told = areas_assuming(printed, base=160, areas=10, force_base=1602)
    >>> told[["area", "p_holm", "verdict"]].round(3).values.tolist()
    [['east', 0.0, 'differs'], ['lichfield', 0.193, 'likely differs'], ['north', nan, 'cannot tell']]
    """
    if areas < printed["area"].nunique():
        raise ValueError(f"The report names {printed['area'].nunique()} areas, so there are not {areas} of them.")
    counted = printed.reset_index(drop=True)
    how = {"base": base, "design_effect": design_effect, "confidence": confidence}
    valued = counted[counted["percent"].notna()]
    cases = [_case(counted, row, float(row.percent), areas, "near") for row in valued.itertuples()]
    ends = [
        _case(counted, row, end, areas, "far")
        for row in counted[counted["percent"].isna()].itertuples()
        for end in (row.low, row.high)
        if not pd.isna(end)
    ]
    told = _tested([*cases, *ends], force_base, areas, how)
    own, of_ends = told.iloc[: len(cases)], told.iloc[len(cases) :]
    bounded = own["question"].isin(counted.loc[counted["force"].isna(), "question"])
    own = own.assign(caveat=own["caveat"].mask(bounded, _BOUNDED + " " + own["caveat"]).str.strip())
    within = counted["percent"].isna()
    inside = counted.loc[within, ["question", "area"]].assign(
        wave="", measure="top", p=1.0, method="", caveat="", withheld=False, confidence=confidence
    )
    every = pd.concat([own, inside], ignore_index=True)
    compared = compare_areas(every, correction=correction, areas=areas, withhold=False)
    few = compared["withheld"].astype(bool)  # what is printed is shown; whether it differs is not said of so few
    compared.loc[few, "verdict"] = "no verdict"
    least = of_ends.groupby(["question", "area"])["p"].min().rename("least").reset_index()
    compared = counted[["question", "area"]].merge(compared, how="left").merge(least, how="left")
    compared["force"] = compared["force"].where(counted["force"].notna())  # never what only bounds it
    compared["low"], compared["high"] = counted["low"] / 100, counted["high"] / 100
    both = within & compared["low"].notna() & compared["high"].notna()
    alike = both & (compared["least"] >= round(tail_area(confidence), 12))
    for where, verdict, caveat in (
        (within, "no verdict", ONLY_RANGE), (both, "no verdict", RANGE_OPEN), (alike, "cannot tell", RANGE_ALIKE)
    ):  # fmt: skip
        compared.loc[where, ["verdict", "caveat"]] = [verdict, caveat]
    compared.loc[within, ["p", "p_holm", "p_bh", "rank_low", "rank_high"]] = float("nan")
    return compared.drop(columns="least")


def _same(frame: pd.DataFrame, cell: Any, keys: list[str]) -> pd.DataFrame:
    return frame[(frame[keys] == [getattr(cell, key) for key in keys]).all(axis="columns")]


def _case(counted: pd.DataFrame, row: Any, value: float, areas: int, side: str) -> dict[str, Any]:
    """One comparison: an area at a value, and the force's share that goes with it.

    Where the force's is not printed the rest lies between bounds: ``near`` takes the one nearer to the value, ``far``
    the one farther from it.
    """
    force = row.force
    if pd.isna(force):
        others = counted[(counted["question"] == row.question) & (counted["area"] != row.area)]
        unseen = areas - 1 - len(others)  # areas that the report does not name lie in its range too
        span = counted.loc[(counted["question"] == row.question) & counted["percent"].isna(), ["low", "high"]]
        low, high = (0.0, 100.0) if span.empty else (span["low"].fillna(0).min(), span["high"].fillna(100).max())
        sums = [others["percent"].fillna(others[end].fillna(edge)).sum() + unseen * edge
                for end, edge in (("low", low), ("high", high))]  # fmt: skip
        bounds = [each / (areas - 1) for each in sums]
        near = min(max(value, bounds[0]), bounds[1])
        rest = near if side == "near" else max(bounds, key=lambda bound: abs(bound - value))
        force = (value + (areas - 1) * rest) / areas
    return {"question": row.question, "area": row.area, "percent": value, "force": force, "printed": row.force}


def _tested(cases: list[dict[str, Any]], force_base: float, areas: int, how: dict[str, Any]) -> pd.DataFrame:
    """Every case on its own: its area and the force that goes with it."""
    rows = []
    for place, case in enumerate(cases):
        name = f"{place}{_CELL_MARK}{case['question']}"
        whole = force_base if not pd.isna(case["printed"]) else areas * how["base"]
        rows.append({"question": name, "area": ALL, "percent": case["force"], "base": float(whole)})
        rows.append({"question": name, "area": case["area"], "percent": case["percent"], "base": float(how["base"])})
    if not rows:
        return pd.DataFrame(columns=[*AREA_CELL, "area", "caveat", "p"])
    told = table_against_rest(table_estimates(pd.DataFrame(rows), withhold=False, **how), areas=areas)
    assumed = (
        f"; assumed {how['base']:,.0f} answers in each of {areas} areas and a design effect of {how['design_effect']:g}"
    )
    few = told["caveat"].str.extract(f"^(.*?) ?{ASSUMED}")[0].fillna("")  # what is assumed is a matter of the method
    return told.assign(
        question=told["question"].str.split(_CELL_MARK).str[-1], caveat=few, method=told["method"] + assumed
    )
