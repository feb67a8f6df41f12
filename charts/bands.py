"""A path with a band: what was expected, a control chart's limits, what may come next, what is left over."""

from __future__ import annotations

import pandas as pd

from analysis.periods import short_period
from charts.lines import mark_events
from charts.palette import BACKGROUND_MARK, CATEGORICAL, FURNITURE, SURFACE, Chart, base_figure, stamp_on

__all__ = ["band_chart", "season_chart", "week_chart", "year_chart"]

_BLUE, _PINK, _ORANGE = CATEGORICAL[0], CATEGORICAL[2], CATEGORICAL[3]
_IN_ALT = 8


def band_chart(
    rows: pd.DataFrame, title: str, unit: str, middle: str, band: str, *, events: pd.DataFrame | None = None,
    other: str = "", stamp: str = "", from_zero: bool = True,
) -> Chart:  # fmt: skip
    """Draw values as a line, a middle as a dashed one and a band behind; marked points are diamonds.

    Parameters
    ----------
    rows
        ``period_start, period_end, value, middle, lower, upper, text, mark`` and, for another guess, ``other``, as the
        functions of ``analysis.season_layout`` give them. What is missing is not drawn.
    title
        What is drawn, for the text alternative.
    unit
        On the value axis.
    middle, band, other
        What the dashed line, the band and the dotted line are.
    events
        ``title, from`` of the events to mark.
    stamp
        Words that must stand inside the chart.
    from_zero
        Whether the value axis begins at 0.
    """
    figure = base_figure(height=340)
    when = rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2
    names = [short_period(*each) for each in zip(rows["period_start"], rows["period_end"], strict=True)]
    inside = rows["lower"].notna()
    for name, fill in (("upper", None), ("lower", "tonexty")):
        figure.add_scatter(
            x=when[inside], y=rows.loc[inside, name], mode="lines", line={"width": 0.5, "color": BACKGROUND_MARK},
            fill=fill, fillcolor=FURNITURE, hoverinfo="skip", showlegend=name == "lower", name=band,
        )  # fmt: skip
    figure.add_scatter(
        x=when, y=rows["middle"], mode="lines", name=middle, line={"color": _ORANGE, "dash": "dash", "width": 2},
        hoverinfo="skip",
    )  # fmt: skip
    if other:
        figure.add_scatter(
            x=when, y=rows["other"], mode="lines", name=other, hoverinfo="skip",
            line={"color": CATEGORICAL[4], "dash": "dot", "width": 2},
        )  # fmt: skip
    figure.add_scatter(
        x=when, y=rows["value"], mode="lines+markers", name="observed", line={"color": _BLUE, "width": 2},
        marker={"size": 6}, text=rows["text"], customdata=names, hovertemplate="%{customdata}: %{text}<extra></extra>",
    )  # fmt: skip
    marked = rows["mark"] != ""
    if marked.any():
        figure.add_scatter(
            x=when[marked], y=rows.loc[marked, "value"], mode="markers", name="marked", text=rows.loc[marked, "mark"],
            marker={"symbol": "diamond-open", "size": 13, "color": _PINK, "line": {"width": 2}},
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    shown, key = mark_events(figure, events, rows)
    figure.update_layout(legend={"y": 1.1 if len(shown) else 1}, margin_t=90 if len(shown) else 64)
    figure.update_yaxes(title_text=unit, rangemode="tozero" if from_zero else "normal", tickformat=",")
    if stamp:
        stamp_on(figure, stamp)
    return Chart(figure, _alt(rows, names, title, band, shown, stamp), key)


def season_chart(rows: pd.DataFrame, title: str, stamp: str = "") -> Chart:
    """Draw a season as bars above and below an average step, with the range of all years.

    Parameters
    ----------
    rows
        ``label, name, value, lower, upper, text`` as ``analysis.season_layout.season_rows`` gives them.
    title
        What is drawn, for the text alternative.
    stamp
        Words that must stand inside the chart.
    """
    figure = base_figure(height=340)
    figure.add_bar(
        x=rows["label"], y=rows["value"], marker={"color": _BLUE}, text=rows["text"], textposition="none",
        customdata=rows["name"], hovertemplate="%{customdata}: %{text} an average one<extra></extra>",
        error_y={
            "type": "data", "symmetric": False, "array": rows["upper"] - rows["value"],
            "arrayminus": rows["value"] - rows["lower"], "color": _ORANGE, "thickness": 1.5, "width": 4,
        },
    )  # fmt: skip
    figure.update_yaxes(title_text="% above or below average", ticksuffix="%", zeroline=True, zerolinewidth=1)
    if stamp:
        stamp_on(figure, stamp)
    told = "; ".join(f"{row.name} {row.text}" for row in rows[["name", "text"]].itertuples(index=False))
    opening = f"{stamp}. Bar chart" if stamp else "Bar chart"
    key = "Bars: the season of the last year. Lines: its range over all years."
    return Chart(figure, f"{opening} of {title}, against an average one: {told}.", key)


def year_chart(rows: pd.DataFrame, title: str, unit: str, stamp: str = "") -> Chart:
    """Draw the latest years over each other, the last one strongest.

    Parameters
    ----------
    rows
        ``series, place, label, value, text`` as ``analysis.season_layout.year_rows`` gives them.
    title, unit, stamp
        As in ``band_chart``.
    """
    figure = base_figure(height=340)
    names = list(dict.fromkeys(rows["series"]))
    styles = ["solid", "dash", "dot", "dashdot"]
    colours = [_BLUE, _ORANGE, _PINK, CATEGORICAL[4]]
    for place, name in enumerate(reversed(names)):
        own = rows[rows["series"] == name]
        figure.add_scatter(
            x=own["label"], y=own["value"], mode="lines" if place else "lines+markers", name=name, text=own["text"],
            line={"color": colours[place % 4], "dash": styles[place % 4], "width": 3 if place == 0 else 1.5},
            hovertemplate="%{x}: %{text}<extra>" + name + "</extra>",
        )  # fmt: skip
    figure.update_yaxes(title_text=unit, rangemode="tozero", tickformat=",")
    order = rows.sort_values("place")["label"].drop_duplicates()
    figure.update_xaxes(categoryorder="array", categoryarray=list(order))
    figure.update_layout(margin_t=64)
    if stamp:
        stamp_on(figure, stamp)
    told = []
    for name in names:
        own = rows[(rows["series"] == name) & rows["value"].notna()]
        if own.empty:
            continue
        high, low = own.loc[own["value"].idxmax()], own.loc[own["value"].idxmin()]
        told.append(f"{name}: highest {high['text']} in {high['label']}, lowest {low['text']} in {low['label']}.")
    opening = f"{stamp}. Line chart" if stamp else "Line chart"
    return Chart(figure, f"{opening} of {title}, {unit}. {' '.join(told)}")


def week_chart(table: pd.DataFrame, title: str, stamp: str = "") -> Chart:
    """Draw a week, hour by hour: darker is more; an hour without any is left empty, which is not 0.

    Parameters
    ----------
    table
        ``day, hour, n, share`` as ``analysis.timing.hour_table`` gives them.
    title, stamp
        As in ``band_chart``.
    """
    wide = table.pivot(index="day", columns="hour", values="n").loc[list(dict.fromkeys(table["day"]))]
    figure = base_figure(height=360)
    figure.add_heatmap(
        z=wide.to_numpy(dtype=float), x=[f"{hour}:00" for hour in wide.columns], y=list(wide.index), xgap=1, ygap=1,
        colorscale=[[0, SURFACE], [1, _BLUE]], hoverongaps=False, colorbar={"title": "events", "thickness": 12},
        hovertemplate="%{y} %{x}: %{z:,.0f}<extra></extra>", zmin=0,
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False, tickangle=0, tickvals=[f"{hour}:00" for hour in range(0, 24, 6)])
    if stamp:
        stamp_on(figure, stamp)
    top = table.dropna(subset=["n"]).sort_values("n", ascending=False).head(3)
    told = "; ".join(f"{row.day} {int(row.hour)}:00, {row.n:,.0f}" for row in top.itertuples())
    empty = int(table["n"].isna().sum())
    opening = f"{stamp}. Heat map" if stamp else "Heat map"
    none = "" if not empty else " One hour is empty." if empty == 1 else f" {empty} hours are empty."
    return Chart(figure, f"{opening} of {title}. Busiest: {told}.{none} The table below holds every value.")


def _alt(rows: pd.DataFrame, names: list[str], title: str, band: str, events: pd.DataFrame, stamp: str) -> str:
    seen = rows["value"].notna().to_numpy()
    first, last = seen.argmax(), len(seen) - 1 - seen[::-1].argmax()
    told = [f"{names[first]} {rows['text'].iloc[first]}, {names[last]} {rows['text'].iloc[last]}."]
    marked = [f"{name}: {mark}" for name, mark in zip(names, rows["mark"], strict=True) if mark]
    if marked:
        more = f" and {len(marked) - _IN_ALT} more" if len(marked) > _IN_ALT else ""
        told.append(f"Marked: {'; '.join(marked[:_IN_ALT])}{more}.")
    if len(events):
        told.append(f"Events marked: {'; '.join(events['title'])}.")
    opening = f"{stamp}. Line chart" if stamp else "Line chart"
    return f"{opening} of {title}, with {band}. {' '.join(told)} The table below holds every value."
