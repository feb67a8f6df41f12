"""The files of a release as bytes: made of its frames, checked first; a state changed."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from data.contracts import OPTIONAL, SCHEMAS, cells_of, check_table, csv_text, read_cells
from data.errors import DataError
from data.links import broken_links
from data.release_info import INFO_FILE, ReleaseInfo, info_from, info_toml, read_info
from data.release_places import checked_id, places
from data.releases import Release, load_release, release_states
from data.states import DRAFT, before_print

__all__ = [
    "check_files",
    "content_stamp",
    "folder_frames",
    "held_against",
    "kept_frames",
    "kept_reasons",
    "made_release",
]
__all__ += ["release_files", "with_state"]


def made_release(release_id: str, info: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> Release:
    """A draft that is not kept yet, as a release to look at.

    Parameters
    ----------
    release_id
        Such as ``2023-06``.
    info
        What ``release.toml`` is to say, without the state.
    frames
        Every table as text, by the name of its file; optional ones may be left out.

    Raises
    ------
    DataError
        With every sentence on the facts, on each table and on what does not fit together.
    """
    told, typed, _ = _checked(checked_id(release_id), {**info, "state": DRAFT}, frames)
    return Release(id=release_id, info=told, **typed)


def release_files(release_id: str, info: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every file of a release by its name, once all of it keeps to the contract.

    Parameters
    ----------
    release_id
        Such as ``2023-06``.
    info
        What ``release.toml`` is to say.
    frames
        As in ``made_release``.

    Raises
    ------
    DataError
        As ``made_release``.
    """
    told, _, cells = _checked(checked_id(release_id), info, frames)
    files = {f"{name}.csv": csv_text(own).encode() for name, own in cells.items()}
    return {INFO_FILE: info_toml(told).encode(), **files}


def check_files(files: Mapping[str, bytes]) -> None:
    """Whether the files of a release, as they would be put, can be read back and keep to the contract.

    Raises
    ------
    DataError
        As ``made_release``.
    """
    info = tomllib.loads(files[INFO_FILE].decode("utf-8"))
    frames = {name: cells_of(files[f"{name}.csv"], f"{name}.csv") for name in SCHEMAS if f"{name}.csv" in files}
    _checked(None, info, frames)


def content_stamp(files: Mapping[str, bytes]) -> str:
    r"""What changes whenever a release says something else; how far it has come is left aside.

    >>> told = b'title = "t"\nstate = "draft"\n'
    >>> one = content_stamp({"release.toml": told, "events.csv": b"id"})
    >>> one == content_stamp({"release.toml": told.replace(b"draft", b"shared"), "events.csv": b"id"})
    True
    >>> one == content_stamp({"release.toml": told, "events.csv": b"id,name"})
    False
    """
    told = {name: content for name, content in files.items() if name != INFO_FILE}
    info = {name: value for name, value in tomllib.loads(files[INFO_FILE].decode("utf-8")).items() if name != "state"}
    summed = repr((sorted(info.items()), [(name, told[name]) for name in sorted(told)]))
    return hashlib.sha256(summed.encode()).hexdigest()


def _checked(
    release_id: str | None, info: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]
) -> tuple[ReleaseInfo, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The facts, and every table of a release typed and as text. What is new is named after the month of its data."""
    problems: list[str] = []
    typed, cells, told = {}, {}, None
    try:
        told = info_from(dict(info))
        if release_id and f"{told.data_to:%Y-%m}" != release_id:
            problems.append(
                f"{INFO_FILE}: data_to is {told.data_to}, which is not in {release_id}. A release is named after the "
                f"month its data go to: name it {told.data_to:%Y-%m}, or mend the day."
            )
    except DataError as error:
        problems += error.problems
    problems += [f"{name}.csv: a release has no such table." for name in frames if name not in SCHEMAS]
    for name, schema in SCHEMAS.items():
        if name not in frames and name not in OPTIONAL:
            problems.append(f"{name}.csv: the table is missing.")
            continue
        columns = list(schema.columns)
        own = frames.get(name, pd.DataFrame(columns=columns, dtype=str)).reset_index(drop=True)
        try:
            typed[name] = check_table(own, name, f"{name}.csv")
            cells[name] = own[columns]
        except DataError as error:
            problems += error.problems
    if len(typed) == len(SCHEMAS):
        problems += broken_links(typed)
    if problems or told is None:
        raise DataError(problems)
    return told, typed, cells


def folder_frames(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """What ``release.toml`` of a folder says, without the state, and its tables as text.

    Raises
    ------
    DataError
        With everything that cannot be read.
    """
    return _text_of(lambda name: folder / name)


def kept_frames(root: Path, release_id: str, home: Path | None) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """The same of a release, wherever it lies.

    Raises
    ------
    DataError
        When there is none of that id, or it cannot be read.
    """
    known = places(root, home)
    if release_id not in known:
        raise DataError(f"There is no release {release_id}. Releases here: {', '.join(known) or 'none'}.")
    return _text_of(known[release_id].file)


def kept_reasons(root: Path, release_id: str, home: Path | None) -> pd.DataFrame | None:
    """The table ``confirmed`` that a release was kept with, as text; None where it has none or cannot be read."""
    return _kept_table(root, release_id, home, "confirmed")


def held_against(root: Path, release_id: str, home: Path | None = None) -> Release | None:
    """The release that another one is held against on its way to print, as ``data.states.before_print`` tells.

    Returns
    -------
    Release
        None where no release before it is published.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    before = before_print(release_states(root, home), release_id)
    try:
        return None if before is None else load_release(root, before, home)
    except DataError as error:
        told = f"The release {before}, which {release_id} is held against, cannot be read. Mend it first."
        raise DataError([told, *error.problems]) from None


def _kept_table(root: Path, release_id: str, home: Path | None, name: str) -> pd.DataFrame | None:
    """A table of a release as text; None where the release is not there, cannot be read, or does without it."""
    try:
        return kept_frames(root, release_id, home)[1].get(name)
    except DataError:
        return None


def _text_of(file: Callable[[str], Path]) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    info: dict[str, Any] = {}
    frames, problems = {}, []
    try:
        told = read_info(file(INFO_FILE))
        info = {field.name: getattr(told, field.name) for field in fields(told) if field.name != "state"}
    except DataError as error:
        problems += error.problems
    for name in SCHEMAS:
        path = file(f"{name}.csv")
        if name in OPTIONAL and not path.exists():
            continue
        try:
            frames[name] = read_cells(path)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return info, frames


def with_state(told: bytes, info: ReleaseInfo, state: str) -> bytes:
    """A ``release.toml`` that tells another state and all else as before.

    >>> from datetime import date
    >>> info = ReleaseInfo("t", "f", date(2023, 5, 17), date(2023, 3, 31), "m", "r", "s")
    >>> with_state(info_toml(info).encode(), info, "draft").decode().splitlines()[-1]
    'state = "draft"'
    """
    text = told.decode("utf-8")
    line = f'state = "{state}"'
    changed, count = re.subn(r"(?m)^state *=.*$", line, text)
    if not count:
        changed = f"{text.rstrip()}\n{line}\n"
    try:
        fits = info_from(tomllib.loads(changed)) == replace(info, state=state)
    except (DataError, tomllib.TOMLDecodeError):
        fits = False
    return (changed if fits else info_toml(replace(info, state=state))).encode()
