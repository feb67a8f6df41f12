"""Published releases: a folder of CSVs in, one frozen set of checked frames out."""

from __future__ import annotations

import io
import os
import tomllib
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.contracts import OPTIONAL, SCHEMAS, check_table, read_table
from data.errors import DataError
from data.links import broken_links
from data.states import DRAFT, PUBLISHED, STATES, state_words

__all__ = ["Release", "ReleaseInfo", "archive", "data_root", "load_release", "release_before", "release_ids"]
__all__ += ["release_states"]


_LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: see release.toml.\n"
    "Figures stand exactly as printed; definitions and claims are the Performance Explorer's own. This is not an "
    "official statistics product.\n"
)


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


@dataclass(frozen=True)
class Release:
    """One published report. Every frame follows the contract of its name in ``data.contracts.SCHEMAS``.

    Treat the frames as read-only: they are shared by every visitor.
    """

    id: str
    info: ReleaseInfo
    priorities: pd.DataFrame
    sections: pd.DataFrame
    tables: pd.DataFrame
    measures: pd.DataFrame
    areas: pd.DataFrame
    figures: pd.DataFrame
    as_published: pd.DataFrame
    statements: pd.DataFrame
    comparisons: pd.DataFrame
    ranges: pd.DataFrame
    events: pd.DataFrame
    commitments: pd.DataFrame
    not_in_report: pd.DataFrame
    corrections: pd.DataFrame
    national_measures: pd.DataFrame
    explanations: pd.DataFrame
    glossary: pd.DataFrame
    wordings: pd.DataFrame
    overlaps: pd.DataFrame
    surveys: pd.DataFrame
    area_claims: pd.DataFrame
    confirmed: pd.DataFrame

    def frames(self) -> dict[str, pd.DataFrame]:
        """The release's frames by the name of their file."""
        return {name: getattr(self, name) for name in SCHEMAS}


def data_root(folder: str | Path | None = None) -> Path:
    """The folder that holds ``releases``, ``open`` and ``illustrative``.

    The argument wins, then the environment's ``EXPLORER_DATA``, then the folder that ships with the explorer.

    Raises
    ------
    DataError
        When the folder does not exist.
    """
    chosen = folder or os.environ.get("EXPLORER_DATA") or Path(__file__).parent
    root = Path(chosen)
    if not root.is_dir():
        raise DataError(f"There is no data folder {root}. Name a folder that holds 'releases'.")
    return root


def release_ids(root: Path) -> list[str]:
    """The releases in a data folder, oldest first.

    Raises
    ------
    DataError
        When the folder holds no release.
    """
    found = sorted(path.parent.name for path in root.glob("releases/*/release.toml"))
    if not found:
        raise DataError(f"There is no release in {root}. Expected a folder such as releases/2023-03 with release.toml.")
    return found


def release_states(root: Path) -> dict[str, str]:
    """The state of each release in a data folder, oldest first.

    One whose ``release.toml`` cannot be read counts as a draft, so that only analysts meet what is wrong with it.

    Raises
    ------
    DataError
        As ``release_ids``.
    """
    states = {}
    for release_id in release_ids(root):
        try:
            states[release_id] = _read_info(root / "releases" / release_id / "release.toml").state
        except DataError:
            states[release_id] = DRAFT
    return states


def release_before(root: Path, release_id: str) -> str:
    """The id of the release published before another one.

    Raises
    ------
    DataError
        When the folder holds none.
    """
    earlier = [known for known in release_ids(root) if known < release_id]
    if not earlier:
        raise DataError(f"There is no release before {release_id} to hold it against. Add the earlier one's folder.")
    return earlier[-1]


def load_release(root: Path, release_id: str | None = None) -> Release:
    """Read and check one release, the latest unless named.

    Raises
    ------
    DataError
        With every problem of every file at once: broken cells first, then ids that lead nowhere.
    """
    known = release_ids(root)
    chosen = release_id or known[-1]
    if chosen not in known:
        raise DataError(f"There is no release {chosen}. Releases here: {', '.join(known)}.")
    folder = root / "releases" / chosen
    problems: list[str] = []
    frames: dict[str, pd.DataFrame] = {}
    info: ReleaseInfo | None = None
    try:
        info = _read_info(folder / "release.toml")
    except DataError as error:
        problems += error.problems
    for name in SCHEMAS:
        try:
            frames[name] = _read(folder / f"{name}.csv", name)
        except DataError as error:
            problems += error.problems
    if len(frames) == len(SCHEMAS):
        problems += broken_links(frames)
    if problems or info is None:
        raise DataError(problems)
    return Release(id=chosen, info=info, **frames)


def archive(root: Path, release_id: str) -> bytes:
    """Every file of one release as it stands in its folder, zipped, with a line on its licence."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted((root / "releases" / release_id).iterdir()):
            packed.writestr(f"{release_id}/{path.name}", path.read_bytes())
        packed.writestr(f"{release_id}/LICENCE.txt", _LICENCE)
    return memory.getvalue()


def _read(path: Path, name: str) -> pd.DataFrame:
    """One file of a release; an optional one that is not there is an empty one."""
    if name in OPTIONAL and not path.exists():
        return check_table(pd.DataFrame(columns=list(SCHEMAS[name].columns), dtype=str), name, path.name)
    return read_table(path, name)


def _read_info(path: Path) -> ReleaseInfo:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read as TOML ({error}).") from None
    wanted: dict[str, type] = dict.fromkeys(("title", "force", "marking", "transparency", "source"), str)
    wanted |= {"published": date, "data_to": date}
    problems = [
        f"{path.name}: {name} is missing or not a {'date such as 2023-03-31' if kind is date else 'text'}."
        for name, kind in wanted.items()
        if not isinstance(told.get(name), kind)
    ]
    if "next_release" in told and not isinstance(told["next_release"], date):
        problems.append(f"{path.name}: next_release is not a date such as 2023-03-31.")
    if told.get("state", PUBLISHED) not in STATES:
        problems.append(
            f"{path.name}: state is {told['state']!r}. Expected {', '.join(STATES)}; published when absent."
        )
    problems += [
        f"{path.name}: {name} is not known here. Expected {', '.join([*wanted, 'next_release', 'state'])}."
        for name in told
        if name not in wanted and name not in ("next_release", "state")
    ]
    if problems:
        raise DataError(problems)
    return ReleaseInfo(**told)
