"""A profile as a TOML file: written by hand or by the explorer, read with every mistake told."""

from __future__ import annotations

import tomllib
from typing import Any

import tomli_w

from data.errors import DataError
from data.forms import DATE_ORDERS, DateForm, NumberForm
from data.profile import DATE_ROLES, KINDS, NUMBER_ROLES, Profile, Question
from data.profile_check import problems

__all__ = ["from_toml", "to_toml"]

_TOP = ["kind", "columns", "questions", "forms"]
_LISTS = ["groups", "ignore", "not_personal"]
_ROLES = list(dict.fromkeys(role for _, roles in KINDS.values() for role in roles))
_QUESTION = ["column", "label", "order", "positive", "negative", "dont_know", "missing", "sensitive"]
_DECIMALS, _THOUSANDS = [".", ","], ["", ",", ".", " ", "'"]


def to_toml(profile: Profile) -> str:
    """The profile as a file's text. ``from_toml`` gives the same profile back.

    Examples
    --------
    >>> q4 = Question("Q4", "Could you rely on them?", ("Yes", "No"), ("Yes",), ("No",))
    >>> print(to_toml(Profile(columns={"weight": "wt"}, groups=("sex",), questions={"Q4": q4})))
    kind = "survey"
    <BLANKLINE>
    [columns]
    weight = "wt"
    groups = [
        "sex",
    ]
    <BLANKLINE>
    [questions.Q4]
    column = "Q4"
    label = "Could you rely on them?"
    order = [
        "Yes",
        "No",
    ]
    positive = [
        "Yes",
    ]
    negative = [
        "No",
    ]
    <BLANKLINE>
    """
    columns: dict[str, Any] = dict(profile.columns)
    columns |= {key: list(getattr(profile, key)) for key in _LISTS if getattr(profile, key)}
    questions = {
        key: {
            part: list(value) if isinstance(value, tuple) else value
            for part in _QUESTION
            if (value := getattr(question, part))
        }
        for key, question in profile.questions.items()
    }
    forms = {role: _form_table(form) for role, form in profile.forms.items()}
    whole = {"kind": profile.kind, "columns": columns, "questions": questions, "forms": forms}
    return tomli_w.dumps({key: value for key, value in whole.items() if value})


def _form_table(form: NumberForm | DateForm) -> dict[str, Any]:
    if isinstance(form, DateForm):
        return {"order": form.order}
    told: dict[str, Any] = {"decimal": form.decimal}
    told |= {"thousands": form.thousands} if form.thousands else {}
    return told | {key: True for key in ("percent", "share") if getattr(form, key)}


def from_toml(text: str, name: str) -> Profile:
    r"""Read a profile. Without ``kind`` the columns say what it is.

    Parameters
    ----------
    text
        The whole file.
    name
        Its name, for the sentences.

    Raises
    ------
    DataError
        Every mistake, one sentence each.

    Examples
    --------
    >>> profile = from_toml('[columns]\nmonth = "Month"\nvalue = "Calls"', "calls.toml")
    >>> profile.kind, dict(profile.columns)
    ('monthly', {'month': 'Month', 'value': 'Calls'})
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: this is not TOML ({error}). Mend that place, or export the profile again.") from None
    told = _shape_problems(table, name)
    if told:
        raise DataError(told)
    columns = dict(table.get("columns", {}))
    lists = {key: tuple(columns.pop(key, ())) for key in _LISTS}
    profile = Profile(
        kind=table.get("kind") or _kind_of(columns),
        columns=columns,
        questions={key: _question(key, parts) for key, parts in table.get("questions", {}).items()},
        forms={role: _form(role, parts) for role, parts in table.get("forms", {}).items()},
        **lists,
    )
    if told := problems(profile, name):
        raise DataError(told)
    return profile


def _kind_of(columns: dict[str, str]) -> str:
    """The kind that the roles speak of; a survey where none does."""
    telling = [("events", {"timestamp"}), ("monthly", {"month", "value"}), ("aggregated", {"question", "percent"})]
    return next((kind for kind, roles in telling if roles & set(columns)), "survey")


def _question(key: str, parts: dict[str, Any]) -> Question:
    lists = {part: tuple(parts[part]) for part in _QUESTION[2:-1] if part in parts}
    return Question(parts.get("column", key), parts.get("label", ""), **lists, sensitive=parts.get("sensitive", False))


def _form(role: str, parts: dict[str, Any]) -> NumberForm | DateForm:
    return DateForm(**parts) if role in DATE_ROLES else NumberForm(**parts)


def _shape_problems(table: dict[str, Any], name: str) -> list[str]:
    """What is unknown or of the wrong shape, before anything is made of it."""
    told = _unknown(table, _TOP, name)
    kind = table.get("kind", "survey")
    if not isinstance(kind, str) or kind not in KINDS:
        told.append(f"{name}: found kind {kind!r}, expected one of {', '.join(KINDS)}.")
    for part in _TOP[1:]:
        if not isinstance(table.get(part, {}), dict):
            told.append(f"{name}: {part} is not a table. Write [{part}] on a line, and its keys under it.")
            return told
    columns = table.get("columns", {})
    told += _unknown(columns, [*_ROLES, *_LISTS], f"{name}, columns")
    told += [
        f"{name}, columns: {key} is not {'a list of column names' if key in _LISTS else 'the name of a column'}."
        for key, value in columns.items()
        if not (_is_texts(value) if key in _LISTS else isinstance(value, str) and value.strip())
    ]
    for key, parts in table.get("questions", {}).items():
        told += _question_problems(parts, f"{name}, question {key}")
    for role, parts in table.get("forms", {}).items():
        told += _form_problems(role, parts, columns, f"{name}, forms")
    return told


def _unknown(table: dict[str, Any], known: list[str], where: str) -> list[str]:
    return [
        f"{where}: there is no key {key}. Remove it or mend its name; expected {', '.join(known)}."
        for key in table
        if key not in known
    ]


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _question_problems(parts: object, where: str) -> list[str]:
    if not isinstance(parts, dict):
        return [f"{where} is not a table. Write [questions.Q4] on a line, and its keys under it."]
    told = _unknown(parts, _QUESTION, where)
    for part in _QUESTION:
        if part in ("column", "label"):
            if not isinstance(parts.get(part, ""), str):
                told.append(f"{where}: {part} is not text. Put it in quotation marks.")
        elif part == "sensitive":
            if not isinstance(parts.get(part, False), bool):
                told.append(f"{where}: sensitive is not true or false.")
        elif not _is_texts(parts.get(part, [])):
            told.append(f'{where}: {part} is not a list of answers. Write it as ["Yes", "No"].')
    return told


def _form_problems(role: str, parts: object, columns: dict[str, Any], where: str) -> list[str]:
    if role not in [*NUMBER_ROLES, *DATE_ROLES]:
        return [f"{where}: {role} is not read as a number or date. Remove it."]
    if role not in columns:
        return [f"{where}: there is a form for {role}, but no column. Remove it, or name the column under columns."]
    if not isinstance(parts, dict):
        return [f"{where}: {role} is not a table. Write [forms.{role}] on a line, and its keys under it."]
    if role in DATE_ROLES:
        if list(parts) == ["order"] and isinstance(parts["order"], str) and parts["order"] in DATE_ORDERS:
            return []
        orders = "; ".join(f'"{order}" ({words})' for order, words in DATE_ORDERS.items())
        return [f"{where}: {role} needs one key, order: {orders}."]
    told = _unknown(parts, ["decimal", "thousands", "percent", "share"], f"{where}, {role}")
    for key, choices in {"decimal": _DECIMALS, "thousands": _THOUSANDS}.items():
        if parts.get(key, ".") not in choices:
            told.append(f"{where}, {role}: found {key} {parts[key]!r}, expected one of {' '.join(map(repr, choices))}.")
    for key in ("percent", "share"):
        if not isinstance(parts.get(key, False), bool):
            told.append(f"{where}, {role}: {key} is not true or false.")
    if not told and parts.get("decimal", ".") == parts.get("thousands", ""):
        told.append(f"{where}, {role}: decimal and thousands are the same mark. Change one.")
    if not told and parts.get("percent") and parts.get("share"):
        told.append(f"{where}, {role}: a number with a per cent sign is no share of 1. Keep one of the two.")
    return told
