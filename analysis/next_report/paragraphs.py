"""The sheet Statements read back: pasted paragraphs, each with the section it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.next_report.grid import Located
from analysis.next_report.list_columns import STATEMENTS
from analysis.next_report.phrases import heading_key
from analysis.next_report.read import Problem
from analysis.next_report.read_lists import Lookup
from analysis.next_report.statements import Paragraph

__all__ = ["headings_of", "read_paragraphs"]

_LONGEST_HEADING = 12  # words


def read_paragraphs(
    located: Mapping[str, Located], older: Mapping[str, pd.DataFrame], lookup: Lookup, problems: list[Problem]
) -> list[Paragraph]:
    """The paragraphs in their order.

    A section that is chosen, or a heading of the report that stands as a paragraph of its own, holds until the next.
    """
    sheet, known = located[STATEMENTS.name], headings_of(older)
    places = dict(zip(older["sections"]["id"], older["sections"]["where"], strict=True))
    section, where, found, told = "", "", [], False
    for key in sheet.rows:
        chosen, held = sheet.held(key, "Section"), sheet.held(key, "Paragraph")
        if chosen.text:
            own = lookup.sections.get(chosen.text.casefold())
            if own is None:
                expected = "one of the sections on the sheet Lists"
                problems.append(sheet.problem(key, "Section", chosen.text, expected, "Choose one of them"))
            else:
                section, where = own, str(places[own])
        text = str(held.value).strip() if held.value is not None else ""
        if not text:
            continue
        heading = known.get(heading_key(text)) if len(text.split()) <= _LONGEST_HEADING else None
        if heading is not None and not chosen.text:
            section, where = heading
        elif section:
            found.append(Paragraph(section, where, text, (sheet.sheet, sheet.cell(key, "Paragraph"))))
        elif not told:
            told = True
            mend = "Choose the section of the first paragraph, or paste its heading above it"
            problems.append(sheet.problem(key, "Section", "", "the section of the paragraph", mend))
    return found


def headings_of(older: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, str]]:
    """The section, and the place in the report, that each known heading names; those of several sections name none."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for row in older["sections"].itertuples():
        pairs.setdefault(heading_key(str(row.title)), set()).add((str(row.id), str(row.where)))
    for file in ("statements", "explanations"):
        for section, where in older[file][["section", "where"]].drop_duplicates().itertuples(index=False):
            if ";" not in where:
                last = where.partition(", ")[2] or where
                pairs.setdefault(heading_key(last), set()).add((str(section), str(where)))
    one = {name: places for name, places in pairs.items() if len({section for section, _ in places}) == 1}
    return {name: sorted(places, key=lambda each: -len(each[1]))[0] for name, places in one.items()}
