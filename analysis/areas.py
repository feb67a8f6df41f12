"""Areas compared: which really differ from the rest, which may, and what places each may hold.

Surveys, published tables and rates come here in one shape and leave in one, so one set of charts serves all.
Corrections are made over a family that each row names; its size is that of the data, whatever is shown of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.area_rest import AREA_CELL
from analysis.intervals import benjamini_hochberg, holm, instead_of_hidden, tail_area
from analysis.rank_ranges import rank_ranges
from analysis.shrinkage import Between, between_areas
from analysis.survey_waves import CORRECTIONS

__all__ = ["AREA_NUMBERS", "AREA_TOLD", "AREA_VERDICTS", "FAMILIES", "areas_alike", "compare_areas", "difference_word"]

AREA_VERDICTS = ["differs", "likely differs", "cannot tell", "no verdict"]
FAMILIES = {"table": "of every question, every area", "question": "of one question, every area"}
AREA_TOLD = ["question", "measure", "area", "estimate", "lower", "upper", "rest", "difference", "p", "p_holm", "p_bh"]
AREA_TOLD += ["verdict", "rank_low", "rank_high", "shrunk", "caveat"]  # what a reader is shown
AREA_NUMBERS = ["estimate", "standard_error", "lower", "upper", "rest", "difference", "difference_error"]
AREA_NUMBERS += ["difference_lower", "difference_upper", "from_force", "from_force_error", "from_force_lower"]
AREA_NUMBERS += ["from_force_upper", "p", "p_holm", "p_bh", "rank_low", "rank_high", "shrunk"]  # what is withheld
AREA_NUMBERS += ["n_effective", "variance", "joint_lower", "joint_upper", "n_effective_rest"]


def compare_areas(
    told: pd.DataFrame,
    *,
    correction: str = "holm",
    family: str = "table",
    areas: int = 0,
    secret: pd.Series | None = None,
    withhold: bool = True,
) -> pd.DataFrame:
    """Corrections, verdicts, ranges of places and shrunken values of areas beside the rest.

    Parameters
    ----------
    told
        As ``analysis.area_rest.against_rest``, ``analysis.area_tables.table_against_rest`` and
        ``analysis.area_rates.rates_against_rest`` give them.
    correction
        ``holm`` or ``bh``: which of the two the verdict goes by.
    family
        ``table``, one measure of every question over all areas, or ``question``, one question over all areas.
    areas
        How many there are where ``told`` has only some, such as the exceptions that a report names. The others belong
        to the family as well, for they were looked at.
    secret
        Rows that a viewer may not see, nor work out.
    withhold
        Whether secret rows and those too imprecise lose their numbers and their verdict. They stay in the family, but
        what is shown of the others rests on none of their numbers: their p values count as 1, they may hold any place,
        and are left out of the shrinkage.

    Returns
    -------
    DataFrame
        The rows of ``told`` with ``p_holm, p_bh, verdict`` (one of ``AREA_VERDICTS``), ``family, rank_low`` (the
        highest place it may hold, 1 being that of the largest value), ``rank_high`` (the lowest place) and ``shrunk``.

    Raises
    ------
    ValueError
        For an unknown correction or family.

    Examples
    --------
    >>> told = pd.DataFrame({"wave": "", "question": "Q12", "measure": "top", "area": ["East", "North", "South"],
    ...     "estimate": [0.46, 0.59, 0.68], "joint_lower": [0.35, 0.49, 0.58], "joint_upper": [0.56, 0.69, 0.77],
    ...     "variance": [0.0019, 0.0019, 0.0017], "p": [1.9e-08, 0.0214, 0.62], "confidence": 0.95, "method": "score",
    ...     "caveat": "", "withheld": False})
    >>> compare_areas(told, areas=10)[["area", "p_holm", "verdict", "rank_low", "rank_high"]].round(4).values.tolist()
    [['East', 0.0, 'differs', 2.0, 10.0], ['North', 0.1926, 'likely differs', 1.0, 10.0],
     ['South', 1.0, 'cannot tell', 1.0, 9.0]]
    """
    if correction not in CORRECTIONS:
        raise ValueError(f"A correction is one of {', '.join(CORRECTIONS)}, not {correction}.")
    if family not in FAMILIES:
        raise ValueError(f"A family is one of {', '.join(FAMILIES)}, not {family}.")
    hidden = pd.Series(False, index=told.index) if secret is None else secret.astype(bool)
    gone = hidden | told["withheld"].astype(bool) if withhold else hidden
    told = told.copy()
    _correct(told, family, areas, gone)
    told["verdict"] = [_verdict(row, correction) for row in told.itertuples()]
    told["method"] += f"; verdict by {CORRECTIONS[correction]} over " + told["family"]
    told[["rank_low", "rank_high", "shrunk"]] = np.nan
    for _, own in told.groupby(AREA_CELL, dropna=False, sort=False):
        seen = own["estimate"].notna() & ~gone[own.index]
        places = rank_ranges(own["joint_lower"].where(seen).to_numpy(), own["joint_upper"].where(seen).to_numpy())
        told.loc[own.index, "rank_low"] = places[:, 0]
        told.loc[own.index, "rank_high"] = places[:, 1] + max(areas - len(own), 0)
        told.loc[own.index, "shrunk"] = _between(own[seen]).reindex(own.index)
    if withhold:
        told.loc[gone, [name for name in AREA_NUMBERS if name in told]] = np.nan
        told.loc[gone, "verdict"] = "no verdict"
        told["withheld"] = gone
    return told


def areas_alike(told: pd.DataFrame, *, secret: pd.Series | None = None) -> pd.DataFrame:
    """Do the areas differ at all? Cochran's test of every question, before any is looked at alone.

    Parameters
    ----------
    told, secret
        As in ``compare_areas``.

    Returns
    -------
    DataFrame
        ``wave, question, measure, areas, q, df, p, p_holm`` (over every question of a measure), ``between`` (the
        standard deviation between areas after Paule and Mandel, as the estimates are) and ``mean``.

    Examples
    --------
    >>> told = pd.DataFrame({"wave": "", "question": "Q12", "measure": "top", "area": ["N", "S", "W"],
    ...                      "estimate": [0.6, 0.7, 0.8], "variance": 0.001})
    >>> areas_alike(told)[["areas", "q", "df", "p", "between"]].round(5).values.tolist()
    [[3.0, 20.0, 2.0, 5e-05, 0.09487]]
    """
    seen = told if secret is None else told[~secret.astype(bool)]
    rows = []
    for cell, own in seen.groupby(AREA_CELL, dropna=False, sort=False):
        found = _found(own)
        rows.append((*cell, found.areas, found.q, found.df, found.p, np.sqrt(found.variance), found.mean))
    alike = pd.DataFrame(rows, columns=[*AREA_CELL, "areas", "q", "df", "p", "between", "mean"])
    alike["p_holm"] = np.nan
    for _, own in alike.groupby(["wave", "measure"], dropna=False):
        tested = own.index[own["p"].notna()]
        alike.loc[tested, "p_holm"] = holm(alike.loc[tested, "p"].tolist())
    return alike


def difference_word(verdict: str, difference: float) -> str:
    """The verdict with the side on which an area stands.

    >>> difference_word("differs", -0.2), difference_word("likely differs", 0.1), difference_word("cannot tell", 0.1)
    ('below the rest', 'likely above the rest', 'cannot be told apart from the rest')
    """
    if verdict not in ("differs", "likely differs"):
        return "no verdict" if verdict == "no verdict" else "cannot be told apart from the rest"
    return f"{'likely ' if verdict == 'likely differs' else ''}{'above' if difference > 0 else 'below'} the rest"


def _correct(told: pd.DataFrame, family: str, areas: int, hidden: pd.Series) -> None:
    """Adjust every family's p values and name it with its size."""
    told["p_holm"], told["p_bh"], told["family"] = np.nan, np.nan, ""
    keys = ["wave", "measure"] if family == "table" else AREA_CELL
    for _, own in told.groupby(keys, dropna=False, sort=False):
        tested = own.index[own["p"].notna()]
        unseen = sum(max(areas - len(each), 0) for _, each in own.groupby("question", sort=False))
        p = instead_of_hidden(told.loc[tested, "p"].to_numpy(dtype=float), hidden[tested].to_numpy())
        every = [*p, *[1.0] * unseen]
        told.loc[tested, "p_holm"] = holm(every)[: len(p)]
        told.loc[tested, "p_bh"] = benjamini_hochberg(every)[: len(p)]
        told.loc[own.index, "family"] = f"{len(every)} comparisons: {own['measure'].iloc[0]} {FAMILIES[family]}"


def _verdict(row: Any, correction: str) -> str:
    if pd.isna(row.p):
        return "no verdict"
    alpha = round(tail_area(row.confidence), 12)  # 1 - 0.95 is a hair above 0.05
    if (row.p_holm if correction == "holm" else row.p_bh) < alpha:
        return "differs"
    return "likely differs" if row.p < alpha else "cannot tell"


def _found(own: pd.DataFrame) -> Between:
    return between_areas(own["estimate"].tolist(), own["variance"].tolist())


def _between(own: pd.DataFrame) -> pd.Series:
    return pd.Series(_found(own).shrunk, index=own.index, dtype=float)
