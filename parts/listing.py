"""Lists that more than one page shows: measures with links to their tables, national measures, promises."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd

from analysis import definitions, section_told
from analysis.change_words import change_phrase, interval_phrase, mark
from analysis.corrections import beside
from analysis.measure_values import measure_values
from analysis.numbers import places_printed
from analysis.periods import short_period
from analysis.printed_tables import write_figure
from analysis.section_told import promise_rows, with_period
from data.catalogue import measures_for
from data.releases import Release
from parts.cached import all_figures, load
from parts.corrected import notes_of
from parts.findings import doubtful
from parts.now import made_once
from parts.table import Link, address_of, anchor_of

__all__ = [
    "area_rows",
    "glossary_rows",
    "in_page_order",
    "matching",
    "measure_rows",
    "national_address",
    "national_rows",
    "promise_rows",
    "promises_by_priority",
    "search_example",
    "story_rows",
    "text_rows",
    "verdict_rows",
    "words_used",
]

_NOT_COMPARED = "no comparison"  # where the report prints nothing that it could be held against
_NO_VALUE = "no value printed"  # where it prints changes or parts of a measure alone


def measure_rows(release: Release, search: str) -> pd.DataFrame:
    """Measures that fit a search, with their values; the first column links to the measure's table."""
    known = set(measures_for(release, search)["id"]) if search else set(release.measures["id"])
    rows = _all_rows(release.id)
    return rows[rows["id"].isin(known)]


def verdict_rows(rows: pd.DataFrame, judged: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Rows of ``measure_rows`` with their verdict, change and interval; all, or those of one verdict.

    Parameters
    ----------
    rows
        As ``measure_rows`` gives them.
    judged
        As ``analysis.changes.changes`` gives it, for the comparator that is shown.
    verdict
        One of the verdicts, or "" for all.
    """
    told = {(row.measure, row.breakdown.partition("=")[2]): row for row in judged.itertuples()}
    found = [told.get(key) for key in zip(rows["id"], rows["part"], strict=True)]
    shown = pd.DataFrame(
        {
            "row_label": rows["row_label"],
            "Verdict": [_NOT_COMPARED if row is None else mark(row.verdict, row.better_or_worse) for row in found],
            "Change": ["" if row is None else _moved(row) for row in found],
            "Interval": ["" if row is None else _interval(row) for row in found],
            "Latest": rows["Latest"].where(rows["Latest"] != "", _NO_VALUE),
            "Held against": [
                before if row is None else _earlier(row) for row, before in zip(found, rows["Previous"], strict=True)
            ],
            "priority": rows["priority"],
        },
        index=rows.index,
    )
    kept = [not verdict or (row is not None and row.verdict == verdict) for row in found]
    return shown[pd.Series(kept, index=rows.index, dtype=bool)]


def _moved(row) -> str:
    return change_phrase(row.difference, row.percent, row.unit, places_printed(row.later_printed))


def _interval(row) -> str:
    unsaid = pd.isna(row.lower) or row.verdict == "not comparable"
    return "" if unsaid else interval_phrase(row.lower, row.upper, row.percent, row.unit)


def _earlier(row) -> str:
    value = write_figure(row.earlier_value, row.unit, row.earlier_printed)
    return beside(f"{value} ({short_period(row.earlier_start, row.earlier_end)})", row.earlier_note)


def in_page_order(release: Release, rows: pd.DataFrame) -> pd.DataFrame:
    """The priorities that have a row, as the menu orders them; what stands only in the foreword comes last."""
    own = release.priorities[release.priorities["id"].isin(rows["priority"])]
    return own.assign(last=own["id"] == "headlines").sort_values(["last", "order"])


def national_rows(release: Release, national_measures: pd.DataFrame) -> pd.DataFrame:
    """National measures, each a link to its briefing: what the nation measures, the local stand-in, and the gap."""
    values = _all_rows(release.id)
    values = values.assign(measure=values["id"], name=[link.text for link in values["row_label"]])
    rows = section_told.national_rows(national_measures, values)
    if rows.empty:
        return rows
    links = [Link(title, national_address(release.id, title)) for title in rows["row_label"]]
    return rows.assign(row_label=links)


def national_address(release_id: str, title: str) -> str:
    """The link to the briefing on one national measure."""
    page, _, anchor = address_of(release_id, "briefing", "measures").partition("#")
    return f"{page}{'&' if '?' in page else '?'}national={quote(title)}#{anchor}"


def promises_by_priority(release: Release) -> pd.DataFrame:
    """All commitments, in the order of the report's priorities."""
    order = release.sections.merge(release.priorities, left_on="priority", right_on="id", suffixes=("", "_p"))
    place = order.set_index("id")["order_p"]
    promised = release.commitments.assign(place=release.commitments["section"].map(place))
    return promise_rows(promised.sort_values("place", kind="stable"))


def story_rows(release: Release) -> list[tuple[str, pd.DataFrame]]:
    """What the foreword and the inspection section say, each with its place in the report."""
    found = []
    for section in release.sections[release.sections["priority"] == "headlines"].sort_values("order").itertuples():
        said = release.explanations[release.explanations["section"] == section.id]
        ranks = release.comparisons[release.comparisons["section"] == section.id]
        rows = [{"row_label": each.text, "As printed": "", "Where": each.where} for each in said.itertuples()]
        rows += [
            {"row_label": each.claim, "As printed": each.printed, "Where": each.where} for each in ranks.itertuples()
        ]
        found.append((section.title, pd.concat([pd.DataFrame(rows), text_rows(release, section.id)])))
    return found


def text_rows(release: Release, section: str) -> pd.DataFrame:
    """Numbers and ranges that a section quotes in running text, with their print and place."""
    quoted = release.statements[release.statements["section"] == section]
    ranges = release.ranges[(release.ranges["section"] == section) & (release.ranges["table"] == "")]
    return section_told.text_rows(quoted, ranges, doubtful(release.id), notes_of(release.id))


def area_rows(release: Release, search: str) -> pd.DataFrame:
    """Figures and quoted numbers of the areas, other than the whole force, that a search names."""
    words = [word for word in search.lower().split() if len(word) > 2]
    known = release.areas[release.areas["kind"] != "force"]
    hit = [any(word in name.lower() for word in words) for name in known["name"]]
    named = known[pd.Series(hit, index=known.index, dtype=bool)]
    rows = all_figures(release.id)
    rows = rows[rows["area"].isin(named["id"])]
    titles, notes = release.measures.set_index("id")["title"], notes_of(release.id)
    return pd.DataFrame(
        {
            "row_label": rows["measure"].map(titles).fillna("").where(rows["role"] != "statement", rows["label"]),
            "Area": rows["area"].map(named.set_index("id")["name"]),
            "As printed": [
                beside(printed, notes.get(name))
                for printed, name in zip(rows["printed"], rows["figure_id"], strict=True)
            ],
            "Period": [
                "" if pd.isna(start) else short_period(start, end)
                for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
            ],
        }
    )


def search_example(release: Release) -> str:
    """Words that a search of this release would find: a measure and, where it has any, an area within the force."""
    inside = release.areas.loc[release.areas["kind"] != "force", "name"]
    titles = release.measures.loc[release.measures["priority"] != "headlines", "title"]
    return ", ".join([*titles.head(1), *inside.tail(1), "…"]).replace(", …", " …")


@made_once(max_entries=256)
def words_used(release_id: str, section: str) -> pd.DataFrame:
    """The glossary's terms that a section's own words use."""
    release = load(release_id)
    return definitions.words_used(release.frames(), section, text_rows(release, section)["row_label"])


def glossary_rows(release: Release) -> pd.DataFrame:
    """The glossary as a table's rows."""
    words = release.glossary.sort_values("term", key=lambda terms: terms.str.lower())
    return words.rename(columns={"term": "row_label", "meaning": "What it means", "where": "Where"})


def matching(rows: pd.DataFrame, search: str) -> pd.DataFrame:
    """Rows of a list with every word of a search in some column; all rows for a blank search."""
    text = rows.astype(str).agg(" ".join, axis="columns").str.lower() if len(rows) else pd.Series(dtype=str)
    for word in search.lower().split():
        rows, text = rows[text.str.contains(word, regex=False)], text[text.str.contains(word, regex=False)]
    return rows


@made_once(max_entries=8)
def _all_rows(release_id: str) -> pd.DataFrame:
    release = load(release_id)
    force = release.areas.loc[release.areas["kind"] == "force", "id"].iloc[0]
    values = measure_values(all_figures(release_id), release.measures, release.tables, force)
    measures = release.measures.set_index("id")
    order = release.sections.set_index("id")["order"]
    priority = values["measure"].map(measures["priority"])
    section = values["measure"].map(measures["section"])
    titles = values["measure"].map(measures["title"])
    names = titles.where(values["part"] == "", titles + ": " + values["part"])
    anchor = values["table"].map(anchor_of).where(values["table"] != "", section)
    anchor = anchor.where(priority != "headlines", "foreword")  # the front page tells all that in one place
    address = [address_of(release_id, *each) for each in zip(priority, anchor, strict=True)]
    rows = pd.DataFrame(
        {
            "row_label": [Link(*each) for each in zip(names, address, strict=True)],
            "id": values["measure"],
            "priority": priority,
            "part": values["part"],
            "is_part": values["part"] != "",
            "Latest": with_period(values, "latest"),
            "Previous": with_period(values, "previous"),
            "place": section.map(order),
        }
    )
    return rows.sort_values("place", kind="stable").drop(columns="place")
