"""A document as one HTML page that stands by itself: no network, its style and its pictures inside, fit for print."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from charts.pictures import picture_svg
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
)
from documents.html_style import style_of
from documents.texts import clean, outline

__all__ = ["html_page"]

_PICTURE_WIDTH = 560
_PROSE = 60  # letters of a cell from which its column gets room


def html_page(document: Document) -> bytes:
    """A document as a whole HTML page in UTF-8, made in memory.

    It asks nothing of any server. Tables have a caption and scoped heads, charts are drawings with a title, and what
    does not fit a narrow screen scrolls by itself and by keyboard.
    """
    running = " · ".join(part for part in (document.status, document.source) if part)
    title = escape(clean(document.title))
    page = (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"{_metadata(document)}<style>{style_of(clean(document.marking), clean(running))}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the document</a>\n{_front(document, title)}'
        f'<main id="main" tabindex="-1">\n{_Writer(document).whole()}\n</main>\n{_foot(document, running)}'
        "</body>\n</html>\n"
    )
    return page.encode()


class _Writer:
    """Writes block after block, with the anchors that links of the document may lead to."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.outline = outline(document.blocks)
        self.anchors = {anchor for _, anchor in self.outline}
        self.headings = iter(self.outline)
        self.breaks = False

    def whole(self) -> str:
        """All blocks in order."""
        return "\n".join(told for place, block in enumerate(self.blocks) if (told := self._block(block, place)))

    def _block(self, block: Block, place: int) -> str:
        if isinstance(block, PageBreak):
            self.breaks = True
            return ""
        begins, self.breaks = self.breaks, False
        if isinstance(block, Heading):
            _, anchor = next(self.headings)
            level = block.level + 1
            return f'<h{level} id="{escape(anchor)}"{_class("page" * begins)}>{_text(block.text)}</h{level}>'
        told = self._other(block, place)
        return f'<div class="page">{told}</div>' if begins else told

    def _other(self, block: Block, place: int) -> str:
        if isinstance(block, Paragraph):
            name = "" if block.kind == "text" else block.kind
            return f"<p{_class(name)}>{self._runs(block.runs)}</p>"
        if isinstance(block, Bullets):
            tag = "ol" if block.numbered else "ul"
            items = "".join(f"<li>{self._runs(item)}</li>" for item in block.items)
            return f"<{tag}{_class('small' * block.small)}>{items}</{tag}>"
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Picture):
            drawn = picture_svg(block.chart, f"chart_{place}", _PICTURE_WIDTH)
            label = escape(clean(block.title or block.alt.split(". ")[0]))
            return (
                f'<figure><div class="card" role="group" tabindex="0" aria-label="{label}">{clean(drawn)}</div>'
                f"<figcaption>{_text(block.caption)}</figcaption></figure>"
            )
        if isinstance(block, Notes):
            return _notes(block)
        return self._contents(block, place) if isinstance(block, Contents) else ""

    def _runs(self, runs: Sequence[Run]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = f"<strong>{_text(run.text)}</strong>" if run.strong else _text(run.text)
        leads = bool(run.link) and (not run.link.startswith("#") or run.link[1:] in self.anchors)
        if run.figures:
            ids = _text(f"[{', '.join(run.figures)}]")
            told = _link(run.link, ids, "trace") if leads else f'<span class="trace">{ids}</span>'
            return f"{text} {told} "
        return _link(run.link, text) if leads else text

    def _table(self, table: Table) -> str:
        numeric = table.numeric()
        names = [
            "number" if is_number else "words" if any(len(row[place]) > _PROSE for row in table.rows) else ""
            for place, is_number in enumerate(numeric)
        ]
        head = "".join(
            f'<th scope="col"{_class(name)}>{_text(cell)}</th>' for name, cell in zip(names, table.header, strict=True)
        )
        body = "".join(
            f"<tr{_class('' if table.kind(place) == 'part' else table.kind(place))}>"
            f'<th scope="row"{_class(names[0])}>{_text(row[0])}</th>'
            + "".join(f"<td{_class(name)}>{_text(cell)}</td>" for name, cell in zip(names[1:], row[1:], strict=True))
            + "</tr>"
            for place, row in enumerate(table.rows)
        )
        below = "".join(f'<p class="small">{self._runs(note)}</p>' for note in table.notes)
        below += f'<p class="small">{_text(table.source)}</p>' if table.source else ""
        return (
            f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(clean(table.caption))}"><table>'
            f"<caption><span>{_text(table.caption)}</span></caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>{below}"
        )

    def _contents(self, contents: Contents, place: int) -> str:
        """A list in lists, as deep as its headings go."""
        later = {id(block) for block in self.blocks[place:]}
        shown = [
            (heading, anchor)
            for heading, anchor in self.outline
            if heading.level <= contents.depth and id(heading) in later
        ]
        if not shown:
            return ""
        told, depth = "", 0
        for heading, anchor in shown:
            if heading.level > depth:
                told += "<ol><li>" * (heading.level - depth)
            else:
                told += "</li></ol>" * (depth - heading.level) + "</li><li>"
            depth = heading.level
            told += f'<a href="#{escape(anchor)}">{_text(heading.text)}</a>'
        told += "</li></ol>" * depth
        return f'<nav aria-labelledby="contents"><h2 id="contents">{_text(contents.title)}</h2>{told}</nav>'


def _text(text: str) -> str:
    return escape(clean(text), quote=False)


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _link(address: str, inside: str, name: str = "") -> str:
    return f'<a{_class(name)} href="{escape(clean(address))}">{inside}</a>'


def _notes(notes: Notes) -> str:
    lines = [f"<p>{_text(line)}</p>" for line in notes.text.splitlines() if line.strip()]
    lines = lines or ['<div class="line" aria-hidden="true"></div>'] * notes.lines
    return f'<div class="notes"><p class="label">{_text(notes.label)}</p>{"".join(lines)}</div>'


def _metadata(document: Document) -> str:
    names = {"author": "author", "subject": "description", "keywords": "keywords"}
    return "".join(
        f'<meta name="{name}" content="{escape(clean(document.property(told)))}">\n'
        for told, name in names.items()
        if document.property(told)
    )


def _front(document: Document, title: str) -> str:
    marking = f'<p class="marking">{_text(document.marking)}</p>\n' if document.marking else ""
    subtitle = f'<p class="subtitle">{_text(document.subtitle)}</p>\n' if document.subtitle else ""
    facts = "".join(f"<dt>{_text(name)}</dt><dd>{_text(told)}</dd>" for name, told in document.facts)
    listed = f"<dl>{facts}</dl>\n" if facts else ""
    draft = f'<p class="boxed">{_text(document.draft)}</p>\n' if document.draft else ""
    return f"<header>\n{marking}<h1>{title}</h1>\n{subtitle}{listed}{draft}</header>\n"


def _foot(document: Document, running: str) -> str:
    marking = f'<p class="marking">{_text(document.marking)}</p>' if document.marking else ""
    return f"<footer>\n<p>{_text(running)}</p>{marking}\n</footer>\n"
