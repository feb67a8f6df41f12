"""Areas of a printed table against the rest: per cents with printed or assumed bases, the force's among them or not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.area_rest import AREA_CELL, compared_shares
from analysis.intervals import wilson
from analysis.rank_ranges import sidak
from analysis.survey import ALL

__all__ = ["table_against_rest"]

_NOT_PRINTED = "The force's own share is not printed: the areas listed are taken for the whole force."


def table_against_rest(estimated: pd.DataFrame, *, test: str = "score", areas: int = 0) -> pd.DataFrame:
    """Every area's printed share with the rest's.

    Parameters
    ----------
    estimated
        As ``analysis.survey_tables.table_estimates`` gives it, with ``withhold=False``: the areas as groups, and ALL
        where the force's share is printed. The rest is the force less the area, by their bases.
    test
        ``score`` or ``wald``.
    areas
        How many there are, where the table has only some; for the joint limits.

    Returns
    -------
    DataFrame
        As ``analysis.area_rest.against_rest``, but for the weights.

    Raises
    ------
    ValueError
        For an unknown test, or a table without areas.

    Examples
    --------
    >>> from analysis.survey_tables import table_estimates
    >>> table = pd.DataFrame({"question": "Q12", "area": ["ALL", "East"], "percent": [68.0, 46], "base": [1602, 160]})
    >>> told = table_against_rest(table_estimates(table, withhold=False), areas=10)
    >>> told[["area", "estimate", "rest", "difference", "p"]].round(8).values.tolist()
    [['East', 0.46, 0.70441054, -0.24441054, 2e-08]]
    """
    own = estimated[estimated["group"] != ALL].reset_index(drop=True)
    if own.empty:
        raise ValueError("The table has no areas to compare. Name the column of areas in the profile, as area.")
    force = _force(estimated, own)
    told = own.merge(force, on=AREA_CELL, how="left")
    printed = told["printed"].fillna(False).astype(bool)
    told["caveat"] = told["caveat"].where(printed, told["caveat"] + " " + _NOT_PRINTED).str.strip()
    told["n_rest"] = (told["n_force"] - told["n"]).where(lambda left: left > 0)
    answers = told["force"] * told["n_force"] - told["estimate"] * told["n"]
    told["rest"] = (answers / told["n_rest"]).clip(0, 1)
    told["n_effective_rest"] = told["n_rest"] / told["design_effect"]
    spread = told["rest"] * (1 - told["rest"]) / told["n_effective_rest"]
    told["difference_error"] = np.sqrt(told["standard_error"] ** 2 + spread)
    told["from_force_error"] = told["difference_error"] * told["n_rest"] / told["n_force"]
    listed = told.groupby(AREA_CELL)["group"].transform("size").clip(lower=areas)
    joint = [
        wilson(row.estimate * row.n_effective, row.n_effective, sidak(row.confidence, int(number)))
        for row, number in zip(told.itertuples(), listed, strict=True)
    ]
    told[["joint_lower", "joint_upper"]] = np.array(joint, dtype=float).reshape(-1, 2)
    told = told.drop(columns=["printed", "n_force"]).rename(columns={"group": "area"})
    told["withheld"] = told["withheld"].astype(bool) | told["rest"].isna()
    return compared_shares(told, test)


def _force(estimated: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The force's share and base of each question: printed, or that of all its areas together."""
    whole = estimated.loc[estimated["group"] == ALL, [*AREA_CELL, "estimate", "n"]].assign(printed=True)
    pooled = own.assign(answers=own["estimate"] * own["n"]).groupby(AREA_CELL, sort=False)[["answers", "n"]].sum()
    pooled = pooled.assign(estimate=pooled["answers"] / pooled["n"], printed=False).reset_index()
    every = pd.concat([whole, pooled[[*AREA_CELL, "estimate", "n", "printed"]]], ignore_index=True)
    return every.drop_duplicates(AREA_CELL).rename(columns={"estimate": "force", "n": "n_force"})
