"""What is told of a printed table: the figures that its sentence rests on, its parts by their names, its definitions."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from analysis.changes import changes
from analysis.definitions import definitions_of, methods_of, touching, words_used
from analysis.section_told import missing_rows, national_rows, place_rows, promise_rows, text_rows
from analysis.table_told import TableTold, printed_in, table_told
from tests.published import release, text_frame


@cache
def judged() -> pd.DataFrame:
    shown = release()
    return changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements)


def told(table: str, *doubtful: str) -> TableTold:
    return table_told(release().frames(), table, judged(), doubtful)


@pytest.mark.parametrize("table", text_frame("tables")["id"].tolist())
def test_every_table_is_told_with_figures_that_it_prints(table: str) -> None:
    """The numbers of the sentence are those of the figures it names."""
    own = told(table)
    assert own.sentence
    assert own.ids, "a sentence that cannot be traced"
    assert set(own.ids) <= set(printed_in(release().frames(), table))
    prints = text_frame("figures").set_index("figure_id")["printed"]
    for name in own.ids:
        if name in prints:
            digits = prints[name].strip("% £").replace(",", "")
            assert digits.rstrip("0").rstrip(".") in own.sentence.replace(",", ""), name


def test_parts_across_the_top_are_called_by_their_own_names() -> None:
    assert told("abandoned_101_waits").contributions["row_label"].tolist() == [
        "0-93 s", "94 s-5 min", "5-10 min", "10-20 min", "20 min or more",
    ]  # fmt: skip


def test_rows_carry_verdicts_and_the_mark_of_the_check() -> None:
    rows = told("asb", "asb.total.baseline").rows
    assert rows["Verdict"].str.len().gt(0).all()
    assert rows.to_csv().count("[check]") == int("asb.total.baseline" in set(release().figures["figure_id"]))


def test_ranges_are_told_without_charts() -> None:
    own = told("confidence_by_team")
    assert (own.first, own.drawn) == ("Question", [])
    assert set(own.ids) == set(release().ranges.loc[release().ranges["table"] == "confidence_by_team", "id"])


MEASURES = pd.DataFrame(
    {"id": ["dogs"], "title": ["Lost dogs"], "section": ["pets"], "basis": ["validated"], "unit": ["count"],
     "definition": ["Dogs that are lost."], "notes": [""], "direction": ["up_is_worse"], "direction_reason": ["Sad."]}
)  # fmt: skip
EVENTS = pd.DataFrame(
    {"title": ["Later", "Earlier", "Elsewhere"], "measures": ["section:pets", "basis:validated", "cats"],
     "note": ["B.", "A.", "C."], "from": pd.to_datetime(["2022-06-01", "2022-01-01", "2021-01-01"])}
)  # fmt: skip


def test_definitions_end_with_the_events_that_touch_a_measure_in_order_of_time() -> None:
    assert definitions_of(MEASURES, EVENTS) == [
        ("Lost dogs", " (count, validated crime). Dogs that are lost. More is worse. Sad."),
        ("Event: Earlier.", " A."),
        ("Event: Later.", " B."),
    ]
    assert touching(EVENTS, MEASURES.iloc[:0]).empty


def test_methods_are_told_only_where_something_was_tested() -> None:
    rows = pd.DataFrame({"p": [0.1, None], "method": ["exact test", "x"], "family": [3, 3]})
    assert methods_of(rows)[0][1].endswith("Exact test. Corrected for 3 comparisons by Holm's method.")
    assert methods_of(rows.iloc[1:]) == []


def test_words_are_found_in_any_case_and_abbreviations_in_capitals() -> None:
    frames = {
        "measures": MEASURES, "sections": pd.DataFrame({"id": ["pets"], "title": ["Pets"]}),
        "explanations": pd.DataFrame({"section": [], "text": []}),
        "glossary": pd.DataFrame({"term": ["Dog", "ARE", "Ape"], "meaning": "m", "where": "w"}),
    }  # fmt: skip
    assert words_used(frames, "pets", ["said"])["row_label"].tolist() == ["Dog"]
    assert words_used(frames, "pets", pd.Series(["an ape"]))["row_label"].tolist() == ["Dog", "Ape"]


def test_rows_beside_tables() -> None:
    shown = release()
    assert "Value" not in place_rows(shown.comparisons[shown.comparisons["section"] == "contact"])
    quoted = text_rows(shown.statements.head(2), shown.ranges.iloc[:0], [shown.statements["id"].iloc[1]])
    assert [print_.endswith("[check]") for print_ in quoted["As printed"]] == [False, True]
    assert list(promise_rows(shown.commitments.head(1)).columns) == ["row_label", "By when", "Status", "Where"]
    assert set(missing_rows(shown.not_in_report)["Why it is not here"]) == {"only a picture", "not in the report"}
    values = pd.DataFrame(
        {"measure": ["a", "a"], "name": ["A", "A: b"], "is_part": [False, True], "Latest": ["1", "2"]}
    )
    nation = pd.DataFrame(
        {
            "title": ["T", "U"],
            "measures": ["a", "z"],
            "order": [1, 2],
            "national_source": "",
            "local_proxy": "",
            "gap": "",
        }
    )
    assert national_rows(nation, values)["Latest value"].tolist() == ["A 1", "no figure in the report"]
