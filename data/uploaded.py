"""Uploaded monthly figures brought to the shape of a series: which measure and which area each row speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.public_files import ANSWERED_999, is_answering_file
from data.series_contract import COLUMNS
from data.store import Store, Version
from data.wording import plain

__all__ = ["Placed", "force_words", "ids_by_name", "note_of", "place_months", "uploaded_months"]


@dataclass(frozen=True)
class Placed:
    """Rows of an upload that name a known measure and area, in ``COLUMNS``, and the names that nothing here has."""

    rows: pd.DataFrame
    unknown_measures: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()


def place_months(frame: pd.DataFrame, measures: pd.DataFrame, areas: pd.DataFrame, note: str) -> Placed:
    """The rows of one upload as a monthly series with status "uploaded".

    Parameters
    ----------
    frame
        ``month`` (its first day), ``measure``, ``value``, perhaps ``area``: as ``data.prepare`` makes a monthly file.
    measures, areas
        Those that may be named, by ``id`` or by ``title`` or ``name``, whatever their case and spaces. A row without an
        area is the whole force's; a force may be named with its "Police" or "Constabulary". The national file of 999
        answering times names no measure, for all of it is one.
    note
        What stands with each row: where it comes from.

    Examples
    --------
    >>> frame = pd.DataFrame({"month": pd.to_datetime(["2023-04-01"]), "measure": ["999 Calls"], "value": [19_000.0]})
    >>> known = pd.DataFrame({"id": ["calls_999"], "title": ["999 calls"]})
    >>> force = pd.DataFrame({"id": ["norland"], "name": ["Norland"], "kind": ["force"]})
    >>> placed = place_months(frame, known, force, "April extract")
    >>> placed.rows[["measure", "area", "value", "status"]].values.tolist(), placed.unknown_measures
    ([['calls_999', 'norland', 19000.0, 'uploaded']], ())
    """
    if is_answering_file([str(column) for column in frame]):
        frame = frame.assign(measure=ANSWERED_999)
    if "measure" not in frame:
        return Placed(pd.DataFrame(columns=COLUMNS), ("no column names a measure",))
    force = str(areas.loc[areas["kind"] == "force", "id"].iloc[0])
    measure = frame["measure"].map(ids_by_name(measures, "title"))
    told = frame["area"] if "area" in frame else pd.Series(None, index=frame.index, dtype=object)
    blank = told.isna() | (told.astype(str).str.strip() == "")
    area = told.where(~blank, force).map(ids_by_name(pd.concat([areas, force_words(areas)]), "name"))
    known = measure.notna() & area.notna()
    start = frame.loc[known, "month"]
    rows = pd.DataFrame(
        {
            "measure": measure[known],
            "title": measure[known].map(measures.set_index("id")["title"]),
            "area": area[known],
            "area_kind": area[known].map(areas.set_index("id")["kind"]),
            "breakdown": "",
            "role": "month",
            "period_start": start,
            "period_end": start + pd.offsets.MonthEnd(0),
            "value": frame.loc[known, "value"],
            "unit": "count",
            "status": "uploaded",
            "note": note,
        }
    )
    unknown = (_missing(frame["measure"], measure), _missing(told[~blank], area[~blank]))
    return Placed(rows.reindex(columns=COLUMNS).reset_index(drop=True), *unknown)


def uploaded_months(store: Store, measures: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every uploaded month of the measures, that of the newest version where several hold it; ``COLUMNS``.

    Versions that were withdrawn do not count.

    Raises
    ------
    DataError
        When a version's file is missing or damaged.
    """
    found: Sequence[pd.DataFrame] = [
        place_months(store.read(version.id), measures, areas, note_of(version)).rows
        for version in sorted(store.versions("monthly"), key=lambda version: version.created)
    ]
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    rows = pd.concat(found).drop_duplicates(["measure", "area", "period_start"], keep="last")
    return rows.sort_values(["measure", "area", "period_start"]).reset_index(drop=True)


def note_of(version: Version) -> str:
    """What rows of a version say of where they are from."""
    return f"{version.label}, uploaded {version.created:%Y-%m-%d}"


def force_words(areas: pd.DataFrame) -> pd.DataFrame:
    """The forces under the names that national files have for them."""
    forces = areas[areas["kind"] == "force"]
    return pd.concat([forces.assign(name=forces["name"] + f" {word}") for word in ("Police", "Constabulary")])


def ids_by_name(known: pd.DataFrame, title: str):  # type: ignore[no-untyped-def]
    """From a name in a file to the id of what it names; None where nothing has it."""
    ids = {plain(str(name)): each for name, each in zip(known[title], known["id"], strict=True)}
    ids |= {plain(str(each)): each for each in known["id"]}
    return lambda name: ids.get(plain(str(name)))


def _missing(names: pd.Series, found: pd.Series) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in names[found.isna()]}))
