"""One measure of a briefing: its numbers, how they moved, and all that the release and the check say beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.briefing.about import About
from analysis.briefing.asking import Known, questions_for
from analysis.briefing.bases import without_base
from analysis.briefing.items import Change, Item, Said
from analysis.briefing.printed import drawn_rows, own_figures, printed_ids, told_figures
from analysis.briefing.sources import Frames, Sources
from analysis.briefing.told import (
    FILLED,
    LIKELY,
    NOT_SAID,
    STANDS,
    caveats_of,
    corrections_of,
    explanations_of,
    findings_of,
    has_second_number,
    missing_of,
    national_of,
    overdue,
    places_of,
    promises_of,
    section_place,
    weak_places,
)
from analysis.change_words import MARKS, change_phrase, within_sentence
from analysis.corrections import beside, corrected_since
from analysis.numbers import places_printed
from analysis.periods import name_day, name_period
from analysis.promises import stands, was_not_kept
from analysis.verdicts import VERDICTS, touching_events

__all__ = ["item_of"]


def item_of(
    sources: Sources, about: About, measure: str, whole_section: bool, confidence: float, made: date
) -> Item:  # fmt: skip
    """One measure of a briefing.

    Parameters
    ----------
    sources
        As ``sources_of`` gives them.
    about, confidence, made
        As for ``analysis.briefing.briefing``.
    measure
        Its id.
    whole_section
        Whether it tells what belongs to its whole section too.
    """
    frames = sources.frames
    own = frames.measure[measure]
    section = own["section"]
    rows = own_figures(frames, measure)
    ids, figures = printed_ids(frames, measure), told_figures(frames, own, rows)
    shown = [*rows["figure_id"], *(figure.id for figure in figures)]
    table = rows["table"].head(1).tolist()
    place = section_place(frames, section, f"table_{table[0]}" if table else "")
    moved = _changes(frames, sources.changes.get(measure, []))
    caveats = [said for row in moved for said in caveats_of(row, frames["events"], section)]
    caveats += [Said(own["notes"], place=place)] if own["notes"] else []
    known: dict[str, tuple[Said, ...]] = {
        "findings": findings_of(frames, sources.wrong, measure, ids),
        "explanations": explanations_of(frames, measure, section, whole_section),
        "missing": missing_of(frames, section) if whole_section else (),
        "promises": promises_of(frames, measure, section, whole_section, made),
        "places": places_of(frames, measure, own["title"]),
    }
    titles = frames.titles
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
        figures=figures,
        level=_level(figures, own["title"], place),
        changes=tuple(_change(frames, row, place) for row in moved),
        caveats=tuple(dict.fromkeys(caveats)),
        corrections=corrections_of(frames, ids, place),
        national=national_of(frames, measure),
        questions=questions_for(_known(sources, own, rows, moved, made, known)),
        source=_source(about, figures) + corrected_since(frames.corrected, shown),
        drawn=drawn_rows(frames, own, rows, confidence),
        marked=touching_events(frames["events"], measure, section, own["basis"])[["title", "from"]],
        findings=known["findings"],
        explanations=known["explanations"],
        places=known["places"],
        promises=known["promises"],
        missing=known["missing"],
    )


def _changes(frames: Frames, rows: Sequence[Any]) -> list[Any]:
    """The rows of a measure's changes: the whole force undivided, else its parts, else the areas that are printed."""
    rows = [row for row in rows if row.area == frames.force] or list(rows)
    return [row for row in rows if row.breakdown == ""] or rows


def _change(frames: Frames, row: Any, place: str) -> Change:
    """How one number moved; the sentence names the area where it is not the whole force."""
    figures = frames.figures_of[row.measure]
    alike = figures[(figures["area"] == row.area) & (figures["breakdown"] == row.breakdown)]
    sides = [
        alike[(alike["period_start"] == start) & (alike["period_end"] == end) & (alike["value"] == value)]
        for start, end, value in (
            (row.later_start, row.later_end, row.later_value), (row.earlier_start, row.earlier_end, row.earlier_value),
        )
    ]  # fmt: skip
    named = "" if row.area == frames.force else frames["areas"].set_index("id").loc[row.area, "name"]
    text = f"{named}. {row.sentence}" if named else row.sentence
    ids = tuple(str(name) for side in sides for name in side["figure_id"].head(1))
    return Change(Said(text, ids, place), row.verdict, MARKS[row.verdict], row.better_or_worse, row.nearest)


def _level(figures: Sequence[Any], title: str, place: str) -> Said | None:
    """The first printed number in a sentence, for a measure that nothing is held against."""
    if not figures:
        return None
    first = figures[0]
    called = title if first.label == title else f"{title}, {within_sentence(first.label)}"
    when = f", {first.period}" if first.period else ""
    told = beside(f"{called}: {first.text}{when}", first.note)
    words = f"{told}. The report prints nothing that this could be held against here."
    return Said(words, (first.id,), place, first.where)


def _source(about: About, figures: Sequence[Any]) -> str:
    """Status and source in one line."""
    where = f", {figures[0].where}" if figures else ""
    published = name_day(pd.Timestamp(about.published))
    return f"{about.heading}. Source: {about.force}, {about.title}, {published}{where}."


def _known(
    sources: Sources, own: pd.Series, rows: pd.DataFrame, moved: Sequence[Any], made: date,
    told: Mapping[str, tuple[Said, ...]],
) -> Known:  # fmt: skip
    """What a question may rest on: of several changes the one that claims most."""
    ranked = sorted(moved, key=lambda row: VERDICTS.index(row.verdict) if row.verdict != "not comparable" else -1)
    row = ranked[0] if ranked else None
    frames, promised = sources.frames, list(sources.frames["commitments"].itertuples())
    late = {each.id for each in promised if overdue(each, made)}
    awaited = {each.id for each in promised if stands(each.status)} - late
    broken = {each.id for each in promised if was_not_kept(each.status)}
    second = {each.id for each in sources.wrong.itertuples() if has_second_number(each)}
    doubt = _first(told["findings"], LIKELY, lambda said: bool(said.where) and said.ids[0] in second)
    return Known(
        title=own["title"],
        moved=_moved(row) if row is not None else "",
        verdict=row.verdict if row is not None else "",
        better_or_worse=row.better_or_worse if row is not None else "",
        corrected=str(getattr(row, "corrected", "")),
        explained=_explained(frames, str(own.name), told["explanations"]),
        doubt=doubt,
        odd="" if doubt else _first(told["findings"], LIKELY, lambda said: bool(said.where)),
        breaks="; ".join(within_sentence(title) for title in row.broken_by.split("; ")) if row is not None else "",
        weak=_first(weak_places(frames, told["places"])),
        late=_first(told["promises"], STANDS, lambda said: said.ids[0] in late),
        not_kept=_first(told["promises"], fits=lambda said: said.ids[0] in broken),
        promised=_first(told["promises"], STANDS, lambda said: said.ids[0] in awaited),
        baseless=without_base(frames, str(own.name), rows, sources.wrong),
        missing=_first(told["missing"], FILLED, lambda said: said.text.startswith(NOT_SAID)),
    )


def _first(told: Sequence[Said], until: str = "", fits: Callable[[Said], bool] = lambda _: True) -> str:
    """The first sentence that fits, up to where a question must not follow it; "" without one."""
    text = next((said.text for said in told if fits(said)), "")
    return text.partition(until)[0] if until else text


def _explained(frames: Frames, measure: str, told: Sequence[Said]) -> bool:
    """Whether the report explains the measure itself, and not only what the force did or its section."""
    known = frames["explanations"]
    named = known[known["id"].isin([said.ids[0] for said in told]) & (known["kind"] == "explanation")]
    return any(measure in names.split() for names in named["measures"])


def _moved(row: Any) -> str:
    places = max(places_printed(row.later_printed), places_printed(row.earlier_printed))
    phrase = change_phrase(row.difference, row.percent, row.unit, places)
    named = f"{str(row.breakdown).partition('=')[2]} " if row.breakdown else ""
    than = "than in" if phrase.endswith((" more", " fewer")) else "on"
    return f"{named}{phrase} {than} {_the(name_period(row.earlier_start, row.earlier_end))}"


def _the(period: str) -> str:
    return f"the {period}" if period.startswith("12 months") else period
