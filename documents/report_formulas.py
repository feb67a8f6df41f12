"""A derived number of the report as a formula of the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # it ships no types

from analysis.next_report.sheets import Place, Slot

__all__ = ["blank_cells", "slot_formula"]

_PER_CENT = 'IFERROR(IF(LEFT(CELL("format",{0}))="P",100,1),1)'  # of 5.2% the cell holds 0.052


def slot_formula(slot: Slot, places: Mapping[str, Place], units: Mapping[str, str], sheet: str) -> str:
    """The formula of a slot; blank until everything it rests on is there.

    Parameters
    ----------
    slot
        With ``formula`` and ``inputs``.
    places, units
        Of every number by its id.
    sheet
        The sheet it stands on.

    Examples
    --------
    >>> slot = Slot(None, "total", formula="(a - b) / b * 100", inputs=("now", "then"))
    >>> slot_formula(slot, {"now": ("Calls", 5, 3), "then": ("Calls", 5, 4)}, {}, "Calls")
    '=IF(COUNT(C5,D5)<2,"",IFERROR((C5-D5)/D5*100,""))'
    """
    inputs = [places[name] for name in slot.inputs]
    here = _reference(sheet)
    if slot.formula == "sum":
        parts = ",".join(_ranges([*inputs, *slot.spare], here))
        return f'=IF(COUNT({",".join(_ranges(inputs, here))})<{len(inputs)},"",SUM({parts}))'
    used = sorted(set(re.findall("[a-z]", slot.formula)))
    letters = {letter: _value(inputs[ord(letter) - ord("a")], units.get(slot.inputs[ord(letter) - ord("a")], ""), here)
               for letter in used}  # fmt: skip
    worked = re.sub("[a-z]", lambda found: letters[found[0]], slot.formula.replace(" ", ""))
    counted = list(dict.fromkeys(here(inputs[ord(letter) - ord("a")]) for letter in used))
    return f'=IF(COUNT({",".join(counted)})<{len(counted)},"",IFERROR({worked},""))'


def blank_cells(places: Iterable[Place]) -> str:
    """A formula that counts how many cells are still blank.

    >>> blank_cells([("Calls", 5, 3), ("Calls", 6, 3), ("Calls", 5, 5)])
    "=COUNTBLANK('Calls'!C5:C6)+COUNTBLANK('Calls'!E5)"
    """
    counted = [f"COUNTBLANK({each})" for each in _ranges(list(places), _reference(""))]
    return "=" + "+".join(counted) if counted else "=0"


def _value(place: Place, unit: str, here: Callable[[Place], str]) -> str:
    reference = here(place)
    return f"{reference}*{_PER_CENT.format(reference)}" if unit == "percent" else reference


def _reference(sheet: str) -> Callable[[Place], str]:
    """How a place is written on a sheet: without its own name there."""

    def written(place: Place) -> str:
        own = f"{xl_col_to_name(place[2] - 1)}{place[1]}"
        return own if place[0] == sheet else f"'{place[0]}'!{own}"

    return written


def _ranges(places: Sequence[Place], here: Callable[[Place], str]) -> list[str]:
    """Places as references, those that stand below each other as one."""
    runs: list[list[Place]] = []
    for place in sorted(places, key=lambda each: (each[0], each[2], each[1])):
        last = runs[-1][-1] if runs else None
        if last and (last[0], last[2], last[1] + 1) == (place[0], place[2], place[1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        here(run[0]) if len(run) == 1 else f"{here(run[0])}:{xl_col_to_name(run[-1][2] - 1)}{run[-1][1]}"
        for run in runs
    ]
