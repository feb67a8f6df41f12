"""One honest word for each change: the ladder of verdicts, Holm over the whole family, events that break a series."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis.change import Change, compare_counts, compare_rolling, compare_shares, compare_values, default_dispersion
from analysis.intervals import holm
from analysis.numbers import places_printed

__all__ = ["SMALL_POINTS", "VERDICTS", "breaks_between", "judge", "separates", "touching_events", "verdict_word"]

VERDICTS = ["real change", "likely change", "cannot tell", "no change", "not comparable", "no verdict"]
_SMALL_PERCENT = 5.0  # a count that surely moved less than this did not change
SMALL_POINTS = 2.0  # and a share that surely moved less than this
_SHARED_BASE = "Shares of years that overlap rest mostly on the same base."
_OTHER_BASE = "The counts printed for it do not give the printed share, so they are not its base."

Row = Mapping[Hashable, Any]  # of a frame, by its column


def judge(
    pairs: pd.DataFrame,
    measures: pd.DataFrame,
    events: pd.DataFrame,
    dispersion: float | None = None,
    confidence: float = 0.95,
    factor: float = 1.0,
) -> pd.DataFrame:
    """Compare every pair and give each its verdict.

    The family for Holm's correction is every pair that is tested and comparable, whatever a page shows of it.

    Parameters
    ----------
    pairs
        As ``analysis.pairs.find_pairs`` gives them.
    measures, events
        The release's own.
    dispersion
        For every count; when None each measure's own, else the default rule.
    confidence
        Verdicts hold at this level; 0.95 unless the reader changes it.
    factor
        Times each measure's own or default dispersion, but never under 1: half or double, to see what would flip.

    Returns
    -------
    DataFrame
        The pairs with ``title, basis, direction, untested, difference, percent, lower, upper, p, p_holm, verdict,
        better_or_worse, dispersion, confidence, method, caveat, events, broken_by``. What is not claimed is missing.
    """
    known = measures.set_index("id")
    own = known.to_dict("index")
    changes = [_compare(pair, own[pair.measure], dispersion, confidence, factor) for pair in pairs.itertuples()]
    told = pairs.assign(
        title=pairs["measure"].map(known["title"]),
        basis=pairs["measure"].map(known["basis"]),
        direction=pairs["measure"].map(known["direction"]),
    )
    own_reason = pairs["measure"].map(known["untested"])
    reasons = [reason or change.untested for reason, change in zip(own_reason, changes, strict=True)]
    told["untested"] = pd.Series(reasons, index=told.index, dtype="str")
    for name in ("difference", "percent", "lower", "upper", "p", "dispersion"):
        told[name] = pd.Series([getattr(change, name) for change in changes], index=told.index, dtype=float)
    for name in ("method", "caveat", "confidence"):
        told[name] = [getattr(change, name) for change in changes]
    dated = events.sort_values("from", kind="stable").to_dict("records")
    touched = [_separating(pair, own[pair.measure], dated) for pair in pairs.itertuples()]
    told["events"] = [_titles(hit) for hit in touched]
    told["broken_by"] = [_titles([event for event in hit if event["effect"] == "break"]) for hit in touched]
    told["caveat"] = [_caveat(caveat, hit) for caveat, hit in zip(told["caveat"], touched, strict=True)]
    told["p_holm"] = _corrected(told)
    told["verdict"] = [_verdict(row, confidence) for row in told.itertuples()]
    told["better_or_worse"] = [_better_or_worse(row) for row in told.itertuples()]
    return told


def touching_events(events: pd.DataFrame, measure: str, section: str, basis: str) -> pd.DataFrame:
    """Events that name a measure, its section or its basis.

    >>> events = pd.DataFrame({"title": ["A", "B"], "measures": ["basis:validated", "asb calls_999"]})
    >>> touching_events(events, "asb", "asb", "other")["title"].tolist()
    ['B']
    """
    hit = [bool(_names(measure, section, basis) & set(named.split())) for named in events["measures"]]
    return events[pd.Series(hit, index=events.index, dtype=bool)]


def _names(measure: str, section: str, basis: str) -> set[str]:
    """What an event may call a measure."""
    return {measure, f"section:{section}", f"basis:{basis}"}


def verdict_word(p: float, p_corrected: float, within_small: bool, confidence: float = 0.95) -> str:
    """The word for a change that was tested; ``within_small`` says that its whole interval is too small to matter.

    >>> verdict_word(0.01, 0.04, False), verdict_word(0.01, 0.06, False)
    ('real change', 'likely change')
    >>> verdict_word(0.3, 1.0, True), verdict_word(0.3, 1.0, False)
    ('no change', 'cannot tell')
    """
    alpha = round(1 - confidence, 12)  # 1 - 0.95 is a hair above 0.05
    if p_corrected < alpha:
        return "real change"
    if p < alpha:
        return "likely change"
    return "no change" if within_small else "cannot tell"


def _compare(pair: Any, measure: Row, dispersion: float | None, confidence: float, factor: float) -> Change:
    """The test that fits the pair's kind; none for what has no known spread."""
    if pair.unit == "count" and not measure["untested"]:
        own = measure["dispersion"]
        usual: float = default_dispersion(pair.earlier_value, pair.later_value) if pd.isna(own) else float(own)
        spread = max(1.0, usual * factor) if dispersion is None else dispersion
        if pair.new_months < 12:
            change = compare_rolling(pair.earlier_value, pair.later_value, pair.new_months, spread, confidence)
        else:
            change = compare_counts(pair.earlier_value, pair.later_value, spread, confidence)
        if "variance" not in change.method:  # exact tests and mere differences know no dispersion
            return change
        return replace(change, method=f"{change.method} (dispersion {_origin(own, dispersion, factor)})")
    x1, n1, x2, n2 = (pair.earlier_numerator, pair.earlier_denominator, pair.later_numerator, pair.later_denominator)
    untested = ""
    if pair.unit == "percent" and not measure["untested"] and not any(pd.isna(base) for base in (x1, n1, x2, n2)):
        own = _own_base(pair.earlier_value, pair.earlier_printed, x1, n1)
        own = own and _own_base(pair.later_value, pair.later_printed, x2, n2)
        if own and pair.new_months == 12:
            return compare_shares(x1, n1, x2, n2, confidence)
        untested = _SHARED_BASE if own else _OTHER_BASE
    return compare_values(pair.earlier_value, pair.later_value, confidence, untested)


def _own_base(value: float, printed: str, x: float, n: float) -> bool:
    """Whether two printed counts give the printed share, to its rounding.

    >>> _own_base(6.3, "6.3%", 587, 9314), _own_base(7.8, "7.8%", 862, 11310)
    (True, False)
    """
    half_a_step = 0.5 * 10 ** -places_printed(printed)
    return bool(0 <= x <= n and n > 0 and abs(x / n * 100 - value) <= half_a_step + 1e-9)


def _origin(own: float, given: float | None, factor: float) -> str:
    """Where a dispersion came from, in words that travel with the result."""
    if given is not None:
        return "as the reader set it"
    times = "" if factor == 1 else f", times {factor:g}"
    return f"{'by the rule' if pd.isna(own) else 'as set for the measure'}{times}"


def _separating(pair: Any, measure: Row, events: Sequence[Row]) -> list[Row]:
    """Events that name the measure, its section or its basis, and that separate the two periods."""
    names = _names(pair.measure, measure["section"], measure["basis"])
    return [event for event in events if names & set(event["measures"].split()) and separates(event, pair)]


def _titles(events: Sequence[Row]) -> str:
    return "; ".join(event["title"] for event in events)


def separates(event: Row, pair: Any) -> bool:
    """Whether an event stands between two periods.

    A permanent one does when it starts after the earlier period's first day and by the later one's last; a temporary
    one when it overlaps either period, unless both lie wholly inside it.
    """
    start, end = event["from"], event["to"]
    if pd.isna(end):
        return bool(pair.earlier_start < start <= pair.later_end)
    periods = [(pair.earlier_start, pair.earlier_end), (pair.later_start, pair.later_end)]
    inside = [start <= first and last <= end for first, last in periods]
    overlaps = [start <= last and first <= end for first, last in periods]
    return any(overlaps) and not all(inside)


def breaks_between(
    touching: pd.DataFrame, first: tuple[pd.Timestamp, pd.Timestamp], second: tuple[pd.Timestamp, pd.Timestamp]
) -> str:
    """Why two periods cannot be compared: the notes of the breaks that separate them, "" where none does.

    Parameters
    ----------
    touching
        Events that bear on what is compared, as ``touching_events`` gives them.
    first, second
        First and last day of the earlier and of the later period.

    Examples
    --------
    >>> years = [(pd.Timestamp(year, 4, 1), pd.Timestamp(year + 1, 3, 31)) for year in (2021, 2022)]
    >>> events = pd.DataFrame({"from": [pd.Timestamp(2022, 11, 1)], "to": [pd.NaT], "effect": ["break"],
    ...                        "note": ["Recording changed."]})
    >>> breaks_between(events, *years)
    'Recording changed.'
    """
    pair = SimpleNamespace(earlier_start=first[0], earlier_end=first[1], later_start=second[0], later_end=second[1])
    own = touching[touching["effect"] == "break"].to_dict("records")
    return " ".join(event["note"] for event in own if separates(event, pair))


def _corrected(told: pd.DataFrame) -> pd.Series:
    family = told.loc[told["p"].notna() & (told["broken_by"] == ""), "p"]
    return pd.Series(holm(list(family)), index=family.index, dtype=float).reindex(told.index)


def _verdict(row: Any, confidence: float) -> str:
    if row.broken_by:
        return "not comparable"
    if pd.isna(row.p):
        return "no verdict"
    bound = _SMALL_PERCENT if not pd.isna(row.percent) else SMALL_POINTS if row.unit == "percent" else 0.0
    return verdict_word(row.p, row.p_holm, -bound < row.lower and row.upper < bound, confidence)


def _better_or_worse(row: Any) -> str:
    """Only for a change that is claimed, and only where the measure's direction says so."""
    if row.verdict not in ("real change", "likely change") or row.direction == "neither":
        return ""
    return "better" if (row.difference > 0) == (row.direction == "up_is_better") else "worse"


def _caveat(own: str, events: Sequence[Row]) -> str:
    return " ".join([*([own] if own else []), *(event["note"] for event in events)])
