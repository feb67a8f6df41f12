"""Roles: each reaches as far as the table says, and whatever is no role reaches nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from data.errors import DataError
from data.people import ANALYST, LOCAL, NOBODY, VIEWER, NotAllowedError, Person, require

VIEWING, ANALYSING = Person("v", "Vera", VIEWER), Person("a", "Ana", ANALYST)
REFUSED = [None, NOBODY, Person("x", "Xan", "admin"), Person("x", "Xan", "Analyst"), Person("x", "Xan", "analyst ")]
LOOKALIKE = SimpleNamespace(subject="x", name="Xan", role="analyst", session="")


@pytest.mark.parametrize("person", [LOCAL, ANALYSING])
@pytest.mark.parametrize("role", [VIEWER, ANALYST])
def test_an_analyst_may_do_all(person: Person, role: str) -> None:
    assert require(person, role) is person


def test_a_viewer_may_view_and_no_more() -> None:
    assert require(VIEWING, VIEWER) is VIEWING
    with pytest.raises(NotAllowedError, match="for analysts, and Vera is signed in as a viewer"):
        require(VIEWING, ANALYST)


@pytest.mark.parametrize("person", [*REFUSED, LOOKALIKE, {"role": "analyst"}, "analyst"])
@pytest.mark.parametrize("role", [VIEWER, ANALYST])
def test_whoever_has_no_role_may_do_nothing(person: object, role: str) -> None:
    with pytest.raises(DataError):
        require(person, role)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["", "admin", "Viewer"])
def test_a_slip_in_the_code_opens_nothing(role: str) -> None:
    with pytest.raises(ValueError, match="A role is one of viewer, analyst"):
        require(LOCAL, role)
