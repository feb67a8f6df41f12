"""How many to ask next time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.numbers import in_words, write_number
from analysis.planner import plan
from parts.blocks import download_csv, say
from parts.filters import choose, slide
from parts.table import show_table

__all__ = ["show_planner"]


def show_planner(teams: int, effect: float) -> None:
    """Respondents for the force and for each team, to find a change of so many points.

    Parameters
    ----------
    teams
        How many teams the force has.
    effect
        The design effect to start from.
    """
    left, right = st.columns(2)
    with left:
        share = slide("Where the share stands now, %", 1, 99, 65, 1, "plan_share")
        power = choose("Chance to find the change", ["80%", "90%", "95%"], "plan_power")
    with right:
        count = slide("Teams", 1, max(30, teams), teams, 1, "plan_teams")
        assumed = slide("Design effect", 1.0, 3.0, round(min(max(effect, 1.0), 3.0) * 20) / 20, 0.05, "plan_effect")
    try:
        planned = plan(share / 100, count, power=float(power.rstrip("%")) / 100, design_effect=assumed)
    except ValueError as error:
        st.warning(str(error))
        return
    five = planned[(planned["scope"] == "force") & (planned["points"] == 5)].iloc[0]
    each = planned[(planned["scope"] == "each team") & (planned["points"] == 5)].iloc[0]
    say(
        f"To find a change of 5 points from {share}% with a chance of {power}, each of two waves needs "
        f"{write_number(five['respondents'])} who answer for the force as a whole. To find it in each of "
        f"{in_words(count)} teams, every team needs {write_number(each['per_team'])}: "
        f"{write_number(each['respondents'])} in all."
    )
    table = pd.DataFrame(
        {
            "row_label": [
                f"{'The force as a whole' if row.scope == 'force' else 'Each team'}, {row.points:g} points"
                for row in planned.itertuples()
            ],
            "In each team": ["" if pd.isna(number) else write_number(number) for number in planned["per_team"]],
            "In all, each wave": [write_number(number) for number in planned["respondents"]],
        }
    )
    show_table(table, "Answers needed to find a change", "To find")
    download_csv(planned, "survey_plan", "Download the plan (CSV)")
    st.caption(f"{planned['method'].iloc[0].capitalize()}. {planned['caveat'].iloc[0]}")
