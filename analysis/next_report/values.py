"""The numbers of the next report on their way: what was typed, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.printed import read_printed
from analysis.next_report.cells import Cell
from analysis.next_report.styles import Style

__all__ = ["Number", "Numbers", "decimal_text", "share_parts"]


@dataclass(frozen=True)
class Number:
    """One number: unrounded, and as the report prints it."""

    exact: Fraction
    printed: str
    typed: bool = True

    @property
    def value(self) -> Fraction:
        """What its print says."""
        read = read_printed(self.printed)
        return self.exact if read is None else read.value


@dataclass(frozen=True)
class _Waiting:
    cell: Cell
    style: Style
    inputs: tuple[str, ...]


class Numbers:
    """Every number by its id; those that follow from others are worked out when they are asked for."""

    def __init__(self) -> None:
        self.known: dict[str, Number] = {}
        self.waiting: dict[str, _Waiting] = {}
        self.divided_by_zero: list[str] = []

    def put(self, name: str, number: Number) -> None:
        """Something typed or filled in."""
        self.known[name] = number

    def follow(self, cell: Cell, style: Style) -> None:
        """Something that follows from others."""
        self.waiting[cell.id] = _Waiting(cell, style, cell.inputs)

    def take_in(self, name: str, more: Sequence[str]) -> None:
        """Let a sum that is still to be worked out take in parts that no report had before."""
        waiting = self.waiting.get(name)
        if waiting is not None and more:
            self.waiting[name] = replace(waiting, inputs=(*waiting.inputs, *more))

    def get(self, name: str) -> Number | None:
        """A number; None where the report has none or what it rests on is missing."""
        if name not in self.known and name in self.waiting:
            made = self._worked_out(self.waiting.pop(name))
            if made is not None:
                self.known[name] = made
        return self.known.get(name)

    def inputs_of(self, cell: Cell, more: Sequence[str] = ()) -> list[str]:
        """The inputs of a derived number as the report has them: what is gone is "-", or left out of a sum."""
        names = [*cell.inputs, *more]
        if cell.formula == "sum":
            return [name for name in names if self.get(name) is not None]
        return [name if self.get(name) is not None else "-" for name in names]

    def _worked_out(self, waiting: _Waiting) -> Number | None:
        formula = waiting.cell.formula
        inputs = [self.get(name) for name in waiting.inputs]
        there = [each for each in inputs if each is not None]
        if not there or (formula != "sum" and len(there) < len(inputs)):
            return None
        try:
            value = evaluate(formula, [Quantity(each.exact, each.exact, each.exact) for each in there]).value
        except ZeroDivisionError:
            self.divided_by_zero.append(waiting.cell.id)
            return None
        return Number(value, waiting.style.write(value), typed=False)


def decimal_text(value: Fraction) -> str:
    """A number as the files of a release hold it.

    >>> decimal_text(Fraction(4730, 100)), decimal_text(Fraction(-12)), decimal_text(Fraction(1, 200))
    ('47.3', '-12', '0.005')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.10f}".rstrip("0")


def share_parts(cell: Cell, older: Mapping[str, float], numbers: Numbers) -> dict[str, str]:
    """The numerator and denominator of a share, where the older report's were those of its formula.

    Parameters
    ----------
    cell
        A figure of the next report.
    older
        What the older report printed, by the next report's ids.
    numbers
        Those of the next report.
    """
    found = {}
    for name in ("numerator", "denominator"):
        was = cell.figure.get(name, "")
        same = [each for each in cell.inputs if was and each in older and older[each] == float(was)]
        own = numbers.get(same[0]) if same else None
        found[name] = decimal_text(own.value) if own is not None else ""
    return found
