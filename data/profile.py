"""What the columns of an uploaded file mean: a survey, an aggregated survey, monthly figures or events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from data.forms import DateForm, NumberForm
from data.scales import is_dont_know, is_missing
from data.wording import plain, tidy

__all__ = ["DATE_ROLES", "KINDS", "NUMBER_ROLES", "Profile", "Question", "columns_of"]

# Each kind: what one of its rows is, and the roles its columns may have.
KINDS = {
    "survey": ("a respondent", ["respondent", "wave", "date", "area", "weight", "stratum", "cluster", "population"]),
    "aggregated": ("a question in an area", ["question", "wave", "date", "area", "count", "base", "percent"]),
    "monthly": ("a measure in a month", ["month", "measure", "area", "value"]),
    "events": ("an event", ["timestamp", "kind", "area", "answered_after", "attended_after", "abandoned"]),
}
NUMBER_ROLES = ["weight", "population", "count", "base", "percent", "value", "answered_after", "attended_after"]
DATE_ROLES = ["date", "month", "timestamp"]


@dataclass(frozen=True)
class Question:
    """One question of a survey and what its answers mean. Answers match whatever their spaces, case and apostrophes.

    Attributes
    ----------
    column
        The file's column.
    label
        The question as it is shown.
    order
        Every answer, in the order it is shown. Empty: any answer is taken as it is found.
    positive, negative
        The answers counted, and those on the other side. What is in neither is in the base all the same.
    dont_know, missing
        Answers that say so. Blank is always missing.
    sensitive
        Whether small counts of its answers need more protection.
    """

    column: str
    label: str = ""
    order: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    dont_know: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sensitive: bool = False

    def label_of(self, answer: str) -> str | None:
        """The answer as the profile spells it: "" where it is missing, None where the profile does not know it.

        All don't knows are one answer, the first that the profile lists.

        Examples
        --------
        >>> q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), dont_know=("Don't know",))
        >>> [q4.label_of(text) for text in ("YES ", "DK", "Refused", "Maybe")]
        ['Yes', "Don't know", '', None]
        """
        known = self._labels.get(plain(answer))
        if known is not None:
            return known
        if is_missing(answer):
            return ""
        if is_dont_know(answer):
            return tidy((*self.dont_know, "Don't know")[0])
        return None if self.order else tidy(answer)

    @cached_property
    def _labels(self) -> dict[str, str]:
        told = {plain(answer): tidy(answer) for answer in (*self.negative, *self.positive, *self.order)}
        told |= {plain(answer): tidy(self.dont_know[0]) for answer in self.dont_know}
        return told | {plain(answer): "" for answer in self.missing}


@dataclass(frozen=True)
class Profile:
    """The meaning of every column, as proposed or as declared.

    Attributes
    ----------
    kind
        One of ``KINDS``.
    columns
        Role to the name of the file's column.
    groups
        Columns to break figures down by.
    questions
        Short name, such as Q4, to question.
    forms
        Role to the form of its numbers or dates. A role without one is read in the form most of its values have.
    ignore
        Columns that are not used and not stored.
    not_personal
        Columns that look personal and are declared not to be.
    notes
        Sentences about what was assumed in proposing. Not part of the file.
    doubts
        Sentences about what a person has to settle before a figure rests on it. Not part of the file.
    """

    kind: str = "survey"
    columns: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)
    forms: Mapping[str, NumberForm | DateForm] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    not_personal: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    doubts: tuple[str, ...] = field(default=(), compare=False)

    def used(self) -> list[str]:
        """The columns that are stored, each once, in the order of roles, groups, questions.

        Examples
        --------
        >>> Profile(columns={"weight": "wt"}, groups=("sex",), questions={"Q4": Question("Q4")}).used()
        ['wt', 'sex', 'Q4']
        """
        asked = [question.column for question in self.questions.values()]
        return list(dict.fromkeys([*self.columns.values(), *self.groups, *asked]))


def columns_of(profile: Profile) -> list[tuple[str, str]]:
    """Each stored column with its name in the prepared frame: its role, its group's heading, its question's short name.

    Examples
    --------
    >>> columns_of(Profile(columns={"weight": " Weight"}, groups=("age_band ",), questions={"Q4": Question("q_4")}))
    [(' Weight', 'weight'), ('age_band ', 'age_band'), ('q_4', 'Q4')]
    """
    told = [(column, role) for role, column in profile.columns.items()]
    told += [(column, tidy(column)) for column in profile.groups]
    return told + [(question.column, key) for key, question in profile.questions.items()]
