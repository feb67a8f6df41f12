"""Printed tables: the report's own exceptions under assumed bases, and a force that is not printed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.area_tables import table_against_rest
from analysis.areas import compare_areas
from analysis.survey_tables import table_estimates


def exceptions(**asked: float) -> pd.DataFrame:
    """Two teams that a report names, of ten, and the force; bases assumed."""
    table = pd.DataFrame(
        {"question": "Q12", "area": ["ALL", "East", "Lich"], "percent": [68.0, 46.0, 59.0], "base": [1602, 160, 160]}
    )
    estimated = table_estimates(table, withhold=False, **asked)
    return compare_areas(table_against_rest(estimated, areas=10), areas=10).set_index("area")


def test_named_exceptions_are_two_of_ten() -> None:
    """By hand: z = (0.46 - 1015.76 / 1442) / sqrt(0.68 x 0.32 x (1/128 + 1/1153.6)) = -5.624, and -2.301."""
    told = exceptions()
    z = [(0.46 - 1015.76 / 1442), (0.59 - 994.96 / 1442)] / np.sqrt(0.68 * 0.32 * (1 / 128 + 1 / 1153.6))
    assert z.round(3).tolist() == [-5.624, -2.301]
    assert told["p"].round(4).tolist() == [0.0, 0.0214]
    assert told["p_holm"].round(2).tolist() == [0.0, 0.19]
    assert told["verdict"].tolist() == ["differs", "likely differs"]
    assert told.loc["Lich", ["rank_low", "rank_high"]].tolist() == [1, 10]
    assert told["caveat"].str.contains("Assumed: a design effect of 1.25.", regex=False).all()


def test_the_force_holds_the_area_so_its_distance_is_shorter_and_surer() -> None:
    told = exceptions().loc["East"]
    part = 1442 / 1602
    assert told["from_force"] == pytest.approx(told["difference"] * part)
    assert told["from_force_error"] == pytest.approx(told["difference_error"] * part)


def test_without_the_force_the_listed_areas_are_the_whole() -> None:
    table = pd.DataFrame({"question": "Q12", "area": ["N", "S", "W"], "percent": [60.0, 70.0, 80.0], "base": [100] * 3})
    told = table_against_rest(table_estimates(table, withhold=False))
    assert told["rest"].tolist() == pytest.approx([0.75, 0.70, 0.65])
    assert told["force"].tolist() == pytest.approx([0.7] * 3)
    assert told["caveat"].str.endswith("the areas listed are taken for the whole force.").all()


def test_an_area_as_large_as_the_force_has_no_rest() -> None:
    table = pd.DataFrame({"question": "Q12", "area": ["ALL", "N"], "percent": [60.0, 60.0], "base": [100, 100]})
    told = compare_areas(table_against_rest(table_estimates(table, withhold=False)))
    assert told[["rest", "difference", "p"]].isna().all(axis=None)
    assert told["verdict"].tolist() == ["no verdict"]


def test_a_table_needs_areas() -> None:
    table = pd.DataFrame({"question": ["Q12"], "percent": [60.0], "base": [100]})
    with pytest.raises(ValueError, match="has no areas to compare"):
        table_against_rest(table_estimates(table, withhold=False))
