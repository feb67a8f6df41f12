"""How a Word document looks: its page, its styles, its header and footer. Every colour is the palette's."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from charts.palette import CATEGORICAL, FURNITURE, TEXT, tint
from documents.blocks import Document
from documents.texts import clean

__all__ = ["PAGE_WIDTH", "TABLE_SIZE", "dress", "field"]

_BLUE, _GREY = CATEGORICAL[0], CATEGORICAL[4]
_LETTERS = "Arial"  # on every computer, or replaced by letters of the same widths
PAGE_WIDTH = Cm(17.0)  # between the margins of A4
_MARGIN = Cm(2.0)
TABLE_SIZE = 9.5  # points of a table's letters, where it has room for them
_HEADINGS = {1: (20, 14, 6), 2: (15, 18, 4), 3: (12.5, 14, 3), 4: (11, 10, 2)}  # size, space before and after
_PARAGRAPHS = {  # size, space before and after, the side it is ruled on, and its ground
    "Said": (12, 6, 6, "left", ""),
    "Caveat": (10.5, 2, 6, "left", ""),
    "Small": (9, 2, 8, "", ""),
    "Boxed": (11, 6, 8, "box", tint(_BLUE, 0.06)),
    "Fact": (11, 0, 2, "", ""),
    "Table Text": (TABLE_SIZE, 1, 1, "", ""),
    "Table Head": (TABLE_SIZE, 2, 2, "", ""),
    "Note Lines": (11, 4, 10, "", ""),
}


def dress(word: WordDocument, document: Document) -> None:
    """Give a new file the page, the styles, the header, the footer and the language of a document."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1.0)
    _language(word, document.language)
    _body(word)
    _paragraph_styles(word)
    _character_styles(word)
    _table_style(word)
    _modern(word)
    if document.marking:
        _centred(section.header.paragraphs[0], document.marking)
    _footer(section.footer.paragraphs[0], document)


def field(paragraph: Any, instruction: str, shown: str = "", style: str | None = None) -> None:
    """Put a field, such as PAGE, at the end of a paragraph; ``shown`` stands there until it is worked out."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "", style)
        if kind in ("begin", "separate", "end"):
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
            run._r.append(part)
        elif not kind:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {text} "
            run._r.append(part)


def _language(word: WordDocument, language: str) -> None:
    """The language of everything, for spelling and for a reader's voice."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    told = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        told.set(qn(f"w:{name}"), language)
    told.set(qn("w:bidi"), "ar-SA")
    properties.append(told)
    word.core_properties.language = language


def _body(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    _letters(normal, 11, TEXT)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for level, (size, before, after) in _HEADINGS.items():
        style = word.styles[f"Heading {level}"]
        _letters(style, size, _BLUE if level < 4 else TEXT, bold=True)
        style.font.italic = False
        _spaced(style, before, after)
        style.paragraph_format.keep_with_next = True
    title = word.styles["Title"]
    _letters(title, 28, _BLUE, bold=True)
    _spaced(title, 0, 4)
    _no_border(title)
    _letters(word.styles["Subtitle"], 14, _GREY)
    word.styles["Subtitle"].font.italic = False
    _spaced(word.styles["Subtitle"], 0, 12)
    _letters(word.styles["Caption"], 10, TEXT, bold=True)
    _spaced(word.styles["Caption"], 10, 4)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _spaced(word.styles[name], 0, 3)
    for name in ("Header", "Footer"):
        _letters(word.styles[name], 9, _GREY)


def _paragraph_styles(word: WordDocument) -> None:
    for name, (size, before, after, ruled, ground) in _PARAGRAPHS.items():
        style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        _letters(style, size, _GREY if name == "Small" else TEXT, bold=name == "Table Head")
        _spaced(style, before, after)
        if ruled:
            _ruled(style, ruled, _BLUE if name != "Caveat" else _GREY, 18 if ruled == "left" else 6)
        if ground:
            shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground[1:]}"/>')
            _in_order(style.element.get_or_add_pPr(), shade)
        if name.startswith("Table"):
            style.paragraph_format.line_spacing = 1.0
    word.styles["Fact"].paragraph_format.tab_stops.add_tab_stop(Cm(4.2))
    word.styles["Fact"].paragraph_format.left_indent = Cm(4.2)
    word.styles["Fact"].paragraph_format.first_line_indent = Cm(-4.2)
    for level in (1, 2, 3):
        style = word.styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        _letters(style, 11, TEXT, bold=level == 1)
        _spaced(style, 6 if level == 1 else 0, 1)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
    _letters(word.styles.add_style("Contents Heading", WD_STYLE_TYPE.PARAGRAPH), 15, _BLUE, bold=True)


def _character_styles(word: WordDocument) -> None:
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = _rgb(_BLUE)
    link.font.underline = True
    traced = word.styles.add_style("Figure Id", WD_STYLE_TYPE.CHARACTER)
    traced.font.size = Pt(8)
    traced.font.color.rgb = _rgb(_BLUE)
    traced.font.underline = True


def _table_style(word: WordDocument) -> None:
    """Rules between rows, a tinted header, totals set off; numbers never rest on colour."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{FURNITURE[1:]}"'
    heavy = f'w:val="single" w:sz="8" w:space="0" w:color="{_BLUE[1:]}"'
    word.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/>'
            f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>'
            f"<w:top {heavy}/><w:bottom {heavy}/><w:insideH {line}/></w:tblBorders>"
            f'<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
            f'<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {heavy}/></w:tcBorders>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{tint(_BLUE, 0.1)[1:]}"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )


def _modern(word: WordDocument) -> None:
    """Word opens the file as one of its own and not in its mode for old ones."""
    settings = word.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    told = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        f'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    after = ("w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults", "w:decimalSymbol",
             "w:listSeparator")  # fmt: skip
    tags = {qn(name) for name in after if name.startswith("w:")}
    place = next((each for each in settings if each.tag in tags or each.tag.endswith("mathPr")), None)
    if place is None:
        settings.append(told)
    else:
        place.addprevious(told)


def _footer(paragraph: Any, document: Document) -> None:
    """Status and source, then the page, on every page."""
    words = " · ".join(part for part in (document.status, document.source) if part)
    paragraph.add_run(clean(words))
    paragraph.add_run(" · Page\u00a0")
    field(paragraph, "PAGE", "1")
    paragraph.add_run("\u00a0of\u00a0")
    field(paragraph, "NUMPAGES", "1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _centred(paragraph: Any, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(clean(text)).bold = True


def _letters(style: Any, size: float, colour: str, bold: bool = False) -> None:
    """Letters of a style; those of the theme would go before."""
    style.font.name, style.font.size, style.font.bold = _LETTERS, Pt(size), bold
    style.font.color.rgb = _rgb(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _LETTERS)


def _spaced(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _ruled(style: Any, side: str, colour: str, size: int) -> None:
    """A rule on the left, or a box around."""
    line = f'w:val="single" w:sz="{size}" w:space="8" w:color="{colour[1:]}"'
    sides = ("left",) if side == "left" else ("top", "left", "bottom", "right")
    edges = "".join(f"<w:{each} {line}/>" for each in sides)
    _in_order(style.element.get_or_add_pPr(), parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"))
    style.paragraph_format.left_indent = Cm(0.4)
    if side == "box":
        style.paragraph_format.right_indent = Cm(0.4)


def _in_order(properties: Any, part: Any) -> None:
    """Put a part where a paragraph's properties may hold it: Word refuses any other order."""
    after = ["w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
             "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
             "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection",
             "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
             "w:pPrChange"]  # fmt: skip
    later = {qn(name) for name in after if qn(name) != part.tag}
    place = next((each for each in properties if each.tag in later), None)
    if place is None:
        properties.append(part)
    else:
        place.addprevious(part)


def _no_border(holder: Any) -> None:
    """Take away the rule that the template draws."""
    element = getattr(holder, "element", None)
    properties = (holder._p if element is None else element).get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
