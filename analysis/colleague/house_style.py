"""Ways of writing that the check finds fault with and that the last report has too: one line for all of each."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.audit.grades import AS_PER_CENT
from analysis.audit.words import FALL_TWICE
from analysis.colleague.finding import LATER, Finding, key_of
from analysis.numbers import write_number

__all__ = ["AS_PER_CENT", "as_the_last_report", "style_of", "styles_of_text"]

_FEWEST = 2  # times that a report writes so, for it to be its way


def style_of(row: Any) -> str:
    """The way of writing that a finding of the report check is about: one of two; "" of any other fault."""
    return next((style for style in (AS_PER_CENT, FALL_TWICE) if str(row.cause).startswith(style)), "")


def styles_of_text(found: pd.DataFrame) -> set[str]:
    """The ways of writing that a report has in its running text; ``found`` as ``analysis.audit.audit`` gives it."""
    count = Counter(style_of(row) for row in found.itertuples() if not row.table)
    return {style for style, number in count.items() if style and number >= _FEWEST}


def as_the_last_report(rows: Sequence[Any], titles: Mapping[str, str]) -> Finding:
    """One finding for all that is written in one way of the report before.

    Parameters
    ----------
    rows
        Of ``analysis.audit.audit``, two or more of one style; ``id, table, about, as_printed, recomputed, cause``.
    titles
        The title of each table by its id.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> made = [Row(id=name, table="asked", as_printed=said, recomputed=value, about="", cause=AS_PER_CENT)
    ...         for name, said, value in (("q4", "+5%", 5.0), ("q5", "-1%", -1.0))]
    >>> as_the_last_report(made, {"asked": "Public confidence"}).what
    '2 changes of a percentage are printed as per cent: 2 in “Public confidence”. The first, “+5%”, is 5 percentage
    points.'
    """
    style, first = style_of(rows[0]), rows[0]
    tables = Counter(str(row.table) for row in rows)
    told = ", ".join(f"{number} in {f'“{titles[table]}”' if table else 'the text'}" for table, number in tables.items())
    printed = sorted(f"{row.id} {row.as_printed}" for row in rows)
    what, where, name = f"{len(rows)} falls are said twice, such as “{first.as_printed}”: {told}.", "Falls", "twice"
    if style == AS_PER_CENT:
        points = abs(first.recomputed)
        unit = "percentage point" if points == 1 else "percentage points"
        where, name = "Changes of percentages", "per_cent"
        what = (
            f"{len(rows)} changes of a percentage are printed as per cent: {told}. The first, “{first.as_printed}”, is "
            f"{write_number(points, 'count', _places(points))} {unit}."
        )
    return Finding(
        key=key_of("as_before", name, zlib.crc32("\n".join(printed).encode())), kind="as_before",
        where=where, what=what,
        how_to_mend="The last report writes them that way too. They may stay; Check the figures goes on to tell them.",
        serious=False, place=(LATER, LATER, 0.0, 0.0), number_id=" ".join(str(row.id) for row in rows),
    )  # fmt: skip


def _places(value: float) -> int:
    return len(f"{value:.15g}".partition(".")[2])
