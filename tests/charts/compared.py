"""Compared areas for the tests of charts: invented per cents of ten teams, and counts with residents."""

from __future__ import annotations

import pandas as pd

from analysis.area_rates import rates_against_rest
from analysis.area_tables import table_against_rest
from analysis.areas import AREA_NUMBERS, compare_areas
from analysis.survey_tables import table_estimates

NAMES = ["City", "Cannock", "East Staffs", "Lichfield", "Newcastle", "Moorlands", "South Staffs", "Stafford"]
NAMES += ["Tamworth", "Stone"]
PERCENTS = [68.0, 71, 46, 59, 70, 74, 66, 72, 69, 84]
WHY = "Withheld to protect respondents: fewer than 30 answered."


def shares(*withheld: str) -> pd.DataFrame:
    """Ten teams of 160 answers each: Stone and East Staffs differ, Lichfield likely."""
    every = {"area": ["ALL", *NAMES], "percent": [68.0, *PERCENTS], "base": [1602] + [160] * 10}
    told = compare_areas(table_against_rest(table_estimates(pd.DataFrame({"question": "Q12"} | every))))
    gone = told["area"].isin(withheld)
    told.loc[gone, [name for name in AREA_NUMBERS if name in told]] = float("nan")
    told.loc[gone, ["verdict", "caveat"]] = ["no verdict", WHY]
    return told


def counts() -> pd.DataFrame:
    """Counts of three areas with their residents."""
    numbers = {"value": [60.0, 400.0, 440.0], "population": [12000.0, 110000.0, 120000.0]}
    return pd.DataFrame({"wave": "2023", "question": "burglary", "area": ["North", "South", "West"]} | numbers)


def rates() -> pd.DataFrame:
    """Their rates beside the rest's."""
    return compare_areas(rates_against_rest(counts(), dispersion=1))
