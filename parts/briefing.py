"""The briefing: choose measures, read what is known of each and what may be asked, note, print, take it away."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from analysis.briefing import Briefing, with_notes
from analysis.periods import name_day
from data.releases import Release
from parts.audit import record_briefing
from parts.blocks import copy_sentence, file_stem, say, stamped
from parts.briefing_made import choices, in_need, made_briefing, today
from parts.briefing_notes import ask_note, offer_to_forget, own_notes
from parts.briefing_shown import anchor_of_item, show_item, show_national, show_questions
from parts.briefing_ticks import ask_measures
from parts.filters import choose
from parts.front import show_national_download
from parts.judged import Assumptions, assumptions, comparators
from parts.kept import store
from parts.priority import anchors

__all__ = ["Writer", "show_briefing"]

_TICKED = "the measures ticked here"
_MOST = 40  # measures that one page shows; documents hold all


@dataclass(frozen=True)
class Writer:
    """A kind of document: what its button says, its ending, its type, and what writes it."""

    words: str
    ending: str
    mime: str
    write: Callable[[Briefing], bytes]


def show_briefing(release: Release, writers: list[Writer]) -> None:
    """The whole page.

    Parameters
    ----------
    release
        The report.
    writers
        The kinds of document to offer.
    """
    st.title("Briefing")
    top = st.container()
    with st.container(key="briefing_choice"):
        national, measures, against, how = _ask(release)
    with st.spinner("Gathering what is known"):
        made = made_briefing(release.id, measures, national, against, how, today())
    key = ("briefing", release.id, measures, national, against, how, made.made.isoformat())
    notes = own_notes(release.id)
    with top:
        _show_top(release, made)
    _show_files(release, made, notes, against, how, writers)
    if made.items:
        _show_items(release, made, notes, key)
    elif not made.national:
        st.info("Nothing is ticked. Tick a measure, or press “Tick by the rule”.")
    _show_rules(made)


def _ask(release: Release) -> tuple[str, tuple[str, ...], str, Assumptions]:
    """What the briefing is about, what figures are held against, and under what assumptions."""
    left, right = st.columns(2)
    national = {row.title: row.id for row in release.national_measures.sort_values("order").itertuples()}
    with left:
        about = choose("A briefing on", [_TICKED, *national], "national")
    named = comparators(release.id)
    with right:
        against = named[choose("Held against", list(named), "against")]
    how = assumptions(release.id, against)
    st.header("Measures", anchor="measures")
    if about != _TICKED:
        st.markdown("The measures that this report uses in place of the national one.")
        return national[about], (), against, how
    st.markdown(
        "Ticked at first are those that most need a question, by the rule printed at the end of this page. The address "
        "above holds what is ticked, so a link to it opens the same briefing."
    )
    return (
        "",
        ask_measures(release.id, choices(release.id, against, how), in_need(release.id, against, how)),
        against,
        how,
    )


def _show_top(release: Release, made: Briefing) -> None:
    """Which report, in a sentence what the briefing holds, and the way to each measure."""
    info = release.info
    st.caption(
        f"{info.force}, {info.title} · {info.heading} · data to {name_day(pd.Timestamp(info.data_to))} · report of "
        f"{name_day(pd.Timestamp(info.published))} · held against {made.against} · {info.marking}, {info.transparency}"
    )
    if made.assumptions:
        st.caption(made.assumptions)
    if made.national:
        st.header(stamped(made.about.stamp, made.national.title), anchor="national")
    say(made.sentence)
    if made.national:
        show_national(made, made.national)
    shown = made.items[:_MOST]
    with st.container(key="briefing_ways"):
        published = name_day(pd.Timestamp(info.published))
        source = f"{info.heading}. Source: {info.force}, {info.title}, {published}."
        said = f"{made.sentence} Held against {made.against}. {made.assumptions}".strip()
        copy_sentence(said, source, "", "briefing")
        if len(shown) > 1:
            anchors([(anchor_of_item(item.measure), item.title) for item in shown], "Measures of this briefing")


def _show_files(
    release: Release, made: Briefing, notes: Mapping[str, str], against: str, how: Assumptions, writers: list[Writer]
) -> None:
    """The briefing as documents, each written when it is asked for, with the notes of whoever asks."""
    with st.container(key="briefing_files"):
        st.header("Take it away", anchor="files")
        offer_to_forget(release.id, dict(notes))
        name = f"{release.id}_briefing{f'_{made.national.id}' if made.national else ''}"
        address = _address()
        with st.container(horizontal=True):
            for writer in writers if made.items else []:
                st.download_button(
                    writer.words, data=lambda writer=writer: _written(writer, made, notes, address), mime=writer.mime,
                    file_name=f"{file_stem(name, release.info.state)}.{writer.ending}", on_click="ignore",
                    key=f"download_briefing_{writer.ending}",
                )  # fmt: skip
            if len(release.national_measures):
                show_national_download(release, against, how)
        st.html('<p class="screen">To print this briefing, or save it as a PDF, use the browser\'s print command.</p>')


def _written(writer: Writer, made: Briefing, notes: Mapping[str, str], address: str) -> bytes:
    """One document: the shared briefing with what belongs to whoever asks, the trail's line first."""
    record_briefing(store, len(made.items))
    return writer.write(with_notes(replace(made, about=replace(made.about, address=address)), notes))


def _address() -> str:
    """Where the explorer is, as the visitor's browser has it."""
    page = urlsplit(str(st.context.url or ""))
    return f"{page.scheme}://{page.netloc}" if page.netloc else ""


def _show_items(release: Release, made: Briefing, notes: dict[str, str], key: tuple[object, ...]) -> None:
    """Measure by measure, under the priorities of the report."""
    priority = ""
    for item in made.items[:_MOST]:
        if item.priority != priority:
            priority = item.priority
            st.header(item.priority_title, anchor=f"of_{priority}")
        show_item(made, item, key)
        show_questions(made, item)
        ask_note(release.id, item, notes)
        written = html.escape(notes.get(item.measure, "")).replace("\n", "<br>")
        st.html(f'<p class="on-paper"><strong>Notes:</strong> {written}</p>')
    if len(made.items) > _MOST:
        st.info(f"The first {_MOST} of {len(made.items)} measures are shown. The documents to download hold them all.")


def _show_rules(made: Briefing) -> None:
    """How measures and questions are chosen, and how verdicts are reached: in print too."""
    st.header("How this briefing is made", anchor="rules")
    told = [
        ("Which measures need a question", made.choice_rule),
        ("Which questions are suggested", made.question_rule),
        ("How sure", made.method),
        (
            "Late promises",
            f"A promise that stands is late when its day lies before {name_day(pd.Timestamp(made.made))}, the date of "
            "the computer that runs the explorer.",
        ),
    ]
    st.html(
        '<dl class="brief">' + "".join(f"<dt>{head}</dt><dd>{html.escape(text)}</dd>" for head, text in told) + "</dl>"
    )
