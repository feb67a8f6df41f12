"""A formula of a release worked out exactly, and how far its result may lie off because its inputs are rounded."""

from __future__ import annotations

import ast
import functools
import itertools
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Quantity", "evaluate", "letters_of", "spell"]

_MOST_CORNERS = 12  # inexact inputs of one formula; a sum may have any number
_DO: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Quantity:
    """A value and the limits between which the unrounded one lies; all three alike for an exact count."""

    value: Fraction
    low: Fraction
    high: Fraction

    @classmethod
    def rounded(cls, value: Fraction, half: Fraction) -> Quantity:
        """A value printed to a step of twice ``half``."""
        return cls(value, value - half, value + half)


def evaluate(formula: str, inputs: Sequence[Quantity]) -> Quantity:
    """The result of a formula on the letters a, b, c ... of its inputs, or of their sum.

    The limits are those at the corners of the inputs' own limits: right for every formula in which each letter, the
    others held still, moves the result one way only, as in differences, shares, rates and changes in per cent.

    Raises
    ------
    ZeroDivisionError
        When the formula divides by an input that is zero.
    ValueError
        For a formula that is not arithmetic on its letters.

    Examples
    --------
    >>> count = [Quantity.rounded(Fraction(n), Fraction(0)) for n in (833, 433)]
    >>> float(evaluate("(a - b) / b * 100", count).value)
    92.37...
    >>> evaluate("a - b", [Quantity.rounded(Fraction(n), Fraction(1, 2)) for n in (7, 4)]).high
    Fraction(4, 1)
    """
    if formula == "sum":
        parts = [[getattr(each, side) for each in inputs] for side in ("value", "low", "high")]
        return Quantity(*(sum(part, Fraction(0)) for part in parts))
    tree = _parsed(formula)
    value = _worked(tree, [each.value for each in inputs])
    sides = [(each.low,) if each.low == each.high else (each.low, each.high) for each in inputs]
    if sum(len(side) > 1 for side in sides) > _MOST_CORNERS:
        raise ValueError(f"The formula {formula} has more than {_MOST_CORNERS} rounded inputs.")
    try:
        corners = [_worked(tree, corner) for corner in itertools.product(*sides)]
    except ZeroDivisionError:
        return Quantity(value, value, value)
    return Quantity(value, min(corners), max(corners))


def letters_of(inputs: Sequence[object]) -> list[str]:
    """The letters that stand for the inputs, in order.

    >>> letters_of(["x", "y"])
    ['a', 'b']
    """
    return [chr(ord("a") + place) for place in range(len(inputs))]


def spell(formula: str) -> str:
    """A formula with the signs of print; "" for a number that stands alone.

    >>> spell("(a - b) / b * 100"), spell("sum"), spell("stands alone")
    ('(a − b) ÷ b × 100', 'the sum of its parts', '')
    """
    if formula == "stands alone":
        return ""
    if formula == "sum":
        return "the sum of its parts"
    return formula.replace("-", "−").replace("/", "÷").replace("*", "×")


@functools.lru_cache(maxsize=256)
def _parsed(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise ValueError(f"The formula {formula} cannot be read.") from None


def _worked(node: ast.expr, inputs: Sequence[Fraction]) -> Fraction:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _DO:
            return _DO[type(op)](_worked(left, inputs), _worked(right, inputs))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worked(operand, inputs)
        case ast.Name(id=letter) if len(letter) == 1 and 0 <= ord(letter) - ord("a") < len(inputs):
            return inputs[ord(letter) - ord("a")]
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Fraction(repr(number))
    raise ValueError(f"The formula holds {ast.unparse(node)}, which is neither a letter of an input nor arithmetic.")
