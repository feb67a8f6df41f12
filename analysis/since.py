"""What is different since the last report: rows, revised past values, changed verdicts, events that came or ended."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.periods import name_day
from analysis.printed_tables import is_turned

__all__ = ["changed_events", "changed_verdicts", "named_things", "new_and_dropped", "revised", "rolling_pairs"]

_EVENT_KINDS = ["new", "ended", "began", "moved", "gone"]
_THING = ["measure", "area", "breakdown"]
_SIDE = ["period_start", "period_end", "value", "printed", "numerator", "denominator"]


def rolling_pairs(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Each last 12 months of the newer report beside the older report's, with how many months are new.

    Parameters
    ----------
    older, newer
        Figures of the two releases, each as ``analysis.pairs.own_rows`` gives them.

    Returns
    -------
    DataFrame
        The columns of ``analysis.pairs.find_pairs``; ``new_months`` is 12 where the windows do not overlap.
    """
    sides = [
        rows.rename(columns={name: f"{side}_{name.removeprefix('period_')}" for name in _SIDE})
        for side, rows in (("earlier", older), ("later", newer))
    ]
    left = sides[0].drop(columns=["table", "row_label", "row_kind", "row_order", "column_order", "role"])
    pairs = sides[1].drop(columns="column_order").merge(left, on=[*_THING, "unit"], how="inner")
    ends = pairs["later_end"].dt.to_period("M").astype("int64") - pairs["earlier_end"].dt.to_period("M").astype("int64")
    pairs = pairs.assign(new_months=ends.clip(upper=12).astype(int))
    return pairs[pairs["new_months"] > 0].reset_index(drop=True)


def new_and_dropped(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Things that only one of two releases prints.

    Returns
    -------
    DataFrame
        ``measure, area, breakdown, row_label, what``: ``what`` is "new", "dropped" or "renamed" (the same thing in the
        same table under another printed label), in this order.
    """
    left, right = named_things(older), named_things(newer)
    added = right.merge(left[_THING].drop_duplicates(), on=_THING, how="left", indicator=True)
    gone = left.merge(right[_THING].drop_duplicates(), on=_THING, how="left", indicator=True)
    both = right.merge(left, on=["table", *_THING], suffixes=("", "_older"))
    same = both["row_label"] == both["row_label_older"]
    kept = same.groupby([both[name] for name in ("table", *_THING)], sort=False).transform("any")
    told = [
        added[added["_merge"] == "left_only"].assign(what="new"),
        gone[gone["_merge"] == "left_only"].assign(what="dropped"),
        both[~kept].assign(what="renamed"),
    ]
    columns = [*_THING, "row_label", "what"]
    return pd.concat([each.drop_duplicates(_THING)[columns] for each in told], ignore_index=True)


def named_things(figures: pd.DataFrame) -> pd.DataFrame:
    """Each table's things with the label that names them: the row's, or the column's in a table turned on its side.

    Returns
    -------
    DataFrame
        ``table, measure, area, breakdown, row_label``, each once.
    """
    turned = [table for table, rows in figures.groupby("table", sort=False) if is_turned(rows)]
    label = figures["row_label"].where(~figures["table"].isin(turned), figures["column_label"])
    return figures[["table", *_THING]].assign(row_label=label).drop_duplicates()


def revised(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Values of the same thing and period that the newer release prints differently.

    Returns
    -------
    DataFrame
        ``measure, area, breakdown, period_start, period_end, unit, row_label, older, newer``, and ``older_printed`` and
        ``newer_printed``, the two as they stand in print.
    """
    shown = [*_THING, "period_start", "period_end", "unit"]
    key = [*shown, "planned"]  # a budget is no earlier print of what was spent
    left, right = (rows.assign(planned=rows["role"] == "budget") for rows in (older, newer))
    both = right.merge(left[[*key, "table", "value", "printed"]], on=key, how="inner", suffixes=("", "_older"))
    names = {"value_older": "older", "value": "newer", "printed_older": "older_printed", "printed": "newer_printed"}
    both = both.rename(columns=names)
    both = both.assign(elsewhere=both["table"] != both["table_older"]).sort_values("elsewhere", kind="stable")
    both = both.drop_duplicates(key).sort_index()  # of what several tables print, the same table where it can be
    told = ["older", "newer", "older_printed", "newer_printed"]
    return both.loc[both["older"] != both["newer"], [*shown, "row_label", *told]].reset_index(drop=True)


def changed_verdicts(older: pd.DataFrame, newer: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Verdicts of the same comparison that differ between two releases.

    Parameters
    ----------
    older, newer
        As ``analysis.verdicts.judge`` gives them.
    named
        What the newer release's tables call each row, as ``named_things`` gives it.

    Returns
    -------
    DataFrame
        ``measure, area, breakdown, title, row_label, older, newer``: what it is printed as, and the two verdicts.
    """
    left = older[[*_THING, "verdict"]].rename(columns={"verdict": "older"})
    right = newer[["table", *_THING, "title", "verdict"]].rename(columns={"verdict": "newer"})
    both = right.merge(left, on=_THING, how="inner")
    both = both[both["older"] != both["newer"]].merge(named, on=["table", *_THING], how="left")
    return both[[*_THING, "title", "row_label", "older", "newer"]].drop_duplicates(ignore_index=True)


def changed_events(
    older: pd.DataFrame, newer: pd.DataFrame, older_to: pd.Timestamp, newer_to: pd.Timestamp
) -> pd.DataFrame:
    """Events that a report tells of for the first time, that began or ended since the one before, or are left out.

    Parameters
    ----------
    older, newer
        ``events`` of the two releases; an event that is carried forward keeps its id.
    older_to, newer_to
        The last days of their data.

    Returns
    -------
    DataFrame
        ``id, kind, text``: ``kind`` is "new", "ended", "began", "moved" (its days are others now) or "gone", in this
        order, and ``text`` a sentence or two.

    Examples
    --------
    >>> then = pd.DataFrame([{"id": "flood", "title": "The flood", "from": pd.Timestamp("2023-02-01"), "to": pd.NaT,
    ...                       "note": "Roads were shut."}])
    >>> now = then.assign(to=pd.Timestamp("2023-05-02"))
    >>> changed_events(then, now, pd.Timestamp("2023-03-31"), pd.Timestamp("2023-06-30"))["text"].tolist()
    ['Ended on 2 May 2023: The flood, since 1 February 2023. Roads were shut.']
    """
    known, told = {row["id"]: row for row in older.to_dict("records")}, []
    for row in newer.to_dict("records"):
        before = known.pop(row["id"], None)
        if found := _event_became(before, row, older_to, newer_to):
            kind, opening = found
            was = f" The report before had it{_days(before)}." if before and kind == "moved" else ""
            told.append((row["id"], kind, f"{opening}: {row['title']}{_days(row, kind)}.{was} {row['note']}".strip()))
    told += [(row["id"], "gone", f"No longer in the report: {row['title']}{_days(row)}.") for row in known.values()]
    rows = pd.DataFrame(told, columns=["id", "kind", "text"])
    return rows.sort_values("kind", key=lambda kinds: kinds.map(_EVENT_KINDS.index), kind="stable", ignore_index=True)


def _event_became(
    before: dict[Any, Any] | None, now: dict[Any, Any], older_to: pd.Timestamp, newer_to: pd.Timestamp
) -> tuple[str, str] | None:
    """What is news of an event, and how its sentence opens; None where nothing is."""
    if before is None:
        return "new", "New"
    if not pd.isna(now["to"]) and (pd.isna(before["to"]) or older_to < now["to"] <= newer_to):
        return (
            ("ended", f"Ended on {name_day(now['to'])}") if now["to"] <= newer_to else ("moved", "Its end is known now")
        )
    if older_to < now["from"] <= newer_to:
        return "began", "Has begun"
    if before["from"] != now["from"] or not _same_day(before["to"], now["to"]):
        return "moved", "Its days are others now"
    return None


def _same_day(one: Any, other: Any) -> bool:
    return bool(one == other or (pd.isna(one) and pd.isna(other)))


def _days(event: dict[Any, Any], kind: str = "") -> str:
    """When an event was, as it goes on after its title; what has ended says so before it."""
    if kind == "ended" and event["from"] == event["to"]:
        return ""
    if pd.isna(event["to"]) or kind == "ended":
        return f", since {name_day(event['from'])}"
    if event["from"] == event["to"]:
        return f", {name_day(event['from'])}"
    return f", {name_day(event['from'])} to {name_day(event['to'])}"
