"""A path through time: one line a series, named at its end, with events drawn and labelled."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.numbers import UNIT_WORDS
from analysis.periods import name_day, short_period
from charts.palette import CATEGORICAL, LINE_STYLES, TEXT, Chart, base_figure, stamp_on

__all__ = ["line_chart", "mark_events"]

_MOST_LINES = 4


def line_chart(rows: pd.DataFrame, title: str, events: pd.DataFrame | None = None, stamp: str = "") -> Chart:
    """Draw a path of one unit.

    Parameters
    ----------
    rows
        ``series, value, unit, text, period_start, period_end``; at most four series are drawn, in their order.
    title
        What is drawn, for the text alternative.
    events
        ``title, from`` of the events to mark; those outside the path are left out.
    stamp
        Words that must stand inside the chart, such as "Example with invented figures".
    """
    names = list(dict.fromkeys(rows["series"]))[:_MOST_LINES]
    figure = base_figure(height=340)
    for place, name in enumerate(names):
        path = rows[rows["series"] == name].sort_values("period_start")
        colour, dash = LINE_STYLES[place]
        figure.add_scatter(
            x=path["period_start"] + (path["period_end"] - path["period_start"]) / 2,
            y=path["value"],
            name=name,
            mode="lines+markers" if len(path) <= 20 else "lines",
            line={"color": colour, "dash": dash, "width": 2.5},
            marker={"size": 8, "color": colour},
            text=path["text"],
            customdata=[short_period(*each) for each in zip(path["period_start"], path["period_end"], strict=True)],
            hovertemplate="%{customdata}: %{text}<extra>" + name + "</extra>",
        )
    shown, key = mark_events(figure, events, rows)
    figure.update_layout(showlegend=len(names) > 1, legend={"y": 1.1 if len(shown) else 1})
    figure.update_layout(margin_t=70 if len(names) > 1 and len(shown) else 40)
    figure.update_yaxes(title_text=UNIT_WORDS[rows["unit"].iloc[0]].capitalize(), rangemode="tozero", tickformat=",")
    if stamp:
        stamp_on(figure, stamp)
    return Chart(figure, _alt(rows, names, title, shown, stamp), key)


def mark_events(figure: go.Figure, events: pd.DataFrame | None, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Draw the events that start inside a path as numbered lines.

    Parameters
    ----------
    figure
        The chart, which is drawn on.
    events
        ``title, from``; None for none.
    rows
        ``period_start, period_end`` of the path.

    Returns
    -------
    tuple
        The events that were drawn, in order, with ``from`` as ``from_``; and what their numbers mean.
    """
    shown = _inside(events, rows)
    for place, event in enumerate(shown.itertuples()):
        start = event._asdict()["from_"]
        figure.add_vline(x=start, line={"color": CATEGORICAL[4], "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=start, y=1, yref="paper", yanchor="bottom", yshift=2, xanchor=_side(start, rows), text=str(place + 1),
            bordercolor=TEXT, borderpad=2,
        )  # fmt: skip
    return shown, _key(shown)


def _inside(events: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    """The events that start inside the path, in order, with ``from`` as ``from_``."""
    if events is None or events.empty:
        return pd.DataFrame(columns=["title", "from_"])
    named = events.rename(columns={"from": "from_"}).sort_values("from_")
    return named[named["from_"].between(rows["period_start"].min(), rows["period_end"].max())]


def _key(events: pd.DataFrame) -> str:
    named = [
        f"{place} {title}, {name_day(start)}"
        for place, (title, start) in enumerate(zip(events["title"], events["from_"], strict=True), start=1)
    ]
    return f"Events: {'; '.join(named)}." if named else ""


def _side(start: pd.Timestamp, rows: pd.DataFrame) -> str:
    middle = rows["period_start"].min() + (rows["period_end"].max() - rows["period_start"].min()) / 2
    return "left" if start < middle else "right"


def _alt(rows: pd.DataFrame, names: list[str], title: str, events: pd.DataFrame, stamp: str) -> str:
    told = []
    for name in names:
        path = rows[rows["series"] == name].sort_values("period_start")
        first, last = path.iloc[0], path.iloc[-1]
        low, high = path.iloc[path["value"].argmin()], path.iloc[path["value"].argmax()]
        told.append(
            f"{name}: {first['text']} at first ({first['period_start']:%B %Y}), {last['text']} at last "
            f"({last['period_start']:%B %Y}), lowest {low['text']} ({low['period_start']:%B %Y}), "
            f"highest {high['text']} ({high['period_start']:%B %Y})."
        )
    marked = f" Events marked: {'; '.join(events['title'])}." if len(events) else ""
    opening = f"{stamp}. Line chart" if stamp else "Line chart"
    return f"{opening} of {title}. {' '.join(told)}{marked} The table holds every value."
