"""Periods side by side: a row a thing, a dot a period with its interval, the latest value beside the row's name."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from analysis.numbers import UNIT_WORDS
from charts.palette import BACKGROUND_MARK, FURNITURE, Chart, base_figure, mark, shape

__all__ = ["dot_chart", "interval_bars", "wrapped"]

_ROW_PIXELS = 52
_LINE_PIXELS = 17
_LETTERS_A_LINE = 34
_LETTERS_BESIDE = 47  # a name and its value on one line of a phone
_LOG_FROM = 50  # values this many times apart would crush the small ones on a plain axis
_ROWS_IN_ALT = 8
_APART = 0.16  # of a row, between the dots of two periods, so that their bars do not lie on each other


def dot_chart(rows: pd.DataFrame, title: str, confidence: float = 0.95, stamp: str = "") -> Chart:
    """Draw level rows of one unit as dots.

    Parameters
    ----------
    rows
        ``label, series, value, unit, text, period_start, lower, upper`` as ``analysis.printed_tables.chart_rows`` gives
        them, of one unit. Rows keep their order, series stand by period. Bars are drawn where limits are known; a
        ``note`` of the latest period stands below a row's name.
    title
        What is drawn, for the text alternative.
    confidence
        Level of the intervals, for the words.
    stamp
        Words that must stand inside the chart, such as "Example with invented answers".
    """
    rows = rows.assign(label=[wrapped(label) for label in rows["label"]])
    labels = list(dict.fromkeys(rows["label"]))
    series = list(rows.sort_values("period_start", kind="stable")["series"].drop_duplicates())
    height = {label: float(len(labels) - 1 - place) for place, label in enumerate(labels)}
    logarithmic = _needs_log_axis(rows)
    notes = rows[rows["note"] != ""].set_index("label")["note"].to_dict() if "note" in rows else {}
    latest_text = rows[rows["series"] == series[-1]].drop_duplicates("label").set_index("label")["text"]
    beside = all(len(label.split("<br>")[-1]) + len(text) < _LETTERS_BESIDE for label, text in latest_text.items())
    lines = max(label.count("<br>") for label in labels) + bool(notes) + (not beside)
    key = f"<b>{stamp}</b><br>{_key(series)}" if stamp else _key(series)  # above the plot, where no mark is
    top = 14 + _LINE_PIXELS * (key.count("<br>") + 1)
    figure = base_figure(height=top + 48 + (_ROW_PIXELS + _LINE_PIXELS * lines) * len(labels))
    for label in labels[:-1]:
        figure.add_hline(y=height[label] - 0.42, line={"color": FURNITURE, "width": 1})
    for label in labels:
        _row_line(figure, height[label], rows.loc[rows["label"] == label, "value"])
    for place, name in enumerate(reversed(series)):
        chosen = rows[rows["series"] == name]
        figure.add_scatter(
            x=chosen["value"],
            y=chosen["label"].map(height) + (place - (len(series) - 1) / 2) * -_APART,
            name=name,
            mode="markers",
            text=chosen["text"],
            customdata=chosen["label"],
            marker=mark(place),
            error_x=interval_bars(chosen, mark(place)["color"]),
            cliponaxis=False,
            hovertemplate="%{customdata}<br>" + name + ": %{text}<extra></extra>",
        )
    for label in labels:
        between = "  " if beside else "<br>"
        told = f"{label}{between}<b>{latest_text[label]}</b>" if label in latest_text else label
        told += f"<br>{notes[label]}" if label in notes else ""
        figure.add_annotation(
            x=0, xref="paper", y=height[label], text=told, xanchor="left", align="left", yanchor="bottom", yshift=11
        )
    unit = UNIT_WORDS[rows["unit"].iloc[0]]
    axis = f"{unit} (log scale: equal distances are equal ratios)" if logarithmic else unit
    figure.update_xaxes(
        title_text=axis[0].upper() + axis[1:],
        type="log" if logarithmic else "linear",
        rangemode="tozero",
        dtick=1 if logarithmic else None,
        tickformat=",~r" if logarithmic else ",",
        nticks=6,
    )
    figure.update_yaxes(
        showticklabels=False, showgrid=False, ticks="", range=[-0.5, len(labels) - (0.15 if lines else 0.3)]
    )
    figure.update_layout(showlegend=False, margin_t=top)
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=4, align="left", text=key
    )
    bars = f"Bars are {confidence * 100:g}% intervals." if rows["lower"].notna().any() else ""
    opening = f"{stamp}. Dot chart" if stamp else "Dot chart"
    return Chart(figure, _alt(rows, labels, f"{opening} of {title}.", bars), bars)


def _key(series: list[str]) -> str:
    """Which shape is which period, in lines that fit a phone; a legend of the library would take the rows' room."""
    named = [f"{shape(len(series) - 1 - place)} {name}" for place, name in enumerate(series)]
    width = sum(len(name) for name in series) + 5 * len(series)
    return ("<br>" if width > _LETTERS_A_LINE + 10 else "   ").join(named)


def _needs_log_axis(rows: pd.DataFrame) -> bool:
    """Counts that are far apart, none of them zero; shares always keep a plain axis."""
    values = rows["value"]
    counted = rows["unit"].eq("count").all() and (values > 0).all()
    return bool(counted and values.max() / values.min() > _LOG_FROM)


def wrapped(label: str) -> str:
    """A row's name in lines that fit a phone.

    >>> wrapped("Less Serious Violent Crime with Injury, by people known")
    'Less Serious Violent Crime with<br>Injury, by people known'
    """
    return "<br>".join(textwrap.wrap(label, _LETTERS_A_LINE))


def interval_bars(rows: pd.DataFrame, colour: object) -> dict[str, object]:
    """Interval bars where limits are known, from ``value, lower, upper``."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (rows["upper"] - rows["value"]).fillna(0),
        "arrayminus": (rows["value"] - rows["lower"]).fillna(0),
        "visible": bool(rows["lower"].notna().any()),
        "color": colour,
        "thickness": 1.5,
        "width": 4,
    }


def _row_line(figure: go.Figure, height: float, values: pd.Series) -> None:
    """The thin line behind a row's dots."""
    figure.add_scatter(
        x=[values.min(), values.max()],
        y=[height, height],
        mode="lines",
        line={"color": BACKGROUND_MARK, "width": 3},
        showlegend=False,
        hoverinfo="skip",
    )


def _alt(rows: pd.DataFrame, labels: list[str], title: str, bars: str) -> str:
    told = []
    for label in labels[:_ROWS_IN_ALT]:
        values = rows[rows["label"] == label].sort_values("period_start", kind="stable")
        pairs = [f"{name} {text}" for name, text in zip(values["series"], values["text"], strict=True)]
        told.append(f"{label.replace('<br>', ' ')}: {', '.join(pairs)}.")
    rest = "" if len(labels) <= _ROWS_IN_ALT else f" {len(labels) - _ROWS_IN_ALT} more rows."
    parts = [title, *told, rest, bars, "The table below holds every value."]
    return " ".join(part.strip() for part in parts if part)
