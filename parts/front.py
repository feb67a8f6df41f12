"""The front page made ready: the few lines that most need a question, then every measure, once for all visitors."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from analysis.audit import open_findings
from analysis.audit.summary import doubtful_tables
from analysis.change_words import MARKS, change_phrase, count_sentence
from analysis.numbers import in_words, places_printed
from analysis.periods import name_day, name_period
from analysis.printed_tables import write_figure
from analysis.promises import changed_promises
from analysis.questions import RULE, most_in_need
from analysis.sentences import place_sentence
from analysis.since import changed_events, changed_verdicts, named_things, new_and_dropped, revised
from data.releases import Release
from parts.blocks import download_csv
from parts.cached import load
from parts.findings import check_address, findings_of
from parts.judged import Assumptions, judged, mark, release_before
from parts.listing import (
    area_rows,
    glossary_rows,
    in_page_order,
    matching,
    measure_rows,
    national_rows,
    promises_by_priority,
    story_rows,
    verdict_rows,
)
from parts.now import made_once
from parts.table import address_of, anchor_of, html_of

__all__ = ["Front", "front", "promises_since", "show_national_download"]

_AGAINST = {"previous": "the year before", "baseline": "the baseline", "last-report": "the last report"}


@dataclass(frozen=True)
class Front:
    """What the front page shows for one set of choices; tables are HTML, blank where there is nothing to show."""

    sentence: str
    lines: str
    note: str
    found: list[str]
    measures: list[tuple[str, str, str]]
    since: list[str]
    national_title: str
    national: str
    promises: str
    story_title: str
    story: list[tuple[str, str]]


@made_once(max_entries=64)
def front(release_id: str, against: str, how: Assumptions, verdict: str, wanted: str) -> Front:
    """The front page of a release for one comparator, set of assumptions, verdict ("" for all) and search."""
    release = load(release_id)
    changes = judged(release_id, against, how)
    rows = measure_rows(release, wanted)
    listed = verdict_rows(rows, changes, verdict)
    promised = matching(promises_by_priority(release), wanted)
    return Front(
        sentence=count_sentence(changes),
        lines=_lines(release, changes, against),
        note=_note(release, rows, listed, wanted, verdict),
        found=_found(release, wanted) if wanted else [],
        measures=[
            (priority.id, priority.title, _measures(listed, priority.id, priority.title))
            for priority in in_page_order(release, listed).itertuples()
        ],
        since=_since(release),
        national_title=_national_title(len(release.national_measures)),
        national=html_of(
            national_rows(release, release.national_measures),
            "What the nation measures, and what this report uses instead",
            "National measure",
        ),
        promises=html_of(promised, "What the force said it would do, by when, and where it stands", "Promise"),
        story_title=_story_title(release),
        story=[
            (f"{section} ({len(table)})", html_of(table, section, "What the report says"))
            for section, table in story_rows(release)
            if len(table)
        ],
    )


def show_national_download(release: Release, against: str, how: Assumptions) -> None:
    """The table of national measures with figures, verdicts and places, made when it is asked for."""

    def rows() -> pd.DataFrame:
        from parts.briefing_made import national_rows_of, today  # it draws charts, which this page needs none of

        return national_rows_of(release.id, against, how, today())

    download_csv(
        rows, f"{release.id}_national_measures", "Download the table of national measures (CSV)",
        state=release.info.state,
    )  # fmt: skip


def _national_title(number: int) -> str:
    return f"The {in_words(number)} national measures" if number > 1 else "National measures"


def _story_title(release: Release) -> str:
    """What the report calls its part that belongs to no priority; some have none."""
    titles = release.priorities.loc[release.priorities["id"] == "headlines", "title"]
    return str(titles.iloc[0]) if len(titles) else "Foreword"


def _lines(release: Release, changes: pd.DataFrame, against: str) -> str:
    """At most eight lines, and the rule that chose them."""
    doubtful = doubtful_tables(findings_of(release.id))
    tell = {
        "change": lambda row: _change_line(release, changes.loc[row], against),
        "place": lambda row: _place_line(release, row),
        "check": lambda table: _check_line(release, table, int(doubtful[table])),
    }
    lines = [
        tell[kind](row) for kind, row in most_in_need(changes, release.comparisons, doubtful).itertuples(index=False)
    ]
    return (
        f'<h2 class="small">What most needs a question</h2><ul class="lines">{"".join(lines)}</ul>'
        f"<details><summary>How these lines are chosen</summary><p>{html.escape(RULE)}</p></details>"
        f"{_doubt(release)}"
    )


def _note(release: Release, rows: pd.DataFrame, listed: pd.DataFrame, wanted: str, verdict: str) -> str:
    """What a search or a filter left, in a sentence; blank when nothing was asked."""
    if rows.empty:
        return f"No measure fits “{wanted}”. Try one word, such as burglary, or part of a word, such as burgl."
    if listed.empty:
        return f"No measure here is “{verdict}”. Choose all verdicts."
    return f"{rows['id'].nunique()} of {len(release.measures)} measures fit “{wanted}”." if wanted else ""


def _found(release: Release, wanted: str) -> list[str]:
    """Areas and words that a search names."""
    areas = html_of(area_rows(release, wanted), f"Areas that “{wanted}” names, with their own figures", "Measure")
    words = html_of(matching(glossary_rows(release), wanted), f"Words that fit “{wanted}”", "Word")
    return [table for table in (areas, words) if table]


def _measures(listed: pd.DataFrame, priority: str, title: str) -> str:
    own = listed[listed["priority"] == priority].drop(columns="priority")
    return html_of(own, f"{title}: every measure with its change", "Measure")


def _since(release: Release) -> list[str]:
    """What is new, dropped, revised, which verdicts changed, and what became of promises and events since."""
    before = release_before(release.id)
    if before is None:
        return ["This is the first report here. Once the next is added, this says what is new, dropped and revised."]
    older = load(before)
    titles = pd.concat([older.measures, release.measures]).drop_duplicates("id", keep="last").set_index("id")["title"]
    rows = new_and_dropped(older.figures, release.figures)
    columns = {"row_label": rows["measure"].map(titles), "Printed as": rows["row_label"], "What": rows["what"]}
    told = [f"Held against the report of {name_day(pd.Timestamp(older.info.published))}."]
    told.append(_table_or_none(pd.DataFrame(columns), "New, dropped and renamed rows"))
    rows = revised(older.figures, release.figures)
    columns = {
        "row_label": rows["measure"].map(titles),
        "Printed as": rows["row_label"],
        "Period": [name_period(*each) for each in zip(rows["period_start"], rows["period_end"], strict=True)],
        "Then": rows["older_printed"],
        "Now": rows["newer_printed"],
    }
    told.append(_table_or_none(pd.DataFrame(columns), "Past values that were revised"))
    named = named_things(release.figures)
    rows = changed_verdicts(judged(before, "previous"), judged(release.id, "previous"), named)
    columns = {
        "row_label": rows["title"], "Printed as": rows["row_label"],
        "Then": rows["older"].map(mark), "Now": rows["newer"].map(mark),
    }  # fmt: skip
    told.append(_table_or_none(pd.DataFrame(columns), "Verdicts that changed, against the previous 12 months"))
    return [*told, promises_since(older, release), _events_since(older, release)]


def promises_since(older: Release, release: Release) -> str:
    """What became of promises, each sentence with the way to the page that tells them; of a gone one, the older."""
    rows = []
    for row in changed_promises(older.commitments, release.commitments).itertuples():
        held = older if row.kind == "gone" else release
        priority = dict(zip(held.sections["id"], held.sections["priority"], strict=True)).get(row.section, "headlines")
        titles = dict(zip(held.priorities["id"], held.priorities["menu_title"], strict=True))
        where = f"Promises: {titles.get(priority, 'Headlines')}"
        where += f", report of {name_day(pd.Timestamp(held.info.published))}" if held is older else ""
        rows.append((row.text, address_of(held.id, priority, "promises"), where))
    return _said_or_none(rows, "Promises that were settled, changed, new or dropped")


def _events_since(older: Release, release: Release) -> str:
    days = [pd.Timestamp(each.info.data_to) for each in (older, release)]
    rows = [(text, "", "") for text in changed_events(older.events, release.events, *days)["text"]]
    told = _said_or_none(rows, "Events that are new, began, ended or are left out")
    address = html.escape(address_of(release.id, "data_and_methods", "events"))
    return f'{told}<p><a href="{address}">All events and what they touch</a></p>' if rows else told


def _said_or_none(rows: list[tuple[str, str, str]], caption: str) -> str:
    """Sentences, each followed by a link where it has an address, called by its words."""
    items = "".join(
        f"<li>{html.escape(text)}"
        + (f' <a href="{html.escape(address)}">{html.escape(words)}</a></li>' if address else "</li>")
        for text, address, words in rows
    )
    return f"<p><strong>{caption}</strong></p><ul>{items}</ul>" if items else f"{caption}: none."


def _table_or_none(rows: pd.DataFrame, caption: str) -> str:
    return html_of(rows, caption, "Measure") or f"{caption}: none."


def _change_line(release: Release, row: pd.Series, against: str) -> str:
    moved = change_phrase(row["difference"], row["percent"], row["unit"], places_printed(row["later_printed"]))
    words = [f"{write_figure(row['later_value'], row['unit'], row['later_printed'])}, {moved} on {_AGAINST[against]}"]
    words += [row["better_or_worse"]] if row["better_or_worse"] else []
    words += [row["nearest"][0].lower() + row["nearest"][1:].rstrip(".")] if row["nearest"] else []
    words += [row["corrected"].rstrip(".")] if row["corrected"] else []
    address = _address(release, row["measure"], row["table"])
    return _line(MARKS[row["verdict"]], row["verdict"], row["title"], address, "; ".join(words))


def _place_line(release: Release, row: object) -> str:
    place = release.comparisons.loc[row]
    title = release.measures.set_index("id").loc[place["measure"], "title"]
    told = place_sentence("", place["rank"], place["of_how_many"], (place["period_start"], place["period_end"]))
    words = f"{told.split(', ')[0].removeprefix(': ')}, {name_period(place['period_start'], place['period_end'])}"
    section = place["section"]
    priority = release.sections.set_index("id").loc[section, "priority"]
    return _line("▼", "weak place", title, address_of(release.id, priority, f"{section}_places"), words)


def _doubt(release: Release) -> str:
    """How many printed numbers are in doubt, tables and text together, and where to see them; "" for none."""
    count = len(open_findings(findings_of(release.id)))
    address = html.escape(address_of(release.id, "check_the_figures", "findings"))
    told = (
        "One check of the report's own figures disagrees"
        if count == 1
        else f"{count} checks of the report's own figures disagree"
    )
    return f'<p class="checks">{told}: <a href="{address}">see Check the figures</a>.</p>' if count else ""


def _check_line(release: Release, table_id: str, count: int) -> str:
    table = release.tables.set_index("id").loc[table_id]
    numbers = "one printed number does" if count == 1 else f"{in_words(count)} printed numbers do"
    words = f"{numbers} not follow from the table"
    return _line("?", "check", table["title"], check_address(release, table["section"]), words)


def _line(shape: str, word: str, title: str, address: str, words: str) -> str:
    return (
        f'<li><span class="mark"><span aria-hidden="true">{shape}</span> {html.escape(word)}</span> '
        f'<span><a href="{html.escape(address)}">{html.escape(title)}</a> {html.escape(words)}</span></li>'
    )


def _address(release: Release, measure: str, table: str) -> str:
    priority = release.measures.set_index("id").loc[measure, "priority"]
    return address_of(release.id, priority, anchor_of(table))
