"""Gather a briefing: chosen measures in the order of the report, each with all that is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from analysis.audit import open_findings
from analysis.audit.summary import doubtful_tables
from analysis.briefing.about import About
from analysis.briefing.asking import QUESTION_RULE
from analysis.briefing.items import Briefing, Item, National
from analysis.briefing.one_item import item_of
from analysis.briefing.sources import Sources, sources_of
from analysis.numbers import in_words
from analysis.questions import RULE, most_in_need

__all__ = [
    "AGAINST_WORDS",
    "METHOD",
    "assumption_words",
    "briefing",
    "in_report_order",
    "measures_in_need",
    "with_notes",
]

AGAINST_WORDS = {"previous": "the previous 12 months", "baseline": "the baseline", "last-report": "the last report"}
METHOD = (
    "A count is exact; its interval asks whether an unchanged rate could give it, with more spread than chance alone. "
    "“Real change” holds after Holm's correction for all comparisons of the report, “likely change” before it only. "
    "“Not comparable” means that recording changed between the periods. “No verdict” means that the report prints "
    "neither a base nor a spread. Better and worse are said only where the measure's direction is plain."
)

Frames = Mapping[str, pd.DataFrame]
_USUAL_LEVEL = 0.95
_FACTORS = {0.5: "half the usual dispersion", 1.0: "", 2.0: "twice the usual dispersion"}


def assumption_words(dispersion: float | None, factor: float, confidence: float) -> str:
    """What verdicts assume that is not usual; "" where all is.

    Parameters
    ----------
    dispersion
        As ``analysis.changes.changes`` takes it; None for the usual rule times ``factor``.
    factor
        What the usual rule is multiplied by.
    confidence
        Level of the intervals.

    >>> assumption_words(None, 1.0, 0.95)
    ''
    >>> assumption_words(None, 0.5, 0.9)
    'Changed assumptions: half the usual dispersion; intervals at 90%, not 95%.'
    >>> assumption_words(10, 1.0, 0.95)
    'Changed assumptions: dispersion 10 for every count, not the usual rule.'
    """
    spread = (
        f"dispersion {dispersion:g} for every count, not the usual rule"
        if dispersion is not None
        else (_FACTORS.get(factor, f"{factor:g} times the usual dispersion"))
    )
    level = f"intervals at {confidence:.0%}, not 95%" if confidence != _USUAL_LEVEL else ""
    told = "; ".join(part for part in (spread, level) if part)
    return f"Changed assumptions: {told}." if told else ""


def measures_in_need(changes: pd.DataFrame, comparisons: pd.DataFrame, findings: pd.DataFrame) -> list[str]:
    """The measures that most need a question, by the rule of ``analysis.questions``.

    Of a table in doubt it is the first measure with a printed number that does not follow.

    Parameters
    ----------
    changes
        As ``analysis.changes.changes`` gives them.
    comparisons
        The release's own.
    findings
        As ``analysis.audit.audit`` gives them.
    """
    wrong = open_findings(findings)
    cells = wrong[(wrong["kind"] == "cell") & (wrong["measure"] != "")]
    found = []
    for kind, row in most_in_need(changes, comparisons, doubtful_tables(findings)).itertuples(index=False):
        if kind == "change":
            found.append(changes.loc[row, "measure"])
        elif kind == "place":
            found.append(comparisons.loc[row, "measure"])
        else:
            found += cells.loc[cells["table"] == row, "measure"].head(1).tolist()
    return list(dict.fromkeys(measure for measure in found if measure))


def in_report_order(frames: Frames, measures: Iterable[str]) -> list[str]:
    """Measures as the report orders them, each once.

    Raises
    ------
    ValueError
        When one of them is not in the release.
    """
    known, wanted = frames["measures"], list(dict.fromkeys(measures))
    if unknown := [measure for measure in wanted if measure not in set(known["id"])]:
        raise ValueError(f"There is no measure {', '.join(unknown)} in this release. See the command figures for ids.")
    priorities = frames["priorities"].set_index("id")["order"]
    sections = frames["sections"].set_index("id")["order"]
    rows = known[known["id"].isin(wanted)]
    placed = rows.assign(first=rows["priority"].map(priorities), second=rows["section"].map(sections))
    return placed.sort_values(["first", "second", "order"], kind="stable")["id"].tolist()


def briefing(
    frames: Frames,
    about: About,
    changes: pd.DataFrame,
    findings: pd.DataFrame,
    measures: Sequence[str] | None = None,
    *,
    against: str = "previous",
    confidence: float = 0.95,
    made: date,
    national: str = "",
    notes: Mapping[str, str] | None = None,
    assumptions: str = "",
    make: Callable[[str, bool], Item] | None = None,
) -> Briefing:
    """Everything that a briefing says.

    Parameters
    ----------
    frames
        The release's frames by the name of their file.
    about
        Which report it is.
    changes
        As ``analysis.changes.changes`` gives them for ``against``; only published figures are in them.
    findings
        As ``analysis.audit.audit`` gives them.
    measures
        Ids of what was chosen; None for those that most need a question, or those of the national measure.
    against
        "previous", "baseline" or "last-report".
    confidence
        Level of the intervals.
    made
        The day for which promises count as overdue.
    national
        The id of a national measure that it is about; "" for none.
    notes
        The reader's own, by measure.
    assumptions
        As ``assumption_words`` says those that ``changes`` were made under; "" for the usual ones.
    make
        What gives the item of a measure, told whether it tells its whole section too: for callers that remember what
        ``item_of`` gave.

    Raises
    ------
    ValueError
        When a measure or a national measure is not in the release.
    """
    in_need = measures_in_need(changes, frames["comparisons"], findings)
    about_nation = _national(frames, national) if national else None
    if measures is None:
        measures = _serving(frames, national) if national else in_need
    if make is None:
        make = partial(_make, sources_of(frames, changes, findings), about, confidence, made)
    items: list[Item] = []
    told_at: dict[str, str] = {}
    sections = frames["measures"].set_index("id")["section"]
    for measure in in_report_order(frames, measures):
        section = sections[measure]
        whole = section not in told_at
        item = make(measure, whole)
        items.append(replace(item, in_need=measure in in_need, told_at=told_at.get(section, "")))
        told_at.setdefault(section, item.title)
    made_of = Briefing(
        about=about,
        title=f"{about_nation.title}: a briefing" if about_nation else f"{about.force}: a briefing",
        sentence=_sentence(items, about_nation),
        against=AGAINST_WORDS[against],
        confidence=confidence,
        items=tuple(items),
        choice_rule=RULE,
        question_rule=QUESTION_RULE,
        method=METHOD,
        made=made,
        national=about_nation,
        assumptions=assumptions or assumption_words(None, 1.0, confidence),
    )
    return with_notes(made_of, notes or {})


def with_notes(made: Briefing, notes: Mapping[str, str]) -> Briefing:
    """The same briefing with the reader's own notes, by measure."""
    items = tuple(replace(item, note=notes.get(item.measure, "").strip()) for item in made.items)
    return replace(made, items=items)


def _make(sources: Sources, about: About, confidence: float, made: date, measure: str, whole_section: bool) -> Item:
    return item_of(sources, about, measure, whole_section, confidence, made)


def _national(frames: Frames, national: str) -> National:
    known = frames["national_measures"].set_index("id")
    if national not in known.index:
        raise ValueError(f"There is no national measure {national}. Those here: {', '.join(known.index) or 'none'}.")
    title, source, proxy, gap = (
        str(known.loc[national, name]) for name in ("title", "national_source", "local_proxy", "gap")
    )
    return National(national, title, source, proxy, gap, "headlines#national")


def _serving(frames: Frames, national: str) -> list[str]:
    """The measures that stand in for a national one and are in this release."""
    known = set(frames["measures"]["id"])
    served = frames["national_measures"].set_index("id").loc[national, "measures"]
    return [measure for measure in str(served).split() if measure in known]


def _sentence(items: Sequence[Item], national: National | None) -> str:
    """What stands on top: how many measures, and how many of them are what."""
    if not items:
        return "No measure is chosen yet."
    verdicts = [item.changes[0].verdict for item in items if item.changes]
    parts = [
        (verdicts.count("real change"), "really changed"),
        (verdicts.count("likely change"), "likely changed"),
        (verdicts.count("not comparable"), "cannot be compared because recording changed"),
        (verdicts.count("cannot tell"), "cannot be told from chance"),
        (sum(item.doubted > 0 for item in items), "with printed numbers in doubt"),
    ]
    told = [f"{in_words(count)} {words}" for count, words in parts if count]
    measures = "one measure" if len(items) == 1 else f"{in_words(len(items))} measures"
    opening = f"{national.title} is told by" if national else "This briefing holds"
    return f"{opening} {measures}{': ' + ', '.join(told) if told else ''}."
