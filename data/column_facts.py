"""What can be told of one column of text from all its cells, asked once and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

import pandas as pd

from data.forms import DateForm, NumberForm, propose_date, propose_number
from data.scales import Scale, is_dont_know, is_missing, known_scale
from data.wording import best_spelling, counted, name_words, no_number

__all__ = ["ColumnFacts"]

_ANSWERS_AT_MOST = 30
_ENOUGH = 0.8  # the part of a column's values that must fit for it to be numbers, dates or a scale
_TIMED = 0.5  # the part of a column's dates with a time of day from which it holds moments
_SAMPLE = 20_000


class ColumnFacts:
    """One column: its header, its texts, and what they could be.

    Parameters
    ----------
    header
        As it stands in the file.
    cells
        All its cells as text.

    Examples
    --------
    >>> facts = ColumnFacts(" Weight", pd.Series(["0,5", "1,25", "NA"]))
    >>> facts.words, facts.is_numbers, facts.number[0].decimal
    ('weight', True, ',')
    """

    def __init__(self, header: str, cells: pd.Series) -> None:
        self.header = header
        self.words = name_words(header)
        self.rows = len(cells)
        counts = cells.value_counts()
        self.values = [str(text) for text in counts.index if not no_number(str(text))]
        self.filled = len(cells) - int(counts[counts.index.str.strip() == ""].sum())
        self._cells = cells

    @cached_property
    def number(self) -> tuple[NumberForm, int, str]:
        """As ``data.forms.propose_number`` says of the different values."""
        return propose_number(self.values)

    @cached_property
    def date(self) -> tuple[DateForm, int, str]:
        """As ``data.forms.propose_date`` says of the different values."""
        return propose_date(self.values)

    @property
    def is_numbers(self) -> bool:
        """Whether nearly all values are numbers of one form."""
        return bool(self.values) and self.number[1] >= _ENOUGH * len(self.values)

    @property
    def is_dates(self) -> bool:
        """Whether nearly all values are dates of one order."""
        return bool(self.values) and self.date[1] >= _ENOUGH * len(self.values)

    @property
    def has_times(self) -> bool:
        """Whether the dates have a time of day. Midnight is often left out in writing, so not all need one."""
        return self.is_dates and sum(":" in value for value in self.values) >= _TIMED * len(self.values)

    @property
    def is_months(self) -> bool:
        """Whether the dates are whole months: no day, or always the first, or always the last."""
        if not self.is_dates or self.has_times:
            return False
        read = self.date[0].reader()
        days = [day for value in self.values if (day := read(value)) and day.year > 1]
        return all(day.day == 1 for day in days) or all((day + timedelta(days=1)).day == 1 for day in days)

    @cached_property
    def numbers(self) -> list[float]:
        """The different numbers."""
        read = self.number[0].reader()
        return [number for value in self.values[:_SAMPLE] if (number := read(value)) is not None]

    @property
    def is_unique(self) -> bool:
        """Whether nearly every cell is filled and differs from the others, as numbers of respondents do."""
        return self.filled >= 0.9 * self.rows and len(self.values) >= 0.9 * self.filled > 0

    @cached_property
    def answers(self) -> dict[str, dict[str, int]]:
        """Matched text to its spellings with their counts, most frequent first; empty where there are too many."""
        if len(self.values) > 20 * _ANSWERS_AT_MOST:
            return {}
        answers = counted(self._cells)
        return answers if len(answers) <= 2 * _ANSWERS_AT_MOST else {}

    @cached_property
    def substantive(self) -> list[str]:
        """The answers, as they are matched, that are neither don't know nor missing."""
        return [answer for answer in self.answers if not is_dont_know(answer) and not is_missing(answer)]

    @property
    def is_categories(self) -> bool:
        """Whether a few texts repeat."""
        return 1 <= len(self.substantive) <= _ANSWERS_AT_MOST and self.filled >= 2 * len(self.substantive)

    @property
    def is_decimal(self) -> bool:
        """Whether the numbers have decimals, as measurements have and codes have not."""
        return self.is_numbers and any(number != int(number) for number in self.numbers if abs(number) < 1e15)

    def count(self, answer: str) -> int:
        """How many rows have the answer, in any spelling."""
        return sum(self.answers[answer].values())

    def shown(self, answers: Sequence[str]) -> tuple[str, ...]:
        """The answers in their most frequent spelling."""
        return tuple(best_spelling(self.answers[answer]) for answer in answers)

    @cached_property
    def scale(self) -> tuple[Scale, list[str]] | None:
        """The answer scale and the rare answers that are not on it, or None."""
        if not 1 <= len(self.substantive) <= _ANSWERS_AT_MOST:
            return None
        total = sum(map(self.count, self.substantive))
        main = [answer for answer in self.substantive if self.count(answer) >= 0.02 * total]
        if not (found := known_scale(main)):
            return None
        on_it = [answer for answer in self.substantive if answer in main or known_scale([*main, answer])]
        off_it = [answer for answer in self.substantive if answer not in on_it]
        return known_scale(on_it) or found, off_it
