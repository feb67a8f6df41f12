"""One damaged row anywhere in any clean file: nothing is lost or changed without a word.

For every planted damage the file is refused, or every row that is accepted is a row of the clean file and every other
line is rejected or told, or the rows in doubt stand in the notes with their lines.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from hypothesis import event, given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.reading import Reading, read_upload
from tests.conftest import FULL

# Letters that meet each other in the wrong place: delimiters, marks, line ends, digits, and plain letters.
NASTY = st.text(st.sampled_from(list("ab1, ;\"'\n\t|5")), max_size=6)
PLAIN = st.text(st.sampled_from(list("abcxyz 0123456789.-")), max_size=8)
SENTENCE = st.sampled_from(
    [
        "Yes",
        "No",
        "Don't know",
        "I like it, really",
        "one\ntwo",
        "a; b; c",
        '5" pipe',
        "12.5",
        "2023-01",
        "",
        "x|y",
        "1,5",
    ]
)
NAMES = ["id", "area", "score", "comment", "wave"]
FILES_IN_FULL = 10_000


@dataclass(frozen=True)
class Clean:
    """A clean file: its rows as cells, and as they are written."""

    rows: list[list[str]]
    written: list[str]
    delimiter: str
    quote: str
    end: str
    quoting: int
    above: str = ""

    def text(self, row: int | None = None, damaged: str = "") -> str:
        """The file, with one row written otherwise."""
        return self.above + "".join(damaged if row == number else one for number, one in enumerate(self.written))

    def lines_of(self, row: int, damaged: str) -> set[int]:
        """The lines on which a row stands once it is damaged."""
        before = breaks(self.above + "".join(self.written[:row]))
        return set(range(before + 1, before + 2 + breaks(damaged.rstrip("\r\n"))))


def breaks(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))


@st.composite
def clean_files(draw: st.DrawFn) -> Clean:
    width = draw(st.integers(1, 5))
    cell = draw(st.sampled_from([NASTY, PLAIN, SENTENCE]))
    body = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8))
    rows = [NAMES[:width], *body]
    # The delimiter of a single column stands nowhere in the file; it is taken to be a comma.
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"] if width > 1 else [","]))
    quote = draw(st.sampled_from(['"', '"', '"', "'"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    # Apostrophes round a few cells only cannot be told from text that holds apostrophes.
    sometimes = [csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL] if quote == '"' else []
    quoting = draw(st.sampled_from([*sometimes, csv.QUOTE_ALL]))
    titles = [f"A title{end}", f"A title{end}{end}"] if width > 1 else []  # one column has no shape to tell it by
    above = draw(st.sampled_from(["", "", "", *titles]))
    written = [as_written(row, delimiter, quote, end, quoting) for row in rows]
    return Clean(rows, written, delimiter, quote, end, quoting, above)


def as_written(row: list[str], delimiter: str, quote: str, end: str, quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quotechar=quote, lineterminator=end, quoting=quoting).writerow(row)
    return out.getvalue()


def delimiters_in(text: str, clean: Clean) -> list[int]:
    """Where delimiters stand that part cells."""
    inside, found = False, []
    for position, letter in enumerate(text):
        if letter == clean.quote:
            inside = not inside
        elif letter == clean.delimiter and not inside:
            found.append(position)
    return found


@st.composite
def damaged_rows(draw: st.DrawFn, clean: Clean) -> tuple[int, str]:
    """A row's number, 0 the header, and what stands there instead."""
    number = draw(st.integers(0, len(clean.rows) - 1))
    text = clean.written[number]
    body = text[: len(text) - len(clean.end)]
    marks = delimiters_in(body, clean)
    kind = draw(st.sampled_from(["extra", "missing", "quote", "other"]))
    if kind == "quote":
        at = draw(st.integers(0, len(body)))
        return number, body[:at] + clean.quote + text[at:]
    if kind == "extra":
        ends = [0, len(body), *marks]
        inside = [at for at in range(len(body)) if clean.quote not in body]
        at = draw(st.sampled_from([*ends, *inside]))
        return number, body[:at] + clean.delimiter + text[at:]
    if kind == "missing" and marks:
        at = draw(st.sampled_from(marks))
        return number, body[:at] + text[at + 1 :]
    other = draw(st.sampled_from([mark for mark in [",", ";", "\t", "|"] if mark != clean.delimiter]))
    return number, as_written(clean.rows[number], other, clean.quote, clean.end, clean.quoting)


def told_lines(notes: list[str]) -> set[int]:
    """Every line that a note names, runs included."""
    told: set[int] = set()
    for note in notes:
        for first, last in re.findall(r"\b(\d+)(?: to (\d+))?\b", re.sub(r"'.*'", "", note)):
            told |= set(range(int(first), int(last or first) + 1))
    return told


def silent(clean: Clean, number: int, damaged: str, reading: Reading) -> str:
    """What went wrong without a word; blank when nothing did."""
    body = [row for row in clean.rows[1:] if len(row) == 1 or any(map(str.strip, row))]
    found = reading.rows.to_numpy().tolist()
    if reading.columns == clean.rows[0] and found == body:
        return ""
    told = told_lines(reading.notes) | set(reading.rejected["line"])
    hurt = clean.lines_of(number, damaged)
    as_it_was = dict(zip(reading.lines, found, strict=True)) | {reading.header_line: reading.columns}
    if not hurt & told and as_it_was.get(min(hurt)) != clean.rows[number]:
        return f"lines {sorted(hurt)} are not told"
    starts = {}
    line = breaks(clean.above) + 1
    for row, one in enumerate(clean.written):
        at = line if row <= number else line + breaks(damaged) - breaks(clean.written[number])
        starts[at] = (row, clean.rows[row])
        line += breaks(one)
    for at, cells in zip(reading.lines, found, strict=True):
        if at not in told and (at not in starts or starts[at][1] != cells):
            return f"row at line {at} is {cells}"
    accepted = set(reading.lines)
    for at, (row, cells) in starts.items():
        if row not in (0, number) and at not in accepted | told and any(map(str.strip, cells)):
            return f"line {at} is neither accepted nor told"
    if reading.columns != clean.rows[0] and not set(range(1, reading.header_line + 1)) & told:
        return "the header changed"
    return ""


@settings(max_examples=FILES_IN_FULL if FULL else 200)
@given(st.data())
def test_no_damage_is_silent(data: st.DataObject) -> None:
    clean = data.draw(clean_files())
    number, damaged = data.draw(damaged_rows(clean))
    text = clean.text(number, damaged)
    try:
        reading = read_upload(text.encode(), "damaged.csv")
    except DataError:
        event("refused")
        return
    event("read")
    assert not silent(clean, number, damaged, reading), (text, reading.rows.to_numpy().tolist(), reading.notes)
