"""The ladder of verdicts at its boundaries, Holm's family, events that break a series, and what is never claimed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis.change import Change
from analysis.changes import changes
from analysis.pairs import find_pairs
from analysis.verdicts import VERDICTS, judge
from tests.published import release, text_frame

DAY = pd.Timedelta(days=1)
EARLIER = (pd.Timestamp("2021-04-01"), pd.Timestamp("2022-03-31"))
LATER = (pd.Timestamp("2022-04-01"), pd.Timestamp("2023-03-31"))
NO_EVENTS = pd.DataFrame(
    {"title": [], "from": pd.to_datetime([]), "to": pd.to_datetime([]), "measures": [], "effect": [], "note": []}
)


def pair(measure: str = "asb", earlier: float = 1000, later: float = 1100, **more: Any) -> dict[str, Any]:
    """One pair of the last 12 months and the 12 before, as find_pairs gives it."""
    made = {
        "measure": measure, "table": "t", "area": "staffordshire", "breakdown": "", "row_label": measure,
        "row_kind": "part", "row_order": 1, "role": "last_12_months", "unit": "count", "new_months": 12,
    }  # fmt: skip
    for side, value, (start, end) in (("earlier", earlier, EARLIER), ("later", later, LATER)):
        made |= {
            f"{side}_start": start,
            f"{side}_end": end,
            f"{side}_value": float(value),
            f"{side}_printed": str(value),
        }
        made |= {f"{side}_numerator": math.nan, f"{side}_denominator": math.nan}
    return made | more


def measure(name: str = "asb", **more: Any) -> dict[str, Any]:
    made = {"id": name, "title": name.upper(), "section": "asb", "basis": "other", "direction": "up_is_worse"}
    return made | {"dispersion": math.nan, "untested": "", "offence": ""} | more


def event(title: str = "A break", **more: Any) -> dict[str, Any]:
    made = {"title": title, "from": LATER[0], "to": pd.NaT, "measures": "asb", "effect": "break", "note": f"{title}."}
    return made | more


def judged(pairs: list[dict[str, Any]], events: list[dict[str, Any]] | None = None, **more: Any) -> pd.DataFrame:
    """The pairs judged; every measure named in them is known unless given."""
    measures = more.pop("measures", [measure(name) for name in dict.fromkeys(row["measure"] for row in pairs)])
    frame = pd.DataFrame(events) if events else NO_EVENTS
    return judge(pd.DataFrame(pairs), pd.DataFrame(measures), frame, **more)


# --- the ladder -------------------------------------------------------------------------------------------------------

TOLD = Change(100.0, 10.0, -1.0, 1.0, 0.5, 5.0, 0.95, "made up")


@pytest.fixture
def as_if(monkeypatch: pytest.MonkeyPatch):
    """Let every comparison of counts end as a test says, in the order of the pairs."""

    def set_to(*told: Change) -> pd.DataFrame:
        results = iter(told)
        monkeypatch.setattr("analysis.verdicts.compare_counts", lambda *_: next(results))
        return judged([pair(f"m{number}") for number, _ in enumerate(told)])

    return set_to


@pytest.mark.parametrize(
    ("p", "lower", "upper", "verdict"),
    [
        (0.04999, -1, 1, "real change"),
        (0.05, -1, 1, "no change"),
        (0.05, -1, 6, "cannot tell"),
        (0.5, -4.999, 4.999, "no change"),
        (0.5, -5, 4, "cannot tell"),
        (0.5, -4, 5, "cannot tell"),
        (0.5, 4, 6, "cannot tell"),
        (1, 0, 0, "no change"),
    ],
)
def test_one_comparison_alone(as_if, p: float, lower: float, upper: float, verdict: str) -> None:
    """Alone, a p value is its own correction, so nothing is merely likely."""
    told = as_if(replace(TOLD, p=p, lower=lower, upper=upper))
    assert told["verdict"].tolist() == [verdict]
    assert told["p_holm"].tolist() == [p]


@pytest.mark.parametrize(
    ("p", "verdict"), [(0.0249, "real change"), (0.025, "likely change"), (0.0499, "likely change")]
)
def test_of_two_comparisons_the_first_must_be_twice_as_sure(as_if, p: float, verdict: str) -> None:
    told = as_if(replace(TOLD, p=p), replace(TOLD, p=0.9))
    assert told["verdict"].tolist() == [verdict, "no change"]
    assert told["p_holm"].tolist() == [pytest.approx(2 * p), 0.9]


def test_without_a_per_cent_small_counts_never_say_no_change(as_if) -> None:
    told = as_if(replace(TOLD, percent=None, lower=-0.1, upper=0.1))
    assert told["verdict"].tolist() == ["cannot tell"]


@pytest.mark.parametrize(
    ("lower", "upper", "verdict"),
    [(-1.999, 1.999, "no change"), (-2, 1, "cannot tell"), (-1, 2, "cannot tell"), (-4, 4, "cannot tell")],
)
def test_shares_are_unchanged_within_two_points(
    monkeypatch: pytest.MonkeyPatch, lower: float, upper: float, verdict: str
) -> None:
    change = replace(TOLD, percent=None, lower=lower, upper=upper, dispersion=None)
    monkeypatch.setattr("analysis.verdicts.compare_shares", lambda *_: change)
    own = share(50, 100, 52, 100)
    assert judged([own])["verdict"].tolist() == [verdict]


def test_another_level_moves_the_whole_ladder(as_if, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.verdicts.compare_counts", lambda *_: replace(TOLD, p=0.05))
    for confidence, verdict in ((0.95, "no change"), (0.94, "real change"), (0.99, "no change")):
        assert judged([pair()], confidence=confidence)["verdict"].tolist() == [verdict]


def test_every_word_is_one_of_six() -> None:
    assert VERDICTS == ["real change", "likely change", "cannot tell", "no change", "not comparable", "no verdict"]


# --- Holm's family ----------------------------------------------------------------------------------------------------


def test_the_family_leaves_out_what_is_not_comparable_and_what_has_no_verdict() -> None:
    rows = [pair("a", 1000, 1200), pair("b", 1000, 900), pair("asb", 1000, 3000), pair("c", 5, 6, unit="hours")]
    told = judged(rows, [event()], dispersion=1).set_index("measure")
    assert told.loc[["asb", "c"], "p_holm"].isna().all()
    assert told.loc["asb", "p"] < 1e-9, "its own p stays, for whoever asks; nothing is claimed of it"
    alone = judged(rows[:2], dispersion=1).set_index("measure")
    pd.testing.assert_series_equal(told.loc[["a", "b"], "p_holm"], alone["p_holm"])


@pytest.mark.parametrize("against", ["previous", "baseline"])
def test_the_family_of_the_release_is_every_tested_comparable_row(against: str) -> None:
    """Holm by hand over the rows, totals and parts together: the k-th smallest p times how many are left."""
    own = release()
    told = changes(own.figures, own.measures, own.tables, own.events, own.statements, against)
    family = told[told["p"].notna() & (told["verdict"] != "not comparable")]
    assert set(told["family"]) == {len(family)}
    assert set(family.index) == set(told.index[told["p_holm"].notna()])
    highest = 0.0
    for left, (row, p) in zip(range(len(family), 0, -1), family["p"].sort_values().items(), strict=True):
        highest = max(highest, min(1.0, p * left))
        assert told.loc[row, "p_holm"] == pytest.approx(highest)
    shown = told[told["verdict"] == "likely change"]
    assert (shown["family"] == len(family)).all(), "whatever is filtered, the family stays"


# --- events -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "touched"),
    [
        (EARLIER[0] - 400 * DAY, False),
        (EARLIER[0], False),
        (EARLIER[0] + DAY, True),
        (EARLIER[1], True),
        (LATER[0], True),
        (LATER[1], True),
        (LATER[1] + DAY, False),
    ],
)
def test_a_permanent_event_separates_when_it_starts_after_the_first_day_and_by_the_last(
    start: pd.Timestamp, touched: bool
) -> None:
    told = judged([pair()], [event(**{"from": start})]).iloc[0]
    assert (told["verdict"] == "not comparable") == touched
    assert told["events"] == ("A break" if touched else "")
    assert told["caveat"] == ("A break." if touched else "")


GAP = {"earlier_start": pd.Timestamp("2018-07-01"), "earlier_end": pd.Timestamp("2019-06-30")}


@pytest.mark.parametrize(
    ("start", "end", "more", "touched"),
    [
        (EARLIER[0] - 30 * DAY, EARLIER[0] - DAY, {}, False),
        (EARLIER[0] - 30 * DAY, EARLIER[0], {}, True),
        (EARLIER[0], EARLIER[1], {}, True),
        (EARLIER[1], EARLIER[1], {}, True),
        (LATER[0], LATER[0], {}, True),
        (LATER[1], LATER[1] + DAY, {}, True),
        (LATER[1] + DAY, LATER[1] + 30 * DAY, {}, False),
        (EARLIER[0], LATER[1], {}, False),  # both wholly inside
        (EARLIER[0] - DAY, LATER[1] + DAY, {}, False),
        (EARLIER[0] + DAY, LATER[1], {}, True),
        (EARLIER[0], LATER[1] - DAY, {}, True),
        (pd.Timestamp("2019-07-01"), LATER[0] - DAY, GAP, False),  # between a baseline and the year
        (pd.Timestamp("2019-06-30"), LATER[0] - DAY, GAP, True),
        (pd.Timestamp("2019-07-01"), LATER[0], GAP, True),
    ],
)
def test_a_temporary_event_separates_when_it_overlaps_either_period_unless_both_lie_inside(
    start: pd.Timestamp, end: pd.Timestamp, more: dict[str, Any], touched: bool
) -> None:
    told = judged([pair(**more)], [event(**{"from": start, "to": end})])
    assert (told["verdict"] == "not comparable").tolist() == [touched]


@pytest.mark.parametrize(
    ("named", "touched"),
    [
        ("asb", True), ("other asb", True), ("section:asb", True), ("basis:validated", True),
        ("asb_more", False), ("section:other", False), ("basis:reported", False), ("sb", False),
    ],
)  # fmt: skip
def test_an_event_touches_a_measure_by_its_id_its_section_or_its_basis(named: str, touched: bool) -> None:
    told = judged([pair()], [event(measures=named)], measures=[measure(basis="validated")])
    assert (told["verdict"] == "not comparable").tolist() == [touched]


def test_a_part_event_adds_its_caveat_and_changes_no_verdict() -> None:
    told = judged([pair(later=3000)], [event("A part", effect="part")]).iloc[0]
    assert told["verdict"] == "real change"
    assert (told["events"], told["broken_by"], told["caveat"]) == ("A part", "", "A part.")


def test_with_several_events_the_break_wins_and_every_caveat_is_shown_earliest_first() -> None:
    events = [
        event("Third", **{"from": LATER[0] + 60 * DAY}),
        event("First", effect="part", **{"from": LATER[0] + DAY}),
        event("Second", **{"from": LATER[0] + 30 * DAY}),
        event("Elsewhere", measures="other"),
    ]
    told = judged([pair(earlier=40, later=3000)], events).iloc[0]
    assert told["verdict"] == "not comparable"
    assert told["events"] == "First; Second; Third"
    assert told["broken_by"] == "Second; Third"
    assert told["caveat"] == "No per cent on a base under 50. First. Second. Third."
    assert told["better_or_worse"] == ""


def test_a_break_overrides_even_what_has_no_verdict() -> None:
    assert judged([pair(unit="hours")], [event()])["verdict"].tolist() == ["not comparable"]


# --- better or worse --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "later", "word"),
    [
        ("up_is_worse", 3000, "worse"), ("up_is_worse", 300, "better"), ("up_is_better", 3000, "better"),
        ("up_is_better", 300, "worse"), ("neither", 3000, ""), ("neither", 300, ""), ("up_is_worse", 1010, ""),
    ],
)  # fmt: skip
def test_better_or_worse_is_said_of_a_claimed_change_with_a_direction_only(
    direction: str, later: float, word: str
) -> None:
    told = judged([pair(later=later)], measures=[measure(direction=direction)]).iloc[0]
    assert (told["verdict"], told["better_or_worse"]) == ("cannot tell" if later == 1010 else "real change", word)


def test_a_likely_change_is_for_the_worse_too(as_if) -> None:
    told = as_if(replace(TOLD, p=0.04), replace(TOLD, p=0.9, difference=100))
    assert told["better_or_worse"].tolist() == ["worse", ""]


# --- where the dispersion comes from ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "asked", "used", "words"),
    [
        (math.nan, {}, 11.5, "by the rule"),
        (math.nan, {"factor": 2.0}, 23, "by the rule, times 2"),
        (3.0, {}, 3, "as set for the measure"),
        (3.0, {"factor": 0.5}, 1.5, "as set for the measure, times 0.5"),
        (1.0, {"factor": 0.5}, 1, "as set for the measure, times 0.5"),
        (3.0, {"dispersion": 0.7}, 0.7, "as the reader set it"),
        (math.nan, {"dispersion": 40.0, "factor": 2.0}, 40, "as the reader set it"),
    ],
)
def test_the_dispersion_and_its_origin_travel_with_the_result(
    own: float, asked: dict[str, float], used: float, words: str
) -> None:
    told = judged([pair()], measures=[measure(dispersion=own)], **asked).iloc[0]
    assert told["dispersion"] == used
    assert told["method"] == f"log rate ratio, variance {used:.3g} times the count (dispersion {words})"


def test_an_exact_test_says_nothing_of_dispersion() -> None:
    told = judged([pair(earlier=60, later=9)], measures=[measure(dispersion=7.0)]).iloc[0]
    assert (told["dispersion"], told["method"]) == (1, "exact test of the two counts given their sum")


def test_a_wider_dispersion_never_claims_more() -> None:
    own = release()
    claims = []
    for factor in (0.5, 1.0, 2.0):
        told = changes(
            own.figures, own.measures, own.tables, own.events, own.statements, "previous", factor=factor
        ).set_index(["measure", "breakdown"])
        claims.append(told["verdict"].isin(["real change", "likely change"]) & (told["unit"] == "count"))
    assert (claims[0] | ~claims[1]).all()
    assert (claims[1] | ~claims[2]).all()
    assert claims[0].sum() > claims[1].sum() > claims[2].sum()


# --- what has no verdict ----------------------------------------------------------------------------------------------


def share(x1: float, n1: float, x2: float, n2: float, **more: Any) -> dict[str, Any]:
    """A pair of shares with their bases, printed to one decimal."""
    first, second = round(x1 / n1 * 100, 1), round(x2 / n2 * 100, 1)
    bases = {"earlier_numerator": x1, "earlier_denominator": n1, "later_numerator": x2, "later_denominator": n2}
    printed = {"earlier_printed": f"{first}%", "later_printed": f"{second}%"}
    return pair(earlier=first, later=second, unit="percent") | printed | bases | more


def test_a_share_is_tested_on_its_own_printed_base() -> None:
    told = judged([share(300, 1000, 400, 1000)]).iloc[0]
    assert (told["verdict"], told["better_or_worse"]) == ("real change", "worse")
    assert told["difference"] == pytest.approx(10)
    assert pd.isna(told["percent"])
    assert pd.isna(told["dispersion"])


@pytest.mark.parametrize(
    "missing", ["earlier_numerator", "earlier_denominator", "later_numerator", "later_denominator"]
)
def test_a_share_without_a_base_has_no_verdict(missing: str) -> None:
    told = judged([share(300, 1000, 400, 1000, **{missing: math.nan})]).iloc[0]
    assert (told["verdict"], told["untested"]) == ("no verdict", "")
    assert (told["difference"], pd.isna(told["lower"]), pd.isna(told["p"])) == (10, True, True)


@pytest.mark.parametrize(
    ("printed", "value", "own"),
    [("30.0%", 30, True), ("30%", 30.4, True), ("29.9%", 29.9, False), ("30.04%", 30.04, False), ("31%", 31, False)],
)
def test_counts_that_do_not_give_the_share_are_not_its_base(printed: str, value: float, own: bool) -> None:
    told = judged([share(300, 1000, 400, 1000, earlier_printed=printed, earlier_value=value)]).iloc[0]
    assert (told["verdict"] == "real change") == own
    expected = "The counts printed for it do not give the printed share, so they are not its base."
    assert told["untested"] == ("" if own else expected)


@pytest.mark.parametrize(
    "unit", ["percent", "percentage_points", "seconds", "minutes", "hours", "days", "gbp", "gbp_thousand",
             "gbp_million", "per_1000", "grams", "kilograms", "rank", "not_stated"],
)  # fmt: skip
def test_averages_money_hours_ranks_and_bare_shares_have_no_verdict(unit: str) -> None:
    told = judged([pair(earlier=10, later=99, unit=unit)]).iloc[0]
    assert (told["verdict"], told["difference"]) == ("no verdict", 89)
    assert told[["percent", "lower", "upper", "p", "p_holm", "dispersion"]].isna().all()


def test_what_a_measure_says_is_untested_has_no_verdict_and_its_own_reason() -> None:
    reason = "A standing number, not events that happen."
    rows = [pair(later=9000), share(300, 1000, 400, 1000) | {"breakdown": "a=b"}]
    told = judged(rows, measures=[measure(untested=reason)])
    assert told["verdict"].tolist() == ["no verdict", "no verdict"]
    assert told["untested"].tolist() == [reason, reason]


def test_rolling_years_are_tested_on_what_is_new_and_shares_of_them_not_at_all() -> None:
    rows = [
        pair("a", 20000, 17000, new_months=3),
        pair("b", 9, 60, new_months=3),
        share(300, 1000, 400, 1000, new_months=3),
    ]
    told = judged(rows, dispersion=10).set_index("measure")
    assert told.loc["a", "verdict"] == "real change"
    assert told.loc["a", "method"].startswith("overlapping years, 3 of 12 months new, variance 10 times the count")
    assert told.loc["b", "verdict"] == "no verdict"
    assert told.loc["b", "untested"] == "A count under 10 over years that overlap is too small to tell what is new."
    assert told.loc["asb", "verdict"] == "no verdict"
    assert told.loc["asb", "untested"] == "Shares of years that overlap rest mostly on the same base."


def test_nothing_to_judge_is_an_empty_answer() -> None:
    own = release()
    none = find_pairs(own.figures[:0], own.measures, own.tables, "previous")
    told = judge(none, own.measures, own.events)
    assert told.empty
    assert {"verdict", "p_holm", "better_or_worse", "caveat"} <= set(told.columns)


# --- the published release --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["previous", "baseline"])
def told(request: pytest.FixtureRequest) -> pd.DataFrame:
    own = release()
    return changes(own.figures, own.measures, own.tables, own.events, own.statements, request.param)


def broken_measures() -> set[str]:
    """Every measure that an event with effect break names, straight from the files."""
    words = {
        word for row in text_frame("events").itertuples() if row.effect == "break" for word in row.measures.split()
    }
    return {
        row.id
        for row in text_frame("measures").itertuples()
        if words & {row.id, f"section:{row.section}", f"basis:{row.basis}"}
    }


def test_no_measure_with_a_break_is_ever_a_change(told: pd.DataFrame) -> None:
    """Every break of this release falls within both pairs of years, so all of them and no others are cut off."""
    assert set(told.loc[told["verdict"] == "not comparable", "measure"]) == set(told["measure"]) & broken_measures()
    assert set(told.loc[told["measure"].isin(broken_measures()), "verdict"]) == {"not comparable"}
    assert "drug_offences_validated" in broken_measures()
    assert "more_serious_violence_reported" in broken_measures()


def test_no_per_cent_on_a_base_under_fifty_and_none_of_a_share(told: pd.DataFrame) -> None:
    assert (
        told["percent"].notna() == ((told["unit"] == "count") & (told["earlier_value"] >= 50) & told["p"].notna())
    ).all()
    small = told[(told["unit"] == "count") & (told["earlier_value"] < 50) & told["p"].notna()]
    assert len(small) > 3
    assert small["caveat"].str.startswith("No per cent on a base under 50.").all()


def test_differences_are_those_of_the_unrounded_numbers(told: pd.DataFrame) -> None:
    for row in told.itertuples():
        if row.unit == "percent" and row.p == row.p:
            expected = (
                row.later_numerator / row.later_denominator - row.earlier_numerator / row.earlier_denominator
            ) * 100
        else:
            expected = row.later_value - row.earlier_value
        assert row.difference == pytest.approx(expected), row.measure
        if row.percent == row.percent:
            assert row.percent == pytest.approx((row.later_value - row.earlier_value) / row.earlier_value * 100)


def test_a_word_for_better_or_worse_needs_a_direction_and_a_claim(told: pd.DataFrame) -> None:
    said = told[told["better_or_worse"] != ""]
    assert set(said["verdict"]) <= {"real change", "likely change"}
    direction = text_frame("measures").set_index("id")["direction"]
    assert all(direction[row.measure] != "neither" for row in said.itertuples())
    claimed = told[told["verdict"].isin(["real change", "likely change"])]
    silent = claimed[claimed["better_or_worse"] == ""]
    assert all(direction[row.measure] == "neither" for row in silent.itertuples())


def test_only_counts_and_shares_with_a_base_are_tested(told: pd.DataFrame) -> None:
    tested = told[told["p"].notna()]
    assert set(tested["unit"]) == {"count", "percent"}
    assert tested.loc[tested["unit"] == "percent", "later_denominator"].notna().all()
    assert not (set(tested["measure"]) & {"speedwatch_groups", "speedwatch_volunteers", "confidence_q12"})


@pytest.mark.parametrize("status", ["open", "illustrative", "uploaded"])
def test_no_verdict_from_figures_that_are_not_published(status: str) -> None:
    own = release()
    for role in ("previous_12_months", "last_12_months", "baseline", "year", "wave"):
        figures = own.figures.assign(status=own.figures["status"].mask(own.figures["role"] == role, status))
        for against in ("previous", "baseline"):
            told = changes(figures, own.measures, own.tables, own.events, own.statements, against)
            used = set(zip(told["measure"], told["later_start"], strict=True))
            kept = own.figures[figures["status"] == "published"]
            assert used <= set(zip(kept["measure"], kept["period_start"], strict=True))
            if role == "last_12_months":
                assert not (told["role"] == "last_12_months").any()
    everything = own.figures.assign(status=status)
    assert changes(everything, own.measures, own.tables, own.events, own.statements, "previous").empty
