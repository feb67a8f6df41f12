"""What is told of one printed table, for pages and documents alike: sentence, rows, what a chart draws, definitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.change_words import mark
from analysis.definitions import definitions_of, methods_of, touching
from analysis.limits import level_limits
from analysis.nearest import backlog_bridge, bridge_sentence, contributions
from analysis.numbers import half_up, write_number
from analysis.printed_tables import chart_rows, is_turned, lay_out, lay_out_ranges
from analysis.section_told import CHECK_MARK
from analysis.sentences import headline_ids, table_sentence

__all__ = ["TableTold", "printed_in", "table_told"]

_LONGEST_LABEL = 60  # letters of a printed label before a chart takes the measure's title
_WIDEST = 10  # columns of a one-row table before it is stood up
_PARTS = 3  # a total of fewer parts explains itself

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class TableTold:
    """One printed table, told. Whatever there is nothing of is blank or without rows.

    Attributes
    ----------
    sentence, ids
        What happened and whether it is real, and the figures that this rests on.
    caveat
        What must be known beside it.
    caption, first, rows
        The printed table: what it is called, what heads its first column, and its rows of text with ``row_label`` and
        ``row_kind``, with the verdicts where it has any.
    drawn
        What its charts draw, one frame a unit, as ``analysis.printed_tables.chart_rows`` gives it.
    events
        Those that touch its measures.
    contributions
        How much of the total's change each part made: ``row_label, Difference, Share of the total's change``.
    bridge, bridge_sentence
        From reported to validated crime, where the table is the one of crimes that wait: ``row_label, Crimes``.
    definitions
        Names and what is to be known of them, the method last.
    """

    sentence: str
    ids: tuple[str, ...]
    caveat: str
    caption: str
    first: str
    rows: pd.DataFrame
    drawn: list[pd.DataFrame]
    events: pd.DataFrame
    contributions: pd.DataFrame
    bridge: pd.DataFrame
    bridge_sentence: str
    definitions: list[tuple[str, str]]


def table_told(
    frames: Frames, table_id: str, changes: pd.DataFrame, doubtful: Collection[str] = (), confidence: float = 0.95
) -> TableTold:
    """Everything about one printed table, with the verdicts of one comparator.

    Parameters
    ----------
    frames
        The release's own, by the name of their file.
    table_id
        The table.
    changes
        As ``analysis.changes.changes`` gives them, of the whole release.
    doubtful
        Ids of printed numbers that carry the mark of the check.
    confidence
        Level of the intervals in charts.
    """
    table = frames["tables"].set_index("id").loc[table_id]
    figures = _told_apart(frames, table_id)
    ranges = frames["ranges"][frames["ranges"]["table"] == table_id]
    own = changes[changes["table"] == table_id]
    told = frames["measures"]
    measures = told[told["id"].isin({*figures["measure"], *ranges["measure"]})]
    rows, first = _rows(frames, table_id, figures, ranges, own, dict.fromkeys(doubtful, CHECK_MARK))
    bridge = _bridge(frames, figures)
    crimes = [write_number(count) for count in bridge["count"]]
    return TableTold(
        sentence=_sentence(table, figures, ranges, own),
        ids=_sentence_ids(figures, ranges, own),
        caveat=str(own["caveat"].iloc[0]) if len(own) else "",
        caption=str(table["title"] if len(ranges) else table["caption"]),
        first=first,
        rows=rows,
        drawn=[] if len(ranges) else _drawn(frames, figures, confidence),
        events=touching(frames["events"], told[told["id"].isin(set(figures["measure"]))]),
        contributions=_contributions(own, is_turned(figures)),
        bridge=pd.DataFrame({"row_label": bridge["step"], "Crimes": crimes}),
        bridge_sentence=bridge_sentence(bridge) if len(bridge) else "",
        definitions=[*definitions_of(measures, frames["events"]), *methods_of(own)],
    )


def printed_in(frames: Frames, table_id: str) -> list[str]:
    """Ids of everything that a table prints."""
    columns = {"figures": "figure_id", "as_published": "id", "ranges": "id"}
    return [
        name for file, column in columns.items() for name in frames[file].loc[frames[file]["table"] == table_id, column]
    ]


def _sentence(table: Any, figures: pd.DataFrame, ranges: pd.DataFrame, changes: pd.DataFrame) -> str:
    """The change of the table's headline row, else what its figures are."""
    if len(ranges):
        return f"{table['caption']} The report names only the teams outside each range; the others are not printed."
    if changes.empty:
        return table_sentence(figures, table["title"])
    row = _headline(changes)
    if len(changes) == 1:
        return str(row["sentence"])
    counted = ", ".join(f"{count} {word}" for word, count in changes["verdict"].value_counts().items())
    return f"{row['sentence']} All {len(changes)} rows: {counted}."


def _headline(changes: pd.DataFrame) -> Any:
    total = changes[changes["row_kind"] == "total"]
    return (total if len(total) else changes).iloc[0]


def _sentence_ids(figures: pd.DataFrame, ranges: pd.DataFrame, changes: pd.DataFrame) -> tuple[str, ...]:
    """The figures that the sentence names: of a change the later one first; of ranges all that the report prints."""
    if len(ranges):
        return tuple(ranges["id"])
    if changes.empty:
        return headline_ids(figures)
    row = _headline(changes)
    own = figures[
        (figures["measure"] == row["measure"])
        & (figures["area"] == row["area"])
        & (figures["breakdown"] == row["breakdown"])
    ]
    found = []
    for side in ("later", "earlier"):
        same = (
            (own["period_start"] == row[f"{side}_start"])
            & (own["period_end"] == row[f"{side}_end"])
            & (own["value"] == row[f"{side}_value"])
        )
        found += own.loc[same, "figure_id"].head(1).tolist()
    return tuple(found)


def _rows(
    frames: Frames, table_id: str, figures: pd.DataFrame, ranges: pd.DataFrame, changes: pd.DataFrame,
    marks: Mapping[str, str],
) -> tuple[pd.DataFrame, str]:  # fmt: skip
    """The printed table with a verdict for each row that has one, and what heads its first column."""
    if len(ranges):
        names = frames["areas"].set_index("id")["name"]
        named = figures.assign(area_name=figures["area"].map(names))
        return lay_out_ranges(ranges, named), "Question"
    published = frames["as_published"][frames["as_published"]["table"] == table_id]
    laid_out = lay_out(figures, published, frames["corrections"], marks)
    if len(laid_out) == 1 and len(laid_out.columns) > _WIDEST:
        return _upright(laid_out), "When"
    if len(changes) and not is_turned(figures):
        words = {row.row_order: mark(row.verdict, row.better_or_worse) for row in changes.itertuples()}
        orders = sorted(set(figures["row_order"]) | set(published["row_order"]))
        laid_out = laid_out.assign(Verdict=[words.get(order, "") for order in orders])
    return laid_out, _first_heading(figures)


def _upright(laid_out: pd.DataFrame) -> pd.DataFrame:
    """A table of one long row, stood up: a row a column."""
    row = laid_out.iloc[0]
    columns = laid_out.columns[2:]
    return pd.DataFrame({"row_label": columns, row["row_label"]: [row[name] for name in columns]})


def _first_heading(figures: pd.DataFrame) -> str:
    dimensions = {text.partition("=")[0] for text in figures["breakdown"] if text}
    return dimensions.pop().capitalize() if len(dimensions) == 1 else "Measure"


def _told_apart(frames: Frames, table_id: str) -> pd.DataFrame:
    """The figures of a table; rows that the report labels alike get their measure's title beside the label."""
    figures = frames["figures"][frames["figures"]["table"] == table_id]
    alike = figures.groupby("row_label")["row_order"].transform("nunique") > 1
    titles = _titles(frames, figures)
    return figures.assign(row_label=figures["row_label"].where(~alike, figures["row_label"] + " [" + titles + "]"))


def _titles(frames: Frames, figures: pd.DataFrame) -> pd.Series:
    return figures["measure"].map(frames["measures"].set_index("id")["title"])


def _drawn(frames: Frames, figures: pd.DataFrame, confidence: float) -> list[pd.DataFrame]:
    """What the charts of a printed table draw, one a unit; none where a single number stands alone."""
    long = figures["row_label"].str.len() > _LONGEST_LABEL
    named = figures.assign(row_label=figures["row_label"].where(~long, _titles(frames, figures)))
    rows = chart_rows(named.join(level_limits(named, frames["measures"], confidence)))
    groups = [group for _, group in rows.groupby("unit", sort=False)]
    return [
        group if group["kind"].iloc[0] == "time" else _worth_drawing(group)
        for group in groups
        if group["kind"].iloc[0] == "time" or len(group) > 1
    ]


def _worth_drawing(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that are not zero throughout; only subtotals and the total where a table has subtotals."""
    if rows["row_kind"].eq("subtotal").any():
        rows = rows[rows["row_kind"].isin(["subtotal", "total"])]
    return rows[rows.groupby("label")["value"].transform(lambda values: values.abs().max()) > 0]


def _contributions(changes: pd.DataFrame, turned: bool) -> pd.DataFrame:
    """How much of the total's change each part made; where parts are columns, a row's label is not their name."""
    if turned:
        changes = changes.assign(row_label=[part.partition("=")[2] for part in changes["breakdown"]])
    made = contributions(changes)
    made = made if len(made) >= _PARTS else made.iloc[:0]
    return pd.DataFrame(
        {
            "row_label": made["row_label"],
            "Difference": [write_number(value) for value in made["difference"]],
            "Share of the total's change": [f"{half_up(share):,.0f}%" for share in made["share"]],
        }
    )


def _bridge(frames: Frames, figures: pd.DataFrame) -> pd.DataFrame:
    """From reported to validated crime: ``step, count``; without rows where the table is another one."""
    stocks = set(frames["events"]["counted_by"]) & set(figures.loc[figures["role"] == "snapshot", "measure"])
    for stock in sorted(stocks):
        steps = backlog_bridge(frames["figures"], frames["measures"], stock)
        if len(steps):
            return steps
    return pd.DataFrame(columns=["step", "count"])
