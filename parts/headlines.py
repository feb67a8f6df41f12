"""The top of the front page: how much really changed, and the few lines that most need a question."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.change_words import MARKS, change_phrase, count_sentence
from analysis.numbers import places_printed, write_number
from analysis.periods import name_day, name_period
from analysis.printed_tables import write_figure
from analysis.questions import RULE, most_in_need
from analysis.sentences import place_sentence
from analysis.since import changed_verdicts, new_and_dropped, revised
from data.releases import Release
from parts.blocks import say
from parts.cached import load
from parts.judged import judged, mark, release_before
from parts.table import anchor_of, show_table

__all__ = ["show_lines", "show_since"]

_AGAINST = {"previous": "the year before", "baseline": "the baseline", "last-report": "the last report"}


def show_lines(release: Release, changes: pd.DataFrame, against: str) -> None:
    """One sentence, at most eight lines, and the rule that chose them."""
    say(count_sentence(changes))
    picked = most_in_need(changes, release.comparisons)
    lines = []
    for kind, row in picked.itertuples(index=False):
        lines.append(
            _change_line(release, changes.loc[row], against) if kind == "change" else _place_line(release, row)
        )
    st.html(
        f'<h2 class="small">What most needs a question</h2><ul class="lines">{"".join(lines)}</ul>'
        f"<details><summary>How these lines are chosen</summary><p>{html.escape(RULE)}</p></details>"
    )


def show_since(release: Release) -> None:
    """What is new, dropped, revised, and which verdicts changed, against the report before."""
    before = release_before(release.id)
    if before is None:
        st.markdown(
            "This is the first report here. Once the next one is added, this says what is new, dropped and revised."
        )
        return
    older = load(before)
    titles = pd.concat([older.measures, release.measures]).drop_duplicates("id", keep="last").set_index("id")["title"]
    st.markdown(f"Held against the report of {name_day(pd.Timestamp(older.info.published))}.")
    rows = new_and_dropped(older.figures, release.figures)
    named = pd.DataFrame(
        {"row_label": rows["measure"].map(titles), "Printed as": rows["row_label"], "What": rows["what"]}
    )
    _since_table(named, "New, dropped and renamed rows", "Measure")
    rows = revised(older.figures, release.figures)
    named = pd.DataFrame(
        {
            "row_label": rows["measure"].map(titles),
            "Printed as": rows["row_label"],
            "Period": [name_period(*each) for each in zip(rows["period_start"], rows["period_end"], strict=True)],
            "Then": [write_number(*each) for each in zip(rows["older"], rows["unit"], strict=True)],
            "Now": [write_number(*each) for each in zip(rows["newer"], rows["unit"], strict=True)],
        }
    )
    _since_table(named, "Past values that were revised", "Measure")
    rows = changed_verdicts(judged(before, "previous"), judged(release.id, "previous"))
    named = pd.DataFrame({"row_label": rows["title"], "Then": rows["older"].map(mark), "Now": rows["newer"].map(mark)})
    _since_table(named, "Verdicts that changed, against the previous 12 months", "Measure")


def _since_table(rows: pd.DataFrame, caption: str, first: str) -> None:
    if rows.empty:
        st.markdown(f"{caption}: none.")
    else:
        show_table(rows, caption, first)


def _change_line(release: Release, row: pd.Series, against: str) -> str:
    moved = change_phrase(row["difference"], row["percent"], row["unit"], places_printed(row["later_printed"]))
    words = [f"{write_figure(row['later_value'], row['unit'], row['later_printed'])}, {moved} on {_AGAINST[against]}"]
    words += [row["better_or_worse"]] if row["better_or_worse"] else []
    words += [row["nearest"][0].lower() + row["nearest"][1:].rstrip(".")] if row["nearest"] else []
    address = _address(release, row["measure"], row["table"])
    return _line(MARKS[row["verdict"]], row["verdict"], row["title"], address, "; ".join(words))


def _place_line(release: Release, row: object) -> str:
    place = release.comparisons.loc[row]
    title = release.measures.set_index("id").loc[place["measure"], "title"]
    told = place_sentence("", place["rank"], place["of_how_many"], (place["period_start"], place["period_end"]))
    words = f"{told.split(', ')[0].removeprefix(': ')}, {name_period(place['period_start'], place['period_end'])}"
    section = place["section"]
    priority = release.sections.set_index("id").loc[section, "priority"]
    return _line("▼", "weak place", title, f"{priority}#{section}_places", words)


def _line(shape: str, word: str, title: str, address: str, words: str) -> str:
    return (
        f'<li><span class="mark"><span aria-hidden="true">{shape}</span> {html.escape(word)}</span> '
        f'<span><a href="{html.escape(address)}">{html.escape(title)}</a> {html.escape(words)}</span></li>'
    )


def _address(release: Release, measure: str, table: str) -> str:
    priority = release.measures.set_index("id").loc[measure, "priority"]
    return f"{priority}#{anchor_of(table)}"
