"""Everything a release says as one long table: figures, statements, ranges and ranks, searched and filtered alike."""

from __future__ import annotations

import difflib

import pandas as pd

from data.corrected import with_corrections
from data.errors import DataError
from data.releases import Release
from data.series import SeriesSet
from data.states import PUBLISHED

__all__ = ["COLUMNS", "catalogue", "filter_catalogue", "measures_for", "plain_cells", "series_catalogue"]

COLUMNS = ["figure_id", "measure", "label", "basis", "priority", "section", "table", "area", "breakdown", "role"]
COLUMNS += ["period_start", "period_end", "value", "unit", "numerator", "denominator", "printed", "status", "source"]
COLUMNS += ["corrected", "corrected_on", "corrected_why"]
HIDDEN = ["kind", "search"]


def catalogue(release: Release) -> pd.DataFrame:
    """All that a release prints, one row a number.

    Returns
    -------
    DataFrame
        ``COLUMNS``, ``kind`` (a statement's, blank elsewhere) and ``search``, the text that a search looks through.
        Figures come first in report order, then statements, ranges and ranks; a statement without a measure stays.
    """
    figures = release.figures.rename(columns={"row_label": "label"})
    section_of_table = release.tables.set_index("id")["section"]
    figures = figures.assign(section=figures["table"].map(section_of_table))
    statements = release.statements.rename(columns={"id": "figure_id", "claim": "label"}).assign(role="statement")
    ranges = release.ranges.rename(columns={"id": "figure_id"}).assign(role="range")
    ranges["label"] = ranges["question"] + ", " + ranges["scope"]
    ranks = release.comparisons.rename(columns={"id": "figure_id", "claim": "label"}).assign(role="rank")
    ranks["value"] = ranks["value"].fillna(ranks["rank"].astype(float))
    ranks.loc[ranks["unit"] == "", "unit"] = "rank"
    rows = pd.concat([figures, statements, ranges, ranks], ignore_index=True)
    text = ["table", "area", "breakdown", "measure", "label", "kind"]
    rows[text] = rows[text].fillna("")
    rows["status"] = rows["status"].fillna(PUBLISHED).replace(PUBLISHED, release.info.status)
    measures = release.measures.set_index("id")
    rows["basis"] = rows["measure"].map(measures["basis"]).fillna("")
    rows["priority"] = rows["section"].map(release.sections.set_index("id")["priority"])
    info = release.info
    rows["source"] = f"{info.force}, {info.title}, {info.published.day} {info.published:%B %Y}, " + rows["where"]
    rows["search"] = _search_text(rows, release)
    rows = with_corrections(rows, release.corrections)
    return rows[[*COLUMNS, *HIDDEN]]


def series_catalogue(release: Release, sets: list[SeriesSet]) -> pd.DataFrame:
    """Open and illustrative series in the catalogue's shape, their status and source with each row."""
    frames = []
    for series in sets:
        if series.frame.empty:
            continue
        rows = series.frame.rename(columns={"title": "label"}).copy()
        sections = rows["measure"].map(series.measures.set_index("id")["section"])
        rows["section"] = sections.fillna("")
        rows["priority"] = rows["section"].map(release.sections.set_index("id")["priority"]).fillna("")
        rows["basis"] = "other"
        rows["source"] = series.source
        rows["figure_id"] = (
            rows["measure"] + "." + rows["area"] + "." + rows["period_start"].dt.strftime("%Y_%m") + _slug(rows)
        )
        rows["printed"] = ""
        rows["search"] = (rows["measure"] + " " + rows["label"] + " " + rows["area"] + " " + rows["status"]).str.lower()
        frames.append(rows.reindex(columns=[*COLUMNS, *HIDDEN]))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*COLUMNS, *HIDDEN])


def filter_catalogue(
    rows: pd.DataFrame,
    release: Release,
    measure: str | None = None,
    priority: str | None = None,
    search: str | None = None,
) -> pd.DataFrame:
    """Rows of one measure, of one priority, and with every word of the search.

    Raises
    ------
    DataError
        When the measure or the priority is not known; the nearest known ones are named.
    """
    if measure:
        titles = release.measures.set_index("id")["title"]
        here = sorted(set(rows["measure"]) - {""})
        rows = rows[rows["measure"] == _known(measure, {name: titles.get(name, name) for name in here}, "measure")]
    if priority:
        known = dict(zip(release.priorities["id"], release.priorities["title"], strict=True))
        rows = rows[rows["priority"] == _known(priority, known, "priority")]
    for word in (search or "").lower().split():
        rows = rows[rows["search"].str.contains(word, regex=False)]
    return rows


def measures_for(release: Release, search: str) -> pd.DataFrame:
    """Measures whose titles, definitions, areas or sections hold every word of the search; all when it is blank."""
    rows = filter_catalogue(catalogue(release), release, search=search)
    return release.measures[release.measures["id"].isin(rows["measure"])]


def plain_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Cells as a script expects them: whole numbers without a point, dates as 2023-03-31, missing as None.

    >>> plain_cells(pd.DataFrame({"value": [13563.0, 0.5, None]}))["value"].tolist()
    [13563, 0.5, None]
    """
    plain = {name: pd.Series([_plain(cell) for cell in rows[name]], index=rows.index, dtype=object) for name in rows}
    return pd.DataFrame(plain, index=rows.index)


def _plain(cell: object) -> object:
    if cell is None or cell is pd.NA or cell is pd.NaT or cell == "" or cell != cell:
        return None
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _known(wanted: str, names: dict[str, str], what: str) -> str:
    """The id that a reader means by an id or a title, in capitals or not."""
    by_word = {title.lower(): name for name, title in names.items()} | {name.lower(): name for name in names}
    found = by_word.get(wanted.lower())
    if found is not None:
        return found
    near = difflib.get_close_matches(wanted.lower(), list(by_word), n=3, cutoff=0.5)
    first = list(names)[:12]
    more = f" and {len(names) - len(first)} more" if len(names) > len(first) else ""
    hint = f" Did you mean {', '.join(by_word[word] for word in near)}?" if near else ""
    raise DataError(f"There is no {what} '{wanted}'." + (hint or f" Known: {', '.join(first)}{more}."))


def _search_text(rows: pd.DataFrame, release: Release) -> pd.Series:
    measures = release.measures.set_index("id")
    parts = [rows["figure_id"], rows["measure"], rows["label"], rows["breakdown"], rows["printed"]]
    parts += [rows["measure"].map(measures["title"]), rows["measure"].map(measures["definition"])]
    parts += [rows["section"].map(release.sections.set_index("id")["title"])]
    parts += [rows["table"].map(release.tables.set_index("id")["title"])]
    parts += [rows["area"].map(release.areas.set_index("id")["name"])]
    text = parts[0]
    for part in parts[1:]:
        text = text + " " + part.fillna("")
    return text.str.lower()


def _slug(rows: pd.DataFrame) -> pd.Series:
    if "breakdown" not in rows:
        return pd.Series("", index=rows.index)
    cleaned = rows["breakdown"].fillna("").str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True)
    return cleaned.where(cleaned == "", "." + cleaned)
