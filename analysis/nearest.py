"""What can be used when a change is not comparable.

The reported twin, the parts that have one, or the change without a new offence: never a dead end, never more than the
report prints.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.change import compare_counts
from analysis.change_words import change_phrase, within_sentence
from analysis.numbers import write_number
from analysis.periods import name_period

__all__ = ["backlog_bridge", "bridge", "bridge_sentence", "contributions", "nearest_usable"]

_WHOLE = "All Crime"  # the offence label of the undivided count, as reports print it

Counts = Mapping[tuple[str, str, pd.Timestamp, pd.Timestamp], float]


def nearest_usable(
    judged: pd.DataFrame, figures: pd.DataFrame, measures: pd.DataFrame, events: pd.DataFrame, quoted: pd.DataFrame
) -> pd.Series:
    """A sentence for each row that is not comparable, "" for the others.

    Parameters
    ----------
    judged
        As ``analysis.verdicts.judge`` gives it.
    figures, measures, events
        The release's own; an event's ``counted_by`` names the measure that counts a new offence.
    quoted
        Counts from running text: ``measure, area, breakdown, period_start, period_end, value``.
    """
    offence = measures.set_index("id")["offence"]
    basis = measures.set_index("id")["basis"]
    usable = judged[(judged["basis"] == "reported") & (judged["verdict"] != "not comparable")]
    twins = {
        (offence[row.measure], row.area): row
        for row in usable.itertuples()
        if offence[row.measure] and row.breakdown == ""
    }
    offences = events[events["counted_by"] != ""].to_dict("records")
    counts = _by_period(quoted)
    told = []
    for row in judged.itertuples():
        if row.verdict != "not comparable":
            told.append("")
            continue
        validated = row.basis == "validated"
        found = [
            _without_new_offence(row, offences, counts, basis),
            _twin(row, twins.get((offence[row.measure], row.area))) if validated else "",
            _parts(row, figures, offence, twins) if validated else "",
            _scale(row, twins.get((_WHOLE, row.area))) if validated else "",
        ]
        usable_ones = [sentence for sentence in found if sentence]
        told.append(usable_ones[0] if usable_ones else "The report prints no count that both periods record alike.")
    return pd.Series(told, index=judged.index, dtype="str")


def bridge(reported: float, validated: float, waiting_before: float, waiting_after: float) -> pd.DataFrame:
    """From crimes reported in a year to crimes validated in it, by way of the backlog.

    Parameters
    ----------
    reported, validated
        Counts of the same year.
    waiting_before, waiting_after
        Crimes waiting to be validated at its start and end.

    Returns
    -------
    DataFrame
        ``step, count``: reported, backlog cleared, unexplained, validated; the first three add up to the last.

    >>> bridge(88286, 95927, 6793, 512)["count"].tolist()
    [88286, 6281, 1360, 95927]
    """
    cleared = waiting_before - waiting_after
    steps = ["Reported in the year", "Backlog cleared in the year", "Not explained by either", "Validated in the year"]
    counts = [reported, cleared, validated - reported - cleared, validated]
    return pd.DataFrame({"step": steps, "count": counts})


def bridge_sentence(steps: pd.DataFrame) -> str:
    """What the backlog did to the validated count, in a sentence.

    Parameters
    ----------
    steps
        As ``bridge`` gives them.

    >>> print(bridge_sentence(bridge(88286, 95927, 6793, 512)))
    More crimes were validated than reported in the year: the backlog fell by 6,281, and those crimes were counted too.
    >>> print(bridge_sentence(bridge(41200, 40150, 900, 1950)))
    Fewer crimes were validated than reported in the year: the backlog grew by 1,050, and those are not yet counted.
    """
    reported, cleared, _, validated = steps["count"]
    if validated == reported:
        compared = "As many crimes were validated as reported in the year"
    else:
        compared = f"{'More' if validated > reported else 'Fewer'} crimes were validated than reported in the year"
    if cleared == 0:
        return f"{compared}; the backlog ended as it began."
    mark = ":" if (validated - reported) * cleared > 0 else ";"  # a colon where the backlog explains it
    if cleared > 0:
        return f"{compared}{mark} the backlog fell by {write_number(cleared)}, and those crimes were counted too."
    return f"{compared}{mark} the backlog grew by {write_number(-cleared)}, and those are not yet counted."


def contributions(judged: pd.DataFrame) -> pd.DataFrame:
    """How much of a total's change each part made, for one printed table.

    Parameters
    ----------
    judged
        Rows of one table with ``row_kind`` and ``difference``, one of them the total.

    Returns
    -------
    DataFrame
        ``row_label, difference, share``: ``share`` is the part's difference as a per cent of the total's; parts that
        went the other way are negative. Empty where there is no total or it did not change.

    >>> rows = pd.DataFrame({"row_label": ["A", "B", "All"], "row_kind": ["part", "part", "total"],
    ...     "difference": [30.0, -10.0, 20.0]})
    >>> contributions(rows)["share"].tolist()
    [150.0, -50.0]
    """
    total = judged.loc[judged["row_kind"] == "total", "difference"]
    parts = judged[judged["row_kind"] == "part"]
    if len(total) != 1 or total.iloc[0] == 0:
        return pd.DataFrame(columns=["row_label", "difference", "share"])
    shares = parts["difference"] / total.iloc[0] * 100
    return parts.assign(share=shares)[["row_label", "difference", "share"]].reset_index(drop=True)


def _without_new_offence(row: Any, events: Sequence[Mapping[Hashable, Any]], counts: Counts, basis: pd.Series) -> str:
    """The change without an offence that only came in later, where its count is printed for each period it is in."""
    broken = set(row.broken_by.split("; "))
    for event in events:
        if event["title"] not in broken:
            continue
        counted = counts.get((event["counted_by"], row.area, row.later_start, row.later_end))
        if not pd.isna(event["to"]) or row.breakdown or counted is None:
            continue
        if basis[event["counted_by"]] != row.basis:
            known = basis[event["counted_by"]]
            return f"The report prints how many there were of the new offence for {known} crime only."
        before: float | None = 0.0
        if row.earlier_end >= event["from"]:  # part of the earlier period has the new offence too
            before = counts.get((event["counted_by"], row.area, row.earlier_start, row.earlier_end))
        if before is None:
            continue
        later = row.later_value - counted
        change = compare_counts(row.earlier_value - before, later, confidence=row.confidence)
        moved = change_phrase(change.difference, change.percent, "count")
        others = sorted(within_sentence(title) for title in broken - {event["title"]})
        rest = f" Still touched by: {'; '.join(others)}." if others else ""
        return f"Without the new offence ({write_number(counted)}): {write_number(later)}, {moved}.{rest}"
    return ""


def _by_period(quoted: pd.DataFrame) -> Counts:
    """Undivided counts by measure, area and period; of what is quoted twice, the first."""
    undivided = quoted[quoted["breakdown"] == ""].drop_duplicates(["measure", "area", "period_start", "period_end"])
    return {
        (row.measure, row.area, row.period_start, row.period_end): float(row.value) for row in undivided.itertuples()
    }


def _twin(row: Any, twin: Any) -> str:
    if twin is None or row.breakdown:
        return ""
    return f"As reported: {write_number(twin.later_value)}, {_moved(row, twin, twin)} ({twin.verdict})."


def _parts(row: Any, figures: pd.DataFrame, offence: pd.Series, twins: dict[tuple[str, str], Any]) -> str:
    """The reported twins of a total's parts, added up, when at least half of them have one."""
    if row.row_kind != "total" or row.breakdown:
        return ""
    in_table = (figures["table"] == row.table) & (figures["area"] == row.area) & (figures["row_kind"] == "part")
    labels = [offence[measure] for measure in figures.loc[in_table, "measure"].unique()]
    found = [twins[(label, row.area)] for label in labels if (label, row.area) in twins]
    found = [twin for twin in found if (twin.earlier_start, twin.later_start) == _starts(found[0])]
    if len(found) < 2 or len(found) * 2 < len(labels):
        return ""
    earlier, later = sum(twin.earlier_value for twin in found), sum(twin.later_value for twin in found)
    change = compare_counts(earlier, later, confidence=row.confidence)
    which = "all" if len(found) == len(labels) else f"{len(found)} of {len(labels)}"
    return f"As reported, {which} of its types: {write_number(later)}, {_moved(row, found[0], change)}."


def _scale(row: Any, whole: Any) -> str:
    """For scale only, and never for deaths: what all reported crime did."""
    if whole is None:
        return ""
    if row.dispersion == 1:
        return "The report prints no reported count of its own for this."
    return (
        f"The report prints no reported count of its own for this. For scale: all reported crime went "
        f"{_moved(row, whole, whole)} ({whole.verdict})."
    )


def _starts(row: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    return row.earlier_start, row.later_start


def _moved(row: Any, twin: Any, change: Any) -> str:
    """How much a twin moved, with its own earlier period where that is not the row's."""
    moved = change_phrase(change.difference, change.percent, "count")
    if twin.earlier_start == row.earlier_start:
        return moved
    return f"{moved} on the {name_period(twin.earlier_start, twin.earlier_end)}"


def backlog_bridge(figures: pd.DataFrame, measures: pd.DataFrame, stock: str) -> pd.DataFrame:
    """The bridge of a release from its own figures; empty where one of the four numbers is not printed.

    Parameters
    ----------
    figures, measures
        The release's own.
    stock
        The measure that counts crimes waiting to be validated, by its first day of the month.
    """
    whole = measures[measures["offence"] == _WHOLE].set_index("basis")["id"]
    last = figures[figures["role"] == "last_12_months"].drop_duplicates("measure").set_index("measure")
    waiting = figures[figures["measure"] == stock].drop_duplicates("period_start").set_index("period_start")["value"]
    if not {"reported", "validated"} <= set(whole.index) or not set(whole) <= set(last.index):
        return pd.DataFrame(columns=["step", "count"])
    year = last.loc[whole["validated"]]
    after = year["period_end"] + pd.Timedelta(days=1)
    if year["period_start"] not in waiting or after not in waiting:
        return pd.DataFrame(columns=["step", "count"])
    return bridge(last.loc[whole["reported"], "value"], year["value"], waiting[year["period_start"]], waiting[after])
