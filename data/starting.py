"""What the signed-in explorer needs before it starts: people who may enter, a store to write in, a place to listen."""

from __future__ import annotations

import errno
import importlib.util
import os
import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from data.allow_list import read_allow_list
from data.errors import DataError
from data.in_use import hold
from data.people import NOBODY, ROLES
from data.sign_in import SignIn
from data.store import file_store

__all__ = ["LISTEN", "Place", "check_fit", "listen", "listening_place", "open_home", "page_of_streamlit",
           "people_words"]  # fmt: skip

LISTEN = "EXPLORER_LISTEN"
_USUAL = "127.0.0.1:8501"
_PORTS = {"http": 80, "https": 443}
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Place:
    """A name or number of this computer, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def people_words(settings: SignIn) -> str:
    """How many people of which role may enter, such as "3 people (1 analyst, 2 viewers)".

    Raises
    ------
    DataError
        When the list cannot be read, or names nobody.
    """
    people = read_allow_list(settings.allow_list)
    if not people:
        raise DataError(
            f"{settings.allow_list.name} names nobody, so nobody could enter. Write a line for each person, such as "
            "ana@example.org,analyst."
        )
    count = Counter(people.values())
    roles = ", ".join(_counted(count[role], role) for role in reversed(ROLES) if count[role])
    return f"{len(people):,} {'person' if len(people) == 1 else 'people'} ({roles})"


def open_home(folder: Path) -> Path:
    """Open the store's folder for as long as this process lives, making it where there is none; its whole name.

    Raises
    ------
    DataError
        When nothing can be kept there.
    """
    place = folder
    try:
        place = folder.resolve()
        (place / "versions").mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in (place, place / "versions"):
            if not os.access(each, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise DataError(
            f"The store's folder {place} cannot be written to ({error.strerror or error}). Make it writable for "
            "whoever runs the explorer, or set EXPLORER_HOME to a folder that is."
        ) from None
    hold(place)
    file_store(place, NOBODY)
    return place


def listening_place(environment: Mapping[str, str]) -> Place:
    """Where to listen, as the environment says.

    Raises
    ------
    DataError
        When that is no address with a port.

    Examples
    --------
    >>> str(listening_place({})), str(listening_place({"EXPLORER_LISTEN": "[::1]:8600"}))
    ('127.0.0.1:8501', '[::1]:8600')
    >>> listening_place({"EXPLORER_LISTEN": "8600"})
    Traceback (most recent call last):
        ...
    data.errors.DataError: EXPLORER_LISTEN is '8600'; expected an address and a port, such as 127.0.0.1:8501.
    """
    told = environment.get(LISTEN) or _USUAL
    host, _, port = told.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise DataError(f"{LISTEN} is '{told}'; expected an address and a port, such as {_USUAL}.")
    return Place(host.removeprefix("[").removesuffix("]"), int(port))


def check_fit(place: Place, address: str) -> None:
    """Refuse a place where nobody can arrive who comes to the explorer's address.

    A proxy may stand between them. By https one must, for the explorer itself knows only http; on this computer alone
    it must be there already.

    Raises
    ------
    DataError
        When the two cannot fit together.
    """
    parts = urlsplit(address)
    name, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "https":
        if port == place.port:
            raise DataError(
                f"Browsers come to {address} by https, which the proxy in front speaks and the explorer does not, so "
                f"it cannot listen on {place} itself. Set {LISTEN} to another port, such as {_USUAL}, for "
                "the proxy to hand on to."
            )
    elif place.host in _THIS_COMPUTER and not _reaches(place, name, port):
        raise DataError(
            f"Browsers come to {address}, where nothing answers, and the explorer would listen on {place}. Make "
            f"{LISTEN} and the setting address name the same place, or start the proxy between them first."
        )


def listen(place: Place) -> socket.socket:
    """Take the place for this process.

    Raises
    ------
    DataError
        When it is taken, or none of this computer's.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=1024)
    except OSError as error:
        raise DataError(_why_not(place, error)) from None


def page_of_streamlit() -> str:
    """The page that Streamlit begins every visit with, as HTML."""
    found = importlib.util.find_spec("streamlit")  # which this room does not import
    assert found is not None and found.origin is not None  # noqa: S101 - it is a requirement
    return (Path(found.origin).parent / "static" / "index.html").read_text(encoding="utf-8")


def _why_not(place: Place, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Another program listens on {place} already. Stop it, or set {LISTEN} to a free place."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Whoever runs the explorer may not listen on {place}. Set {LISTEN} to a port of 1024 or more."
    return (
        f"{place} is no place to listen on ({error.strerror or error}). Set {LISTEN} to an address of this computer, "
        f"such as {_USUAL}."
    )


def _reaches(place: Place, name: str, port: int) -> bool:
    """Whether who asks for a name and port of this computer arrives at the place, or at something else."""
    if port == place.port and (name == place.host or "localhost" in (name, place.host)):
        return True
    try:
        socket.create_connection((name, port), timeout=1).close()
    except OSError:
        return False
    return True


def _counted(number: int, role: str) -> str:
    return f"{number:,} {role}{'' if number == 1 else 's'}"
