"""The workbook of the next report filled from the report's own document: what is sure stands, what is not is told."""

from __future__ import annotations

from analysis.from_document.filled import Filled, fill_from

__all__ = ["Filled", "fill_from"]
