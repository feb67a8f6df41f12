"""What a printed table's block shows, made once for all visitors: sentence, charts, tables as HTML, words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.limits import level_limits
from analysis.nearest import backlog_bridge, bridge_sentence, contributions
from analysis.numbers import UNIT_WORDS, half_up, write_number
from analysis.periods import name_day
from analysis.printed_tables import chart_rows, is_turned, lay_out, lay_out_ranges
from analysis.sentences import table_sentence
from charts.dots import dot_chart
from charts.lines import line_chart
from charts.palette import Chart
from data.catalogue import COLUMNS
from data.corrected import with_corrections
from data.releases import Release
from data.states import state_words
from parts.cached import all_figures, load
from parts.corrected import corrected_source
from parts.findings import CHECK_MARK, check_note, doubtful
from parts.judged import Assumptions, judged, mark
from parts.now import made_once
from parts.table import address_of, anchor_of, html_of, stamped

__all__ = ["Block", "block_of", "source_of", "touching"]

_LONGEST_LABEL = 60  # letters of a printed label before a chart takes the measure's title
_WIDEST = 10  # columns of a one-row table before it is stood up
_PARTS = 3  # a total of fewer parts explains itself


@dataclass(frozen=True)
class Block:
    """One printed table, ready to be shown. Blank parts are left out by the page."""

    title: str
    sentence: str
    caveat: str
    source: str
    charts: list[Chart]
    numbers: str
    check: str
    contributions: str
    bridge: str
    elsewhere: list[tuple[str, str]]
    definitions: list[str]
    rows: pd.DataFrame


@made_once(max_entries=512)
def block_of(release_id: str, table_id: str, against: str, how: Assumptions) -> Block:
    """Everything about one printed table, with the verdicts of one comparator."""
    release = load(release_id)
    table = release.tables[release.tables["id"] == table_id].iloc[0]
    figures = _told_apart(release, table_id)
    ranges = release.ranges[release.ranges["table"] == table_id]
    changes = judged(release_id, against, how)
    changes = changes[changes["table"] == table_id]
    everything = all_figures(release_id)
    return Block(
        title=table["title"],
        sentence=_sentence(table, figures, ranges, changes),
        caveat=changes["caveat"].iloc[0] if len(changes) else "",
        source=source_of(release, table["where"]) + corrected_source(release, _printed_ids(release, table_id)),
        charts=[] if len(ranges) else _charts(release, table, figures, how.confidence),
        numbers=_numbers(release, table, figures, ranges, changes),
        check=check_note(release, _printed_ids(release, table_id), table["section"]),
        contributions=_contributions(changes, table["title"]),
        bridge=_bridge(release, figures),
        elsewhere=_elsewhere(release, table_id),
        definitions=[
            *_definitions(release, pd.concat([figures["measure"], ranges["measure"]])),
            *_methods(changes),
        ],
        rows=pd.concat([everything.loc[everything["table"] == table_id, COLUMNS], _derived(release, table)]),
    )


def _printed_ids(release: Release, table_id: str) -> list[str]:
    """Ids of everything that a table prints."""
    frames = {"figures": "figure_id", "as_published": "id", "ranges": "id"}
    return [
        name
        for file, column in frames.items()
        for name in release.frames()[file].loc[release.frames()[file]["table"] == table_id, column]
    ]


def _derived(release: Release, table: pd.Series) -> pd.DataFrame:
    """The report's own arithmetic in a table, as printed, in the catalogue's columns; ``role`` names its kind."""
    derived = release.as_published[release.as_published["figure_id"] == ""].drop(columns="figure_id")
    own = derived[derived["table"] == table["id"]]
    rows = own.rename(columns={"id": "figure_id", "row_label": "label", "kind": "role"}).assign(
        status=release.info.status, section=table["section"], source=_cited(release, table["where"])
    )
    return with_corrections(rows, release.corrections).reindex(columns=COLUMNS)


def source_of(release: Release, where: str) -> str:
    """Status and source in one line, for captions."""
    return f"{release.info.heading}. Source: {_cited(release, where)}."


def _cited(release: Release, where: str) -> str:
    """The source alone, as downloads name it."""
    info = release.info
    return f"{info.force}, {info.title}, {name_day(pd.Timestamp(info.published))}, {where}"


def touching(release: Release, measures: pd.Series) -> pd.DataFrame:
    """Events that touch any of the measures, by id, by section or by basis."""
    known = release.measures[release.measures["id"].isin(set(measures))]
    tokens = set(known["id"]) | {f"section:{each}" for each in known["section"]}
    tokens |= {f"basis:{each}" for each in known["basis"]}
    hit = [bool(tokens & set(named.split())) for named in release.events["measures"]]
    return release.events[pd.Series(hit, index=release.events.index, dtype=bool)]


def _sentence(table: pd.Series, figures: pd.DataFrame, ranges: pd.DataFrame, changes: pd.DataFrame) -> str:
    """The change of the table's headline row, else what its figures are."""
    if len(ranges):
        return f"{table['caption']} The report names only the teams outside each range; the others are not printed."
    if changes.empty:
        return table_sentence(figures, table["title"])
    total = changes[changes["row_kind"] == "total"]
    row = (total if len(total) else changes).iloc[0]
    if len(changes) == 1:
        return str(row["sentence"])
    counted = ", ".join(f"{count} {word}" for word, count in changes["verdict"].value_counts().items())
    return f"{row['sentence']} All {len(changes)} rows: {counted}."


def _charts(release: Release, table: pd.Series, figures: pd.DataFrame, confidence: float) -> list[Chart]:
    """The charts of a printed table, one a unit; none where a single number stands alone."""
    long = figures["row_label"].str.len() > _LONGEST_LABEL
    named = figures.assign(row_label=figures["row_label"].where(~long, _titles(release, figures)))
    rows = chart_rows(named.join(level_limits(named, release.measures, confidence)))
    charts, stamp = [], state_words(release.info.state)
    for unit, group in rows.groupby("unit", sort=False):
        title = f"{table['title']}, {UNIT_WORDS[unit]}"
        if group["kind"].iloc[0] == "time":
            charts.append(line_chart(group, title, touching(release, figures["measure"]), stamp))
        elif len(group) > 1:
            charts.append(dot_chart(_worth_drawing(group), title, confidence, stamp))
    return charts


def _worth_drawing(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that are not zero throughout; only subtotals and the total where a table has subtotals."""
    if rows["row_kind"].eq("subtotal").any():
        rows = rows[rows["row_kind"].isin(["subtotal", "total"])]
    return rows[rows.groupby("label")["value"].transform(lambda values: values.abs().max()) > 0]


def _numbers(
    release: Release, table: pd.Series, figures: pd.DataFrame, ranges: pd.DataFrame, changes: pd.DataFrame
) -> str:
    """The printed table, with a verdict for each row that has one."""
    caption = stamped(state_words(release.info.state), table["title"] if len(ranges) else table["caption"])
    if len(ranges):
        named = figures.assign(area_name=figures["area"].map(release.areas.set_index("id")["name"]))
        return html_of(lay_out_ranges(ranges, named), caption, "Question")
    published = release.as_published[release.as_published["table"] == table["id"]]
    laid_out = lay_out(figures, published, release.corrections, dict.fromkeys(doubtful(release.id), CHECK_MARK))
    if len(laid_out) == 1 and len(laid_out.columns) > _WIDEST:
        return html_of(_upright(laid_out), caption, "When")
    if len(changes) and not is_turned(figures):
        words = {row.row_order: mark(row.verdict, row.better_or_worse) for row in changes.itertuples()}
        orders = sorted(set(figures["row_order"]) | set(published["row_order"]))
        laid_out = laid_out.assign(Verdict=[words.get(order, "") for order in orders])
    return html_of(laid_out, caption, _first_heading(figures))


def _upright(laid_out: pd.DataFrame) -> pd.DataFrame:
    """A table of one long row, stood up: a row a column."""
    row = laid_out.iloc[0]
    columns = laid_out.columns[2:]
    return pd.DataFrame({"row_label": columns, row["row_label"]: [row[name] for name in columns]})


def _first_heading(figures: pd.DataFrame) -> str:
    dimensions = {text.partition("=")[0] for text in figures["breakdown"] if text}
    return dimensions.pop().capitalize() if len(dimensions) == 1 else "Measure"


def _told_apart(release: Release, table_id: str) -> pd.DataFrame:
    """The figures of a table; rows that the report labels alike get their measure's title beside the label."""
    figures = release.figures[release.figures["table"] == table_id]
    alike = figures.groupby("row_label")["row_order"].transform("nunique") > 1
    titles = _titles(release, figures)
    return figures.assign(row_label=figures["row_label"].where(~alike, figures["row_label"] + " [" + titles + "]"))


def _titles(release: Release, figures: pd.DataFrame) -> pd.Series:
    return figures["measure"].map(release.measures.set_index("id")["title"])


def _contributions(changes: pd.DataFrame, title: str) -> str:
    """How much of the total's change each part made."""
    made = contributions(changes)
    if len(made) < _PARTS:
        return ""
    rows = pd.DataFrame(
        {
            "row_label": made["row_label"],
            "Difference": [write_number(value) for value in made["difference"]],
            "Share of the total's change": [f"{half_up(share):,.0f}%" for share in made["share"]],
        }
    )
    return html_of(rows, f"{title}: how much of the total's change each part made", "Part")


def _bridge(release: Release, figures: pd.DataFrame) -> str:
    """From reported to validated crime, where the table is the one of crimes that wait."""
    stocks = set(release.events["counted_by"]) & set(figures.loc[figures["role"] == "snapshot", "measure"])
    for stock in sorted(stocks):
        steps = backlog_bridge(release.figures, release.measures, stock)
        if len(steps):
            counts = [write_number(count) for count in steps["count"]]
            rows = pd.DataFrame({"row_label": steps["step"], "Crimes": counts})
            table = html_of(rows, "From reported to validated crime, last 12 months", "Step")
            return f"<p>{bridge_sentence(steps)}</p>{table}"
    return ""


def _elsewhere(release: Release, table_id: str) -> list[tuple[str, str]]:
    """Title and address of the other tables that print the same offences."""
    printed = _offences_of(release.id)
    priority = release.sections.set_index("id")["priority"]
    return [
        (table.title, address_of(release.id, priority[table.section], anchor_of(table.id)))
        for table in release.tables.sort_values("order").itertuples()
        if table.id != table_id and printed[table_id] & printed[table.id]
    ]


@made_once(max_entries=8)
def _offences_of(release_id: str) -> dict[str, set[str]]:
    """The offences that each table of a release prints: once for all its blocks."""
    release = load(release_id)
    return {
        name: _offences(release, release.figures[release.figures["table"] == name]) for name in release.tables["id"]
    }


def _offences(release: Release, figures: pd.DataFrame) -> set[str]:
    named = release.measures.set_index("id")["offence"].reindex(figures["measure"].unique())
    parts = {text.partition("=")[2] for text in figures["breakdown"].unique() if text.startswith("offence=")}
    return (set(named.dropna()) | parts) - {""}


def _definitions(release: Release, measures: pd.Series) -> list[str]:
    """Definitions of the measures and the events that touch them, as Markdown."""
    known = release.measures[release.measures["id"].isin(set(measures))]
    told = [
        f"**{measure.title}** ({UNIT_WORDS[measure.unit]}{_basis(measure.basis)}). {measure.definition}"
        f"{f' {measure.notes}' if measure.notes else ''} {_direction(measure.direction, measure.direction_reason)}"
        for measure in known.itertuples()
    ]
    events = touching(release, measures).sort_values("from")
    return told + [f"**Event: {event.title}.** {event.note}" for event in events.itertuples()]


def _basis(basis: str) -> str:
    return "" if basis == "other" else f", {basis} crime"


def _methods(changes: pd.DataFrame) -> list[str]:
    """How the verdicts of a table were reached, once for each way."""
    tested = changes[changes["p"].notna()]
    if tested.empty:
        return []
    ways = "; ".join(tested["method"].drop_duplicates())
    family = int(tested["family"].iloc[0])
    return [
        f"**Method.** The interval asks whether an unchanged rate could give the change. {ways[0].upper() + ways[1:]}. "
        f"Corrected for {family} comparisons by Holm's method."
    ]


def _direction(direction: str, reason: str) -> str:
    words = {
        "up_is_better": "More is better.",
        "up_is_worse": "More is worse.",
        "neither": "More is neither better nor worse.",
    }
    return f"{words[direction]} {reason}"
