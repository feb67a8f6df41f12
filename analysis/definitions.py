"""What numbers are read by: what a measure counts, what touched it, how it was tested, what words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.numbers import UNIT_WORDS

__all__ = ["definitions_of", "methods_of", "touching", "words_used"]

_DIRECTIONS = {
    "up_is_better": "More is better.",
    "up_is_worse": "More is worse.",
    "neither": "More is neither better nor worse.",
}


def touching(events: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Events that touch any of the measures, by id, by section or by basis."""
    tokens = set(measures["id"]) | {f"section:{each}" for each in measures["section"]}
    tokens |= {f"basis:{each}" for each in measures["basis"]}
    hit = [bool(tokens & set(named.split())) for named in events["measures"]]
    return events[pd.Series(hit, index=events.index, dtype=bool)]


def definitions_of(measures: pd.DataFrame, events: pd.DataFrame) -> list[tuple[str, str]]:
    """A name and what is to be known of it: of each measure, then of each event that touches one.

    Parameters
    ----------
    measures
        The release's rows of those that are told.
    events
        The release's own.
    """
    told = [
        (
            measure.title,
            f" ({UNIT_WORDS[measure.unit]}{_basis(measure.basis)}). {measure.definition}"
            f"{f' {measure.notes}' if measure.notes else ''} "
            f"{_DIRECTIONS[measure.direction]} {measure.direction_reason}".rstrip(),
        )
        for measure in measures.itertuples()
    ]
    own = touching(events, measures).sort_values("from")
    return told + [(f"Event: {event.title}.", f" {event.note}") for event in own.itertuples()]


def methods_of(changes: pd.DataFrame) -> list[tuple[str, str]]:
    """How the verdicts of a table were reached, once for each way; nothing where none was tested.

    Parameters
    ----------
    changes
        Rows of ``analysis.changes.changes``.
    """
    tested = changes[changes["p"].notna()]
    if tested.empty:
        return []
    ways = "; ".join(tested["method"].drop_duplicates())
    family = int(tested["family"].iloc[0])
    told = (
        f" The interval asks whether an unchanged rate could give the change. {ways[0].upper() + ways[1:]}. "
        f"Corrected for {family} comparisons by Holm's method."
    )
    return [("Method.", told)]


def words_used(frames: Mapping[str, pd.DataFrame], section: str, quoted: Iterable[str]) -> pd.DataFrame:
    """The glossary's terms that a section's own words use.

    Parameters
    ----------
    frames
        The release's own.
    section
        Its id.
    quoted
        What the section says in running text, as claims.

    Returns
    -------
    DataFrame
        ``row_label, What it means, Where``.
    """
    measures = frames["measures"][frames["measures"]["section"] == section]
    texts = [frames["sections"].set_index("id").loc[section, "title"], *measures["title"], *measures["definition"]]
    texts += [*quoted]
    texts += [*frames["explanations"].loc[frames["explanations"]["section"] == section, "text"]]
    text = " ".join(texts)
    glossary = frames["glossary"]
    used = [bool(re.search(rf"\b{re.escape(term)}s?\b", text, _any_case(term))) for term in glossary["term"]]
    words = glossary[pd.Series(used, index=glossary.index, dtype=bool)]
    return words.rename(columns={"term": "row_label", "meaning": "What it means", "where": "Where"})


def _any_case(term: str) -> int:
    """Abbreviations are found in capitals only, words in any case."""
    return 0 if term.isupper() else re.IGNORECASE


def _basis(basis: str) -> str:
    return "" if basis == "other" else f", {basis} crime"
