"""Everything at once: measures by areas, a mark a cell, corrected over the whole grid."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.area_layout import grid_cells, grid_said, grid_table
from analysis.area_words import by_chance
from parts.area_shown import Compared, marked, show_method
from parts.blocks import copy_sentence, download_csv, say, stamped
from parts.table import Link, show_table

__all__ = ["show_grid"]

_KEY = (
    "▲ above and ▼ below the rest stand after the correction; △ and ▽ would stand out only without it, as chance makes "
    "some; ○ cannot be told apart; – no verdict, or printed only as a range that reaches too far to say."
)


def show_grid(shown: Compared, figures: str, asked: dict[str, str], said: DeltaGenerator) -> None:
    """The grid with its sentence.

    Parameters
    ----------
    shown
        What is compared.
    figures
        The source as the page's filter names it, for the links.
    asked
        What else stands in the address and holds for every cell.
    said
        Where the sentence stands, above the filters.
    """
    if not shown.judged:
        st.info("No verdict is drawn from invented answers, so there is no grid of them.")
        return
    told = shown.told[shown.told["question"].isin(shown.labels)]
    opening = f", {shown.opening}" if shown.opening else ""
    sentence = f"{shown.period}{opening}: {grid_said(told, shown.comparisons, shown.called)}"
    with said:
        say(sentence)
        st.text(by_chance(shown.comparisons))
        copy_sentence(f"{sentence} {by_chance(shown.comparisons)}", shown.source, "", "areas_grid")
    cells: list[object] = list(grid_cells(told))
    if shown.linked:
        cells = [
            Link(str(cell), f"compare_teams?{urlencode({**asked, 'figures': figures, 'measure': shown.labels[name]})}")
            for cell, name in zip(cells, told["question"], strict=True)
        ]
    areas = list(dict.fromkeys(told["area"]))
    title = f"Every measure, every area: {shown.period}"
    show_table(grid_table(told, shown.labels, areas, cells), stamped(shown.stamp, title), "Measure", compact=True)
    st.caption(f"{_KEY} {shown.assumed} {shown.source}")
    download_csv(
        marked(shown, told), f"{shown.name}_grid", "Download the grid (CSV)", shown.exported, state=shown.state
    )
    show_method(shown)
