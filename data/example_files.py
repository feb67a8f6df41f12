"""The files of the examples with invented figures: which there are, and each read whole or not at all.

They stand in ``illustrative`` under a data folder, as its ``about.toml`` names them under ``[[surveys]]`` or
``[[events]]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.errors import DataError
from data.prepare import Prepared, prepare
from data.profile import Profile
from data.profile_file import from_toml
from data.reading import Reading, read_file

__all__ = ["ABOUT", "FOLDER", "STATUS", "listed", "named_profile", "read_whole", "words_about"]

STATUS = "illustrative"
FOLDER, ABOUT = "illustrative", "about.toml"


def words_about(root: Path) -> dict[str, Any]:
    """What ``about.toml`` says; nothing where a data folder has none.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    if not (root / FOLDER / ABOUT).is_file():
        return {}
    try:
        return tomllib.loads(_text(root / FOLDER / ABOUT, ""))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{FOLDER}/{ABOUT}: cannot be read as TOML ({error}).") from None


def listed(about: dict[str, Any], part: str, keys: Sequence[str]) -> list[dict[str, str]]:
    """What stands under one heading of ``about.toml``, each named in full.

    Raises
    ------
    DataError
        Every text that is missing.

    Examples
    --------
    >>> listed({"events": [{"title": "March"}]}, "events", ["title", "file"])
    Traceback (most recent call last):
    data.errors.DataError: illustrative/about.toml, events 1: file is missing or blank, expected text.
    """
    found, where = about.get(part, []), f"{FOLDER}/{ABOUT}"
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise DataError(f"{where}: {part} is not a list of tables. Write each under [[{part}]].")
    problems = [
        f"{where}, {part} {number}: {key} is missing or blank, expected text."
        for number, each in enumerate(found, start=1)
        for key in keys
        if not (isinstance(each.get(key), str) and each[key].strip())
    ]
    if problems:
        raise DataError(problems)
    return found


def named_profile(root: Path, name: str, part: str) -> Profile:
    """The profile that an example names.

    Raises
    ------
    DataError
        When the file is missing or is no profile.
    """
    return from_toml(_text(root / FOLDER / name, part), f"{FOLDER}/{name}")


def read_whole(root: Path, file: str, profile: Profile, part: str) -> tuple[Reading, Prepared]:
    """A file of which every row and every cell can be used: an example is whole or it is none.

    Raises
    ------
    DataError
        When the file is missing, or the first row or cell that cannot be used.
    """
    path, name = root / FOLDER / file, f"{FOLDER}/{file}"
    if not path.is_file():
        raise DataError(_missing(file, part))
    reading = read_file(path)
    prepared = prepare(profile, reading.rows, reading.lines, name)
    for unfit in (reading.rejected, prepared.set_aside, prepared.refused):
        if len(unfit):
            first = unfit.iloc[0]
            raise DataError(
                f"{name}: {len(unfit):,} cannot be used; the first, line {first['line']}: {first['reason']}"
            )
    return reading, prepared


def _missing(file: str, part: str) -> str:
    return f"{FOLDER}/{file}: the file is missing. {ABOUT} names it under [[{part}]]."


def _text(path: Path, part: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(_missing(path.name, part)) from None
    except UnicodeDecodeError:
        raise DataError(f"{FOLDER}/{path.name}: this is not UTF-8 text. Save it as UTF-8.") from None
