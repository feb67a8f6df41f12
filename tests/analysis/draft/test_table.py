"""A pasted table: read as it stands, its columns named, its derived cells recomputed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.printed import round_half_up
from analysis.draft import ROLES, TABLE_COLUMNS, check_table, pasted_table, propose_roles

MOTORING = """Motoring Offences\tPrevious 12 Months\tLast 12 Months\t12 Month Difference\t12 Month % Change\tBaseline (Apr 19 to Mar 20)\tBaseline Difference\t% Change From Baseline
Mobile Phone\t730\t1,086\t356\t48.8%\t653\t433\t59.3%
Seatbelt\t983\t993\t10\t1.0%\t832\t161\t19.4%
Total\t1,713\t2,079\t366\t21.4%\t1,485\t594\t40.0%"""


def check(text: str) -> pd.DataFrame:
    pasted = pasted_table(text)
    return check_table(pasted, propose_roles(pasted))


def roles(text: str) -> list[str]:
    return [role.role for role in propose_roles(pasted_table(text))]


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Crime\tPrevious\tLast\nArson\t1,401\t494\n",
        "| Crime | Previous | Last |\n|---|---:|---:|\n| Arson | 1,401 | 494 |",
        "Crime   Previous   Last\nArson   1,401      494",
        'Crime,Previous,Last\nArson,"1,401",494',
        "Crime\tPrevious\tLast\r\nArson\t1,401\t494\r\n\r\n",
    ],
)
def test_every_way_of_parting_cells(text: str) -> None:
    pasted = pasted_table(text)
    assert (pasted.headings, pasted.rows) == (("Crime", "Previous", "Last"), (("Arson", "1,401", "494"),))


def test_two_rows_of_headings_and_a_caption() -> None:
    pasted = pasted_table(
        "Speeding\n\tPrevious\tCurrent\t% change\n\tOct 20 to Sept 21\tOct 21 to Sept 22\t\nTickets\t40\t50\t25%"
    )
    assert pasted.caption == "Speeding"
    assert pasted.headings == ("", "Previous Oct 20 to Sept 21", "Current Oct 21 to Sept 22", "% change")


def test_short_rows_are_filled_and_years_may_head_columns() -> None:
    pasted = pasted_table("Crime\t2021\t2022\nArson\t4\nRape\t5\t6")
    assert pasted.headings == ("Crime", "2021", "2022")
    assert pasted.rows == (("Arson", "4", ""), ("Rape", "5", "6"))


@pytest.mark.parametrize("text", ["", "one line of words", "one\ntwo"])
def test_no_table_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="No table was found: paste at least two columns, with a tab between them"):
        pasted_table(text)


def test_a_table_too_large_is_refused() -> None:
    with pytest.raises(
        ValueError, match="The table has 41 columns and 1 rows: paste at most 40 columns and 1,000 rows"
    ):
        pasted_table("\t".join(["1"] * 41))


# --- roles ------------------------------------------------------------------------------------------------------------


def test_the_reports_own_headings() -> None:
    assert roles(MOTORING) == [
        "label", "earlier", "later", "difference", "per cent change", "baseline", "baseline difference",
        "per cent change from baseline",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Line\t2021/22\t2022/23\tChange\nPay\t10\t12\t2", ["label", "earlier", "later", "difference"]),
        ("Line\t2022/23\t2021/22\tChange\nPay\t12\t10\t2", ["label", "later", "earlier", "difference"]),
        ("Line\tBudget\tActual\tVariance\nPay\t10\t12\t2", ["label", "earlier", "later", "difference"]),
        ("Q\tJune 2022\tJanuary 2023\tChange\nQ1\t93%\t95%\t+2%", ["label", "earlier", "later", "difference"]),
        ("Wait\tShort\tLong\tTotal\nLast\t10\t20\t30", ["label", "part count", "part count", "total"]),
        ("Outcome\tNumber\t%\nA\t3\t30%\nB\t7\t70%\nTotal\t10\t100%", ["label", "number only", "share of total"]),
        (
            "Year\tLetters\tSecond\tRepeat %\n2016\t3317\t119\t3.6%\n2017\t5720\t189\t3.3%\n2018\t8191\t482\t5.9%",
            ["label", "number only", "number only", "share of another column"],
        ),
        (
            "Line\tThis year\tLast year\tChange\t%\nPay\t12\t10\t2\t20%",
            ["label", "later", "earlier", "difference", "per cent change"],
        ),
        ("Line\tTarget\tActual\tVariance\nPay\t80%\t84%\t+4 pp", ["label", "earlier", "later", "difference"]),
        ("Line\tYTD\tLast YTD\tChange\nPay\t80\t84\t-4", ["label", "later", "earlier", "difference"]),
        ("Team\tNumber\t%\nA\t12\t44%\nB\t10\t12%", ["label", "number only", "number only"]),
        ("A\t\t\t\nx\t40\t50\t10\ny\t70\t60\t-10\nz\t5\t9\t4", ["label", "earlier", "later", "difference"]),
    ],
)
def test_roles_from_headings_and_cells(text: str, expected: list[str]) -> None:
    assert roles(text) == expected
    assert set(expected) <= set(ROLES)


def test_the_reader_may_mend_a_role() -> None:
    pasted = pasted_table("Crime\tFirst\tSecond\tThird\nArson\t400\t500\t100")
    proposed = propose_roles(pasted)
    assert len(check_table(pasted, proposed)) == 0
    mended = [
        replace(role, role=name)
        for role, name in zip(proposed, ["label", "earlier", "later", "difference"], strict=True)
    ]
    assert list(check_table(pasted, mended)["grade"]) == ["agrees"]


def test_one_role_for_each_column() -> None:
    pasted = pasted_table(MOTORING)
    with pytest.raises(ValueError, match="The table has 8 columns; each needs one role, in their order"):
        check_table(pasted, propose_roles(pasted)[:-1])


# --- checking ---------------------------------------------------------------------------------------------------------


def test_one_finding_for_each_derived_cell_with_its_cause() -> None:
    found = check(MOTORING)
    assert list(found.columns) == TABLE_COLUMNS
    assert len(found) == 3 * 4 + 3  # four derived columns, and the three sums
    (wrong,) = found[found["result"] == "wrong"].itertuples()
    assert (wrong.label, wrong.heading, wrong.printed) == ("Mobile Phone", "% Change From Baseline", "59.3%")
    assert (wrong.recomputed, wrong.formula) == (66.3, "(a − b) ÷ b × 100")
    assert wrong.cause == "divided by “Previous 12 Months” (730) instead of “Baseline (Apr 19 to Mar 20)” (653)"
    assert "a = 1,086 (Mobile Phone, “Last 12 Months”)" in wrong.inputs


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("Q\tJune 2022\tJan 2023\tChange\nQ1\t63%\t68%\t+5%", ["unit slip"]),
        ("Q\tJune 2022\tJan 2023\tChange\nQ1\t63%\t68%\t5 points", ["agrees"]),
        ("Rate\tPrevious\tLast\t% Change\nA\t55.3%\t52.4%\t-2.9%\nB\t0.0%\t0.3%\t0.3%", ["unit slip", "unit slip"]),
        ("A\tPrevious\tLast\t% change\nx\t24.85\t21.49\t-0.14", ["unit slip"]),
        ("A\tPrevious\tLast\t% change\nx\t18.9\t14.9\t-21.1%", ["rounding"]),
        ("A\tPrevious\tLast\t% change\nx\t0\t5\tn/a\ny\t0\t5\t100%", ["cannot be checked", "cannot be checked"]),
        ("A\tPrevious\tLast\tChange\nx\t\t5\t5", ["cannot be checked"]),
        ("£'000\tBudget\tActual\tVariance\nPay\t100\t90\t10\nFuel\t50\t60\t(10)", ["agrees", "agrees"]),
        ("Crime\tLast\nA\t10\nB\t*\nC\t4\nTotal\t17", ["cannot be checked"]),
        ("Out\tNumber\tProportion\nA\t30\t80.7%\nB\t5\t14.3%\nTotal\t35\t", ["disagrees", "agrees", "agrees"]),
        ("£'000\tBudget\tActual\tVariance\nPay\t13,919\t12,504\t(1,414)", ["rounding"]),
        ("A\tPrevious\tLast\tChange\nx\t400\t500\t25%", ["agrees"]),
        ("Out\tNumber\t%\nA\t30\t85.7%\nB\t5\t14.3%\nLive\t14\t\nTotal\t49\t", ["agrees"] * 3),
    ],
)  # fmt: skip
def test_grades(text: str, grades: list[str]) -> None:
    assert list(check(text)["grade"]) == grades


@pytest.mark.parametrize(
    ("text", "row", "recomputed"),
    [
        ("Crime\tLast\nA\t4\nB\t5\nTotal\t10", 2, 9),
        ("Crime\tLast\nA\t4\nB\t5\nSum:\t10", 2, 9),
        ("Knife crime\tLast\nA\t40\nB\t50\nKnife crime\t97", 2, 90),
        ("\tBudget\tActual\nPay\t\t\nA\t10\t20\nB\t30\t40\n\t40\t61\nFuel\t1\t2\nTotal\t41\t62", 3, 60),
    ],
)
def test_a_wrong_total_is_found(text: str, row: int, recomputed: float) -> None:
    found = check(text)
    (wrong,) = found[found["result"] == "wrong"].itertuples()
    assert (wrong.row, wrong.recomputed, wrong.formula) == (row, recomputed, "the sum of its parts")


@pytest.mark.parametrize(
    "text",
    [
        "Outcome\tLast\nCharged\t11.7%\nOther\t25.4%\nTotal\t30.0%",
        "Crime\tAverage days\nA\t4\nB\t5\nTotal\t4.4",
        "Crime\tNumber\nA\t40\nB\t50\nAverage\t46",
        "January to March\t\nTotal sessions\t224\nTotal hours\t216 hours\nTotal volunteer hours\t566 hours",
        "All Conduct Matters\tPrevious\tLast\nAll Conduct Matters\t54\t113",
        "Area\tTeam\tLast\nNorth\tA\t40\n\tB\t50\n\tC\t70\nSouth\tD\t12",
        "Crime\tPrevious\tLast\nAll Crime\t100\t120\nCases\t30\t40\nConvictions\t20\t10",
    ],
)
def test_rows_that_nobody_adds_up(text: str) -> None:
    assert list(check(text)["result"]) == []


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Crime\tOther\tLast\tChange\nx\t400\t500\t90", "Say above which column is the earlier value."),
        ("Crime\tFirst\tSecond\tChange\nx\t400\t500\t90", "Say above which column is the earlier value and which column is the later value."),
        ("Crime\tLast\tOther\tBaseline Difference\nx\t400\t500\t90", "Say above which column is the baseline."),
        ("Crime\tPrevious\tLast\tChange\nx\t1,000\t1,766\t765,5\ny\t4\t5\t1", "This cannot be read as one number."),
        ("Crime\tPrevious\tLast\tChange\nx\t1,000\t1,766\tn/a\ny\t4\t5\t1", "No number is printed here."),
        ("Crime\tPrevious\tLast\tChange\nx\t1,000\t765,5\t4\ny\t4\t5\t1", "“765,5” cannot be read as one number."),
        ("Crime\tPrevious\tLast\tChange\nx\t\t5\t5\ny\t4\t5\t1", "The table does not print what it rests on."),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_checked_says_what_is_missing(text: str, cause: str) -> None:
    found = check(text).iloc[0]
    assert (found["result"], found["cause"]) == ("not checkable", cause)


# --- any table --------------------------------------------------------------------------------------------------------

_COUNTS = st.integers(1, 99_999)
_TABLES = st.lists(st.tuples(_COUNTS, _COUNTS, _COUNTS), min_size=2, max_size=4)
_FEWER = settings(max_examples=settings.default.max_examples // 2)  # a table holds many numbers


def _table(rows: list[tuple[int, int, int]], places: int) -> list[list[str]]:
    """A correct table of the report's form, with a total, its per cents rounded half up to some places."""
    total = tuple(sum(column) for column in zip(*rows, strict=True))
    lines = [
        [
            "Crime",
            "Previous 12 Months",
            "Last 12 Months",
            "Difference",
            "% Change",
            "Baseline",
            "Baseline Difference",
            "% Change from Baseline",
        ]
    ]
    for name, (earlier, later, base) in [
        *((f"Kind {chr(65 + n)}", row) for n, row in enumerate(rows)),
        ("Total", total),
    ]:
        changes = [
            f"{float(round_half_up(Fraction(later - each, each) * 100, places)):.{places}f}%"
            for each in (earlier, base)
        ]
        lines.append([
            name, f"{earlier:,}", f"{later:,}", f"{later - earlier:,}", changes[0], f"{base:,}", f"{later - base:,}", changes[1],
        ])  # fmt: skip
    return lines


def _text(lines: list[list[str]]) -> str:
    return "\n".join("\t".join(line) for line in lines)


@_FEWER
@given(_TABLES, st.integers(0, 3))
def test_a_correct_table_never_disagrees(rows: list[tuple[int, int, int]], places: int) -> None:
    found = check(_text(_table(rows, places)))
    assert len(found) == 4 * (len(rows) + 1) + 3
    assert set(found["grade"]) == {"agrees"}


@_FEWER
@given(_TABLES, st.integers(0, 1), st.data())
def test_one_planted_error_gives_exactly_one_finding(
    rows: list[tuple[int, int, int]], places: int, data: st.DataObject
) -> None:
    lines = _table(rows, places)
    row = data.draw(st.integers(1, len(rows)), label="row")
    column = data.draw(st.sampled_from([3, 4, 6, 7]), label="column")
    number = float(lines[row][column].replace(",", "").rstrip("%"))
    lines[row][column] = f"{number + 7:.{places}f}%" if column in (4, 7) else f"{int(number) + 7:,}"
    found = check(_text(lines))
    wrong = found[found["result"] == "wrong"]
    assert [(each.row, each.column) for each in wrong.itertuples()] == [(row - 1, column)]


@_FEWER
@given(_TABLES, st.sampled_from([1, 2, 5]))
def test_a_planted_error_in_a_total_is_found(rows: list[tuple[int, int, int]], column: int) -> None:
    lines = _table(rows, 1)
    lines[-1][column] = f"{int(lines[-1][column].replace(',', '')) + 1000:,}"
    found = check(_text(lines))
    assert (len(rows), column) in {
        (each.row, each.column) for each in found[found["grade"] == "disagrees"].itertuples()
    }


_CELLS = st.sampled_from(
    [
        "",
        "Total",
        "4",
        "12%",
        "(5)",
        "↓ 3",
        "£4m",
        "n/a",
        "Previous",
        "% change",
        "2022",
        "Baseline",
        "Change",
        "0",
        "%",
    ]
)


@given(st.one_of(
    st.text(max_size=120),
    st.lists(st.lists(_CELLS, min_size=1, max_size=6).map("\t".join), max_size=7).map("\n".join),
    st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5).map("\t".join), max_size=5).map("\n".join),
))  # fmt: skip
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        pasted = pasted_table(text)
    except ValueError as problem:
        assert str(problem).startswith("No table was found")
        return
    assert all(len(row) == pasted.width for row in pasted.rows)
    found = check_table(pasted, propose_roles(pasted))
    assert not found.duplicated(["row", "column"]).any()
