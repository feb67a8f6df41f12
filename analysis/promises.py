"""What the status of a promise means: the one rule for what still stands, what is over, and what was not kept.

And what became of promises from one report to the next.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.numbers import places_printed, write_number
from analysis.periods import name_day

__all__ = ["STATUSES", "by_when", "changed_promises", "stands", "was_not_kept"]

# What the workbook of the next report offers.
STATUSES = ["promised", "kept", "partly kept", "not kept", "under way", "changed", "dropped", "ambition", "forecast"]
_OVER = frozenset({"kept", "dropped"})
_KINDS = ["settled", "changed", "new", "gone"]
_NOT_KEPT = frozenset({"partly kept", "not kept"})


def stands(status: str) -> bool:
    """Whether what was promised is still awaited. Other words than those of ``STATUSES`` settle nothing.

    >>> [status for status in STATUSES if stands(status)]
    ['promised', 'under way', 'changed', 'ambition', 'forecast']
    >>> stands("to be delivered"), stands("Kept ")
    (True, False)
    """
    return status.strip().lower() not in _OVER | _NOT_KEPT


def was_not_kept(status: str) -> bool:
    """Whether a promise was settled otherwise than promised: not kept, or only in part.

    >>> [status for status in STATUSES if was_not_kept(status)]
    ['partly kept', 'not kept']
    """
    return status.strip().lower() in _NOT_KEPT


def by_when(words: str, due: Any) -> str:
    """When a promise is due, in the report's own words where it has any.

    >>> by_when("by autumn", pd.Timestamp("2023-09-30")), by_when("", pd.Timestamp("2023-09-30"))
    ('by autumn', '30 September 2023')
    >>> by_when("", pd.NaT)
    'no date given'
    """
    return words or ("no date given" if pd.isna(due) else name_day(due))


def changed_promises(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """What became of promises since the report before: those with another status, day, amount or wording; new; gone.

    Parameters
    ----------
    older, newer
        ``commitments`` of the two releases; a promise that is carried forward keeps its id.

    Returns
    -------
    DataFrame
        ``id, section, kind, text``: ``kind`` is "settled" (it stood, and no longer does), "changed", "new" or "gone",
        in this order, and ``text`` a sentence or two.

    Examples
    --------
    >>> promise = {"id": "pot_holes", "section": "roads", "what": "Fill the holes", "promised_value": float("nan"),
    ...            "unit": "", "due": pd.NaT, "due_words": "by May", "status": "promised"}
    >>> then, now = (pd.DataFrame([promise | {"status": status}]) for status in ("promised", "partly kept"))
    >>> changed_promises(then, now)["text"].tolist()
    ['Fill the holes. When: by May. It stood as “promised” and stands as “partly kept” now.']
    """
    known, told = {row["id"]: row for row in older.to_dict("records")}, []
    for row in newer.to_dict("records"):
        if before := known.pop(row["id"], None):
            told += _became(before, row)
        else:
            words = f"New: {_stopped(row['what'])} When: {_when(row)}. It stands as “{row['status']}”."
            told.append((row["id"], row["section"], "new", words))
    for row in known.values():
        words = f"No longer in the report: {_stopped(row['what'])} When: {_when(row)}. It stood as “{row['status']}”."
        told.append((row["id"], row["section"], "gone", words))
    found = pd.DataFrame(told, columns=["id", "section", "kind", "text"])
    return found.sort_values("kind", key=lambda kinds: kinds.map(_KINDS.index), kind="stable", ignore_index=True)


def _became(before: dict[Any, Any], now: dict[Any, Any]) -> list[tuple[str, str, str, str]]:
    """One promise that both reports hold; nothing where it stands as it stood."""
    moved = []
    if before["status"] != now["status"]:
        moved.append(f"It stood as “{before['status']}” and stands as “{now['status']}” now.")
    if (then := _when(before)) != _when(now):
        moved.append(f"Before, its day was: {then}.")
    elif (day := by_when("", before["due"])) != by_when("", now["due"]):
        moved.append(f"Before, its day was: {day}; now: {by_when('', now['due'])}.")
    if (amount := _amount(before)) != _amount(now):
        moved.append(f"What is promised was {amount or 'no number'} and is {_amount(now) or 'no number'} now.")
    if before["what"] != now["what"]:
        moved.append(f"It was worded: {_stopped(before['what'])}")
    if not moved:
        return []
    kind = "settled" if stands(before["status"]) and not stands(now["status"]) else "changed"
    words = f"{_stopped(now['what'])} When: {_when(now)}. {' '.join(moved)}"
    return [(now["id"], now["section"], kind, words)]


def _when(promise: dict[Any, Any]) -> str:
    return by_when(promise["due_words"], promise["due"])


def _amount(promise: dict[Any, Any]) -> str:
    value = promise["promised_value"]
    if pd.isna(value):
        return ""
    return write_number(value, promise["unit"] or "not_stated", places_printed(f"{value:.15g}"))


def _stopped(text: str) -> str:
    return f"{text.rstrip('. ')}."
