"""What is measured of a survey's question: which answers count, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Measure", "check_measures"]


@dataclass(frozen=True)
class Measure:
    """What each answer of a question counts as.

    Attributes
    ----------
    question
        Id of the question.
    name
        top, bottom, net, dont_know, or whatever tells it from others.
    values
        Answer to number: 1 and 0 for a share, 1, 0 and -1 for a net score. Answers that are not named, and missing
        ones, are out of the base.

    Examples
    --------
    >>> Measure("Q4", "top", {"Yes": 1, "No": 0}).values["Yes"]
    1
    """

    question: str
    name: str
    values: Mapping[str, float] = field(hash=False)


def check_measures(questions: Mapping[str, str], measures: Sequence[Measure]) -> None:
    """Refuse measures that would be lost, or counted twice.

    Raises
    ------
    ValueError
        For a measure of an unknown question, or two of one name for one question.
    """
    seen = set()
    for each in measures:
        if each.question not in questions:
            raise ValueError(f"The measure {each.name} is of question {each.question}, which is not asked for.")
        if (each.question, each.name) in seen:
            raise ValueError(f"Two measures of question {each.question} are named {each.name}.")
        seen.add((each.question, each.name))
