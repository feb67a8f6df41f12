"""Every answer to one question: a bar a wave or group, positive answers right of the middle, negative ones left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.survey_words import share_words
from charts.palette import NEGATIVE, NEUTRAL, POSITIVE, SURFACE, TEXT, Chart, base_figure, readable_on, stamp_on

__all__ = ["answer_chart"]

_ROW_PIXELS = 76
_ROOM_FOR_TEXT = 0.06  # a narrower part has no room for its per cent
_UNSURE = "dont_know"


def answer_chart(rows: pd.DataFrame, sides: Mapping[str, str], title: str, by: str = "wave", stamp: str = "") -> Chart:
    """Draw the distribution of answers as diverging bars; don't know stands in words beside a bar's name.

    Parameters
    ----------
    rows
        ``answer, share`` (0 to 1) and the column ``by``, answers in their order, as ``analysis.survey_layout.
        answer_rows`` gives them.
    sides
        Answer to ``positive``, ``negative``, ``dont_know`` or ``neither``.
    title
        What is drawn, for the text alternative.
    by
        The column that names a bar.
    stamp
        Words that must stand inside the chart, such as "Example with invented answers".
    """
    bars = list(dict.fromkeys(rows[by]))
    answers = [answer for answer in dict.fromkeys(rows["answer"]) if sides.get(answer) != _UNSURE]
    right, left, middle = _sides(answers, sides)
    colours = _colours(right, left, middle)
    if "negative" not in sides.values():
        colours |= dict.fromkeys(left, NEUTRAL)
    figure = base_figure(height=120 + _ROW_PIXELS * len(bars))
    shares = {(row[by], row["answer"]): float(row["share"]) for row in rows.to_dict("records")}
    for place, bar in enumerate(reversed(bars)):
        for answer, start, width in _placed(bar, right, left, middle, shares):
            _part(figure, place, answer, start, width, colours[answer])
        unsure = sum(share for (name, answer), share in shares.items() if name == bar and sides.get(answer) == _UNSURE)
        told = f"<b>{bar}</b>" + (f", don't know {share_words(unsure)}" if unsure else "")
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=place,
            yanchor="bottom",
            yshift=19,
            text=told,
            align="left",
            bgcolor=SURFACE,
        )
    figure.add_vline(x=0, line={"color": TEXT, "width": 1}, layer="below")
    figure.update_layout(barmode="overlay", showlegend=False, bargap=0.55)
    figure.update_xaxes(tickvals=[-100, -50, 0, 50, 100], ticktext=["100%", "50%", "0%", "50%", "100%"])
    figure.update_xaxes(title_text=_axis(right, left, "negative" in sides.values()))
    figure.update_yaxes(showticklabels=False, showgrid=False, ticks="", range=[-0.5, len(bars) - 0.2])
    if stamp:
        figure.update_layout(margin_t=60)
        stamp_on(figure, stamp, 1.02, "bottom")
    opening = f"{stamp}. Bar chart" if stamp else "Bar chart"
    return Chart(figure, _alt(rows, f"{opening} of {title}.", by), _key([*left[::-1], *middle, *right]))


def _sides(answers: Sequence[str], sides: Mapping[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Answers right and left of the middle, the mildest first, and those in it; without negatives all others go left.

    >>> scale = ["Very safe", "Safe", "Neither", "Unsafe"]
    >>> _sides(scale, {"Very safe": "positive", "Safe": "positive", "Unsafe": "negative"})
    (['Safe', 'Very safe'], ['Unsafe'], ['Neither'])
    """
    place = {answer: number for number, answer in enumerate(answers)}
    right = [answer for answer in answers if sides.get(answer) == "positive"]
    left = [answer for answer in answers if sides.get(answer) == "negative"]
    middle = [answer for answer in answers if answer not in (*right, *left)]
    if not left:
        left, middle = middle, []
    centre = sum(map(place.__getitem__, [*left, *middle])) / max(1, len(left) + len(middle))
    other = sum(map(place.__getitem__, [*right, *middle])) / max(1, len(right) + len(middle))
    return (
        sorted(right, key=lambda answer: abs(place[answer] - centre)),
        sorted(left, key=lambda answer: abs(place[answer] - other)),
        middle,
    )


def _colours(right: list[str], left: list[str], middle: list[str]) -> dict[str, str]:
    """The strongest answer of a side is its darkest colour."""
    told = {answer: POSITIVE[min(place, len(POSITIVE) - 1)] for place, answer in enumerate(reversed(right))}
    told |= {answer: NEGATIVE[min(place, len(NEGATIVE) - 1)] for place, answer in enumerate(reversed(left))}
    return told | dict.fromkeys(middle, NEUTRAL)


def _placed(
    bar: str, right: list[str], left: list[str], middle: list[str], shares: Mapping[tuple[str, str], float]
) -> list[tuple[str, float, float]]:
    """Each part of a bar with where it starts and how wide it is, in per cent; the middle answers lie across zero."""
    across = sum(shares.get((bar, answer), 0.0) for answer in middle)
    told, at = [], -across / 2
    for answer in middle:
        told.append((answer, at, shares.get((bar, answer), 0.0)))
        at += shares.get((bar, answer), 0.0)
    at = across / 2
    for answer in right:
        told.append((answer, at, shares.get((bar, answer), 0.0)))
        at += shares.get((bar, answer), 0.0)
    at = -across / 2
    for answer in left:
        at -= shares.get((bar, answer), 0.0)
        told.append((answer, at, shares.get((bar, answer), 0.0)))
    return [(answer, start * 100, width * 100) for answer, start, width in told]


def _part(figure: go.Figure, place: int, answer: str, start: float, width: float, colour: str) -> None:
    text = share_words(width / 100)
    figure.add_bar(
        x=[width],
        y=[place],
        base=[start],
        orientation="h",
        marker={"color": colour, "line": {"color": SURFACE, "width": 1.5}},
        text=[text if width >= _ROOM_FOR_TEXT * 100 else ""],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": readable_on(colour)},
        hovertemplate=f"{answer}: {text}<extra></extra>",
    )


def _axis(right: list[str], left: list[str], told_against: bool) -> str:
    if not left or not right:
        return "Share of answers"
    if not told_against:
        return "← other answers · share of answers · positive →"
    return f"← {left[0] if len(left) == 1 else 'negative'} · share of answers · positive →"


def _key(answers: list[str]) -> str:
    return f"From left to right: {'; '.join(answers)}." if answers else ""


def _alt(rows: pd.DataFrame, title: str, by: str) -> str:
    told = []
    for bar in dict.fromkeys(rows[by]):
        own = rows[rows[by] == bar]
        parts = ", ".join(f"{row.answer} {share_words(row.share)}" for row in own.itertuples())
        told.append(f"{bar}: {parts}.")
    return " ".join([title, *told, "The table below holds every value."])
