"""What a comparison of areas may be said to show: who differs, in one sentence, and what one area is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.areas import difference_word
from analysis.change_words import change_phrase, interval_phrase
from analysis.numbers import half_up, in_words
from analysis.rank_ranges import place_words
from analysis.survey_words import share_words

__all__ = ["alike_said", "area_said", "by_chance", "who_differs"]


def who_differs(told: pd.DataFrame, areas: str = "teams") -> str:
    """Which areas can be told apart from the rest, on one question.

    Parameters
    ----------
    told
        Rows of ``analysis.areas.compare_areas`` of one question and measure.
    areas
        What they are called, in the plural.

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
    for word in ("above the rest", "below the rest", "likely above the rest", "likely below the rest"):
        names = [name for name, own in zip(told["area"], words, strict=True) if own == word]
        if names:
            said.append(f"{_listed(names)} {'is' if len(names) == 1 else 'are'} {word}")
    untold = sum(word.startswith("cannot") for word in words)
    unseen = sum(word == "no verdict" for word in words)
    if untold and not said:
        said.append(f"no {one} can be told apart from the rest")
    elif untold:
        said.append(
            f"the other {one if untold == 1 else f'{in_words(untold)} {areas}'} cannot be told apart from the rest"
        )
    if unseen:
        said.append(f"{in_words(unseen)} {one if unseen == 1 else areas} cannot be compared")
    sentence = "; ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""


def area_said(row: Any, label: str, areas: int) -> str:
    """One area on one question: its value, the rest's, the difference, the verdict and the places it may hold.

    Parameters
    ----------
    row
        A row of ``analysis.areas.compare_areas``, of a survey.
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
    East, Q12 Confidence in the police: 46%, 24.4 points below the rest (70%). Below the rest (95% interval down 33.0
    points to down 15.7 points); somewhere between 9th and 10th of 10.
    """
    if pd.isna(row.difference):
        return f"{row.area}, {label}: no verdict. {row.caveat}".strip()
    moved = change_phrase(row.difference * 100, None, "percent")
    distance = moved.removeprefix("up ").removeprefix("down ")
    side = "like" if moved == "unchanged" else f"{distance} {'above' if row.difference > 0 else 'below'}"
    word = difference_word(row.verdict, row.difference)
    limits = interval_phrase(row.difference_lower * 100, row.difference_upper * 100, None, "percent")
    return (
        f"{row.area}, {label}: {share_words(row.estimate, row.measure)}, {side} the rest "
        f"({share_words(row.rest, row.measure)}). {word[:1].upper()}{word[1:]} ({row.confidence * 100:g}% interval "
        f"{limits}); {place_words(int(row.rank_low), int(row.rank_high), areas)}."
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
    return f"The {count} {called} differ by no more than chance alone may make them {tested}."


def by_chance(comparisons: int, confidence: float = 0.95) -> str:
    """How many marks chance alone would set in a grid, were none corrected.

    >>> by_chance(120)
    'Of 120 comparisons, about 6 would stand out by chance alone before correction.'
    """
    expected = half_up(comparisons * (1 - confidence))
    return f"Of {comparisons:,} comparisons, about {expected:.0f} would stand out by chance alone before correction."


def _listed(names: Sequence[str]) -> str:
    """Names as a person lists them.

    >>> _listed(["East", "North", "South"])
    'East, North and South'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
