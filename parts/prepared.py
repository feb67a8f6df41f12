"""What a printed table's block shows, made once for all visitors: sentence, charts, tables as HTML, words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis import definitions
from analysis.periods import name_day
from analysis.table_told import TableTold, printed_in, table_told
from charts.palette import Chart
from charts.table_charts import table_charts
from data.catalogue import COLUMNS
from data.corrected import with_corrections
from data.releases import Release
from data.states import state_words
from parts.cached import all_figures, load
from parts.corrected import corrected_source
from parts.findings import check_note, doubtful
from parts.judged import Assumptions, judged
from parts.now import made_once
from parts.table import address_of, anchor_of, html_of, stamped

__all__ = ["Block", "block_of", "source_of", "touching"]


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
    changes, stamp = judged(release_id, against, how), state_words(release.info.state)
    printed = printed_in(release.frames(), table_id)
    told = table_told(release.frames(), table_id, changes, doubtful(release.id), how.confidence)
    everything = all_figures(release_id)
    return Block(
        title=table["title"],
        sentence=told.sentence,
        caveat=told.caveat,
        source=source_of(release, table["where"]) + corrected_source(release, printed),
        charts=table_charts(told.drawn, table["title"], told.events, how.confidence, stamp),
        numbers=html_of(told.rows, stamped(stamp, told.caption), told.first),
        check=check_note(release, printed, table["section"]),
        contributions=html_of(
            told.contributions, f"{table['title']}: how much of the total's change each part made", "Part"
        ),
        bridge=_bridge(told),
        elsewhere=_elsewhere(release, table_id),
        definitions=[f"**{name}**{words}" for name, words in told.definitions],
        rows=pd.concat([everything.loc[everything["table"] == table_id, COLUMNS], _derived(release, table)]),
    )


def _bridge(told: TableTold) -> str:
    """From reported to validated crime, where the table is the one of crimes that wait."""
    table = html_of(told.bridge, "From reported to validated crime, last 12 months", "Step")
    return f"<p>{told.bridge_sentence}</p>{table}" if table else ""


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
    return definitions.touching(release.events, release.measures[release.measures["id"].isin(set(measures))])


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
