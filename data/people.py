"""Who is asking, and what that person may do. Whoever has no role may do nothing."""

from __future__ import annotations

from dataclasses import dataclass

from data.errors import DataError

__all__ = ["ANALYST", "LOCAL", "NOBODY", "ROLES", "VIEWER", "NotAllowedError", "Person", "may", "require"]

VIEWER, ANALYST = "viewer", "analyst"
ROLES = (VIEWER, ANALYST)  # each may do all that the one before it may


class NotAllowedError(DataError):
    """Somebody asked for what that person's role does not reach; the sentence says what would."""


@dataclass(frozen=True)
class Person:
    """Who is asking.

    Attributes
    ----------
    subject
        What the sign-in service knows the person by: never shown, never a respondent.
    name
        What is shown and written to the log.
    role
        One of ``ROLES``; anything else may do nothing.
    session
        The name of the signed-in session, a hash; blank where nobody signs in.
    """

    subject: str
    name: str
    role: str = ""
    session: str = ""

    @property
    def in_log(self) -> str:
        """How the log names the person: where people sign in, two of one name are told apart.

        >>> Person("7f3a", "Sam", "viewer", "hash").in_log, LOCAL.in_log
        ('Sam (7f3a)', 'local analyst')
        """
        return f"{self.name} ({self.subject})" if self.session else self.name

    @property
    def in_print(self) -> str:
        """How what is published names the person: by role. The name stands in the log, where analysts read it.

        >>> Person("7f3a", "Sam", "analyst", "hash").in_print, LOCAL.in_print
        ('analyst', 'analyst')
        """
        return self.role


LOCAL = Person("local", "local analyst", ANALYST)  # at a computer of one's own nobody signs in
NOBODY = Person("", "nobody")


def may(person: Person | None, role: str) -> bool:
    """Whether a person's role reaches as far as another.

    Parameters
    ----------
    person
        Who is asking; None for nobody.
    role
        One of ``ROLES``.

    Raises
    ------
    ValueError
        When there is no such role: a slip in the code must not open anything.

    Examples
    --------
    >>> may(LOCAL, "viewer"), may(Person("s", "Sam", "viewer"), "analyst"), may(NOBODY, "viewer"), may(None, "viewer")
    (True, False, False, False)
    """
    if role not in ROLES:
        raise ValueError(f"A role is one of {', '.join(ROLES)}, not {role!r}.")
    # Not only like a person but one: whatever else a caller hands over has no role.
    return isinstance(person, Person) and person.role in ROLES and ROLES.index(person.role) >= ROLES.index(role)


def require(person: Person | None, role: str) -> Person:
    """Let a person go on, or refuse. Every page and every function that reads or writes a version asks this first.

    Parameters
    ----------
    person, role
        As in ``may``.

    Returns
    -------
    Person
        The same person.

    Raises
    ------
    NotAllowedError
        When the role does not reach.

    Examples
    --------
    >>> require(LOCAL, "analyst").name
    'local analyst'
    >>> require(Person("s", "Sam", "viewer"), "analyst")
    Traceback (most recent call last):
        ...
    data.people.NotAllowedError: This is for analysts, and Sam is signed in as a viewer. Ask whoever runs ...
    """
    if may(person, role):
        assert person is not None  # noqa: S101 - as `may` says
        return person
    if not isinstance(person, Person) or person.role not in ROLES:
        raise NotAllowedError("This is for people who are signed in. Sign in, then open the page again.")
    raise NotAllowedError(
        f"This is for {role}s, and {person.name} is signed in as a {person.role}. Ask whoever runs this explorer for "
        f"the role of {role}."
    )
