"""How far a release or a version has come: draft, shared or published; who may see which, and what must stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.people import ANALYST, VIEWER, Person, may

__all__ = ["DRAFT", "NOT_YET", "PUBLISHED", "SHARED", "STATES", "before_of", "before_print", "lowest_state", "may_see",
           "state_words", "uploaded_words"]  # fmt: skip

DRAFT, SHARED, PUBLISHED = "draft", "shared", "published"
STATES = (DRAFT, SHARED, PUBLISHED)  # each seen by all who see the one before it
NOT_YET = "Not yet published"
_WORDS = {DRAFT: "Draft, not yet published", SHARED: NOT_YET, PUBLISHED: ""}


def state_words(state: str) -> str:
    """What must stand on every page, chart and download of a state; "" once it is published.

    >>> state_words("draft"), state_words("shared"), state_words("published")
    ('Draft, not yet published', 'Not yet published', '')
    """
    return _WORDS[state]


def uploaded_words(state: str) -> str:
    """The same for uploaded figures, inside their source line.

    >>> uploaded_words("draft"), uploaded_words("shared"), uploaded_words("published")
    ('not published', 'not yet published', 'published')
    """
    return {DRAFT: "not published", SHARED: NOT_YET.lower(), PUBLISHED: PUBLISHED}[state]


def lowest_state(states: Iterable[str]) -> str:
    """The state of what is made of several: as far as the one that has come least far; published of none.

    >>> lowest_state(["published", "draft", "shared"]), lowest_state([])
    ('draft', 'published')
    """
    return min(states, key=STATES.index, default=PUBLISHED)


def before_of(states: Mapping[str, str], release_id: str, state: str = "") -> str | None:
    """The id of the release that another is held against: the latest before it that all may see who see that one.

    Parameters
    ----------
    states
        How far each release has come, by its id.
    release_id
        Such as ``2023-06``.
    state
        What is to be its state, where that is not yet so: what is to be published is held against what is published.

    Examples
    --------
    >>> states = {"2022-12": "published", "2023-03": "draft", "2023-06": "draft"}
    >>> before_of(states, "2023-06"), before_of(states, "2023-06", "published"), before_of(states, "2022-12")
    ('2023-03', '2022-12', None)
    """
    own = STATES.index(state or states[release_id])
    earlier = [known for known, each in states.items() if known < release_id and STATES.index(each) >= own]
    return max(earlier, default=None)


def before_print(states: Mapping[str, str], release_id: str) -> str | None:
    """The id of the release that one is held against on its way to print: the latest published before it.

    Page and commands go by it alike, whichever release the workbook was made from.

    >>> before_print({"2022-12": "published", "2023-03": "draft", "2023-06": "draft"}, "2023-06")
    '2022-12'
    """
    return before_of(states, release_id, PUBLISHED)


def may_see(person: Person | None, state: str) -> bool:
    """Whether somebody may see what has come so far: drafts are for analysts, all else for whoever has a role.

    Raises
    ------
    ValueError
        When there is no such state.

    Examples
    --------
    >>> vera = Person("2", "Vera", "viewer")
    >>> may_see(vera, "draft"), may_see(vera, "shared"), may_see(Person("3", "Nobody"), "published")
    (False, True, False)
    """
    if state not in STATES:
        raise ValueError(f"A state is one of {', '.join(STATES)}, not {state!r}.")
    return may(person, ANALYST if state == DRAFT else VIEWER)
