"""Do the files of a release fit together? Every id must lead somewhere and every formula have its inputs."""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["broken_links"]

Frames = dict[str, pd.DataFrame]

# (file, column, the file whose ids it must be found in)
_REFERENCES = [
    ("sections", "priority", "priorities"),
    ("tables", "section", "sections"),
    ("measures", "priority", "priorities"),
    ("measures", "section", "sections"),
    ("measures", "national_measure", "national_measures"),
    ("areas", "mapping", "areas"),
    ("figures", "table", "tables"),
    ("figures", "measure", "measures"),
    ("figures", "area", "areas"),
    ("as_published", "table", "tables"),
    ("statements", "section", "sections"),
    ("statements", "measure", "measures"),
    ("statements", "area", "areas"),
    ("comparisons", "section", "sections"),
    ("comparisons", "measure", "measures"),
    ("comparisons", "area", "areas"),
    ("ranges", "section", "sections"),
    ("ranges", "table", "tables"),
    ("ranges", "measure", "measures"),
    ("events", "measures", "measures"),
    ("events", "counted_by", "measures"),
    ("commitments", "section", "sections"),
    ("commitments", "measure", "measures"),
    ("not_in_report", "section", "sections"),
    ("national_measures", "section", "sections"),
    ("national_measures", "measures", "measures"),
    ("explanations", "section", "sections"),
    ("explanations", "measures", "measures"),
    ("wordings", "section", "sections"),
    ("wordings", "measure", "measures"),
    ("overlaps", "measure", "measures"),
    ("surveys", "section", "sections"),
    ("surveys", "table", "tables"),
    ("area_claims", "section", "sections"),
    ("area_claims", "measure", "measures"),
    ("area_claims", "area", "areas"),
]
_FIGURE_KEY = ["measure", "area", "breakdown", "period_start", "period_end", "table", "role"]


def broken_links(frames: Frames) -> list[str]:
    """Sentences on everything that does not fit, in the order of the files. An empty list means whole.

    Parameters
    ----------
    frames
        The typed frames of one release by file name, as ``data.contracts.read_table`` gives them.
    """
    problems: list[str] = []
    for file, column, target in _REFERENCES:
        known = set(frames[target]["id"])
        for index, cell in frames[file][column].items():
            for word in cell.split():
                if not _resolves(word, known, frames):
                    problems.append(_sentence(file, index, column, word, f"an id that stands in {target}.csv"))
    problems += _derived(frames)
    problems += _doubled_figures(frames["figures"])
    problems += _turned_periods(frames)
    return problems


def _resolves(word: str, known: set[str], frames: Frames) -> bool:
    """An id that is known, or ``section:...`` or ``basis:...`` standing for all measures of one."""
    if ":" not in word:
        return word in known
    column, value = word.split(":", 1)
    return column in ("section", "basis") and value in set(frames["measures"][column])


def _derived(frames: Frames) -> list[str]:
    figures = set(frames["figures"]["figure_id"])
    numbers = figures | set(frames["statements"]["id"])
    problems = []
    for file in ("as_published", "statements"):
        frame = frames[file]
        for index, formula, inputs in zip(frame.index, frame["formula"], frame["inputs"], strict=True):
            given = inputs.split()
            for word in given:
                if word != "-" and word not in numbers:
                    problems.append(_sentence(file, index, "inputs", word, "a figure or statement id"))
            wanted = _letters(formula)
            if wanted is not None and wanted != len(given):
                expected = f"{wanted} inputs for the formula {formula}"
                problems.append(_sentence(file, index, "inputs", str(len(given)), expected))
            if formula == "sum" and not given:
                problems.append(_sentence(file, index, "inputs", "nothing", "the ids that are added up"))
    published = frames["as_published"]
    for index, figure in published["figure_id"].items():
        if figure and figure not in figures:
            problems.append(_sentence("as_published", index, "figure_id", figure, "an id that stands in figures.csv"))
    printed = numbers | set(published["id"])
    for index, identity in frames["corrections"]["id"].items():
        if identity not in printed:
            problems.append(_sentence("corrections", index, "id", identity, "the id of a printed number"))
    return problems


def _letters(formula: str) -> int | None:
    """How many inputs a formula asks for; None when any number will do.

    >>> _letters("(a - b) / b * 100"), _letters("stands alone"), _letters("sum")
    (2, 0, None)
    """
    if formula == "stands alone":
        return 0
    if formula == "sum":
        return None
    used = set(re.findall(r"[a-z]", formula))
    return max((ord(letter) - ord("a") + 1 for letter in used), default=0)


def _doubled_figures(figures: pd.DataFrame) -> list[str]:
    doubled = figures[figures.duplicated(_FIGURE_KEY)]
    return [
        f"figures.csv, row {int(str(index)) + 2}: measure {row['measure']} stands twice for the same area, breakdown, "
        f"period, table and role. Mend the breakdown or remove one."
        for index, row in doubled.iterrows()
    ]


def _turned_periods(frames: Frames) -> list[str]:
    problems = []
    for file in ("figures", "statements", "comparisons", "ranges", "surveys"):
        frame = frames[file]
        for index in frame.index[frame["period_end"] < frame["period_start"]]:
            found = f"{frame['period_end'][index]:%Y-%m-%d}"
            problems.append(_sentence(file, index, "period_end", found, "a day not before period_start"))
    events = frames["events"]
    for index in events.index[events["to"] < events["from"]]:
        problems.append(_sentence("events", index, "to", f"{events['to'][index]:%Y-%m-%d}", "a day not before from"))
    return problems


def _sentence(file: str, index: object, column: str, found: str, expected: str) -> str:
    return f"{file}.csv, row {int(str(index)) + 2}, column {column}: found '{found}', expected {expected}."
