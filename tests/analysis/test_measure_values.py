"""Every measure in a line: its latest value, the one before and the baseline, from its own section."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measure_values import measure_values
from data.catalogue import catalogue
from tests.published import release

COLUMNS = [
    "measure", "part", "table", "latest", "latest_period", "previous", "previous_period", "baseline", "baseline_period",
]  # fmt: skip


@pytest.fixture(scope="module")
def values() -> pd.DataFrame:
    own = release()
    return measure_values(catalogue(own), own.measures, own.tables, "staffordshire")


def line(values: pd.DataFrame, measure: str, part: str = "") -> list[str]:
    (found,) = values.loc[(values["measure"] == measure) & (values["part"] == part), COLUMNS].to_numpy().tolist()
    return list(found[2:])


def test_every_measure_appears_in_the_order_of_its_file(values: pd.DataFrame) -> None:
    assert list(values.columns) == [*COLUMNS, "latest_note", "previous_note", "baseline_note"]
    assert values["measure"].drop_duplicates().tolist() == release().measures["id"].tolist()
    assert not values.astype(str).apply(lambda column: column.str.contains("nan|NaT|not printed")).any().any()


def test_only_measures_without_any_level_are_blank(values: pd.DataFrame) -> None:
    """For these the report prints a change only, or parts of the area only."""
    blank = set(values.loc[values["latest"] == "", "measure"])
    assert blank == {"investigation_plan_rate", "digital_demand", "robbery_validated"}


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        ("asb", ["asb", "19,640", "2022/23", "25,421", "2021/22", "31,094", "2019/20"]),
        (
            "personal_robbery_validated",  # in two tables, printed differently: its own section's counts
            ["neighbourhood_crime", "838", "2022/23", "568", "2021/22", "824", "Jul 2018 to Jun 2019"],
        ),
        ("all_crime_reported", ["all_crime", "88,286", "2022/23", "73,991", "2021/22", "78,098", "2019/20"]),
        ("answer_time_999", ["answer_time_999", "21.49 seconds", "2022/23", "24.85 seconds", "2021/22", "", ""]),
        ("confidence_q12", ["confidence_questions", "68%", "Jan 2023", "63%", "Jun 2022", "", ""]),
        ("speedwatch_groups", ["speedwatch_volunteers", "77", "2022", "66", "2021", "", ""]),
        ("crimes_awaiting_validation", ["crimes_awaiting_validation", "512", "1 Apr 2023", "", "", "", ""]),
        ("custody_waiting_time", ["custody", "27.0", "2022/23", "23.1", "2021/22", "", ""]),
        ("revenue", ["revenue_outturn", "\u00a3232,094,000", "2022/23", "", "", "", ""]),
        ("ethnicity", ["ethnicity", "4.23%", "31 Mar 2023", "", "", "", ""]),
        ("officers_fte", ["", "1,971", "31 Mar 2023", "1,805", "31 Mar 2022", "", ""]),
        ("speed_camera_fine_rate", ["", "27%", "Oct 2021 to Sep 2022", "", "", "", ""]),
        ("thrive_compliance_rate", ["", "above 90%", "", "", "", "", ""]),
        ("crime_rate", ["", "place: 14th in the 43 forces", "", "", "", "", ""]),
        ("pcso_difference", ["", "67", "", "", "", "", ""]),
        ("victim_gateway_48h_rate", ["", "between 64% and 67%", "", "", "", "", ""]),
        ("repeat_victim_crimes", ["", "19,892", "2022/23", "18,543", "2021/22", "", ""]),
    ],
)
def test_a_measures_line(values: pd.DataFrame, measure: str, wanted: list[str]) -> None:
    assert line(values, measure) == wanted


def test_a_measure_without_an_undivided_value_has_a_line_a_part(values: pd.DataFrame) -> None:
    waits = values[values["measure"] == "abandoned_101_wait_share"]
    assert waits["part"].tolist() == ["0-93 s", "94 s-5 min", "5-10 min", "10-20 min", "20 min or more"]
    assert waits["latest"].tolist() == ["27%", "35%", "17%", "11%", "11%"]
    assert waits["previous"].tolist() == ["38%", "30%", "14%", "10%", "9%"]
    assert values.loc[values["measure"] == "asb", "part"].tolist() == [""], "a total stands for its parts"


def test_an_ambition_is_never_shown_as_the_value(values: pd.DataFrame) -> None:
    assert line(values, "victim_gateway_48h_rate", "Ambition")[1] == "80%"


def test_a_measure_is_valued_in_the_section_where_it_belongs() -> None:
    own = release()
    moved = own.measures.assign(section=own.measures["section"].replace("neighbourhood_crime", "serious_violence"))
    values = measure_values(catalogue(own), moved, own.tables, "staffordshire")
    assert line(values, "personal_robbery_validated")[:6] == [
        "serious_violence", "838", "2022/23", "567", "2021/22", "816",
    ]  # fmt: skip


def test_another_area_has_its_own_values() -> None:
    own = release()
    values = measure_values(catalogue(own), own.measures, own.tables, "stoke_on_trent").set_index("measure")
    assert values["latest"]["knife_crime_validated"] == "353"
    assert values["latest"]["asb"] == ""


def test_a_value_that_runs_since_a_day_and_has_no_end_says_so() -> None:
    """As "so far in 2023"; where it is the only one of its measure it is the latest."""
    own = release()
    rows = catalogue(own)
    arrests = rows["measure"] == "county_lines_arrests"
    since = rows[~arrests | (rows["period_end"].isna() & rows["period_start"].notna())]
    assert (since["measure"] == "county_lines_arrests").any()
    found = line(measure_values(since, own.measures, own.tables, "staffordshire"), "county_lines_arrests")
    assert found[2] == "since 1 January 2023"
