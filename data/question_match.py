"""Which questions of two versions are one and the same, though their short names may have changed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable

from data.profile import Profile, Question
from data.wording import plain

__all__ = ["reworded", "same_questions"]

_ALIKE = 0.6  # of two questions' words, from which the same answers make them one


def same_questions(older: Profile, newer: Profile) -> dict[str, str]:
    """Each question of the older version that is in the newer one too: its short name there, and here.

    Questions with the same words are one, whatever they are called; then those of one short name or column; then those
    that alone have the same answers and much the same words.

    Examples
    --------
    >>> rely, safe = Question("q4", "Can you rely on them?"), Question("q5", "Safe at night?")
    >>> same_questions(Profile(questions={"Q4": rely, "Q5": safe}), Profile(questions={"Q5": rely, "Q6": safe}))
    {'Q4': 'Q5', 'Q5': 'Q6'}
    """
    found: dict[str, str] = {}

    def pair(told: Callable[[str, Question], Hashable]) -> None:
        """Make pairs of what is left and says the same thing once on each side."""
        sides = []
        for profile, taken in ((older, set(found)), (newer, set(found.values()))):
            said: dict[Hashable, list[str]] = {}
            for key, question in profile.questions.items():
                if key not in taken and (words := told(key, question)):
                    said.setdefault(words, []).append(key)
            sides.append({words: keys[0] for words, keys in said.items() if len(keys) == 1})
        found.update({key: sides[1][words] for words, key in sides[0].items() if words in sides[1]})

    pair(_words)
    pair(lambda key, _: plain(key))
    pair(lambda _, question: plain(question.column))
    likely = dict(found)
    pair(lambda _, question: frozenset(map(plain, question.order)))
    kept = {key: now for key, now in found.items() if key in likely or _alike(older, newer, key, now)}
    return {key: kept[key] for key in older.questions if key in kept}


def reworded(older: Profile, newer: Profile) -> list[tuple[str, str]]:
    """Questions that are one by their name or answers and whose words changed: the name now, and a sentence.

    Examples
    --------
    >>> before, after = Question("Q4", "Safe at night?"), Question("Q4", "Safe by day?")
    >>> reworded(Profile(questions={"Q4": before}), Profile(questions={"Q4": after}))
    [('Q4', "Question 'Q4' asks “Safe by day?”; it asked “Safe at night?”. Make sure that it is the same question.")]
    """
    told = []
    for key, now in same_questions(older, newer).items():
        was, asks = older.questions[key].label, newer.questions[now].label
        if plain(was) != plain(asks) and {plain(was), plain(asks)} != {plain(key), plain(now)}:
            sure = "Make sure that it is the same question."
            told.append((now, f"Question '{now}' asks “{asks}”; it asked “{was}”. {sure}"))
    return told


def _words(key: str, question: Question) -> str:
    """The question's words, or "" where it has none of its own."""
    return "" if plain(question.label) in ("", plain(key)) else plain(question.label)


def _alike(older: Profile, newer: Profile, key: str, now: str) -> bool:
    was, asks = _words(key, older.questions[key]), _words(now, newer.questions[now])
    return not (was and asks) or difflib.SequenceMatcher(None, was, asks).ratio() >= _ALIKE
