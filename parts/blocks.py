"""How a block is shown: sentence, chart, the same numbers as a table, source, download, definitions."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts.palette import Chart
from data.catalogue import plain_cells
from data.export import csv_bytes
from data.releases import Release
from data.states import PUBLISHED, state_words
from parts.filters import address_of_view
from parts.judged import Assumptions
from parts.prepared import block_of
from parts.table import anchor_of, stamped

__all__ = ["copy_sentence", "download_csv", "file_stem", "part_of_name", "say", "show_chart", "show_table_block"]
__all__ += ["stamped"]

_CHART_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def say(sentence: str) -> None:
    """The plain sentence that opens a block."""
    st.html(f'<p class="said">{html.escape(sentence)}</p>')


def show_chart(chart: Chart, key: str, source: str) -> None:
    """A chart on its light card, with its words for those who do not see it, and its status and source below."""
    st.plotly_chart(chart.figure, key=key, theme=None, config=_CHART_CONFIG, alt=chart.alt)
    st.caption(f"{chart.key} {source}".strip())


def download_csv(
    rows: pd.DataFrame | Callable[[], pd.DataFrame], name: str, label: str,
    exported: Callable[[int], None] | None = None, *, state: str = PUBLISHED,
) -> None:  # fmt: skip
    """A button that builds its CSV only when it is pressed, in a form that a spreadsheet opens safely.

    ``rows`` may be a function, for rows that take time to make; ``exported`` is told how many leave. What is not yet
    published says so in its file's name and in a column of its own.
    """

    def made() -> bytes:
        leaving = rows() if callable(rows) else rows
        if exported:
            exported(len(leaving))
        return csv_bytes(plain_cells(leaving if state == PUBLISHED else leaving.assign(state=state_words(state))))

    st.download_button(
        label, data=made, file_name=f"{file_stem(name, state)}.csv",
        mime="text/csv", on_click="ignore", key=f"download_{name}",
    )  # fmt: skip


def file_stem(name: str, state: str) -> str:
    """What a file is called without its ending; the state comes first until it is published.

    >>> file_stem("2023-06_asb", "shared"), file_stem("2023-03_asb", "published")
    ('not_yet_published_2023-06_asb', '2023-03_asb')
    """
    words = re.sub(r"[^a-z]+", "_", state_words(state).lower())
    return f"{words}_{name}" if words else name


def part_of_name(words: str) -> str:
    """Words as a part of a file's name.

    >>> part_of_name("Feel safe after dark?")
    'feel_safe_after_dark_'
    """
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in words.casefold())[:40]


def show_table_block(release: Release, table_id: str, against: str, how: Assumptions) -> None:
    """Everything about one printed table, with the verdicts of one comparator."""
    block = block_of(release.id, table_id, against, how)
    st.subheader(block.title, anchor=anchor_of(table_id))
    say(block.sentence)
    for place, chart in enumerate(block.charts):
        show_chart(chart, f"chart_{table_id}_{place}", block.source)
    st.html(block.numbers + block.check or "<p>This release holds no number of this table.</p>")
    if not block.charts:
        st.caption(block.source)
    if block.contributions:
        with st.expander(f"What made the change: {block.title}"):
            st.markdown("Arithmetic on the printed counts: it says where the change is, not whether it is real.")
            st.html(block.contributions)
    if block.bridge:
        st.html(block.bridge)
    if block.elsewhere:
        _show_elsewhere(block.elsewhere, block.title)
    copied, loaded, defined = st.columns([2, 3, 5])
    with copied:
        copy_sentence(f"{block.sentence} {block.caveat}", block.source, f"#{anchor_of(table_id)}", table_id)
    with loaded:
        download_csv(
            block.rows, f"{release.id}_{table_id}", f"Download “{block.title}” (CSV)", state=release.info.state,
        )  # fmt: skip
    with defined, st.expander(f"Definitions and caveats: {block.title}"):
        st.markdown("\n\n".join(block.definitions))


def copy_sentence(said: str, source: str, anchor: str, key: str) -> None:
    """The sentence with its caveat, status, source and link, ready to copy; there is no copy without them."""
    address = address_of_view(str(st.context.url or ""))
    with st.popover("Copy sentence", key=f"copy_{key}"):
        st.code(f"{said.strip()} {source} {address}{anchor}", language=None, wrap_lines=True)


def _show_elsewhere(others: list[tuple[str, str]], title: str) -> None:
    items = "".join(f'<li><a href="{address}">{html.escape(title)}</a></li>' for title, address in others)
    st.html(
        f'<nav aria-label="Elsewhere: {html.escape(title)}"><p class="elsewhere">The same offences elsewhere in the '
        f'report:</p><ul class="anchors">{items}</ul></nav>'
    )
