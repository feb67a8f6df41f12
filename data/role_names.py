"""By which names and contents a column's role is known. Kept apart from how a proposal is made, for it will grow."""

from __future__ import annotations

import re
from collections.abc import Callable

from data.column_facts import ColumnFacts

__all__ = ["FITS", "GAVE_UP", "GROUPS", "PEOPLE", "TEAMS", "is_code", "is_interval", "is_kind", "is_month", "is_named"]
__all__ += ["is_number", "is_place", "is_repeated", "is_text", "is_unique", "is_weight", "known_by_name"]

_FEW = 10  # so many different values may be an area or a wave even where none stands twice
_AREAS = (
    r"\b(areas?|lpts?|npt|snt|policing team|neighbou?rhoods?|districts?|wards?|boroughs?|division|bcu|csp|beat|sector"
    r"|locality|county|council|local authority|lad|lsoa|msoa|region|town|outcode)\b"
)
TEAMS = re.compile(r"\b(lpts?|npt|snt|policing (team|area)s?)\b")  # the area where a file has several
PEOPLE = re.compile(r"\b(resp\w*|participant|panellist|person|interview|questionnaire|survey)\b")  # who was asked
_SECONDS, _MINUTES = re.compile(r"\bsec(ond)?s?\b"), re.compile(r"\bmin(ute)?s?\b")
# Role to what its column's words say. A column with the role's very name comes first, then by the order of columns.
_NAMES: dict[str, str] = {
    "respondent": (
        r"\b(resp|respondent|participant|person|panellist|case|interview|record|serial|questionnaire|survey|response)"
        r"( \w+)? ?(id|no|num|number|key|ref|code)\b"
        r"|^(respid|resp|respondent|id|uid|urn|row ?label|case|record|key|ref|uuid|guid|idno)$|\bserial\b"
    ),
    "weight": (
        r"weight(?!ed (base|rate|count|total|number|share|average|mean))"
        r"|wgt|wght|\bwts?\b|^wt|wt\d?$|^w$|\bpw\b|\bgrossing\b"
    ),
    "population": r"\b(fpc|population|pop|stratum size|universe)\b",
    "stratum": r"\bstrat(a|um|ums|ification)?\b",
    "cluster": r"\b(psu|clusters?|primary sampling unit|sampl(e|ing) points?)\b",
    "wave": r"\b(wave|sweep|round|fieldwork|survey (period|month|year|quarter)|year)\b",
    "area": _AREAS,
    "timestamp": r"\b(time ?stamp|date ?time|time|date|created|received|started?|occurred|reported|logged)\b",
    "month": r"\b(month|period|date|quarter|year)\b",
    "date": r"\b(date|day|completed|submitted|interview (start|end|time))\b",
    "question": r"\b(question|questions|item|statement|indicator|measure|text)\b",
    "percent": r"\b(percent\w*|per cent|pct|share|proportion)\b|%",
    "base": r"\b(base|bases|unweighted|sample|respondents|n\d?)\b",
    "count": r"\b(count|number|positive|yes|x\d?)\b",
    "measure": r"\b(measure|indicator|metric|series|offence|crime type|category|type|kpi)\b",
    "value": r"\b(value|count|number|total|volume|calls|incidents|offences|crimes|figure|amount|n)\b",
    "kind": r"\b(kind|type|category|class|grade|priority|line)\b",
    "answered_after": r"\b(answer\w*|wait\w*|queue\w*|ring\w*|sec(ond)?s?)\b",
    "attended_after": r"\b(attend\w*|arriv\w*|response|on scene|min(ute)?s?)\b",
    "abandoned": r"\babandon(ed|ment)?\b|\b(hung|gave) up\b",
}
# What a column of calls that were given up says of them, as texts are matched.
GAVE_UP = frozenset({"yes", "y", "true", "1", "abandoned"})
HELD_ON = frozenset({"no", "n", "false", "0", "answered", "not abandoned"})
GROUPS = re.compile(
    r"\bage( ?(band|grp|group|range|bracket|cat\w*))?\d?s?\b|\b(sex|gender|eth|race\b|relig|faith|disab|orientation"
    r"|tenure|employ|work|occup|marital|livharm|educ|qualif|rural|urban|imd|quintile|decile|income|household|language"
    r"|social grade|nssec|channel|mode\b)|depriv"
)


def known_by_name(words: str) -> list[str]:
    """What a header says about its column that ``data.personal.looks_personal`` should know.

    Examples
    --------
    >>> known_by_name("serial"), known_by_name("lpt"), known_by_name("question"), known_by_name("age")
    (['code'], ['name'], ['name', 'wording'], [])
    """
    if re.search(_NAMES["respondent"], words):
        return ["code"]
    if re.fullmatch(r"(question|measure|indicator|statement|item)s?( (text|label|wording))?", words):
        return ["name", "wording"]
    return ["name"] if re.search(f"{_AREAS}|{_NAMES['measure']}", words) else []


def is_unique(column: ColumnFacts) -> bool:
    """Whether it could number respondents."""
    return column.is_unique and not column.is_decimal


def is_code(column: ColumnFacts) -> bool:
    """Whether every value is one short word or number, three marks or longer."""
    return not column.is_decimal and all(" " not in value.strip() and len(value) >= 3 for value in column.values)


def is_weight(column: ColumnFacts) -> bool:
    """Whether it could weigh: numbers, some above 0, and no answers."""
    return column.is_numbers and not column.scale and bool(column.numbers) and max(column.numbers) > 0


def is_number(column: ColumnFacts) -> bool:
    """Whether it holds numbers."""
    return column.is_numbers


def is_text(column: ColumnFacts) -> bool:
    """Whether it holds words."""
    return bool(column.values) and not column.is_numbers


def is_month(column: ColumnFacts) -> bool:
    """Whether it holds whole months, and says so."""
    return column.is_months and is_named("month", column)


def is_kind(column: ColumnFacts) -> bool:
    """Whether it holds kinds of events, in words or as numbers such as 101 and 999, and says so."""
    return is_named("kind", column) and column.is_categories and not column.is_decimal and not column.is_dates


def is_given_up(column: ColumnFacts) -> bool:
    """Whether it holds yes or no, in one way or another, and says that calls were given up."""
    told = set(column.substantive)
    return is_named("abandoned", column) and bool(told) and told <= GAVE_UP | HELD_ON


def is_interval(column: ColumnFacts) -> bool:
    """Whether it holds how long something took, and says so."""
    return column.is_numbers and (is_named("answered_after", column) or is_named("attended_after", column))


def is_named(role: str, column: ColumnFacts) -> bool:
    """Whether a column's header speaks of a role."""
    return bool(re.search(_NAMES[role], column.words) or (role == "percent" and "%" in column.header))


def is_place(column: ColumnFacts) -> bool:
    """Whether it holds names of areas, and says so."""
    return is_named("area", column) and is_repeated(column) and not column.is_numbers


def is_repeated(column: ColumnFacts) -> bool:
    """Whether its values repeat, as those of an area or a wave do, and are no answers."""
    few = len(column.values) <= max(column.rows / 2, _FEW)
    return bool(column.values) and not column.scale and not column.is_decimal and few


FITS: dict[str, dict[str, Callable[[ColumnFacts], bool]]] = {
    "aggregated": {
        "question": is_text, "percent": is_number, "base": is_number, "count": is_number, "area": is_text,
        "wave": lambda column: bool(column.values), "date": lambda column: column.is_dates,
    },
    "monthly": {"month": is_month, "area": is_text, "measure": is_text},
    "events": {
        "answered_after": lambda column: is_number(column) and not _MINUTES.search(column.words),
        "attended_after": lambda column: is_number(column) and not _SECONDS.search(column.words),
        "abandoned": is_given_up, "area": is_text, "kind": is_kind,
    },
}  # fmt: skip
