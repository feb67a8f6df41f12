"""What a comparison of areas may be said to show: who differs, in one sentence, and what one area is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.area_rates import PER
from analysis.area_values import apart_words, area_value, distance_words, only_ranges, unit_of
from analysis.areas import difference_word
from analysis.funnel import Funnel, outside
from analysis.numbers import half_up, in_words
from analysis.rank_ranges import place_words

__all__ = ["alike_said", "area_said", "by_chance", "funnel_said", "team_said", "who_differs"]

_SIDES = ("above the rest", "below the rest", "likely above the rest", "likely below the rest")
_ALIKE = "cannot be told apart from the rest"


def who_differs(told: pd.DataFrame, areas: str = "teams", opens: bool = True) -> str:
    """Which areas can be told apart from the rest, on one question.

    Parameters
    ----------
    told
        Rows of ``analysis.areas.compare_areas`` of one question and measure.
    areas
        What they are called, in the plural.
    opens
        Whether it opens a sentence.

    Examples
    --------
    >>> told = pd.DataFrame({"area": ["East", "North", "West"], "difference": [-0.24, -0.1, 0.01],
    ...                      "verdict": ["differs", "likely differs", "cannot tell"]})
    >>> who_differs(told), who_differs(told[2:])
    ('East is below the rest; North is likely below the rest; the other team cannot be told apart from the rest.',
     'No team can be told apart from the rest.')
    """
    one = areas.removesuffix("s")
    words = [difference_word(row.verdict, row.difference) for row in told.itertuples()]
    said = []
    for word in _SIDES:
        names = [name for name, own in zip(told["area"], words, strict=True) if own == word]
        if names:
            said.append(f"{_listed(names)} {'is' if len(names) == 1 else 'are'} {word}")
    untold = sum(word.startswith("cannot") for word in words)
    ranged = sum(word == "no verdict" and within for word, within in zip(words, only_ranges(told), strict=True))
    unseen = sum(word == "no verdict" for word in words) - ranged
    if untold and not said and not ranged:
        said.append(f"no {one} can be told apart from the rest")
    elif untold:
        others = "the other " if said and not ranged else ""
        number = one if others and untold == 1 else _number(untold, one, areas)
        said.append(f"{others}{number} cannot be told apart from the rest")
    if ranged:
        said.append(f"{_number(ranged, one, areas)} may differ or not: only a range is printed")
    if unseen:
        said.append(f"{_number(unseen, one, areas)} cannot be compared: withheld, or too few answers")
    sentence = "; ".join(said)
    opening = sentence[:1].upper() if opens else sentence[:1]
    return f"{opening}{sentence[1:]}." if said else ""


def _number(count: int, one: str, several: str) -> str:
    return f"{in_words(count)} {one if count == 1 else several}"


def area_said(row: Any, label: str, areas: int) -> str:
    """One area on one question: its value, the rest's, the difference, the verdict and the places it may hold.

    Parameters
    ----------
    row
        A row of ``analysis.areas.compare_areas``, of a survey or of rates.
    label
        The question as it is shown.
    areas
        How many there are.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = SimpleNamespace(area="East", measure="top", estimate=0.46, rest=0.7044, difference=-0.2444,
    ...     difference_lower=-0.33, difference_upper=-0.157, confidence=0.95, verdict="differs", rank_low=9.0,
    ...     rank_high=10.0, caveat="")
    >>> print(area_said(row, "Q12 Confidence in the police", 10))
    East, Q12 Confidence in the police: 46%, 24.4 points below the rest (70%). Below the rest (95% interval 33.0 to 15.7
    points below); somewhere between 9th and 10th of 10.
    """
    if pd.isna(row.difference):
        return f"{row.area}, {label}: no verdict. {row.caveat}".strip()
    side = "above" if row.difference > 0 else "below"
    apart = "like" if row.difference == 0 else f"{distance_words(row.difference, row.measure)} {side}"
    word = difference_word(row.verdict, row.difference)
    limits = apart_words(row.difference_lower, row.difference_upper, row.measure)
    value, rest = (area_value(each, unit_of(row.measure), row.measure) for each in (row.estimate, row.rest))
    return (
        f"{row.area}, {label}: {value}, {apart} the rest ({rest}). {word[:1].upper()}{word[1:]} "
        f"({row.confidence * 100:g}% interval {limits}); {place_words(int(row.rank_low), int(row.rank_high), areas)}."
    )


def alike_said(p: float, areas: int, q: float, confidence: float = 0.95, called: str = "teams") -> str:
    """Whether areas differ at all, before any is looked at alone.

    >>> print(alike_said(0.0002, 10, 31.9))
    The ten teams differ by more than chance alone would make them (Cochran's Q 31.9 on 9 degrees of freedom, p 0.0002).
    """
    count = "ten" if areas == 10 else in_words(areas)
    if pd.isna(p):
        return f"Whether the {called} differ at all cannot be told."
    shown = "under 0.0001" if p < 0.0001 else f"{half_up(p, 4):.4f}"
    tested = f"(Cochran's Q {half_up(q, 1):.1f} on {areas - 1} degrees of freedom, p {shown})"
    if p < round(1 - confidence, 12):
        return f"The {count} {called} differ by more than chance alone would make them {tested}."
    return f"No difference among the {count} {called} as a whole could be shown {tested}."


def by_chance(comparisons: int, confidence: float = 0.95) -> str:
    """How many marks chance alone would set in a grid, were none corrected.

    >>> by_chance(120)
    'Of 120 comparisons, about 6 would stand out by chance alone before correction.'
    """
    expected = half_up(comparisons * (1 - confidence))
    return f"Of {comparisons:,} comparisons, about {expected:.0f} would stand out by chance alone before correction."


def team_said(own: pd.DataFrame, labels: Mapping[str, str], source: str) -> str:
    """What one source shows of one area: on which questions it can be told from the rest.

    Parameters
    ----------
    own
        Rows of ``analysis.areas.compare_areas`` of one area.
    labels
        Question to its label.
    source
        What the figures are.

    Examples
    --------
    >>> own = pd.DataFrame({"question": ["q9", "q12", "q4"], "verdict": ["differs", "cannot tell", "no verdict"],
    ...                     "difference": [-0.2, 0.01, None]})
    >>> print(team_said(own, {"q9": "Q9 Safe after dark", "q12": "Q12", "q4": "Q4"}, "Survey, January 2023"))
    Survey, January 2023: below the rest on Q9 Safe after dark; one cannot be told apart from the rest, one has no
    verdict.
    """
    told: dict[str, list[str]] = {}
    for row in own.itertuples():
        told.setdefault(difference_word(row.verdict, row.difference), []).append(labels.get(row.question, row.question))
    said = [f"{word} on {_listed(told[word])}" for word in _SIDES if word in told]
    alike, unsaid = len(told.get(_ALIKE, [])), len(told.get("no verdict", []))
    rest = [f"{in_words(alike)} cannot be told apart from the rest"] if alike else []
    rest += [f"{in_words(unsaid)} {'has' if unsaid == 1 else 'have'} no verdict"] if unsaid else []
    return f"{source}: {'; '.join([*said, ', '.join(rest)] if rest else said)}."


def funnel_said(told: pd.DataFrame, counts: pd.DataFrame, found: Funnel, areas: str = "districts") -> str:
    """What the funnel says, beside the verdicts: the two ask different things.

    Parameters
    ----------
    told
        Rows of ``analysis.areas.compare_areas`` of one question.
    counts
        ``area, value, population`` of the same.
    found
        As ``analysis.funnel.funnel`` gives it.
    areas
        What they are called, in the plural.

    Examples
    --------
    >>> counts = pd.DataFrame({"area": ["N", "S"], "value": [170.0, 100.0], "population": [1000.0, 1000.0]})
    >>> told = pd.DataFrame({"area": ["N", "S"], "verdict": ["differs", "cannot tell"]})
    >>> print(funnel_said(told, counts, Funnel(100.0, 9.0, 0.04, 10)))
    The rates of these districts spread more than chance: 9 times the variance of chance. No district lies outside the
    funnel that allows for that. N differs from the rest, but by no more than these districts differ among themselves.
    """
    one = areas.removesuffix("s")
    places = {row.area: outside(row.value / row.population * PER, row.population, found) for row in counts.itertuples()}
    out = [f"{name} is {where}" for name, where in places.items() if not where.startswith("inside")]
    spread = (
        f"The rates of these {areas} spread more than chance: {half_up(found.dispersion):.0f} times the variance of "
        "chance."
        if found.between and half_up(found.dispersion) > 1
        else f"The rates of these {areas} spread by about what chance alone explains."
    )
    if out:
        said = [spread, f"{_listed(out)} that allows for that."]
    else:
        said = [spread, f"No {one} lies outside the funnel that allows for that."]
    inside = [
        row.area for row in told.itertuples() if row.verdict == "differs" and places[row.area].startswith("inside")
    ]
    if inside:
        verb = "differs" if len(inside) == 1 else "differ"
        said.append(
            f"{_listed(inside)} {verb} from the rest, but by no more than these {areas} differ among themselves."
        )
    return " ".join(said)


def _listed(names: Sequence[str]) -> str:
    """Names as a person lists them.

    >>> _listed(["East", "North", "South"])
    'East, North and South'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
