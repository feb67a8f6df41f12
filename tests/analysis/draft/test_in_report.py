"""The numbers of a draft looked up among the published ones: as printed, doubtful there, or another number there."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.draft import RESULTS, TEXT_COLUMNS, check_paragraph, find_numbers

NOTHING = "Nothing was found in the text that gives it."

PUBLISHED = pd.DataFrame(
    {
        "measure": ["knife", "knife", "answer", "rape"],
        "title": ["Knife crime (validated)", "Knife crime (validated)", "Time to answer 999 calls", "Rape (reported)"],
        "value": [859.0, 682.0, 21.49, 1190.0],
        "unit": ["count", "count", "seconds", "count"],
        "printed": ["859", "682", "21.49", "1,190"],
        "figure_id": ["knife.last", "knife.previous", "answer.last", "rape.last"],
        "where": ["section 4.2", "section 4.2", "section 3.1", "section 6"],
        "period_start": pd.to_datetime(["2022-04-01", "2021-04-01", "2022-04-01", "2022-04-01"]),
        "period_end": pd.to_datetime(["2023-03-31", "2022-03-31", "2023-03-31", "2023-03-31"]),
        "area": ["force"] * 4,
    }
)


@pytest.mark.parametrize(
    ("text", "grade", "why"),
    [
        ("Knife crimes stood at 859.", "agrees", "it is as the report prints it (section 4.2)"),
        ("We took 21 seconds as the time to answer 999 calls.", "agrees", "it is as the report prints it but for its places (21.49) (section 3.1)"),
        ("Knife crime stood at 895.", "cannot be checked", "The report prints 859 for the 12 months to March 2023."),
        ("Gun crime stood at 859.", "cannot be checked", NOTHING),
        ("Knife crime has 40 volunteers.", "cannot be checked", NOTHING),
        ("Rape stood at 1,191.", "cannot be checked", NOTHING),
    ],
)  # fmt: skip
def test_a_number_is_looked_up_where_its_sentence_names_the_measure(text: str, grade: str, why: str) -> None:
    found = check_paragraph(text, PUBLISHED)
    row = found[found["grade"] != ""].iloc[0]
    assert (row["grade"], row["why"]) == (grade, why)


def looked_up(
    text: str, *rows: tuple[float, str, str, str, bool], title: str = "999 calls (received)"
) -> list[tuple[str, str]]:
    """Result and reason of each figure, held against rows of value, unit, print, role and whether it is doubtful."""
    published = pd.DataFrame(list(rows), columns=["value", "unit", "printed", "role", "doubtful"]).assign(
        measure="m", title=title, where="section 3", period_start=pd.Timestamp("2022-04-01"),
        period_end=pd.Timestamp("2023-03-31"),
    )  # fmt: skip
    found = check_paragraph(text, published)
    return [(row.result, row.why) for row in found[found["grade"] != ""].itertuples()]


def test_a_number_that_the_report_check_marks_is_not_called_checked() -> None:
    marked = ("not checkable", "it stands in the report (section 3), but the check of the report marks it there")
    rows = [(10911.0, "count", "10,911", "last_12_months", True), (0.0, "count", "0", "last_12_months", False)]
    assert looked_up("Serious violence stood at 10,911.", *rows, title="Serious violence") == [marked]
    again = (10911.0, "count", "10,911", "statement", False)
    assert looked_up("Serious violence stood at 10,911.", again, *rows, title="Serious violence") == [marked]


DERIVED = [
    (227486.0, "count", "227486", "last_12_months", False), (-16529.0, "count", "↓ 16529", "difference", False),
    (-7.84, "percent", "-7.84 %", "percent_change", False), (8.0, "percent", "8%", "statement", False),
]  # fmt: skip


def test_a_change_is_known_among_the_changes_of_the_report() -> None:
    assert looked_up("999 calls fell by 16,529.", *DERIVED) == [
        ("checked", "it is as the report prints it (section 3)")
    ]
    assert looked_up("999 calls fell by 7.8%.", *DERIVED) == [
        ("checked", "it is as the report prints it but for its places (-7.84 %) (section 3)")
    ]
    assert looked_up("999 calls rose by 16,529.", *DERIVED) == [("not checkable", NOTHING)]
    assert looked_up("999 calls rose by 227,486.", *DERIVED) == [("not checkable", NOTHING)]


def test_a_print_with_fewer_places_is_no_other_number() -> None:
    assert looked_up("For 999 calls it was 7.8%.", DERIVED[3], title="999 calls received")[0] == (
        "not checkable",
        NOTHING,
    )
    assert looked_up("For 999 calls it was 7.8%.", DERIVED[3]) == [
        ("not checkable", "The report prints it with fewer places: 8% (section 3).")
    ]


def test_published_numbers_need_their_columns() -> None:
    with pytest.raises(ValueError, match="The published numbers have no column printed, where"):
        check_paragraph("1", PUBLISHED.drop(columns=["printed", "where"]))


_WORDS = st.sampled_from(
    ["from ", "to ", "up ", "by ", "an increase of ", "compared with ", "of ", "(", ")", ", ", ". ", "a day", "12", "421",
     "466 ", "10.7% ", "£5m ", "one in four ", "15th out of 42 ", "between ", "and ", "remaining ", "doubled ", "-5% ",
     "0 ", "0% ", "average of ", "in the year ", "the ", "\n", ": ", "nine ", "/ "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=150), st.lists(_WORDS, max_size=30).map("".join)))
def test_every_number_of_any_text_has_one_line(text: str) -> None:
    found = check_paragraph(text, PUBLISHED)
    assert list(found.columns) == TEXT_COLUMNS
    assert [(row.start, row.end) for row in found.itertuples()] == [(n.start, n.end) for n in find_numbers(text)]
    assert set(found["result"]) <= set(RESULTS)
