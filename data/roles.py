"""What each column of a new file could mean, proposed from its name and from all its cells. A person confirms it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.column_facts import ColumnFacts
from data.forms import ZONED, DateForm, NumberForm
from data.kind_proposal import TWO_SIDED, likely_kind
from data.personal import looks_personal, refusal
from data.profile import DATE_ROLES, KINDS, NUMBER_ROLES, Profile, Question
from data.public_files import public_profile
from data.question_proposal import is_asked, proposed_question
from data.role_names import (
    FITS,
    GROUPS,
    TEAMS,
    is_code,
    is_named,
    is_number,
    is_place,
    is_repeated,
    is_unique,
    is_weight,
    known_by_name,
)
from data.wording import plain, tidy

__all__ = ["propose"]

_WHOLE = {"population", "count", "base"}  # never with decimals, so a comma parts thousands
_WORDS_AT_MOST = 30  # groups of one kind, such as age bands


def propose(rows: pd.DataFrame, name: str, kind: str | None = None) -> Profile:
    """The likeliest kind of file and role of every column.

    Parameters
    ----------
    rows
        Every cell as text, "" where it is empty.
    name
        The file's name, for the sentences in ``notes``.
    kind
        The kind, where somebody has said it.

    Returns
    -------
    Profile
        With the forms of its numbers and dates, and in ``notes`` what was assumed or left out and why. A question
        whose answers are on no known scale has no positive answer yet: somebody has to say.

    Examples
    --------
    >>> rows = pd.DataFrame({"Serial": ["a1", "a2", "a3", "a4"], " Weight": ["0,5", "1,5", "1,2", "0,8"],
    ...                      "Q9": ["Very safe", "A bit unsafe", "Very safe", "DK"]})
    >>> proposed = propose(rows, "survey.csv")
    >>> proposed.columns, proposed.questions["Q9"].positive, proposed.questions["Q9"].dont_know
    ({'respondent': 'Serial', 'weight': ' Weight'}, ('Very safe',), ('DK',))
    """
    facts = [ColumnFacts(str(column), rows[column]) for column in rows.columns]
    if (public := public_profile(facts, name)) and kind in (None, public.kind):
        return public
    return _Proposal(facts, rows, name).profile(kind)


class _Proposal:
    """A proposal in the making: columns still without a role, and what has been settled."""

    def __init__(self, facts: list[ColumnFacts], rows: pd.DataFrame, name: str) -> None:
        self.name, self.rows = name, rows
        self.free = facts
        self.columns: dict[str, ColumnFacts] = {}
        self.groups: list[str] = []
        self.ignore: list[str] = []
        self.questions: dict[str, Question] = {}
        self.notes: list[str] = []
        self.doubts: list[str] = []
        seen: set[str] = set()
        for column in facts:
            if plain(column.header) in seen:
                self._leave(
                    column, f"Column {tidy(column.header)} stands twice but for spaces and case. It is ignored."
                )
                continue
            seen.add(plain(column.header))
            if personal := looks_personal(column.header, rows[column.header], known_by_name(column.words)):
                self._leave(column, refusal(column.header, personal))

    def profile(self, kind: str | None) -> Profile:
        """Settle everything, roles before questions before groups."""
        kind = kind or likely_kind(self.free, self.rows)
        {"survey": self._survey, "aggregated": self._aggregated, "monthly": self._monthly, "events": self._events}[
            kind
        ]()
        forms = self._forms()
        return Profile(
            kind=kind,
            columns={role: self.columns[role].header for role in KINDS[kind][1] if role in self.columns},
            groups=tuple(self.groups),
            questions=self.questions,
            forms=forms,
            ignore=tuple(self.ignore),
            notes=tuple(self.notes),
            doubts=tuple(self.doubts),
        )

    def _found(self, role: str, fits: Callable[[ColumnFacts], bool]) -> ColumnFacts | None:
        named = [column for column in self.free if is_named(role, column) and fits(column)]
        exact = [column for column in named if column.words == role]
        team = [column for column in named if role == "area" and TEAMS.search(column.words)]
        return next(iter([*exact, *team, *named]), None)

    def _take(self, role: str, fits: Callable[[ColumnFacts], bool]) -> None:
        if found := self._found(role, fits):
            self._give(role, found)

    def _give(self, role: str, column: ColumnFacts) -> None:
        self.columns[role] = column
        self.free = [other for other in self.free if other is not column]

    def _leave(self, column: ColumnFacts, why: str) -> None:
        self.ignore.append(column.header)
        self.notes.append(f"{self.name}: {why}")
        self.free = [other for other in self.free if other is not column]

    def _survey(self) -> None:
        self._take("respondent", is_unique)
        self._take("weight", is_weight)
        if "weight" in self.columns and (other := self._found("weight", is_weight)):
            both = f"{tidy(self.columns['weight'].header)} and {tidy(other.header)}"
            self.doubts.append(f"{self.name}: Columns {both} could both be the weight. The first is taken.")
            self.notes += self.doubts
        self._take("population", is_number)
        self._take("stratum", is_repeated)
        self._take("cluster", is_repeated)
        self._take("wave", is_repeated)
        self._take("area", is_repeated)
        self._take("date", lambda column: column.is_dates and not column.is_decimal)
        self._by_content()
        self._stratum_by_content()
        for column in self.free:
            self._question_or_group(column)

    def _by_content(self) -> None:
        """A respondent's number and a weight under names that say nothing."""
        first = self.free[0] if self.free else None
        if (
            "respondent" not in self.columns
            and first
            and self._is_unique(first)
            and is_code(first)
            and not first.is_dates
        ):
            self._give("respondent", first)
            self._assume(first, "the respondent's number, because nearly all of its values differ")
        for column in self.free:
            numbers = column.numbers if column.is_decimal and "weight" not in self.columns else []
            if len(numbers) > 20 and min(numbers) > 0 and abs(sum(numbers) / len(numbers) - 1) < 0.02:
                self._give("weight", column)
                self._assume(column, "the weight, because its mean is 1")

    def _is_unique(self, column: ColumnFacts) -> bool:
        """Whether nearly all values differ: in the whole file, or in each wave, which may number its people anew."""
        wave = self.columns.get("wave")
        if column.is_unique or wave is None:
            return column.is_unique
        pairs = self.rows[[wave.header, column.header]].drop_duplicates()
        return bool(min(len(pairs), column.filled) >= 0.9 * len(self.rows))

    def _stratum_by_content(self) -> None:
        """The column that settles the population: it has one size in each of its strata."""
        population = self.columns.get("population")
        if not population or "stratum" in self.columns:
            return
        for column in self.free:
            sizes = self.rows.groupby(column.header)[population.header].nunique() if is_repeated(column) else None
            if sizes is not None and len(sizes) > 1 and (sizes == 1).all():
                self._give("stratum", column)
                self._assume(column, f"the stratum, because each of its values has one {tidy(population.header)}")
                return

    def _assume(self, column: ColumnFacts, what: str) -> None:
        self.notes.append(f"{self.name}: Column {tidy(column.header)} is taken as {what}. Change it if it is not.")

    def _question_or_group(self, column: ColumnFacts) -> None:
        shown = tidy(column.header)
        grouping = GROUPS.search(column.words)
        few_words = 1 <= len(column.substantive) <= _WORDS_AT_MOST and not column.is_numbers
        if plain(column.header) in self.columns:
            self._leave(column, f"Column {shown} has the name of a role that another column has. It is ignored.")
        elif not column.values:
            self._leave(column, f"Column {shown} is empty. It is ignored.")
        elif column.scale and not (grouping and column.scale[0].name in TWO_SIDED):
            self._ask(column)
        elif (few_words and grouping) or is_place(column):
            self.groups.append(column.header)
        elif not column.is_categories or column.is_decimal:
            what = "holds numbers" if column.is_numbers else "holds too many different texts for answers"
            self._leave(column, f"Column {shown} {what}. It is ignored; give it a role if it has one.")
        elif grouping:
            self.groups.append(column.header)
        elif is_asked(column):
            self._ask(column)
        elif len(column.substantive) == 1:
            self._leave(column, f"Column {shown} is the same in every row. It is ignored.")
        else:
            self.groups.append(column.header)

    def _ask(self, column: ColumnFacts) -> None:
        taken = {plain(str(header)) for header in self.rows.columns if header != column.header}
        key, question, notes = proposed_question(column, taken | {*map(plain, self.questions)} | {*self.columns})
        self.questions[key] = question
        self.notes += [f"{self.name}: {note}" for note in notes]

    def _aggregated(self) -> None:
        for role, fits in FITS["aggregated"].items():
            self._take(role, fits)
        self._rest()

    def _monthly(self) -> None:
        for role, fits in FITS["monthly"].items():
            self._take(role, fits)
        if "month" not in self.columns and (dated := self._dated(lambda column: column.is_months)):
            self._give("month", dated)
        numbers = [column for column in self.free if column.is_numbers]
        exact = [column for column in numbers if column.words in ("value", "count", "number", "total")]
        named = [column for column in numbers if is_named("value", column)]
        likely = exact or (named if "measure" in self.columns else []) or numbers
        if len(likely) == 1:
            self._give("value", likely[0])
        elif not likely:
            self.notes.append(f"{self.name}: No column holds numbers that can be read, so none is taken as the value.")
        else:
            self.notes.append(
                f"{self.name}: More than one column could be the value. Choose one, or give each measure rows of its "
                "own, with columns month, measure, area and value."
            )
        self._rest()

    def _events(self) -> None:
        if timed := self._dated(lambda column: column.has_times):
            self._give("timestamp", timed)
            if zoned := next((value for value in timed.values if ZONED.search(value)), ""):
                self.notes.append(
                    f"{self.name}: Column {tidy(timed.header)} says how far its clock is from Greenwich, as in "
                    f"{tidy(zoned)}. The clock's own time is kept, and nothing is added for summer."
                )
            if not timed.has_times:
                self._assume(timed, "the date and time, though it holds days without a time")
        for role, fits in FITS["events"].items():
            self._take(role, fits)
        self._rest()

    def _dated(self, rather: Callable[[ColumnFacts], bool]) -> ColumnFacts | None:
        """A column of dates: one of the better ones, and among those one that is named so."""
        dated = [column for column in self.free if column.is_dates and not column.is_decimal]
        better = [column for column in dated if rather(column)] or dated
        return self._found("timestamp", lambda column: column in better) or next(iter(better), None)

    def _rest(self) -> None:
        """What no role was found for: a group where texts repeat, else ignored."""
        for column in self.free:
            named = plain(column.header) in self.columns
            if (
                column.is_categories
                and not named
                and not column.is_numbers
                and not column.is_dates
                and len(column.substantive) > 1
            ):
                self.groups.append(column.header)
            else:
                self._leave(
                    column, f"Column {tidy(column.header)} has no role. It is ignored; give it one if it has one."
                )

    def _forms(self) -> dict[str, NumberForm | DateForm]:
        forms: dict[str, NumberForm | DateForm] = {}
        for role, column in self.columns.items():
            if role in NUMBER_ROLES:
                form, _, assumed = column.number
                if role == "percent" and not form.percent and max(column.numbers, default=2) <= 1:
                    form = NumberForm(form.decimal, form.thousands, share=True)
                    self._assume(column, "shares of 1, because none is above 1")
                forms[role] = form
            elif role in DATE_ROLES:
                forms[role], _, assumed = column.date
            else:
                continue
            if assumed and role not in _WHOLE:
                self.notes.append(f"{self.name}: Column {tidy(column.header)}: {assumed}")
        return forms
