"""A profile applied to a file: every row is used, or set aside with its line, its column and the reason.

Where a cell that nothing can do without is missing or unreadable, such as a weight, its row is set aside. Any other
cell that does not fit its profile is refused: it is listed, and counts as missing. Nothing is mended by guessing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.errors import DataError
from data.forms import DateForm, NumberForm, propose_date, propose_number
from data.prepare_checks import below_nothing, personal_columns
from data.profile import DATE_ROLES, NUMBER_ROLES, Profile, columns_of
from data.profile_check import role_problems
from data.profile_match import missing_columns
from data.repeats import Aside, repeated_keys, repeated_respondents, rows_of_totals
from data.role_words import ROLE_WORDS
from data.typed_cells import Merge, Typed, merged_texts, typed_answers, typed_dates, typed_numbers
from data.wording import find_column, plain, tidied

__all__ = ["Prepared", "prepare"]

_SET_ASIDE_IF_MISSING = {"weight", "population", "stratum", "cluster", "question", "month", "value", "timestamp"}
_SET_ASIDE_IF_UNFIT = {"weight", "population", "count", "base", "percent", "month", "value", "timestamp"}
_ABOVE_NOTHING = {"weight", "population", "base"}
_NOT_BELOW_NOTHING = {"count", "percent", "answered_after", "attended_after"}
_CODES = {"stratum", "cluster"}
_KEYS = {"monthly": ["month", "measure", "area"], "aggregated": ["question", "area", "wave", "date"]}
_SALT_AT_MOST, _HASH_BYTES = 64, 10


@dataclass(frozen=True)
class Prepared:
    """A file as its profile reads it. Rows in = ``len(frame) + len(set_aside)``.

    Attributes
    ----------
    frame
        One row a row used, under the names of ``data.profile.columns_of``: numbers as float, dates as
        ``datetime64``, a month as its first day, percentages from 0 to 100, all else as text.
        Missing where there is none.
    lines
        The line of the file of each row of ``frame``, with its index.
    set_aside
        ``line, column, reason, text``, one row a row of the file that is not used. For the eyes of whoever
        brought the file: ``text`` quotes it.
    refused
        The same columns, one row a cell that is missing in ``frame`` because it did not fit.
    counts
        Plain names to how many: ``rows_in``, ``rows_used``, ``rows_set_aside``, ``blank_rows``, ``cells_refused``; for
        a survey ``distinct_respondents``, ``exact_duplicate_rows``, ``respondents_with_conflicting_answers``,
        ``rows_conflicting``; and ``rows_weight_missing``, ``rows_weight_not_positive`` and their like.
    merges
        Every text that was made like another, with the rows of each spelling.
    notes
        Sentences about what had to be assumed.
    warnings
        Sentences about rows that are used and may yet be wrong.
    """

    frame: pd.DataFrame
    lines: pd.Series
    set_aside: pd.DataFrame
    refused: pd.DataFrame
    counts: Mapping[str, int]
    merges: tuple[Merge, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def prepare(profile: Profile, rows: pd.DataFrame, lines: pd.Series, name: str, salt: bytes | None = None) -> Prepared:
    """Type a file as its profile says.

    Parameters
    ----------
    profile
        As declared, or as proposed: questions may still be without positive answers.
    rows
        Every cell as text, "" where it is empty.
    lines
        The line of each row in the file, with the index of ``rows``.
    name
        The file's name, for the sentences.
    salt
        With a salt of at most 64 bytes the respondents' numbers are replaced by a keyed hash, after those that
        stand twice have been found. Without one they are kept.

    Raises
    ------
    DataError
        Where columns are missing, roles contradict each other, or a column with a role looks personal.
    ValueError
        For a salt that is empty or too long.

    Examples
    --------
    >>> from data.profile import Question
    >>> saved = Profile(columns={"respondent": "id", "weight": "wt"},
    ...                 questions={"Q4": Question("Q4", order=("Yes", "No"), positive=("Yes",))})
    >>> rows = pd.DataFrame({"id": ["a", "b", "b", "c"], "wt": ["1.5", "1", "1", "-"],
    ...                      "Q4": ["YES", "No", "No", "Yes"]})
    >>> prepared = prepare(saved, rows, pd.Series([2, 3, 4, 5]), "wave2.csv")
    >>> prepared.frame
      respondent  weight   Q4
    0          a     1.5  Yes
    1          b     1.0   No
    >>> prepared.set_aside[["line", "column", "reason"]]
       line column                       reason
    0     4     id  it is the same as in line 3
    1     5     wt            weight is missing
    """
    if salt is not None and not 0 < len(salt) <= _SALT_AT_MOST:
        raise ValueError(f"A salt has 1 to {_SALT_AT_MOST} bytes.")
    columns = [str(column) for column in rows.columns]
    if told := [*role_problems(profile, name), *missing_columns(profile, columns, name)]:
        raise DataError(told)
    if told := personal_columns(profile, rows, name):
        raise DataError(told)
    return _Preparation(profile, rows, lines, name).done(salt)


class _Preparation:
    """A file on its way: what is left of it, and what was put aside."""

    def __init__(self, profile: Profile, rows: pd.DataFrame, lines: pd.Series, name: str) -> None:
        self.profile, self.name = profile, name
        self.columns = [str(column) for column in rows.columns]
        self.aside = Aside(rows, lines)
        self.refused: list[pd.DataFrame] = []
        self.notes: list[str] = []
        self.merges: list[Merge] = []
        self.counts: dict[str, int] = {"rows_in": len(rows)}

    def done(self, salt: bytes | None) -> Prepared:
        """Everything in its order: blank rows, repeated respondents, required cells, repeated keys, all other cells."""
        self.counts["blank_rows"] = self.aside.blank_rows()
        if "respondent" in self.profile.columns:
            wave = self.profile.columns.get("wave")
            found = repeated_respondents(self.aside, self._column("respondent"), wave and self._column("wave"))
            self.counts |= found
        elif self.profile.kind == "survey":
            self.counts["rows_of_totals"] = rows_of_totals(self.aside)
            self.notes.append(
                f"{self.name}: no column numbers the respondents, so rows that repeat were not looked for."
            )
        typed = self._roles()
        if keys := [role for role in _KEYS.get(self.profile.kind, []) if role in typed]:
            values = {role: typed[role].values for role in keys}
            values |= {column: self._cells(column).map(plain) for column in self.profile.groups}
            self.counts["rows_conflicting"] = repeated_keys(self.aside, values, self._column(keys[0]), keys)
        return self._put_together(typed, salt)

    def _column(self, role: str) -> str:
        return str(find_column(self.columns, self.profile.columns[role]))

    def _cells(self, column: str) -> pd.Series:
        return self.aside.left()[str(find_column(self.columns, column))]

    def _roles(self) -> dict[str, Typed]:
        """The columns with a role, typed; rows that cannot do without are set aside."""
        typed: dict[str, Typed] = {}
        for role, column in self.profile.columns.items():
            if role == "respondent":
                continue
            cells = self._cells(column)
            if role in NUMBER_ROLES:
                form = self._number_form(role, cells)
                typed[role] = typed_numbers(cells, form)
                self._limits(role, column, typed[role], f"a number such as {form}")
            elif role in DATE_ROLES:
                dates = self._date_form(role, cells)
                typed[role] = typed_dates(cells, dates)
                self._limits(role, column, typed[role], f"a date as {dates}")
            else:
                typed[role] = merged_texts(cells, role, alike=role not in _CODES)
                self._limits(role, column, typed[role], "")
        self._count_within_base(typed)
        return typed

    def _number_form(self, role: str, cells: pd.Series) -> NumberForm:
        form = self.profile.forms.get(role)
        if isinstance(form, NumberForm):
            return form
        form, _, assumed = propose_number(cells.unique())
        self._undeclared(role, f"numbers such as {form}", assumed)
        return form

    def _date_form(self, role: str, cells: pd.Series) -> DateForm:
        form = self.profile.forms.get(role)
        if isinstance(form, DateForm):
            return form
        form, _, assumed = propose_date(cells.unique())
        self._undeclared(role, str(form), assumed)
        return form

    def _undeclared(self, role: str, form: str, assumed: str) -> None:
        told = f"{self.name}: the form of {ROLE_WORDS[role]} is not declared; "
        told += f"it is read as {form}, as most of its values are."
        self.notes.append(f"{told} {assumed}".rstrip())

    def _limits(self, role: str, column: str, typed: Typed, expected: str) -> None:
        """Set rows aside, or refuse cells, that are missing, unreadable or out of bounds."""
        required, words = role in _SET_ASIDE_IF_UNFIT, ROLE_WORDS[role]
        if role in _SET_ASIDE_IF_MISSING:
            self._aside(role, "missing", typed.missing, column, f"{words} is missing")
        if expected:
            self._refuse(role, "unreadable", typed.unfit, column, f"{words} is not {expected}", required)
        if role in _ABOVE_NOTHING:
            self._aside(role, "not_positive", typed.values <= 0, column, f"{words} is not above 0")
        if role in _NOT_BELOW_NOTHING:
            below = typed.values < 0
            self._refuse(role, "below_0", below, column, f"{words} is below 0", required)
            typed.values.loc[below] = float("nan")
        if role == "percent":
            self._aside(role, "above_100", typed.values > 100, column, f"{words} is above 100")

    def _count_within_base(self, typed: dict[str, Typed]) -> None:
        if {"count", "base"} <= set(typed):
            above = typed["count"].values > typed["base"].values.reindex(typed["count"].values.index)
            self._aside("count", "above_base", above, self.profile.columns["count"], "count is above base")
        numbers = [typed[role].values for role in ("percent", "count") if role in typed]
        if self.profile.kind == "aggregated" and numbers:
            none = pd.concat(numbers, axis=1).isna().all(axis=1)
            role = "percent" if "percent" in typed else "count"
            self._aside(role, "missing", none, self.profile.columns[role], f"{ROLE_WORDS[role]} is missing")

    def _aside(self, role: str, what: str, where: pd.Series, column: str, reason: str) -> None:
        number = self.aside.put(where, str(find_column(self.columns, column)), reason)
        self.counts[f"rows_{role}_{what}"] = number

    def _refuse(self, role: str, what: str, where: pd.Series, column: str, reason: str, required: bool) -> None:
        if required:
            self._aside(role, what, where, column, reason)
        else:
            self.refused.append(self.aside.listed(where, str(find_column(self.columns, column)), reason))

    def _put_together(self, typed: dict[str, Typed], salt: bytes | None) -> Prepared:
        left = self.aside.left()
        made: dict[str, pd.Series] = {}
        for column, shown in columns_of(self.profile):
            cells = left[str(find_column(self.columns, column))]
            if shown == "respondent":
                made[shown] = _numbered(cells, salt)
                continue
            found = typed[shown] if shown in typed and column == self.profile.columns[shown] else None
            if found is not None and shown not in [*NUMBER_ROLES, *DATE_ROLES]:
                found = merged_texts(cells, shown, alike=shown not in _CODES)  # spelled by the rows that are used
            elif shown in self.profile.questions:
                found = typed_answers(cells, self.profile.questions[shown], shown)
                reason = "this answer is not in the profile"
                self.refused.append(self.aside.listed(found.unfit, str(find_column(self.columns, column)), reason))
            elif found is None:
                found = merged_texts(cells, shown)
            self.merges += found.merges
            made[shown] = found.values.reindex(left.index)
        if "month" in self.profile.columns:
            made["month"] = made["month"].dt.to_period("M").dt.start_time.astype("datetime64[us]")
        frame = pd.DataFrame(made, index=left.index).reset_index(drop=True)
        refused = pd.concat([self.aside.nothing(), *self.refused]).sort_values("line", kind="stable")
        refused = refused[refused["line"].isin(self.aside.lines_left())].reset_index(drop=True)
        set_aside = self.aside.all()
        self.counts |= {"rows_used": len(frame), "rows_set_aside": len(set_aside), "cells_refused": len(refused)}
        lines = self.aside.lines_left().reset_index(drop=True)
        warnings = tuple(below_nothing(frame["value"], lines, self.name)) if "value" in self.profile.columns else ()
        merges, notes = tuple(self.merges), tuple(self.notes)
        return Prepared(frame, lines, set_aside, refused, self.counts, merges, notes, warnings)


def _numbered(cells: pd.Series, salt: bytes | None) -> pd.Series:
    """Respondents' numbers without spaces around them, as they are or hashed with the salt as key."""
    numbers = tidied(cells)
    if salt is None:
        return numbers.astype("str")
    hashed = [hashlib.blake2b(number.encode(), key=salt, digest_size=_HASH_BYTES).hexdigest() for number in numbers]
    return pd.Series(hashed, index=cells.index, dtype="str")
