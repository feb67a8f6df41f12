"""The report check for every page: run once for each release, and the mark on printed numbers that do not follow."""

from __future__ import annotations

import html
from collections.abc import Collection
from urllib.parse import quote

import pandas as pd

from analysis.audit import audit, doubtful_numbers
from analysis.section_told import CHECK_MARK
from data.releases import Release
from parts.cached import load
from parts.now import made_once
from parts.table import address_of

__all__ = ["CHECK_MARK", "check_address", "check_note", "doubtful", "findings_of"]


@made_once(show_spinner="Working the report's numbers out again", max_entries=8)
def findings_of(release_id: str) -> pd.DataFrame:
    """Every finding on a release: the check runs once for all visitors."""
    return audit(load(release_id).frames())


@made_once(max_entries=8)
def doubtful(release_id: str) -> frozenset[str]:
    """Ids of the printed numbers that disagree with what they rest on, or with another place that prints them."""
    return doubtful_numbers(findings_of(release_id))


def check_address(release: Release, section: str) -> str:
    """The link to what disagrees in one section."""
    title = release.sections.set_index("id").loc[section, "title"]
    address = address_of(release.id, "check_the_figures", "findings")
    page, _, anchor = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}section={quote(title)}#{anchor}"


def check_note(release: Release, ids: Collection[str], section: str) -> str:
    """The line under a table whose printed numbers carry the mark, as HTML; "" when none does."""
    count = len(doubtful(release.id) & set(ids))
    if not count:
        return ""
    numbers = "One printed number here is" if count == 1 else f"{count} printed numbers here are"
    address = html.escape(check_address(release, section))
    return f'<p class="checks">{CHECK_MARK} {numbers} in doubt: <a href="{address}">see the check</a>.</p>'
