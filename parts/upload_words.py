"""Words of the upload page, and how text from a file is shown without being run or read as layout."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from data.export import csv_bytes
from data.forms import DATE_ORDERS, DateForm, NumberForm
from data.line_numbers import at_lines
from data.today import today
from data.typed_cells import Merge
from data.wording import tidy
from parts.table import show_table

__all__ = [
    "FIRST",
    "FORMS",
    "counted",
    "file_name",
    "form_words",
    "grouped",
    "label_of",
    "list_problems",
    "list_sentences",
    "not_past",
    "show_all_of",
    "show_merges",
    "today",
]

FIRST = 50  # rows of a long table on the page; the download has them all
_LINES_TOLD = 5
# What Markdown gives a meaning: anywhere; at the end of a word; before a name; at the beginning of a line.
_MARKDOWN = re.compile(
    r"[\\`*\[\]<>~$]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w])|^[-+#=|]|(?:(?<=^\d)|(?<=^\d\d)|(?<=^\d\d\d))[.)](?= |$)"
)
_MARKS = {"": "none", ",": "comma", ".": "point", " ": "space", "'": "apostrophe"}
FORMS = [NumberForm(*marks) for marks in [(".", ""), (".", ","), (",", ""), (",", "."), (".", " "), (",", " ")]]
FORMS += [NumberForm(".", "'"), NumberForm(",", "'")]
FORMS += [NumberForm(mark, percent=True) for mark in (".", ",")] + [NumberForm(mark, share=True) for mark in (".", ",")]


def label_of(text: str) -> str:
    r"""Text of a file as the label of a widget, which Streamlit reads as Markdown: nothing in it is layout or a link.

    Marks are escaped where they would do something and nowhere else, for screen readers are given the label as it is
    written. A word joiner, which cannot be seen, parts what would be a link or a symbol without any mark.

    >>> label_of("a*b"), label_of("age_band"), label_of("1. Weight: [final]")
    ('a\\*b', 'age_band', '1\\. Weight: \\[final\\]')
    >>> "www.x" in label_of("www.x") or ":x" in label_of(":x:")
    False
    """
    parted = re.sub(r"(?i)(www(?=\.)|[:@](?=\S))", "\\1\u2060", tidy(text))
    return _MARKDOWN.sub(r"\\\g<0>", parted)


def counted(number: int, one: str, more: str) -> str:
    """A number with its word.

    >>> counted(1, "row", "rows"), counted(1618, "row", "rows")
    ('1 row', '1,618 rows')
    """
    return f"{number:,} {one if number == 1 else more}"


def form_words(form: NumberForm | DateForm) -> str:
    """A form of numbers or dates in words.

    >>> form_words(NumberForm(",", "."))
    '1.234,5: decimal comma, thousands point'
    """
    if isinstance(form, DateForm):
        return DATE_ORDERS[form.order]
    kind = "with a per cent sign" if form.percent else "a share of 1" if form.share else ""
    marks = f"decimal {_MARKS[form.decimal]}" + (f", thousands {_MARKS[form.thousands]}" if form.thousands else "")
    return f"{form}: {marks}" + (f", {kind}" if kind else "")


def not_past(day: date | None) -> date | None:
    """A last day that is still to come, for what is kept until a day that is over is deleted at once.

    >>> not_past(None) is None, not_past(date(2020, 1, 1)) == today()
    (True, True)
    """
    return day and max(day, today())


def file_name(label: str, ending: str, own: str = "") -> str:
    """A label as a file's name, of plain letters alone; ``own`` tells it from others of that label, however long.

    >>> file_name("Wave 2: June/July", "csv"), file_name("../..", "toml"), file_name("June " * 20, "csv", "3f2a")[-14:]
    ('wave_2_june_july.csv', 'upload.toml', '_june_3f2a.csv')
    """
    named = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:60].strip("_") or "upload"
    return f"{named}_{own}.{ending}" if own else f"{named}.{ending}"


def list_problems(problems: Iterable[str], opening: str) -> None:
    """What is wrong, kindly, as a list. The sentences may quote the file, so they are escaped."""
    st.error(opening)
    list_sentences(problems)


def list_sentences(sentences: Iterable[str], most: int = FIRST) -> None:
    """Sentences that may quote the file, as a list of at most so many."""
    told = list(sentences)
    items = "".join(f"<li>{html.escape(each)}</li>" for each in told[:most])
    more = f"<li>and {len(told) - most:,} more.</li>" if len(told) > most else ""
    if told:
        st.html(f'<ul class="sentences">{items}{more}</ul>')


def _where(lines: pd.Series) -> str:
    """The first few lines, and how many more there are.

    >>> _where(pd.Series(range(2, 20, 2)))
    'lines 2, 4, 6, 8 and 10, and 4 more'
    """
    first = at_lines(lines.head(_LINES_TOLD))
    return first if len(lines) <= _LINES_TOLD else f"{first}, and {len(lines) - _LINES_TOLD:,} more"


def grouped(refused: pd.DataFrame) -> pd.DataFrame:
    """Refused values, each different one once, with how many rows hold it and where they are; the commonest first.

    >>> rows = pd.DataFrame({"line": [4, 2, 3], "column": "Q4", "reason": "new", "text": ["No", "Maybe", "Maybe"]})
    >>> grouped(rows).to_dict("split")["data"]
    [['Maybe', 'Q4', 'new', '2', 'lines 2 and 3'], ['No', 'Q4', 'new', '1', 'line 4']]
    """
    found = refused.groupby(["column", "reason", "text"], sort=False)["line"].agg([len, _where]).reset_index()
    found = found.sort_values("len", ascending=False, kind="stable")
    found["len"] = found["len"].map("{:,}".format)
    found = found.rename(columns={"len": "rows", "_where": "where"})
    return found[["text", "column", "reason", "rows", "where"]].reset_index(drop=True)


def show_merges(merges: Iterable[Merge]) -> None:
    """Every spelling that was made like another, folded away under how many there are."""
    rows = [
        {"row_label": merge.column, "Shown as": merge.shown,
         "Spellings in the file": "; ".join(f"“{text}” ({number:,})" for text, number in merge.variants.items())}
        for merge in merges
    ]  # fmt: skip
    if not rows:
        st.markdown("No spellings were merged.")
        return
    with st.expander(f"Spellings that were merged ({len(rows)})"):
        show_table(pd.DataFrame(rows), "Spellings that count as one", "Column")


def show_all_of(rows: pd.DataFrame, caption: str, name: str, key: str, told: pd.DataFrame | None = None) -> None:
    """The first rows of a table, or of ``told`` in its place; all of it to download. The first column heads its row."""
    told = rows if told is None else told
    words = f"{caption}, the first {FIRST} of {len(told):,}" if len(told) > FIRST else caption
    shown = told.head(FIRST).rename(columns=lambda column: str(column).capitalize())
    show_table(shown, words, str(shown.columns[0]))
    st.download_button(
        f"Download: {caption[0].lower()}{caption[1:]} (CSV)", data=lambda: csv_bytes(rows), file_name=name,
        mime="text/csv", on_click="ignore", key=key,
    )  # fmt: skip
