"""The words of the workbook: what its sheets, headings and cells are called, and what its notes explain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from analysis.numbers import UNIT_WORDS

__all__ = ["HOLDS", "NOTES", "NOTE_OF", "NOT_APPLICABLE", "NOT_PRINTED", "heading", "sheet_name", "write_cell"]

NOT_PRINTED = "[x]"
NOT_APPLICABLE = "[z]"

# What each sheet holds; a table that is not named here is titled by its name.
HOLDS = {
    "priorities": "the priorities of the report, in their order",
    "sections": "the sections of the report and what each is about",
    "tables": "the tables the report prints",
    "measures": "what each measure counts, its unit, and whether more is better",
    "areas": "the force, its districts and its Local Policing Teams",
    "figures": "every number in the report's tables",
    "as_published": "differences, per cents, shares and totals exactly as the report prints them",
    "statements": "every number in the report's running text",
    "comparisons": "places among other forces, and what others reached",
    "ranges": "values the report gives only as a range",
    "events": "what may have broken a series, and when",
    "commitments": "what the report promises",
    "not_in_report": "what is only a picture in the report, and what is missing from it",
    "corrections": "printed numbers that somebody has corrected",
    "national_measures": "national measures and what stands for them locally",
    "explanations": "what the force says about its figures, and what inspectors found",
    "glossary": "terms of the report",
    "wordings": "words such as stable that the report puts on numbers",
    "overlaps": "categories that do not add up to a whole, and why",
    "surveys": "the waves of each survey, their bases, and the base to assume where none is printed",
    "area_claims": "what the report says of single areas in words alone",
    "confirmed": "what was asked about the report before it was published, and the reason given for leaving it",
}

# Headings that are not simply the column's name with spaces.
_HEADINGS = {
    "menu_title": "Title in the menu",
    "about": "What it is about",
    "where": "Where in the report",
    "support": "Where to find support",
    "section": "Section id",
    "priority": "Priority id",
    "table": "Table id",
    "measure": "Measure id",
    "measures": "Measures concerned",
    "area": "Area id",
    "direction": "Is more better",
    "direction_reason": "Reason for the direction",
    "rounding": "Rounded to (in the unit)",
    "dispersion": "Dispersion (ratio, where not the default)",
    "national_measure": "National measure id",
    "tile_row": "Row in the tile map",
    "tile_column": "Column in the tile map",
    "mapping": "Area ids it is matched to",
    "assume": "Base to assume",
    "assume_areas": "Number of areas to assume",
    "mapping_assumed": "Is the match assumed",
    "row_order": "Row in its table",
    "column_order": "Column in its table",
    "row_label": "Row label",
    "column_label": "Column heading in the report",
    "role": "Job of the column",
    "period_start": "First day of the period",
    "period_end": "Last day of the period",
    "value": "Value (in the unit of its row)",
    "low": "Lowest (in the unit of its row)",
    "high": "Highest (in the unit of its row)",
    "promised_value": "Promised value (in the unit of its row)",
    "printed": "As printed",
    "inputs": "Inputs (ids)",
    "rank": "Place",
    "from": "First day",
    "to": "Last day",
    "due": "Due by",
    "due_words": "Due, in the report's words",
    "what": "What it is",
    "would_fill": "What would fill the gap",
    "who": "By whom",
    "date": "Date (of the correction or the reason)",
    "finding": "What was asked, and of which values",
    "local_proxy": "What stands for it locally",
    "gap": "How far the two differ",
}

# Columns whose blank means that the report prints nothing. In any other column nothing belongs in a blank cell.
_PRINTED_OR_NOT = {"numerator", "denominator", "period_start", "period_end", "rank", "of_how_many", "value"}
_PRINTED_OR_NOT |= {"low", "high", "to", "due", "due_words"}

# Columns of fixed terms, written as words.
_TERMS = {"unit", "basis", "direction", "row_kind", "role", "kind", "effect", "status", "mapping_assumed"}
_TERM_WORDS = UNIT_WORDS | {"percent": "per cent", "gbp": "pounds", "gbp_thousand": "thousand pounds"}
_TERM_WORDS |= {"gbp_million": "million pounds", "lpt": "Local Policing Team", "true": "yes"}
_TERM_WORDS |= {"false": "no", "up_is_better": "more is better", "up_is_worse": "more is worse"}

NOTES = {
    "source": "Contains public sector information licensed under the Open Government Licence v3.0. The figures are the "
    "force's own management information, not official statistics.",
    "blanks": "No cell is blank. [x] stands where the report prints nothing: no numerator, no date, no upper end. "
    "[z] stands where nothing belongs, such as the breakdown of an undivided total or the inputs of a number that "
    "stands alone. A table without any row has one row that says none.",
    "ids": "Ids join the sheets: a measure id on the Figures sheet is the id of a row on the Measures sheet; likewise "
    "for areas, tables, sections and priorities.",
    "printed": "The report's own characters for the number, with any slip in them. Nothing is corrected here: "
    "what a number was corrected to stands beside it and on the Corrections sheet.",
    "value": "The printed number as a number, in the unit its row names and with the rounding it was printed with. "
    "Parts may not sum to totals due to rounding.",
    "own": "Numerator and denominator are given only where the report prints them as that value's own; "
    "elsewhere the cell holds [x].",
    "dates": "Dates are written year, month, day, as in 2023-03-31. First and last day both belong to the period.",
    "breakdown": "Which part of a measure the row is, written dimension=label. An undivided total has none.",
    "formula": "How the number follows from its inputs: a, b, c and so on are the inputs in their order, 'sum' adds "
    "them all, and 'stands alone' means that it follows from no other number in the report.",
    "inputs": "Ids of rows on the Figures, As published or Statements sheet, with one space between them. [x] stands "
    "for an input that the report does not print.",
    "rounding": "The step to which the report prints the measure; 'exact' for counts that are not rounded.",
    "concerned": "Measure ids with one space between them. basis:validated means every measure on that basis, and "
    "section:asb every measure of that section.",
    "words": "In the Performance Explorer's own words, not the report's.",
}
NOTE_OF = {"id": "ids", "figure_id": "ids", "printed": "printed", "value": "value", "low": "value", "high": "value"}
NOTE_OF |= {"promised_value": "value", "numerator": "own", "denominator": "own", "period_start": "dates"}
NOTE_OF |= {"period_end": "dates", "from": "dates", "to": "dates", "due": "dates", "date": "dates"}
NOTE_OF |= {"breakdown": "breakdown", "formula": "formula", "inputs": "inputs", "rounding": "rounding"}
NOTE_OF |= {"measures": "concerned"} | dict.fromkeys(
    ["about", "caption", "definition", "claim", "text", "meaning"], "words"
)


def sheet_name(name: str) -> str:
    """A frame's sheet, in words and within the 31 characters a sheet's name may have.

    >>> sheet_name("not_in_report"), sheet_name("as_published")
    ('Not in report', 'As published')
    """
    return name.replace("_", " ").capitalize()[:31]


def heading(column: str) -> str:
    """A column's heading in plain words.

    >>> heading("printed"), heading("of_how_many"), heading("value")
    ('As printed', 'Of how many', 'Value (in the unit of its row)')
    """
    return _HEADINGS.get(column, column.replace("_", " ").capitalize())


def write_cell(column: str, value: Any) -> str | int | float:
    """A cell as the workbook shows it: numbers as numbers, dates as text, terms in words, a blank as its shorthand.

    >>> write_cell("value", 7.84), write_cell("row_order", 3), write_cell("period_end", pd.Timestamp("2023-03-31"))
    (7.84, 3, '2023-03-31')
    >>> write_cell("breakdown", ""), write_cell("rank", pd.NA), write_cell("to", pd.NaT)
    ('[z]', '[x]', '[x]')
    >>> write_cell("unit", "gbp_thousand"), write_cell("role", "last_12_months"), write_cell("printed", "-1%")
    ('thousand pounds', 'last 12 months', '-1%')
    >>> write_cell("inputs", "calls.total -"), write_cell("rounding", "0.1"), write_cell("rounding", "exact")
    ('calls.total [x]', 0.1, 'exact')
    """
    if value is None or pd.isna(value) or (isinstance(value, str) and not value.strip()):
        return NOT_PRINTED if column in _PRINTED_OR_NOT else NOT_APPLICABLE
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if not isinstance(value, str) or (column == "rounding" and value != "exact"):
        number = float(value)
        return int(number) if number.is_integer() else number
    if column in _TERMS:
        return _TERM_WORDS.get(value, value.replace("_", " "))
    if column == "inputs":
        return " ".join(NOT_PRINTED if word == "-" else word for word in value.split(" "))
    return value
