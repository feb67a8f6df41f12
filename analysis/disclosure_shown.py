"""What viewers see of estimates: a figure that would give a withheld count away goes, its row and the reason stay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.disclosure import DIFFERENCE, SECONDARY, THRESHOLDS, Thresholds
from analysis.disclosure_table import DONT_KNOW, NEGATIVE, POSITIVE
from analysis.survey import DONT_KNOW_SAID, NUMBERS
from analysis.survey_precision import PROTECTED
from analysis.survey_variance import NET
from analysis.survey_waves import both_caveats

__all__ = ["WITHHELD", "withhold_changes", "withhold_estimates", "withhold_table"]

WITHHELD = PROTECTED  # how every such caveat begins
_SAID = {
    SECONDARY: "another number could be worked out from it.",
    DIFFERENCE: "it differs by too few from another table that is shown.",
}
_CELL = ["wave", "question", "group"]
_OF_ITS_SPREAD = ["n_effective", "method"]  # these are not the same when nobody, or everybody, gave an answer
_OF_THE_BASE = ["n", "sum_weights", "design_effect", "degrees"]
_OF_A_CHANGE = ["difference", "standard_error", "lower", "upper", "p", "p_holm", "p_bh"]
_BASES = ["n", "n_effective"]


def withhold_estimates(
    estimated: pd.DataFrame, suppressed: pd.DataFrame, *, include_dont_know: bool = False
) -> pd.DataFrame:
    """Estimates as viewers see them.

    The share of a side goes where it is small or would give an answer away, a net score where either side's share goes.
    Where the number who did not know is withheld, so is everything with them in its base: two bases would tell it.

    Parameters
    ----------
    estimated
        As ``analysis.survey.estimates`` gives them.
    suppressed
        As ``analysis.disclosure.suppress`` gives it, with ``side``, for the same waves, questions and groups.
    include_dont_know
        Whether don't know is in the base of top, bottom and net.

    Returns
    -------
    DataFrame
        The same rows. Where a figure is withheld its numbers are missing, its base too if that must go, ``withheld`` is
        true and ``caveat`` says why and nothing else.

    Raises
    ------
    ValueError
        When a row has no counts to be judged by, or the counts have no ``side``.

    Examples
    --------
    >>> from analysis.disclosure import suppress
    >>> counts = pd.DataFrame({"wave": "1", "question": "Q4", "group": "ALL", "answer": ["Yes", "No"], "n": [90, 3],
    ...                        "side": ["positive", "negative"]})
    >>> estimated = pd.DataFrame({"wave": "1", "question": "Q4", "group": "ALL", "measure": ["top"], "n": 93,
    ...     "sum_weights": 93.0, "estimate": 0.968, "standard_error": 0.018, "n_effective": 92.0, "design_effect": 1.0,
    ...     "lower": 0.909, "upper": 0.989, "method": "", "caveat": "", "degrees": 92, "withheld": False})
    >>> withhold_estimates(estimated, suppress(counts))[["n", "estimate", "caveat"]].values.tolist()
    [[93.0, nan, 'Withheld to protect respondents: another number could be worked out from it.']]
    """
    if "side" not in suppressed:
        raise ValueError("The counts have no column side, so it is not known which answers a share is of.")
    told = estimated.merge(_reasons(suppressed), on=_CELL, how="left").set_axis(estimated.index)
    for row in told[told["of_base"].isna()][_CELL].itertuples(index=False):
        raise ValueError(f"Question {row.question} in {row.group} has no counts to judge disclosure by.")
    whole = told["of_base"] != ""
    with_unsure = (told["measure"] == "dont_know") | include_dont_know
    unsure = with_unsure & (told["of_dont_know"] != "") & ~whole
    own = {"top": told["of_top"], "bottom": told["of_bottom"], "dont_know": told["of_dont_know"]}
    either = (told["of_top"] != "") | (told["of_bottom"] != "")
    own[NET] = pd.Series(np.where(either, SECONDARY, ""), index=told.index)
    reason = pd.Series("", index=told.index)
    for measure, of_measure in own.items():
        reason = reason.mask(told["measure"] == measure, of_measure)
    reason = reason.mask(unsure & (reason == ""), SECONDARY).mask(whole, told["of_base"])
    gone = reason != ""
    told = estimated.copy()
    told[[*NUMBERS, *_OF_THE_BASE]] = told[[*NUMBERS, *_OF_THE_BASE]].astype(float)
    told["caveat"] = _without_unsure(told["caveat"], estimated, suppressed)
    told.loc[gone, [*NUMBERS, "n_effective"]] = np.nan
    told.loc[gone, "method"] = ""
    told.loc[whole | unsure, _OF_THE_BASE] = np.nan
    told["withheld"] = told["withheld"] | gone
    told["caveat"] = told["caveat"].mask(gone, reason.map(_sentence))
    return told


def withhold_changes(changes: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Changes between waves as viewers see them: without what either wave's estimate is withheld in.

    Parameters
    ----------
    changes
        As ``analysis.survey_waves.wave_changes`` gives them: of all estimates, so that a family stays what it is.
    shown
        The estimates of both waves from ``withhold_estimates``, which ``wave_changes`` was given too: else a corrected
        p value may be that of a withheld row.

    Returns
    -------
    DataFrame
        The same rows. Where a figure is withheld its numbers are missing, the verdict is "no verdict", ``withheld`` is
        true and ``caveat`` says why.

    Examples
    --------
    >>> changes = pd.DataFrame({"question": ["Q4"], "group": "N", "measure": "top", "first_wave": "1",
    ...     "second_wave": "2", "first": 0.5, "second": 0.6, "difference": 0.1, "standard_error": 0.1, "lower": -0.1,
    ...     "upper": 0.3, "p": 0.3, "p_holm": 0.3, "p_bh": 0.3, "verdict": "cannot tell", "n_first": 29, "n_second": 60,
    ...     "n_effective_first": 29.0, "n_effective_second": 60.0, "caveat": "", "withheld": False})
    >>> shown = pd.DataFrame({"wave": ["1", "2"], "question": "Q4", "group": "N", "measure": "top", "n": [np.nan, 60],
    ...     "n_effective": [np.nan, 60.0], "estimate": [np.nan, 0.6],
    ...     "caveat": [WITHHELD + "fewer than 30 answered.", ""]})
    >>> withhold_changes(changes, shown)[["difference", "n_first", "n_second", "verdict", "caveat"]].values.tolist()
    [[nan, nan, 60.0, 'no verdict', '1: Withheld to protect respondents: fewer than 30 answered.']]
    """
    told = changes.copy()
    keys = [*_CELL, "measure"]
    said = []
    for which in ("first", "second"):
        place = told[["question", "group", "measure"]].assign(wave=told[f"{which}_wave"])[keys]
        found = place.merge(shown[[*keys, *_BASES, "estimate", "caveat"]], on=keys, how="left").set_axis(told.index)
        told[[f"{name}_{which}" for name in _BASES]] = found[_BASES].astype(float).to_numpy()
        told[which] = found["estimate"].astype(float)  # a level that is shown by itself is shown here too
        said.append(found["caveat"])
    gone = said[0].str.startswith(WITHHELD) | said[1].str.startswith(WITHHELD)
    told.loc[gone, _OF_A_CHANGE] = np.nan
    told.loc[gone, "verdict"] = "no verdict"
    told["withheld"] = told["withheld"] | gone
    told["caveat"] = [
        both_caveats(*each) for each in zip(told["first_wave"], said[0], told["second_wave"], said[1], strict=True)
    ]
    return told


def withhold_table(told: pd.DataFrame, assumed: bool, thresholds: Thresholds = THRESHOLDS) -> pd.DataFrame:
    """A table of shares as viewers see it: without groups that are too small, and shares of too few.

    The counts are not known, so base times share stands in for them; where bases are assumed nothing can be judged.

    Parameters
    ----------
    told
        Rows of ``analysis.survey_tables.table_estimates``.
    assumed
        Whether any base is assumed.
    thresholds
        What is small.

    Examples
    --------
    >>> told = pd.DataFrame({"n": [40.0, 400.0], "estimate": [0.91, 0.5], "standard_error": 0.05, "lower": 0.4,
    ...                      "upper": 0.95, "caveat": "", "withheld": False})
    >>> withhold_table(told, False)[["estimate", "caveat"]].values.tolist()
    [[nan, 'Withheld to protect respondents: fewer than 5 gave such an answer.'], [0.5, '']]
    """
    told = told.copy()
    if assumed:
        return told
    count = told["n"] * told["estimate"]
    few = (count < thresholds.answers) | (told["n"] - count < thresholds.answers)
    small = told["n"] < thresholds.base
    for where, reason in ((few, f"fewer than {thresholds.answers} answers"), (small, f"base under {thresholds.base}")):
        told.loc[where, NUMBERS] = np.nan
        told.loc[where, "caveat"] = _sentence(reason)
        told.loc[where, "withheld"] = True
    return told


def _reasons(suppressed: pd.DataFrame) -> pd.DataFrame:
    """Of each group of a question: why its base is withheld, its sides' shares and those who did not know, or ""."""
    groups = suppressed[_CELL].drop_duplicates()
    named = {"of_top": POSITIVE, "of_bottom": NEGATIVE, "of_dont_know": DONT_KNOW}
    for name, side in named.items():
        own = suppressed[suppressed["side"] == side].drop_duplicates(_CELL)
        groups = groups.merge(own[[*_CELL, "side_reason"]].rename(columns={"side_reason": name}), how="left")
    base = suppressed[suppressed["base_withheld"]].drop_duplicates(_CELL)
    told = groups.merge(base[[*_CELL, "reason"]].rename(columns={"reason": "of_base"}), how="left")
    return told.fillna(dict.fromkeys([*named, "of_base"], ""))


def _without_unsure(caveat: pd.Series, estimated: pd.DataFrame, suppressed: pd.DataFrame) -> pd.Series:
    """The caveats without how many did not know, where that is withheld."""
    unsure = estimated[_CELL].merge(_reasons(suppressed), on=_CELL, how="left")["of_dont_know"].to_numpy() != ""
    return caveat.mask(unsure, caveat.str.replace(DONT_KNOW_SAID, "", regex=True).str.strip())


def _sentence(reason: str) -> str:
    """The caveat of a reason.

    >>> _sentence("base under 30"), _sentence("fewer than 5 answers")[33:]
    ('Withheld to protect respondents: fewer than 30 answered.', 'fewer than 5 gave such an answer.')
    """
    number = reason.split()[2] if reason and reason not in _SAID else ""
    few = "answered." if reason.startswith("base") else "gave such an answer."
    return WITHHELD + _SAID.get(reason, f"fewer than {number} {few}")
