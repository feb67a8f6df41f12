"""Past values that the new report prints differently, and verdicts that are other ones because of it, or without it."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.change_words import change_phrase
from analysis.colleague.cells import THING, period_words, place_of, tables_of, where_words
from analysis.colleague.finding import LATER, Finding, Place, key_of
from analysis.colleague.told import Told
from analysis.numbers import half_up, places_printed, write_number
from analysis.pairs import AGAINST, find_pairs
from analysis.verdicts import judge

__all__ = ["judged_of", "revision_words", "tell_revisions", "tell_verdicts"]

Frames = Mapping[str, pd.DataFrame]

_NAMED = 6  # verdicts that one line names
_PERCENT_FROM = 50  # no per cent on a base under this
_AGAINST = {"previous": "the 12 months before", "baseline": "the baseline"}
_PAIR = ["against", *THING]


def tell_revisions(cells: pd.DataFrame, newer: Frames, now: pd.DataFrame, told: Told) -> set[tuple[str, ...]]:
    """Tell each past value that is printed differently now, and which verdicts are other ones because of it alone.

    The newer release is judged once as it stands and once with the older values put back, each time with its whole
    family under Holm's correction. A verdict on a revised value is told beside it, any other on its own. A value that
    is worked out from others and revised as they are is not told again.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    newer
        The frames of the newer release.
    now
        Its verdicts, as ``judged_of`` gives them.
    told
        What has been told so far.

    Returns
    -------
    set
        ``(against, measure, area, breakdown)`` of the verdicts that are told.
    """
    differs = cells["same"].notna() & (cells["value"] != cells["same"])
    rows = [row for row in cells[differs].itertuples() if not told.knows(row)]
    if not rows:
        return set()
    once = {
        tuple(getattr(row, name) for name in [*THING, "period_start", "period_end", "unit"]): row for row in rows[::-1]
    }
    revised = [row for row in rows if any(row is each for each in once.values())]
    then = judged_of(newer, _put_back(told.mended_figures(newer["figures"]), rows))
    flips = _different(then, now)
    own: dict[tuple[str, ...], list[str]] = {}
    for flip in flips.itertuples():
        said = f"against {_AGAINST[flip.against]} the verdict becomes “{flip.newer}” instead of “{flip.older}”"
        own.setdefault(_thing(flip), []).append(said)
    first = _not_following(revised, told)
    for row in first:
        _tell(row, own.get(_thing(row), []), told)
    things, following = {_thing(row) for row in first}, {_thing(row) for row in revised}
    for number, flip in enumerate(flip for flip in flips.itertuples() if _thing(flip) not in things):
        key = key_of("flipped", flip.against, *_thing(flip), flip.older, flip.newer)
        why = (
            "it is worked out from values that were revised"
            if _thing(flip) in following
            else "its own values are as they were, but they are judged among others"
        )
        what = (
            f"Against {_AGAINST[flip.against]} the verdict is “{flip.newer}”, and with the past values of the last "
            f"report it would be “{flip.older}”: {why}."
        )
        told.tell(_of_verdict(flip, "flipped", key, what, number, newer))
    return {(str(flip.against), *_thing(flip)) for flip in flips.itertuples()}


def _not_following(revised: list[Any], told: Told) -> list[Any]:
    """The revised figures without those whose own revision is that of the figures they are worked out from."""
    back: dict[str, float] = {}
    following = set()
    for row in sorted(revised, key=lambda row: not told.is_base(row.figure_id)):
        put_back = told.once_mended(row, back)
        if put_back is not None and math.isclose(put_back, row.same, rel_tol=1e-9, abs_tol=1e-9):
            following.add(row.figure_id)
        back[row.figure_id] = row.same
    return [row for row in revised if row.figure_id not in following]


def tell_verdicts(
    older: Frames, newer: Frames, now: pd.DataFrame, told: Told, cells: pd.DataFrame, left_out: set[tuple[str, ...]]
) -> None:
    """Tell verdicts that differ from those of the last report, without those that a revision or a slip explains.

    Parameters
    ----------
    older, newer
        The frames of two releases.
    now
        The newer one's verdicts, as ``judged_of`` gives them.
    told
        What has been told so far.
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    left_out
        As ``tell_revisions`` gives them.
    """
    changed = _different(judged_of(older, older["figures"]), now)
    mended = {_thing(row) for row in cells[cells["figure_id"].isin(list(told.mended))].itertuples()}
    rows = [
        row for row in changed.itertuples()
        if (str(row.against), *_thing(row)) not in left_out and _thing(row) not in mended
    ]  # fmt: skip
    if len(rows) > 1:
        told.tell(_of_verdicts(rows, newer))
        return
    for row in rows:
        key = key_of("verdict", row.against, *_thing(row), row.older, row.newer)
        what = (
            f"Against {_AGAINST[row.against]} the verdict was “{row.older}” in the last report; "
            f"now it is “{row.newer}”."
        )
        told.tell(_of_verdict(row, "verdict", key, what, 0, newer))


def revision_words(older: float, newer: float, unit: str, places: int = 0) -> str:
    """By how much a past value was revised: the difference, and as per cent or in points where that can be said.

    >>> revision_words(31094, 31100, "count"), revision_words(63, 64, "percent"), revision_words(26, 38, "count")
    ('6 more, up by less than 0.1%', 'up 1.0 points', '12 more')
    >>> revision_words(190822, 190000, "gbp_thousand"), revision_words(24.85, 21.49, "seconds", 2)
    ('down £822,000, down 0.4%', 'down 3.36 seconds, down 13.5%')
    """
    moved = change_phrase(half_up(newer - older, max(places, 6)), None, unit, places)
    if unit in ("percent", "percentage_points") or older <= 0 or (unit == "count" and older < _PERCENT_FROM):
        return moved
    return f"{moved}, {change_phrase(newer - older, (newer / older - 1) * 100, unit)}"


def _tell(row: Any, flips: list[str], told: Told) -> None:
    places = max(places_printed(row.printed), places_printed(row.same_printed))
    was, now = (write_number(value, row.unit, places) for value in (row.same, row.value))
    what = (
        f"The value of {period_words(row)} was {was} in the last report and is {now} now: "
        f"{revision_words(row.same, row.value, row.unit, places)}"
    )
    mend = f"Put {was} back, or say why it was revised."
    if not told.is_base(row.figure_id):
        mend = f"It is worked out from others: look why they no longer give {was}, or say why it was revised."
    finding = Finding(
        key=key_of("revised", row.figure_id, row.same, row.value), kind="revised", where=where_words(row),
        what=f"{'; '.join([what, *flips])}.", serious=True, place=place_of(row), section=row.section, table=row.table,
        figure_id=row.figure_id, how_to_mend=mend,
    )  # fmt: skip
    told.tell(finding)


def _of_verdict(row: Any, kind: str, key: str, what: str, number: int, newer: Frames) -> Finding:
    table = tables_of(newer)[row.table]
    place: Place = (*table.place, float(row.row_order), 1e6 + number)
    mend = "Nothing, if the values are right; the sentence on this change is another one now."
    where = f"{table.title}: {row.row_label}"
    return Finding(key, kind, where, what, mend, False, place, section=table.section, table=row.table)


def _of_verdicts(rows: Sequence[Any], newer: Frames) -> Finding:
    """One line for all verdicts that are others now: the pages tell each."""
    tables = tables_of(newer)
    told = [
        f"“{row.row_label}” in “{tables[row.table].title}”, against {_AGAINST[row.against]}: was “{row.older}”, is "
        f"“{row.newer}”"
        for row in rows
    ]  # fmt: skip
    more = len(told) - _NAMED
    parts = sorted(key_of("", row.against, *_thing(row), row.older, row.newer) for row in rows)
    return Finding(
        key=key_of("verdict", zlib.crc32("\n".join(parts).encode())), kind="verdict", where="Verdicts", serious=False,
        what=f"{len(rows)} verdicts are other ones than in the last report: {'; '.join(told[:_NAMED])}"
        f"{f'; and {more} more' if more > 0 else ''}.",
        how_to_mend="Nothing, if the values are right; the sentences on these changes are other ones now.",
        place=(LATER, LATER, 0.0, 1.0),
    )  # fmt: skip


def judged_of(frames: Frames, figures: pd.DataFrame) -> pd.DataFrame:
    """The verdicts of a release against both comparators, as its pages give them, had it these figures.

    Returns
    -------
    DataFrame
        As ``analysis.verdicts.judge`` gives it, with ``against``.
    """
    told = []
    for against in AGAINST:
        pairs = find_pairs(figures, frames["measures"], frames["tables"], against)
        below = (pairs["unit"] == "count") & (pairs[["earlier_value", "later_value"]].min(axis="columns") < 0)
        told.append(judge(pairs[~below], frames["measures"], frames["events"]).assign(against=against))
    return pd.concat(told, ignore_index=True)


def _different(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    left = older[[*_PAIR, "verdict"]].rename(columns={"verdict": "older"})
    both = newer[[*_PAIR, "table", "row_label", "row_order", "verdict"]].merge(left, on=_PAIR, how="inner")
    both = both.rename(columns={"verdict": "newer"})
    return both[both["older"] != both["newer"]].reset_index(drop=True)


def _put_back(figures: pd.DataFrame, rows: list[Any]) -> pd.DataFrame:
    """The newer figures with the older values of revised ones, and the printed counts they rest on."""
    back = figures.copy()
    place = pd.Series(back.index, index=back["figure_id"])
    for row in rows:
        kept = [row.same, row.same_printed, row.same_numerator, row.same_denominator]
        back.loc[place[row.figure_id], ["value", "printed", "numerator", "denominator"]] = kept
    return back


def _thing(row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in THING)
