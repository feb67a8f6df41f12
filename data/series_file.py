"""A series from a file of one's own: the first column says the period, the others hold values."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from data.errors import DataError
from data.forms import propose_number
from data.reading import NO_LIMITS, Reading, read_file
from data.wording import find_column, tidy

__all__ = ["FORMS", "SeriesFile", "open_series_file", "read_step"]

FORMS = "YYYY-MM, YYYY-MM-DD, YYYY-Qn or a whole number"
_SHAPES = {
    "month": re.compile(r"([0-9]{4})-([0-9]{1,2})"),
    "date": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?"),
    "quarter": re.compile(r"([0-9]{4})-?[Qq]([1-4])"),
    "number": re.compile(r"-?[0-9]{1,9}"),
}
_TOLD = 20  # problems of one file
_MOST_STEPS = 1_000_000
Cell = pd.Timestamp | int


@dataclass(frozen=True)
class SeriesFile:
    """One series of a file.

    Attributes
    ----------
    name, column
        The file's name and the column that was taken.
    values
        Float, missing where the file has none, on a ``PeriodIndex`` or whole numbers, in order of time.
    form
        How the file writes its periods: month, date (the first day), end (the last day), quarter or number.
    notes
        Sentences, with row numbers: cells and periods without a value, rows that could not be read.
    """

    name: str
    column: str
    values: pd.Series
    form: str
    notes: tuple[str, ...]

    def label(self, step: pd.Period | int) -> str | int:
        """A step as the file writes its periods, for a result."""
        return _label(step, self.form)

    def step(self, text: str) -> pd.Period | int:
        """A step that a user names, as one of this series' own.

        Raises
        ------
        DataError
            When it is written in another form, or is no step of the series' kind.
        """
        return read_step(text, self.values.index)


def open_series_file(path: Path, column: str | None = None) -> SeriesFile:
    """Read one series: the first column as periods, another as numbers.

    Parameters
    ----------
    path
        A table as text of any dialect, or a workbook.
    column
        The column of values; needed where there are several.

    Raises
    ------
    DataError
        Every problem of the file together, each naming row and column.
    """
    reading = read_file(path, limits=NO_LIMITS)
    chosen = _chosen(reading, column)
    steps, form, problems = _steps(reading)
    values, unfit, assumed = _numbers(reading, chosen)
    problems += unfit
    if problems:
        more = [f"{reading.name}: {len(problems) - _TOLD} more of these."] if len(problems) > _TOLD else []
        raise DataError(problems[:_TOLD] + more)
    index = _index(steps, form)
    if form == "date" and isinstance(index, pd.PeriodIndex) and index.start_time[0] != steps[0]:
        form = "end"
    if index.has_duplicates:
        raise DataError(_twice(reading, index, form))
    series = pd.Series(values, index=index, name=tidy(chosen))
    if series.notna().sum() == 0:
        raise DataError(f"{reading.name}: column {tidy(chosen)} holds no value.")
    rows = pd.Series(reading.lines.to_numpy(), index=index).sort_index()
    series = series.sort_index()
    reach = series.index[-1] - series.index[0]
    if (reach if isinstance(reach, int) else getattr(reach, "n", reach)) > _MOST_STEPS:
        raise DataError(f"{reading.name}: from {_label(series.index[0], form)} to {_label(series.index[-1], form)} are "
                        f"more than {_MOST_STEPS:,} steps. Check the first column.")  # fmt: skip
    notes = [*assumed, *_notes(reading, series, rows, form)]
    return SeriesFile(reading.name, tidy(chosen), series, form, tuple(notes))


def read_step(text: str, index: pd.Index) -> pd.Period | int:
    """A step that a user names, in any of ``FORMS``, as one of an index' kind.

    Examples
    --------
    >>> read_step("2022-11", pd.period_range("2020-01", periods=2, freq="M"))
    Period('2022-11', 'M')
    >>> read_step("2022-11-01", pd.period_range("2020Q1", periods=2, freq="Q"))
    Period('2022Q4', 'Q-DEC')
    """
    form, cell = _cell(text.strip())
    if not isinstance(index, pd.PeriodIndex):
        if isinstance(cell, int):
            return cell
        raise DataError(f"Found {text}, expected a whole number, as the series has.")
    if cell is None or isinstance(cell, int):
        raise DataError(f"Found {text}, expected a period such as {_label(index[0], _usual_form(index))}.")
    if form in ("month", "quarter") and index.freqstr[0] in "DW":
        raise DataError(f"Found {text}, expected a day, YYYY-MM-DD, as the series has days or weeks.")
    return pd.Period(cell, freq=index.freqstr)


def _usual_form(index: pd.PeriodIndex) -> str:
    return {"M": "month", "Q": "quarter"}.get(index.freqstr[0], "date")


def _label(step: pd.Period | int, form: str) -> str | int:
    if not isinstance(step, pd.Period):
        return int(step)
    if form == "quarter":
        return f"{step.year}-Q{step.quarter}"
    day = step.end_time if form == "end" else step.start_time
    return f"{day:%Y-%m}" if form == "month" else f"{day:%Y-%m-%d}"


def _cell(text: str) -> tuple[str, Cell | None]:
    """The form a cell is written in and what it says; a blank form where it fits none."""
    for form, shape in _SHAPES.items():
        found = shape.fullmatch(text)
        if not found:
            continue
        parts = [int(part) for part in found.groups()]
        try:
            if form == "number":
                return form, int(text)
            if form == "quarter":
                return form, pd.Timestamp(parts[0], 3 * parts[1] - 2, 1)
            return form, pd.Timestamp(parts[0], parts[1], 1 if form == "month" else parts[2])
        except ValueError:
            return "", None
    return "", None


def _chosen(reading: Reading, column: str | None) -> str:
    others = reading.columns[1:]
    told = ", ".join(tidy(each) for each in others)
    if not others:
        raise DataError(f"{reading.name}: found one column. Expected the period first ({FORMS}), then values.")
    if column is None:
        if len(others) > 1:
            raise DataError(f"{reading.name}: there are several columns of values: {told}. Name one with --value.")
        return others[0]
    found = find_column(others, column)
    if found is None:
        raise DataError(f"{reading.name}: there is no column {column} of values. Expected one of: {told}.")
    return found


def _steps(reading: Reading) -> tuple[list[Cell], str, list[str]]:
    """What the first column says, the form of its first row, and what does not fit that form."""
    name, problems, steps, form = tidy(reading.columns[0]), [], [], ""
    for line, text in zip(reading.lines, reading.rows[reading.columns[0]], strict=True):
        own, cell = _cell(text.strip())
        if cell is None:
            problems.append(
                f"{reading.name}, row {line}, column {name}: found '{text.strip()[:40]}', expected {FORMS}."
            )
            continue
        form = form or own
        if own != form:
            problems.append(f"{reading.name}, row {line}, column {name}: found {text.strip()}, written otherwise than "
                            "the rows before it.")  # fmt: skip
        steps.append(cell)
    return steps, form, problems


def _numbers(reading: Reading, column: str) -> tuple[list[float], list[str], list[str]]:
    """The values, what is no number, and what had to be assumed."""
    cells = reading.rows[column]
    form, _, assumed = propose_number(cells)
    read = form.reader()
    values, problems = [], []
    for line, text in zip(reading.lines, cells, strict=True):
        value = read(text)
        if value is None:
            problems.append(f"{reading.name}, row {line}, column {tidy(column)}: found '{text.strip()[:40]}', expected "
                            "a number, or nothing.")  # fmt: skip
        values.append(math.nan if value is None else value)
    return values, problems, [assumed] if assumed else []


def _index(steps: list[Cell], form: str) -> pd.Index:
    """Periods of the length that the steps have, or whole numbers."""
    if form == "number":
        return pd.Index(steps, dtype="int64")
    days = pd.DatetimeIndex(steps)
    if form == "quarter" or (form in ("month", "date") and _quarterly(days)):
        return pd.PeriodIndex(days, freq="Q")
    if form == "month" or (days.day == 1).all() or (len(days) > 1 and days.is_month_end.all()):
        return pd.PeriodIndex(days, freq="M")
    apart = (days.sort_values()[1:] - days.sort_values()[:-1]).days
    if len(apart) and (apart % 7 == 0).all():
        return pd.PeriodIndex(days, freq=f"W-{(days[0] - pd.Timedelta(1, 'D')):%a}".upper())
    return pd.PeriodIndex(days, freq="D")


def _quarterly(days: pd.DatetimeIndex) -> bool:
    """Whether first days, or last days, of calendar quarters are all there is."""
    starts = (days.day == 1) & (days.month % 3 == 1)
    return len(days) > 1 and bool(starts.all() or (days.is_month_end & (days.month % 3 == 0)).all())


def _twice(reading: Reading, index: pd.Index, form: str) -> str:
    repeated = index[index.duplicated()][0]
    lines = reading.lines[index == repeated].tolist()
    return (
        f"{reading.name}, rows {lines[0]} and {lines[1]}: {_label(repeated, form)} stands twice. Expected one row a "
        "period: leave one measure of one area in the file."
    )


def _notes(reading: Reading, series: pd.Series, rows: pd.Series, form: str) -> list[str]:
    """Rows that were not read, cells without a value, and periods without a row."""
    notes = [f"{reading.name}, row {line} was left out. {reason}"
             for line, reason in reading.rejected[["line", "reason"]].to_numpy()]  # fmt: skip
    blank = rows[series.isna().to_numpy()]
    steps: list[Any] = list(blank.index)
    notes += [f"{reading.name}, row {row}: there is no value for {_label(step, form)}."
              for step, row in zip(steps, blank, strict=True)]  # fmt: skip
    steps = list(rows.index)
    for (step, row), (after, below) in pairwise(zip(steps, rows, strict=True)):
        if step + 1 != after:
            told = f"{_label(step + 1, form)}" + (f" to {_label(after - 1, form)}" if step + 2 != after else "")
            notes.append(f"{reading.name}, between rows {row} and {below}: there is no row for {told}.")
    return notes if len(notes) <= _TOLD else [*notes[:_TOLD], f"{reading.name}: {len(notes) - _TOLD} more of these."]
