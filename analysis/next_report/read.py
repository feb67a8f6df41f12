"""What reading a filled-in workbook gives: the frames of the next release, and what was met on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

__all__ = ["SHEET_COLUMNS", "Problem", "Read", "reasons_of"]

# One row is a cell that holds something: its sheet, row and column from 1, what it holds (text, number, date, True or
# False; a formula's saved result), the number format it is shown with, whether a formula stands in it, and the comment
# that hangs on it.
SHEET_COLUMNS = ["sheet", "row", "column", "value", "format", "formula", "comment"]


@dataclass(frozen=True)
class Problem:
    """Something in the workbook that must be mended before it can become a release."""

    sheet: str
    cell: str
    found: str
    expected: str
    mend: str

    @property
    def sentence(self) -> str:
        """All of it in words.

        >>> Problem("Homicide", "C5", "twelve", "a number", "Type it in figures").sentence
        "Homicide, cell C5: found 'twelve', expected a number. Type it in figures."
        """
        found = f"found '{self.found}'" if self.found else "found nothing"
        return f"{self.sheet}, cell {self.cell}: {found}, expected {self.expected}. {self.mend.rstrip('.')}."


@dataclass(frozen=True)
class Read:
    """A workbook read back.

    Attributes
    ----------
    frames
        Of the next release by the name of their file, every cell as text under the columns of its contract. With
        problems they hold what could be read, and may not pass the contract.
    info
        What belongs in ``release.toml``: texts, and dates as ``datetime.date``.
    problems
        All together, in the order of the sheets.
    notes
        Whole sentences on what was done or left out, which need no mending.
    reasons
        The reason given for each confirmed finding, by the finding's key.
    release_id, older_id
        Of the release it makes and of the one it was made from.
    places
        The sheet and the cell of each number by its id, of figures, derived numbers and numbers of the text, and of
        places and ranges; of events and promises by ``events.`` or ``commitments.`` and their id, of texts by their key
        on the sheet Texts. Of a table by its id the sheet alone, with "" for the cell.
    """

    frames: Mapping[str, pd.DataFrame]
    info: Mapping[str, object]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    release_id: str = ""
    older_id: str = ""
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def kept_with(self, confirmed: pd.DataFrame | None) -> Read:
        """The same with the reasons that a draft of it was kept with; where the workbook gives one too, that holds.

        Parameters
        ----------
        confirmed
            The draft's table of that name, as text; None where there is no draft.
        """
        if confirmed is None:
            return self
        frames = {**self.frames, "confirmed": confirmed}
        return replace(self, frames=frames, reasons={**reasons_of(confirmed), **self.reasons})


def reasons_of(confirmed: pd.DataFrame | None) -> dict[str, str]:
    """The reasons of a release's ``confirmed``, by the finding that each answers; none where there is no such table.

    >>> reasons_of(pd.DataFrame({"finding": ["new ebike"], "reason": ["It is new."]})), reasons_of(None)
    ({'new ebike': 'It is new.'}, {})
    """
    return {} if confirmed is None else dict(zip(confirmed["finding"], confirmed["reason"], strict=True))
