"""A briefing as a document to hold in the hand, and as a table book: both from the same plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.briefing import BESIDE, Briefing, Figure, Item, Said, link_to
from analysis.corrections import corrected_since
from analysis.periods import name_day
from charts.of_item import item_chart
from documents.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    said,
)

__all__ = ["briefing_book", "briefing_document"]

_LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Figures are the force's own "
    "management information; this is not an official statistics product."
)
_TRACED = (
    "Small print in square brackets after a sentence names the figures it rests on. On a screen it leads to their "
    "place in the explorer; on paper, type the name into the search of the explorer's Data and methods page."
)


def briefing_document(made: Briefing) -> Document:
    """A briefing as a document: what it holds in one table, then a measure a page, then how it was made.

    Parameters
    ----------
    made
        As ``analysis.briefing.briefing`` gathers it.
    """
    blocks: list[Block] = [said(made.sentence, kind="said"), *_nation(made)]
    if len(made.items) > 1:
        blocks.append(Contents("In this briefing", depth=1))
    if made.items:
        blocks += [Heading(1, "At a glance", "glance"), _glance(made)]
    for item in made.items:
        blocks += [PageBreak(), *_item(made, item)]
    return _document(made, [*blocks, PageBreak(), *_method(made)])


def briefing_book(made: Briefing) -> Document:
    """The same briefing as tables alone, for a spreadsheet: at a glance, every number, every sentence, every question.

    Parameters
    ----------
    made
        As ``analysis.briefing.briefing`` gathers it.
    """
    numbers = [
        (item.title, each.label, each.period, each.text, each.note, each.id, each.where)
        for item in made.items
        for each in item.figures
    ]
    sentences = [
        (item.title, what, each.text, ", ".join(each.ids), _link(made, each.place), each.where)
        for item in made.items
        for what, each in _sentences(item)
    ]
    questions = [(item.title, asked.text, asked.reason, item.note) for item in made.items for asked in item.questions]
    source = _source(made)
    tables = [
        _glance(made),
        Table("Printed numbers, as the report prints them",
              ("Measure", "What", "Period", "As printed", "Corrected", "Figure id", "Where in the report"),
              tuple(numbers), source=source, name="Printed numbers"),
        Table("Sentences, with what each rests on",
              ("Measure", "What it is", "Sentence", "Figure ids", "Address", "Where in the report"),
              tuple(sentences), source=source, name="Sentences"),
        Table("Suggested questions", ("Measure", "Suggested question", "Why it is suggested", "Notes"),
              tuple(questions), notes=((Run(made.question_rule),),), source=source, name="Questions"),
    ]  # fmt: skip
    return _document(made, [table for table in tables if table.rows])


def _document(made: Briefing, blocks: Sequence[Block]) -> Document:
    about = made.about
    published = name_day(pd.Timestamp(about.published))
    facts = [("Data to", name_day(pd.Timestamp(about.data_to))), ("Held against", made.against)]
    facts += [("Status", about.heading)]
    facts += [("Publication", about.transparency)] if about.transparency else []
    facts += [("Verdicts", made.assumptions)] if made.assumptions else []
    facts += [("Explorer", about.address)] if about.address else []
    return Document(
        title=made.title,
        subtitle=f"On the {about.title} of {published}",
        blocks=tuple(blocks),
        status=about.heading,
        source=f"{about.force}, {about.title}, {published}",
        marking=about.marking,
        facts=tuple(facts),
        properties=(
            ("author", "Performance Explorer"), ("subject", f"{about.force}, {about.title}, {published}"),
            ("keywords", "police performance, briefing"), ("comments", _LICENCE),
        ),
        made=made.made,
        draft=f"{about.stamp}. Do not quote it or pass it on." if about.stamp else "",
    )  # fmt: skip


def _glance(made: Briefing) -> Table:
    """One row a measure: its latest number, its verdict, and whether its printed numbers are in doubt."""
    rows = [
        (
            item.title,
            _latest(item.figures[0]) if item.figures else "",
            f"{item.changes[0].mark} {item.changes[0].words}" if item.changes else "",
            str(item.doubted or "none"),
        )
        for item in made.items
    ]
    header = ("Measure", "Latest", "Verdict", "Printed numbers in doubt")
    caption = f"{made.about.stamp}: what this briefing holds" if made.about.stamp else "What this briefing holds"
    latest = [(item.title, item.figures[0]) for item in made.items if item.figures]
    return Table(caption, header, tuple(rows), source=_source(made, latest), name="At a glance")


def _latest(figure: Figure) -> str:
    """The latest number with its period, and what it was corrected to."""
    beside = [figure.period, f"corrected to {figure.corrected}" if figure.corrected else ""]
    words = "; ".join(filter(None, beside))
    return f"{figure.text} ({words})" if words else figure.text


def _item(made: Briefing, item: Item) -> list[Block]:
    """One measure: how it moved, its chart and numbers, all that is known beside it, what to ask, room for notes."""
    where = " · ".join(part for part in (item.priority_title, item.section_title, item.table) if part)
    blocks: list[Block] = [Heading(1, item.title, f"measure_{item.measure}"), said(where, kind="small")]
    verdicts = {change.said: f"{change.mark} {change.words}: " for change in item.changes}
    for each in item.said:
        opening = verdicts.get(each, "")
        blocks.append(said(each.text, _link(made, each.place), each.ids, "said", opening=opening.strip()))
    chart = item_chart(item, made.confidence, made.about.stamp)
    blocks += [Picture(chart, item.source, item.title)] if chart else []
    blocks += _numbers(made, item)
    for name, heading in BESIDE:
        told: tuple[Said, ...] = getattr(item, name)
        if told:
            blocks += [
                Heading(2, heading, f"{item.measure}_{name}"),
                Bullets(tuple(_runs(made, item, each) for each in told)),
            ]
    if item.told_at:
        blocks.append(said(f"What belongs to the whole section is told under “{item.told_at}”.", kind="small"))
    blocks.append(Heading(2, "What to ask", f"{item.measure}_questions"))
    asked = [(Run(f"{each.text} "), Run(f"({each.reason})")) for each in item.questions]
    blocks.append(Bullets(tuple(asked), numbered=True))
    return [*blocks, Notes(f"Notes on {item.title}", item.note)]


def _numbers(made: Briefing, item: Item) -> list[Block]:
    """The printed numbers of a measure, each with its id."""
    if not item.figures:
        return []
    rows = tuple((each.label, each.period, each.shown, each.id) for each in item.figures)
    caption = f"{item.title}: printed numbers"
    caption = f"{made.about.stamp}: {caption}" if made.about.stamp else caption
    return [
        Table(caption, ("What", "Period", "As printed", "Figure id"), rows, source=item.source, name=item.title),
        said(item.definition, kind="small", opening="What it counts:"),
    ]


def _runs(made: Briefing, item: Item, each: Said) -> tuple[Run, ...]:
    """A sentence with its place in the report and what it rests on: the measure where it names no single number."""
    where = f" ({each.where})" if each.where else ""
    return (Run(f"{each.text}{where}", _link(made, each.place or item.place), each.ids or (item.measure,)),)


def _sentences(item: Item) -> Iterable[tuple[str, Said]]:
    yield from (("How it moved", each) for each in item.said)
    for name, heading in BESIDE:
        yield from ((heading, each) for each in getattr(item, name))


def _nation(made: Briefing) -> list[Block]:
    """What a national measure is, for a briefing about one."""
    if made.national is None:
        return []
    own = made.national
    link = _link(made, own.place)
    return [
        Heading(1, "The national measure", "national"),
        said(own.source, link, [own.id], opening="What the nation measures:"),
        said(own.proxy, link, [own.id], opening="What this report uses:"),
        said(own.gap, link, [own.id], "caveat", opening="What is missing:"),
    ]


def _method(made: Briefing) -> list[Block]:
    return [
        Heading(1, "How this briefing was made", "method"),
        said(made.choice_rule, opening="Which measures need a question:"),
        said(made.question_rule, opening="How questions are suggested:"),
        said(made.method, opening="How verdicts are reached:"),
        *([said(made.assumptions, kind="caveat")] if made.assumptions else []),
        said(_TRACED, opening="How to trace a sentence:"),
        Paragraph((Run(_LICENCE),), "small"),
    ]


def _link(made: Briefing, place: str) -> str:
    return link_to(made.about, place) if place and made.about.address else ""


def _source(made: Briefing, shown: Iterable[tuple[str, Figure]] = ()) -> str:
    """Status, source, what verdicts rest on, and the corrections of the numbers that are shown, each with its name."""
    about = made.about
    source = f"{about.heading}. Source: {about.force}, {about.title}, {name_day(pd.Timestamp(about.published))}."
    named = [
        {"id": each.id, "what": f"{title}, {each.period}", "printed": each.text, "note": each.note}
        for title, each in shown
        if each.note
    ]
    corrected = corrected_since(
        pd.DataFrame(named, columns=["id", "what", "printed", "note"]), [row["id"] for row in named]
    )
    return f"{source} Verdicts are held against {made.against}. {made.assumptions}".strip() + corrected
