"""The buttons that lead through steps of which each is a screen: back, next, start again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

__all__ = ["Stepped", "show_held", "step_buttons"]


class Stepped(Protocol):
    """Whatever is taken from step to step, and knows where its visitor is."""

    step: str


def step_buttons(
    name: str, draft: Stepped, steps: Sequence[str], step: str, ready: bool, words: Callable[[str], str],
    drop: Callable[[], None], again: str,
) -> None:  # fmt: skip
    """Back, next, start again. They come after the step's own widgets, so what was changed last is kept.

    Parameters
    ----------
    name
        Begins the keys of the buttons.
    draft, steps, step
        What is taken, the steps in their order, and the one that is shown: the first has no buttons, the last no next.
    ready
        Whether it can go on.
    words
        What a step is called.
    drop, again
        Puts the draft aside, and what that means in a sentence.
    """
    place = steps.index(step)
    with st.container(horizontal=True):
        if st.button("Back", key=f"{name}_back", help=f"To: {words(steps[place - 1])}. Nothing is lost."):
            _go(draft, steps[place - 1])
        if step != steps[-1] and st.button("Next", key=f"{name}_next", type="primary", disabled=not ready):
            _go(draft, steps[place + 1])
        _again(name, drop, again)


def show_held(name: str, draft: Stepped, told: str, step: str, drop: Callable[[], None], again: str) -> None:
    """What is in hand when somebody has come back to the first step, and the buttons to go on to ``step`` or anew."""
    st.info(told)
    with st.container(horizontal=True):
        if st.button("Next", key=f"{name}_next", type="primary"):
            _go(draft, step)
        _again(name, drop, again)


def _again(name: str, drop: Callable[[], None], again: str) -> None:
    if st.button("Start again", key=f"{name}_again", help=again):
        drop()
        st.rerun()


def _go(draft: Stepped, step: str) -> None:
    draft.step = step
    st.rerun()
