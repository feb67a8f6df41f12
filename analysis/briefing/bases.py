"""Whether the report prints what a share rests on: beside it, as its survey's base, or as the counts it comes from."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.sources import Frames

__all__ = ["without_base"]


def without_base(frames: Frames, measure: str, rows: pd.DataFrame, wrong: pd.DataFrame) -> bool:
    """Whether a measure is a share of which nothing is printed that it rests on, for no period.

    Parameters
    ----------
    frames
        The release's own.
    measure, rows
        The measure, and its figures as ``analysis.briefing.printed.own_figures`` gives them.
    wrong
        As ``analysis.audit.open_findings`` gives them: what could be recomputed from printed numbers has what it needs.
    """
    shares = rows[rows["unit"] == "percent"]
    if shares.empty or shares["denominator"].notna().any() or _surveyed(frames, measure, shares):
        return False
    if wrong.loc[wrong["measure"] == measure, "recomputed"].notna().any():
        return False
    return not (_counted_in_table(frames, shares) or _counted_in_text(frames, measure))


def _surveyed(frames: Frames, measure: str, shares: pd.DataFrame) -> bool:
    """Whether a survey with a printed base asked what one of the shares answers, in its period."""
    if "surveys" not in frames:
        return False
    known = frames["surveys"]
    known = known[known["base"].notna()]
    section = frames.measure[measure]["section"]
    return any(
        survey.period_start == share.period_start
        and survey.period_end == share.period_end
        and (survey.table == share.table or (survey.table == "" and survey.section == section))
        for survey in known.itertuples()
        for share in shares.itertuples()
    )


def _counted_in_table(frames: Frames, shares: pd.DataFrame) -> bool:
    """Whether the report's own numbers give one of the shares."""
    derived = frames["as_published"]
    own = derived["figure_id"].isin(shares["figure_id"]) & (derived["figure_id"] != "")
    return bool((derived.loc[own, "inputs"] != "").any())


def _counted_in_text(frames: Frames, measure: str) -> bool:
    """Whether running text gives a share of it from printed counts, and does not only repeat or compare the share."""
    told = frames["statements"]
    own = told[(told["measure"] == measure) & (told["unit"] == "percent")]
    units = dict(zip(frames["figures"]["figure_id"], frames["figures"]["unit"], strict=True))
    return any(units.get(name) == "count" for inputs in own["inputs"] for name in inputs.split())
