"""Step 3: what each column means, with a preview of the typed values and of every value that would be refused."""

from __future__ import annotations

import html
import math

import pandas as pd
import streamlit as st

from data.choices import IGNORE, Choices
from data.errors import DataError
from data.forms import DATE_ORDERS, DateForm, NumberForm
from data.prepare import Prepared
from data.profile import DATE_ROLES, KINDS, NUMBER_ROLES, Profile
from data.profile_file import from_toml
from data.profile_match import missing_columns, moved_questions
from data.role_words import KIND_WORDS, ROLE_WORDS
from data.store import Store
from data.wording import plain, tidy
from parts.blocks import say
from parts.kept import in_words
from parts.table import show_table
from parts.upload_counts import show_sum, what_to_mend
from parts.upload_draft import ANSWERS, Draft
from parts.upload_words import (
    FORMS,
    file_name,
    form_words,
    grouped,
    label_of,
    list_problems,
    list_sentences,
    show_all_of,
    show_merges,
)

__all__ = ["show_columns", "shown_cells"]

_COLUMNS_A_PAGE = 60
_AT_ONCE = 100_000  # rows that are typed again at every change without asking
_EXAMPLES, _LONGEST, _PREVIEW = 3, 60, 5


def show_columns(_: Store, draft: Draft) -> bool:
    """Ask for the kind, a role a column, and the forms of numbers and dates. Whether all of it can be used."""
    choices = draft.choices
    assert choices is not None and draft.reading is not None  # noqa: S101 - read before
    _say_profile(draft)
    kind = st.selectbox(
        "Kind of file", list(KINDS), index=list(KINDS).index(choices.kind), format_func=KIND_WORDS.get,
        key=f"up_kind_{draft.round}",
    )  # fmt: skip
    if kind != choices.kind:
        draft.set_kind(kind)
        st.rerun()
    if (notes := draft.notes()) and not draft.profile_name:
        with st.expander(f"What was assumed ({len(notes)})"):
            list_sentences(notes)
    st.subheader("A role for each column", anchor="roles")
    for column in _page_of(draft, choices.columns):
        _ask_role(draft, choices, column)
    _ask_forms(draft, choices)
    if problems := choices.problems(draft.name):
        list_problems(problems, "The roles cannot be used as they are.")
        return False
    return _show_typed(draft)


def _say_profile(draft: Draft) -> None:
    """What the file is read with, and another profile to read it with."""
    if draft.profile_name and not draft.changes:
        say(f"Read with the {in_words('saved ', '')}profile “{draft.profile_name}”: nothing to answer.")
    elif draft.profile_name:
        say(f"Read with the {in_words('saved ', '')}profile “{draft.profile_name}”. What differs from it:")
        list_sentences(draft.changes)
    else:
        say("Proposed from the names of the columns and from all their cells. Change what is wrong.")
    if draft.profile_name and st.button("Leave the profile aside and propose anew", key="upload_anew"):
        draft.read_anew()
        st.rerun()
    with st.expander("Read it with a profile of your own (TOML)"):
        given = st.file_uploader("A profile", type=["toml"], key=f"up_profile_{draft.round}", max_upload_size=1)
        if given is not None:
            try:
                profile = from_toml(given.getvalue().decode("utf-8-sig"), tidy(given.name))
                _check_shared(profile, draft)
            except UnicodeDecodeError:
                list_problems([f"{tidy(given.name)}: this is not UTF-8 text."], "The profile cannot be used.")
            except DataError as error:
                list_problems(error.problems, "The profile cannot be used.")
            else:
                draft.use(tidy(given.name), profile)
                st.rerun()


def _check_shared(profile: Profile, draft: Draft) -> None:
    """Refuse a profile that is for quite another file, for nothing of it would be used."""
    columns = draft.reading.columns
    told = missing_columns(profile, columns, draft.name, "")
    if len(told) == len(profile.used()) and not moved_questions(profile, columns):
        raise DataError(
            [*(each.strip() for each in told), "It is a profile of another file. Choose the one for this file."]
        )


def _page_of(draft: Draft, columns: list[str]) -> list[str]:
    """The columns on the chosen page; a wide file has several."""
    pages = math.ceil(len(columns) / _COLUMNS_A_PAGE)
    if pages < 2:
        return columns
    told = [
        f"{first + 1} to {min(first + _COLUMNS_A_PAGE, len(columns))}"
        for first in range(0, len(columns), _COLUMNS_A_PAGE)
    ]
    first = _COLUMNS_A_PAGE * told.index(st.selectbox("Columns shown", told, key=f"up_page_{draft.round}"))
    return columns[first : first + _COLUMNS_A_PAGE]


def _ask_role(draft: Draft, choices: Choices, column: str) -> None:
    """One column: its role, and values as examples unless they look personal."""
    key = f"{draft.round}_{choices.columns.index(column)}"
    asked, told = st.columns([2, 3], vertical_alignment="bottom")
    refused = draft.personal.get(column, "")
    if refused and column not in choices.not_personal:
        with told:
            st.html(
                f'<p class="examples">{html.escape(tidy(column))} looks like {html.escape(refused)}: ignored and not '
                "stored. Its values are not shown.</p>"
            )
        with asked:
            if st.checkbox(f"{label_of(column)} is not personal: let me use it", key=f"up_allow_{key}"):
                choices.not_personal.append(column)
                st.rerun()
        return
    options = choices.options()
    cells = draft.reading.rows[column]
    with asked:
        role = st.selectbox(
            label_of(column), options, index=options.index(choices.roles[column]), format_func=ROLE_WORDS.get,
            key=f"up_role_{key}",
        )  # fmt: skip
    if role != choices.roles[column]:
        choices.set_role(column, role, cells)
    with told:
        st.html(f'<p class="examples">{html.escape(_examples(cells))}</p>')
        if refused and st.button(f"{label_of(column)} is personal after all", key=f"up_refuse_{key}"):
            choices.not_personal.remove(column)
            choices.set_role(column, IGNORE, cells)
            draft.round += 1
            st.rerun()


def _examples(cells: pd.Series) -> str:
    different: dict[str, str] = {}
    for text in cells.head(1000).unique():
        if text.strip():
            different.setdefault(plain(text), text)
    found = list(different.values())[:_EXAMPLES]
    if not found:
        return "No values in the first rows."
    return "For example " + " · ".join(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in found)


def _ask_forms(draft: Draft, choices: Choices) -> None:
    """How numbers and dates are written, for the columns that have any."""
    typed = [column for column in choices.columns if choices.roles[column] in [*NUMBER_ROLES, *DATE_ROLES]]
    if not typed:
        return
    st.subheader("How numbers and dates are written", anchor="forms")
    for column in typed:
        role, form = choices.roles[column], choices.forms[column]
        known = [DateForm(order) for order in DATE_ORDERS] if role in DATE_ROLES else FORMS
        options = known if form in known else [form, *known]
        if isinstance(form, NumberForm) and role != "percent":
            options = [each for each in options if not (each.share or each.percent) or each == form]
        choices.forms[column] = st.selectbox(
            f"Form of {label_of(column)}", options, index=options.index(form), format_func=form_words,
            key=f"up_form_{draft.round}_{choices.columns.index(column)}_{role}",
        )  # fmt: skip


def _show_typed(draft: Draft) -> bool:
    """The first typed rows, the counts, and all that does not fit."""
    st.subheader("What this makes of the file", anchor="typed")
    if len(draft.reading.rows) > _AT_ONCE and not draft.is_prepared():
        later = in_words("it is saved", "it is used")
        st.markdown(f"This is a large file, so it is typed when you ask for it, and once more before {later}.")
        if not st.button("Show what would be refused", key="upload_type"):
            return True
    try:
        with st.spinner("Typing every value"):
            prepared = draft.prepared()
    except DataError as error:
        list_problems(error.problems, "The file cannot be used like this.")
        return False
    aside, refused = len(prepared.set_aside), len(prepared.refused)
    show_sum(draft.reading, prepared)
    if len(prepared.frame):
        rows = shown_cells(prepared, _PREVIEW)
        show_table(rows, f"The first {len(rows)} rows as they are stored", "Line")
    if ANSWERS not in draft.steps():  # where there is that step, it shows them beside the answers
        show_merges(prepared.merges)
    if refused:
        show_all_of(prepared.refused, "Values that are refused and count as missing",
                    file_name(f"{draft.name} refused values", "csv"), "up_refused",
                    grouped(prepared.refused))  # fmt: skip
    if aside:
        show_all_of(prepared.set_aside, "Rows that are set aside", file_name(f"{draft.name} set aside", "csv"),
                    "up_aside")  # fmt: skip
    if not len(prepared.frame):
        list_problems(what_to_mend(prepared.counts), "No row can be used like this, so there is nothing to go on with.")
    return bool(len(prepared.frame))


def shown_cells(prepared: Prepared, most: int) -> pd.DataFrame:
    """The first typed rows as a table shows them: a date as 2023-03-31, nothing for missing."""
    rows = prepared.frame.head(most)
    shown = pd.DataFrame({"row_label": prepared.lines.head(most).map("{:,}".format)})
    for name in rows.columns:
        cells = rows[name]
        if pd.api.types.is_datetime64_any_dtype(cells):
            timed = (cells.dt.normalize() != cells).any()
            written = cells.dt.strftime("%Y-%m-%d %H:%M" if timed else "%Y-%m-%d")
        elif pd.api.types.is_numeric_dtype(cells):
            written = cells.map("{:,.10g}".format)
        else:
            written = cells
        shown[str(name)] = written.where(cells.notna(), "").astype("str")
    return shown.rename(columns={"row_label": "Line"})
