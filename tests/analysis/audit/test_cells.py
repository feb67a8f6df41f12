"""Table cells: right ones are never accused, whatever their rounding, and each slip is found with its cause."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.audit.cells import check_cells
from analysis.audit.findings import Finding
from analysis.audit.sheet import frames_of
from tests.analysis.audit.tables import derived, figure, frames, ids, wide_row

WAYS = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])
PLACES = st.integers(min_value=0, max_value=3)
COUNTS = st.integers(min_value=1, max_value=200_000)


def in_print(value: Fraction, places: int, way: str) -> str:
    """A number rounded by other code than ours."""
    exactly = (
        Decimal(value.numerator) / Decimal(value.denominator) if value.denominator != 1 else Decimal(value.numerator)
    )
    return f"{exactly.quantize(Decimal(1).scaleb(-places), rounding=way):,}"


def checked(parts: list[dict], cells: list[dict], **more: Any) -> list[Finding]:
    """The findings of the derived cells of a small release."""
    small = frames(parts, cells, **more)
    return check_cells(small["as_published"], small["tables"], frames_of(small))


def cell(*parts: dict, printed: str, formula: str, kind: str, inputs: list[str], **more: Any) -> Finding:
    """The finding of one derived cell beside some figures."""
    [found] = checked(list(parts), [derived("t", 1, kind, printed, formula, inputs)], **more)
    return found


# --- what is right -----------------------------------------------------------------------------------------------------


@given(COUNTS, COUNTS, COUNTS, PLACES, WAYS)
def test_right_cells_are_never_accused(previous: int, last: int, baseline: int, places: int, way: str) -> None:
    now, before, base = ids("t", 1)
    changes = {
        "difference": (Fraction(last - previous), "a - b", [now, before], 0, ""),
        "percent_change": (Fraction(last - previous, previous) * 100, "(a - b) / b * 100", [now, before], places, "%"),
        "baseline_difference": (Fraction(last - baseline), "a - b", [now, base], 0, ""),
        "baseline_percent": (Fraction(last - baseline, baseline) * 100, "(a - b) / b * 100", [now, base], places, "%"),
        "share": (Fraction(last, last + previous) * 100, "a / (a + b) * 100", [now, before], places, "%"),
        "total": (Fraction(last + previous + baseline), "sum", [now, before, base], 0, ""),
    }
    printed = [
        derived("t", 1, kind, in_print(value, digits, way) + sign, formula, inputs)
        for kind, (value, formula, inputs, digits, sign) in changes.items()
    ]
    grades = [each.grade for each in checked(wide_row("t", 1, previous, last, baseline), printed)]
    assert len(grades) == len(changes)
    assert set(grades) <= ({"agrees", "rounding"} if way == ROUND_DOWN else {"agrees"})


@given(
    st.decimals(min_value="0.01", max_value=999, places=4, allow_nan=False),
    st.decimals(min_value="0.01", max_value=999, places=4, allow_nan=False),
    st.integers(min_value=0, max_value=2),
    PLACES,
)
def test_changes_worked_out_before_rounding_are_never_accused(
    last: Decimal, previous: Decimal, input_places: int, places: int
) -> None:
    """Averages are printed rounded, and their changes come from the unrounded ones."""
    printed = [in_print(Fraction(value), input_places, ROUND_HALF_UP) for value in (last, previous)]
    shown = [float(text.replace(",", "")) for text in printed]
    assume(shown[1] > 0)
    parts = [
        figure("t", 1, role, value, text, unit="minutes")
        for role, value, text in zip(("last_12_months", "previous_12_months"), shown, printed, strict=True)
    ]
    exact = Fraction(last - previous) / Fraction(previous) * 100
    now, before, _ = ids("t", 1)
    cells = [
        derived(
            "t", 1, "difference", in_print(Fraction(last - previous), places, ROUND_HALF_UP), "a - b", [now, before]
        ),
        derived(
            "t", 1, "percent_change", in_print(exact, places, ROUND_HALF_UP) + "%", "(a - b) / b * 100", [now, before]
        ),
    ]
    assert "disagrees" not in {each.grade for each in checked(parts, cells, rounding="0.01")}


def test_a_base_of_zero_cannot_be_checked() -> None:
    now, before, _ = ids("t", 1)
    found = cell(*wide_row("t", 1, 0, 5, 1), printed="100%", formula="(a - b) / b * 100", kind="percent_change",
                 inputs=[now, before])  # fmt: skip
    assert (found.grade, found.cause) == ("cannot be checked", "it would divide by zero")


def test_cutting_off_is_said_to_be_cutting_off() -> None:
    now, before, _ = ids("t", 1)
    found = cell(*wide_row("t", 1, 1000, 1189, 1), printed="18%", formula="(a - b) / b * 100", kind="percent_change",
                 inputs=[now, before])  # fmt: skip
    assert (found.grade, found.cause, found.recomputed) == ("rounding", "cut off instead of rounded", 19)
    assert found.recomputed_in_full == pytest.approx(18.9)


# --- one slip of each kind, and its cause -------------------------------------------------------------------------------

ROW = wide_row("t", 1, 421, 833, 653)
OTHER = wide_row("t", 2, 7652, 6001, 5310)
NEIGHBOUR = wide_row("u", 1, 9107, 8020, 3977)
NOW, BEFORE, BASE = ids("t", 1)
CHANGE, BASE_CHANGE = "(a - b) / b * 100", ("(a - b) / b * 100", "baseline_percent", [NOW, BASE])


@pytest.mark.parametrize(
    ("printed", "formula", "kind", "inputs", "grade", "cause"),
    [
        ("42.8%", *BASE_CHANGE, "disagrees", "divided by the previous 12 months (421) instead of the baseline (653)"),
        ("97.9%", *BASE_CHANGE, "disagrees",
         "worked out with the previous 12 months (421) instead of the baseline (653)"),
        ("-27.6%", *BASE_CHANGE, "disagrees", "the sign is turned round"),
        ("-21.6%", *BASE_CHANGE, "disagrees", "the last 12 months and the baseline are swapped"),
        ("653.0%", *BASE_CHANGE, "disagrees", "a level is printed as a change: 653 is the baseline itself"),
        ("180.0%", *BASE_CHANGE, "disagrees", "the difference is printed, not the change in per cent"),
        ("127.6%", *BASE_CHANGE, "disagrees",
         "the last 12 months is told as per cent of the baseline, not its change"),
        ("72.6%", *BASE_CHANGE, "disagrees", "two digits are turned round"),
        ("28.6%", *BASE_CHANGE, "disagrees", "one digit is mistyped: 8 for 7"),
        ("0.28", *BASE_CHANGE, "unit slip", "a ratio is printed where a per cent belongs: times 100 it is right"),
        ("-89.1%", *BASE_CHANGE, "disagrees", "worked out with the previous 12 months of “Row 2” (7,652) instead of its own (653)"),
        ("-84.3%", *BASE_CHANGE, "disagrees", "worked out with that of “Row 2” (5,310) instead of its own (653)"),
        ("-79.1%", *BASE_CHANGE, "disagrees", "worked out with the baseline of “Row 1” (3,977) instead of its own (653)"),
        ("412", "a - b", "baseline_difference", [NOW, BASE], "disagrees",
         "worked out with the previous 12 months (421) instead of the baseline (653)"),
        ("-180", "a - b", "baseline_difference", [NOW, BASE], "disagrees", "the sign is turned round"),
        ("653", "a - b", "baseline_difference", [NOW, BASE], "disagrees",
         "a level is printed as a change: 653 is the baseline itself"),
        ("1,486", "sum", "total", [NOW, BEFORE, BASE], "disagrees", "Row 1 (421) is left out"),
        ("2,560", "sum", "total", [NOW, BEFORE, BASE], "disagrees", "Row 1 (653) is counted twice"),
        ("1.907", "sum", "total", [NOW, BEFORE, BASE], "unit slip",
         "the number is printed in thousands: times 1,000 it is right"),
        ("31.3%", *BASE_CHANGE, "disagrees", ""),
    ],
)  # fmt: skip
def test_each_slip_has_its_cause(
    printed: str, formula: str, kind: str, inputs: list[str], grade: str, cause: str
) -> None:
    found = cell(*ROW, *OTHER, *NEIGHBOUR, printed=printed, formula=formula, kind=kind, inputs=inputs)
    assert (found.grade, found.cause) == (grade, cause)


def test_a_change_of_a_percentage_is_in_points() -> None:
    parts = [figure("t", 1, "last_12_months", 68, "68%", unit="percent"),
             figure("t", 1, "previous_12_months", 63, "63%", unit="percent")]  # fmt: skip
    now, before, _ = ids("t", 1)
    asked = {"formula": "a - b", "kind": "difference", "inputs": [now, before], "rounding": "1"}
    slipped = cell(*parts, printed="+5%", **asked)
    assert (slipped.grade, slipped.cause) == (
        "unit slip",
        "a change of a percentage is printed as per cent: it is 5 percentage points; as per cent it would be 7.9%",
    )
    assert cell(*parts, printed="+5", **asked).grade == "agrees"
    assert cell(*parts, printed="7.9%", **asked).cause == "the change in per cent is printed, not the difference"


@given(COUNTS, COUNTS, COUNTS, st.integers(min_value=-500, max_value=500))
def test_one_planted_error_is_one_finding(previous: int, last: int, baseline: int, slip: int) -> None:
    assume(slip != 0)
    now, before, base = ids("t", 1)
    right = [
        derived("t", 1, "difference", f"{last - previous:,}", "a - b", [now, before]),
        derived("t", 1, "total", f"{last + previous + baseline:,}", "sum", [now, before, base]),
    ]
    wrong = derived("t", 1, "baseline_difference", f"{last - baseline + slip:,}", "a - b", [now, base])
    grades = [each.grade for each in checked(wide_row("t", 1, previous, last, baseline), [*right, wrong])]
    assert grades[:2] == ["agrees", "agrees"]
    assert grades[2] in ("disagrees", "unit slip")


@given(COUNTS, COUNTS, COUNTS, PLACES, st.integers(min_value=-9999, max_value=9999))
def test_a_cause_always_gives_the_printed_number(
    previous: int, last: int, baseline: int, places: int, printed: int
) -> None:
    """Whatever is printed: a cause that names another number is right to the last place when done by hand."""
    text = f"{Decimal(printed).scaleb(-places)}%"
    found = cell(*wide_row("t", 1, previous, last, baseline), printed=text, formula=CHANGE, kind="percent_change",
                 inputs=[ids("t", 1)[0], ids("t", 1)[1]])  # fmt: skip
    by_hand = {
        f"divided by the baseline ({baseline:,}) instead of the previous 12 months ({previous:,})":
            Fraction(last - previous, baseline) * 100,
        f"worked out with the baseline ({baseline:,}) instead of the previous 12 months ({previous:,})":
            Fraction(last - baseline, baseline) * 100,
        "the sign is turned round": Fraction(previous - last, previous) * 100,
        "the last 12 months and the previous 12 months are swapped": Fraction(previous - last, last) * 100,
    }  # fmt: skip
    for cause in {found.cause, *found.other_causes} & set(by_hand):
        given_by_hand = in_print(by_hand[cause], places, ROUND_HALF_UP).replace(",", "")
        assert Decimal(given_by_hand) == Decimal(text.rstrip("%"))
