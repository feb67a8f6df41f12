"""Published releases: a folder of CSVs in, one frozen set of checked frames out."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.contracts import OPTIONAL, SCHEMAS, cells_of, check_table, csv_text, read_cells
from data.corrected import joined
from data.errors import DataError
from data.links import broken_links
from data.release_info import INFO_FILE, ReleaseInfo, info_of, read_info
from data.release_places import Place, places
from data.states import DRAFT, before_of

__all__ = [
    "CORRECTIONS",
    "Release",
    "ReleaseInfo",
    "archive",
    "corrections_of",
    "data_root",
    "files_of",
    "load_release",
]
__all__ += ["release_before", "release_ids", "release_states"]

Contents = dict[str, list[bytes]]
CORRECTIONS = "corrections.csv"
_TRIES = 5  # a release that is changed while it is read is read anew
_LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: see release.toml.\n"
    "Figures stand exactly as printed; definitions and claims are the Performance Explorer's own. This is not an "
    "official statistics product.\n"
)


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


def release_ids(root: Path, home: Path | None = None) -> list[str]:
    """The releases there are, oldest first.

    Parameters
    ----------
    root
        The data folder.
    home
        The folder of the store, whose releases come before the data folder's; None to leave them aside.

    Raises
    ------
    DataError
        When there is none.
    """
    return list(_places(root, home))


def release_states(root: Path, home: Path | None = None) -> dict[str, str]:
    """The state of each release there is, oldest first.

    One whose ``release.toml`` cannot be read counts as a draft, so that only analysts meet what is wrong with it.

    Parameters
    ----------
    root, home
        As in ``release_ids``.

    Raises
    ------
    DataError
        As ``release_ids``.
    """
    return {release_id: _state(place) for release_id, place in _places(root, home).items()}


def release_before(root: Path, release_id: str, home: Path | None = None) -> str:
    """The id of the release before another one, as ``data.states.before_of`` tells.

    Raises
    ------
    DataError
        When there is none.
    """
    before = before_of(release_states(root, home), release_id)
    if before is None:
        raise DataError(f"There is no release before {release_id} to hold it against. Add the earlier one's folder.")
    return before


def load_release(root: Path, release_id: str | None = None, home: Path | None = None) -> Release:
    """Read and check one release, the latest unless named. One that changes meanwhile is read again.

    Parameters
    ----------
    root, home
        As in ``release_ids``.
    release_id
        Such as ``2023-03``.

    Raises
    ------
    DataError
        With every problem of every file at once: broken cells first, then ids that lead nowhere.
    """
    return _loaded(*_contents(root, release_id, home))


def archive(root: Path, release_id: str, home: Path | None = None) -> bytes:
    """Every file of one release as it stands in its folder, zipped, with a line on its licence."""
    files = files_of(root, release_id, home) | {"LICENCE.txt": _LICENCE.encode()}
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(f"{release_id}/{name}", content)
    return memory.getvalue()


def files_of(root: Path, release_id: str, home: Path | None = None) -> dict[str, bytes]:
    """The bytes of every file of one release by its name, corrections that the store adds among them.

    Raises
    ------
    DataError
        When there is no such release.
    """
    _, found = _contents(root, release_id, home)
    return {name: _one(name, contents) for name, contents in found.items()}


def _contents(root: Path, release_id: str | None, home: Path | None) -> tuple[str, Contents]:
    """The id of a release and the bytes of its files, none of them changed meanwhile: never half of one and of another.

    Of a file that stands over the data folder's, both: the data folder's first.
    """
    for _ in range(_TRIES):
        place = _place(root, release_id, home)
        before = place.stamp()
        try:
            found = {name: [path.read_bytes() for path in place.files(name)] for name in place.names()}
            problem = None
        except OSError as error:
            found, problem = {}, error
        if before == _place(root, release_id, home).stamp():
            if problem:
                raise problem
            return place.id, found
    raise DataError(f"The release {place.id} was changed all the while it was read. Try again in a moment.")


def _one(name: str, contents: list[bytes]) -> bytes:
    """The bytes of one file; corrections that the store adds stand below the data folder's."""
    if name != CORRECTIONS or len(contents) < 2:
        return contents[-1]
    cells = pd.concat([cells_of(content, name) for content in contents], ignore_index=True).drop_duplicates()
    return csv_text(cells).encode()


def _places(root: Path, home: Path | None) -> dict[str, Place]:
    if found := places(root, home):
        return found
    raise DataError(f"There is no release in {root}. Expected a folder such as releases/2023-03 with release.toml.")


def _place(root: Path, release_id: str | None, home: Path | None) -> Place:
    """Where a release lies, the latest unless named."""
    known = _places(root, home)
    chosen = release_id or list(known)[-1]
    if chosen not in known:
        raise DataError(f"There is no release {chosen}. Releases here: {', '.join(known)}.")
    return known[chosen]


def _state(place: Place) -> str:
    try:
        return read_info(place.file(INFO_FILE)).state
    except DataError:
        return DRAFT


def _loaded(release_id: str, found: Contents) -> Release:
    problems: list[str] = []
    frames: dict[str, pd.DataFrame] = {}
    info: ReleaseInfo | None = None
    try:
        info = info_of(_last(release_id, found, INFO_FILE))
    except DataError as error:
        problems += error.problems
    for name in SCHEMAS:
        try:
            frames[name] = _table(release_id, found, name)
        except DataError as error:
            problems += error.problems
    if len(frames) == len(SCHEMAS):
        problems += broken_links(frames)
    if problems or info is None:
        raise DataError(problems)
    frames["corrections"] = _in_order(frames["corrections"], frames["as_published"])
    return Release(id=release_id, info=info, **frames)


def _in_order(corrections: pd.DataFrame, derived: pd.DataFrame) -> pd.DataFrame:
    """Corrections, the latest last; a total or share that stands among the figures too goes by its figure's id."""
    figure = dict(zip(derived["id"], derived["figure_id"], strict=True))
    named = [figure.get(name) or name for name in corrections["id"]]
    ordered = corrections.assign(id=pd.Series(named, index=corrections.index, dtype="str"))
    return ordered.sort_values("date", kind="stable", ignore_index=True)


def corrections_of(place: Place) -> pd.DataFrame:
    """The corrections of one release, those that the store adds below the data folder's.

    Raises
    ------
    DataError
        When they cannot be read.
    """
    return _corrections([read_cells(path) for path in place.files(CORRECTIONS)])


def _corrections(cells: list[pd.DataFrame]) -> pd.DataFrame:
    return joined([check_table(each, "corrections", CORRECTIONS) for each in cells])


def _last(release_id: str, found: Contents, file: str) -> bytes:
    if file not in found:
        raise DataError(f"{file}: the file is missing from {release_id}.")
    return found[file][-1]


def _table(release_id: str, found: Contents, name: str) -> pd.DataFrame:
    """One table of a release; an optional one that is not there is an empty one."""
    file = f"{name}.csv"
    if file not in found and name in OPTIONAL:
        return check_table(pd.DataFrame(columns=list(SCHEMAS[name].columns), dtype=str), name, file)
    content = _last(release_id, found, file)
    if file == CORRECTIONS:
        return _corrections([cells_of(each, file) for each in found[file]])
    return check_table(cells_of(content, file), name, file)
