"""Which view of Demand and season is shown."""

from __future__ import annotations

from data.releases import Release
from parts.caller import link_to_upload
from parts.demand import ask_series
from parts.demand_calls import show_calls
from parts.demand_season import show_season
from parts.demand_views import show_abandoned, show_forecast, show_gone
from parts.filters import choose_view

__all__ = ["show_demand"]

_VIEWS = ["season", "forecast", "when calls come", "abandoned by choice"]


def show_demand(release: Release) -> None:
    """Choose a view, then a series where the view is of one."""
    view = choose_view("View", _VIEWS, "view")
    if view == "abandoned by choice":
        show_abandoned(release)
        return
    if view == "when calls come":
        show_calls()
        return
    series = ask_series(release)
    if series is None:
        return
    if view == "forecast":
        show_forecast(series)
        return
    show_season(series)
    show_gone(release, series)
    if not series.judged:
        link_to_upload("Upload a monthly extract to take the example's place")
