"""Step 2: what was read of a file, and every row that was not."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.reading import Reading
from data.store import Store
from data.wording import tidy
from parts.blocks import say
from parts.table import show_table
from parts.upload_draft import Draft
from parts.upload_words import counted, file_name, list_sentences, show_all_of

__all__ = ["show_reading"]

_PREVIEW = 5
_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical line", "": "the workbook itself"}


def show_reading(_: Store, draft: Draft) -> bool:
    """Counts, how the file is written, notes, rejected rows, and the first rows as they stand."""
    reading = draft.reading
    assert reading is not None  # noqa: S101 - a draft comes to this step once it is read
    accepted, rejected = len(reading.rows), len(reading.rejected)
    rows_in = counted(reading.rows_in, "row", "rows")
    say(f"{rows_in} in the file = {accepted:,} accepted + {rejected:,} rejected as unreadable.")
    facts = {
        "File": tidy(reading.name),
        "Written in": reading.encoding,
        "Cells parted by": _NAMES.get(reading.delimiter, f"the letter “{reading.delimiter}”"),
        "Header": f"row {reading.header_line:,}" if reading.sheet else f"line {reading.header_line:,}",
        "Columns": f"{len(reading.columns):,}",
    } | ({"Sheet": tidy(reading.sheet)} if reading.sheet else {})
    show_table(pd.DataFrame(facts.items(), columns=["row_label", "Found"]), "How the file is written", "What")
    if reading.notes:
        st.subheader("Worth knowing", anchor="notes")
        list_sentences(reading.notes)
    if rejected:
        st.subheader("Rejected rows", anchor="rejected")
        st.markdown("They are not used. Mend them in the file and drop it again, or go on without them.")
        show_all_of(reading.rejected, "Rejected rows", file_name(f"{reading.name} rejected rows", "csv"), "up_rejected")
    st.subheader("First rows", anchor="preview")
    _preview(reading, draft.personal)
    return True


def _preview(reading: Reading, personal: dict[str, str]) -> None:
    """The first rows as text. A column that looks personal is named and its cells are not shown."""
    rows = reading.rows.head(_PREVIEW)
    shown = pd.DataFrame({"Line": reading.lines.head(_PREVIEW).map("{:,}".format)})
    for column in reading.columns:
        shown[tidy(column)] = "not shown" if column in personal else rows[column]
    show_table(shown, f"The first {len(rows)} accepted rows, as they stand in the file", "Line")
