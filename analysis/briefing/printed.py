"""A measure's own printed numbers: from its section's table, else from running text, with the id of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.briefing.items import Figure
from analysis.briefing.sources import Frames
from analysis.limits import level_limits
from analysis.numbers import VAGUE, places_printed, write_number
from analysis.periods import name_day, name_period
from analysis.printed_tables import chart_rows, write_figure

__all__ = ["drawn_rows", "own_figures", "printed_ids", "told_figures"]

_THROUGH_TIME = ["month", "quarter", "year", "year_to_date", "snapshot"]
_SHOWN_THROUGH_TIME = 3  # values of a path that a briefing lists; its chart draws them all
_LEVELS = ["level", "total", "share", "rate"]
_FEWEST_ON_A_PATH = 3


def own_figures(frames: Frames, measure: str) -> pd.DataFrame:
    """The published figures of the whole force for a measure, of one table: its own section's where that prints it.

    Those of the undivided measure alone, where there are any; else those of its parts. In the order of the report.
    """
    figures = frames.figures_of.get(measure, frames["figures"].iloc[:0])
    known = figures[(figures["area"] == frames.force) & (figures["status"] == "published")]
    if known.empty:
        return known
    home, tables = frames.measure[measure]["section"], frames["tables"].set_index("id")
    place = pd.DataFrame({"table": known["table"].unique()})
    place["other"] = place["table"].map(tables["section"]) != home
    place["order"] = place["table"].map(tables["order"])
    own = known[known["table"] == place.sort_values(["other", "order"], kind="stable")["table"].iloc[0]]
    undivided = own[own["breakdown"] == ""]
    chosen: pd.DataFrame = undivided if len(undivided) else own
    return chosen.sort_values(["row_order", "column_order"], kind="stable")


def told_figures(frames: Frames, known: pd.Series, own: pd.DataFrame) -> tuple[Figure, ...]:
    """A measure's printed numbers, of each part the latest first; of a path through time the last few.

    What no table prints comes from running text, and what is printed only as a range is told as printed.

    Parameters
    ----------
    frames
        The release's own.
    known
        The measure's row of ``measures``, named by its id.
    own
        As ``own_figures`` gives them.
    """
    if own.empty:
        return _from_text(frames, str(known.name), known)
    told: list[Figure] = []
    for part, rows in own.groupby("breakdown", sort=False):
        label = str(part).partition("=")[2] or str(known["title"])
        ordered = rows.sort_values(["period_end", "period_start"], ascending=False, kind="stable")
        path = ordered[ordered["role"].isin(_THROUGH_TIME)]
        kept = ordered.drop(index=path.index[_SHOWN_THROUGH_TIME:])
        told += [
            _figure(frames, row, label, write_figure(row.value, row.unit, row.printed)) for row in kept.itertuples()
        ]
    return tuple(told)


def printed_ids(frames: Frames, measure: str) -> frozenset[str]:
    """Ids of everything printed about a measure: figures of any area, what is worked out beside them, text, places."""
    figures = frames.figures_of.get(measure, frames["figures"].iloc[:0])
    rows = set(zip(figures["table"], figures["row_order"], strict=True))
    derived = frames["as_published"]
    beside = [place in rows for place in zip(derived["table"], derived["row_order"], strict=True)]
    found = {*figures["figure_id"], *derived.loc[pd.Series(beside, index=derived.index, dtype=bool), "id"]}
    for file in ("statements", "comparisons", "ranges"):
        found |= set(frames[file].loc[frames[file]["measure"] == measure, "id"])
    return frozenset(found)


def drawn_rows(frames: Frames, known: pd.Series, own: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """What a chart of a measure draws, as ``chart_rows`` gives it; without rows where one would not help.

    Parameters
    ----------
    frames, known, own
        As for ``told_figures``.
    confidence
        Level of its intervals.
    """
    if own.empty:
        return pd.DataFrame()
    part = own["breakdown"].str.partition("=")[2]
    label = part.where(part != "", known["title"])
    own = own.assign(row_label=label, column_label=label).join(level_limits(own, frames["measures"], confidence))
    rows = chart_rows(own)
    rows = rows[rows["unit"] == rows["unit"].iloc[0]] if len(rows) else rows
    enough = len(rows) >= _FEWEST_ON_A_PATH if len(rows) and rows["kind"].iloc[0] == "time" else len(rows) > 1
    return rows if enough and rows["value"].abs().max() > 0 else rows.iloc[:0]


def _from_text(frames: Frames, measure: str, known: pd.Series) -> tuple[Figure, ...]:
    """What running text says of the whole force in the measure's own unit, else the ranges that are printed of it."""
    quoted = frames["statements"]
    rows = quoted[
        (quoted["measure"] == measure)
        & (quoted["area"] == frames.force)
        & quoted["kind"].isin(_LEVELS)
        & (quoted["unit"] == known["unit"])
    ].sort_values("period_end", ascending=False, kind="stable", na_position="last")
    told = [_figure(frames, row, _part_or(row, known["title"]), _quoted(row)) for row in rows.itertuples()]
    ranges = frames["ranges"][frames["ranges"]["measure"] == measure]
    told += (
        []
        if told
        else [_figure(frames, row, f"{row.question}, {row.scope}", row.printed) for row in ranges.itertuples()]
    )
    return tuple(told)


def _part_or(row: Any, title: str) -> str:
    return str(row.breakdown).partition("=")[2] or title


def _quoted(row: Any) -> str:
    """A number of running text; one that is printed as a round number stays as printed."""
    if VAGUE.search(row.printed):
        return str(row.printed)
    return write_number(row.value, row.unit, 0 if row.unit == "gbp_thousand" else places_printed(row.printed))


def _figure(frames: Frames, row: Any, label: str, text: str) -> Figure:
    own_id = row.figure_id if hasattr(row, "figure_id") else row.id
    period = _period(row.period_start, row.period_end)
    corrected, note = frames.correction_of.get(own_id, ("", ""))
    return Figure(label, period, text, own_id, row.where, corrected, note)


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period that may be open at either end.

    >>> _period(pd.Timestamp("2022-11-01"), pd.NaT), _period(pd.NaT, pd.NaT)
    ('since 1 November 2022', '')
    """
    if pd.isna(start) or pd.isna(end):
        known = [(word, day) for word, day in (("since", start), ("to", end)) if not pd.isna(day)]
        return "".join(f"{word} {name_day(day)}" for word, day in known)
    return name_period(start, end)
