"""Numbers of pasted paragraphs as the release's statements: tied to a table or to each other, or standing alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.grades import UNCHECKED
from analysis.audit.printed import round_half_up
from analysis.draft.changes_told import changes_of, companions_of
from analysis.draft.numbers_in_text import (
    COUNT,
    DURATION,
    MONEY,
    NOT_FIGURES,
    PER_CENT,
    PLACE,
    POINTS,
    RATE,
    SHARE,
    TIMES,
    Found,
)
from analysis.draft.paragraph import judge_passage
from analysis.draft.sentences import Passage, Sentence, passage_of
from analysis.draft.told import Judged
from analysis.next_report.named import named_in
from analysis.next_report.new_rows import id_from
from analysis.next_report.phrases import as_said_before, phrase, said_before
from analysis.next_report.quoted_periods import period_of_quote
from analysis.next_report.tied import Tie, Ties
from analysis.next_report.values import decimal_text
from analysis.numbers import POUNDS

__all__ = ["Paragraph", "StatementsRead", "read_statements"]

_UNITS = {COUNT: "count", PER_CENT: "percent", POINTS: "percentage_points", RATE: "not_stated", TIMES: "not_stated"}
_TIMES = {"sec": "seconds", "min": "minutes", "hou": "hours", "hrs": "hours", "hr": "hours", "day": "days"}
_MONEY = {pounds: unit for unit, pounds in POUNDS.items()}
_KINDS = {PER_CENT: "percent_change", POINTS: "point_change"}
_ID = 40


@dataclass(frozen=True)
class Paragraph:
    """One pasted paragraph: the section it belongs to, where in the report it stands, its text, and its cell."""

    section: str
    where: str
    text: str
    cell: tuple[str, str] = ("", "")  # sheet and address


@dataclass
class StatementsRead:
    """The statements of all paragraphs as text under the contract's columns, and what was done with each number."""

    rows: list[dict[str, str]] = field(default_factory=list)
    tied: int = 0
    as_before: int = 0
    to_each_other: int = 0
    alone: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)  # sheet and address, by the id of a row


@dataclass(frozen=True)
class _Place:
    """One number on its way: its passage, its place among the numbers, its sentence and section."""

    passage: Passage
    figure: int
    sentence: Sentence
    paragraph: Paragraph
    way: int | None

    @property
    def found(self) -> Found:
        return self.passage.found[self.figure]

    @property
    def words(self) -> str:
        return self.passage.text[self.sentence.start : self.sentence.end]


def read_statements(
    paragraphs: Sequence[Paragraph], older: pd.DataFrame, ties: Ties, ids: Mapping[str, str], months: int,
    titles: Mapping[str, str], areas: Sequence[str] = (), staying: Collection[pd.Timestamp] = (),
) -> StatementsRead:  # fmt: skip
    """Every figure of the pasted paragraphs as a row of statements.csv.

    Parameters
    ----------
    paragraphs
        In the report's order.
    older
        The older report's statements, typed.
    ties
        The numbers of the next report's tables.
    ids
        Ids of the next report by those of the older one.
    months
        Between the two.
    titles
        Of measures, by id.
    areas
        The names of the areas within the force's.
    staying
        As of ``period_of_quote``.
    """
    read, taken = StatementsRead(), set(ties.ids)
    told, called = {paragraph.section for paragraph in paragraphs}, "\n".join(titles.values()).casefold()
    before = {section: said_before(older[older["section"] == section]) for section in told}
    used: set[str] = set()
    waiting: list[tuple[dict[str, str], str, list[str]]] = []
    for paragraph in paragraphs:
        passage = passage_of(paragraph.text)
        judged = judge_passage(passage)
        made: dict[int, dict[str, str]] = {}
        for place in _places(passage, paragraph, called):
            if place.found.kind in (PLACE, SHARE):
                (read.places if place.found.kind == PLACE else read.shares).append(phrase(passage.text, place.found))
                continue
            row = _row(place, titles)
            said = as_said_before(_skeleton(place), before.get(paragraph.section, {}))
            if said is not None and str(said["id"]) not in used:
                used.add(str(said["id"]))
                _as_before(row, place, said, months, staying)
                names = [ids.get(name, name) for name in str(said["inputs"]).split()]
                waiting.append((row, str(said["formula"]), names))
                read.as_before += 1
            elif (tie := ties.find(place.found, place.words, place.way, paragraph.section)) is not None:
                _tie(row, tie, titles)
                read.tied += 1
            else:
                row |= named_in(place.words, place.found, place.way, ties, areas)
            row["id"] = _unused(row, paragraph, taken)
            made[place.figure] = row
            read.cells[row["id"]] = paragraph.cell
            read.rows.append(row)
        read.to_each_other += _to_each_other(passage, judged, made)
    known = ties.ids | {row["id"] for row in read.rows}
    for row, formula, names in waiting:  # its inputs may be numbers of the text that come after it
        if names and row["formula"] == "stands alone" and all(name in known for name in names):
            row |= {"formula": formula, "inputs": " ".join(names)}
    read.alone = [row["printed"] for row in read.rows if row["formula"] == "stands alone"]
    return read


def _places(passage: Passage, paragraph: Paragraph, called: str) -> Iterator[_Place]:
    """Every figure but those that are part of a measure's name, such as "within 10 seconds"; ``called`` holds them."""
    for sentence in passage.sentences:
        changes = changes_of(sentence, companions_of(sentence))
        for figure in sentence.figures:
            found = passage.found[figure]
            named = " ".join([*passage.text[: found.start].split()[-1:], found.text]).casefold()
            if found.kind not in NOT_FIGURES and named not in called:
                yield _Place(passage, figure, sentence, paragraph, changes.get(figure))


def _skeleton(place: _Place) -> str:
    start, end = place.sentence.start, place.sentence.end
    inside = [each for each in place.passage.found if start <= each.start < end]
    parts, at = [], start
    for each in inside:
        if each.kind in NOT_FIGURES:
            continue
        parts += [place.passage.text[at : each.start], f"#{each.kind}" if each == place.found else "@"]
        at = each.end
    return " ".join("".join([*parts, place.passage.text[at:end]]).split()).casefold()


def _row(place: _Place, titles: Mapping[str, str]) -> dict[str, str]:
    """A number that stands alone, which is what it is until something gives it."""
    found = place.found
    sign = -1 if place.way == -1 and found.value > 0 else 1
    value, unit = found.value * sign, _unit(found)
    kind = "level" if place.way is None else _KINDS.get(found.kind, "difference")
    said = phrase(place.passage.text, found)
    return {
        "id": "", "section": place.paragraph.section, "where": place.paragraph.where, "printed": said,
        "claim": f"The report prints “{said}”.", "value": decimal_text(value), "unit": unit, "kind": kind,
        "formula": "stands alone", "inputs": "", "measure": "", "area": "", "breakdown": "", "period_start": "",
        "period_end": "", "numerator": "", "denominator": "",
    }  # fmt: skip


def _unit(found: Found) -> str:
    if found.kind == DURATION:
        return _TIMES.get(found.unit[:3], "not_stated")
    if found.kind == MONEY:
        return _MONEY.get(found.scale, "not_stated")
    return _UNITS.get(found.kind, "not_stated")


def _as_before(
    row: dict[str, str], place: _Place, said: Mapping[str, Any], months: int, staying: Collection[pd.Timestamp]
) -> None:
    """What the older report said in the same words is of the same measure, and falls where the words say so."""
    row["id"] = str(said["id"])
    for name in ("measure", "area", "breakdown", "kind", "unit"):
        row[name] = str(said[name]) or row[name]
    period = period_of_quote(place.words, (said["period_start"], said["period_end"]), months, staying)
    for name, day in zip(("period_start", "period_end"), period, strict=True):
        row[name] = "" if pd.isna(day) else f"{day:%Y-%m-%d}"
    value = abs(Fraction(row["value"]))
    falls = place.way == -1 or (place.way is None and place.found.value < 0)
    row["value"] = decimal_text(-value if falls else value)


def _tie(row: dict[str, str], tie: Tie, titles: Mapping[str, str]) -> None:
    row |= {name: getattr(tie, name) for name in ("formula", "inputs", "measure", "area", "breakdown", "kind", "unit")}
    row |= {"period_start": tie.period_start, "period_end": tie.period_end}
    row["claim"] = f"{titles.get(tie.measure, tie.measure)}: the report prints “{row['printed']}”."
    if tie.value < 0 < Fraction(row["value"]):
        row["value"] = decimal_text(-Fraction(row["value"]))


def _unused(row: Mapping[str, str], paragraph: Paragraph, taken: set[str]) -> str:
    """An id that stays when paragraphs come and go elsewhere, so that a reason for leaving a number stays with it."""
    stem = row["id"] or f"{paragraph.section}_{id_from(row['printed'])[:_ID].strip('_')}"
    own, count = stem, 2
    while own in taken:
        own, count = f"{stem}_{count}", count + 1
    taken.add(own)
    return own


def _to_each_other(passage: Passage, judged: Mapping[int, Judged], made: Mapping[int, dict[str, str]]) -> int:
    """Numbers that others of their paragraph give: tied to those, in the sign in which they do."""
    tied = 0
    for figure, row in made.items():
        own = judged.get(figure)
        if own is None or own.grade == UNCHECKED or row["formula"] != "stands alone" or not own.inputs:
            continue
        if any(each not in made for each in own.inputs):
            continue
        formula = own.formula.replace("−", "-").replace("÷", "/").replace("×", "*")
        formula = "sum" if formula == "the sum of its parts" else formula
        values = [Fraction(made[each]["value"]) for each in own.inputs]
        try:
            result = evaluate(formula, [Quantity(value, value, value) for value in values]).value
        except (ValueError, ZeroDivisionError):
            continue
        value, places = Fraction(row["value"]), passage.found[figure].places
        if round_half_up(result, places) == -value:
            value = -value
        row |= {"formula": formula, "inputs": " ".join(made[each]["id"] for each in own.inputs)}
        row["value"] = decimal_text(value)
        tied += 1
    return tied
