"""A mistyped input, and a print that is not its value: the root is told, not only what follows from it."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.audit import audit
from tests.analysis.audit.tables import derived, figure, frames, ids, statement, wide_row

CHANGE = "(a - b) / b * 100"


def crimes(burglary: int) -> dict[str, Any]:
    """A table of two rows and their totals, right but for one number that is typed in as given."""
    rows = [
        *wide_row("t", 1, 2221, burglary, 3499),
        *wide_row("t", 2, 568, 838, 824),
        *wide_row("t", 3, 2789, 3794, 4323),
    ]
    cells = []
    for row, (was, now) in {1: (2221, 2956), 2: (568, 838), 3: (2789, 3794)}.items():
        later, earlier, _ = ids("t", row)
        cells += [
            derived("t", row, "difference", f"{now - was:,}", "a - b", [later, earlier]),
            derived("t", row, "percent_change", f"{(now - was) / was * 100:.1f}%", CHANGE, [later, earlier]),
        ]
    total = derived("t", 3, "total", "3,794", "sum", [ids("t", 1)[0], ids("t", 2)[0]], figure_id=ids("t", 3)[0])
    return frames(rows, [*cells, total])


@pytest.mark.parametrize("typed", [2966, 2965, 29556, 295])
def test_one_mistyped_input_is_named_in_all_that_follow_from_it(typed: int) -> None:
    found = audit(crimes(typed))
    wrong = found[found["grade"] == "disagrees"]
    assert wrong["id"].tolist() == ["t.r1.difference", "t.r1.percent_change", "t.r3.total"]
    assert set(wrong["cause"]) == {
        f"a number it rests on looks mistyped: Row 1, the last 12 months, printed {typed:,}, is probably 2,956, which "
        "gives all that rest on it"
    }


def test_nothing_is_suspected_where_all_is_right() -> None:
    assert set(audit(crimes(2956))["grade"]) == {"agrees"}


def test_a_print_that_others_follow_from_is_not_called_mistyped() -> None:
    """The total is one too many, but its own change was worked out from it."""
    rows = [figure("t", 1, "last_12_months", 406), figure("t", 2, "last_12_months", 1377)]
    rows += [figure("t", 3, "last_12_months", 1784), figure("t", 3, "previous_12_months", 1534)]
    total = derived(
        "t", 3, "total", "1,784", "sum", ["t.r1.last_12_months", "t.r2.last_12_months"], figure_id=ids("t", 3)[0]
    )
    change = derived("t", 3, "percent_change", "16.3%", CHANGE, list(ids("t", 3)[:2]))
    alone = audit(frames(rows, [total])).set_index("id").loc["t.r3.total"]
    assert alone["cause"] == "one digit is mistyped: 4 for 3"
    leant_on = audit(frames(rows, [total, change])).set_index("id").loc["t.r3.total"]
    assert (leant_on["grade"], leant_on["cause"]) == ("disagrees", "")


@pytest.mark.parametrize(
    ("printed", "grade", "cause"),
    [
        ("33.1%", "agrees", ""), ("33.1 %", "agrees", ""), ("+33.1 per cent", "agrees", ""),
        ("33.1 pts", "unit slip", "percentage points are printed where a per cent belongs"),
        ("33.1 percentage points", "unit slip", "percentage points are printed where a per cent belongs"),
        (".331", "unit slip", "a ratio is printed where a per cent belongs: times 100 it is right"),
        ("33,1%", "cannot be checked", "this cannot be read as one number"),
        ("33.1%–34%", "cannot be checked", "this cannot be read as one number"),
        ("1 in 4", "cannot be checked", "this cannot be read as one number"),
        ("n/a", "cannot be checked", "this cannot be read as one number"),
        ("(33.1)%", "disagrees", "the sign is turned round"), ("(33.1%)", "disagrees", "the sign is turned round"),
    ],
)  # fmt: skip
def test_how_a_cell_may_be_written(printed: str, grade: str, cause: str) -> None:
    cell = derived("t", 1, "percent_change", printed, CHANGE, list(ids("t", 1)[:2]))
    row = audit(frames(wide_row("t", 1, 2221, 2956, 1), [cell])).set_index("id").loc["t.r1.percent_change"]
    assert (row["grade"], row["cause"]) == (grade, cause)


def test_a_value_that_its_print_does_not_hold() -> None:
    rows = [figure("t", 1, "last_12_months", 2956, "2,965"), figure("t", 2, "last_12_months", -175, "(175)")]
    said = [
        statement("wrong", "decrease of 8%", -7, "percent_change", "stands alone", unit="percent"),
        statement("right", "decrease of 7%", -7, "percent_change", "stands alone", unit="percent"),
        statement("words", "sixteen (6%) went", 16, "level", "stands alone"),
    ]
    place = {"section": "dogs", "measure": "", "area": "force", "group": "forces", "rank": 26, "of_how_many": 43,
             "first_is": "best", "period_start": None, "period_end": None, "claim": "", "where": "",
             "printed": "26th out of 42", "id": "place"}  # fmt: skip
    found = audit(frames(rows, statements=said, comparisons=[place]))
    told = found[found["kind"] == "print"].set_index("id")["cause"]
    assert told.to_dict() == {
        f"print.{name}": f"the value that was typed in, {value}, does not stand in the print; one of the two is mistyped"
        for name, value in {"t.r1.last_12_months": "2,956", "wrong": "-7", "place": "43"}.items()
    }


def test_an_area_that_is_divided_by_the_whole_forces_base() -> None:
    rows = [figure("t", 1, "previous_12_months", 76, measure="m1"), figure("t", 1, "last_12_months", 92, measure="m1")]
    asked = {"area": "town", "measure": "m1"}
    town = statement("town", "(50)", 50, "level", "stands alone", **asked)
    rise = statement("rise", "(13)", 13, "difference", "a - b", "town -", **asked)
    share = statement(
        "share", "17.1%", 17.1, "percent_change", "a / (b - a) * 100", "rise town", unit="percent", **asked
    )
    row = audit(frames(rows, statements=[town, rise, share])).set_index("id").loc["share"]
    assert (row["grade"], row["cause"]) == (
        "disagrees", "divided by the previous 12 months of the whole force (76), not by the area's own",
    )  # fmt: skip
