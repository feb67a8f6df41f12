"""The pages that are there whatever a release holds, in the order of the menu."""

from __future__ import annotations

__all__ = ["ALWAYS", "FRONT", "FRONT_TOO"]

FRONT, FRONT_TOO = "front", "headlines"  # the same page: links say headlines
ALWAYS = {
    "demand_and_season": "Demand and season",
    "surveys": "Surveys",
    "compare_teams": "Compare teams",
    "check_the_figures": "Check the figures",
    "briefing": "Briefing",
    "upload": "Upload",
    "data_and_methods": "Data and methods",
}
