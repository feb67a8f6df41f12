"""The plain sentence that opens every printed table: its headline figure, its period, and no claim."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sentences import place_sentence, table_sentence
from tests.published import release

# The headline figure of every table, typed from the report: of the total where there is one, else of the first row.
HEADLINES = {
    "calls_999": "227,486 in the 12 months to 31 March 2023 and 210,957 in the 12 months before",
    "answer_time_999": "21.49 seconds in the 12 months to 31 March 2023 and 24.85 seconds",
    "answered_10s_999": "77.72% in the 12 months to 31 March 2023 and 76.12%",
    "calls_101": "305,486 in the 12 months to 31 March 2023 and 278,197",
    "answer_time_101": "7.97 minutes in the 12 months to 31 March 2023 and 11.03 minutes",
    "abandoned_999": "2.83% in the 12 months to 31 March 2023 and 3.96%",
    "abandoned_101": "39.63% in the 12 months to 31 March 2023 and 33.33%",
    "abandoned_101_waits_percent": "27% in the 12 months to 31 March 2023 and 38%",
    "abandoned_101_waits": "110,825 in the 12 months to 31 March 2023 and 88,440",
    "asb": "19,640 in the 12 months to 31 March 2023, 25,421 in the 12 months before and 31,094",
    "neighbourhood_crime": "10,432 in the 12 months to 31 March 2023, 7,082 in the 12 months before and 10,219",
    "ksi": "221 in the 12 months to 31 March 2023, 262 in the 12 months before and 236",
    "motoring_offences": "49,436 in the 12 months to 31 March 2023, 53,026 in the 12 months before and 52,332",
    "speed_camera_disposals": "52,306 in the 12 months to 30 September 2022, 63,770 in the 12 months before and 52,332",
    "speedwatch_volunteers": "77 in 2022",
    "speedwatch_quarter": "224 in January to March 2023",
    "speedwatch_outcomes": "11,310 in 2022; the highest of the 7 full years printed is 11,930, in 2019",
    "homicide": "12 in the 12 months to 31 March 2023, 8 in the 12 months before and 10 in the 12 months to 30",
    "knife_gun_crime": "92 in the 12 months to 31 March 2023, 76 in the 12 months before and 103",
    "serious_violence": "13,356 in the 12 months to 31 March 2023, 8,990 in the 12 months before and 10,911",
    "domestic_crime": "23,826 in the 12 months to 31 March 2023, 17,863 in the 12 months before and 17,323",
    "vawg_by_relationship": "21,953 in the 12 months to 31 March 2023, 15,686 in the 12 months before and 13,096",
    "vawg_by_offence": "21,953 in the 12 months to 31 March 2023, 15,686 in the 12 months before and 13,096",
    "drug_offences": "2,250 in the 12 months to 31 March 2023, 1,055 in the 12 months before and 1,896",
    "fraud_cases": "5,212 in the 12 months to 31 March 2023, 5,490 in the 12 months before and 5,311",
    "fraud_outcomes": "10.8% in the 12 months to 31 March 2023, 5.6% in the 12 months before and 13.5%",
    "crimes_awaiting_validation": "512 on 1 April 2023; the highest of the 13 values printed is 6,793, on 1 April 2022",
    "validated_crime": "95,927 in the 12 months to 31 March 2023, 68,350 in the 12 months before and 81,737",
    "confidence_questions": "93% in January 2023 and 93% in June 2022",
    "complaints": "1,784 in the 12 months to 31 March 2023 and 1,534",
    "review_decisions": "49 in the 12 months to 31 March 2023",
    "conduct_matters": "113 in the 12 months to 31 March 2023 and 54",
    "all_crime": "88,286 in the 12 months to 31 March 2023, 73,991 in the 12 months before and 78,098",
    "outcome_rates": "12.1% in the 12 months to 31 March 2023 and 11.7%",
    "custody": "13,592 in the 12 months to 31 March 2023 and 12,214",
    "courts": "88,286 in the 12 months to 31 March 2023, 73,991 in the 12 months before and 79,098",
    "court_rates": "8.0% in the 12 months to 31 March 2023, 8.5% in the 12 months before and 10.1%",
    "conviction_rates": "81.6% in the 12 months to 31 March 2023 and 86.3%",
    "revenue_outturn": "\u00a3232,094,000 actual and \u00a3233,074,000 budget",
    "ethnicity": "4.23% on 31 March 2023",
}


def sentence(table: str) -> str:
    own = release()
    title = own.tables.set_index("id")["title"][table]
    return table_sentence(own.figures[own.figures["table"] == table], title)


def test_every_table_with_a_sentence_is_checked() -> None:
    assert set(HEADLINES) == set(release().tables["id"]) - {"confidence_by_team"}


@pytest.mark.parametrize("table", HEADLINES)
def test_a_tables_sentence_tells_its_headline_figure(table: str) -> None:
    told = sentence(table)
    assert f": {HEADLINES[table]}" in told
    assert told.endswith(".")
    for slip in ("nan", "NaT", "::", "..", "None", "  "):
        assert slip not in told
    for claim in ("rose", "fell", "increase", "decrease", "significant", "better", "worse"):
        assert claim not in told.partition(":")[2], "what was counted, not whether it changed"


def test_a_number_is_named_by_its_row_or_by_its_table() -> None:
    assert sentence("asb").startswith("ASB: ")
    assert sentence("ksi").startswith("Collisions with death or serious injury: "), "'Total' names nothing"
    assert sentence("drug_offences").startswith("Drug offences by type: "), "nor does 'Sum:'"
    assert sentence("abandoned_101_waits_percent").startswith("0 - 93 secs: ")
    assert sentence("speedwatch_volunteers").startswith("Number of Active Groups: ")


def test_rows_that_the_sentence_leaves_out_are_counted() -> None:
    assert sentence("knife_gun_crime").endswith(" One more row below.")
    assert sentence("motoring_offences").endswith(" 7 more rows below.")
    assert sentence("ethnicity").endswith(" 3 more rows below.")
    assert not sentence("homicide").endswith("below."), "a total says it all"
    assert not sentence("calls_999").endswith("below.")


@pytest.mark.parametrize("table", HEADLINES)
def test_a_sentence_does_not_hang_on_the_order_of_the_file(table: str) -> None:
    own = release()
    title = own.tables.set_index("id")["title"][table]
    assert table_sentence(own.figures[own.figures["table"] == table].iloc[::-1], title) == sentence(table)


def test_a_year_that_does_not_adjoin_is_told_by_its_dates() -> None:
    figures = release().figures.set_index("figure_id", drop=False)
    rows = figures.loc[["homicide.homicide.last_12_months", "homicide.homicide.previous_12_months"]].copy()
    rows["period_end"] = rows["period_end"].where(rows["role"] == "last_12_months", pd.Timestamp("2022-02-28"))
    rows["period_start"] = rows["period_start"].where(rows["role"] == "last_12_months", pd.Timestamp("2021-03-01"))
    assert table_sentence(rows, "Homicide") == (
        "Homicide: 12 in the 12 months to 31 March 2023 and 8 in the 12 months to 28 February 2022."
    )


def test_a_table_without_single_values_says_so() -> None:
    assert table_sentence(release().figures.iloc[:0], "Nothing") == "The report prints no single values here."


def test_a_place_is_told_with_how_many_and_when() -> None:
    year = pd.Timestamp("2021-10-01"), pd.Timestamp("2022-09-30")
    assert place_sentence("All crime per head.", 14.0, 43.0, year) == (
        "All crime per head: 14th out of 43, 12 months to 30 September 2022."
    )
    quarter = pd.Timestamp("2023-01-01"), pd.Timestamp("2023-03-31")
    assert place_sentence("Officers", 4, float("nan"), quarter) == (
        "Officers: 4th (of how many is not printed), January to March 2023."
    )
