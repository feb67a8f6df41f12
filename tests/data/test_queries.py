"""Counts and sums of respondents: the same on DuckDB and SQLite, and the same as a plain loop over the rows."""

from __future__ import annotations

import itertools
from collections import defaultdict
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine import ENGINES, attach, connect
from data.errors import DataError
from data.queries import Measure, answer_counts, sample_design, weighted_sums

EXAMPLES = max(20, settings.default.max_examples // 25)  # each asks two engines several times
QUESTIONS = {"Q1": "first", "Q2": "second"}
TOP, NET = {"Yes": 1.0, "No": 0.0}, {"Yes": 1.0, "No": -1.0, 'It\'s "so-so"': 0.0}
MEASURES = [Measure("Q1", "top", TOP), Measure("Q1", "net", NET), Measure("Q2", "top", TOP)]
MEASURES += [Measure("Q2", "dont_know", {"Yes": 0, "No": 0, "Don't know": 1})]

answers = st.one_of(st.none(), st.sampled_from(["Yes", "No", 'It\'s "so-so"', "Don't know"]))
respondents = st.lists(
    st.fixed_dictionaries(
        {
            "first": answers,
            "second": answers,
            "Area": st.one_of(st.none(), st.sampled_from(["N", "S"])),
            "area 2": st.sampled_from(["a", "b"]),
            "w": st.one_of(st.none(), st.floats(0.01, 50)),
            "s": st.sampled_from(["x", "y"]),
            "street": st.integers(1, 3),
        }
    ),
    min_size=1,
    max_size=30,
)
TYPES = {"first": "str", "second": "str", "Area": "str", "area 2": "str", "w": "float64", "s": "str", "street": "int64"}

Row = dict[str, Any]
Sums = dict[tuple[Any, ...], tuple[float, ...]]


@cache
def backend(engine: str) -> Any:
    """One engine for all examples: opening it would take longer than asking it."""
    return connect(engine)


def frame_of(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def keyed(frame: pd.DataFrame, keys: list[str]) -> Sums:
    """A result as a mapping from its keys, missing ones as None, to its numbers."""
    plain = frame.astype(object).where(frame.notna(), None)
    numbers = [name for name in frame.columns if name not in keys]
    found = {tuple(row[keys]): tuple(map(float, row[numbers])) for _, row in plain.iterrows()}
    assert len(found) == len(frame), "no cell stands twice"
    return found


def same(found: Sums, wanted: Sums) -> None:
    assert found.keys() == wanted.keys()
    for key in wanted:
        assert found[key] == pytest.approx(wanted[key], rel=1e-9, abs=1e-9), key


def looped_counts(rows: list[Row], by: list[str], weight: str | None) -> Sums:
    found: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (question, column), row in itertools.product(QUESTIONS.items(), rows):
        w = 1.0 if weight is None else row[weight]
        if w is not None:
            cell = found[question, *(row[name] for name in by), row[column]]
            for place, number in enumerate((1, w, w * w)):
                cell[place] += number
    return {key: tuple(cell) for key, cell in found.items()}


def looped_sums(rows: list[Row], by: list[str], weight: str | None, cluster: str | None) -> Sums:
    """n, sum w, w2, wy, PSUs, and the sums over PSUs of the products of their totals."""
    bases: dict[tuple[Any, ...], list[tuple[Any, float, float]]] = defaultdict(list)
    for measure, (number, row) in itertools.product(MEASURES, enumerate(rows)):
        w, answer = 1.0 if weight is None else row[weight], row[QUESTIONS[measure.question]]
        if w is not None and answer in measure.values:
            key = (measure.question, measure.name, *(row[name] for name in by))
            bases[key].append((row[cluster] if cluster else number, w, measure.values[answer]))
    found = {}
    for key, base in bases.items():
        psus = {psu: [w for p, w, _ in base if p == psu] for psu, _, _ in base}
        totals = {psu: (sum(psus[psu]), sum(w * y for p, w, y in base if p == psu)) for psu in psus}
        found[key] = (
            len(base),
            sum(w for _, w, _ in base),
            sum(w * w for _, w, _ in base),
            sum(w * y for _, w, y in base),
            len(psus),
            sum(w * w for w, _ in totals.values()),
            sum(w * y for w, y in totals.values()),
            sum(y * y for _, y in totals.values()),
        )
    return found


@settings(max_examples=EXAMPLES)
@given(respondents, st.sampled_from([[], ["Area"], ["area 2", "Area"]]), st.sampled_from([None, "w"]))
def test_answer_counts(rows: list[Row], by: list[str], weight: str | None) -> None:
    for engine in ENGINES:
        found = answer_counts(attach(frame_of(rows), backend(engine)), QUESTIONS, by=by, weight=weight)
        same(keyed(found, ["question", *by, "answer"]), looped_counts(rows, by, weight))


@settings(max_examples=EXAMPLES)
@given(
    respondents,
    st.sampled_from([[], ["Area"]]),
    st.sampled_from([None, "w"]),
    st.sampled_from([None, "s"]),
    st.sampled_from([None, "street"]),
)
def test_weighted_sums(
    rows: list[Row], by: list[str], weight: str | None, stratum: str | None, cluster: str | None
) -> None:
    wanted = looped_sums(rows, [*by, *([stratum] if stratum else [])], weight, cluster)
    for engine in ENGINES:
        table = attach(frame_of(rows), backend(engine))
        found = weighted_sums(table, QUESTIONS, MEASURES, by=by, weight=weight, stratum=stratum, cluster=cluster)
        same(keyed(found, ["question", "measure", *by, *(["stratum"] if stratum else [])]), wanted)


@settings(max_examples=EXAMPLES)
@given(respondents, st.sampled_from([None, "w"]), st.sampled_from([None, "s"]), st.sampled_from([None, "street"]))
def test_sample_design(rows: list[Row], weight: str | None, stratum: str | None, cluster: str | None) -> None:
    strata = defaultdict(list)
    for number, row in enumerate(rows):
        if weight is None or row[weight] is not None:
            strata[(row[stratum],) if stratum else ()].append(row[cluster] if cluster else number)
    if not stratum:
        strata.setdefault((), [])
    wanted = {key: (float(len(psus)), float(len(set(psus)))) for key, psus in strata.items()}
    for engine in ENGINES:
        table = attach(frame_of(rows), backend(engine))
        found = sample_design(table, weight=weight, stratum=stratum, cluster=cluster)
        assert found.pop("population").isna().all()
        same(keyed(found, ["stratum"] if stratum else []), wanted)


# --- what a missing cell must never be ------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_answer_is_not_a_no(engine: str) -> None:
    rows = attach(pd.DataFrame({"q": ["Yes", None, None, "No"], "w": [1.0, 5.0, 7.0, 1.0]}), connect(engine))
    [sums] = weighted_sums(rows, {"Q": "q"}, [Measure("Q", "top", TOP)], weight="w").to_dict("records")
    assert (sums["n"], sums["sum_w"], sums["sum_wy"]) == (2, 2.0, 1.0)
    assert answer_counts(rows, {"Q": "q"}, weight="w")["n"].tolist() == [1, 1, 2]


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_as_answers_and_names_like_our_own_are_taken(engine: str) -> None:
    frame = pd.DataFrame({"g0": [5, 5, 1], "W": ["x", "y", "x"], "place": [1.0, 1.0, 2.0]})
    rows = attach(frame, connect(engine))
    sums = weighted_sums(rows, {"a'b": "g0"}, [Measure("a'b", "top", {"5": 1, "1": 0})], by=["W"], weight="place")
    assert sums[["question", "W", "n", "sum_wy"]].to_numpy().tolist() == [["a'b", "x", 2, 1.0], ["a'b", "y", 1, 1.0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_in_the_base_is_no_row(engine: str) -> None:
    rows = attach(pd.DataFrame({"q": ["Refused"], "w": [1.0]}), connect(engine))
    assert weighted_sums(rows, {"Q": "q"}, [Measure("Q", "top", TOP)], weight="w", cluster="w").empty
    nobody = attach(frame_of([]), connect(engine))
    assert answer_counts(nobody, QUESTIONS, by=["Area"], weight="w").empty
    assert weighted_sums(nobody, QUESTIONS, MEASURES).empty


def test_rows_come_in_the_order_asked_for_then_by_group() -> None:
    frame = pd.DataFrame({"q": ["Yes", "No", "Yes"], "area": ["S", "N", None]})
    measures = [Measure("Q2", "top", TOP), Measure("Q1", "top", TOP), Measure("Q1", "net", NET)]
    found = weighted_sums(attach(frame), {"Q2": "q", "Q1": "q"}, measures, by=["area"])
    named = found[["question", "measure", "area"]].fillna("-").agg("/".join, axis=1)
    assert list(named)[:4] == ["Q2/top/N", "Q2/top/S", "Q2/top/-", "Q1/top/N"]
    assert list(named)[6:] == ["Q1/net/N", "Q1/net/S", "Q1/net/-"]


@pytest.mark.parametrize("engine", ENGINES)
def test_more_questions_than_are_asked_at_once(engine: str) -> None:
    frame = pd.DataFrame({f"q{number}": ["Yes", "No"] for number in range(130)})
    counts = answer_counts(attach(frame, connect(engine)), {name: name for name in frame.columns})
    assert len(counts) == 260
    assert (counts["n"] == 1).all()


# --- mistakes -------------------------------------------------------------------------------------------------------


def test_columns_that_cannot_be_asked_for_are_told_together() -> None:
    rows = attach(pd.DataFrame({"q": ["Yes"], "n": ["a"], "w": [1.0]}))
    with pytest.raises(DataError) as told:
        answer_counts(rows, {"Q": "Q"}, by=["n", "area"], weight="W")
    assert told.value.problems == [
        "There is no column 'area'.",
        "There is no column 'Q'.",
        "There is no column 'W'.",
        "Column 'n' is named like one of the results. Give it another name.",
    ]
    with pytest.raises(DataError, match=r"^There is no column 'street'\.$"):
        weighted_sums(rows, {"Q": "q"}, [Measure("Q", "top", TOP)], cluster="street")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_design_with_gaps_is_told(engine: str) -> None:
    frame = pd.DataFrame({"s": ["x", None, "x"], "street": [1, None, None], "size": [10.0, None, 12.0], "w": [1.0] * 3})
    with pytest.raises(DataError) as told:
        sample_design(attach(frame, connect(engine)), weight="w", stratum="s", cluster="street", population="size")
    assert told.value.problems == [
        "1 of the respondents have no stratum in column 's'. Give each one, or set them aside.",
        "2 of the respondents have no cluster in column 'street'. Give each one, or set them aside.",
        "1 of the respondents have no population in column 'size'. Give each one, or set them aside.",
        "A stratum has more than one size in column 'size'. Give each stratum one.",
    ]


def test_columns_that_differ_by_capitals_alone_are_told() -> None:
    with pytest.raises(DataError) as told:
        attach(pd.DataFrame({"Q1": [1], "q1": [2]}))
    assert told.value.problems == ["The columns 'Q1' and 'q1' differ only by capitals. Rename one of them."]


@pytest.mark.parametrize("engine", ENGINES)
def test_text_is_never_taken_for_a_weight(engine: str) -> None:
    rows = attach(pd.DataFrame({"q": ["Yes"], "w": ["secret"]}), connect(engine))
    told = "^Column 'w' holds no numbers. Say in the profile how its numbers are written.$"
    for ask in (
        lambda: answer_counts(rows, {"Q": "q"}, weight="w"),
        lambda: weighted_sums(rows, {"Q": "q"}, [Measure("Q", "top", TOP)], weight="w"),
        lambda: sample_design(rows, population="w"),
    ):
        with pytest.raises(DataError, match=told):
            ask()


def test_measures_that_would_be_lost_or_counted_twice_are_refused() -> None:
    rows = attach(pd.DataFrame({"q": ["Yes"]}))
    with pytest.raises(ValueError, match=r"^The measure top is of question Q9, which is not asked for\.$"):
        weighted_sums(rows, {"Q": "q"}, [Measure("Q9", "top", TOP)])
    with pytest.raises(ValueError, match=r"^Two measures of question Q are named top\.$"):
        weighted_sums(rows, {"Q": "q"}, [Measure("Q", "top", TOP), Measure("Q", "top", NET)])
    with pytest.raises(ValueError, match=r"^There is nothing to count: no question is given\.$"):
        answer_counts(rows, {})
