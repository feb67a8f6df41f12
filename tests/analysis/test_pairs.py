"""Which figures are held against which, by an independent reading of the release's own file."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.pairs import find_pairs, own_rows
from tests.published import release, text_frame

EARLIER = {"previous": "previous_12_months", "baseline": "baseline"}


@pytest.fixture(scope="module", params=["previous", "baseline"])
def against(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def pairs(against: str) -> pd.DataFrame:
    own = release()
    return find_pairs(own.figures, own.measures, own.tables, against)


def printed_pairs(role: str) -> set[tuple[str, ...]]:
    """Measure, area and breakdown of every row of a table that prints the last 12 months and another role."""
    seen: dict[tuple[str, ...], set[str]] = {}
    for row in text_frame("figures").itertuples():
        seen.setdefault((row.table, row.measure, row.area, row.breakdown), set()).add(row.role)
    return {key[1:] for key, roles in seen.items() if {"last_12_months", role} <= roles}


def test_every_row_with_both_roles_is_a_pair_and_nothing_else(pairs: pd.DataFrame, against: str) -> None:
    found = set(pairs[pairs["role"] == "last_12_months"][["measure", "area", "breakdown"]].itertuples(index=False))
    assert {tuple(each) for each in found} == printed_pairs(EARLIER[against])
    others = pairs.loc[pairs["role"] != "last_12_months", "role"].value_counts().to_dict()
    assert others == ({"wave": 11, "year": 8} if against == "previous" else {})


def test_a_pair_is_one_row_of_one_table_with_both_its_values(pairs: pd.DataFrame) -> None:
    figures = text_frame("figures")
    for pair in pairs.itertuples():
        rows = figures[
            (figures["table"] == pair.table) & (figures["measure"] == pair.measure)
            & (figures["area"] == pair.area) & (figures["breakdown"] == pair.breakdown)
        ]  # fmt: skip
        for side in ("earlier", "later"):
            start = f"{getattr(pair, f'{side}_start'):%Y-%m-%d}"
            row = rows[(rows["period_start"] == start) & ~rows["role"].isin(["month", "quarter"])].iloc[0]
            assert float(row["value"]) == getattr(pair, f"{side}_value")
            assert row["printed"] == getattr(pair, f"{side}_printed")
            assert row["period_end"] == f"{getattr(pair, f'{side}_end'):%Y-%m-%d}"
            for part in ("numerator", "denominator"):
                known = getattr(pair, f"{side}_{part}")
                assert row[part] == "" if pd.isna(known) else float(row[part]) == known


def test_a_pair_sets_the_earlier_period_first_and_they_never_overlap(pairs: pd.DataFrame) -> None:
    assert (pairs["earlier_end"] < pairs["later_start"]).all()
    assert (pairs["new_months"] == 12).all()
    lasts = (pairs["later_end"] - pairs["later_start"]).dt.days - (
        pairs["earlier_end"] - pairs["earlier_start"]
    ).dt.days
    assert lasts.abs().max() <= 1, "a leap day at most"


def test_one_row_a_measure_area_and_breakdown_in_the_order_of_the_measures(pairs: pd.DataFrame) -> None:
    assert not pairs.duplicated(["measure", "area", "breakdown"]).any()
    order = {measure: place for place, measure in enumerate(release().measures["id"])}
    places = [order[measure] for measure in pairs["measure"]]
    assert places == sorted(places)


def test_what_several_tables_print_is_taken_from_its_own_section(pairs: pd.DataFrame) -> None:
    table = pairs[pairs["breakdown"] == ""].set_index("measure")["table"]
    assert table["personal_robbery_validated"] == "neighbourhood_crime", "serious violence prints it too"
    assert table["speed_camera_offences"] == "motoring_offences", "not the disposals, whose year ends in September"
    assert table["vawg"] == "vawg_by_relationship", "the first of two tables of one section"
    assert table["all_crime_reported"] == "all_crime"


def test_years_waves_and_nothing_unfinished() -> None:
    own = release()
    pairs = find_pairs(own.figures, own.measures, own.tables, "previous").set_index(["measure", "breakdown"])
    year = pairs.loc[("speedwatch_groups", "")]
    assert (f"{year.earlier_start:%Y}", f"{year.later_start:%Y}") == ("2021", "2022"), "2023 is part of a year"
    assert (year.earlier_value, year.later_value) == (66, 77)
    wave = pairs.loc[("confidence_q12", "")]
    assert (f"{wave.earlier_start:%B %Y}", f"{wave.later_start:%B %Y}") == ("June 2022", "January 2023")
    assert not any(table == "revenue_outturn" for table in pairs["table"]), "a variance is not a change"


def test_a_year_or_quarter_is_held_against_the_same_one_a_year_before_or_not_at_all() -> None:
    own = release()
    quarters = own.figures[(own.figures["table"] == "conviction_rates") & (own.figures["role"] == "quarter")]
    assert find_pairs(quarters, own.measures, own.tables, "previous").empty, "four quarters of one year"
    before = quarters.assign(
        period_start=quarters["period_start"] - pd.DateOffset(years=1),
        period_end=quarters["period_end"] - pd.DateOffset(years=1),
        value=1.0,
        figure_id=quarters["figure_id"] + ".before",
    )
    pairs = find_pairs(pd.concat([before, quarters]), own.measures, own.tables, "previous")
    assert pairs["measure"].tolist() == ["conviction_rate_crown", "conviction_rate_magistrates"]
    assert set(pairs["earlier_start"].dt.strftime("%Y-%m")) == {"2022-01"}
    assert set(pairs["later_start"].dt.strftime("%Y-%m")) == {"2023-01"}
    assert pairs["earlier_value"].tolist() == [1, 1]


@pytest.mark.parametrize("status", ["open", "illustrative", "uploaded"])
def test_only_published_figures_are_paired(status: str) -> None:
    own = release()
    for row in (own.figures["role"] == "previous_12_months", own.figures["role"] == "last_12_months"):
        figures = own.figures.assign(status=own.figures["status"].mask(row & (own.figures["measure"] == "asb"), status))
        pairs = find_pairs(figures, own.measures, own.tables, "previous")
        assert "asb" not in set(pairs["measure"])
        assert len(pairs) == 155 - 4
    assert "asb" not in set(own_rows(figures, own.measures, own.tables)["measure"])


def test_own_rows_are_the_last_twelve_months_once_each() -> None:
    own = release()
    rows = own_rows(own.figures, own.measures, own.tables)
    figures = text_frame("figures")
    last = figures[figures["role"] == "last_12_months"]
    assert set(map(tuple, rows[["measure", "area", "breakdown"]].to_numpy())) == set(
        map(tuple, last[["measure", "area", "breakdown"]].to_numpy())
    )
    assert not rows.duplicated(["measure", "area", "breakdown"]).any()
    chosen = rows.set_index(["measure", "breakdown"])
    assert chosen.loc[("personal_robbery_validated", ""), "table"] == "neighbourhood_crime"
    assert f"{chosen.loc[('speed_camera_offences', ''), 'period_end']:%Y-%m-%d}" == "2023-03-31"


def test_a_release_without_pairs_has_an_empty_answer() -> None:
    own = release()
    none = own.figures[own.figures["role"] == "budget"]
    for against in EARLIER:
        pairs = find_pairs(none, own.measures, own.tables, against)
        assert pairs.empty
        assert {"measure", "earlier_value", "later_value", "new_months"} <= set(pairs.columns)


def test_an_unknown_comparator_is_refused() -> None:
    own = release()
    with pytest.raises(ValueError, match=f"^{re.escape('Comparators are previous, baseline, not peers.')}$"):
        find_pairs(own.figures, own.measures, own.tables, "peers")
