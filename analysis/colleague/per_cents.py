"""Changes of a percentage that are printed as per cent, as the last report prints them: one line for all of them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.audit.grades import AS_PER_CENT
from analysis.colleague.finding import LATER, Finding, key_of
from analysis.numbers import write_number

__all__ = ["as_the_last_report", "is_per_cent"]


def is_per_cent(row: Any) -> bool:
    """Whether a finding of the report check is of a change of a percentage that is printed as per cent."""
    return str(row.cause).startswith(AS_PER_CENT)


def as_the_last_report(rows: Sequence[Any], titles: Mapping[str, str]) -> Finding:
    """One finding for all changes of percentages that are printed as per cent, as in the report before.

    Parameters
    ----------
    rows
        Of ``analysis.audit.audit``, two or more; ``id, table, about, as_printed, recomputed, cause``.
    titles
        The title of each table by its id.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> made = [Row(id=name, table="asked", as_printed=said, recomputed=value, about="")
    ...         for name, said, value in (("q4", "+5%", 5.0), ("q5", "-1%", -1.0))]
    >>> as_the_last_report(made, {"asked": "Public confidence"}).what
    '2 changes of a percentage are printed as per cent: 2 in “Public confidence”. The first, “+5%”, is 5 percentage
    points.'
    """
    tables = Counter(str(row.table) for row in rows)
    told = ", ".join(f"{number} in “{titles.get(table) or 'the text'}”" for table, number in tables.items())
    first, printed = rows[0], sorted(f"{row.id} {row.as_printed}" for row in rows)
    points = abs(first.recomputed)
    unit = "percentage point" if points == 1 else "percentage points"
    return Finding(
        key=key_of("as_before", "per_cent", zlib.crc32("\n".join(printed).encode())), kind="as_before",
        where="Changes of percentages", serious=False, place=(LATER, LATER, 0.0, 0.0),
        what=f"{len(rows)} changes of a percentage are printed as per cent: {told}. The first, “{first.as_printed}”, "
        f"is {write_number(points, 'count', _places(points))} {unit}.",
        how_to_mend="The last report writes them that way too. They may stay; Check the figures goes on to tell them.",
        number_id=" ".join(str(row.id) for row in rows),
    )  # fmt: skip


def _places(value: float) -> int:
    return len(f"{value:.15g}".partition(".")[2])
