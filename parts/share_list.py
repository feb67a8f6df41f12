"""The links that were made, for analysts: who shared what, who used it last, and the end of any of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.people import ANALYST, may
from data.share_rows import day_words
from data.shares import Share, revoke_share, shares
from parts.caller import caller
from parts.kept import is_public, store
from parts.table import show_table
from parts.upload_words import label_of, today

__all__ = ["show_shares"]

_SAID = "_share_said"


def show_shares() -> None:
    """The list, and one link to withdraw; nothing where nobody signs in or for who is no analyst."""
    person = caller()
    if not person.session or not may(person, ANALYST) or is_public():
        return
    st.header("Links that were shared", anchor="links")
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    made = shares(store(), person)
    if not made:
        st.info("No view was shared yet. “Share this view” at the top of a page makes a link.")
        return
    labels = {version.id: version.label for version in store().versions(withdrawn=True)}
    rows = [
        {
            "row_label": _view(share),
            "Made from": ", ".join([*(labels.get(each, "deleted") for each in share.versions), share.release]).strip(
                ", "
            ),
            "Shared by": f"{share.creator}, {day_words(share.created)}",
            "Note": share.note,
            "Opens": _state(share),
            "Last used": f"{share.last_used:%d/%m/%Y %H:%M} UTC" if share.last_used else "never",
            "Times": f"{share.uses:,}",
        }
        for share in made
    ]
    show_table(pd.DataFrame(rows), "Links, the newest first", "View")
    live = {share.id: share for share in made if not share.revoked and share.ends >= today()}
    if not live:
        return
    chosen = st.selectbox("Link to withdraw", list(live), format_func=lambda each: label_of(_named(live[each])),
                          key="share_chosen")  # fmt: skip
    if st.button("Withdraw the link", key="share_withdraw", help="For good, and at once."):
        revoke_share(store(), person, chosen)
        st.session_state[_SAID] = "The link is withdrawn. Whoever opens it is told so."
        st.rerun()


def _view(share: Share) -> str:
    return f"{share.page.replace('_', ' ').capitalize()} ({share.id[:6]})"


def _named(share: Share) -> str:
    return f"{_view(share)}, {share.creator}, {share.created:%d/%m/%Y %H:%M} UTC"


def _state(share: Share) -> str:
    if share.revoked:
        return f"withdrawn on {day_words(share.revoked)}"
    return f"ended on {day_words(share.ends)}" if share.ends < today() else f"until {day_words(share.ends)}"
