"""How each area's count changed, and what part of the force's change each made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.change import compare_counts
from analysis.intervals import benjamini_hochberg, holm
from analysis.survey import ALL
from analysis.verdicts import verdict_word

__all__ = ["area_changes"]

_NUMBERS = ["difference", "percent", "lower", "upper", "p", "dispersion", "method", "caveat", "confidence"]
_SMALL_PERCENT = 5.0
_UNSURE = "The force's own change may be chance, and then so are the shares of it."
_BOTH_WAYS = "Areas went both ways, so the shares that went with the force add up to more than the whole."


def area_changes(
    counts: pd.DataFrame,
    first: str,
    second: str,
    *,
    dispersion: float | None = None,
    confidence: float = 0.95,
    broken: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every area's change between two periods of one length, and the force's.

    Parameters
    ----------
    counts
        ``wave`` (the period), ``question`` (what is counted), ``area`` and ``value``; the force as area ALL where it is
        more than its areas together.
    first, second
        The earlier and the later period.
    dispersion, confidence
        As in ``analysis.change.compare_counts``.
    broken
        Question to why its two periods cannot be compared, such as a change of recording between them. Its areas are
        "not comparable" and in no family.

    Returns
    -------
    DataFrame
        A row a question and area, the force first, as ALL: ``first, second, difference, percent, lower, upper`` (of the
        per cent where there is one, else of the difference), ``p, p_holm, p_bh, verdict, family, share_of_first`` (the
        area's part of the force's earlier count), ``share_of_change`` (its part of the force's change: below 0 where it
        went the other way, missing where the force did not change), ``dispersion, confidence, method, caveat``. The
        family is every area of every question; the force is in none and has no corrected p value.

    Raises
    ------
    ValueError
        For a period that is not there, and as ``compare_counts``.

    Examples
    --------
    >>> counts = pd.DataFrame({"wave": ["1", "1", "2", "2"], "question": "burglary", "area": ["N", "S"] * 2,
    ...                        "value": [100.0, 300.0, 160.0, 340.0]})
    >>> area_changes(counts, "1", "2")[["area", "difference", "share_of_first", "share_of_change"]].values.tolist()
    [['ALL', 100.0, 1.0, 1.0], ['N', 60.0, 0.25, 0.6], ['S', 40.0, 0.75, 0.4]]
    """
    periods = [_period(counts, name) for name in (first, second)]
    both = periods[0].merge(periods[1], on=["question", "area"], suffixes=("_first", "_second"))
    changes = [compare_counts(row.value_first, row.value_second, dispersion, confidence) for row in both.itertuples()]
    told = both.rename(columns={"value_first": "first", "value_second": "second"})
    for name in _NUMBERS:
        values = [getattr(change, name) for change in changes]
        told[name] = values if name in ("method", "caveat") else pd.Series(values, index=told.index, dtype=float)
    whole = told[["question"]].merge(told[told["area"] == ALL], on="question", how="left").set_axis(told.index)
    told["share_of_first"] = told["first"] / whole["first"].where(whole["first"] > 0)
    told["share_of_change"] = told["difference"] / whole["difference"].where(whole["difference"] != 0)
    reasons = pd.Series([(broken or {}).get(name, "") for name in told["question"]], index=told.index, dtype="str")
    _correct(told, reasons != "")
    told["verdict"] = [_verdict(row) for row in told.itertuples()]
    told.loc[reasons != "", "verdict"] = "not comparable"
    told["caveat"] = (told["caveat"] + " " + reasons).str.strip()
    unsure = (whole["p"] >= 1 - confidence) & (told["area"] != ALL)
    opposite = told[told["area"] != ALL].groupby("question")["share_of_change"].min() < 0
    ways = told["question"].map(opposite).fillna(False).astype(bool) & (told["area"] != ALL) & ~unsure
    for where, words in ((unsure, _UNSURE), (ways, _BOTH_WAYS)):
        told.loc[where, "caveat"] = (told["caveat"] + " " + words).str.strip()
    order = ["question", "area", "first", "second", "difference", "percent", "lower", "upper", "p", "p_holm", "p_bh"]
    order += ["verdict", "family", "share_of_first", "share_of_change", "dispersion", "confidence", "method", "caveat"]
    return told[order]


def _period(counts: pd.DataFrame, name: str) -> pd.DataFrame:
    """The counts of one period, the force before its areas."""
    own = counts.loc[counts["wave"] == name, ["question", "area", "value"]]
    if own.empty:
        raise ValueError(f"There is no period '{name}'; the periods are {', '.join(counts['wave'].unique())}.")
    areas = own[own["area"] != ALL]
    added = areas.groupby("question", sort=False)["value"].sum().reset_index().assign(area=ALL)
    whole = pd.concat([own[own["area"] == ALL], added]).drop_duplicates("question")
    every = pd.concat([whole, areas], ignore_index=True)
    places = {question: place for place, question in enumerate(own["question"].unique())}
    return every.sort_values("question", key=lambda column: column.map(places), kind="stable", ignore_index=True)


def _correct(told: pd.DataFrame, broken: pd.Series) -> None:
    areas = told.index[(told["area"] != ALL) & ~broken]
    told["p_holm"], told["p_bh"], told["family"] = np.nan, np.nan, ""
    p = told.loc[areas, "p"].tolist()
    told.loc[areas, "p_holm"], told.loc[areas, "p_bh"] = holm(p), benjamini_hochberg(p)
    told.loc[areas, "family"] = f"{len(p)} comparisons: every measure, every area"


def _verdict(row: Any) -> str:
    corrected = row.p if pd.isna(row.p_holm) else row.p_holm
    within = not pd.isna(row.percent) and row.lower > -_SMALL_PERCENT and row.upper < _SMALL_PERCENT
    return verdict_word(row.p, corrected, within, row.confidence)
