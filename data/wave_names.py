"""Which wave comes first: told by their dates, or by what they are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.forms import propose_date
from data.wording import plain

if TYPE_CHECKING:
    from data.saved_surveys import Wave

__all__ = ["order_by_date", "order_of_names", "wave_id"]

_YEARS = range(1900, 2101)


def order_by_date(frame: pd.DataFrame) -> list[str] | None:
    """Waves by their first ``date``; None where one has none, or two begin on one day.

    >>> order_by_date(pd.DataFrame({"wave": ["b", "a"], "date": pd.to_datetime(["2022-06-01", "2023-01-01"])}))
    ['b', 'a']
    """
    first = frame.dropna(subset=["wave"]).groupby("wave")["date"].min()
    return [str(wave) for wave in first.sort_values().index] if first.notna().all() and first.is_unique else None


def order_of_names(names: Sequence[str]) -> list[str] | None:
    """Names in order of the dates or numbers in them; None where that is in doubt.

    >>> order_of_names(["Wave 10", "Wave 9"]), order_of_names(["January 2023", "June 2022"])
    (['Wave 9', 'Wave 10'], ['June 2022', 'January 2023'])
    >>> order_of_names(["Q4 2022", "Q1 2023"]) is None
    True
    """
    form, read, assumed = propose_date(names)
    if read == len(names) and not assumed:
        when = form.reader()
        return sorted(names, key=lambda name: str(when(name)))
    numbers = {name: [int(digits) for digits in re.findall(r"\d+", name)] for name in names}
    if len({re.sub(r"\d+", "#", plain(name)) for name in names}) > 1 or len({*map(tuple, numbers.values())}) < len(
        names
    ):
        return None
    if any(number in _YEARS for own in numbers.values() for number in own[1:]):
        return None
    return sorted(names, key=lambda name: numbers[name])


def wave_id(wave: Wave) -> str:
    """What stays the same of a wave whatever it or others are called: a hash, which tells nothing of it.

    >>> from dataclasses import replace
    >>> from data.saved_surveys import Wave
    >>> one = Wave("v", "June", "June", "survey", "June")
    >>> [wave_id(replace(one, **other)) == wave_id(one) for other in ({"label": "x", "name": "x"}, {"value": "July"})]
    [True, False]
    """
    told = repr((wave.version, wave.value, wave.start and wave.start.isoformat()))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
