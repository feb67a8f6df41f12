"""Headings and labels of a document: their marks taken off, whatever stands there."""

from __future__ import annotations

import pytest

from analysis.from_document.labels import label_of, without_brackets, without_marks


@pytest.mark.parametrize("marks", ["*" * 10_000, "[1]" * 10_000, " [*" * 10_000, "* [a] " * 10_000])
def test_very_many_marks_are_read_at_once(marks: str) -> None:
    assert without_marks(f"12{marks}x").startswith("12")
    assert without_marks(f"{marks} x").endswith("x")
    assert without_brackets(f"12{marks}x") and label_of(f"12{marks}x").words.endswith("x")
