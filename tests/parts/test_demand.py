"""Demand and season, run as a visitor opens it by a link: invented months, public series, an uploaded extract."""

from __future__ import annotations

import html
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.people import LOCAL
from data.profile import Profile
from data.profile_file import to_toml
from data.store import file_store
from tests.parts.test_pages import opened

INVENTED = "Example with invented monthly figures"
WORDS = ["more than season", "really", "real change", "likely change", "runs "]


pytestmark = pytest.mark.usefixtures("own_home")


def said(page: AppTest) -> str:
    assert not page.exception
    told = [html.unescape(element.proto.body) for element in page.get("html")]
    return " ".join([*told, *[each.value for each in [*page.text, *page.info, *page.markdown]]])


def charts(page: AppTest) -> list[str]:
    return [chart.proto.alt for chart in page.get("plotly_chart")]


def kept(home: Path, fall: float = 0.8, measure: str = "Anti-social behaviour", months: int = 65) -> None:
    """Save a monthly extract with a season and a fall from November 2022."""
    index = pd.period_range(end="2023-03", periods=months, freq="M")
    rate = 100 + 20 * np.cos(2 * np.pi * (index.month - 7) / 12) + 3 * np.sin(np.arange(months) ** 2)
    values = np.round(rate * index.days_in_month * np.where(index >= "2022-11", fall, 1))
    frame = pd.DataFrame({"month": index.to_timestamp(), "measure": measure, "value": values})
    profile = to_toml(Profile("monthly", {"month": "Month", "measure": "Measure", "value": "Value"}))
    file_store(home, LOCAL).save(
        frame, kind="monthly", label="Extract", source_name="m.csv", content=measure.encode(), profile=profile,
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip


def test_invented_months_show_everything_and_say_nothing() -> None:
    page = opened("demand_and_season")
    words = said(page)
    assert f"{INVENTED}: shows what this page will say once an extract is uploaded." in words
    own = re.sub(r"<div class=\"figures\"[^>]*Reported groups.*?</div>", "", words)
    assert [word for word in WORDS if word in own] == []
    assert len(charts(page)) == 7
    assert all(alt.startswith(INVENTED) for alt in charts(page))
    assert all(INVENTED in chart.proto.spec for chart in page.get("plotly_chart"))
    assert page.selectbox(key="since").value == "November 2022"
    assert page.selectbox(key="shock").value == "March 2020 to July 2021"


def test_where_it_might_have_gone_names_reported_groups_that_rose() -> None:
    words = said(opened("demand_and_season"))
    table = words.partition("Reported groups that rose")[2]
    assert "Public order (reported)" in table
    assert "validated" not in table.partition("</table>")[0]
    assert "They cannot be matched incident by incident." in words


def test_an_uploaded_extract_takes_the_example_s_place_and_is_judged(own_home: Path) -> None:
    kept(own_home)
    page = opened("demand_and_season")
    assert page.selectbox(key="series").value == "Anti-social behaviour (uploaded)"
    assert "Anti-social behaviour (invented)" not in page.selectbox(key="series").options
    words = said(page)
    assert re.search(
        r"Compared with what season and trend before November 2022 led one to expect, the five months since are "
        r"(19|20|21)% lower \(\d+% to \d+%\)\. What is recorded changed, so how much of it is real cannot be told",
        words,
    )
    assert "the contact centre checks that no crime is recorded as ASB" in words
    assert re.search(r"July runs (19|2\d)% above an average month", words)
    assert INVENTED not in " ".join(charts(page))


def test_a_measure_that_no_page_knows_is_shown_under_its_own_name(own_home: Path) -> None:
    kept(own_home, 1.0, "Lost dogs")
    page = opened("demand_and_season", since="November 2022")
    words = said(page)
    assert page.selectbox(key="series").value == "Lost dogs (uploaded)"
    assert "Lost dogs, Staffordshire. Compared with what season" in words
    assert "real change" not in words


def test_a_short_series_says_what_it_lacks(own_home: Path) -> None:
    kept(own_home, months=14, measure="Lost dogs")
    page = opened("demand_and_season")
    assert not page.exception
    assert page.info
    assert "Lost dogs" in page.selectbox(key="series").value


def test_a_gap_is_found_and_said(own_home: Path) -> None:
    kept(own_home, measure="Lost dogs")
    store = file_store(own_home, LOCAL)
    frame = store.read(store.versions()[0].id).drop(index=40)
    store.delete(store.versions()[0].id)
    store.save(frame, kind="monthly", label="Gap", source_name="g.csv", content=b"g", rows_in=len(frame),
               profile=to_toml(Profile("monthly", {"month": "M", "measure": "me", "value": "v"})), rows_rejected=0)  # fmt: skip
    page = opened("demand_and_season")
    assert any("There is no value for" in each.value for each in page.info)


def test_a_public_quarterly_series_of_a_district() -> None:
    page = opened("demand_and_season")
    series = next(name for name in page.selectbox(key="series").options if name.endswith("(open data)"))
    page = opened("demand_and_season", series=series, area="Tamworth")
    words = said(page)
    assert f"{series.removesuffix(' (open data)')}, Tamworth. Compared with what season and trend before" in words
    assert "quarter" in words


def test_calls_given_up_by_choice_and_after_waiting() -> None:
    page = opened("demand_and_season", view="abandoned by choice")
    assert (
        "12 months to 31 March 2023: 29,468 calls (27%) were given up within the first band (0-93 s), counted here as "
        "by choice, down 11.5% on the year before; 81,357 (73%) were given up after waiting longer, up 47.5%."
    ) in said(page)
    assert 'href="local_and_responsive_service#table_abandoned_101_waits' in said(page)


def test_a_forecast_stands_beside_last_year(own_home: Path) -> None:
    kept(own_home, 1.0, "Lost dogs")
    page = opened("demand_and_season", view="forecast")
    words = said(page)
    assert "trials on the past its 95% band held" in words
    assert "Last year again" in words
    assert "April 2023" in words


def test_hosted_the_invented_stand_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = opened("demand_and_season")
    assert not page.exception
    assert page.selectbox(key="series").value.endswith("(open data)")


def test_sections_lead_on_to_the_season() -> None:
    links = opened("local_and_responsive_service").get("page_link")
    assert [link.proto.label for link in links].count("Its season, and whether a change is more than the season") == 2


def test_when_invented_calls_come_is_shown_and_not_told() -> None:
    page = opened("demand_and_season", view="when calls come")
    words = said(page)
    assert "Example with invented calls: shows what this page will say once an extract of calls is uploaded." in words
    assert "is the busiest hour of the week" not in words
    assert "Share within 10 seconds" in words
    assert charts(page)[0].startswith("Example with invented calls. Heat map")


def test_an_uploaded_extract_of_calls_is_told_and_empty_hours_are_none(own_home: Path) -> None:
    times = pd.date_range("2023-03-06 08:00", "2023-03-19 17:59", freq="7min")
    times = times[(times.hour >= 8) & (times.hour < 18) & (times.day_of_week < 5)]
    frame = pd.DataFrame({"timestamp": times, "kind": "101", "answered_after": np.linspace(1, 900, len(times)) ** 1.2})
    profile = to_toml(Profile("events", {"timestamp": "t", "kind": "k", "answered_after": "s"}))
    file_store(own_home, LOCAL).save(
        frame, kind="events", label="March calls", source_name="c.csv", content=b"c", profile=profile,
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("demand_and_season", view="when calls come")
    words = said(page)
    assert page.selectbox(key="extract").value == "March calls"
    assert "No event on Saturday and Sunday, and none from 18:00 to 8:00" in words
    assert "which is not the same as 0" in words
    assert "<td>none</td>" in words or ">none<" in words
    assert re.search(r"Mean and median are close|as long: a few waits", words)


def test_months_counted_from_a_public_file_are_a_series_and_no_hours(own_home: Path) -> None:
    """Street-level files have a month and no time of day: they are counted to months, and not shown by the hour."""
    months = pd.date_range("2018-01-01", periods=60, freq="MS")
    frame = pd.DataFrame(
        [(month, "Anti-social behaviour", "Stafford 001A") for month in months for _ in range(30 + month.month)],
        columns=["timestamp", "kind", "area"],
    )
    profile = to_toml(Profile("events", {"timestamp": "Month", "kind": "Crime type", "area": "LSOA name"}))
    file_store(own_home, LOCAL).save(
        frame, kind="events", label="Street files", source_name="s.csv", content=b"s", profile=profile,
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("demand_and_season")
    assert "Anti-social behaviour (uploaded)" in page.selectbox(key="series").options
    page = opened("demand_and_season", view="when calls come")
    assert page.selectbox(key="extract").value == "Example with invented calls"


def test_months_of_one_s_own_can_be_set_apart() -> None:
    page = opened(
        "demand_and_season", shock="months of my choice", shock_first="March 2020", shock_last="March 2021", window="7"
    )
    assert not page.exception
    assert page.selectbox(key="shock_last").value == "March 2021"
    assert "window 7" in said(page)


def test_rolling_figures_get_no_control_chart_and_hear_why(own_home: Path) -> None:
    kept(own_home, 1.0, "Satisfied, rolling 12 months")
    assert "No trend line and no control limits are drawn through rolling 12-month figures." in said(
        opened("demand_and_season")
    )
