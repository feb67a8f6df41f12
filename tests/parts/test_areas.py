"""The Compare teams page, run as a visitor opens it by a link."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.people import LOCAL
from data.store import Store, file_store
from tests.parts.test_pages import opened
from tests.parts.test_surveys import kept, opening, said

EXAMPLE = "Example with invented answers"
OPEN = "Open data by district"
PARTS = "Parts of the force (published)"
TEAMS = "Survey by team (published)"

pytestmark = pytest.mark.usefixtures("own_home")


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.text)


def charts(page: AppTest) -> list[str]:
    return [element.proto.alt for element in page.get("plotly_chart")]


def test_the_reports_own_teams_stand_first() -> None:
    page = opened("compare_teams")
    assert page.selectbox(key="figures").options == [TEAMS, OPEN, PARTS, EXAMPLE]
    assert page.selectbox(key="measure").value == "Q12 Confidence in Staffordshire Police"
    assert opening(page) == (
        "Q12 Confidence in Staffordshire Police, January 2023: East Staffs is below the rest; Lichfield is likely "
        "below the rest; the other seven teams cannot be told apart from the rest."
    )
    assert "All it prints is that Newcastle is within 64% to 74%" in texts(page)
    assert "The printed 46% bears that out" in texts(page)
    body = said(page)
    assert "24.4 points below (33.2 to 15.4 points below)" in body
    assert body.count("wherever in its range it lies") == 7


def test_sliders_in_the_address_change_the_verdicts() -> None:
    page = opened("compare_teams", team_base="400", design_effect="1.0")
    assert "Lichfield and East Staffs are below the rest" in opening(page)
    page = opened("compare_teams", team_base="9000")
    assert "it can be 30 to 800. Showing 160." in page.info[0].value


def test_a_range_is_never_a_point() -> None:
    page = opened("compare_teams", measure="Q18 Victim of crime or ASB in 12 months")
    assert opening(page).endswith(": nine teams cannot be compared.")
    figure = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert "Newcastle, 4% to 11%" in charts(page)[0]
    drawn = [trace for trace in figure["data"] if trace.get("mode") == "markers" and len(trace.get("x") or [])]
    assert drawn == []


def test_open_districts_have_rates_a_funnel_and_a_change() -> None:
    page = opened("compare_teams", figures=OPEN)
    assert opening(page) == (
        "Residential burglary, 12 months to March 2023: Stoke-on-Trent is above the rest; Staffordshire Moorlands is "
        "below the rest; Stafford and East Staffordshire are likely below the rest; the other five districts cannot be "
        "told apart from the rest."
    )
    assert "The nine districts differ by more than chance alone would make them" in texts(page)
    assert "No district lies outside the funnel that allows for that." in texts(page)
    assert [header.value for header in page.header] == ["Funnel", "Tile map", "Change over a year"]
    body = said(page)
    assert "Burglary" not in body
    assert "2,215" in body  # nine districts in the year before
    assert body.count("◆ not comparable") == 10  # recording changed between the years
    assert len(charts(page)) == 3


def test_parts_of_the_force_are_rates_of_printed_counts() -> None:
    page = opened("compare_teams", figures=PARTS, measure="Knife crime")
    assert "12 months to March 2023: Stoke-on-Trent is above the rest" in opening(page)
    assert "a city that many come to has a higher rate for that alone" in texts(page)
    assert not page.header


@pytest.mark.parametrize("view", ["one measure", "everything at once"])
def test_invented_answers_give_no_verdict(view: str) -> None:
    page = opened("compare_teams", figures=EXAMPLE, view=view, measure="Q12 Confidence in Staffordshire Police")
    everything = said(page) + texts(page) + " ".join(charts(page))
    for word in ("rest;", "below the rest", "above the rest", "told apart", "differ", "ranked", "p after"):
        assert word not in everything
    if view == "one measure":
        assert opening(page).startswith(f"{EXAMPLE}: Q12")
        assert all(EXAMPLE in alt for alt in charts(page))
    else:
        assert "No verdict is drawn from invented answers" in page.info[0].value


def test_the_grid_corrects_over_everything_and_links() -> None:
    page = opened("compare_teams", view="everything at once")
    assert opening(page) == (
        "January 2023: of 120 comparisons, 6 stand after correction, in five teams, and 8 more would only without it."
    )
    assert "Of 120 comparisons, about 6 would stand out by chance alone before correction." in texts(page)
    links = re.findall(r'<a href="(compare_teams\?[^"]*)">([^<]*)</a>', "".join(
        element.proto.body for element in page.get("html")
    ))  # fmt: skip
    assert len(links) == 12 * 9
    address = {words: html.unescape(target) for target, words in links}["▼ below"]
    assert address.startswith("compare_teams?figures=Survey+by+team+%28published%29&measure=Q")


def test_one_team_has_everything_of_it() -> None:
    page = opened("compare_teams", view="one team", area="South Staffs")
    assert [header.value for header in page.header] == [
        "Survey by team (published), January 2023", "Open data by district, 12 months to March 2023",
        "What the report's text says", "South Staffs",
    ] or page.header[0].value == "South Staffs"  # fmt: skip
    body = said(page)
    assert "Q4 Can rely on the local police team" in body
    assert "17 officers" in body
    assert "that the team covers it is assumed" in texts(page)
    assert EXAMPLE not in body


def test_the_city_is_not_mapped_to_a_district() -> None:
    page = opened("compare_teams", view="one team", area="City")
    assert [header.value for header in page.header if header.value.startswith("Open data")] == []
    assert "Stoke-on-Trent" in page.selectbox(key="area").options


def test_a_saved_survey_takes_the_examples_place(own_home: Path) -> None:
    kept(own_home)
    page = opened("compare_teams")
    assert page.selectbox(key="figures").options == ["Uploaded surveys", TEAMS, OPEN, PARTS]
    assert "can" in opening(page)
    rows = re.findall(r"cannot be told apart from the rest|(?:above|below) the rest", said(page))
    assert rows


def test_small_areas_are_withheld_from_viewers(own_home: Path) -> None:
    kept(own_home, rows=slice(0, 260))
    page = opened("compare_teams", figures="Uploaded surveys")
    assert "withheld" in said(page)


def months(home: Path) -> Store:
    """Monthly counts of two teams over two years, and one that the release does not know."""
    frame = pd.DataFrame(
        [
            {"month": month, "area": area, "measure": "Calls for service", "value": float(value)}
            for month in pd.date_range("2021-04-01", periods=24, freq="MS")
            for area, value in (("Lichfield", 900), ("Tamworth", 700), ("Stafford", 1300))
        ]
    )
    store = file_store(home, LOCAL)
    store.save(
        frame, kind="monthly", label="Calls", source_name="calls.csv", content=b"calls", profile="", rows_in=len(frame),
        rows_rejected=0,
    )  # fmt: skip
    return store


def test_uploaded_months_by_area_are_compared(own_home: Path) -> None:
    months(own_home)
    page = opened("compare_teams")
    assert page.selectbox(key="figures").value == "Uploaded months by area"
    assert opening(page).startswith("Calls for service, 12 months to March 2023: ")
    assert "The residents of a team are those of the district it is assumed to cover." in texts(page)


def test_a_link_with_an_unknown_figure_falls_back_and_says_so() -> None:
    page = opened("compare_teams", figures="Nothing like it")
    assert "which is not here. Showing Survey by team (published)." in page.info[0].value
