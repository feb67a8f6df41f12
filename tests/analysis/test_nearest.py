"""What stands beside "not comparable": never a dead end, never more than the report prints."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.changes import changes
from analysis.nearest import backlog_bridge, bridge, contributions
from tests.published import release, text_frame

DEAD_END = "The report prints no count that both periods record alike."
SCALE = "The report prints no reported count of its own for this. For scale: all reported crime went "


def told(against: str = "previous", **frames: pd.DataFrame) -> pd.DataFrame:
    """The release's changes, with some of its frames replaced."""
    own = release()
    names = ("figures", "measures", "tables", "events", "statements")
    return changes(*(frames.get(name, getattr(own, name)) for name in names), against)


@pytest.fixture(scope="module")
def previous() -> pd.DataFrame:
    return told()


@pytest.fixture(scope="module")
def baseline() -> pd.DataFrame:
    return told("baseline")


def nearest(rows: pd.DataFrame, measure: str, breakdown: str = "") -> str:
    found = rows[(rows["measure"] == measure) & (rows["breakdown"] == breakdown)]
    assert len(found) == 1
    return str(found["nearest"].iloc[0])


def printed(figure: str) -> float:
    """A figure's value by its id, straight from the file."""
    figures = text_frame("figures").set_index("figure_id")["value"]
    return float(figures[figure])


# --- the published release --------------------------------------------------------------------------------------------


def test_every_row_that_is_not_comparable_has_a_sentence_and_no_other(previous: pd.DataFrame) -> None:
    broken = previous["verdict"] == "not comparable"
    assert broken.sum() > 40
    assert (previous["nearest"] != "").tolist() == broken.tolist()
    assert previous.loc[broken, "nearest"].str.endswith(".").all()


def test_reported_stands_beside_validated_crime(previous: pd.DataFrame, baseline: pd.DataFrame) -> None:
    assert nearest(previous, "all_crime_validated") == "As reported: 88,286, up 19.3% (real change)."
    assert nearest(previous, "burglary_residential_validated") == "As reported: 2,784, up 17.3% (cannot tell)."
    assert nearest(baseline, "burglary_residential_validated") == (
        "As reported: 2,784, down 10.1% on the 12 months to 31 March 2020 (cannot tell)."
    ), "the reported baseline is another year, and that is said"


def test_neighbourhood_crime_is_the_sum_of_the_types_that_are_printed(
    previous: pd.DataFrame, baseline: pd.DataFrame
) -> None:
    """Theft from the person has no reported count: five of six, added up here by hand."""
    rows = previous[previous["table"] == "all_crime"].set_index("row_label")
    names = ["Burglary Residential", "Personal Robbery", "Theft From Motor Vehicles", "Theft Of Motor Vehicles",
             "Vehicle interference"]  # fmt: skip
    later, earlier = rows.loc[names, "later_value"].sum(), rows.loc[names, "earlier_value"].sum()
    assert later == 9348
    assert round((later / earlier - 1) * 100, 1) == 29.4
    assert nearest(previous, "neighbourhood_crime_validated") == "As reported, 5 of 6 of its types: 9,348, up 29.4%."
    assert nearest(baseline, "neighbourhood_crime_validated") == (
        "As reported, 5 of 6 of its types: 9,348, up 0.8% on the 12 months to 31 March 2020."
    )


def test_serious_violence_counts_its_types_as_its_table_prints_them(previous: pd.DataFrame) -> None:
    """Personal robbery is told in its own section, but it is still one of the four types printed here."""
    assert nearest(previous, "serious_violence_validated") == (
        "As reported, 3 of 4 of its types: 10,903, up 23.4%."
    )  # 97 + 10,035 + 771; more serious violence is broken by its new offence


def test_more_serious_violence_is_told_without_the_new_offence(previous: pd.DataFrame) -> None:
    later = printed("serious_violence.more_serious_violent_crime_with_injury.last_12_months") - 512
    earlier = printed("serious_violence.more_serious_violent_crime_with_injury.previous_12_months")
    assert (later, f"{(later / earlier - 1) * 100:.1f}") == (1085, "31.4")
    assert nearest(previous, "more_serious_violence_validated") == (
        "Without the new offence (512): 1,085, up 31.4%. Still touched by: crime validation backlog cleared."
    )


def test_the_reported_count_is_not_cut_by_a_validated_one(previous: pd.DataFrame) -> None:
    assert nearest(previous, "more_serious_violence_reported") == (
        "The report prints how many there were of the new offence for validated crime only."
    )


def test_where_nothing_is_printed_the_size_of_all_crime_or_the_lack_is_said(
    previous: pd.DataFrame, baseline: pd.DataFrame
) -> None:
    assert nearest(previous, "theft_from_the_person_validated") == f"{SCALE}up 19.3% (real change)."
    assert nearest(baseline, "theft_from_the_person_validated") == (
        f"{SCALE}up 13.0% on the 12 months to 31 March 2020 (likely change)."
    )
    assert nearest(previous, "asb") == DEAD_END


def test_a_part_is_never_given_the_whole_measures_twin(previous: pd.DataFrame) -> None:
    parts = previous[(previous["measure"] == "drug_offences_validated") & (previous["breakdown"] != "")]
    assert len(parts) == 4
    assert parts["nearest"].str.startswith(SCALE).all()


# --- with the release changed -----------------------------------------------------------------------------------------


def statements_with(**cells: Any) -> pd.DataFrame:
    """The release's statements, the one that counts strangulation changed."""
    statements = release().statements.copy()
    row = statements.index[statements["id"] == "serious_violence_14_strangulation"]
    for name, cell in cells.items():
        statements.loc[row, name] = cell
    return statements


@pytest.mark.parametrize(
    "cells",
    [
        {"area": "stoke_on_trent"},
        {"breakdown": "offence=strangulation"},
        {"period_start": pd.Timestamp("2022-06-01")},
        {"kind": "difference"},
        {"unit": "percent"},
    ],
)
def test_a_count_of_another_area_part_or_period_is_not_taken_off(cells: dict[str, Any]) -> None:
    rows = told(statements=statements_with(**cells))
    assert not rows["nearest"].str.contains("Without the new offence").any()


def test_a_new_offence_that_both_periods_have_is_taken_off_both_or_not_at_all() -> None:
    """As in the next year's report: without the count for the earlier period there is no fair difference."""
    events = release().events.copy()
    row = events.index[events["id"] == "strangulation_offence"]
    events.loc[row, "from"] = pd.Timestamp("2021-06-01")
    one = told(events=events)
    assert not nearest(one, "more_serious_violence_validated").startswith("Without")
    second = statements_with(
        value=100.0, period_start=pd.Timestamp("2021-04-01"), period_end=pd.Timestamp("2022-03-31"), id="earlier"
    )
    both = pd.concat([release().statements, second[second["id"] == "earlier"]], ignore_index=True)
    found = nearest(told(events=events, statements=both), "more_serious_violence_validated")
    assert found.startswith("Without the new offence (512): 1,085, up 49.4%."), "1,085 against 826 - 100"


def test_twins_belong_to_the_same_area() -> None:
    """A district's reported count says nothing of the force's validated one."""
    figures = release().figures.copy()
    reported = figures["measure"] == "burglary_residential_reported"
    areas = release().areas["id"].tolist()
    figures.loc[reported, "area"] = areas[-1]
    assert nearest(told(figures=figures), "burglary_residential_validated").startswith(SCALE)


def test_a_broken_twin_is_no_twin() -> None:
    events = release().events.copy()
    row = events.index[events["id"] == "strangulation_offence"]
    events.loc[row, "measures"] = "burglary_residential_reported"
    events.loc[row, "counted_by"] = ""
    rows = told(events=events)
    assert nearest(rows, "burglary_residential_validated").startswith(SCALE)
    assert nearest(rows, "burglary_residential_reported") == DEAD_END
    assert nearest(rows, "neighbourhood_crime_validated").startswith("As reported, 4 of 6 of its types: 6,564, ")


def test_less_than_half_of_the_types_is_not_told() -> None:
    events = release().events.copy()
    row = events.index[events["id"] == "strangulation_offence"]
    events.loc[row, "measures"] = (
        "burglary_residential_reported personal_robbery_reported theft_of_motor_vehicles_reported"
    )
    events.loc[row, "counted_by"] = ""
    assert nearest(told(events=events), "neighbourhood_crime_validated").startswith(SCALE)


# --- from reported to validated crime ---------------------------------------------------------------------------------


def test_the_bridge_adds_up() -> None:
    """88,286 reported, 6,281 fewer waiting, 1,360 explained by neither, 95,927 validated."""
    own = release()
    steps = backlog_bridge(own.figures, own.measures, "crimes_awaiting_validation")
    assert steps["count"].tolist() == [88286, 6281, 1360, 95927]
    assert steps["count"].iloc[:3].sum() == steps["count"].iloc[3]
    assert steps["step"].tolist() == [
        "Reported in the year", "Backlog cleared in the year", "Not explained by either", "Validated in the year",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(steps, bridge(88286.0, 95927.0, 6793.0, 512.0))


@pytest.mark.parametrize(
    ("measure", "role"),
    [("crimes_awaiting_validation", "snapshot"), ("all_crime_reported", "last_12_months"),
     ("all_crime_validated", "last_12_months")],
)  # fmt: skip
def test_without_one_of_its_numbers_there_is_no_bridge(measure: str, role: str) -> None:
    own = release()
    gone = (own.figures["measure"] == measure) & (own.figures["role"] == role)
    assert gone.any()
    assert backlog_bridge(own.figures[~gone], own.measures, "crimes_awaiting_validation").empty


# --- how much of a total's change each part made ----------------------------------------------------------------------


def test_contributions_of_neighbourhood_crime(previous: pd.DataFrame) -> None:
    made = contributions(previous[previous["table"] == "neighbourhood_crime"])
    assert len(made) == 6
    assert made["share"].sum() == pytest.approx(100), "the parts make up the whole"
    by_label = made.set_index("row_label")["difference"]
    assert by_label["Theft From Motor Vehicles"] == 2488 - 1732
    whole = printed("neighbourhood_crime.neighbourhood_crime.last_12_months")
    whole -= printed("neighbourhood_crime.neighbourhood_crime.previous_12_months")
    assert made["share"].tolist() == pytest.approx([difference / whole * 100 for difference in made["difference"]])


def test_contributions_need_one_total_that_changed() -> None:
    rows = pd.DataFrame({"row_label": ["A", "B"], "row_kind": ["part", "part"], "difference": [3.0, 4.0]})
    assert contributions(rows).empty
    total = pd.DataFrame({"row_label": ["All"], "row_kind": ["total"], "difference": [0.0]})
    assert contributions(pd.concat([rows, total])).empty
    assert contributions(pd.concat([rows, total.assign(difference=7.0), total])).empty
    assert list(contributions(rows).columns) == ["row_label", "difference", "share"]
