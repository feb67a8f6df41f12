"""One measure of a briefing: its numbers, how they moved, and all that the release and the check say beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.audit import open_findings
from analysis.briefing.asking import Known, questions_for
from analysis.briefing.items import About, Change, Item, Said
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
from analysis.numbers import places_printed
from analysis.periods import name_day, name_period
from analysis.verdicts import VERDICTS, touching_events

__all__ = ["item_of"]

Frames = Mapping[str, pd.DataFrame]


def item_of(
    frames: Frames, about: About, changes: pd.DataFrame, findings: pd.DataFrame, measure: str, in_need: Sequence[str],
    told_at: Mapping[str, str], confidence: float, made: date,
) -> Item:  # fmt: skip
    """One measure of a briefing.

    Parameters
    ----------
    frames, about, changes, findings, confidence, made
        As for ``analysis.briefing.briefing``.
    measure
        Its id.
    in_need
        Ids of the measures that most need a question.
    told_at
        The title of the item that tells what belongs to a section, by section; one without any is told here.
    """
    own = frames["measures"].set_index("id").loc[measure]
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
