"""What is saved: a table of versions, and everything one can do to one of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from analysis.versions import compare_versions
from data.errors import DataError
from data.export import csv_bytes
from data.profile import Profile
from data.profile_file import from_toml
from data.question_match import reworded, same_questions
from data.role_words import ROLE_WORDS, kind_words
from data.store import Receipt, Store, Version
from data.uploaded import place_months
from data.wording import tidy
from parts.cached import examples, known_releases, load
from parts.kept import in_words, is_public
from parts.remembered import forget
from parts.table import show_table
from parts.upload_words import counted, file_name, label_of, list_problems, not_past, today
from parts.version_state import ask_state, version_state

__all__ = ["SURVEYS", "link_to_surveys", "show_versions"]

SURVEYS = ("survey", "aggregated")  # kinds whose shares stand on the Surveys page

_CHOSEN, _RECEIPTS, _SAID, _ROUND = "upload_version", "_upload_receipts", "_version_said", "_version_round"
_NONE = "no other version"


def show_versions(store: Store) -> None:
    """The list, one version to act on, the receipt of what was deleted, and a check of the files."""
    st.header(in_words("Saved versions", "Your uploads"), anchor="versions")
    with st.container():  # always there: what comes and goes inside it folds nothing below
        if said := st.session_state.pop(_SAID, ""):
            st.success(label_of(said))
        for receipt in store.expire(today()):
            st.session_state.setdefault(_RECEIPTS, []).append(receipt)
            st.info(
                label_of(f"{receipt.label} was kept until its last day, which is over; it is now deleted for good.")
            )
        _show_receipts()
    versions = store.versions(withdrawn=True)
    if not versions:
        none = in_words("Nothing is saved yet", "Nothing is uploaded yet")
        st.info(f"{none}. Drop a file above, or try the invented sample.")
        return
    rows = [
        {
            "row_label": version.label,
            "Kind": kind_words(version.kind),
            in_words("Saved", "Uploaded"): name_day(pd.Timestamp(version.created)),
            "Rows": f"{version.rows_in:,}",
            "Used": f"{version.rows_accepted:,}",
            "Not used": f"{version.rows_rejected:,}",
        }
        | ({} if is_public() else {"Kept until": _last_day(version)})
        | {"State": version_state(version)}
        for version in versions
    ]
    show_table(pd.DataFrame(rows), f"{in_words('Saved versions', 'Your uploads')}, the newest first", "Label")
    by_id = {version.id: version for version in versions}
    chosen = st.selectbox(
        in_words("Version to act on", "Upload to act on"), list(by_id), key=_CHOSEN,
        format_func=lambda each: _named(by_id[each]),
    )  # fmt: skip
    try:
        _show_actions(store, by_id[chosen], versions)
    except DataError as error:
        list_problems(error.problems, "That could not be done.")
    if not is_public():
        _check(store)


def link_to_surveys() -> None:
    """From a saved survey to what may be said of it, within the visitor's session."""
    st.page_link("pages/surveys.py", label="See its answers with their intervals on the Surveys page")


def _show_places(store: Store, version: Version) -> None:
    """Where a survey is shown, where the values of monthly figures are, and which have a name that no page knows."""
    if version.kind in SURVEYS and not version.withdrawn:
        link_to_surveys()
    if version.kind in ("monthly", "events") and not version.withdrawn:
        st.page_link("pages/demand_and_season.py", label="See them on Demand and season")
    shown = load(known_releases()[-1])
    measures = examples().measures
    if version.kind != "monthly" or measures.empty:
        return
    placed = place_months(store.read(version.id), measures, shown.areas, version.label)
    force = placed.rows[placed.rows["area_kind"] == "force"]
    told = f"{len(force):,} of {version.rows_accepted:,} values are shown on pages"
    told += f", as {', '.join(force['title'].drop_duplicates())}." if len(force) else "."
    unknown = [*placed.unknown_measures, *placed.unknown_areas]
    if unknown:
        told += (
            f" No page of the report has these names: {', '.join(unknown[:10])}. Demand and season shows them under "
            "their own."
        )
    elsewhere = len(placed.rows) - len(force)
    told += f" {elsewhere:,} values are of areas within the force; pages show the whole force." if elsewhere else ""
    st.text(told)


def _named(version: Version) -> str:
    state = ", withdrawn" if version.withdrawn else ""
    return f"{version.label} ({version.created:%d/%m/%Y %H:%M} UTC{state})"


def _show_actions(store: Store, version: Version, versions: list[Version]) -> None:
    _show_places(store, version)
    key = f"{version.id}_{st.session_state.setdefault(_ROUND, 0)}"
    left, right = st.columns(2)
    with left, st.form(f"rename_{key}"):
        label = st.text_input("Label", version.label, max_chars=120, key=f"label_{key}")
        if st.form_submit_button("Rename"):
            renamed = store.rename(version.id, label)
            _done(f"It is now called {renamed.label}.")
    if not is_public():
        with right, st.form(f"retain_{key}"):
            _ask_last_day(store, version, key)
    first, second = st.columns(2)
    with first:
        if version.withdrawn:
            if st.button("Restore", key=f"restore_{key}"):
                store.restore(version.id)
                _done(f"{version.label} is in use again.")
        elif st.button("Withdraw", key=f"withdraw_{key}", help="Takes it out of use. It can be restored."):
            store.withdraw(version.id)
            _done(f"{version.label} is withdrawn. It can be restored.")
    with second:
        st.download_button(
            "Download its profile (TOML)", version.profile, file_name=file_name(version.label, "toml", version.id[:8]),
            mime="application/toml", on_click="ignore", key=f"profile_{key}",
        )  # fmt: skip
    ask_state(store, version, key, _done)
    _compare(store, version, versions, key)
    with st.expander("Delete for good"):
        place = in_words("this store", "this session")
        st.markdown(f"Its rows are removed from {place} and cannot be brought back. You get a receipt.")
        sure = st.checkbox(f"Yes, delete this {in_words('version', 'upload')} for good", key=f"sure_{key}")
        if st.button("Delete for good", key=f"delete_{key}", disabled=not sure):
            st.session_state.setdefault(_RECEIPTS, []).append(store.delete(version.id))
            forget()
            _done(f"{version.label} is deleted for good.")


def _ask_last_day(store: Store, version: Version, key: str) -> None:
    until = st.date_input(
        "Kept until, the last day", not_past(version.retain_until), format="DD/MM/YYYY", key=f"until_{key}",
        min_value=today(),
    )  # fmt: skip
    if st.form_submit_button("Keep until then"):
        store.retain(version.id, until)
        _done(f"{version.label} is kept until {name_day(pd.Timestamp(until)) if until else 'it is deleted'}.")


def _last_day(version: Version) -> str:
    return name_day(pd.Timestamp(version.retain_until)) if version.retain_until else "no last day"


def _compare(store: Store, version: Version, versions: list[Version], key: str) -> None:
    """What differs from another version of the same kind, older first."""
    others = {each.id: each for each in versions if each.kind == version.kind and each.id != version.id}
    if not others:
        return
    other = st.selectbox(
        "Compare with", [_NONE, *others], key=f"compare_{key}",
        format_func=lambda each: in_words(_NONE, "no other upload") if each == _NONE else _named(others[each]),
    )  # fmt: skip
    if other == _NONE:
        return
    older, newer = sorted([version, others[other]], key=lambda each: each.created)
    with st.spinner("Comparing"):
        found = _compared(store, older, newer)
    told = pd.DataFrame({"row_label": found["what"].str.capitalize(), "What": found["sentence"]})
    show_table(told, f"{newer.label} compared with {older.label}", "About")
    st.download_button(
        "Download the comparison (CSV)", data=lambda: csv_bytes(found), mime="text/csv", on_click="ignore",
        file_name=file_name(f"{newer.label} against {older.label}", "csv", f"{newer.id[:8]}_{older.id[:8]}"),
        key=f"compared_{key}",
    )  # fmt: skip


def _compared(store: Store, older: Version, newer: Version) -> pd.DataFrame:
    """What differs, with questions known by their words though they may be called otherwise now."""
    try:
        was, now = (from_toml(version.profile, version.label) for version in (older, newer))
    except DataError:  # a profile written by another version of the explorer: columns are known by their names alone
        was = now = Profile()
    words = {role: ROLE_WORDS[role] for role in now.columns} | {tidy(group): "group" for group in now.groups}
    found = compare_versions(store.read(older.id), store.read(newer.id), renamed=same_questions(was, now), words=words)
    rows = [
        {"what": "question reworded", "column": name, "answer": "", "sentence": told}
        for name, told in reworded(was, now)
    ]
    return pd.concat([found, pd.DataFrame(rows)], ignore_index=True) if rows else found


def _show_receipts() -> None:
    """The receipt of every version that was deleted in this session, each under a name of its own."""
    receipts: list[Receipt] = st.session_state.get(_RECEIPTS, [])
    for receipt in receipts:
        of = (
            f" of {label_of(receipt.label)}, deleted {receipt.removed:%H:%M:%S} UTC, {receipt.version[:6]}"
            if len(receipts) > 1
            else ""
        )
        own = f"{receipt.removed:%Y%m%d_%H%M%S}_{receipt.version[:8]}"
        st.download_button(
            f"Download the receipt{of} (CSV)", data=lambda receipt=receipt: _receipt_csv(receipt), mime="text/csv",
            file_name=file_name(f"receipt {receipt.label}", "csv", own),
            on_click="ignore", key=f"upload_receipt_{receipt.version}",
        )  # fmt: skip


def _receipt_csv(receipt: Receipt) -> bytes:
    """A receipt as a table of two columns. It tells what was deleted and holds no cell of it."""
    rows = {
        in_words("Version", "Upload"): receipt.version,
        "Label": receipt.label,
        "Kind": receipt.kind,
        "Rows": f"{receipt.rows}",
        "SHA-256 of its file": receipt.sha256,
        in_words("Saved (UTC)", "Uploaded (UTC)"): f"{receipt.created:%Y-%m-%d %H:%M:%S}",
        "Deleted for good (UTC)": f"{receipt.removed:%Y-%m-%d %H:%M:%S}",
        "Its file was there": "yes" if receipt.had_file else "no",
        "Leftovers removed too": f"{len(receipt.swept)}",
    }
    return csv_bytes(pd.DataFrame(rows.items(), columns=["what", "value"]))


def _check(store: Store) -> None:
    if st.button("Check the store", key="upload_check", help="Reads every saved file and compares it with its hash."):
        with st.spinner("Reading every saved file"):
            broken = store.check()
        if broken:
            list_problems(broken, "Some saved files are not as they were.")
        else:
            number = len(store.versions(withdrawn=True))
            st.success(f"{counted(number, 'saved file', 'saved files')} read: all whole.")


def _done(said: str) -> None:
    st.session_state[_SAID] = said
    st.session_state[_ROUND] += 1
    st.rerun()
