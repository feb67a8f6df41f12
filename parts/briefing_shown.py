"""How one measure of a briefing is shown: sentence with its verdict, chart, figures, what is known of it, questions."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from analysis.briefing import BESIDE, Briefing, Item, National, Said, link_to
from parts.blocks import show_chart
from parts.briefing_made import chart_of
from parts.remembered import remembered
from parts.table import html_of, stamped

__all__ = ["anchor_of_item", "show_item", "show_national", "show_questions"]


def anchor_of_item(measure: str) -> str:
    """The name of a measure's place on the page."""
    return f"brief_{measure}"


def show_item(made: Briefing, item: Item, key: tuple[object, ...]) -> None:
    """One measure.

    Parameters
    ----------
    made
        The briefing it stands in.
    item
        The measure.
    key
        What the briefing was made of, as ``parts.remembered`` wants it.
    """
    st.subheader(item.title, anchor=anchor_of_item(item.measure))
    st.html(remembered((*key, item.measure, "opening"), False, lambda: _opening(made, item)))
    if chart := chart_of(item, made.about, made.confidence):
        show_chart(chart, f"brief_{item.measure}", item.source)
    st.html(remembered((*key, item.measure, "rest"), False, lambda: _rest(made, item)))


def show_questions(made: Briefing, item: Item) -> None:
    """The suggested questions, and each of them to copy with what it rests on."""
    asked = "".join(
        f"<li>{html.escape(each.text)} <span>({html.escape(each.reason)})</span></li>" for each in item.questions
    )
    st.html(f'<p class="asked"><strong>Suggested questions</strong></p><ul class="asked">{asked}</ul>')
    with st.popover("Copy the questions", key=f"copy_{item.measure}"):
        st.code(_copied(made, item), language=None, wrap_lines=True)


def show_national(made: Briefing, national: National) -> None:
    """What the nation measures, what this report uses instead, and what is missing between them."""
    pairs = [("What the nation measures", national.source), ("What this report uses", national.proxy),
             ("What is missing", national.gap)]  # fmt: skip
    told = "".join(f"<dt>{head}</dt><dd>{html.escape(text)}</dd>" for head, text in pairs)
    st.html(f'<dl class="brief">{told}</dl>')


def _opening(made: Briefing, item: Item) -> str:
    """The sentences of the change, each after its verdict in shape and words; else what the number is."""
    told = [
        f'<p class="said"><span class="mark"><span aria-hidden="true">{change.mark}</span> '
        f"{html.escape(change.words)}</span> {_sentence(made, change.said)}</p>"
        for change in item.changes
    ]
    if not told:
        words = _sentence(made, item.level) if item.level else "The report prints no single value of this."
        told = [f'<p class="said">{words}</p>']
    return "".join(told)


def _rest(made: Briefing, item: Item) -> str:
    """The printed numbers with their ids, then what is known beside them."""
    rows = pd.DataFrame(
        [
            {"row_label": each.label, "Period": each.period, "As printed": each.shown, "Figure": each.id}
            for each in item.figures
        ]
    )
    table = html_of(rows, stamped(made.about.stamp, f"{item.title}: as the report prints it"), "What", compact=True)
    beside = [(words, getattr(item, name)) for name, words in BESIDE]
    told = "".join(
        f"<dt>{words}</dt>{''.join(f'<dd>{_sentence(made, each)}</dd>' for each in said)}"
        for words, said in beside
        if said
    )
    if item.told_at:
        told += (
            f"<dt>Its section</dt><dd>What the report promises, explains and leaves out in “"
            f"{html.escape(item.section_title)}” stands under “{html.escape(item.told_at)}” above.</dd>"
        )
    source = f'<p class="source">{html.escape(item.source)}</p>' if item.drawn.empty else ""
    return f"{table}{source}" + (f'<dl class="brief">{told}</dl>' if told else "")


def _sentence(made: Briefing, said: Said) -> str:
    """A sentence, then its place in the report as a link to where the explorer shows it."""
    text = html.escape(said.text)
    if not said.place:
        return text
    address = html.escape(link_to(made.about, said.place, on_page=True))
    return f'{text} <a href="{address}">{html.escape(said.where or "See where it stands")}</a>'


def _copied(made: Briefing, item: Item) -> str:
    """The questions with the sentence, caveats, status and link: there is no copy without them."""
    asked = [each.text for each in item.questions]
    said = [each.text for each in item.said]
    caveats = [each.text for each in item.caveats]
    page = urlsplit(str(st.context.url or ""))
    address = f"{page.scheme}://{page.netloc}/" if page.netloc else ""
    link = f"{address}{link_to(made.about, item.place)}"
    assumed = [made.assumptions] if made.assumptions else []
    return "\n".join([*asked, "", " ".join([*said, *caveats, *assumed, item.source, link])])
