"""Areas beside the rest of their force: a row an area, its value with its interval, the verdict in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.area_values import AREA_UNITS, area_value, interval_words, range_said
from charts.area_marks import in_lines, on_axis, side_of, why_withheld
from charts.dots import interval_bars, wrapped
from charts.palette import CATEGORICAL, FURNITURE, SURFACE, TEXT, Chart, base_figure, stamp_on

__all__ = ["area_interval_chart"]

_GREY, _ORANGE = CATEGORICAL[4], CATEGORICAL[3]
_LINE_PIXELS = 18
_LANE = 36  # below a row's words, for its marks
_TO_MARK = 16  # from a row's words down to its marks
_STAMP_PIXELS = 40
_LETTERS = 42  # of words on a line of a phone
_IN_ALT = 12
_PUBLISHED_SO = "published only as a range"


@dataclass(frozen=True)
class _Row:
    """One row of the chart: its words, and what is drawn below them, if anything."""

    lines: list[str]
    kind: str  # value, range or withheld
    source: Any


def area_interval_chart(
    rows: pd.DataFrame, title: str, unit: str = "percent", *, ranges: pd.DataFrame | None = None,
    shrunken: bool = False, stamp: str = "", whole: str = "whole force",
) -> Chart:  # fmt: skip
    """Draw areas by value, the largest on top, with the rest of the force beside each.

    Parameters
    ----------
    rows
        One question and measure of ``analysis.areas.compare_areas``: ``area, estimate, lower, upper, confidence,
        withheld, caveat`` and, where they are known, ``measure, rest, force, difference, verdict, shrunk``. Shares are
        0 to 1. Without ``verdict`` nothing is said of who differs.
    title
        What is compared, for the text alternative.
    unit
        ``percent``, ``per_1000`` or ``count``.
    ranges
        Areas of which a report prints only a range: ``area, low, high`` (one of both may be missing), as the estimates
        are. They are drawn as bands without a dot.
    shrunken
        Whether the shrunken value stands below each value.
    stamp
        Words that must stand inside the chart, such as "Example with invented answers"; no verdict is shown with them.
    whole
        What the line of all areas stands for.
    """
    rows = rows.drop(columns="verdict", errors="ignore") if stamp else rows
    drawn = rows[rows["estimate"].notna()].sort_values(["estimate", "area"], ascending=[False, True])
    gone = rows[rows["estimate"].isna()].sort_values("area")
    banded = pd.DataFrame(columns=["area", "low", "high"]) if ranges is None else ranges
    told = [_Row(_value_lines(row, unit), "value", row) for row in drawn.itertuples()]
    told += [_Row(_range_lines(row, unit), "range", row) for row in banded.itertuples()]
    told += [_Row(_withheld_lines(row), "withheld", row) for row in gone.itertuples()]
    shrunken = shrunken and "shrunk" in drawn
    heights, total = _heights(told)
    key = _key(drawn, banded, shrunken)
    top = 14 + _LINE_PIXELS * (len(key) + ("force" in drawn))
    figure = base_figure(height=top + 48 + total + _STAMP_PIXELS * bool(stamp))
    low, high = _limits(drawn, banded, unit, shrunken)
    for row, height in zip(told, heights, strict=True):
        _place(figure, row, height, (low, high), unit)
    at = pd.Series(heights[: len(drawn)], index=drawn.index, dtype=float)
    if len(drawn):
        _values(figure, drawn, at, unit)
    if len(drawn) and "rest" in drawn:
        _marks(figure, drawn, drawn["rest"], at, unit, "the rest of the force", "x-thin", _GREY)
    if shrunken:
        _marks(figure, drawn, drawn["shrunk"], at - 11, unit, "shrunken", "diamond-open", _ORANGE)
    _force_line(figure, drawn, unit, (low, high), whole)
    figure.update_xaxes(title_text=_axis(unit, drawn, low), range=[low, high], nticks=6, tickformat=",")
    figure.update_yaxes(showticklabels=False, showgrid=False, ticks="", range=[0, total])
    figure.update_layout(showlegend=False, margin_t=top + _STAMP_PIXELS * bool(stamp))
    if key:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", align="left", text="<br>".join(key),
            yshift=4 + _LINE_PIXELS * ("force" in drawn),
        )  # fmt: skip
    if stamp:
        stamp_on(figure, stamp, 1 + (top - 4) / total, "bottom")
    bars = f"Bars are {rows['confidence'].iloc[0] * 100:g}% intervals." if drawn["lower"].notna().any() else ""
    opening = f"{stamp}. Interval chart" if stamp else "Interval chart"
    return Chart(figure, _alt(drawn, banded, gone, f"{opening} of {title}", unit, bars, whole), bars)


def _value_lines(row: Any, unit: str) -> list[str]:
    told = side_of(row).told
    rest = getattr(row, "rest", float("nan"))
    if told and not pd.isna(rest):
        told += f" ({area_value(rest, unit, getattr(row, 'measure', 'top'))})"
    return [*_named(row.area, interval_words(row, unit)), *([told] if told else [])]


def _range_lines(row: Any, unit: str) -> list[str]:
    return [*_named(row.area, range_said(row.low, row.high, unit)), _PUBLISHED_SO]


def _withheld_lines(row: Any) -> list[str]:
    return [*_named(row.area, "withheld"), *in_lines(why_withheld(row), _LETTERS)]


def _named(area: str, value: str) -> list[str]:
    """An area and its value on one line where a phone has room, else on two.

    >>> _named("East", "46% (36% to 56%)")
    ['East  <b>46% (36% to 56%)</b>']
    """
    if len(area) + len(value) < _LETTERS:
        return [f"{area}  <b>{value}</b>"]
    return [*wrapped(area).split("<br>"), f"<b>{value}</b>"]


def _heights(told: Sequence[_Row]) -> tuple[list[int], int]:
    """Where each row's marks stand and how high all rows are, in pixels from the bottom."""
    deep = [len(row.lines) * _LINE_PIXELS + (_LANE if row.kind != "withheld" else _TO_MARK + 8) for row in told]
    total, at, heights = sum(deep), 0, []
    for row, each in zip(told, deep, strict=True):
        heights.append(total - at - len(row.lines) * _LINE_PIXELS - _TO_MARK)
        at += each
    return heights, total


def _place(figure: go.Figure, row: _Row, height: float, limits: tuple[float, float], unit: str) -> None:
    """A row's words, the line above them, and its band if it is a range."""
    edge = height + _TO_MARK + len(row.lines) * _LINE_PIXELS
    figure.add_hline(y=edge, line={"color": FURNITURE, "width": 1}, layer="below")
    if row.kind == "range":
        start, end = _ends(row.source, limits, unit)
        figure.add_bar(
            x=[end - start], base=[start], y=[height], width=13, orientation="h", name=_PUBLISHED_SO,
            marker={
                "color": SURFACE, "line": {"color": _GREY, "width": 1},
                "pattern": {"shape": "/", "fgcolor": _GREY, "size": 6, "solidity": 0.2},
            },
            text=[range_said(row.source.low, row.source.high, unit)], textposition="none", customdata=[row.source.area],
            hovertemplate="%{customdata}: %{text}, " + _PUBLISHED_SO + "<extra></extra>",
        )  # fmt: skip
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", align="left", y=height, yanchor="bottom", yshift=_TO_MARK - 6,
        text="<br>".join(row.lines), bgcolor=SURFACE, borderpad=0,
    )  # fmt: skip


def _ends(row: Any, limits: tuple[float, float], unit: str) -> tuple[float, float]:
    """Where a band begins and ends; an open side goes on to the edge."""
    low, high = on_axis(pd.Series([row.low, row.high]), unit)
    return limits[0] if pd.isna(low) else low, limits[1] if pd.isna(high) else high


def _values(figure: go.Figure, drawn: pd.DataFrame, at: pd.Series, unit: str) -> None:
    sides = [side_of(row) for row in drawn.itertuples()]
    shown = pd.DataFrame({name: on_axis(drawn[name], unit) for name in ("estimate", "lower", "upper")})
    shown = shown.rename(columns={"estimate": "value"})
    figure.add_scatter(
        x=shown["value"], y=at, mode="markers", name="areas", error_x=interval_bars(shown, _GREY), cliponaxis=False,
        marker={
            "symbol": [side.symbol for side in sides], "color": [side.colour for side in sides], "size": 13,
            "opacity": 1, "line": {"width": 2, "color": [side.colour for side in sides]},
        },
        text=[interval_words(row, unit) for row in drawn.itertuples()], customdata=_hover(drawn, sides),
        hovertemplate="%{customdata[0]}: %{text}%{customdata[1]}<extra></extra>",
    )  # fmt: skip


def _hover(drawn: pd.DataFrame, sides: Sequence[Any]) -> list[tuple[str, str]]:
    words = [f", {side.words}" if side.words else "" for side in sides]
    return list(zip(drawn["area"], words, strict=True))


def _marks(
    figure: go.Figure, drawn: pd.DataFrame, values: pd.Series, at: pd.Series, unit: str, name: str, symbol: str,
    colour: str,
) -> None:  # fmt: skip
    """A second value of each row as a small mark of its own shape."""
    seen = values.notna()
    measures = drawn["measure"] if "measure" in drawn else pd.Series("top", index=drawn.index)
    figure.add_scatter(
        x=on_axis(values[seen], unit), y=at[seen], mode="markers", name=name, cliponaxis=False,
        marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
        text=[area_value(*each) for each in zip(values[seen], [unit] * int(seen.sum()), measures[seen], strict=True)],
        customdata=drawn.loc[seen, "area"], hovertemplate="%{customdata}, " + name + ": %{text}<extra></extra>",
    )  # fmt: skip


def _force_line(figure: go.Figure, drawn: pd.DataFrame, unit: str, limits: tuple[float, float], whole: str) -> None:
    """The whole force's value, named at its head."""
    force = _force(drawn)
    if pd.isna(force):
        return
    where = float(on_axis(pd.Series([force]), unit).iloc[0])
    figure.add_vline(x=where, line={"color": TEXT, "width": 1.5, "dash": "dash"}, layer="below")
    measure = drawn["measure"].iloc[0] if "measure" in drawn else "top"
    along = (where - limits[0]) / (limits[1] - limits[0])
    figure.add_annotation(
        x=where, y=1, yref="paper", yanchor="bottom", yshift=2, text=f"{whole} {area_value(force, unit, measure)}",
        xanchor="left" if along < 0.25 else "right" if along > 0.75 else "center",
    )  # fmt: skip


def _force(drawn: pd.DataFrame) -> float:
    known = drawn["force"].dropna() if "force" in drawn else pd.Series(dtype=float)
    return float(known.iloc[0]) if len(known) else float("nan")


def _limits(drawn: pd.DataFrame, ranges: pd.DataFrame, unit: str, shrunken: bool) -> tuple[float, float]:
    """The axis: everything that is drawn with some room, never beyond what a share or a rate can be."""
    names = ["estimate", "lower", "upper", "rest", "force", *(["shrunk"] if shrunken else [])]
    known = [*(drawn[name] for name in names if name in drawn), ranges["low"], ranges["high"]]
    values = list(on_axis(pd.concat([each.astype(float) for each in known]), unit).dropna())
    values += [0.0] if ranges["low"].isna().any() else []
    values += [100.0] if unit == "percent" and ranges["high"].isna().any() else []
    if not values:
        return (0.0, 100.0) if unit == "percent" else (0.0, 1.0)
    room = max(max(values) - min(values), 0.1) * 0.08
    lowest = -100.0 if _is_net(drawn) else 0.0
    highest = 100.0 if unit == "percent" else float("inf")
    return max(min(values) - room, lowest), min(max(values) + room, highest)


def _is_net(drawn: pd.DataFrame) -> bool:
    return "measure" in drawn and bool((drawn["measure"] == "net").any())


def _axis(unit: str, drawn: pd.DataFrame, low: float) -> str:
    words = "Points" if _is_net(drawn) else AREA_UNITS[unit]
    begins = " (not from 0)" if low > 0 else ""
    return f"{words[0].upper()}{words[1:]}{begins}"


def _key(drawn: pd.DataFrame, ranges: pd.DataFrame, shrunken: bool) -> list[str]:
    """What the marks are that no row names, a line each."""
    told = ["× the rest of the force"] if "rest" in drawn and len(drawn) else []
    told += ["◇ shrunken towards the mean of all areas"] if shrunken else []
    return told


def _alt(
    drawn: pd.DataFrame, ranges: pd.DataFrame, gone: pd.DataFrame, title: str, unit: str, bars: str, whole: str
) -> str:
    """The areas that stand out with all their numbers, the others with their value."""
    measure = drawn["measure"].iloc[0] if "measure" in drawn and len(drawn) else "top"
    told = [f"{title}{'' if unit == 'percent' else ', ' + AREA_UNITS[unit]}, the largest value on top."]
    if not pd.isna(_force(drawn)):
        told.append(f"{whole[0].upper()}{whole[1:]}: {area_value(_force(drawn), unit, measure)}.")
    plain: dict[str, list[str]] = {}
    for row in drawn.itertuples():
        words = side_of(row).words
        if words.endswith(("above the rest", "below the rest")):
            told.append(f"{row.area} {interval_words(row, unit)}, {words} ({area_value(row.rest, unit, measure)}).")
        else:
            plain.setdefault(words, []).append(f"{row.area} {area_value(row.estimate, unit, measure)}")
    for words, names in plain.items():
        more = f" and {len(names) - _IN_ALT} more" if len(names) > _IN_ALT else ""
        named = ", ".join(names[:_IN_ALT]) + more
        told.append(f"{words[0].upper()}{words[1:]}: {named}." if words else f"{named}.")
    if len(ranges):
        named = "; ".join(f"{row.area}, {range_said(row.low, row.high, unit)}" for row in ranges.itertuples())
        told.append(f"{_PUBLISHED_SO.capitalize()}: {named}.")
    if len(gone):
        told.append(f"Withheld: {', '.join(gone['area'])}.")
    return " ".join(part for part in [*told, bars, "The table below holds every value."] if part)
