"""The numbers of the next report's tables as a pasted sentence may speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.printed import read_printed, round_half_up, significant_digits
from analysis.draft.in_report import report_of
from analysis.draft.numbers_in_text import COUNT, DURATION, MONEY, PER_CENT, POINTS, Found
from analysis.numbers import DIFFERENCES, POUNDS, unit_of_change

__all__ = ["UNITS", "Tie", "Ties"]

UNITS = {
    COUNT: ("count",), PER_CENT: ("percent", "percentage_points"), POINTS: ("percentage_points",),
    DURATION: ("seconds", "minutes", "hours", "days"), MONEY: tuple(POUNDS),
}  # fmt: skip
_FEWEST_NAMED, _FEWEST_UNNAMED = 2, 3  # digits of a number before it can be known by its value


@dataclass(frozen=True)
class Tie:
    """A number of a table: its value, what it is, and how a statement of it is worked out."""

    value: Fraction
    unit: str
    kind: str
    formula: str
    inputs: str
    measure: str
    area: str
    breakdown: str
    period_start: str
    period_end: str
    section: str


class Ties:
    """Every number of the tables, found by value among those of the measures that a sentence names."""

    def __init__(
        self, figures: pd.DataFrame, derived: pd.DataFrame, measures: pd.DataFrame, sections: dict[str, str]
    ) -> None:
        self.ids = set(figures["figure_id"])
        self.own = [_of_figure(row, sections) for row in figures.to_dict("records")]
        known = {row["figure_id"]: row for row in figures.to_dict("records")}
        alone = derived[~derived["id"].isin(self.ids)]
        made = (_of_derived(row, known, sections) for row in alone.to_dict("records"))
        self.own += [tie for tie in made if tie is not None]
        titles = dict(zip(measures["id"], measures["title"], strict=True))
        day = pd.Timestamp("2000-01-01")
        self.report = report_of(
            pd.DataFrame(
                [{"measure": tie.measure, "title": titles.get(tie.measure, tie.measure), "value": float(tie.value),
                  "unit": tie.unit, "printed": "", "where": "", "period_start": day, "period_end": day}
                 for tie in self.own],
                columns=["measure", "title", "value", "unit", "printed", "where", "period_start", "period_end"],
            )
        )  # fmt: skip

    def find(self, found: Found, sentence: str, way: int | None, section: str) -> Tie | None:
        """The one number of a table that a number of a text is; None where none or several are.

        Parameters
        ----------
        found, sentence
            The number, and the sentence it stands in.
        way
            None of a level; of a change 1 for a rise, -1 for a fall, 0 where the words leave it open.
        section
            The section of the report that the sentence belongs to.
        """
        digits = significant_digits(found.value, found.places)
        named = set(self.report.named(sentence))
        fitting = [tie for tie in self.own if _fits(tie, found, way)]
        several = [tie for tie in fitting if tie.measure in named and digits >= _FEWEST_NAMED]
        several = several or [tie for tie in fitting if tie.section == section and digits >= _FEWEST_UNNAMED]
        if len({tie.measure for tie in several}) > 1:
            several = [tie for tie in several if tie.section == section] or several
        if len({(tie.measure, tie.breakdown) for tie in several}) != 1:
            return None
        return max(several, key=lambda tie: tie.period_end)


def _fits(tie: Tie, found: Found, way: int | None) -> bool:
    if tie.unit not in UNITS.get(found.kind, ()) or (tie.kind == "level") != (way is None and not _signed(found)):
        return False
    if found.kind == DURATION and tie.unit[:3] != found.unit[:3]:
        return False
    value = tie.value * POUNDS.get(tie.unit, 1) / found.scale
    if way is None:
        return round_half_up(value, found.places) == found.value if found.kind != COUNT else value == found.value
    if way and value and (value > 0) != (way > 0):
        return False
    return round_half_up(abs(value), found.places) == abs(found.value)


def _signed(found: Found) -> bool:
    return found.value < 0


def _of_figure(row: Mapping[Any, Any], sections: dict[str, str]) -> Tie:
    return Tie(
        Fraction(row["value"]), row["unit"], "level", "a", row["figure_id"], row["measure"], row["area"],
        row["breakdown"], row["period_start"], row["period_end"], sections.get(row["table"], ""),
    )  # fmt: skip


def _of_derived(row: Mapping[Any, Any], known: Mapping[Any, Mapping[Any, Any]], sections: dict[str, str]) -> Tie | None:
    inputs: Sequence[str] = row["inputs"].split()
    read = read_printed(row["printed"])
    if read is None or not inputs or any(name not in known for name in inputs):
        return None
    first = known[inputs[0]]
    unit = unit_of_change(row["kind"], first["unit"])
    kind = "difference" if row["kind"] in DIFFERENCES else "percent_change"
    kind = "point_change" if unit == "percentage_points" else kind
    return Tie(
        read.value, unit, kind, row["formula"], row["inputs"], first["measure"], first["area"], first["breakdown"],
        first["period_start"], first["period_end"], sections.get(row["table"], ""),
    )  # fmt: skip
