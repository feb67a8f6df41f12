"""What is measured of a survey's question: which answers count, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.profile import Question
from data.wording import tidy

__all__ = ["MEASURES", "Measure", "check_measures", "dont_know_label", "survey_measures"]

MEASURES = ["top", "bottom", "net", "dont_know"]  # of a survey's question, in the order they are told


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


def survey_measures(
    questions: Mapping[str, Question], found: Mapping[str, Sequence[str]], include_dont_know: bool = False
) -> list[Measure]:
    """The measures of each question: top, and where there are negative answers bottom and net; and dont_know.

    Don't know stays in the base of its own share, and in that of the others only when asked for.

    Parameters
    ----------
    questions
        Id to what its answers mean.
    found
        Id to the answers that occur, for a question whose profile does not list them all.
    include_dont_know
        Whether top, bottom and net count those who did not know as neither.

    Examples
    --------
    >>> q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), dont_know=("Don't know",))
    >>> for each in survey_measures({"Q4": q4}, {"Q4": ["No", "Don't know"]}):
    ...     print(each.name, dict(each.values))
    top {'Yes': 1, 'No': 0}
    dont_know {'Yes': 0, 'No': 0, "Don't know": 1}
    """
    measures = []
    for key, question in questions.items():
        unsure = dont_know_label(question)
        listed = [*map(tidy, (*question.order, *question.positive, *question.negative)), *found.get(key, [])]
        known = [answer for answer in dict.fromkeys(listed) if answer != unsure]
        base = [*known, unsure] if include_dont_know else known
        counted, against = set(map(tidy, question.positive)), set(map(tidy, question.negative))
        measures.append(Measure(key, "top", {answer: int(answer in counted) for answer in base}))
        if against:
            net = {answer: int(answer in counted) - int(answer in against) for answer in base}
            measures.append(Measure(key, "bottom", {answer: int(answer in against) for answer in base}))
            measures.append(Measure(key, "net", net))
        if question.dont_know or unsure in found.get(key, []):
            measures.append(Measure(key, "dont_know", dict.fromkeys(known, 0) | {unsure: 1}))
    return measures


def dont_know_label(question: Question) -> str:
    """How a prepared file spells every don't know of a question.

    >>> dont_know_label(Question("Q4", dont_know=("DK", "Not sure"))), dont_know_label(Question("Q4"))
    ('DK', "Don't know")
    """
    return tidy((*question.dont_know, "Don't know")[0])
