"""Every question of a survey with its uncertainty: sums per cell in, one row for each estimate out.

No respondent's row comes here. The sums are ``data.survey_sums``'s, the methods those of the modules named survey_*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.survey_intervals import METHODS, method_words, survey_limits
from analysis.survey_precision import precision
from analysis.survey_variance import linearised, with_errors

__all__ = ["ALL", "CELL", "DONT_KNOW_SAID", "METHODS", "NUMBERS", "estimates"]

ALL = "ALL"  # the group that is the whole sample
CELL = ["wave", "question", "group", "measure"]
NUMBERS = ["estimate", "standard_error", "lower", "upper"]  # what goes when a cell is withheld
_WITHOUT = "; don't know is out of the base"
_WITH = "; don't know is in the base"
_MUCH_DONT_KNOW = 0.05
DONT_KNOW_SAID = re.compile(r"\d+% did not know and are (left out of|counted in) the base\.")  # of a caveat


def estimates(
    sums: pd.DataFrame,
    design: pd.DataFrame,
    *,
    method: str = "wilson",
    confidence: float = 0.95,
    include_dont_know: bool = False,
    withhold: bool = True,
    errors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Share or net score of every cell with its interval, its bases and what must be said beside it.

    Parameters
    ----------
    sums, design
        As ``data.survey_sums.survey_sums`` gives them: ``wave, question, group, measure``, ``stratum`` where the
        sample has strata, and the sums; the design by wave and stratum.
    method
        ``wilson``, ``beta`` or ``logit``; see ``analysis.survey_intervals``.
    confidence
        Level of the intervals.
    include_dont_know
        Whether the sums of top, bottom and net have don't know in their base. It only chooses the words.
    withhold
        Whether the numbers of a cell that is too imprecise are taken out; its row and the reason stay all the same.
    errors
        Standard errors instead of the linearised ones, as ``analysis.raking_variance.raked_errors`` gives them. They
        make the intervals; whether a cell is too imprecise is judged without them.

    Returns
    -------
    DataFrame
        ``wave, question, group, measure, n`` (unweighted), ``sum_weights, estimate, standard_error, n_effective,
        design_effect, lower, upper, confidence, method, caveat``, then ``degrees`` of freedom and ``withheld``.
        Shares run from 0 to 1, net scores from -1 to 1.

    Raises
    ------
    ValueError
        As ``linearised``, ``with_errors`` and ``survey_limits``.

    Examples
    --------
    >>> sums = pd.DataFrame({"wave": "2023", "question": "Q4", "group": "ALL", "measure": "top", "n": [200],
    ...                      "sum_w": [200.0], "sum_w2": [250.0], "sum_wy": [150.0], "psus": [200],
    ...                      "psu_ww": [250.0], "psu_wy": [187.5], "psu_yy": [187.5]})
    >>> told = estimates(sums, pd.DataFrame({"wave": ["2023"], "n": [200], "psus": [200], "population": [np.nan]}))
    >>> told[["estimate", "n", "n_effective", "lower", "upper"]].round(3).values.tolist()
    [[0.75, 200.0, 159.2, 0.677, 0.811]]
    """
    plain = linearised(sums, design, CELL)
    told = plain if errors is None else with_errors(plain, errors)
    words = method_words(told, method)
    limits = survey_limits(told, method, confidence)
    default = limits if (method, confidence) == ("wilson", 0.95) and errors is None else None
    told = told.join(limits).join(precision(plain, default)).assign(confidence=confidence)
    told["method"] = words + np.where(told["measure"] == "dont_know", "", _WITH if include_dont_know else _WITHOUT)
    told["caveat"] = _joined(told["caveat"], _dont_know_words(told, include_dont_know))
    if withhold:
        told.loc[told["withheld"], NUMBERS] = np.nan
    first = [*CELL, "n", "sum_weights", "estimate", "standard_error", "n_effective", "design_effect", "lower", "upper"]
    return told[[*first, "confidence", "method", "caveat", "degrees", "withheld"]]


def _dont_know_words(told: pd.DataFrame, include_dont_know: bool) -> pd.Series:
    """How many did not know, where it is more than a few; said beside every answer that it bears upon."""
    cell = CELL[:3]
    unsure = told[(told["measure"] == "dont_know") & ~told["withheld"]]
    share = told[cell].merge(unsure[[*cell, "estimate"]], on=cell, how="left")["estimate"].to_numpy()
    much = (share > _MUCH_DONT_KNOW) & (told["measure"] != "dont_know") & ~told["withheld"]
    place = "counted in the base" if include_dont_know else "left out of the base"
    words = [
        f"{part:.0%} did not know and are {place}." if said else "" for part, said in zip(share, much, strict=True)
    ]
    return pd.Series(words, index=told.index, dtype="str")


def _joined(first: Sequence[str] | pd.Series, second: Sequence[str] | pd.Series) -> list[str]:
    return [f"{one} {other}".strip() for one, other in zip(first, second, strict=True)]
