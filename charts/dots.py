"""Periods side by side: a row a thing, a dot a period, the latest value beside the row's name."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from analysis.numbers import UNIT_WORDS
from charts.palette import BACKGROUND_MARK, Chart, base_figure, mark

__all__ = ["dot_chart"]

_ROW_PIXELS = 44
_LINE_PIXELS = 17
_LETTERS_A_LINE = 34
_LOG_FROM = 50  # values this many times apart would crush the small ones on a plain axis
_ROWS_IN_ALT = 8


def dot_chart(rows: pd.DataFrame, title: str) -> Chart:
    """Draw level rows of one unit as dots.

    Parameters
    ----------
    rows
        ``label, series, value, unit, text, period_start`` as ``analysis.printed_tables.chart_rows`` gives them, of one
        unit. Rows keep their order, series stand by period.
    title
        What is drawn, for the text alternative.
    """
    rows = rows.assign(label=[_wrapped(label) for label in rows["label"]])
    labels = list(dict.fromkeys(rows["label"]))
    series = list(rows.sort_values("period_start", kind="stable")["series"].drop_duplicates())
    logarithmic = _needs_log_axis(rows)
    lines = max(label.count("<br>") for label in labels)
    figure = base_figure(height=92 + (_ROW_PIXELS + _LINE_PIXELS * lines) * len(labels))
    for label in labels:
        _row_line(figure, label, rows.loc[rows["label"] == label, "value"])
    for place, name in enumerate(reversed(series)):
        chosen = rows[rows["series"] == name]
        figure.add_scatter(
            x=chosen["value"],
            y=chosen["label"],
            name=name,
            mode="markers",
            text=chosen["text"],
            marker=mark(place),
            cliponaxis=False,
            hovertemplate="%{y}<br>" + name + ": %{text}<extra></extra>",
        )
    latest_text = rows[rows["series"] == series[-1]].drop_duplicates("label").set_index("label")["text"]
    for label in labels:
        told = f"{label}  <b>{latest_text[label]}</b>" if label in latest_text else label
        figure.add_annotation(
            x=0, xref="paper", y=label, text=told, xanchor="left", align="left", yanchor="bottom", yshift=7
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
        showticklabels=False, showgrid=False, ticks="", categoryorder="array", categoryarray=labels[::-1]
    )
    figure.update_layout(showlegend=True, legend_traceorder="reversed")
    return Chart(figure, _alt(rows, labels, title))


def _needs_log_axis(rows: pd.DataFrame) -> bool:
    """Counts that are far apart, none of them zero; shares always keep a plain axis."""
    values = rows["value"]
    counted = rows["unit"].eq("count").all() and (values > 0).all()
    return bool(counted and values.max() / values.min() > _LOG_FROM)


def _wrapped(label: str) -> str:
    """A row's name in lines that fit a phone.

    >>> _wrapped("Less Serious Violent Crime with Injury, by people known")
    'Less Serious Violent Crime with<br>Injury, by people known'
    """
    return "<br>".join(textwrap.wrap(label, _LETTERS_A_LINE))


def _row_line(figure: go.Figure, label: str, values: pd.Series) -> None:
    """The thin line that joins a row's dots."""
    figure.add_scatter(
        x=[values.min(), values.max()],
        y=[label, label],
        mode="lines",
        line={"color": BACKGROUND_MARK, "width": 3},
        showlegend=False,
        hoverinfo="skip",
    )


def _alt(rows: pd.DataFrame, labels: list[str], title: str) -> str:
    told = []
    for label in labels[:_ROWS_IN_ALT]:
        values = rows[rows["label"] == label].sort_values("period_start", kind="stable")
        pairs = [f"{name} {text}" for name, text in zip(values["series"], values["text"], strict=True)]
        told.append(f"{label.replace('<br>', ' ')}: {', '.join(pairs)}.")
    rest = "" if len(labels) <= _ROWS_IN_ALT else f" {len(labels) - _ROWS_IN_ALT} more rows."
    return f"Dot chart of {title}. {' '.join(told)}{rest} The table below holds every value."
