"""Sentences about areas: who differs, no more than that, and never a bare place."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.area_words import alike_said, area_said, who_differs


def told(*verdicts: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(verdicts, columns=["area", "verdict", "difference"])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("A", "differs", -0.1), ("B", "differs", -0.2), *[(f"C{n}", "cannot tell", 0.1) for n in range(8)]],
            "A and B are below the rest; the other eight teams cannot be told apart from the rest.",
        ),
        ([("A", "differs", 0.1), ("B", "differs", -0.2)], "A is above the rest; B is below the rest."),
        (
            [("A", "cannot tell", -0.1), ("B", "no verdict", float("nan"))],
            "No team can be told apart from the rest; one team cannot be compared: withheld, or too few answers.",
        ),
        ([], ""),
    ],
)
def test_who_differs_in_one_sentence(rows: list[tuple[str, str, float]], sentence: str) -> None:
    assert who_differs(told(*rows)) == sentence


def test_an_area_that_cannot_be_ranked() -> None:
    row = SimpleNamespace(
        area="Moor", measure="top", estimate=0.68, rest=0.68, difference=0.0, difference_lower=-0.085,
        difference_upper=0.079, confidence=0.95, verdict="cannot tell", rank_low=1.0, rank_high=10.0, caveat="",
    )  # fmt: skip
    assert area_said(row, "Q12", 10) == (
        "Moor, Q12: 68%, like the rest (68%). Cannot be told apart from the rest (95% interval 8.5 points below to 7.9 "
        "points above); cannot be ranked."
    )
    row.difference, row.caveat = float("nan"), "Withheld to protect respondents: fewer than 30 answered."
    assert area_said(row, "Q12", 10) == (
        "Moor, Q12: no verdict. Withheld to protect respondents: fewer than 30 answered."
    )


def test_areas_alike_are_not_said_to_be_the_same() -> None:
    assert alike_said(0.19, 10, 12.487) == (
        "No difference among the ten teams as a whole could be shown (Cochran's Q 12.5 on 9 degrees of freedom, p 0.1900)."
    )
    assert alike_said(float("nan"), 1, float("nan")) == "Whether the teams differ at all cannot be told."
