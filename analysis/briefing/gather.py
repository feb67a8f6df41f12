"""Gather a briefing: chosen measures in the order of the report, each with all that is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.audit import open_findings
from analysis.audit.summary import doubtful_tables
from analysis.briefing.asking import QUESTION_RULE, Known, questions_for
from analysis.briefing.items import About, Briefing, Change, Item, National, Said
from analysis.briefing.printed import drawn_rows, force_of, own_figures, printed_ids, told_figures
from analysis.briefing.told import (
    caveats_of,
    corrections_of,
    explanations_of,
    findings_of,
    missing_of,
    national_of,
    overdue,
    places_of,
    promises_of,
    section_place,
    weak_places,
)
from analysis.change_words import MARKS, change_phrase, within_sentence
from analysis.numbers import in_words, places_printed
from analysis.periods import name_day, name_period
from analysis.questions import RULE, most_in_need
from analysis.verdicts import VERDICTS, touching_events

__all__ = ["AGAINST_WORDS", "METHOD", "briefing", "in_report_order", "measures_in_need", "with_notes"]

AGAINST_WORDS = {"previous": "the previous 12 months", "baseline": "the baseline", "last-report": "the last report"}
METHOD = (
    "A count is exact; its interval asks whether an unchanged rate could give it, with more spread than chance alone. "
    "“Real change” holds after Holm's correction for all comparisons of the report, “likely change” before it only. "
    "“Not comparable” means that recording changed between the periods. “No verdict” means that the report prints "
    "neither a base nor a spread. Better and worse are said only where the measure's direction is plain."
)

Frames = Mapping[str, pd.DataFrame]


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

    Raises
    ------
    ValueError
        When a measure or a national measure is not in the release.
    """
    in_need = measures_in_need(changes, frames["comparisons"], findings)
    about_nation = _national(frames, national) if national else None
    if measures is None:
        measures = _serving(frames, national) if national else in_need
    items: list[Item] = []
    told_at: dict[str, str] = {}
    for measure in in_report_order(frames, measures):
        item = _item(frames, about, changes, findings, measure, in_need, told_at, confidence, made)
        told_at.setdefault(_own(frames, measure)["section"], item.title)
        items.append(item)
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
    )
    return with_notes(made_of, notes or {})


def with_notes(made: Briefing, notes: Mapping[str, str]) -> Briefing:
    """The same briefing with the reader's own notes, by measure."""
    items = tuple(replace(item, note=notes.get(item.measure, "").strip()) for item in made.items)
    return replace(made, items=items)


def _own(frames: Frames, measure: str) -> pd.Series:
    return frames["measures"].set_index("id").loc[measure]


def _national(frames: Frames, national: str) -> National:
    known = frames["national_measures"].set_index("id")
    if national not in known.index:
        raise ValueError(f"There is no national measure {national}. Those here: {', '.join(known.index) or 'none'}.")
    row = known.loc[national]
    place = "headlines#national"
    return National(national, row["title"], row["national_source"], row["local_proxy"], row["gap"], place)


def _serving(frames: Frames, national: str) -> list[str]:
    """The measures that stand in for a national one and are in this release."""
    known = set(frames["measures"]["id"])
    served = frames["national_measures"].set_index("id").loc[national, "measures"]
    return [measure for measure in served.split() if measure in known]


def _item(
    frames: Frames, about: About, changes: pd.DataFrame, findings: pd.DataFrame, measure: str, in_need: Sequence[str],
    told_at: Mapping[str, str], confidence: float, made: date,
) -> Item:  # fmt: skip
    own = _own(frames, measure)
    section = own["section"]
    whole_section = section not in told_at
    ids, figures = printed_ids(frames, measure), told_figures(frames, measure)
    table = own_figures(frames, measure)["table"].head(1).tolist()
    place = section_place(frames, section, f"table_{table[0]}" if table else "")
    moved = _changes(frames, changes, measure)
    caveats = [said for row in moved for said in caveats_of(row, frames["events"], section)]
    caveats += [Said(own["notes"], place=place)] if own["notes"] else []
    known = {
        "findings": findings_of(frames, findings, measure, ids),
        "explanations": explanations_of(frames, measure, section, whole_section),
        "missing": missing_of(frames, section) if whole_section else (),
        "promises": promises_of(frames, measure, section, whole_section, made),
    }
    titles = {name: frames[name].set_index("id")["title"] for name in ("priorities", "sections", "tables")}
    where = titles["tables"][table[0]] if table else ""
    return Item(
        measure=measure,
        title=own["title"],
        definition=own["definition"],
        priority=own["priority"],
        priority_title=titles["priorities"][own["priority"]],
        section_title=titles["sections"][section],
        place=place,
        table=where,
        in_need=measure in in_need,
        figures=figures,
        level=_level(figures, own["title"], place),
        changes=tuple(_change(frames, row, place) for row in moved),
        caveats=tuple(dict.fromkeys(caveats)),
        corrections=corrections_of(frames, ids, place),
        places=places_of(frames, measure),
        national=national_of(frames, measure),
        told_at=told_at.get(section, ""),
        questions=questions_for(_known(frames, own, moved, findings, measure, made, known)),
        source=_source(about, figures),
        drawn=drawn_rows(frames, measure, confidence),
        marked=touching_events(frames["events"], measure, section, own["basis"])[["title", "from"]],
        **known,
    )


def _changes(frames: Frames, changes: pd.DataFrame, measure: str) -> list[Any]:
    """The rows of a measure's changes: the whole force undivided, else its parts, else the areas that are printed."""
    rows = changes[changes["measure"] == measure]
    force = rows[rows["area"] == force_of(frames["areas"])]
    rows = force if len(force) else rows
    undivided = rows[rows["breakdown"] == ""]
    return list((undivided if len(undivided) else rows).itertuples())


def _change(frames: Frames, row: Any, place: str) -> Change:
    """How one number moved; the sentence names the area where it is not the whole force."""
    figures = frames["figures"]
    sides = [
        figures[
            (figures["measure"] == row.measure)
            & (figures["area"] == row.area)
            & (figures["breakdown"] == row.breakdown)
            & (figures["period_start"] == start)
            & (figures["period_end"] == end)
            & (figures["value"] == value)
        ]["figure_id"].head(1)
        for start, end, value in (
            (row.later_start, row.later_end, row.later_value), (row.earlier_start, row.earlier_end, row.earlier_value),
        )
    ]  # fmt: skip
    named = "" if row.area == force_of(frames["areas"]) else frames["areas"].set_index("id").loc[row.area, "name"]
    text = f"{named}. {row.sentence}" if named else row.sentence
    ids = tuple(str(name) for side in sides for name in side)
    return Change(Said(text, ids, place), row.verdict, MARKS[row.verdict], row.better_or_worse, row.nearest)


def _level(figures: Sequence[Any], title: str, place: str) -> Said | None:
    """The first printed number in a sentence, for a measure that nothing is held against."""
    if not figures:
        return None
    first = figures[0]
    called = title if first.label == title else f"{title}, {within_sentence(first.label)}"
    when = f", {first.period}" if first.period else ""
    words = f"{called}: {first.text}{when}. The report prints nothing that this could be held against here."
    return Said(words, (first.id,), place, first.where)


def _source(about: About, figures: Sequence[Any]) -> str:
    """Status and source in one line."""
    where = f", {figures[0].where}" if figures else ""
    published = name_day(pd.Timestamp(about.published))
    return f"{about.heading}. Source: {about.force}, {about.title}, {published}{where}."


def _known(
    frames: Frames, own: pd.Series, moved: Sequence[Any], findings: pd.DataFrame, measure: str, made: date,
    told: Mapping[str, tuple[Said, ...]],
) -> Known:  # fmt: skip
    """What a question may rest on: of several changes the one that claims most."""
    ranked = sorted(moved, key=lambda row: VERDICTS.index(row.verdict) if row.verdict != "not comparable" else -1)
    row = ranked[0] if ranked else None
    wrong = set(open_findings(findings)["id"])
    doubts = [said for said in told["findings"] if said.ids[0] in wrong and said.where]
    awaited = {each.id: overdue(each, made) for each in frames["commitments"].itertuples()}
    late = [_promised(frames, said) for said in told["promises"] if awaited[said.ids[0]]]
    due = [_promised(frames, said) for said in told["promises"] if not awaited[said.ids[0]]]
    weak = weak_places(frames, measure)
    absent = [said.text for said in told["missing"] if said.text.startswith("Not in the report")]
    figures = own_figures(frames, measure)
    shares = figures[figures["unit"] == "percent"]
    return Known(
        title=own["title"],
        moved=_moved(row) if row is not None else "",
        verdict=row.verdict if row is not None else "",
        better_or_worse=row.better_or_worse if row is not None else "",
        explained=any(measure in _named(frames, said) for said in told["explanations"]),
        doubt=f"{_upper(doubts[0].where)}: {doubts[0].text}" if doubts else "",
        breaks="; ".join(within_sentence(title) for title in row.broken_by.split("; ")) if row is not None else "",
        weak=weak[0].text if weak else "",
        late=late[0] if late else "",
        promised=due[0] if due else "",
        baseless=len(shares) > 0 and bool(shares["denominator"].isna().all()),
        missing=absent[0].partition(" What would fill it:")[0] if absent else "",
    )


def _moved(row: Any) -> str:
    places = max(places_printed(row.later_printed), places_printed(row.earlier_printed))
    phrase = change_phrase(row.difference, row.percent, row.unit, places)
    named = f"{str(row.breakdown).partition('=')[2]} " if row.breakdown else ""
    return f"{named}{phrase} on {_the(name_period(row.earlier_start, row.earlier_end))}"


def _the(period: str) -> str:
    return f"the {period}" if period.startswith("12 months") else period


def _named(frames: Frames, said: Said) -> list[str]:
    told = frames["explanations"].set_index("id")
    return told.loc[said.ids[0], "measures"].split() if told.loc[said.ids[0], "kind"] == "explanation" else []


def _promised(frames: Frames, said: Said) -> str:
    """A promise without where it stands, which is what is asked."""
    return said.text.partition(" Where it stands:")[0]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


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
        (sum(any(said.where for said in item.findings) for item in items), "with printed numbers in doubt"),
    ]
    told = [f"{in_words(count)} {words}" for count, words in parts if count]
    measures = "one measure" if len(items) == 1 else f"{in_words(len(items))} measures"
    opening = f"{national.title} is told by" if national else "This briefing holds"
    return f"{opening} {measures}{': ' + ', '.join(told) if told else ''}."
