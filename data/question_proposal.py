"""A question of a new survey as it could be declared: its short name, its answers in order, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Collection

from data.column_facts import ColumnFacts
from data.forms import propose_number
from data.profile import Question
from data.scales import is_dont_know
from data.wording import plain, tidy

__all__ = ["is_asked", "is_question_by_name", "parted_header", "proposed_question"]

_ASKED = re.compile(r"^q ?\d+[a-z]?\b|^(how|do|does|did|have|has|what|which|to what|overall|are|is|would)\b")
_VICTIM = re.compile(r"\bvictim of\b|\b(a|the) victim\b|\bvictimi[sz]")
_KEY = re.compile(r"\s*(Q\s?\d+\s?[a-z]?(?:[_.]\d+)?)(?:\s*[.:)\-\u2013]\s*|\s+)(\S.*)", re.IGNORECASE)


def proposed_question(column: ColumnFacts, taken: Collection[str] = ()) -> tuple[str, Question, list[str]]:
    """What the question in a column could be.

    Parameters
    ----------
    column
        With few answers that repeat.
    taken
        Names that other columns have, as they are matched: the short name is none of them.

    Returns
    -------
    tuple
        The short name; the question, without positive answers where its scale is not known, its answers then by
        frequency, or by size where they are numbers; sentences about what a person has to settle.

    Examples
    --------
    >>> import pandas as pd
    >>> key, question, notes = proposed_question(ColumnFacts("Q4. Rely on?", pd.Series(["No", "YES", "Yes", "yes"])))
    >>> key, question.label, question.order, notes
    ('Q4', 'Rely on?', ('Yes', 'No'), [])
    """
    key, label = parted_header(column.header)
    if plain(key) in taken:
        key = tidy(column.header)
    dont_know = [answer for answer in column.answers if is_dont_know(answer)]
    missing = [answer for answer in column.answers if answer and answer not in [*column.substantive, *dont_know]]
    scale, off_it = column.scale or (None, [])
    order = list(scale.order) if scale else _by_size(column)
    question = Question(
        column=column.header,
        label=label,
        order=column.shown(order),
        positive=column.shown(scale.positive if scale else []),
        negative=column.shown(scale.negative if scale else []),
        dont_know=column.shown(dont_know),
        missing=column.shown(missing),
        sensitive=any(_VICTIM.search(words) for words in (plain(label), *column.answers))
        and "likely" not in plain(label),
    )
    notes = []
    if question.sensitive:
        notes.append(
            f"{key} is about having been a victim, so it is marked sensitive: small counts need more protection."
        )
    if not question.positive:
        notes.append(f"No answer of {key} is known to be positive. Say which are to be counted.")
    if off_it:
        listed = ", ".join(f"'{answer}'" for answer in column.shown(off_it))
        notes.append(
            f"{key} has answers that are not on its scale: {listed}. They are refused unless they are added to its "
            "answers, or declared missing."
        )
    return key, question, notes


def parted_header(header: str) -> tuple[str, str]:
    """A header's short name and words; twice the whole where it has no short name.

    Examples
    --------
    >>> parted_header("Q4. Rely on?"), parted_header("Rely on?")
    (('Q4', 'Rely on?'), ('Rely on?', 'Rely on?'))
    """
    parted = _KEY.fullmatch(header)
    return (tidy(parted[1]), tidy(parted[2])) if parted else (tidy(header), tidy(header))


def _by_size(column: ColumnFacts) -> list[str]:
    """Answers that are numbers by their size, any others as they are: by frequency."""
    form, read, _ = propose_number(column.substantive)
    if not column.substantive or read < len(column.substantive):
        return column.substantive
    size = form.reader()
    return sorted(column.substantive, key=lambda answer: size(answer) or 0)


def is_asked(column: ColumnFacts) -> bool:
    """Whether a column reads like a question: by its name, a don't know, or because not everybody was asked.

    Examples
    --------
    >>> import pandas as pd
    >>> [is_asked(ColumnFacts(name, pd.Series(["red", "blue"]))) for name in ("Q7", "team")]
    [True, False]
    """
    unsure = any(is_dont_know(answer) for answer in column.answers)
    return is_question_by_name(column) or unsure or column.filled < 0.8 * column.rows


def is_question_by_name(column: ColumnFacts) -> bool:
    """Whether a column's name reads like a question: numbered as one, begun like one, or with a question mark.

    Examples
    --------
    >>> import pandas as pd
    >>> [is_question_by_name(ColumnFacts(name, pd.Series(["red"]))) for name in ("Q7", "Safe at night?", "team")]
    [True, True, False]
    """
    return bool(_ASKED.search(column.words) or "?" in column.header)
