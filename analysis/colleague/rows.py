"""Rows, columns and tables that only one of two reports prints, and rows that have another name now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from analysis.colleague.cells import THING, tables_of
from analysis.colleague.finding import Finding, Place, key_of
from analysis.since import named_things

__all__ = ["changed_rows"]

Frames = Mapping[str, pd.DataFrame]

_Row = tuple[str, str, str, str]  # table, measure, area, breakdown

_ROW = ["table", *THING]
_NEVER_LAST = 1e9
_ROLES = {
    "last_12_months": "last 12 months", "previous_12_months": "previous 12 months", "baseline": "baseline",
    "month": "monthly values", "quarter": "quarterly values", "year": "yearly values", "year_to_date": "year to date",
    "wave": "survey waves", "budget": "budget", "actual": "actual", "snapshot": "values of single days",
}  # fmt: skip


def changed_rows(older: Frames, newer: Frames) -> list[Finding]:
    """Missing, renamed and new: a table is told once, so is a column that all rows of a table have lost or gained.

    Teams that a table of ranges names as exceptions come and go with the ranges: they are not asked about one by one.

    Parameters
    ----------
    older, newer
        The frames of two releases by file name.
    """
    ranged = set(older["ranges"]["table"]) | set(newer["ranges"]["table"])
    left, right = _lines(older, ranged), _lines(newer, ranged)
    tables = tables_of(older) | tables_of(newer)
    places = {name: table.place for name, table in tables.items()}
    titles = {name: table.title for name, table in tables.items()}
    findings = [*_one_sided(left, right, "missing", places, titles), *_one_sided(right, left, "new", places, titles)]
    findings += _renamed(left, right, places, titles)
    return findings + _columns(older, newer, ranged, places, titles)


def _lines(frames: Frames, ranged: set[str]) -> pd.DataFrame:
    """Each table's things and the label that names them, one row a label."""
    figures = frames["figures"][frames["figures"]["status"] == "published"]
    named = named_things(figures)
    exceptions = named["table"].isin(ranged - {""})
    named = named.assign(area=named["area"].where(~exceptions, ""))
    ranges = frames["ranges"]
    listed = ranges[ranges["table"] != ""].rename(columns={"question": "row_label"})
    listed = listed.assign(area="", breakdown="")[[*_ROW, "row_label"]]
    return pd.concat([named, listed], ignore_index=True).drop_duplicates([*_ROW, "row_label"])


def _one_sided(
    own: pd.DataFrame, other: pd.DataFrame, kind: str, places: Mapping[str, tuple[float, float]],
    titles: Mapping[str, str],
) -> list[Finding]:  # fmt: skip
    """What ``own`` has and ``other`` has not."""
    tables = set(other["table"])
    findings = []
    for table in dict.fromkeys(own.loc[~own["table"].isin(tables), "table"]):
        findings.append(_whole_table(table, titles[table], kind, (*places[table], 0, 0)))
    marked = own[own["table"].isin(tables)].drop_duplicates(_ROW)
    marked = marked.merge(other[_ROW].drop_duplicates(), on=_ROW, how="left", indicator=True)
    for number, row in enumerate(marked[marked["_merge"] == "left_only"].itertuples()):
        where = f"{titles[row.table]}: {row.row_label}"
        key = key_of(kind, row.table, row.measure, row.area, row.breakdown)
        what, mend = _words(kind, f"the row “{row.row_label}”")
        place: Place = (*places[row.table], _NEVER_LAST if kind == "missing" else _NEVER_LAST - 1, number)
        findings.append(Finding(key, kind, where, what, mend, kind == "missing", place, table=row.table))
    return findings


def _whole_table(table: str, title: str, kind: str, place: Place) -> Finding:
    what, mend = _words(kind, "this table")
    return Finding(key_of(kind, table), kind, title, what, mend, kind == "missing", place, table=table)


def _words(kind: str, what: str) -> tuple[str, str]:
    if kind == "missing":
        return (
            f"The last report prints {what}, and this one has no value in it.",
            "Fill it in, or say why it is no longer printed.",
        )
    return (
        f"The last report does not print {what}.",
        "Nothing, if it is meant; else look whether a row has lost its key.",
    )


def _renamed(
    left: pd.DataFrame, right: pd.DataFrame, places: Mapping[str, tuple[float, float]], titles: Mapping[str, str]
) -> list[Finding]:
    """The same thing in the same table under labels of which none is the older one's."""
    both = right.merge(left, on=_ROW, suffixes=("", "_older"))
    same = both["row_label"] == both["row_label_older"]
    kept = same.groupby([both[name] for name in _ROW], sort=False).transform("any")
    findings = []
    for number, row in enumerate(both[~kept].drop_duplicates(_ROW).itertuples()):
        findings.append(
            Finding(
                key=key_of("renamed", row.table, row.measure, row.area, row.breakdown, row.row_label), kind="renamed",
                where=f"{titles[row.table]}: {row.row_label}", serious=False, table=row.table,
                what=f"This row was called “{row.row_label_older}” in the last report and is “{row.row_label}” now.",
                how_to_mend="Nothing, if the same is counted; else make it a row and a measure of its own.",
                place=(*places[row.table], _NEVER_LAST - 2, number),
            )
        )  # fmt: skip
    return findings


def _columns(
    older: Frames, newer: Frames, ranged: set[str], places: Mapping[str, tuple[float, float]], titles: Mapping[str, str]
) -> list[Finding]:
    """Cells of a role that a row of both reports has in one only, or fewer of; once a table where all rows agree."""
    left, right = (_counted(frames, ranged) for frames in (older, newer))
    rows = {line for line, _ in left} & {line for line, _ in right}
    labels = _labels(newer)
    hits: dict[tuple[str, str, str], list[tuple[_Row, int, int]]] = {}
    for line, role in dict.fromkeys([*left, *right]):
        before, now = left.get((line, role), 0), right.get((line, role), 0)
        kind = "missing" if now < before else "new" if not before else ""
        if kind and line in rows:
            hits.setdefault((line[0], role, kind), []).append((line, before, now))
    findings = []
    for (table, role, kind), found in hits.items():
        whole = len(found) > 1 and len(found) == sum(line[0] == table for line in rows)
        for number, (line, before, now) in enumerate(found[:1] if whole else found):
            label = "" if whole else labels.get(line, line[1])
            place: Place = (*places[table], _NEVER_LAST - 3, number)
            key = key_of(kind, table, role, *([] if whole else line[1:]), float(now))
            findings.append(_column(key, kind, (titles[table], label, table), role, (before, now), place))
    return findings


def _column(
    key: str, kind: str, names: tuple[str, str, str], role: str, counts: tuple[int, int], place: Place
) -> Finding:
    title, label, table = names
    before, now = counts
    of = f"of “{label}”" if label else "of every row"
    if kind == "missing" and now:
        what = f"{_ROLES[role].capitalize()} {of}: {now} printed, where the last report prints {before}."
    elif kind == "missing":
        what = f"The last report prints the {_ROLES[role]} {of}, and this one has no value there."
    else:
        what = f"The last report does not print the {_ROLES[role]} {of}."
    mend = "Fill it in, or say why it is no longer printed." if kind == "missing" else "Nothing, if it is meant."
    where = f"{title}: {label}" if label else title
    return Finding(key, kind, where, what, mend, kind == "missing", place, table=table)


def _counted(frames: Frames, ranged: set[str]) -> dict[tuple[_Row, str], int]:
    """How many cells of each role a row has; tables of ranges are left out."""
    figures = frames["figures"][frames["figures"]["status"] == "published"]
    figures = figures[~figures["table"].isin(ranged - {""})]
    return Counter(((row.table, row.measure, row.area, row.breakdown), row.role) for row in figures.itertuples())


def _labels(frames: Frames) -> dict[_Row, str]:
    named = named_things(frames["figures"]).drop_duplicates(_ROW)
    return {row[:4]: str(row[4]) for row in named.itertuples(index=False, name=None)}
