"""Areas compared as viewers see them: nothing that is withheld of an estimate can be worked out from a comparison.

The rest is the whole less the area, so a comparison goes wherever the area's or the whole's figure does. What a
correction, a range of places or a shrunken value would tell of a withheld area is taken care of by
``analysis.areas.compare_areas``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.area_rest import AREA_CELL, FEW_IN_REST
from analysis.areas import compare_areas
from analysis.disclosure_shown import WITHHELD
from analysis.survey import ALL

__all__ = ["compare_shown_areas", "secret_areas"]

_OF_A_SECRET = ["force", "n_effective_rest", "sum_weights_force", "variance", "joint_lower", "joint_upper"]
_BASES = ["n", "n_effective", "sum_weights", "design_effect", "degrees"]


def secret_areas(told: pd.DataFrame, shown: pd.DataFrame) -> pd.Series:
    """Which comparisons a viewer may not see: where the area's figure is withheld, or that of the whole sample.

    Parameters
    ----------
    told
        As ``analysis.area_rest.against_rest`` gives it.
    shown
        The estimates of the same areas and ALL from ``analysis.disclosure_shown.withhold_estimates``.

    Raises
    ------
    ValueError
        When an area or the whole has no estimate to be judged by.

    Examples
    --------
    >>> told = pd.DataFrame({"wave": "", "question": "Q4", "measure": "top", "area": ["N", "S"]})
    >>> shown = pd.DataFrame({"wave": "", "question": "Q4", "measure": "top", "group": ["ALL", "N", "S"],
    ...                       "caveat": ["", WITHHELD + "fewer than 30 answered.", ""]})
    >>> secret_areas(told, shown).tolist()
    [True, False]
    """
    own, whole = _of_areas(told, shown)["caveat"], _of_whole(told, shown)["caveat"]
    if own.isna().any() or whole.isna().any():
        raise ValueError("A comparison has no estimate of its area, or of the whole, to judge disclosure by.")
    return own.str.startswith(WITHHELD) | whole.str.startswith(WITHHELD)


def compare_shown_areas(told: pd.DataFrame, shown: pd.DataFrame, **asked: Any) -> pd.DataFrame:
    """As ``analysis.areas.compare_areas``, without what would tell about single respondents.

    Parameters
    ----------
    told, shown
        As in ``secret_areas``.
    asked
        Further arguments of ``compare_areas``.

    Returns
    -------
    DataFrame
        The same rows. Where a comparison is withheld, its numbers are missing, the bases too where they must be, and
        ``caveat`` says why.
    """
    secret = secret_areas(told, shown)
    own, whole = _of_areas(told, shown), _of_whole(told, shown)
    told = compare_areas(told, secret=secret, **asked)
    of_whole = ~own["caveat"].str.startswith(WITHHELD) & secret
    caveat = own["caveat"].mask(of_whole, whole["caveat"])
    few = told["caveat"].str.startswith(FEW_IN_REST) & ~secret
    told["caveat"] = caveat.mask(few, (FEW_IN_REST + " " + caveat).str.strip())
    bases = [name for name in _BASES if name in told]
    told[bases] = own[bases].astype(float)
    told["n_rest"] = told["n_rest"].astype(float).where(own["n"].notna() & whole["n"].notna())
    told.loc[secret, [name for name in _OF_A_SECRET if name in told]] = np.nan
    told.loc[secret, "method"] = ""
    return told


def _of_areas(told: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    keys = told[[*AREA_CELL, "area"]].rename(columns={"area": "group"})
    return keys.merge(shown, on=[*AREA_CELL, "group"], how="left").set_axis(told.index)


def _of_whole(told: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    whole = shown[shown["group"] == ALL]
    return told[AREA_CELL].merge(whole, on=AREA_CELL, how="left").set_axis(told.index)
