"""What items are made from, laid ready once: a measure's rows are then found without a search through whole frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.audit import open_findings
from analysis.briefing.about import About
from analysis.corrections import standing, told_corrections

__all__ = ["Frames", "Sources", "about_report", "sources_of"]


class Frames(dict[str, pd.DataFrame]):
    """A release's frames by the name of their file, with what is looked up in them again and again.

    Texts are held as plain objects: rows are picked hundreds of times, and each pick of other columns of text is slow.
    """

    @cached_property
    def force(self) -> str:
        """The id of the area that is the whole force."""
        areas = self["areas"]
        return str(areas.loc[areas["kind"] == "force", "id"].iloc[0])

    @cached_property
    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of priorities, sections and tables, by id."""
        return {name: dict(zip(self[name]["id"], self[name]["title"], strict=True))
                for name in ("priorities", "sections", "tables")}  # fmt: skip

    @cached_property
    def priority(self) -> dict[str, str]:
        """The priority of each section."""
        return dict(zip(self["sections"]["id"], self["sections"]["priority"], strict=True))

    @cached_property
    def measure(self) -> dict[str, pd.Series]:
        """The row of each measure, named by its id."""
        return {str(name): row for name, row in self["measures"].set_index("id", drop=False).iterrows()}

    @cached_property
    def corrected(self) -> pd.DataFrame:
        """Every correction with what it is of, as ``analysis.corrections.told_corrections`` gives it."""
        return told_corrections(self)

    @cached_property
    def correction_of(self) -> dict[str, tuple[str, str]]:
        """What each corrected number was corrected to, and its note; the latest holds."""
        return {row.id: (row.corrected, row.note) for row in standing(self.corrected).itertuples()}

    @cached_property
    def figures_of(self) -> dict[str, pd.DataFrame]:
        """The figures of each measure that has any."""
        return {str(name): rows for name, rows in self["figures"].groupby("measure", sort=False)}


@dataclass(frozen=True)
class Sources:
    """What items are made from.

    Attributes
    ----------
    frames
        The release's own.
    changes
        Rows of ``analysis.changes.changes`` by measure.
    wrong
        What the check holds against the report, as ``analysis.audit.open_findings`` gives it.
    """

    frames: Frames
    changes: Mapping[str, list[Any]]
    wrong: pd.DataFrame


def sources_of(frames: Mapping[str, pd.DataFrame], changes: pd.DataFrame, findings: pd.DataFrame) -> Sources:
    """Lay ready what items are made from.

    Parameters
    ----------
    frames
        The release's frames by the name of their file.
    changes
        As ``analysis.changes.changes`` gives them.
    findings
        As ``analysis.audit.audit`` gives them.
    """
    by_measure: dict[str, list[Any]] = {}
    for row in changes.itertuples():
        by_measure.setdefault(str(row.measure), []).append(row)
    plain = Frames({name: _plain(frame) for name, frame in frames.items()})
    return Sources(plain, by_measure, _plain(open_findings(findings)))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with texts as plain objects."""
    texts = [name for name in frame if isinstance(frame[name].dtype, pd.StringDtype)]
    return frame.astype(dict.fromkeys(texts, object))


def about_report(release: str, info: Any, stamp: str, address: str, latest: bool) -> About:
    """Which report a briefing or a report's document is made from.

    Parameters
    ----------
    release, stamp, address, latest
        As ``About`` has them.
    info
        What ``release.toml`` says, as ``data.release_info.ReleaseInfo`` holds it.
    """
    facts = ("title", "force", "published", "data_to", "heading", "marking", "transparency")
    told = {name: getattr(info, name) for name in facts}
    return About(release=release, stamp=stamp, address=address, latest=latest, **told)
