"""The list of people who may enter, and what their provider says of their role. Both must reach; the lower one holds.

The list is a CSV of two columns, ``person`` and ``role``: a person is an e-mail address, or the subject by which the
provider knows somebody. It is read at every check, so who is taken off it is out at once.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.errors import DataError
from data.people import ROLES
from data.sign_in import SignIn

__all__ = ["claimed_role", "listed_role", "lower_role", "read_allow_list", "trusted_email"]

_HEADER = ["person", "role"]


def read_allow_list(file: Path) -> dict[str, str]:
    """Everybody on the list, to the role.

    Raises
    ------
    DataError
        When the file is missing or any line of it is not as expected: a list that is not understood lets nobody in.
    """
    try:
        lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except OSError as error:
        raise DataError(f"The list of people {file.name} cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise DataError(f"The list of people {file.name} is not a CSV in UTF-8.") from None
    if not lines or [cell.strip() for cell in lines[0]] != _HEADER:
        raise DataError(f"{file.name}, line 1: expected the headings person,role.")
    people: dict[str, str] = {}
    problems = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        person, role = [cell.strip() for cell in cells] if len(cells) == 2 else ("", "")
        if not person or role not in ROLES:
            problems.append(f"{file.name}, line {number}: expected a person and a role, {' or '.join(ROLES)}.")
        elif _key(person) in people:
            problems.append(f"{file.name}, line {number}: this person stands twice. Keep one line.")
        people[_key(person)] = role
    if problems:
        raise DataError(problems)
    return people


def listed_role(people: Mapping[str, str], subject: str, email: str) -> str:
    """The role of whoever has this subject or this e-mail address; blank where neither is listed.

    >>> people = {"sam@example.org": "analyst", "7f3a": "viewer"}
    >>> listed_role(people, "none", "Sam@Example.org"), listed_role(people, "7F3A", ""), listed_role(people, "7f3a", "")
    ('analyst', '', 'viewer')
    """
    # A subject with an @ in it must not be taken for somebody else's address.
    found = [people[key] for key in {subject if "@" not in subject else "", _key(email)} if key in people]
    return min(found, key=ROLES.index, default="")


def claimed_role(claims: Mapping[str, Any], settings: SignIn) -> str:
    """The highest role that the provider's claim gives; blank where it gives none, or where no claim is asked.

    >>> from data.sign_in import SignIn
    >>> asked = SignIn("", "", "", "", role_claim="realm.roles", roles={"staff": "viewer", "leads": "analyst"})
    >>> claimed_role({"realm": {"roles": ["staff", "leads"]}}, asked), claimed_role({"realm.roles": "staff"}, asked)
    ('analyst', 'viewer')
    >>> claimed_role({"realm": "staff"}, asked), claimed_role({}, asked)
    ('', '')
    """
    if not settings.role_claim:
        return ""
    value: Any = claims.get(settings.role_claim)
    if value is None:
        value = claims
        for part in settings.role_claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    found = [settings.roles[each] for each in values if isinstance(each, str) and each in settings.roles]
    return max(found, key=ROLES.index, default="")


def lower_role(listed: str, claimed: str, settings: SignIn) -> str:
    """The role of somebody: the list's, and never more than the claim's where one is asked; blank for none.

    >>> from data.sign_in import SignIn
    >>> plain, asked = SignIn("", "", "", ""), SignIn("", "", "", "", role_claim="role", roles={"a": "analyst"})
    >>> lower_role("analyst", "", plain), lower_role("analyst", "viewer", asked), lower_role("analyst", "", asked)
    ('analyst', 'viewer', '')
    """
    needed = [listed, claimed] if settings.role_claim else [listed]
    return min(needed, key=ROLES.index) if all(role in ROLES for role in needed) else ""


def trusted_email(claims: Mapping[str, Any], settings: SignIn) -> str:
    """The e-mail address, where the provider has verified it or its word is taken for it; else blank.

    >>> from data.sign_in import SignIn
    >>> trusted_email({"email": "sam@example.org"}, SignIn("", "", "", ""))
    ''
    """
    email = claims.get("email")
    if not isinstance(email, str) or "@" not in email:
        return ""
    return email.strip() if claims.get("email_verified") is True or settings.trust_email else ""


def _key(person: str) -> str:
    """Addresses are compared without their case; subjects as they are."""
    return person.strip().lower() if "@" in person else person.strip()
