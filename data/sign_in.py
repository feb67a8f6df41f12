"""The settings of the signed-in explorer: one TOML file that EXPLORER_SIGN_IN names. Unset, nobody signs in.

The two secrets may come from the environment instead of the file, as EXPLORER_CLIENT_SECRET and
EXPLORER_SESSION_SECRET. An explorer that is to be signed in to never starts with less than all it needs.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import DataError
from data.people import ROLES

__all__ = ["SHORTEST_SECRET", "VARIABLE", "SignIn", "read_sign_in", "sign_in_settings"]

VARIABLE = "EXPLORER_SIGN_IN"
SHORTEST_SECRET = 32  # characters: 128 bits even where only hexadecimal digits are used
_FEWEST_LETTERS = 8  # different ones, so that a row of x is no secret
_FROM_ENVIRONMENT = {"client_secret": "EXPLORER_CLIENT_SECRET", "session_secret": "EXPLORER_SESSION_SECRET"}
_TEXTS = ["issuer", "client_id", "client_secret", "session_secret", "address", "allow_list"]
_KNOWN = {*_TEXTS, "role_claim", "roles", "trust_email"}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class SignIn:
    """Everything that signing in needs.

    Attributes
    ----------
    issuer
        Address of the OpenID Connect provider, as its tokens name it.
    client_id, client_secret
        What the provider knows this explorer by.
    session_secret
        What short-lived cookies are signed with.
    address
        Under which browsers reach the explorer, without a path.
    allow_list
        File of the people who may enter, read at every check.
    role_claim
        Name of the claim that holds roles, dots leading inside; blank when the list alone says the role.
    roles
        What the claim says, to one of ``data.people.ROLES``.
    trust_email
        Whether an e-mail address may be believed that the provider does not call verified.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    session_secret: str = field(repr=False)
    address: str = ""
    allow_list: Path = Path()
    role_claim: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    trust_email: bool = False

    @property
    def secure(self) -> bool:
        """Whether browsers come by https."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """Name and port that a browser's request must carry."""
        return urlsplit(self.address).netloc

    @property
    def cookie(self) -> str:
        """Name of the session's cookie; with the prefix, a browser takes it from this very host by https alone."""
        return "__Host-explorer" if self.secure else "explorer"

    def secret_for(self, purpose: str) -> str:
        """A secret of its own for each purpose, so that what one signs means nothing to another."""
        return hmac.new(self.session_secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def sign_in_settings() -> SignIn | None:
    """The settings that the environment names, or None where nobody signs in.

    Raises
    ------
    DataError
        As ``read_sign_in``.
    """
    named = os.environ.get(VARIABLE, "")
    return read_sign_in(Path(named), os.environ) if named else None


def read_sign_in(file: Path, environment: Mapping[str, str]) -> SignIn:
    """Read and check the settings.

    Parameters
    ----------
    file
        TOML; ``allow_list`` in it is found from the file's own folder.
    environment
        Where the secrets may be.

    Raises
    ------
    DataError
        All that is missing, short or unsafe, together.
    """
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"The sign-in settings {file.name} cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"The sign-in settings {file.name} are not TOML: {error}.") from None
    told |= {key: environment[name] for key, name in _FROM_ENVIRONMENT.items() if environment.get(name)}
    problems = [f"{file.name}: {sentence}" for sentence in [*_unknown(told), *_missing(told)]]
    if not problems:
        problems = [f"{file.name}: {sentence}" for sentence in [*_unsafe(told), *_wrong_roles(told)]]
    if problems:
        raise DataError(problems)
    texts = {key: told[key].rstrip("/") if key == "address" else told[key] for key in _TEXTS}
    return SignIn(
        **texts | {"allow_list": file.parent / told["allow_list"]},
        role_claim=told.get("role_claim", ""),
        roles=told.get("roles", {}),
        trust_email=told.get("trust_email", False),
    )


def _unknown(told: Mapping[str, Any]) -> list[str]:
    return [f"there is no setting {key}; the settings are {', '.join(sorted(_KNOWN))}." for key in set(told) - _KNOWN]


def _missing(told: Mapping[str, Any]) -> list[str]:
    sentences = []
    for key in _TEXTS:
        if not isinstance(told.get(key), str) or not told[key].strip():
            other = f", or set {_FROM_ENVIRONMENT[key]}" if key in _FROM_ENVIRONMENT else ""
            sentences.append(f"{key} is missing. Write it as text between quotes{other}.")
    if not isinstance(told.get("trust_email", False), bool):
        sentences.append("trust_email is true or false, without quotes.")
    if not isinstance(told.get("role_claim", ""), str) or not isinstance(told.get("roles", {}), dict):
        sentences.append("role_claim is the name of a claim, and [roles] a table of what it says, each to a role.")
    return sentences


def _unsafe(told: Mapping[str, Any]) -> list[str]:
    sentences = []
    secret = told["session_secret"]
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < _FEWEST_LETTERS:
        sentences.append(
            f"session_secret is too short or too plain: it needs at least {SHORTEST_SECRET} random characters. Make "
            'one with: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    for key in ("issuer", "address"):
        try:
            parts = urlsplit(told[key])
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            name = ""
        if not name or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
            sentences.append(f"{key} is no address; expected one such as https://explorer.example.org.")
        elif parts.scheme == "http" and name not in _LOOPBACK:
            sentences.append(f"{key} begins with http://, which anybody on the way can read. Only https:// will do.")
        elif key == "address" and parts.path.strip("/"):
            sentences.append("address has a path. The explorer stands at the top of a host of its own.")
    return sentences


def _wrong_roles(told: Mapping[str, Any]) -> list[str]:
    roles = told.get("roles", {})
    if bool(told.get("role_claim")) != bool(roles):
        return ["role_claim and [roles] go together: which claim, and which role each of its values gives."]
    return [
        f"[roles] gives '{value}' the role {role!r}; a role is one of {', '.join(ROLES)}."
        for value, role in roles.items()
        if role not in ROLES
    ]
