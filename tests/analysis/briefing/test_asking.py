"""Questions by the printed rule: which line asks, that the rule is what is done, and that none claims what is not known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.briefing.asking import MOST_ASKED, QUESTION_RULE, Known, questions_for

UP = "up 47.5% on the 12 months to 31 March 2022"
# What is known, and the lines of the rule that ask, by a word of each.
LINES = [
    ({}, ["no other line"]),
    ({"verdict": "no change", "moved": UP}, ["no other line"]),
    ({"verdict": "no verdict", "moved": UP}, ["no other line"]),
    ({"verdict": "real change", "moved": UP, "better_or_worse": "worse"}, ["for the worse"]),
    ({"verdict": "likely change", "moved": UP, "better_or_worse": "better"}, ["for the better"]),
    ({"verdict": "real change", "moved": UP}, ["neither better nor worse"]),
    ({"verdict": "not comparable", "moved": UP, "breaks": "backlog cleared"}, ["recording changed"]),
    ({"verdict": "cannot tell", "moved": UP}, ["cannot be told from chance"]),
    ({"late": "Add staff. By when: in July."}, ["whose day has passed"]),
    ({"promised": "Add staff. By when: no date given."}, ["not yet due"]),
    ({"baseless": True}, ["nothing is printed that it rests on"]),
    ({"weak": "101 calls: 40th out of 42, January 2023."}, ["last third"]),
    ({"missing": "Not in the report: the base."}, ["does not say"]),
    ({"doubt": "Section 3: printed as 2; its own numbers give 3.", "late": "A.", "missing": "B."},
     ["differs from another print", "whose day has passed"]),
    ({"odd": "Printed as “decrease of -2%”."}, ["which has no second number"]),
    ({"not_kept": "Add staff. When: in July. Where it stands: not kept."}, ["was not kept, or only in part"]),
    ({"verdict": "real change", "moved": UP, "better_or_worse": "worse", "late": "A.", "weak": "B."},
     ["for the worse", "whose day has passed"]),
]  # fmt: skip


@pytest.mark.parametrize(("known", "lines"), LINES)
def test_the_first_two_lines_that_apply_ask(known: dict[str, object], lines: list[str]) -> None:
    asked = questions_for(Known("101 calls", **known))  # type: ignore[arg-type]
    assert len(asked) == len(lines)
    assert all(word in each.because for word, each in zip(lines, asked, strict=True))
    places = [QUESTION_RULE.index(each.because) for each in asked]
    assert places == sorted(places), "the printed rule has another order"


def test_what_is_asked_says_what_is_known_and_no_more() -> None:
    worse = Known("101 calls given up", moved=UP, verdict="likely change", better_or_worse="worse")
    [asked] = questions_for(worse)
    assert asked.text == (
        "101 calls given up: up 47.5% on the 12 months to 31 March 2022, a likely change. What, in the force's view, lies "
        "behind this, and how will the public see which way it goes?"
    )
    explained = questions_for(Known("Arrests", moved=UP, verdict="real change", explained=True))[0].text
    assert "What does the force's explanation in the report rest on, and what does it mean for the public?" in explained


texts = st.sampled_from(["", "Something is printed.", "ASB: 3 more."])


@given(
    known=st.builds(
        Known,
        title=st.sampled_from(["Arrests", "999 calls"]),
        moved=st.sampled_from(["", UP]),
        verdict=st.sampled_from(
            ["", "real change", "likely change", "cannot tell", "no change", "not comparable", "no verdict"]
        ),
        better_or_worse=st.sampled_from(["", "better", "worse"]),
        explained=st.booleans(), doubt=texts, odd=texts, not_kept=texts, breaks=texts, weak=texts, late=texts, promised=texts, missing=texts,
        baseless=st.booleans(),
    )
)  # fmt: skip
def test_one_or_two_open_questions_whatever_is_known(known: Known) -> None:
    asked = questions_for(known)
    assert 1 <= len(asked) <= MOST_ASKED
    assert len({each.because for each in asked}) == len(asked)
    for each in asked:
        assert each.text.endswith("?")
        last = re.split(r"(?<=[.?]) ", each.text)[-1]
        assert last.startswith(("What", "Which", "How", "Where")), "an open question begins so"
        assert not re.search(r"\b(why did|fail|poor|admit|surely|excuse|blame|don't you|isn't)", each.text, re.I)
        assert ("real change" in each.text) <= (known.verdict == "real change")
        assert ("likely change" in each.text) <= (known.verdict == "likely change")
        assert not re.search(r"improv|get(s|ting)? better", each.text), "it is not known that it improves"
        assert each.because in QUESTION_RULE
