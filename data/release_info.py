"""What ``release.toml`` says about a report, read and written."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import DataError
from data.states import PUBLISHED, STATES, state_words

__all__ = ["INFO_FILE", "ReleaseInfo", "info_from", "info_of", "info_toml", "read_info"]

INFO_FILE = "release.toml"
_WANTED: dict[str, type] = dict.fromkeys(("title", "force", "marking", "transparency", "source"), str)
_WANTED |= {"published": date, "data_to": date}
_OPTIONAL = ("next_release", "state")


@dataclass(frozen=True)
class ReleaseInfo:
    """What ``release.toml`` says about a report."""

    title: str
    force: str
    published: date
    data_to: date
    marking: str
    transparency: str
    source: str
    next_release: date | None = None
    state: str = PUBLISHED

    @property
    def status(self) -> str:
        """The status of its figures, as downloads name it: published, or what stands in the way."""
        return state_words(self.state).lower() or PUBLISHED

    @property
    def heading(self) -> str:
        """The same as the beginning of a line."""
        return state_words(self.state) or "Published figures"


def read_info(path: Path) -> ReleaseInfo:
    """Read ``release.toml``.

    Raises
    ------
    DataError
        With every problem of the file at once.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path.name}: the file is missing from {path.parent.name}.") from None
    return info_of(content, path.name)


def info_of(content: bytes, file: str = INFO_FILE) -> ReleaseInfo:
    """The same of a file's bytes; ``file`` names it in sentences.

    Raises
    ------
    DataError
        As ``read_info``.

    Examples
    --------
    >>> info_of(b"title = ")
    Traceback (most recent call last):
    data.errors.DataError: release.toml: cannot be read as TOML (Invalid value (at end of document)).
    """
    try:
        told = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read as TOML ({error}).") from None
    return info_from(told, file)


def info_from(told: dict[str, Any], file: str = INFO_FILE) -> ReleaseInfo:
    """The facts of a release from what a file or a form says; ``file`` names it in sentences.

    Raises
    ------
    DataError
        With everything that is missing, of another kind than it should be, or not known.
    """
    problems = [
        f"{file}: {name} is missing or not a {'date such as 2023-03-31' if kind is date else 'text'}."
        for name, kind in _WANTED.items()
        if not isinstance(told.get(name), kind)
    ]
    if told.get("next_release") is not None and not isinstance(told["next_release"], date):
        problems.append(f"{file}: next_release is not a date such as 2023-03-31.")
    if told.get("state", PUBLISHED) not in STATES:
        problems.append(f"{file}: state is {told['state']!r}. Expected {', '.join(STATES)}; published when absent.")
    problems += [
        f"{file}: {name} is not known here. Expected {', '.join([*_WANTED, *_OPTIONAL])}."
        for name in told
        if name not in _WANTED and name not in _OPTIONAL
    ]
    if problems:
        raise DataError(problems)
    return ReleaseInfo(**told)


def info_toml(info: ReleaseInfo) -> str:
    r"""The same facts as the text of a ``release.toml``.

    >>> day = date(2023, 5, 17)
    >>> made = info_toml(ReleaseInfo('A "report"', "Force", day, day, "OFFICIAL", "Full", "it", state="draft"))
    >>> made.splitlines()[0], made.splitlines()[-1]
    ('title = "A \\"report\\""', 'state = "draft"')
    >>> info_from(tomllib.loads(made)).title
    'A "report"'
    """
    lines = []
    for field in fields(info):
        value = getattr(info, field.name)
        if value is not None:
            lines.append(f"{field.name} = {value.isoformat() if isinstance(value, date) else _text(value)}\n")
    return "".join(lines)


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, but for one character that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
