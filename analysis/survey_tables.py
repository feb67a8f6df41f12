"""Estimates from a printed table: a question, perhaps an area, a per cent and, where it is printed, its base.

What a table does not say has to be assumed, and every row says so: how many answered, and what weights and design cost.
A per cent printed without decimals may be off by half a point, which is told beside the interval, not mixed into it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.survey import ALL, CELL, NUMBERS
from analysis.survey_intervals import survey_limits
from analysis.survey_precision import precision

__all__ = ["ASSUMED", "DESIGN_EFFECT", "table_estimates"]

DESIGN_EFFECT = 1.25  # where nobody says better; 1 to 1.5 is usual
ASSUMED = "Assumed: "  # how a caveat begins that says what is not known
_METHODS = {
    "wilson": "Wilson at an assumed effective base",
    "beta": "exact beta at an assumed effective base",
    "logit": "logit with t at an assumed effective base; Wilson at 0% and 100%",
}
_ROUNDED = "Printed as a whole per cent: rounding alone may be half a point either way."


def table_estimates(
    table: pd.DataFrame,
    *,
    base: float | None = None,
    design_effect: float = DESIGN_EFFECT,
    method: str = "wilson",
    confidence: float = 0.95,
    withhold: bool = True,
) -> pd.DataFrame:
    """Every printed share with the interval it would have under what is assumed.

    Parameters
    ----------
    table
        ``question`` and ``percent`` (0 to 100), or ``count`` and ``base``; ``base``, ``area`` and ``wave`` where they
        are known. A row without an area, or with area ALL, is the whole sample's.
    base
        Answers to assume where the table has no base.
    design_effect
        To assume for every row.
    method, confidence, withhold
        As in ``analysis.survey.estimates``.

    Returns
    -------
    DataFrame
        The columns of ``analysis.survey.estimates``, measure ``top``; ``sum_weights`` is missing.

    Raises
    ------
    ValueError
        When a base is neither printed nor given, or a number is out of its range.

    Examples
    --------
    >>> table = pd.DataFrame({"question": ["Q12"], "wave": ["2022-06"], "percent": [63.0]})
    >>> told = table_estimates(table, base=1500)
    >>> told[["n", "n_effective", "lower", "upper"]].round(3).values.tolist(), told["caveat"][0]
    ([[1500.0, 1200.0, 0.602, 0.657]],
     'Assumed: 1,500 answers to every question, and a design effect of 1.25. Printed as a whole per cent: ...')
    """
    if not design_effect > 0 or (base is not None and not base > 0):
        raise ValueError(f"A base and a design effect are above 0, not {base} and {design_effect}.")
    told = _named(table)
    printed = _column(table, "base")
    bases = printed if base is None else printed.fillna(base)
    for place in np.flatnonzero(~(bases > 0)):
        where = f" in {told['group'].iloc[place]}" if told["group"].iloc[place] != ALL else ""
        raise ValueError(
            f"Question {told['question'].iloc[place]}{where} has no base above 0. Say how many answers to assume."
        )
    percent = _column(table, "percent").to_numpy()
    share = np.where(np.isnan(percent), _column(table, "count") / printed, percent / 100)
    for place in np.flatnonzero(~((share >= 0) & (share <= 1))):
        raise ValueError(f"Question {told['question'].iloc[place]} has no per cent from 0 to 100.")
    told["n"], told["sum_weights"], told["estimate"] = bases, np.nan, share
    told["n_effective"], told["design_effect"] = bases / design_effect, design_effect
    told["standard_error"] = np.sqrt(share * (1 - share) / told["n_effective"])
    inner = (told["estimate"] > 0) & (told["estimate"] < 1)
    told = told.assign(degrees=bases - 1, kish=told["n_effective"], taylor=told["n_effective"].where(inner))
    told = told.join(survey_limits(told, method, confidence)).join(precision(told)).assign(confidence=confidence)
    told["method"] = _METHODS[method]
    counts = printed.isna().map({True: f"{base or 0:,.0f} answers to every question, and ", False: ""})
    assumed = ASSUMED + counts + f"a design effect of {design_effect:g}."
    whole = not np.isnan(percent).all() and bool((percent[~np.isnan(percent)] % 1 == 0).all())
    rounded = np.where(~np.isnan(percent) & whole, f" {_ROUNDED}", "")
    told["caveat"] = (told["caveat"] + " " + assumed + rounded).str.strip()
    if withhold:
        told.loc[told["withheld"], NUMBERS] = np.nan
    first = [*CELL, "n", "sum_weights", "estimate", "standard_error", "n_effective", "design_effect", "lower", "upper"]
    return told[[*first, "confidence", "method", "caveat", "degrees", "withheld"]]


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Wave, question, group and measure of each row."""
    area = table["area"] if "area" in table else pd.Series(ALL, index=table.index)
    whole = area.isna() | (area.astype("str").str.upper() == ALL)
    wave = table.get("wave", "")
    told = pd.DataFrame({"wave": wave, "question": table["question"], "group": area.where(~whole, ALL)})
    return told.assign(measure="top").reset_index(drop=True)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    column = table[name] if name in table else pd.Series(np.nan, index=table.index)
    return column.astype(float).reset_index(drop=True)
