"""Corrections of printed numbers in words: what stands beside a number, whatever rests on it.

The printed number stays, and every verdict, sum and chart stays on it: they can be checked against the report. Of
several corrections of one number the latest holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from analysis.numbers import write_number
from analysis.periods import name_day

__all__ = ["beside", "corrected_since", "correction_note", "correction_notes", "corrections_said", "left_standing",
           "sides_corrected", "standing", "told_corrections"]  # fmt: skip

_MOST = 5  # corrections told in one line before the rest is counted
_KEY = ["table", "measure", "area", "breakdown", "period_start", "period_end"]
_SIDE = {"period_start": "start", "period_end": "end"}


def correction_note(corrected: str, day: pd.Timestamp, why: str) -> str:
    """What stands beside a printed number.

    >>> correction_note("31,100", pd.Timestamp("2023-06-03"), "two incidents were counted twice.")
    'corrected to 31,100 on 3 June 2023: two incidents were counted twice'
    """
    return f"corrected to {corrected} on {name_day(day)}: {why.rstrip('. ')}"


def standing(corrections: pd.DataFrame) -> pd.DataFrame:
    """The correction of each number that holds: its latest, unless that took it back to what is printed.

    Parameters
    ----------
    corrections
        The release's own: ``id, printed, corrected, date, who, why``, the latest last.

    Examples
    --------
    >>> rows = pd.DataFrame({"id": ["a", "a", "b"], "printed": ["9", "9", "7"], "corrected": ["8", "9", "6"]})
    >>> standing(rows)["id"].tolist()
    ['b']
    """
    last = corrections.drop_duplicates("id", keep="last")
    return last[last["corrected"] != last["printed"]]


def beside(printed: str, note: str | None) -> str:
    """A printed number with its note.

    >>> beside("9", "corrected to 8 on 3 June 2023: a slip"), beside("9", None)
    ('9 (corrected to 8 on 3 June 2023: a slip)', '9')
    """
    return f"{printed} ({note})" if note else printed


def correction_notes(corrections: pd.DataFrame) -> dict[str, str]:
    """The note of each corrected number, by its id.

    Parameters
    ----------
    corrections
        The release's own, as in ``standing``.
    """
    holding = standing(corrections).itertuples()
    return {row.id: correction_note(row.corrected, row.date, row.why) for row in holding}


def told_corrections(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every correction of a release with what it is of.

    Parameters
    ----------
    frames
        The release's frames by the name of their file: ``figures, as_published, statements, corrections``.

    Returns
    -------
    DataFrame
        ``id, what, where, printed, corrected, date, who, why, note``, the latest last. One that takes another back is
        corrected to its own print, and has no note.
    """
    figures, derived, statements = (frames[name] for name in ("figures", "as_published", "statements"))
    what = dict(zip(statements["id"], statements["claim"], strict=True))
    what |= dict(zip(derived["id"], derived["row_label"] + ", " + derived["column_label"], strict=True))
    what |= dict(zip(figures["figure_id"], figures["row_label"] + ", " + figures["column_label"], strict=True))
    where = dict(zip(statements["id"], statements["where"], strict=True))
    where |= dict(zip(derived["id"], derived["table"], strict=True))
    where |= dict(zip(figures["figure_id"], figures["where"], strict=True))
    corrections = frames["corrections"]
    notes = ["" if row.corrected == row.printed else correction_note(row.corrected, row.date, row.why)
             for row in corrections.itertuples()]  # fmt: skip
    named = {"what": corrections["id"].map(what), "where": corrections["id"].map(where)}
    told = corrections.assign(**named, note=pd.Series(notes, index=corrections.index, dtype="str"))
    return told[["id", "what", "where", "printed", "corrected", "date", "who", "why", "note"]]


def corrections_said(told: pd.DataFrame, ids: Collection[str]) -> str:
    """The corrections of some numbers in a line that can stand under a chart or be copied; "" for none.

    Parameters
    ----------
    told
        As ``told_corrections`` gives it.
    ids
        The numbers that are shown.

    Examples
    --------
    >>> row = {"id": "a.1", "what": "Calls, 2022/23", "printed": "9", "note": "corrected to 8 on 3 June 2023: a slip"}
    >>> corrections_said(pd.DataFrame([row]), ["a.1"])
    'Calls, 2022/23: printed 9, corrected to 8 on 3 June 2023: a slip.'
    >>> corrections_said(pd.DataFrame([row]), ["a.2"])
    ''
    """
    own = told[told["id"].isin(list(ids))].drop_duplicates("id", keep="last").query("note != ''")
    said = [f"{row.what}: printed {row.printed}, {row.note}." for row in own.head(_MOST).itertuples()]
    more = len(own) - len(said)
    return " ".join([*said, *([f"And {more} more corrections; Data and methods lists them."] if more else [])])


def corrected_since(told: pd.DataFrame, ids: Collection[str]) -> str:
    """The same as what goes on after a source, " " first; "" for none.

    >>> row = {"id": "a.1", "what": "Calls, 2022/23", "printed": "9", "note": "corrected to 8 on 3 June 2023: a slip"}
    >>> corrected_since(pd.DataFrame([row]), ["a.1"])
    ' Corrected since: Calls, 2022/23: printed 9, corrected to 8 on 3 June 2023: a slip.'
    """
    said = corrections_said(told, ids)
    return f" Corrected since: {said}" if said else ""


def left_standing(twins: pd.DataFrame, resting: Sequence[str]) -> str:
    """What a correction of one number leaves as it is; "" where nothing else rests on it.

    Parameters
    ----------
    twins
        ``id, printed, where`` of the other places that print the same number.
    resting
        The ids of numbers that are worked out from it.

    Examples
    --------
    >>> twins = pd.DataFrame([{"id": "said", "printed": "31,102 calls", "where": "section 2"}])
    >>> print(left_standing(twins, ["calls.change"]))
    The same number stands in 1 other place, which is not corrected with it: “31,102 calls” (section 2; id said).
    1 number is worked out from it: calls.change. Check the figures tells whether it still follows.
    >>> left_standing(twins.head(0), [])
    ''
    """
    told = []
    if len(twins):
        places = "1 other place, which is" if len(twins) == 1 else f"{len(twins)} other places, which are"
        named = [f"“{row.printed}” ({row.where}; id {row.id})" for row in twins.itertuples()]
        told.append(f"The same number stands in {places} not corrected with it: {_first(named, '; ')}.")
    if resting:
        are = "1 number is" if len(resting) == 1 else f"{len(resting)} numbers are"
        still = "it still follows" if len(resting) == 1 else "they still follow"
        told.append(f"{are} worked out from it: {_first(resting, ', ')}. Check the figures tells whether {still}.")
    return "\n".join(told)


def _first(named: Sequence[str], between: str) -> str:
    more = len(named) - _MOST
    return between.join(named[:_MOST]) + (f"{between}and {more} more" if more > 0 else "")


def sides_corrected(
    told: pd.DataFrame,
    later: tuple[pd.DataFrame, Mapping[str, str]],
    earlier: tuple[pd.DataFrame, Mapping[str, str]],
) -> pd.DataFrame:
    """Of each change, the notes of the two numbers that it rests on, and the sentence that goes with it.

    Parameters
    ----------
    told
        Changes with ``table, measure, area, breakdown`` and, for ``earlier_`` and ``later_``, ``start, end, printed``.
    later, earlier
        Figures of the release that each side is of, and the notes of its corrections.

    Returns
    -------
    DataFrame
        ``earlier_note, later_note, corrected``, blank where nothing was corrected.
    """
    notes = pd.DataFrame("", index=told.index, columns=["earlier_note", "later_note", "corrected"], dtype="str")
    for side, (figures, known) in (("earlier", earlier), ("later", later)):
        own = figures[figures["figure_id"].isin(list(known))]
        ids = dict(zip(zip(*(own[name] for name in _KEY), strict=True), own["figure_id"], strict=True))
        columns = [f"{side}_{_SIDE[name]}" if name in _SIDE else name for name in _KEY]
        keys = zip(*(told[name] for name in columns), strict=True) if ids else []
        for row, key in zip(told.index, keys, strict=False):
            if key in ids:
                notes.loc[row, f"{side}_note"] = known[str(ids[key])]
    for row in notes.index[(notes["earlier_note"] != "") | (notes["later_note"] != "")]:
        said = [
            f"The printed {_in_words(told[f'{side}_printed'][row])} was {notes[f'{side}_note'][row]}."
            for side in ("earlier", "later")
            if notes.at[row, f"{side}_note"]
        ]
        notes.at[row, "corrected"] = " ".join([*said, "The verdict rests on what was printed."])
    return notes


def _in_words(printed: str) -> str:
    """A print as sentences write it: a bare whole number with its commas."""
    return write_number(int(printed), "count") if printed.isdecimal() else printed
