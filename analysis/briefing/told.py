"""What a briefing says beside a measure's numbers: each a sentence with the ids that it rests on and its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from analysis.briefing.items import Said
from analysis.briefing.sources import Frames
from analysis.change_words import within_sentence
from analysis.numbers import in_words, places_printed, write_number
from analysis.periods import name_day
from analysis.promises import by_when, stands
from analysis.sentences import place_sentence
from analysis.verdicts import separates, touching_events

__all__ = ["FILLED", "LIKELY", "NOT_SAID", "STANDS", "caveats_of", "corrections_of", "explanations_of", "findings_of",
           "has_second_number", "missing_of", "national_of", "overdue", "places_of", "promises_of", "recomputed_words",
           "section_place", "weak_places"]  # fmt: skip

_LAST_THIRD = 2 / 3
_MOST_MISSING = 3  # gaps of a section that are told in full
# Where a sentence may be cut, so that a question does not say what is only likely, or what it asks for.
NOT_SAID, FILLED, LIKELY, STANDS = (
    "Not in the report: ",
    " What would fill it: ",
    " Likely cause: ",
    " Where it stands: ",
)


def section_place(frames: Frames, section: str, anchor: str = "") -> str:
    """Where the explorer shows a section, or a place within it; the front page tells all of the foreword in one."""
    priority = frames.priority[section]
    return "headlines#foreword" if priority == "headlines" else f"{priority}#{anchor or section}"


def caveats_of(row: Any, events: pd.DataFrame, section: str) -> tuple[Said, ...]:
    """What must be known of one change: the events that stand between its periods, then the limits of its method.

    Parameters
    ----------
    row
        One row of ``analysis.changes.changes``.
    events
        The release's own.
    section
        The measure's section.
    """
    touching = touching_events(events, row.measure, section, row.basis).sort_values("from", kind="stable")
    between = [event for event in touching.to_dict("records") if separates(event, row)]
    own = str(row.caveat).removesuffix(" ".join(event["note"] for event in between)).strip()
    told = [
        Said(f"{event['title']}: {event['note']}", (event["id"],), "data_and_methods#events", event["where"])
        for event in between
    ]
    return (*told, *([Said(own)] if own else []))


def findings_of(frames: Frames, wrong: pd.DataFrame, measure: str, ids: Collection[str]) -> tuple[Said, ...]:
    """What the check found about a measure's printed numbers, then in a line what else is wrong in its table.

    Parameters
    ----------
    frames
        The release's own.
    wrong
        As ``analysis.audit.open_findings`` gives them.
    measure, ids
        The measure, and what is printed about it, as ``analysis.briefing.printed.printed_ids`` gives it.
    """
    about = [bool(set(named.split()) & set(ids)) for named in wrong["about"]]
    others = pd.Series(about, index=wrong.index, dtype=bool) & (wrong["measure"] == "")  # of no one measure
    own = wrong[(wrong["measure"] == measure) | others]
    told = [_finding(frames, row) for row in own.itertuples()]
    tables = set(frames.figures_of[measure]["table"]) if measure in frames.figures_of else set()
    beside = wrong[wrong["table"].isin(tables - {""}) & ~wrong["id"].isin(own["id"])]
    if len(beside):
        numbers = "One other printed number" if len(beside) == 1 else f"{_count(len(beside))} other printed numbers"
        words = f"{numbers} of the same table {'does' if len(beside) == 1 else 'do'} not follow from it."
        told.append(Said(words, tuple(beside["id"]), _check_place(frames, beside["section"].iloc[0])))
    return tuple(told)


def has_two_prints(row: Any) -> bool:
    """Whether a finding is about two prints of what should be one number, rather than about a print and its words."""
    return row.kind == "across" or (row.kind == "words" and len(row.about.split()) > 1)


def has_second_number(row: Any) -> bool:
    """Whether a finding sets a second number beside a printed one: another print, or what the report's numbers give."""
    return has_two_prints(row) or recomputed_words(row) != ""


def recomputed_words(row: Any) -> str:
    """What the report's own numbers give instead of a printed one; "" where that is no single number."""
    if pd.isna(row.recomputed):
        return ""
    places = 0 if float(row.recomputed).is_integer() else len(repr(float(row.recomputed)).partition(".")[2])
    return write_number(
        row.recomputed,
        "percent" if "%" in row.as_printed else "count",
        max(places, places_printed(row.as_printed) if row.kind == "cell" else 0),
    )


def corrections_of(frames: Frames, ids: Collection[str], place: str) -> tuple[Said, ...]:
    """Printed numbers that were corrected since: the print first, then what it should have been, when, who and why."""
    known = frames["corrections"][frames["corrections"]["id"].isin(list(ids))]
    return tuple(
        Said(
            f"Printed as {row.printed}; {_corrected(row)} on {name_day(row.date)} by {row.who}: {row.why}", (row.id,),
            place,
        )
        for row in known.itertuples()
    )  # fmt: skip


def _corrected(row: Any) -> str:
    return "a correction was taken back" if row.corrected == row.printed else f"corrected to {row.corrected}"


def explanations_of(frames: Frames, measure: str, section: str, whole_section: bool) -> tuple[Said, ...]:
    """The force's own account of a measure; of a measure without one, where asked, that of its section."""
    told = frames["explanations"]
    named = pd.Series([measure in names.split() for names in told["measures"]], index=told.index, dtype=bool)
    general = (told["section"] == section) & (told["measures"] == "") & (told["kind"] == "explanation")
    chosen = told[named] if named.any() or not whole_section else told[general]
    return tuple(
        Said(row.text, (row.id,), section_place(frames, row.section), row.where) for row in chosen.itertuples()
    )


def places_of(frames: Frames, measure: str, title: str) -> tuple[Said, ...]:
    """Where the force stands among others, with the period, among how many, and what first means."""
    told = []
    for row in frames["comparisons"][frames["comparisons"]["measure"] == measure].itertuples():
        text = row.claim
        if not pd.isna(row.rank):
            first = "The report does not say what first means."
            first = first if row.first_is in ("", "not stated") else f"First is {row.first_is}."
            text = f"{place_sentence(title, row.rank, row.of_how_many, (row.period_start, row.period_end))} {first}"
        place = section_place(frames, row.section, f"{row.section}_places")
        told.append(Said(text, (row.id,), place, row.where))
    return tuple(told)


def weak_places(frames: Frames, places: Sequence[Said]) -> tuple[Said, ...]:
    """Of ``places_of`` those in the last third of the forces where first is best."""
    known = frames["comparisons"]
    share = known["rank"].astype(float) / known["of_how_many"].astype(float)
    weak = set(known.loc[(known["first_is"] == "best") & (share > _LAST_THIRD), "id"])
    return tuple(said for said in places if said.ids[0] in weak)


def national_of(frames: Frames, measure: str) -> tuple[Said, ...]:
    """The national measures that a measure stands in for, and what is missing between them."""
    return tuple(
        Said(
            f"Stands in for the national measure “{row.title}”. The nation measures: {row.national_source} "
            f"What is missing: {row.gap}",
            (row.id,), "headlines#national",
        )
        for row in frames["national_measures"].itertuples()
        if measure in row.measures.split()
    )  # fmt: skip


def promises_of(frames: Frames, measure: str, section: str, whole_section: bool, today: date) -> tuple[Said, ...]:
    """What was promised of a measure, and where asked of its section: by when, where it stands, whether it is late."""
    promised = frames["commitments"]
    general = (promised["section"] == section) & (promised["measure"] == "")
    chosen = promised[(promised["measure"] == measure) | (general if whole_section else False)]
    return tuple(_promise(frames, row, today) for row in chosen.itertuples())


def overdue(row: Any, today: date) -> bool:
    """Whether a promise's last day is over while it still awaits what was promised.

    >>> promise = pd.Series({"due": pd.Timestamp("2023-09-30"), "status": "promised"})
    >>> overdue(promise, date(2023, 10, 1)), overdue(promise, date(2023, 9, 30))
    (True, False)
    """
    return not pd.isna(row.due) and stands(row.status) and row.due.date() < today


def missing_of(frames: Frames, section: str) -> tuple[Said, ...]:
    """What a section does not say, with what would fill it; those beyond a few, and pictures, in a line."""
    absent = frames["not_in_report"][frames["not_in_report"]["section"] == section]
    place = section_place(frames, section, "not_in_report")
    unsaid, pictures = (absent[absent["kind"] == kind] for kind in ("missing", "picture"))
    told = [
        Said(f"{NOT_SAID}{within_sentence(row.what)}{FILLED}{within_sentence(row.would_fill)}",
             (row.id,), place, row.where)
        for row in unsaid.head(_MOST_MISSING).itertuples()
    ]  # fmt: skip
    rest = [*unsaid["id"].iloc[_MOST_MISSING:], *pictures["id"]]
    if rest:
        more, drawn = len(unsaid) - len(told), len(pictures)
        parts = [f"{in_words(more)} more {'gap' if more == 1 else 'gaps'}"] if more > 0 else []
        parts += [f"{in_words(drawn)} {'chart' if drawn == 1 else 'charts'} without numbers"] if drawn else []
        words = " and ".join(parts)
        told.append(Said(f"{words[:1].upper()}{words[1:]} in this section of the report.", tuple(rest), place))
    return tuple(told)


def _promise(frames: Frames, row: Any, today: date) -> Said:
    passed = f" {name_day(row.due)} has passed." if overdue(row, today) else ""
    text = f"{row.what.rstrip('.')}. When: {by_when(row.due_words, row.due)}.{STANDS}{row.status}.{passed}"
    return Said(text, (row.id,), f"{frames.priority[row.section]}#promises", row.where)


def _finding(frames: Frames, row: Any) -> Said:
    """What is printed, what the report's own numbers give, and the likely cause; words by what they do not fit."""
    label = f"{row.label[:1].upper()}{row.label[1:].rstrip('.')}"
    words = any(letter.isalpha() for letter in row.as_printed) and not has_two_prints(row)
    printed = f"printed as “{row.as_printed}”" if words else f"printed as {row.as_printed}"
    what = f"{label}: {printed}" if label else f"{printed[:1].upper()}{printed[1:]}"
    if again := recomputed_words(row):
        again = again.replace("%", " percentage points") if row.id in _in_points(frames) else again
        text = f"{what}; the report's own numbers give {again}."
        text += f"{LIKELY}{row.cause.rstrip('.')}." if row.cause else ""
    elif row.kind == "across":
        text = f"{what}, which should be one number."
    elif row.cause.startswith(f"“{row.as_printed}”"):
        words = row.cause.rstrip(".").replace("”, but ", "”; its numbers are ", 1)
        text = f"The report says {words}."
    else:
        noted = row.cause.rstrip(".")
        noted = f"that it {noted}" if noted.startswith("says ") else noted and f"this: {noted}"
        text = f"{what}. The check notes {noted}." if noted else f"{what}."
    return Said(text, (row.id, *row.about.split()), _check_place(frames, row.section), row.where)


def _in_points(frames: Frames) -> frozenset[str]:
    """The statements whose number is a change in percentage points, whatever the report prints after it."""
    quoted = frames["statements"]
    return frozenset(quoted.loc[quoted["unit"] == "percentage_points", "id"])


def _check_place(frames: Frames, section: str) -> str:
    return f"check_the_figures?section={quote(frames.titles['sections'][section])}#findings"


def _count(number: int) -> str:
    words = in_words(number)
    return words[:1].upper() + words[1:]
