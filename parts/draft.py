"""Check my draft: a pasted paragraph or table, or a file, with every number told. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.audit.printed import read_printed
from analysis.draft import (
    CHECKED,
    NOT_A_FIGURE,
    NOT_CHECKABLE,
    ROLES,
    SHARE_OF_COLUMN,
    USED,
    WRONG,
    Pasted,
    Role,
    check_paragraph,
    check_table,
    pasted_table,
    propose_roles,
)
from analysis.numbers import half_up, places_printed, write_number
from data.errors import DataError
from data.people import ANALYST, may
from data.reading import read_upload, sheet_names
from data.releases import Release
from parts.blocks import say
from parts.cached import all_figures, load
from parts.caller import caller
from parts.findings import doubtful
from parts.now import made_once
from parts.table import Details, show_table

__all__ = ["show_draft"]

_LONGEST = 20_000  # letters of a pasted text: a long section of a report
_MARKS = {CHECKED: "✓", USED: "→", NOT_CHECKABLE: "–", WRONG: "✕", NOT_A_FIGURE: "·"}
_ROLES_A_LINE = 4
_PARAGRAPH, _TABLE = "a paragraph", "a table"
_EXAMPLE_TEXT = (
    "Lost dogs rose from 400 to 500, an increase of 20% (100). Of these, 125 (25%) were puppies. "
    "The share found within a day fell by 5%, from 65% to 60%."
)
_EXAMPLE_TABLE = (
    "Lost dogs\tPrevious 12 Months\tLast 12 Months\tDifference\t% Change\n"
    "Terriers\t400\t500\t100\t25.0%\nHounds\t250\t200\t-50\t-25.0%\nTotal\t650\t700\t50\t7.7%"
)


def show_draft(release: Release) -> None:
    """Paste or upload, and see each number checked, not checkable, or wrong and why."""
    st.markdown(
        "Paste a paragraph, or a table copied from Word or Excel, before it goes out. Each number is held against the "
        "others. **Nothing pasted is kept**: it is gone when you leave this page."
    )
    kind = st.radio("What do you want to check?", [_PARAGRAPH, _TABLE], horizontal=True, key="draft_kind")
    if kind == _PARAGRAPH:
        _show_paragraph(release)
    else:
        _show_table()


def _show_paragraph(release: Release) -> None:
    st.button("Try an invented paragraph", on_click=_fill, args=("draft_text", _EXAMPLE_TEXT))
    text = st.text_area("Your paragraph", key="draft_text", height=200, max_chars=_LONGEST)
    if not text.strip():
        st.info("Paste a paragraph above, then press Ctrl and Enter, or click elsewhere.")
        return
    rows = check_paragraph(text, _published(release.id))
    if rows.empty:
        st.info("No number was found in this text.")
        return
    say(_counted(rows["result"]))
    shown = pd.DataFrame(
        {
            "row_label": rows["text"],
            "Kind": rows["kind"],
            "Result": rows["result"].map(_mark),
            "Why": [_upper(row.why) for row in rows.itertuples()],
            "Worked out": [_recomputed(row.recomputed, row.text) for row in rows.itertuples()],
            "Evidence": [Details("Evidence", _evidence(row)) for row in rows.itertuples()],
        }
    )
    show_table(shown, "Every number of your paragraph", "Number")


def _show_table() -> None:
    st.button("Try an invented table", on_click=_fill, args=("draft_table", _EXAMPLE_TABLE))
    text = st.text_area("Your table, copied from Word or Excel", key="draft_table", height=200, max_chars=_LONGEST)
    file = None
    if may(caller(), ANALYST):  # the door takes a file from nobody else
        file = st.file_uploader("Or a table as a file", type=["csv", "tsv", "txt", "xlsx"], key="draft_file")
    try:
        pasted = _from_file(file) if file is not None else pasted_table(text) if text.strip() else None
    except DataError as error:
        _problems(error.problems)
        return
    except ValueError as error:
        _problems([str(error)])
        return
    if pasted is None:
        st.info("Paste a table above, then press Ctrl and Enter, or choose a file.")
        return
    roles = _asked_roles(pasted)
    rows = check_table(pasted, roles)
    if rows.empty:
        st.info("No column here rests on others. Say above which are differences, per cents, shares or totals.")
        return
    say(_counted(rows["result"]))
    shown = pd.DataFrame(
        {
            "row_label": [f"{row.label}, {row.heading}" for row in rows.itertuples()],
            "As written": rows["printed"],
            "Recomputed": [_recomputed(row.recomputed, row.printed) for row in rows.itertuples()],
            "Result": rows["result"].map(_mark),
            "Grade and likely cause": [": ".join(filter(None, [row.grade, row.cause])) for row in rows.itertuples()],
            "Evidence": [Details("Evidence", _evidence(row)) for row in rows.itertuples()],
        }
    )
    wrong = rows["result"] == WRONG
    show_table(pd.concat([shown[wrong], shown[~wrong]]), "Every derived number of your table", "Where")


def _from_file(file) -> Pasted | None:
    content = file.getvalue()
    sheets = sheet_names(content)
    sheet = st.selectbox("Sheet", sheets, key="draft_sheet") if len(sheets) > 1 else None
    reading = read_upload(content, file.name, sheet)
    for note in reading.notes:
        st.text(note)
    if len(reading.rejected):
        st.warning("Some rows could not be read and are left out of the check.")
        rejected = reading.rejected.rename(columns={"line": "row_label", "reason": "Reason", "text": "Text"})
        show_table(rejected, "Rows that could not be read", "Line")
    return Pasted(tuple(reading.columns), tuple(reading.rows.itertuples(index=False, name=None)))


def _asked_roles(pasted: Pasted) -> list[Role]:
    """What each column is: proposed, and mended by the reader."""
    proposed = propose_roles(pasted)
    st.markdown("**What the columns are.** Change what was not understood.")
    chosen = []
    for role in proposed:
        if role.column % _ROLES_A_LINE == 0:
            places = st.columns(_ROLES_A_LINE)
        with places[role.column % _ROLES_A_LINE]:
            name = role.heading or f"column {role.column + 1}"
            asked = st.selectbox(
                name, ROLES, index=ROLES.index(role.role), key=f"draft_role_{role.column}_{role.heading}",
                help=role.why or None,
            )  # fmt: skip
        chosen.append(role if asked == role.role else Role(role.column, role.heading, asked))
    return [_with_inputs(role, pasted) if role.role == SHARE_OF_COLUMN else role for role in chosen]


def _with_inputs(role: Role, pasted: Pasted) -> Role:
    """A share of one column in another: which two, for nothing in the table says it."""
    names = {f"{name or 'column'} ({place + 1})": place for place, name in enumerate(pasted.headings)}
    given = role.inputs or (0, 0)
    left, right = st.columns(2)
    with left:
        part = st.selectbox(f"{role.heading}: the part", names, index=given[0], key=f"draft_part_{role.column}")
    with right:
        whole = st.selectbox(f"{role.heading}: the whole", names, index=given[-1], key=f"draft_whole_{role.column}")
    return replace(role, inputs=(names[part], names[whole]))


def _fill(key: str, text: str) -> None:
    st.session_state[key] = text


@made_once(max_entries=8)
def _published(release_id: str) -> pd.DataFrame:
    """Everything the report prints, its own arithmetic too, and whether the report check doubts it. Nothing pasted."""
    release = load(release_id)
    titles = release.measures.set_index("id")["title"]
    rows = all_figures(release.id)
    where = rows["source"].str.split(", ").str[3:].str.join(", ")
    rows = rows.assign(title=rows["measure"].map(titles).fillna(""), where=where)
    derived = release.as_published[release.as_published["figure_id"] == ""].drop(columns="figure_id")
    first = derived["inputs"].str.split().str[0].map(release.figures.set_index("figure_id")["measure"])
    numbers = derived["printed"].map(read_printed)
    periods = {name: pd.Timestamp(release.info.data_to) for name in ("period_start", "period_end")}
    derived = derived.assign(
        measure=first, title=first.map(titles), role=derived["kind"], area=_force(release), breakdown="",
        value=[float(number.value) if number else None for number in numbers],
        unit=["percent" if number and number.per_cent else "count" for number in numbers],
        where=derived["table"].map(release.tables.set_index("id")["where"]), **periods,
    )[first.notna()].rename(columns={"id": "figure_id"})  # fmt: skip
    both = pd.concat([rows, derived], ignore_index=True)
    return both.assign(doubtful=both["figure_id"].isin(doubtful(release.id)))


def _force(release: Release) -> str:
    return str(release.areas.loc[release.areas["kind"] == "force", "id"].iloc[0])


def _counted(results: pd.Series) -> str:
    """How many of each, in a sentence."""
    figures = results[results != NOT_A_FIGURE]
    told = (CHECKED, USED, NOT_CHECKABLE, WRONG)
    counts = [f"{(figures == result).sum():,} {result}" for result in told if (figures == result).any()]
    numbers = "One number" if len(figures) == 1 else f"{len(figures):,} numbers"
    return f"{numbers}: {', '.join(counts)}." if counts else "There is no figure in it that could be checked."


def _mark(result: str) -> str:
    return f"{_MARKS[result]} {result}"


def _recomputed(value: float, printed: str) -> str:
    return "" if pd.isna(value) else write_number(value, "count", max(places_printed(printed), 0))


def _evidence(row) -> list[str]:
    told = [f"Worked out as {row.formula}"] if row.formula else []
    told += [row.inputs] if row.inputs else []
    if not pd.isna(row.recomputed_in_full):
        told.append(f"In full: {half_up(row.recomputed_in_full, 6):,.6f}".rstrip("0").rstrip("."))
    return told or ["Nothing more was found."]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _problems(sentences: list[str]) -> None:
    st.error("This could not be read as a table.")
    for sentence in sentences:
        st.text(sentence)
