"""What is different since the last report, proved on an invented second release."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

from analysis.changes import changes
from analysis.pairs import own_rows
from analysis.promises import changed_promises
from analysis.since import changed_events, changed_verdicts, named_things, new_and_dropped, revised, rolling_pairs
from data.releases import Release, load_release, release_before, release_ids
from tests.second_release import (
    DROPPED,
    FIRST,
    MARKING,
    NEW,
    RENAMED,
    REVISED,
    RISEN,
    SECOND,
    STILL,
    TURNED,
    second_release,
)


class Two(NamedTuple):
    older: Release
    newer: Release


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = second_release(tmp_path_factory.mktemp("data"))
    assert release_ids(root) == [FIRST, SECOND]
    assert release_before(root, SECOND) == FIRST
    return Two(load_release(root, FIRST), load_release(root, SECOND))


def judged(release: Release, against: str = "previous", older: pd.DataFrame | None = None) -> pd.DataFrame:
    return changes(
        release.figures, release.measures, release.tables, release.events, release.statements, against, older=older
    )


@pytest.fixture(scope="module")
def since(two: Two) -> pd.DataFrame:
    return judged(two.newer, "last-report", two.older.figures)


def test_the_second_release_is_marked_as_invented(two: Two) -> None:
    assert MARKING in two.newer.info.title
    assert two.newer.info.marking == MARKING
    assert MARKING in two.newer.info.source
    assert MARKING not in two.older.info.title


# --- rows and values --------------------------------------------------------------------------------------------------


def test_new_dropped_and_renamed_rows_and_no_others(two: Two) -> None:
    rows = new_and_dropped(two.older.figures, two.newer.figures)
    assert rows[["measure", "row_label", "what"]].to_numpy().tolist() == [
        [NEW, "E-Scooter", "new"],
        [DROPPED, "Seatbelt", "dropped"],
        [RENAMED[0], RENAMED[2], "renamed"],
    ]


def test_nothing_is_new_beside_itself(two: Two) -> None:
    assert new_and_dropped(two.older.figures, two.older.figures).empty
    assert revised(two.older.figures, two.older.figures).empty


def test_the_order_of_rows_and_tables_makes_nothing_new(two: Two) -> None:
    """A thing that stands in two tables under two labels is not renamed because the tables changed places."""
    turned = two.older.figures.iloc[::-1]
    assert new_and_dropped(two.older.figures, turned).empty
    assert revised(two.older.figures, turned).empty


def test_a_row_of_a_table_turned_on_its_side_is_called_by_its_column(two: Two) -> None:
    figures = two.older.figures.copy()
    part = (figures["table"] == "abandoned_101_waits") & (figures["breakdown"] == "wait=5-10 min")
    figures.loc[part, "column_label"] = "five to ten minutes"
    rows = new_and_dropped(two.older.figures, figures)
    assert rows[["breakdown", "row_label", "what"]].to_numpy().tolist() == [
        ["wait=5-10 min", "five to ten minutes", "renamed"]
    ]


def test_revised_past_values_and_no_others(two: Two) -> None:
    rows = revised(two.older.figures, two.newer.figures)
    found = {(row.measure, row.older, row.newer): f"{row.period_start:%Y-%m-%d}" for row in rows.itertuples()}
    assert found == {
        ("asb", 31094, 31100): "2019-04-01",
        ("confidence_q12", 63, 64): "2022-06-01",
        ("speedwatch_groups", 66, 67): "2021-01-01",
    }
    assert len(REVISED) == len(rows)


def test_a_value_of_another_table_is_no_revision(two: Two) -> None:
    """The report may print one thing twice and differently: only the same table's cell can be revised."""
    older, newer = two.older.figures.copy(), two.older.figures.copy()
    other = (older["table"] == "serious_violence") & (older["measure"] == "personal_robbery_validated")
    assert other.any()
    older.loc[other, "value"] += 1
    newer.loc[other, "value"] += 1
    assert revised(older, newer).empty
    newer.loc[other, "value"] += 1
    assert revised(older, newer).empty, "its own section's table still prints the same"
    own = (newer["table"] == "neighbourhood_crime") & (newer["measure"] == "personal_robbery_validated")
    newer.loc[own & (newer["role"] == "baseline"), "value"] += 5
    assert revised(older, newer)["measure"].tolist() == ["personal_robbery_validated"]


def test_a_budget_is_no_earlier_print_of_what_was_spent(two: Two) -> None:
    newer = two.older.figures.copy()
    spent = newer.index[newer["role"] == "actual"][0]
    newer.loc[spent, "value"] += 1
    rows = revised(two.older.figures, newer)
    assert (rows["newer"] - rows["older"]).tolist() == [1]
    assert rows["older"].iloc[0] == two.older.figures.loc[spent, "value"]


# --- years that overlap -----------------------------------------------------------------------------------------------


def test_rolling_pairs_hold_the_same_thing_three_months_apart(two: Two) -> None:
    older, newer = (own_rows(each.figures, each.measures, each.tables) for each in two)
    pairs = rolling_pairs(older, newer)
    assert set(pairs["measure"]) == set(older["measure"]) & set(newer["measure"])
    assert not pairs.duplicated(["measure", "area", "breakdown"]).any()
    assert (pairs["new_months"] == 3).all()
    assert {DROPPED, NEW}.isdisjoint(pairs["measure"])
    row = pairs[pairs["measure"] == RISEN].iloc[0]
    assert (f"{row['earlier_end']:%Y-%m-%d}", f"{row['later_end']:%Y-%m-%d}") == ("2023-03-31", "2023-06-30")
    assert (row["earlier_value"], row["later_value"]) == (305486, 336035)


def test_the_same_report_twice_has_no_new_months_and_no_pairs(two: Two) -> None:
    rows = own_rows(two.older.figures, two.older.measures, two.older.tables)
    assert rolling_pairs(rows, rows).empty


def test_a_year_apart_nothing_overlaps_and_everything_is_tested_as_usual(two: Two) -> None:
    rows = own_rows(two.older.figures, two.older.measures, two.older.tables)
    later = rows.assign(**{name: rows[name] + pd.DateOffset(years=1) for name in ("period_start", "period_end")})
    assert (rolling_pairs(rows, later)["new_months"] == 12).all()
    much = rows.assign(**{name: rows[name] + pd.DateOffset(years=2) for name in ("period_start", "period_end")})
    assert (rolling_pairs(rows, much)["new_months"] == 12).all()


def test_another_unit_is_another_thing(two: Two) -> None:
    rows = own_rows(two.older.figures, two.older.measures, two.older.tables)
    later = rows.assign(
        period_end=rows["period_end"] + pd.DateOffset(months=3),
        unit=rows["unit"].replace("minutes", "seconds"),
    )
    assert (rows["unit"] == "minutes").any()
    assert "minutes" not in set(rolling_pairs(rows, later)["unit"])


def test_since_the_last_report(since: pd.DataFrame) -> None:
    rows = since[since["breakdown"] == ""].set_index("measure")
    assert rows.loc[RISEN, "sentence"] == (
        "101 calls: 336,035 in the 12 months to 30 June 2023, up 10.0% on the 12 months to 31 March 2023 (305,486). "
        "Real change: an unchanged rate would hardly give this (95% interval up 7.7% to up 12.3%)."
    )
    assert rows.loc[STILL, "sentence"] == (
        "999 calls: 227,486 in the 12 months to 30 June 2023, unchanged from the 12 months to 31 March 2023 (227,486). "
        "No change to speak of (95% interval down 2.6% to up 2.6%)."
    )
    assert rows.loc[STILL, "caveat"].startswith("The two periods share months; if those were revised since")
    assert rows.loc["asb", "verdict"] == "not comparable", "the scrutiny began within both years"
    assert rows.loc["all_crime_validated", "verdict"] == "not comparable"
    assert rows.loc["all_crime_validated", "nearest"].startswith("As reported: ")


def test_small_counts_and_shares_of_years_that_overlap_are_not_tested(since: pd.DataFrame) -> None:
    counts = since[(since["unit"] == "count") & (since["verdict"] != "not comparable")]
    few = counts[counts[["earlier_value", "later_value"]].min(axis="columns") < 10]
    assert len(few) > 0
    assert set(few["verdict"]) == {"no verdict"}
    assert (
        few["sentence"]
        .str.endswith("No verdict: a count under 10 over years that overlap is too small to tell what is new.")
        .all()
    )
    shares = since[since["later_denominator"].notna()]
    assert len(shares) > 3
    assert set(shares["verdict"]) == {"no verdict"}
    assert not since.loc[since["verdict"] == "no verdict", "p"].notna().any()


def test_no_per_cent_on_a_small_base_since_the_last_report_either(since: pd.DataFrame) -> None:
    assert since.loc[since["earlier_value"] < 50, "percent"].isna().all()
    assert since.loc[since["unit"] != "count", "percent"].isna().all()


def test_since_the_last_report_needs_the_last_report(two: Two) -> None:
    with pytest.raises(ValueError, match=r"^Changes since the last report need the figures of the release before\.$"):
        judged(two.newer, "last-report")


# --- verdicts ---------------------------------------------------------------------------------------------------------


def test_verdicts_that_changed_between_two_reports(two: Two) -> None:
    named = named_things(two.newer.figures)
    rows = changed_verdicts(judged(two.older), judged(two.newer), named).set_index("measure")
    assert rows["row_label"].notna().all()
    assert rows.loc[TURNED, ["title", "older"]].tolist() == ["Arrests", "cannot tell"]
    assert rows.loc[TURNED, "newer"] in ("likely change", "real change")
    assert {DROPPED, NEW}.isdisjoint(rows.index), "what only one report prints has no verdict to change"
    assert len(rows) < 12
    assert changed_verdicts(judged(two.older), judged(two.older), named).empty


def test_a_changed_verdict_says_of_which_row_it_is(two: Two) -> None:
    """A measure has many: of a table whose rows are years, the column names it."""
    now = judged(two.newer)
    fifth = (now["measure"] == "abandoned_101_waits") & (now["breakdown"] == "wait=5-10 min")
    then = now.assign(verdict=now["verdict"].mask(fifth, "never so"))
    [row] = changed_verdicts(then, now, named_things(two.newer.figures)).to_dict("records")
    assert row["title"] == "Abandoned 101 calls by wait"
    assert row["row_label"].startswith("5"), row


def test_next_years_new_offence_is_not_taken_off_one_side_only(two: Two) -> None:
    """The earlier year, to June 2022, has a month of it; its count is not printed, so nothing is told without it."""
    rows = judged(two.newer).set_index("measure")
    assert rows.loc["more_serious_violence_validated", "verdict"] == "not comparable"
    assert not rows.loc["more_serious_violence_validated", "nearest"].startswith("Without")


# --- promises and events ----------------------------------------------------------------------------------------------

EVENTS_TO = (pd.Timestamp("2023-03-31"), pd.Timestamp("2023-06-30"))


def with_cells(rows: pd.DataFrame, row: str, **cells: object) -> pd.DataFrame:
    changed = rows.copy()
    for name, value in cells.items():
        changed.loc[changed["id"] == row, name] = value
    return changed


def test_a_promise_that_stands_as_it_stood_is_no_news(two: Two) -> None:
    assert changed_promises(two.older.commitments, two.newer.commitments).empty


def test_what_became_of_promises_the_settled_first(two: Two) -> None:
    then = two.older.commitments
    first, second, third = then["id"].iloc[:3]
    now = with_cells(then, second, status="kept")
    now = with_cells(now, first, due_words="by Christmas", due=pd.Timestamp("2023-12-25"))
    now = with_cells(now, third, id="another")
    told = changed_promises(then, now).set_index("id")
    assert told["kind"].to_dict() == {second: "settled", first: "changed", "another": "new", third: "gone"}
    assert told.index[0] == second
    was = then.set_index("id")
    assert told.at[second, "text"].endswith(f"It stood as “{was.at[second, 'status']}” and stands as “kept” now.")
    assert f"When: by Christmas. Before, its day was: {was.at[first, 'due_words']}." in told.at[first, "text"]
    assert told.at["another", "text"].startswith("New: ")
    assert told.at[third, "text"].startswith(f"No longer in the report: {was.at[third, 'what']}")


def test_another_wording_or_amount_of_a_promise_is_told(two: Two) -> None:
    then = two.older.commitments
    numbered = then.loc[then["promised_value"].notna(), "id"].iloc[0]
    other = then.loc[then["promised_value"].isna(), "id"].iloc[0]
    now = with_cells(with_cells(then, numbered, promised_value=12345.0), other, what="Something else")
    told = changed_promises(then, now).set_index("id")["text"]
    assert "12,345" in told[numbered]
    assert told[other].startswith("Something else. When: ")
    assert f"It was worded: {then.set_index('id').at[other, 'what']}" in told[other]


def test_another_day_of_a_promise_is_told_although_its_words_are_the_same(two: Two) -> None:
    then = two.older.commitments.iloc[:1]
    name = then["id"].iloc[0]
    then = with_cells(then, name, due=pd.Timestamp("2023-09-30"), due_words="by autumn")
    [told] = changed_promises(then, with_cells(then, name, due=pd.Timestamp("2024-09-30")))["text"]
    assert told.endswith("When: by autumn. Before, its day was: 30 September 2023; now: 30 September 2024.")
    [told] = changed_promises(then, with_cells(then, name, due=pd.NaT))["text"]
    assert told.endswith("Before, its day was: 30 September 2023; now: no date given.")


@pytest.mark.parametrize(
    ("unit", "then", "now", "words"),
    [
        ("", 1250000.0, 1300000.0, "was 1,250,000 and is 1,300,000 now."),
        ("percent", 12.5, 10.0, "was 12.5% and is 10% now."),
        ("percent", 12.25, float("nan"), "was 12.25% and is no number now."),
    ],
)
def test_an_amount_of_a_promise_has_the_places_it_is_given_with(
    two: Two, unit: str, then: float, now: float, words: str
) -> None:
    before = two.older.commitments.iloc[:1].assign(unit=unit, promised_value=then)
    [told] = changed_promises(before, before.assign(promised_value=now))["text"]
    assert told.endswith(f"What is promised {words}")


def test_events_that_are_new_end_begin_move_or_are_left_out(two: Two) -> None:
    then = two.older.events
    assert changed_events(then, then, *EVENTS_TO)["id"].tolist() == [
        row.id for row in then.itertuples() if EVENTS_TO[0] < row._3 <= EVENTS_TO[1]
    ], "only what began between the two reports"
    ended, moved, gone = "triage_101", "covid_restrictions", "bail_law"
    now = with_cells(then, ended, to=pd.Timestamp("2023-05-02"))
    now = with_cells(now, moved, to=pd.Timestamp("2021-08-01"))
    new = now[now["id"] == "live_chat"].assign(id="e_scooters", title="E-scooters allowed", note="Invented.")
    new["from"] = pd.Timestamp("2023-06-01")
    now = pd.concat([now[now["id"] != gone], new], ignore_index=True)
    told = changed_events(then, now, *EVENTS_TO).set_index("id")
    assert told["text"]["e_scooters"] == "New: E-scooters allowed, since 1 June 2023. Invented."
    assert told["text"][ended].startswith("Ended on 2 May 2023: Triage of 101 calls, since 1 August 2022. ")
    assert "19 July 2021" in told["text"][moved] and "1 August 2021" in told["text"][moved]
    assert told["text"][gone] == "No longer in the report: Bail law changed, since 1 October 2022."
    assert told["kind"].iloc[[0, -1]].tolist() == ["new", "gone"]


def test_an_event_whose_last_day_was_known_ahead_ends_when_it_comes(two: Two) -> None:
    then = with_cells(two.older.events, "triage_101", to=pd.Timestamp("2023-05-02"))
    told = changed_events(then, then, *EVENTS_TO).set_index("id")["kind"]
    assert told["triage_101"] == "ended"


def test_an_event_of_one_day_ends_on_it_and_since_no_other(two: Two) -> None:
    day = pd.Timestamp("2023-05-02")
    then = with_cells(two.older.events, "triage_101", to=day, title="The opening", note="Invented.", **{"from": day})
    told = changed_events(then, then, *EVENTS_TO).set_index("id")["text"]
    assert told["triage_101"] == "Ended on 2 May 2023: The opening. Invented."
