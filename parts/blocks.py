"""The block that shows one printed table: sentence, chart, the same numbers as a table, source, download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.numbers import UNIT_WORDS
from analysis.periods import name_day
from analysis.printed_tables import chart_rows, lay_out, lay_out_ranges
from analysis.sentences import table_sentence
from charts.dots import dot_chart
from charts.lines import line_chart
from charts.palette import Chart
from data.catalogue import COLUMNS
from data.releases import Release
from parts.cached import all_figures, load
from parts.table import show_table

__all__ = ["download_csv", "say", "show_chart", "show_table_block", "source_of"]

_LONGEST_LABEL = 60
_WIDEST = 10
_CHART_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def say(sentence: str) -> None:
    """The plain sentence that opens a block."""
    st.html(f'<p class="said">{sentence}</p>')


def source_of(release: Release, where: str) -> str:
    """Status and source in one line, for captions."""
    info = release.info
    return f"Published figures. Source: {info.force}, {info.title}, {name_day(pd.Timestamp(info.published))}, {where}."


def show_chart(chart: Chart, key: str, source: str) -> None:
    """A chart on its light card, with its words for those who do not see it, and its status and source below."""
    st.plotly_chart(chart.figure, key=key, theme=None, config=_CHART_CONFIG, alt=chart.alt)
    st.caption(f"{chart.key} {source}".strip())


def download_csv(rows: pd.DataFrame, name: str, label: str) -> None:
    """A button that builds its CSV only when it is pressed; a byte order mark keeps £ signs whole in spreadsheets."""
    st.download_button(
        label, data=lambda: rows.to_csv(index=False).encode("utf-8-sig"), file_name=f"{name}.csv", mime="text/csv",
        on_click="ignore", key=f"download_{name}",
    )  # fmt: skip


def show_table_block(release: Release, table_id: str) -> None:
    """Everything about one printed table."""
    table = release.tables[release.tables["id"] == table_id].iloc[0]
    figures = _told_apart(release, table_id)
    published = release.as_published[release.as_published["table"] == table_id]
    ranges = release.ranges[release.ranges["table"] == table_id]
    source = source_of(release, table["where"])
    st.subheader(table["title"], anchor=table_id)
    if len(ranges):
        named = figures.assign(area_name=figures["area"].map(release.areas.set_index("id")["name"]))
        say(f"{table['caption']} The report names only the teams outside each range; the others are not printed.")
        show_table(lay_out_ranges(ranges, named), table["title"], "Question")
        st.caption(source)
    else:
        say(table_sentence(figures, table["title"]))
        for place, chart in enumerate(_charts(release.id, table_id)):
            show_chart(chart, f"chart_{table_id}_{place}", source)
        laid_out = lay_out(figures, published, release.corrections)
        if len(laid_out) == 1 and len(laid_out.columns) > _WIDEST:
            show_table(_upright(laid_out), table["caption"], "When")
        else:
            show_table(laid_out, table["caption"], _first_heading(figures))
    rows = all_figures(release.id)
    left, right = st.columns([2, 3])
    with left:
        download_csv(rows.loc[rows["table"] == table_id, COLUMNS], f"{release.id}_{table_id}", _csv_of(table["title"]))
    with right:
        _definitions(release, pd.concat([figures["measure"], ranges["measure"]]), table["title"])


def _upright(laid_out: pd.DataFrame) -> pd.DataFrame:
    """A table of one long row, stood up: a row a column."""
    row = laid_out.iloc[0]
    columns = laid_out.columns[2:]
    return pd.DataFrame({"row_label": columns, row["row_label"]: [row[name] for name in columns]})


def _csv_of(title: str) -> str:
    return f"Download “{title}” (CSV)"


@st.cache_resource(show_spinner=False, max_entries=512)
def _charts(release_id: str, table_id: str) -> list[Chart]:
    """The charts of a printed table, one a unit; none where a single number stands alone."""
    release = load(release_id)
    table = release.tables[release.tables["id"] == table_id].iloc[0]
    rows = chart_rows(_named_for_a_chart(release, table_id))
    charts = []
    for unit, group in rows.groupby("unit", sort=False):
        if group["kind"].iloc[0] == "time":
            events = touching(release, release.figures.loc[release.figures["table"] == table_id, "measure"])
            charts += [line_chart(group, f"{table['title']}, {UNIT_WORDS[unit]}", events)]
        elif len(group) > 1:
            charts.append(dot_chart(_worth_drawing(group), f"{table['title']}, {UNIT_WORDS[unit]}"))
    return charts


def _told_apart(release: Release, table_id: str) -> pd.DataFrame:
    """The figures of a table; rows that the report labels alike get their measure's title beside the label."""
    figures = release.figures[release.figures["table"] == table_id]
    alike = figures.groupby("row_label")["row_order"].transform("nunique") > 1
    titles = _titles(release, figures)
    return figures.assign(row_label=figures["row_label"].where(~alike, figures["row_label"] + " [" + titles + "]"))


def _titles(release: Release, figures: pd.DataFrame) -> pd.Series:
    return figures["measure"].map(release.measures.set_index("id")["title"])


def _named_for_a_chart(release: Release, table_id: str) -> pd.DataFrame:
    """The figures of a table; a printed label too long for a chart's row gives way to the measure's title."""
    figures = _told_apart(release, table_id)
    long = figures["row_label"].str.len() > _LONGEST_LABEL
    return figures.assign(row_label=figures["row_label"].where(~long, _titles(release, figures)))


def _worth_drawing(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that are not zero throughout; only subtotals and the total where a table has subtotals."""
    if rows["row_kind"].eq("subtotal").any():
        rows = rows[rows["row_kind"].isin(["subtotal", "total"])]
    return rows[rows.groupby("label")["value"].transform(lambda values: values.abs().max()) > 0]


def touching(release: Release, measures: pd.Series) -> pd.DataFrame:
    """Events that touch any of the measures, by id, by section or by basis."""
    known = release.measures[release.measures["id"].isin(set(measures))]
    tokens = set(known["id"]) | {f"section:{each}" for each in known["section"]}
    tokens |= {f"basis:{each}" for each in known["basis"]}
    hit = [bool(tokens & set(named.split())) for named in release.events["measures"]]
    return release.events[hit]


def _first_heading(figures: pd.DataFrame) -> str:
    dimensions = {text.partition("=")[0] for text in figures["breakdown"] if text}
    return dimensions.pop().capitalize() if len(dimensions) == 1 else "Measure"


def _definitions(release: Release, measures: pd.Series, title: str) -> None:
    known = release.measures[release.measures["id"].isin(set(measures))]
    events = touching(release, measures)
    with st.expander(f"Definitions and caveats: {title}"):
        for measure in known.itertuples():
            note = f" {measure.notes}" if measure.notes else ""
            st.markdown(
                f"**{measure.title}** ({UNIT_WORDS[measure.unit]}, {measure.basis} basis). {measure.definition}{note} "
                f"{_direction(measure)}"
            )
        for event in events.sort_values("from").itertuples():
            st.markdown(f"**Event: {event.title}.** {event.note}")


def _direction(measure) -> str:
    words = {
        "up_is_better": "More is better:",
        "up_is_worse": "More is worse:",
        "neither": "Neither better nor worse when it rises:",
    }
    reason = measure.direction_reason
    return f"{words[measure.direction]} {reason[0].lower() + reason[1:]}"
