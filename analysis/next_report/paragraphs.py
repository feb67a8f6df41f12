"""The sheet Statements read back: pasted paragraphs, each with the section it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from analysis.draft.in_report import words_of
from analysis.next_report.grid import Located
from analysis.next_report.list_columns import STATEMENTS
from analysis.next_report.phrases import heading_key
from analysis.next_report.read import Problem
from analysis.next_report.read_lists import Lookup
from analysis.next_report.statements import Paragraph

__all__ = ["NO_SECTION", "Headings", "headings_of", "read_paragraphs"]

NO_SECTION = ("", "")
_LONGEST_HEADING = 12  # words
_NUMBERED = re.compile(r"(?i:section\s+)?(?P<number>\d+(?:\.\d+)*)[.:]?\s+[A-Z](?!.*[.!?]$)")


def read_paragraphs(
    located: Mapping[str, Located], older: Mapping[str, pd.DataFrame], lookup: Lookup, problems: list[Problem]
) -> list[Paragraph]:
    """The paragraphs in their order.

    A section that is chosen, or a heading of the report that stands as a paragraph of its own, holds until the next. A
    line that is numbered as a heading and names no section is asked about, unless one is chosen beside it or below. A
    heading without a number that is no section's title stays within the last number.
    """
    sheet, known = located[STATEMENTS.name], headings_of(older)
    places = dict(zip(older["sections"]["id"], older["sections"]["where"], strict=True))
    section, where, found, told, unknown = "", "", [], False, ""
    number = ""
    for key in sheet.rows:
        chosen, held = sheet.held(key, "Section"), sheet.held(key, "Paragraph")
        text = str(held.value).strip() if held.value is not None else ""
        if unknown and (text or chosen.text):
            if not chosen.text:
                problems.append(_unknown(sheet, unknown))
                told = True
            unknown = ""
        if chosen.text:
            own = lookup.sections.get(chosen.text.casefold())
            if own is None:
                expected = "one of the sections on the sheet Lists"
                problems.append(sheet.problem(key, "Section", chosen.text, expected, "Choose one of them"))
            else:
                section, where = own, str(places[own])
        if not text:
            continue
        heading = known.of(text)
        number = known.number_of(text) or number
        if heading is not None and not chosen.text and known.is_elsewhere(text, heading, number):
            continue
        if heading is not None and not chosen.text:
            if heading == NO_SECTION:
                unknown = key
            else:
                section, where = heading
        elif heading is not None and known.is_numbered(text):  # the section that is chosen beside it is meant
            continue
        elif section:
            found.append(Paragraph(section, where, text, (sheet.sheet, sheet.cell(key, "Paragraph"))))
        elif not told:
            told = True
            mend = "Choose the section of the first paragraph, or paste its heading above it"
            problems.append(sheet.problem(key, "Section", "", "the section of the paragraph", mend))
    if unknown:
        problems.append(_unknown(sheet, unknown))
    return found


def _unknown(sheet: Located, key: str) -> Problem:
    text = sheet.held(key, "Paragraph").text
    mend = "Choose beside it the section of what follows"
    return sheet.problem(key, "Section", "", f"the section of “{text}”, which is no heading of the report before", mend)


class Headings:
    """The headings of a report: the section and the place that each names, by its words or by its number.

    Examples
    --------
    >>> names, asb = {"asb": "ASB", "knife": "Knife crime", "abuse": "Abuse"}, ("asb", "section 3.3")
    >>> own = Headings({"asb": asb}, {"3.3": {asb}, "4.2": {("knife", "section 4.2"), ("abuse", "section 4.2")}}, names)
    >>> own.of("ASB"), own.of("3.3 Nuisance"), own.of("4.2 Local knife crime")
    (('asb', 'section 3.3'), ('asb', 'section 3.3'), ('knife', 'section 4.2'))
    >>> own.of("4.2 Violence"), own.of("3.3 thousand calls were made.")
    (('', ''), None)
    """

    def __init__(
        self, words: Mapping[str, tuple[str, str]], numbers: Mapping[str, set[tuple[str, str]]],
        titles: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.words, self.numbers, self.titles = words, numbers, titles

    def is_numbered(self, text: str) -> bool:
        """Whether a text is written as a heading with its number is."""
        found = _NUMBERED.match(text)
        return found is not None and found["number"] in self.numbers and len(text.split()) <= _LONGEST_HEADING

    def number_of(self, text: str) -> str:
        """The number that a heading begins with; "" of none."""
        found = _NUMBERED.match(text) if self.is_numbered(text) else None
        return found["number"] if found else ""

    def is_elsewhere(self, text: str, heading: tuple[str, str], number: str) -> bool:
        """Whether words that head a part of one section stand below the number of another: "Timeliness" below 3.1.

        >>> own = Headings({"timeliness": ("courts", "section 7.1, Timeliness")}, {}, {"courts": "Courts"})
        >>> [own.is_elsewhere("Timeliness", own.words["timeliness"], number) for number in ("3.1", "7.1", "7", "")]
        [True, False, False, False]
        """
        if (
            not number
            or self.number_of(text)
            or heading_key(text) in {heading_key(each) for each in self.titles.values()}
        ):
            return False
        found = re.match(r"section (?P<number>\d+(?:\.\d+)*)", heading[1])
        return found is not None and not f"{found['number']}.".startswith(f"{number}.")

    def of(self, text: str) -> tuple[str, str] | None:
        """The section and the place in the report that a heading names; ``NO_SECTION`` where it names none or several.

        None is no heading.
        """
        if len(text.split()) > _LONGEST_HEADING:
            return None
        named, found = self.words.get(heading_key(text)), _NUMBERED.match(text)
        sections = self.numbers.get(found["number"]) if found else None
        if not sections:
            return NO_SECTION if sections is not None and named is None else named
        own = dict(sorted(sections))
        if named is not None and named[0] in own:
            return named
        said = words_of(text)
        alike = [each for each in own if (title := words_of(self.titles.get(each, ""))) and (title <= said)]
        one = alike if len(own) > 1 else list(own)
        return (one[0], own[one[0]]) if len(one) == 1 else NO_SECTION


def headings_of(older: Mapping[str, pd.DataFrame]) -> Headings:
    """The headings that name one section: by the titles of sections, and by where in the report things stand."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    numbers: dict[str, set[tuple[str, str]]] = {}
    for row in older["sections"].itertuples():
        pairs.setdefault(heading_key(str(row.title)), set()).add((str(row.id), str(row.where)))
    sections = dict(zip(older["tables"]["id"], older["tables"]["section"], strict=True))
    figures = older["figures"].assign(section=older["figures"]["table"].map(sections))
    sections_told = older["sections"].rename(columns={"id": "section"})
    for frame in (sections_told, older["statements"], older["explanations"], figures):
        for section, where in frame[["section", "where"]].drop_duplicates().itertuples(index=False):
            if ";" in where:
                continue
            last = where.partition(", ")[2] or where
            pairs.setdefault(heading_key(last), set()).add((str(section), str(where)))
            if number := re.match(r"section (?P<number>\d+(?:\.\d+)*)", where):
                numbers.setdefault(number["number"], set()).add((str(section), number[0]))
                numbers.setdefault(number["number"].partition(".")[0], set())
    one = {name: places for name, places in pairs.items() if len({section for section, _ in places}) == 1}
    return Headings({name: sorted(places, key=lambda each: -len(each[1]))[0] for name, places in one.items()}, numbers,
                    dict(zip(older["sections"]["id"], older["sections"]["title"], strict=True)))  # fmt: skip
