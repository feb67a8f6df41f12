"""One way to show a table: ordinary HTML with a caption and header cells, in a region that scrolls by keyboard."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from parts.cached import states_of_releases

__all__ = ["Details", "Link", "address_of", "anchor_of", "html_of", "show_table", "stamped", "table_html"]

_NUMERIC = re.compile(r"[↑↓ £(+−-]*\d[\d,.]*\)?( ?%| seconds| minutes| hours| days)?( \[check\])?")

_PROSE = 60
_SHORT = 16  # letters of a cell that is not worth breaking


@dataclass(frozen=True)
class Link:
    """A table cell that leads to another place of the explorer, by an address such as ``prevent_harm#homicide``."""

    text: str
    address: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Details:
    """A table cell that folds away more: a word to open it by, and its lines."""

    summary: str
    lines: list[str]

    def __str__(self) -> str:
        return self.summary


def anchor_of(table: str) -> str:
    """The name of a printed table's place on its page: never that of a section, though their ids may be the same."""
    return f"table_{table}"


def address_of(release_id: str, page: str, anchor: str) -> str:
    """A link to a place of another page. It names the release unless it is the latest, so a reader stays in it.

    The latest of all, not of those that whoever looks may see: the link is made once for all visitors.
    """
    asked = "" if release_id == list(states_of_releases())[-1] else f"?release={release_id}"
    return f"{page}{asked}#{anchor}"


def stamped(stamp: str, title: str) -> str:
    """A title with what must stand before it, such as "Example with invented answers"; as it is without."""
    return f"{stamp}: {title}" if stamp else title


def table_html(rows: pd.DataFrame, caption: str, compact: bool = False) -> str:
    r"""A frame as accessible HTML. The first column heads its row; ``row_kind`` marks totals and is not shown.

    Columns whose every cell is a number are set to the right. Cells are escaped; a ``Link`` becomes a link. One with
    many columns of few words may be ``compact``.

    >>> frame = pd.DataFrame({"Measure": ["Murder & more"], "Count": ["9"]})
    >>> "<th scope=\"row\">Murder &amp; more</th><td class=\"number\">9</td>" in table_html(frame, "Deaths")
    True
    """
    shown = rows.drop(columns="row_kind", errors="ignore")
    kinds = rows["row_kind"] if "row_kind" in rows else pd.Series("part", index=rows.index)
    styled = {name: _style(shown[name]) for name in shown.columns[1:]}
    head = f'<th scope="col">{html.escape(str(shown.columns[0]))}</th>'
    head += "".join(f'<th scope="col"{styled[name]}>{html.escape(str(name))}</th>' for name in shown.columns[1:])
    body = []
    for kind, cells in zip(kinds, shown.itertuples(index=False, name=None), strict=True):
        row = f'<th scope="row">{_cell(cells[0])}</th>'
        row += "".join(
            f"<td{styled[name]}>{_cell(cell)}</td>" for name, cell in zip(shown.columns[1:], cells[1:], strict=True)
        )
        body.append(f'<tr class="{kind}">{row}</tr>')
    label = html.escape(caption)
    return (
        f'<div class="figures{" compact" if compact else ""}" role="region" tabindex="0" aria-label="{label}">'
        f"<table><caption><span>{label}</span></caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def html_of(rows: pd.DataFrame, caption: str, first: str, compact: bool = False) -> str:
    """A frame as a table's HTML, ``first`` heading its ``row_label``; "" for a frame without rows."""
    return table_html(rows.rename(columns={"row_label": first}), caption, compact) if len(rows) else ""


def show_table(rows: pd.DataFrame, caption: str, first: str, compact: bool = False) -> None:
    """Show a frame as a table, ``first`` heading its first column; one without rows says so."""
    st.html(html_of(rows, caption, first, compact) or f"<p>{html.escape(caption)}: none.</p>")


def _cell(cell: object) -> str:
    if isinstance(cell, Link):
        return f'<a href="{html.escape(cell.address)}">{html.escape(cell.text)}</a>'
    if isinstance(cell, Details):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in cell.lines)
        return f"<details><summary>{html.escape(cell.summary)}</summary>{lines}</details>"
    return html.escape(str(cell))


def _style(column: pd.Series) -> str:
    """Numbers stand to the right; a column of prose gets room."""
    cells = [str(cell) for cell in column if str(cell)]
    if cells and all(_NUMERIC.fullmatch(cell) for cell in cells):
        return ' class="number"'
    if cells and all(len(cell) <= _SHORT for cell in cells):
        return ' class="short"'
    return ' class="words"' if any(len(cell) > _PROSE for cell in cells) else ""
