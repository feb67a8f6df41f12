"""What a person has settled about each column of a file, between a proposal and a finished profile.

A profile goes from role to column; a person goes from column to role, changes their mind, and loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data.column_facts import ColumnFacts
from data.form_fit import fitting_form, proposed_form
from data.forms import DateForm, NumberForm
from data.profile import DATE_ROLES, KINDS, NUMBER_ROLES, Profile, Question
from data.profile_check import NEEDED, name_problems
from data.profile_match import moved_questions
from data.question_proposal import proposed_question
from data.role_words import ROLE_WORDS, kind_words
from data.wording import plain, tidy

__all__ = ["GROUP", "IGNORE", "QUESTION", "Choices", "choices_of", "choices_with"]

# The names of roles that stand in no profile under `columns` as one column.
QUESTION, GROUP, IGNORE = "question of the survey", "group", "ignore"


@dataclass
class Choices:
    """A role for every column, and what goes with it.

    Attributes
    ----------
    columns
        The file's, in its order.
    kind
        One of ``KINDS``.
    roles
        Column to a role of the kind, ``QUESTION``, ``GROUP`` or ``IGNORE``.
    forms
        Column to the form of its numbers or dates.
    questions
        Column to its question's short name and the question; kept when the column gets another role.
    not_personal
        Columns that look personal and are declared not to be.
    """

    columns: list[str]
    kind: str
    roles: dict[str, str]
    forms: dict[str, NumberForm | DateForm] = field(default_factory=dict)
    questions: dict[str, tuple[str, Question]] = field(default_factory=dict)
    not_personal: list[str] = field(default_factory=list)

    def options(self) -> list[str]:
        """Every role that a column of this kind may have.

        Examples
        --------
        >>> Choices(["m"], "monthly", {"m": "month"}).options()
        ['ignore', 'month', 'measure', 'area', 'value', 'group']
        """
        asked = [QUESTION] if self.kind == "survey" else []
        return [IGNORE, *asked, *KINDS[self.kind][1], GROUP]

    def set_role(self, column: str, role: str, cells: pd.Series) -> None:
        """Give a column a role; what the role needs is proposed from the column's cells where nobody has said it.

        Examples
        --------
        >>> chosen = Choices(["Q9", "wt"], "survey", {"Q9": IGNORE, "wt": IGNORE})
        >>> chosen.set_role("Q9", QUESTION, pd.Series(["Yes", "No", "Yes"]))
        >>> chosen.set_role("wt", "weight", pd.Series(["0,5", "1,5", "1,2"]))
        >>> chosen.profile().questions["Q9"].positive, str(chosen.profile().forms["weight"])
        (('Yes',), '1234,5')
        """
        self.roles[column] = role
        expected = NumberForm if role in NUMBER_ROLES else DateForm
        if role in [*NUMBER_ROLES, *DATE_ROLES] and not isinstance(self.forms.get(column), expected):
            self.forms[column] = proposed_form(role, cells.unique())
        elif role == QUESTION and column not in self.questions:
            taken = {plain(other) for other in self.columns if other != column} | set(KINDS["survey"][1])
            taken |= {plain(key) for key, _ in self.questions.values()}
            key, question, _ = proposed_question(ColumnFacts(column, cells), taken)
            self.questions[column] = key, question

    def fit_forms(self, rows: pd.DataFrame) -> list[str]:
        """Give each column with numbers or dates a form that reads this file; a sentence where a form had to change.

        Examples
        --------
        >>> chosen = Choices(["m"], "monthly", {"m": "month"}, {"m": DateForm("dmy")})
        >>> chosen.fit_forms(pd.DataFrame({"m": ["2023-01", "2023-02"]}))
        ['Column m: its saved form, day/month/year, such as 31/01/2023, reads 0 of 2 different values. ...']
        """
        told = []
        for column, role in self.roles.items():
            if role not in [*NUMBER_ROLES, *DATE_ROLES]:
                continue
            declared = self.forms.get(column)
            if declared is None or isinstance(declared, DateForm) != (role in DATE_ROLES):
                self.forms[column] = proposed_form(role, rows[column].unique())
                continue
            self.forms[column], values, read, better = fitting_form(declared, role, rows[column])
            if self.forms[column] != declared:
                reads = f"reads {read:,} of {values:,} different values"
                now = f"which reads {better:,}" if better > read else "for none of them is above 1"
                told.append(
                    f"Column {tidy(column)}: its saved form, {_spoken(declared)}, {reads}. "
                    f"It is now read as {_spoken(self.forms[column])}, {now}."
                )
        return told

    def add_answer(self, column: str, answer: str, part: str) -> None:
        """Say what an answer means that its question does not list yet.

        Parameters
        ----------
        column
            The question's.
        answer
            As it is shown.
        part
            "positive", "negative", "dont_know", "missing", or "order" for an answer on neither side.

        Examples
        --------
        >>> q9 = Question("Q9", order=("Yes", "No"), positive=("Yes",))
        >>> chosen = Choices(["Q9"], "survey", {"Q9": QUESTION}, questions={"Q9": ("Q9", q9)})
        >>> chosen.add_answer("Q9", "Yes, often", "positive")
        >>> chosen.questions["Q9"][1].order, chosen.questions["Q9"][1].positive
        (('Yes', 'No', 'Yes, often'), ('Yes', 'Yes, often'))
        """
        key, question = self.questions[column]
        parts = {part, "order"} if part in ("positive", "negative") and question.order else {part}
        for each in parts:
            question = replace(question, **{each: (*getattr(question, each), answer)})  # type: ignore[arg-type]
        self.questions[column] = key, question

    def asked(self) -> list[str]:
        """The columns that hold questions, in the file's order."""
        return [column for column in self.columns if self.roles[column] == QUESTION]

    def profile(self) -> Profile:
        """The profile that says all this: always the same one for the same choices."""
        own = {role: self._with(role) for role in KINDS[self.kind][1]}
        return Profile(
            kind=self.kind,
            columns={role: columns[0] for role, columns in own.items() if columns},
            groups=tuple(self._with(GROUP)),
            questions={self.questions[column][0]: self.questions[column][1] for column in self.asked()},
            forms={
                role: self.forms[columns[0]] for role, columns in own.items() if columns and columns[0] in self.forms
                and role in [*NUMBER_ROLES, *DATE_ROLES]
            },
            ignore=tuple(self._with(IGNORE)),
            not_personal=tuple(column for column in self.not_personal if self.roles[column] != IGNORE),
        )  # fmt: skip

    def problems(self, name: str) -> list[str]:
        """Why the roles cannot be used as they are, one sentence each, in the words of the page.

        Examples
        --------
        >>> Choices(["a", "b", "m"], "monthly", {"a": "value", "b": "value", "m": "month"}).problems("calls.csv")
        ['calls.csv: columns a and b are all value. Give that role to one of them.']
        """
        told = []
        for role in KINDS[self.kind][1]:
            if len(columns := [tidy(column) for column in self._with(role)]) > 1:
                listed = f"{', '.join(columns[:-1])} and {columns[-1]}"
                told.append(f"{name}: columns {listed} are all {ROLE_WORDS[role]}. Give that role to one of them.")
        return told or [*self._missing_roles(name), *name_problems(self.profile(), name)]

    def _missing_roles(self, name: str) -> list[str]:
        needed = [[role] for role in NEEDED[self.kind]]
        needed += [["percent", "count"]] if self.kind == "aggregated" else []
        needed += [[QUESTION]] if self.kind == "survey" else []
        return [
            f"{name}: no column has the role “{'” or “'.join(ROLE_WORDS[role] for role in roles)}”, and a file of kind "
            f"“{kind_words(self.kind)}” needs one. Give a column that role, or choose another kind of file."
            for roles in needed
            if not any(self._with(role) for role in roles)
        ]

    def _with(self, role: str) -> list[str]:
        return [column for column in self.columns if self.roles[column] == role]


def _spoken(form: NumberForm | DateForm) -> str:
    return f"{form}" if isinstance(form, DateForm) else f"numbers such as {form}"


def choices_of(profile: Profile, columns: Sequence[str]) -> Choices:
    """The choices that a profile makes for a file's columns; a column it does not know is ignored.

    Examples
    --------
    >>> chosen = choices_of(Profile(columns={"weight": "Weight"}, groups=("sex",)), [" weight", "sex", "new"])
    >>> chosen.roles
    {' weight': 'weight', 'sex': 'group', 'new': 'ignore'}
    """
    return choices_with(profile, Choices(list(columns), profile.kind, dict.fromkeys(columns, IGNORE)))


def choices_with(profile: Profile, other: Choices) -> Choices:
    """A profile's choices for the columns it knows, and others for those it does not.

    Parameters
    ----------
    profile
        Such as one saved with an earlier wave.
    other
        For every column of the file. They are left out where they are of another kind.
    """
    same_kind = other.kind == profile.kind
    made = Choices(
        list(other.columns), profile.kind, dict(other.roles if same_kind else dict.fromkeys(other.columns, IGNORE)),
        dict(other.forms), dict(other.questions), list(other.not_personal),
    )  # fmt: skip
    named = {plain(column): column for column in reversed(other.columns)}
    for column in profile.ignore:
        if plain(column) in named:
            made.roles[named[plain(column)]] = IGNORE
    given = {column: role for role, column in profile.columns.items()} | dict.fromkeys(profile.groups, GROUP)
    for column, role in given.items():
        found = column if column in other.columns else named.get(plain(column))
        if found is None:
            continue
        for before in [each for each in made.columns if made.roles[each] == role and role != GROUP]:
            made.roles[before] = IGNORE
        made.roles[found] = role
        if role in profile.forms:
            made.forms[found] = profile.forms[role]
    for key, question in profile.questions.items():
        found = question.column if question.column in other.columns else named.get(plain(question.column))
        if found is not None:
            made.roles[found] = QUESTION
            made.questions[found] = key, replace(question, column=found)
    for column, key in moved_questions(profile, other.columns).items():
        made.roles[column] = QUESTION
        own_key = other.questions[column][0] if column in other.questions else key
        made.questions[column] = own_key, replace(profile.questions[key], column=column)
    made.not_personal = [column for column in other.columns if plain(column) in map(plain, profile.not_personal)]
    return made
