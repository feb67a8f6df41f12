"""What a colleague would ask of a new report: every planted fault gives its own finding, and nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.colleague import COLUMNS, KINDS, ask, confirmations, confirmed, reasons_left_over
from analysis.colleague.past import surprise
from data.contracts import check_table
from data.releases import load_release
from tests.second_release import DROPPED, FIRST, NEW, RENAMED, REVISED, RISEN, SECOND, TURNED, second_release

Frames = Mapping[str, pd.DataFrame]

FEW = ["calls_101", "motoring_offences", "homicide", "revenue_outturn", "conviction_rates", "custody", "courts"]
A101 = "calls_101.calls_101.last_12_months"
A101_BEFORE = "calls_101.calls_101.previous_12_months"
CAR = "motoring_offences.no_insurance"
CROWN = "conviction_rates.crown_court.2023_01"
NO_ROW = pd.Timestamp("NaT")


class Two(NamedTuple):
    older: Frames
    newer: Frames
    asked: pd.DataFrame


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = second_release(tmp_path_factory.mktemp("data"))
    older, newer = (load_release(root, name).frames() for name in (FIRST, SECOND))
    return Two(older, newer, ask(older, newer))


def fewer(frames: Frames) -> Frames:
    """A few tables of a release, without running text: quick to ask about."""
    kept = {name: frames[name][:0] for name in ("statements", "comparisons", "wordings", "ranges", "as_published")}
    tables, figures = frames["tables"], frames["figures"]
    kept |= {"tables": tables[tables["id"].isin(FEW)], "figures": figures[figures["table"].isin(FEW)]}
    return {**frames, **kept}


@pytest.fixture(scope="module")
def few(two: Two) -> Two:
    older, newer = fewer(two.older), fewer(two.newer)
    return Two(older, newer, ask(older, newer))


def with_cells(frames: Frames, file: str, name: str, **cells: Any) -> Frames:
    """The frames with cells of one row changed, named by its id; a figure's print follows its value."""
    frame = frames[file].copy()
    place = frame.index[frame["figure_id" if file == "figures" else "id"] == name]
    assert len(place) == 1, f"{name} is not in {file}"
    if "value" in cells:
        cells.setdefault("printed", f"{cells['value']:.15g}")
    for column, cell in cells.items():
        frame.loc[place, column] = cell
    return {**frames, file: frame}


def cell(frames: Frames, figure: str, column: str = "value") -> Any:
    return frames["figures"].set_index("figure_id").at[figure, column]


def added(few: Two, newer: Frames, **days: Any) -> pd.DataFrame:
    """What is asked of a changed newer release and not of the untouched one."""
    asked = ask(few.older, newer, **days)
    assert not asked["key"].duplicated().any()
    return asked[~asked["key"].isin(few.asked["key"])]


# --- the pair as it is ------------------------------------------------------------------------------------------------


def test_the_untouched_pair_is_asked_about_what_it_plants_and_nothing_else(two: Two) -> None:
    """The second release moves years on, keeps all that is no count, and takes the first's own slips with it."""
    asked = two.asked
    assert list(asked.columns) == COLUMNS
    assert set(asked["kind"]) <= set(KINDS)
    assert asked["serious"].is_monotonic_decreasing, "serious ones first"
    of = dict(list(asked.groupby("kind")))
    assert set(of["jump"]["figure_id"]) == {A101, "custody.arrests.last_12_months"}, (RISEN, TURNED)
    assert set(of["revised"]["figure_id"]) == set(REVISED)
    assert of["missing"]["key"].tolist() == [f"missing motoring_offences {DROPPED} staffordshire -"]
    assert of["new"]["key"].tolist() == [f"new motoring_offences {NEW} staffordshire -"]
    assert of["renamed"]["what"].tolist() == [
        f"This row was called “{RENAMED[1]}” in the last report and is “{RENAMED[2]}” now."
    ]
    assert of["promise"]["key"].str.split().str[1].tolist() == ["control_room_sergeants", "sergeants_promotion"]
    counts = two.newer["figures"].set_index("figure_id")["unit"].loc[of["copied"]["figure_id"]] == "count"
    kept = {"abandoned_101_waits", "fraud_cases", "speed_camera_disposals", "homicide", "review_decisions"}
    kept |= {"calls_999", "conduct_matters"}
    assert set(of["copied"]["table"][counts.to_numpy()]) <= kept, "of counts only what was kept, or is small"
    assert set(asked["kind"][asked["serious"]]) == {
        "copied", "jump", "missing", "promise", "report_check", "revised", "total",
    }  # fmt: skip
    assert not asked["key"].duplicated().any()


def test_serious_findings_stand_in_the_order_of_the_report(two: Two) -> None:
    sections = two.newer["sections"].set_index("id")["order"]
    order = two.asked.loc[two.asked["serious"] & (two.asked["section"] != ""), "section"].map(sections)
    assert order.is_monotonic_increasing


def test_a_report_beside_itself_is_asked_only_about_itself(two: Two) -> None:
    own = ask(two.older, two.older)
    assert set(own["kind"]) <= {"as_before", "event", "text"}
    assert not own["serious"].any(), "what the last report had is told, and nobody has to answer for it again"


def test_the_first_release_of_all_answers_for_its_own_numbers(two: Two) -> None:
    own = ask(None, two.older)
    assert set(own["kind"]) <= {"report_check", "total", "event", "text_alone"}
    assert own["serious"].any()
    assert set(own.loc[own["serious"], "kind"]) <= {"report_check", "total"}


def test_the_order_of_rows_changes_no_key(few: Two) -> None:
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in few.newer.items()}
    assert set(ask(few.older, turned)["key"]) == set(few.asked["key"])


# --- planted faults, one by one ---------------------------------------------------------------------------------------


def times(factor: float) -> Callable[[float], float]:
    return lambda value: float(f"{value * factor:.12g}")


@pytest.mark.parametrize(
    ("figure", "slip", "kind", "words"),
    [
        (A101, times(0.1), "tenfold", "about a tenth of what the last report prints, 305,486"),
        (A101, times(1000), "tenfold", "about a thousand times what"),
        (f"{CAR}.baseline", times(10), "tenfold", "about ten times what"),
        (CROWN, times(10), "tenfold", "This is 816%, about ten times what the last report prints, 81.6%."),
        (CROWN, times(0.01), "share_typed", "a share from 0 to 1 seems to stand for a per cent"),
        ("revenue_outturn.vehicle_costs.actual", times(0.001), "tenfold", "about a thousandth of what"),
        (A101_BEFORE, times(-1), "negative", "A count is 0 or more, and this is −"),
        (f"{CAR}.last_12_months", times(1.9), "jump", "though only 3 of 12 months are new"),
        ("courts.convictions_at_court.previous_12_months", times(2), "jump", "An ordinary quarter hardly gives that."),
        ("custody.bail_rate.2022_12", times(1.1), "revised", "was 31.0% in the last report and is 34.1% now"),
    ],
)
def test_a_planted_value_gives_its_own_finding_and_no_other(
    few: Two, figure: str, slip: Callable[[float], float], kind: str, words: str
) -> None:
    found = added(few, with_cells(few.newer, "figures", figure, value=slip(cell(few.newer, figure))))
    serious = found[found["serious"]]
    assert serious[["kind", "figure_id"]].to_numpy().tolist() == [[kind, figure]]
    assert words in serious["what"].iloc[0]
    assert figure in serious["where"].iloc[0]


def test_a_part_above_its_whole(few: Two) -> None:
    found = added(few, with_cells(few.newer, "figures", CROWN, numerator=90.0, denominator=80.0))
    assert found["what"].tolist() == ["The printed part, 90, is more than the whole it is a part of, 80."]


def test_a_slip_is_not_told_again_by_the_total_that_follows_from_it(few: Two) -> None:
    """A total that was added up with the slip is right once the slip is mended."""
    part, total = "homicide.murder.last_12_months", "homicide.homicide.last_12_months"
    value = cell(few.newer, part)
    newer = with_cells(few.newer, "figures", part, value=value * 10)
    newer = with_cells(newer, "figures", total, value=cell(few.newer, total) + value * 9)
    serious = added(few, newer).query("serious")
    assert serious[["kind", "figure_id"]].to_numpy().tolist() == [["tenfold", part]]


def test_a_total_that_does_not_add_up_is_told_with_its_cause(few: Two, two: Two) -> None:
    ids = ["homicide.manslaughter.last_12_months", "homicide.murder.last_12_months"]
    total = "homicide.homicide.last_12_months"
    row = two.older["as_published"].iloc[[0]].assign(
        id=f"{total}.sum", table="homicide", row_order=3, row_label="Homicide", column_order=2, figure_id=total,
        column_label="Last 12 months", kind="total", formula="sum", inputs=" ".join(ids),
        printed=f"{cell(few.newer, total) + 2:g}",
    )  # fmt: skip
    newer = with_cells(few.newer, "figures", total, value=cell(few.newer, total) + 2)
    found = added(few, {**newer, "as_published": row}).query("serious")
    assert "total" in set(found["kind"])
    assert set(found["kind"]) <= {"total", "copied"}


def test_years_in_each_others_columns(few: Two) -> None:
    last, previous = f"{CAR}.last_12_months", f"{CAR}.previous_12_months"
    old = cell(few.older, last), cell(few.older, previous)
    newer = with_cells(few.newer, "figures", last, value=old[1])
    newer = with_cells(newer, "figures", previous, value=old[0])
    assert added(few, newer)[["kind", "figure_id"]].to_numpy().tolist() == [["swapped", last]]
    newer = with_cells(few.newer, "figures", A101_BEFORE, value=cell(few.older, A101))
    found = added(few, newer).query("serious")
    assert found[["kind", "figure_id"]].to_numpy().tolist() == [["swapped", A101_BEFORE]]
    assert "the last report's last 12 months" in found["what"].iloc[0]


def test_a_row_copied_from_the_last_report(few: Two) -> None:
    newer = few.newer
    for role in ("last_12_months", "previous_12_months"):
        newer = with_cells(newer, "figures", f"{CAR}.{role}", value=cell(few.older, f"{CAR}.{role}"))
    found = added(few, newer)
    assert found["kind"].tolist() == ["copied"]
    assert found["what"].iloc[0].startswith("The period of this row moved on, and its values did not")


def test_missing_cells_columns_and_tables(few: Two) -> None:
    figures = few.newer["figures"]
    without = figures[figures["figure_id"] != f"{CAR}.baseline"]
    assert added(few, {**few.newer, "figures": without})["what"].tolist() == [
        "The last report prints the baseline of “No Insurance”, and this one has no value there."
    ]
    without = figures[(figures["table"] != "motoring_offences") | (figures["role"] != "baseline")]
    assert added(few, {**few.newer, "figures": without})["where"].tolist() == ["Motoring offences"]
    found = added(few, {**few.newer, "figures": figures[figures["table"] != "custody"]})
    assert found["key"].tolist() == ["missing custody"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"period_end": pd.Timestamp("2021-03-31")}, "The period ends on 31 March 2021, before it starts on"),
        (
            {"period_end": pd.Timestamp("2023-05-31")},
            "The period should be 12 months and is 1 July 2022 to 31 May 2023.",
        ),
        (
            {"period_start": pd.Timestamp("2022-04-01"), "period_end": pd.Timestamp("2023-03-31")},
            "an overlap of 91 days",
        ),
    ],
)
def test_periods_that_do_not_fit(few: Two, cells: dict[str, Any], words: str) -> None:
    found = added(few, with_cells(few.newer, "figures", A101, **cells))
    found = found[found["kind"] == "period"]
    assert words in found["what"].iloc[0]
    assert set(found["table"]) == {"calls_101"}


def test_a_day_that_no_column_ends_on(few: Two) -> None:
    found = added(few, few.newer, data_to=pd.Timestamp("2023-07-31"), older_data_to=pd.Timestamp("2023-03-31"))
    assert "period data_to 2023-07-31" in set(found["key"])


def test_promises_that_are_due_or_gone(few: Two) -> None:
    settled = with_cells(few.newer, "commitments", "sergeants_promotion", status="kept")
    gone = settled["commitments"][settled["commitments"]["id"] != "grading_review"]
    asked = ask(few.older, {**settled, "commitments": gone})
    promised = asked[asked["kind"].str.startswith("promise")]
    assert promised["key"].str.split().str[:2].tolist() == [
        ["promise_gone", "grading_review"], ["promise", "control_room_sergeants"],
    ]  # fmt: skip


# --- revisions and verdicts -------------------------------------------------------------------------------------------


def test_a_revision_tells_the_verdict_that_it_alone_turns(few: Two) -> None:
    """A past value is revised far enough that the change against it is another one."""
    figure = f"{CAR}.baseline"
    newer = with_cells(few.newer, "figures", figure, value=round(cell(few.newer, figure) * 1.9))
    found = added(few, newer)
    told = found[found["figure_id"] == figure].iloc[0]
    assert told["kind"] == "revised"
    assert "against the baseline the verdict becomes “" in told["what"]
    assert told["key"].startswith(f"revised {figure} {cell(few.older, figure):g} ")


# --- keys and reasons -------------------------------------------------------------------------------------------------


@settings(max_examples=4)
@given(st.data())
def test_a_factor_of_ten_is_always_found(two: Two, data: st.DataObject) -> None:
    """One value in every table is ten, a hundred or a thousand times off, up or down; each is told, each key is one."""
    newer, planted = two.newer, {}
    figures = newer["figures"][newer["figures"]["value"] != 0]
    known = set(two.older["figures"]["measure"])
    for _, rows in figures[figures["measure"].isin(known)].groupby("table"):
        figure = data.draw(st.sampled_from(sorted(rows["figure_id"])))
        planted[figure] = data.draw(st.sampled_from([10.0, 100.0, 1000.0, 0.1, 0.01, 0.001]))
        value = cell(newer, figure)
        if cell(newer, figure, "unit") == "count" and planted[figure] < 1 and abs(value) * planted[figure] < 1:
            planted[figure] = 10.0  # a count of less than one is none
        newer = with_cells(newer, "figures", figure, value=float(f"{value * planted[figure]:.12g}"))
    found = ask(two.older, newer)
    assert Counter(found["key"]).most_common(1)[0][1] == 1
    told = set(found.loc[found["kind"].isin(["tenfold", "share_typed", "jump"]), "figure_id"])
    assert planted.keys() <= told


def test_a_reason_holds_for_the_values_it_was_given_for(few: Two) -> None:
    figure = "custody.bail_rate.2022_12"
    once = ask(few.older, with_cells(few.newer, "figures", figure, value=33.0))
    twice = ask(few.older, with_cells(few.newer, "figures", figure, value=34.0))
    key = once.loc[once["figure_id"] == figure, "key"].iloc[0]
    reasons = pd.DataFrame({"finding": [key], "reason": ["Bail was recorded late."]})
    told = confirmed(once, reasons)
    assert told.loc[told["key"] == key, ["reason", "open"]].to_numpy().tolist() == [["Bail was recorded late.", False]]
    assert told["open"].sum() == once["serious"].sum() - 1
    assert confirmed(twice, reasons)["open"].sum() == twice["serious"].sum()
    assert reasons_left_over(twice, reasons)["finding"].tolist() == [key]
    kept = confirmations(told, date(2023, 8, 1), "an analyst")
    assert check_table(kept, "confirmed", "confirmed.csv")["finding"].tolist() == [key]


# --- the statistics behind a jump -------------------------------------------------------------------------------------


def test_few_cases_are_held_against_exact_numbers() -> None:
    """Worked out by hand.

    Two cases in a year foretell, with Jeffreys' prior, a negative binomial number of size 2.5 and probability
    12 / 15 in the new quarter; up to three of them have the probability (1 + 0.5 + 0.175 + 0.0525) 0.8^2.5. A fall from
    eight to two needs at least six of eight in the quarter that dropped out: (28 * 9 + 8 * 3 + 1) / 4^8.
    """
    assert surprise(2, 6, 3) == pytest.approx(2 * (1 - 1.7275 * 0.8**2.5))
    assert surprise(8, 2, 3) == pytest.approx(2 * 277 / 4**8)


def test_a_drift_of_the_new_months_is_no_surprise() -> None:
    assert surprise(20000, 21000, 3) == 1.0
    assert surprise(20000, 21001, 3) < 1.0
    with pytest.raises(ValueError, match="at least one month apart, not 0"):
        surprise(20, 30, 0)


def test_a_reason_that_was_kept_keeps_its_day_and_who_gave_it() -> None:
    told = pd.DataFrame({"key": ["a 1", "b 2"], "kind": "revised", "what": "So.", "reason": ["Late.", "Newer."]})
    kept = confirmations(told, date(2023, 7, 1), "analyst")
    kept.loc[1, "reason"] = "Old."
    made = confirmations(told, date(2023, 8, 1), "another", kept)
    assert made[["finding", "reason", "date", "who"]].to_numpy().tolist() == [
        ["a 1", "Late.", "2023-07-01", "analyst"],
        ["b 2", "Newer.", "2023-08-01", "another"],
    ]
