"""Step 2 of the next report: what was read of the workbook, and what must be mended in it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.next_report import Problem
from analysis.periods import name_day
from parts.blocks import say
from parts.next_draft import NextDraft
from parts.next_start import ask_workbook
from parts.table import show_table
from parts.upload_words import FIRST, counted, list_sentences

__all__ = ["facts", "show_read"]


def show_read(draft: NextDraft) -> bool:
    """How much was read; problems with sheet and cell; what was done without asking. Whether nothing must be mended."""
    number = len(draft.problems) + len(draft.broken)
    if number:
        st.error(f"{counted(number, 'thing', 'things')} must be mended in the workbook before it can be saved.")
        if draft.problems:
            _show_problems(draft.problems)
        list_sentences(draft.broken)
        st.markdown("Mend them in the workbook, save it, and drop it again:")
        ask_workbook(draft)
    else:
        say(f"The report {draft.release_id} is whole: nothing must be mended before it can be saved.")
    facts(draft)
    if draft.notes:
        st.subheader("Worth knowing", anchor="notes")
        list_sentences(draft.notes)
    return draft.ready


def facts(draft: NextDraft) -> None:
    """What the report says of itself, and how much it holds."""
    told = {
        "Title": draft.info.get("title"),
        "Published": draft.info.get("published"),
        "Data to": draft.info.get("data_to"),
        "Next release": draft.info.get("next_release"),
        "Tables": len(draft.frames["figures"]["table"].unique()) if "figures" in draft.frames else 0,
        "Figures": len(draft.frames.get("figures", ())),
        "Derived numbers": len(draft.frames.get("as_published", ())),
        "Numbers in text": len(draft.frames.get("statements", ())),
        "Explanations": len(draft.frames.get("explanations", ())),
        "Promises": len(draft.frames.get("commitments", ())),
    }
    rows = [{"row_label": name, "What": _told(value)} for name, value in told.items()]
    show_table(pd.DataFrame(rows), "What the report says of itself, and how much it holds", "Part")


def _told(value: object) -> str:
    if value is None or value == "":
        return "not said"
    if isinstance(value, int):
        return f"{value:,}"
    return value if isinstance(value, str) else name_day(pd.Timestamp(str(value)))


def _show_problems(problems: tuple[Problem, ...]) -> None:
    """The first of them as a table, in the order of the sheets."""
    rows = [
        {"row_label": f"{each.sheet}, {each.cell}", "Found": each.found or "nothing", "Expected": each.expected,
         "How to mend it": each.mend}
        for each in problems[:FIRST]
    ]  # fmt: skip
    more = f", the first {FIRST} of {len(problems):,}" if len(problems) > FIRST else ""
    show_table(pd.DataFrame(rows), f"What must be mended{more}", "Sheet and cell")
