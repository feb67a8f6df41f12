"""Every answer drawn on its side, in its order, with its per cent where there is room and in words everywhere."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.answers import answer_chart
from charts.palette import CATEGORICAL, NEUTRAL, POSITIVE, readable_on

SCALE = ["Very safe", "Safe", "Neither", "Unsafe", "Very unsafe"]
SIDES = {"Very safe": "positive", "Safe": "positive", "Unsafe": "negative", "Very unsafe": "negative"}
SIDES |= {"Don't know": "dont_know"}


def rows(shares: dict[str, float], wave: str = "2023") -> pd.DataFrame:
    return pd.DataFrame({"wave": wave, "answer": list(shares), "share": list(shares.values())})


GIVEN = {"Very safe": 0.2, "Safe": 0.3, "Neither": 0.1, "Unsafe": 0.25, "Very unsafe": 0.05, "Don't know": 0.1}


def placed(chart: object) -> dict[str, tuple[float, float]]:
    """Where each part starts and ends, by its answer."""
    return {
        trace.hovertemplate.split(":")[0]: (round(trace.base[0], 6), round(trace.base[0] + trace.x[0], 6))
        for trace in chart.figure.data  # type: ignore[attr-defined]
    }


def test_positive_answers_lie_right_of_the_middle_negative_left_and_the_strongest_outside() -> None:
    assert placed(answer_chart(rows(GIVEN), SIDES, "Q8")) == {
        "Neither": (-5, 5), "Safe": (5, 35), "Very safe": (35, 55), "Unsafe": (-30, -5), "Very unsafe": (-35, -30),
    }  # fmt: skip


def test_a_scale_told_the_other_way_round_is_drawn_the_same() -> None:
    turned = dict(reversed(GIVEN.items()))
    assert placed(answer_chart(rows(turned), SIDES, "Q8")) == placed(answer_chart(rows(GIVEN), SIDES, "Q8"))


def test_without_negative_answers_all_others_lie_left() -> None:
    chart = answer_chart(rows({"Yes": 0.4, "No": 0.6}), {"Yes": "positive", "No": "neither"}, "Q3")
    assert placed(chart) == {"Yes": (0, 40), "No": (-60, 0)}


def test_no_two_parts_beside_each_other_have_one_colour() -> None:
    colours = {
        trace.hovertemplate.split(":")[0]: trace.marker.color
        for trace in answer_chart(rows(GIVEN), SIDES, "Q8").figure.data
    }
    assert colours["Very safe"] == POSITIVE[0] == CATEGORICAL[0]
    assert colours["Neither"] == NEUTRAL
    assert len(set(colours.values())) == 5


@pytest.mark.parametrize("colour", [*POSITIVE, *CATEGORICAL, NEUTRAL])
def test_text_on_a_colour_can_be_read(colour: str) -> None:
    def light(code: str) -> float:
        parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted([light(colour), light(readable_on(colour))])
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_narrow_parts_have_no_room_for_text_but_words_tell_them() -> None:
    chart = answer_chart(rows(GIVEN), SIDES, "Q8")
    assert {trace.hovertemplate.split(":")[0]: trace.text[0] for trace in chart.figure.data}["Very unsafe"] == ""
    assert "2023: Very safe 20%, Safe 30%, Neither 10%, Unsafe 25%, Very unsafe 5%, Don't know 10%." in chart.alt
    assert chart.key == "From left to right: Very unsafe; Unsafe; Neither; Safe; Very safe."


def test_don_t_know_stands_beside_the_name_of_its_bar() -> None:
    notes = [note.text for note in answer_chart(rows(GIVEN), SIDES, "Q8").figure.layout.annotations]
    assert "<b>2023</b>, don't know 10%" in notes


def test_invented_answers_are_called_so_inside_the_chart_and_in_its_words() -> None:
    chart = answer_chart(rows(GIVEN), SIDES, "Q8", stamp="Example with invented answers")
    assert "<b>Example with invented answers</b>" in [note.text for note in chart.figure.layout.annotations]
    assert chart.alt.startswith("Example with invented answers. Bar chart of Q8.")
