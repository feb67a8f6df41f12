"""The measure and the period that the sentence of a number names, where it names one of each and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.draft.numbers_in_text import COUNT, NOT_FIGURES, SHARE, Found, find_numbers
from analysis.next_report.tied import UNITS, Tie, Ties
from analysis.numbers import POUNDS
from analysis.periods import MONTHS

__all__ = ["named_in"]

_MONTHS = "|".join(MONTHS)
_LAST_YEAR = re.compile(r"\b(?:last|past|latest) (?:12|twelve) months\b", re.IGNORECASE)
_YEAR_TO = re.compile(
    r"\b(?:12 months|twelve months|year) (?:to|ending|ended) (?:the )?(?:end of )?(?:\d+(?:st|nd|rd|th)? )?"
    rf"(?P<month>{_MONTHS}) (?P<year>20\d\d)\b"
)
_IN_MONTH = re.compile(rf"\b(?:in|during|for) (?P<month>{_MONTHS}) (?P<year>20\d\d)\b")
_YEAR = re.compile(r"(?<![\d,.£])(?:19|20)\d\d(?![\d,%]|\.\d)")
_BESIDE = re.compile(
    r"\b(?:compared|comparison|than|previous|against|from|before|of which|of these|of them|of those|of whom|including|"
    r"involv\w*|where|who|whose|which|aged|district|borough|team|area|local|per|each|every|average)\b",
    re.IGNORECASE,
)
_YEAR_DAYS = (364, 367)
_MONTH_DAYS = (27, 31)
_FEWEST_WORDS = 2  # of a measure's title, before it and a period alone say which number it must be


def named_in(sentence: str, found: Found, way: int | None, ties: Ties, areas: Sequence[str]) -> dict[str, str]:
    """The measure and, where it is sure, the period of a number that no table gives.

    Parameters
    ----------
    sentence, found, way
        As in ``Ties.find``.
    ties
        The numbers of the tables.
    areas
        The names of the areas within the force's.

    Returns
    -------
    dict
        ``measure``, and ``period_start`` and ``period_end`` of a level that stands alone in its sentence, which names
        one period, and is at most twice and at least half of the one value that the tables have for it: of a tenth of
        them the sentence counts a part. Empty where the sentence names no measure or several, a year that the tables
        do not print, or an area, and for a number such as "about 500".

    Examples
    --------
    >>> row = {"figure_id": "calls.last", "value": "2100", "unit": "count", "measure": "calls", "area": "force"}
    >>> row |= {"breakdown": "", "table": "calls", "period_start": "2022-07-01", "period_end": "2023-06-30"}
    >>> measures = pd.DataFrame({"id": ["calls"], "title": ["Emergency calls"]})
    >>> ties = Ties(pd.DataFrame([row]), pd.DataFrame({"id": []}), measures, {"calls": "contact"})
    >>> told = "We took 2,010 emergency calls in the last 12 months."
    >>> named_in(told, find_numbers(told)[0], None, ties, ["Tamworth"])
    {'measure': 'calls', 'period_start': '2022-07-01', 'period_end': '2023-06-30'}
    >>> named_in(f"In Tamworth {told}", find_numbers(told)[0], None, ties, ["Tamworth"])
    {}
    """
    named = ties.report.named(sentence)
    if len(named) != 1 or found.vague or found.kind == SHARE or (found.kind == COUNT and found.scale != 1):
        return {}
    own = [tie for tie in ties.own if tie.measure == named[0]]
    years = {year for tie in own for year in (tie.period_start[:4], tie.period_end[:4])}
    if not set(_YEAR.findall(sentence)) <= years or any(
        re.search(rf"\b{re.escape(name)}\b", sentence) for name in areas
    ):
        return {}
    measure = {"measure": named[0]}
    if way is not None or len(ties.report.words[named[0]]) < _FEWEST_WORDS or _BESIDE.search(sentence):
        return measure
    if len([each for each in find_numbers(sentence) if each.kind not in NOT_FIGURES]) > 1:
        return measure
    period = _period(sentence, [tie for tie in own if tie.kind == "level"])
    return measure | period if _is_near(found, [tie for tie in own if period and _of(tie, period)]) else measure


def _of(tie: Tie, period: Mapping[str, str]) -> bool:
    own = (tie.period_start, tie.period_end) == (period["period_start"], period["period_end"])
    return own and tie.kind == "level" and not tie.breakdown


def _is_near(found: Found, own: Sequence[Tie]) -> bool:
    values = {tie.value * POUNDS.get(tie.unit, 1) for tie in own if tie.unit in UNITS.get(found.kind, ())}
    said = found.value * found.scale
    return len(values) == 1 and all(said * 2 >= value >= said / 2 > 0 for value in values)


def _period(sentence: str, own: Sequence[Tie]) -> dict[str, str]:
    """The one period of a measure's figures that a sentence names."""
    asked = [*_LAST_YEAR.finditer(sentence), *_YEAR_TO.finditer(sentence), *_IN_MONTH.finditer(sentence)]
    if len(asked) != 1:
        return {}
    days = _MONTH_DAYS if asked[0].re is _IN_MONTH else _YEAR_DAYS
    spans = {(tie.period_start, tie.period_end) for tie in own if tie.period_start and tie.period_end}
    spans = {each for each in spans if days[0] <= (pd.Timestamp(each[1]) - pd.Timestamp(each[0])).days + 1 <= days[1]}
    if asked[0].re is _LAST_YEAR:
        end = max((end for _, end in spans), default="")[:7]
    else:
        end = f"{pd.Timestamp(asked[0]['month'] + ' ' + asked[0]['year']):%Y-%m}"
    fitting = [each for each in spans if each[1].startswith(end)] if end else []
    return {"period_start": fitting[0][0], "period_end": fitting[0][1]} if len(fitting) == 1 else {}
