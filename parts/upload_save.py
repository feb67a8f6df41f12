"""Step 5: a label, a last day, the counts once more, and saving as a version; in public, using it in the session."""

from __future__ import annotations

import streamlit as st

from data.profile_file import to_toml
from data.store import Store, Version
from parts import kept, upload_draft
from parts.upload_counts import show_sum, what_to_mend
from parts.upload_draft import Draft
from parts.upload_versions import SURVEYS
from parts.upload_words import counted, file_name, label_of, list_problems, not_past, show_all_of, today

__all__ = ["show_save"]


def show_save(store: Store, draft: Draft) -> bool:
    """Ask for the last words and save. Once it is saved the draft is gone and the list of versions shows it."""
    reading = draft.reading
    assert reading is not None  # noqa: S101 - read before
    with st.spinner("Typing every value"):
        prepared = draft.prepared()
    show_sum(reading, prepared)
    aside = len(prepared.set_aside)
    if aside:
        with st.expander(f"Rows that are set aside ({aside:,}), with the reason for each"):
            show_all_of(prepared.set_aside, "Rows that are set aside", file_name(f"{draft.name} set aside", "csv"),
                        "up_aside")  # fmt: skip
    draft.label = st.text_input(kept.in_words("Label of the version", "Label"), draft.label,
                                key=f"up_label_{draft.round}", max_chars=120)  # fmt: skip
    if not kept.is_public():
        draft.keep_until = st.date_input(
            "Keep until, the last day (leave empty for no such day)", not_past(draft.keep_until),
            key=f"up_keep_{draft.round}", format="DD/MM/YYYY", min_value=today(),
        )  # fmt: skip
    text = to_toml(draft.profile())
    st.download_button(
        "Download this profile (TOML)", text, file_name=file_name(draft.label, "toml"), mime="application/toml",
        on_click="ignore", key="up_profile_out",
    )  # fmt: skip
    if kept.is_public():
        st.markdown("It is used only in this browser session, and is gone with it.")
    if not len(prepared.frame):
        nothing = kept.in_words("nothing to save", "nothing to use")
        told = f"No row can be used, so there is {nothing}. Go back to what the columns mean."
        list_problems(what_to_mend(prepared.counts), told)
        return False
    if st.button(kept.in_words("Save as a version", "Use it in this session"), key="upload_save", type="primary"):
        _save(store, draft, text)
    if draft.found[1] == text:
        _say_found(store, draft.found[0])
    return True


def _save(store: Store, draft: Draft, profile: str) -> None:
    """Save the rows and, for the next wave, the profile."""
    reading, prepared = draft.reading, draft.prepared()
    with st.spinner(kept.in_words("Saving", "Taking it in")):
        version, made = store.save(
            prepared.frame,
            kind=draft.profile().kind,
            label=draft.label,
            source_name=draft.name,
            content=draft.content + draft.sheet.encode(),
            profile=profile,
            rows_in=reading.rows_in,
            rows_rejected=len(reading.rejected) + len(prepared.set_aside),
            retain_until=draft.keep_until,
        )
        if made:
            store.save_profile(version.label, reading.columns, profile)
    if made:
        st.session_state["_upload_survey"] = version.kind in SURVEYS
        done = kept.in_words("Saved as", "In use as")
        _done(f"{done} {version.label}: {counted(version.rows_accepted, 'row', 'rows')}.")
    draft.found = version.id, profile


def _say_found(store: Store, version_id: str) -> None:
    """The same file with the same profile is one version: say which, and offer to restore it when withdrawn."""
    known = {version.id: version for version in store.versions(withdrawn=True)}
    version: Version | None = known.get(version_id)
    if version is None:
        return
    there = kept.in_words("is already saved, as", "is already here, as")
    again = kept.in_words("Nothing was saved again", "Nothing was added")
    st.info(label_of(f"This file with this profile {there} {version.label}. {again}."))
    restore = kept.in_words("Restore the saved version", "Bring it back into use")
    if version.withdrawn and st.button(restore, key="upload_restore_found"):
        store.restore(version.id)
        _done(f"{version.label} is restored.")
    if not version.withdrawn and st.button(
        kept.in_words("Go to the saved versions", "Go to it"), key="upload_to_versions"
    ):
        _done("")


def _done(said: str) -> None:
    st.session_state["_upload_said"] = said
    upload_draft.saved()
    st.rerun()
