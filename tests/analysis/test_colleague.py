"""What a colleague would ask of a new report: every planted fault gives its own finding, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.colleague import COLUMNS, KINDS, ask, confirmations, confirmed, reasons_left_over
from analysis.colleague.past import spread_of, step_size, surprise
from analysis.colleague.slips import times_ten
from data.contracts import check_table
from data.releases import load_release
from tests.published import release
from tests.second_release import DROPPED, FIRST, NEW, RENAMED, REVISED, SECOND, second_release

Frames = Mapping[str, pd.DataFrame]


class Two(NamedTuple):
    older: Frames
    newer: Frames
    asked: pd.DataFrame


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = second_release(tmp_path_factory.mktemp("data"))
    older, newer = (load_release(root, name).frames() for name in (FIRST, SECOND))
    return Two(older, newer, ask(older, newer))


def with_figure(frames: Frames, figure: str, **cells: Any) -> Frames:
    """The frames with cells of one figure changed; its print follows its value."""
    figures = frames["figures"].copy()
    place = figures.index[figures["figure_id"] == figure]
    assert len(place) == 1, f"{figure} is no figure"
    for name, cell in cells.items():
        figures.loc[place, name] = cell
    if "value" in cells and "printed" not in cells:
        figures.loc[place, "printed"] = f"{cells['value']:g}" if cells["value"] % 1 else f"{cells['value']:.0f}"
    return {**frames, "figures": figures}


def value_of(frames: Frames, figure: str) -> float:
    return float(frames["figures"].set_index("figure_id").at[figure, "value"])


def added(two: Two, newer: Frames, **days: Any) -> pd.DataFrame:
    """What is asked of a changed newer release and not of the untouched one."""
    asked = ask(two.older, newer, **days)
    return asked[~asked["key"].isin(two.asked["key"])]


def test_prints_for_now(two: Two) -> None:
    print(two.asked[["kind", "serious", "where", "what"]].to_string(max_colwidth=160))
    print(two.asked.groupby(["serious", "kind"]).size())
