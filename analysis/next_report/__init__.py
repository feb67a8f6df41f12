"""The next report: a workbook laid out from the report before it, and the release that a filled-in one makes."""

from __future__ import annotations

from analysis.next_report.cells import Cell, Column, Move, Plan, Row, Table
from analysis.next_report.plan import plan_next
from analysis.next_report.read import SHEET_COLUMNS, Problem, Read, reasons_of
from analysis.next_report.read_back import made_from, read_back

__all__ = [
    "SHEET_COLUMNS",
    "Cell",
    "Column",
    "Move",
    "Plan",
    "Problem",
    "Read",
    "Row",
    "Table",
    "made_from",
    "plan_next",
    "read_back",
    "reasons_of",
]
