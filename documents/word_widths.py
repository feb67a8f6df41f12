"""How a table fits a page of a Word document, so that no word is broken: size of letters, widths, which way it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.blocks import Table

__all__ = ["LYING", "UPRIGHT", "Fit", "fit_of", "is_wordy"]

UPRIGHT, LYING = 481.9, 728.5  # points between the margins of A4: 17.0 cm, and 25.7 cm with the page on its side
_SIZES = {UPRIGHT: (9.5, 8.5, 8.0), LYING: (9.5, 8.5, 8.0, 7.5)}  # of letters, in points; the first that fits holds
_BESIDE = 9.0  # points of a column that no letter may use: the margins of its cells, and a little for rounding
_FEWEST = 12  # letters of a long text that stand in one line at least
_MOST = 46  # letters after which a column gets no wider
_WORDY = 34  # letters of a first column, on average, from which it is not set in bold
_SPARE = 0.15  # of a column, for letters that are wider where a computer has not Arial's widths
_BOLD = 0.056  # how much wider a bold letter is at most, in letters' sizes; figures and most signs are not
_AS_WIDE = frozenset("0123456789,.%/-+=()£$* ")
_WIDTHS = {  # thousandths of a letter's size, of Arial and of all letters made to replace it
    222: "ijl'|", 278: " !,./:;I[]\\ft\u00a0", 333: "()-`r", 389: "*\"", 500: "Jckcsvxyz", 556: "?L_$£#abdeghnopqu–",
    584: "+<=>−≥≤±", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 944: "W%", 1000: "@—…",
}  # fmt: skip
_OF_LETTER = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_USUAL = 0.556  # digits, and letters that are not named
_WIDEST_SIGN = 1.0  # arrows and shapes come from other fonts
_PIECES = re.compile(r"[^\s\-–—]+[\-–—]?|[\-–—]")  # a line may end after a hyphen or a dash


@dataclass(frozen=True)
class Fit:
    """How a table is set.

    Attributes
    ----------
    size
        Of its letters, in points.
    widths
        Of its columns, in points; together the width between the page's margins.
    lies
        Whether its page lies on its side.
    """

    size: float
    widths: tuple[float, ...]
    lies: bool


def fit_of(table: Table) -> Fit:
    """The largest letters at which every word of a table stands whole, on an upright page or else on one on its side.

    Where not even that is wide enough, the columns with the longest words give way, which are ids and addresses.

    >>> fit = fit_of(Table("Deaths", ("Where", "Count"), (("Road", "1,002"), ("Rail", "7"))))
    >>> fit.size, fit.lies, round(sum(fit.widths), 1)
    (9.5, False, 481.9)
    """
    least: list[float] = []
    for width, sizes in _SIZES.items():
        for size in sizes:
            least = [_least(table, column) * size + _BESIDE for column in range(len(table.header))]
            if sum(least) <= width:
                return Fit(size, _shared(table, least, size, width), width == LYING)
    return Fit(size, _narrowed(least, width), True)


def is_wordy(table: Table) -> bool:
    """Whether the first column holds sentences rather than names, and so is not set in bold."""
    return sum(len(row[0]) for row in table.rows) > _WORDY * len(table.rows)


def _least(table: Table, column: int) -> float:
    """What a column needs for its longest word, in letters' sizes; a long text gets room for a few words."""
    bold = column == 0 and not is_wordy(table)
    needs = [_longest(table.header[column], bold=True)]
    for place, row in enumerate(table.rows):
        strong = bold or table.kind(place) in ("total", "subtotal")
        needs.append(_longest(row[column], strong))
    letters = max((len(row[column]) for row in table.rows), default=0)
    return max(*needs, min(letters, _FEWEST) * _USUAL)


def _longest(text: str, bold: bool) -> float:
    return max((_width(piece, bold) for piece in _PIECES.findall(text)), default=0.0)


def _width(text: str, bold: bool) -> float:
    """The width of a text in letters' sizes.

    >>> round(_width("Wi 10%", bold=False), 3), round(_width("Wi 10%", bold=True), 3)
    (3.5, 3.612)
    """
    plain = sum(_OF_LETTER.get(letter, _USUAL if letter.isalnum() else _WIDEST_SIGN) for letter in text)
    return plain + (_BOLD * sum(letter not in _AS_WIDE for letter in text) if bold else 0.0)


def _shared(table: Table, least: list[float], size: float, width: float) -> tuple[float, ...]:
    """The width that is left: a little for each word, then by what columns need to hold their usual cell in a line."""
    wanted = []
    for column, low in enumerate(least):
        cells = [row[column] for row in table.rows]
        longest = max((len(cell) for cell in cells), default=1)
        usual = sum(map(len, cells)) / max(1, len(cells))
        letters = max(min(len(table.header[column]), 14), min(longest, _MOST, 1.6 * usual + 8))
        wanted.append(max(low, letters * _USUAL * size + _BESIDE))
    spare = min(_SPARE, width / sum(least) - 1.0)
    least = [low * (1.0 + spare) for low in least]
    more = [max(0.0, want - low) for want, low in zip(wanted, least, strict=True)]
    rest = width - sum(least)
    shares = more if sum(more) else wanted
    return tuple(low + rest * share / sum(shares) for low, share in zip(least, shares, strict=True))


def _narrowed(least: Iterable[float], width: float) -> tuple[float, ...]:
    """The same columns in less room: the widest are cut to one width, until all fit."""
    widths = list(least)
    cut = max(widths)
    while sum(min(each, cut) for each in widths) > width:
        cut -= 1.0
    told = [min(each, cut) for each in widths]
    return tuple(each * width / sum(told) for each in told)
