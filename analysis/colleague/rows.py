"""Rows, columns and tables that only one of two reports prints, and rows that have another name now."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.colleague.cells import THING
from analysis.colleague.finding import Finding, Place, key_of
from analysis.since import named_things

__all__ = ["changed_rows"]

Frames = Mapping[str, pd.DataFrame]

_ROW = ["table", *THING]
_NEVER_LAST = 1e9
_ROLES = {
    "last_12_months": "last 12 months", "previous_12_months": "previous 12 months", "baseline": "baseline",
    "month": "monthly values", "quarter": "quarterly values", "year": "yearly values", "year_to_date": "year to date",
    "wave": "survey waves", "budget": "budget", "actual": "actual", "snapshot": "values of single days",
}  # fmt: skip


def changed_rows(older: Frames, newer: Frames) -> list[Finding]:
    """Missing, renamed and new: a whole table is told once, so is a column that every row of a table has lost or gained.

    Teams that a table of ranges names as exceptions come and go with the ranges, so they are not asked about one by one.

    Parameters
    ----------
    older, newer
        The frames of two releases by file name.
    """
    ranged = set(older["ranges"]["table"]) | set(newer["ranges"]["table"])
    left, right = _lines(older, ranged), _lines(newer, ranged)
    places = _places(newer) | {name: place for name, place in _places(older).items() if name not in _places(newer)}
    titles = dict(zip(older["tables"]["id"], older["tables"]["title"], strict=True))
    titles |= dict(zip(newer["tables"]["id"], newer["tables"]["title"], strict=True))
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


def _places(frames: Frames) -> dict[str, tuple[float, float]]:
    sections = frames["sections"].set_index("id")["order"]
    return {
        str(row.id): (float(sections.get(row.section, _NEVER_LAST)), float(row.order))
        for row in frames["tables"].itertuples()
    }


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
    return f"The last report does not print {what}.", "Nothing, if it is meant; else look whether a row has lost its key."


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
                how_to_mend="Nothing, if the same is counted; else make it a row of its own, with a measure of its own.",
                place=(*places[row.table], _NEVER_LAST - 2, number),
            )
        )  # fmt: skip
    return findings


def _columns(
    older: Frames, newer: Frames, ranged: set[str], places: Mapping[str, tuple[float, float]], titles: Mapping[str, str]
) -> list[Finding]:
    """Cells of a role that a row of both reports has in one only, or fewer of; once for a table where all rows agree."""
    left, right = (_counted(frames, ranged) for frames in (older, newer))
    rows = left[_ROW].drop_duplicates().merge(right[_ROW].drop_duplicates(), on=_ROW)
    roles = pd.concat([left[[*_ROW, "role"]], right[[*_ROW, "role"]]]).drop_duplicates().merge(rows, on=_ROW)
    both = roles.merge(left, on=[*_ROW, "role"], how="left").merge(
        right, on=[*_ROW, "role"], how="left", suffixes=("_older", "_newer")
    )
    both = both.fillna({"n_older": 0, "n_newer": 0})
    both["kind"] = None
    both.loc[both["n_newer"] < both["n_older"], "kind"] = "missing"
    both.loc[(both["n_older"] == 0) & (both["n_newer"] > 0), "kind"] = "new"
    findings = []
    labels = _labels(newer)
    for (table, role), told in both.groupby(["table", "role"], sort=False):
        for kind in ("missing", "new"):
            hit = told[told["kind"] == kind]
            whole = len(hit) == len(told) and len(hit) > 1
            for number, row in enumerate(hit.drop_duplicates("table").itertuples() if whole else hit.itertuples()):
                label = "" if whole else labels.get((row.table, row.measure, row.area, row.breakdown), row.measure)
                key = key_of(kind, table, role, *([] if whole else [row.measure, row.area, row.breakdown]))
                place: Place = (*places[str(table)], _NEVER_LAST - 3, number)
                findings.append(_column(key, kind, titles[str(table)], label, row, place))
    return findings


def _column(key: str, kind: str, title: str, label: str, row: object, place: Place) -> Finding:
    role, n_older, n_newer = (getattr(row, name) for name in ("role", "n_older", "n_newer"))
    cells = f"{_ROLES[role]} of every row" if not label else f"{_ROLES[role]} of “{label}”"
    if kind == "missing" and n_newer:
        what = f"{_ROLES[role].capitalize()} of {f'“{label}”' if label else 'each row'}: {int(n_newer)} are printed, "
        what += f"where the last report prints {int(n_older)}."
    elif kind == "missing":
        what = f"The last report prints the {cells}, and this one has no value there."
    else:
        what = f"The last report does not print the {cells}."
    mend = "Fill it in, or say why it is no longer printed." if kind == "missing" else "Nothing, if it is meant."
    where = f"{title}: {label}" if label else title
    return Finding(key, kind, where, what, mend, kind == "missing", place, table=str(getattr(row, "table", "")))


def _counted(frames: Frames, ranged: set[str]) -> pd.DataFrame:
    """How many cells of each role a row has; tables of ranges are left out."""
    figures = frames["figures"][frames["figures"]["status"] == "published"]
    figures = figures[~figures["table"].isin(ranged - {""})]
    return figures.groupby([*_ROW, "role"], sort=False).size().rename("n").reset_index()


def _labels(frames: Frames) -> dict[tuple[str, ...], str]:
    named = named_things(frames["figures"]).drop_duplicates(_ROW)
    return {tuple(row[:4]): str(row[4]) for row in named.itertuples(index=False, name=None)}
