"""How a report writes a number: places, commas, per cent signs, brackets and arrows, learnt from what it printed."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.printed import read_printed, round_half_up

__all__ = ["Style", "learn_style", "thousands"]

_SUFFIX = re.compile(r"(\s?%|\s[A-Za-z][A-Za-z .]*)\)?$")
_LONG = re.compile(r"\d{4}|\d,\d{3}")


@dataclass(frozen=True)
class Style:
    """How one number is written.

    Attributes
    ----------
    places
        Decimal places.
    commas
        Whether thousands are parted.
    suffix
        What follows the number, such as " %" or " hours".
    brackets, arrows, plus
        Whether a fall stands in brackets; whether ↑ and ↓ stand before; whether a rise has its sign.
    """

    places: int = 0
    commas: bool = True
    suffix: str = ""
    brackets: bool = False
    arrows: bool = False
    plus: bool = False

    def write(self, value: Fraction) -> str:
        """A number as the report would print it.

        >>> Style(0, brackets=True).write(Fraction(-2366)), Style(2, arrows=True).write(Fraction(-336, 100))
        ('(2,366)', '↓ -3.36')
        >>> Style(1, suffix="%").write(Fraction(4735, 100)), Style(0, plus=True).write(Fraction(5))
        ('47.4%', '+5')
        """
        rounded = round_half_up(value, self.places)
        whole = abs(rounded) * 10**self.places
        digits = str(int(whole)).rjust(self.places + 1, "0")
        number, decimals = (digits[: -self.places], f".{digits[-self.places :]}") if self.places else (digits, "")
        text = f"{int(number):,}" if self.commas else str(int(number))
        text += decimals + self.suffix
        if rounded < 0:
            text = f"({text})" if self.brackets else f"-{text}"
        elif rounded > 0 and self.plus:
            text = f"+{text}"
        return f"{'↑' if rounded > 0 else '↓'} {text}" if self.arrows and rounded else text


@functools.lru_cache(maxsize=4096)
def learn_style(own: str, column: tuple[str, ...], commas: bool = True, changes: bool = False) -> Style:
    """The style of a cell from what the report printed there, and in the cells of its column.

    Parameters
    ----------
    own
        The print in this very place; "" where there was none.
    column
        The prints of its column and kind.
    commas
        Whether the report parts thousands, where neither shows it.
    changes
        Whether these are differences and per cents, whose places and signs are the column's.

    Examples
    --------
    >>> learn_style("72", ("(175)", "72", "1,162"), changes=True)
    Style(places=0, commas=True, suffix='', brackets=True, arrows=False, plus=False)
    >>> learn_style("227486", ()).commas, learn_style("7.84 %", ()).suffix
    (False, ' %')
    """
    read = read_printed(own)
    several = {text: found for text in dict.fromkeys((own, *column)) if (found := read_printed(text))}
    prints = [text for text in (own, *column) if text in several]
    places = Counter(several[text].places for text in prints)
    suffixes = Counter(_suffix(text) for text in prints)
    if read is not None and not changes:
        places, suffixes = Counter([read.places]), Counter([_suffix(own)])
    parted = thousands([own]) if thousands([own]) is not None else thousands(prints)
    return Style(
        places=places.most_common(1)[0][0] if places else 0,
        commas=commas if parted is None else parted,
        suffix=suffixes.most_common(1)[0][0] if suffixes else "",
        brackets=any("(" in text for text in prints),
        arrows=changes and any(arrow in text for text in prints for arrow in "↑↓"),
        plus=changes and any("+" in text for text in prints),
    )


def thousands(prints: Sequence[str]) -> bool | None:
    """Whether thousands are parted by commas in most of some prints; None where none is that large."""
    large = [text for text in prints if _LONG.search(text)]
    return sum("," in text for text in large) * 2 >= len(large) if large else None


def _suffix(text: str) -> str:
    found = _SUFFIX.search(text)
    return found[1] if found else ""
