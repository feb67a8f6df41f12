"""One or two questions for a measure, by a rule that is printed beside them: open, and never more than is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.briefing.items import Asked
from analysis.change_words import within_sentence

__all__ = ["MOST_ASKED", "QUESTION_RULE", "Known", "questions_for"]

MOST_ASKED = 2


@dataclass(frozen=True)
class Known:
    """What is known of a measure, as far as a question may rest on it. Whatever there is nothing of is blank.

    Attributes
    ----------
    title
        The measure's name.
    moved
        How it moved and on what, such as "up 47.5% on the 12 months to 31 March 2022"; "" without a comparator.
    verdict, better_or_worse
        Of its change.
    corrected
        What the numbers of its change were corrected to since, in sentences; "" where they were not.
    explained
        Whether the report gives an explanation of it.
    doubt
        The first printed number of it beside which the check found a second, with both.
    odd
        Without such a one, the first of its printed numbers or words that the check questions otherwise.
    breaks
        The recording events that separate its periods.
    weak
        A place in the last third of the forces where first is best.
    late, promised, not_kept
        A promise that stands and whose day is over, one that stands and whose day is not, and one that is said not to
        have been kept, or only in part.
    baseless
        Whether it is a share of which nothing is printed that it rests on.
    missing
        What the report does not say about its section.
    """

    title: str
    moved: str = ""
    verdict: str = ""
    better_or_worse: str = ""
    corrected: str = ""
    explained: bool = False
    doubt: str = ""
    odd: str = ""
    breaks: str = ""
    weak: str = ""
    late: str = ""
    promised: str = ""
    not_kept: str = ""
    baseless: bool = False
    missing: str = ""


@dataclass(frozen=True)
class _Line:
    """A line of the rule: when it applies, in words and in code, and the question it gives."""

    when: str
    applies: Callable[[Known], bool]
    asks: Callable[[Known], str]


def _claimed(known: Known) -> bool:
    return known.verdict in ("real change", "likely change") and bool(known.moved)


def _moved(known: Known) -> str:
    return f"{known.title}: {known.moved}, a {known.verdict}.{_since(known)}"


def _since(known: Known) -> str:
    """What its numbers were corrected to since, as it goes on after a sentence."""
    return f" {known.corrected}" if known.corrected else ""


def _basis(known: Known) -> str:
    """What an explanation rests on where one is printed, else what the force thinks."""
    if known.explained:
        return "What does the force's explanation in the report rest on"
    return "What, in the force's view, lies behind this"


_LINES = (
    _Line(
        "a printed number of it differs from another print or from what the report's own numbers give",
        lambda known: bool(known.doubt),
        lambda known: f"{known.doubt} Which should the public rely on?",
    ),
    _Line(
        "a printed number of it, or the words beside one, are questioned by the check, which has no second number",
        lambda known: bool(known.odd),
        lambda known: f"{known.odd} How should the public read this?",
    ),
    _Line(
        "recording changed, so that the periods cannot be compared",
        lambda known: known.verdict == "not comparable",
        lambda known: (
            f"{known.title} cannot be compared between the two periods ({known.breaks}). What would the change be if "
            f"both were recorded alike, and when could that be published?"
        ),
    ),
    _Line(
        "a real or likely change for the worse",
        lambda known: _claimed(known) and known.better_or_worse == "worse",
        lambda known: f"{_moved(known)} {_basis(known)}, and how will the public see which way it goes?",
    ),
    _Line(
        "a promise that stands and whose day has passed",
        lambda known: bool(known.late),
        lambda known: f"The report holds this promise: {within_sentence(known.late)} Where does it stand today?",
    ),
    _Line(
        "a promise that was not kept, or only in part",
        lambda known: bool(known.not_kept),
        lambda known: (
            f"The report holds this promise: {within_sentence(known.not_kept)} What does the force intend now, and by "
            f"when?"
        ),
    ),
    _Line(
        "a place in the last third of the forces, where first is best",
        lambda known: bool(known.weak),
        lambda known: f"{known.weak} What does the force conclude from this place?",
    ),
    _Line(
        "a real or likely change that is neither better nor worse in itself",
        lambda known: _claimed(known) and not known.better_or_worse,
        lambda known: f"{_moved(known)} {_basis(known)}, and what does it mean for the public?",
    ),
    _Line(
        "a real or likely change for the better",
        lambda known: _claimed(known) and known.better_or_worse == "better",
        lambda known: f"{_moved(known)} {_basis(known)}, and what does the force expect next?",
    ),
    _Line(
        "a share of which nothing is printed that it rests on",
        lambda known: known.baseless,
        lambda known: (
            f"How many cases or answers does the figure for “{known.title}” rest on, and what would it take to print "
            f"that number beside it?"
        ),
    ),
    _Line(
        "a change that cannot be told from chance",
        lambda known: known.verdict == "cannot tell",
        lambda known: (
            f"{known.title}: {known.moved}, which cannot be told from chance.{_since(known)} What else does the force "
            f"look at to know how this is moving?"
        ),
    ),
    _Line(
        "a promise that stands and is not yet due or has no date",
        lambda known: bool(known.promised),
        lambda known: (
            f"The report holds this promise: {within_sentence(known.promised)} How will the public be able to see "
            f"where it stands?"
        ),
    ),
    _Line(
        "something that the report does not say in its section",
        lambda known: bool(known.missing),
        lambda known: f"{known.missing} What would it take to publish this?",
    ),
    _Line(
        "no other line applies",
        lambda known: True,
        lambda known: f"What does the force expect of “{known.title}” in the coming months, and what is that based on?",
    ),
)

QUESTION_RULE = (
    "At most two questions for each measure: those of the first two lines that apply. "
    + "; ".join(f"({place}) {line.when}" for place, line in enumerate(_LINES, start=1))
    + ". The words come from the figures, the verdict and the report itself; "
    "nothing is asked as if it were known when it is not."
)


def questions_for(known: Known) -> tuple[Asked, ...]:
    """The questions of the first two lines of the rule that apply.

    >>> asked = questions_for(Known("Arrests", moved="up 8.0% on 2021", verdict="real change"))
    >>> [each.because for each in asked]
    ['a real or likely change that is neither better nor worse in itself']
    >>> asked[0].text.removeprefix("Arrests: up 8.0% on 2021, a real change. ")
    "What, in the force's view, lies behind this, and what does it mean for the public?"
    """
    fits = [line for line in _LINES[:-1] if line.applies(known)] or [_LINES[-1]]
    return tuple(Asked(line.asks(known), line.when) for line in fits[:MOST_ASKED])
