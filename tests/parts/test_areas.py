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
        "Q12 Confidence in Staffordshire Police, January 2023, assuming 160 answers in each of 10 teams: East Staffs is "
        "below the rest; Lichfield is likely below the rest; the other seven teams cannot be told apart from the rest."
    )
    assert "All it prints is that Newcastle is within 64% to 74%" in texts(page)
    assert "The printed 46% bears that out" in texts(page)
    body = said(page)
    assert "24.4 points below (33.2 to 15.4 points below)" in body
    assert body.count("wherever in its range it lies") == 7


def test_sliders_in_the_address_change_the_verdicts() -> None:
    page = opened("compare_teams", team_base="100", design_effect="1.5")
    assert "assuming 100 answers in each of 10 teams" in opening(page)
    assert "Lichfield" not in opening(page)
    page = opened("compare_teams", team_base="800")  # ten times more than were asked
    assert "it can be 30 to 160. Showing 160." in page.info[0].value


def test_the_fewest_answers_say_nothing_and_hide_nothing_printed() -> None:
    page = opened("compare_teams", team_base="30")
    assert "East Staffs" not in opening(page)
    assert "The printed 46% is of too few answers to say." in texts(page)
    assert "withheld" not in said(page).partition('class="figures"')[2]


def test_no_line_of_the_force_where_the_report_prints_none() -> None:
    page = opened("compare_teams", measure="Q2 See an officer or PCSO at least monthly")
    assert "hole force" not in charts(page)[0]
    assert "Whole force: 68%" in charts(opened("compare_teams"))[0]


def test_a_range_is_never_a_point() -> None:
    page = opened("compare_teams", measure="Q18 Victim of crime or ASB in 12 months")
    assert opening(page).endswith(": nine teams may differ or not: only a range is printed.")
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
    assert "all districts together: 2.6" in charts(page)[0].lower()
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
        "January 2023, assuming 160 answers in each of 10 teams: of 120 comparisons, 6 stand after correction, in five "
        "teams; 8 more would stand out only without it."
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
    assert page.warning[0].value == "No area of this wave has 30 answers or more, so none can be shown."
    assert "Ashdale" not in said(page)  # not even by name: a name may tell of somebody


def months(home: Path, areas: tuple[str, ...] = ("Lichfield", "Tamworth", "Stafford")) -> Store:
    """Monthly counts of two teams over two years, and one that the release does not know."""
    frame = pd.DataFrame(
        [
            {"month": month, "area": area, "measure": "Calls for service", "value": float(value)}
            for month in pd.date_range("2021-04-01", periods=24, freq="MS")
            for area, value in zip(areas, (900, 700, 1300), strict=True)
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


def test_uploaded_months_without_residents_leave_the_rest_alone(own_home: Path) -> None:
    months(own_home, ("Sector A", "Sector B", "Sector C"))
    page = opened("compare_teams")
    assert opening(page) == "Calls for service, 12 months to March 2023: no rates, so no comparison."
    assert "10,800" in said(page)
    team = opened("compare_teams", view="one team", area="Lichfield")
    assert "Q4 Can rely on the local police team" in said(team)
    assert not opened("compare_teams", view="everything at once").exception


def test_one_team_keeps_what_is_assumed_and_says_it() -> None:
    page = opened("compare_teams", view="one team", area="Lichfield", team_base="100")
    assert any("100 answers in each of 10 teams" in caption.value for caption in page.caption)


def test_a_copied_sentence_carries_the_link_to_what_it_says() -> None:
    page = opened("compare_teams", figures=OPEN, measure="Wounding")
    assert any("figures=Open+data+by+district&measure=Wounding" in code.value for code in page.code)


def test_a_link_with_an_unknown_figure_falls_back_and_says_so() -> None:
    page = opened("compare_teams", figures="Nothing like it")
    assert "which is not here. Showing Survey by team (published)." in page.info[0].value
