"""Runs take turns, and nobody waits for one that never ends."""

from __future__ import annotations

import threading

import pytest

from parts.turns import Turns

LONG = 60.0  # nothing below waits as long, unless a turn was not given back


def test_one_at_a_time_and_all_of_them() -> None:
    turns, running, most, done = Turns(LONG), [], [], []

    def run(number: int) -> None:
        with turns.take():
            running.append(number)
            most.append(len(running))
            threading.Event().wait(0.001)
            running.remove(number)
            done.append(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG / 2)
    assert sorted(done) == list(range(20))
    assert max(most) == 1


def test_a_turn_is_over_when_a_run_fails() -> None:
    turns = Turns(LONG)
    with pytest.raises(ValueError, match="a page that fails"), turns.take():
        raise ValueError("a page that fails")
    ended = threading.Event()

    def next_one() -> None:
        with turns.take():
            ended.set()

    threading.Thread(target=next_one, daemon=True).start()
    assert ended.wait(LONG / 2)


def test_a_run_that_never_ends_holds_up_nobody_twice() -> None:
    """The first who waits for it goes on beside it; those after wait for that one and not for it."""
    turns, begun, never, ended = Turns(0.05), threading.Event(), threading.Event(), []

    def for_ever() -> None:
        with turns.take():
            begun.set()
            never.wait()

    def short(number: int) -> None:
        with turns.take():
            ended.append(number)

    threading.Thread(target=for_ever, daemon=True).start()
    assert begun.wait(LONG)
    threads = [threading.Thread(target=short, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG / 2)
    assert sorted(ended) == list(range(5))
    never.set()
