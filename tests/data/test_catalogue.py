"""Everything a release says as one table: nothing lost, found by words, filtered by measure and priority."""

from __future__ import annotations

import pytest

from data.catalogue import COLUMNS, catalogue, filter_catalogue, measures_for, series_catalogue
from data.errors import DataError
from data.series import illustrative_series, open_series
from tests.published import DATA, release

ROWS = catalogue(release())


def test_every_number_is_a_row_once() -> None:
    own = release()
    ids = [*own.figures["figure_id"], *own.statements["id"], *own.ranges["id"], *own.comparisons["id"]]
    assert ROWS["figure_id"].tolist() == ids
    assert ROWS["figure_id"].is_unique
    assert list(ROWS.columns[: len(COLUMNS)]) == COLUMNS


def test_every_row_knows_its_priority_section_status_and_source() -> None:
    for column in ["priority", "section", "printed", "status", "label", "unit", "role"]:
        assert (ROWS[column].fillna("") != "").all(), column
    assert set(ROWS["status"]) == {"published"}
    assert (
        ROWS["source"]
        .str.fullmatch(r"Staffordshire Police, Public Performance Meeting Report, 17 May 2023, section \d.*")
        .all()
    )
    assert set(ROWS["priority"]) == set(release().priorities["id"])


def test_a_place_is_the_value_of_its_row_unless_a_rate_is_printed() -> None:
    ranks = ROWS[ROWS["role"] == "rank"].set_index("figure_id")
    assert ranks.loc["contact_calls_999_rank_12_months", ["value", "unit"]].tolist() == [26, "rank"]
    assert ranks.loc["knife_gun_crime_knife_rate_rank", ["value", "unit"]].tolist() == [0.75, "per_1000"]
    assert ranks["value"].notna().all()


@pytest.mark.parametrize(
    ("words", "found", "missed"),
    [
        ("knife", "knife_gun_crime.serious_violence_knife_crime.baseline", "homicide.murder.baseline"),
        ("KNIFE Baseline", "knife_gun_crime.serious_violence_knife_crime.baseline", None),
        ("5,212", "cyber_fraud_01_cases", "cyber_fraud_03_cases_difference"),
        ("Stoke-on-Trent robbery", "serious_violence_20_robbery_stoke_count", "homicide.murder.baseline"),
        ("(2,366", None, "revenue_outturn.pay_subtotal.budget"),
        (".*", None, "homicide.murder.baseline"),
    ],
)  # fmt: skip
def test_a_search_finds_rows_with_every_word(words: str, found: str | None, missed: str | None) -> None:
    ids = set(filter_catalogue(ROWS, release(), search=words)["figure_id"])
    assert found is None or found in ids
    assert missed not in ids


def test_a_blank_search_finds_everything() -> None:
    assert len(filter_catalogue(ROWS, release(), search="  ")) == len(ROWS)


def test_filters_meet() -> None:
    rows = filter_catalogue(ROWS, release(), measure="homicide", priority="prevent harm and PROTECT people")
    assert set(rows["measure"]) == {"homicide"}
    assert set(rows["priority"]) == {"prevent_harm"}
    assert len(filter_catalogue(ROWS, release(), measure="homicide", priority="support_victims")) == 0


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"measure": "homicides"}, "There is no measure 'homicides'. Did you mean homicide"),
        ({"measure": "zzzz"}, "There is no measure 'zzzz'. Known: abandoned_101_rate, "),
        ({"priority": "prevent-harm"}, "There is no priority 'prevent-harm'. Did you mean prevent_harm"),
        ({"priority": "9"}, "There is no priority '9'. Known: headlines, local_and_responsive_service, "),
    ],
)
def test_an_unknown_word_is_answered_with_known_ones(filters: dict[str, str], sentence: str) -> None:
    with pytest.raises(DataError) as caught:
        filter_catalogue(ROWS, release(), **filters)
    (problem,) = caught.value.problems
    assert problem.startswith(sentence)


def test_measures_are_found_by_what_is_said_of_them() -> None:
    assert "homicide" in set(measures_for(release(), "murder")["id"])
    assert set(measures_for(release(), "")["id"]) <= set(release().measures["id"])
    assert measures_for(release(), "no such words anywhere").empty


def test_series_come_in_the_same_shape_with_their_own_status_and_source() -> None:
    rows = series_catalogue(release(), [open_series(DATA), illustrative_series(DATA)])
    assert list(rows.columns) == list(ROWS.columns)
    assert rows["figure_id"].is_unique
    assert rows.groupby("status")["source"].unique().map(list).to_dict() == {
        "illustrative": ["Example with invented figures"],
        "open": [open_series(DATA).source],
    }
    assert "Open Government Licence" in open_series(DATA).source
    assert set(rows["priority"]) <= set(release().priorities["id"])


def test_no_series_is_an_empty_table_of_the_same_shape() -> None:
    assert list(series_catalogue(release(), []).columns) == list(ROWS.columns)
