"""Whether the form that a profile declares for a column's numbers or dates is the one this file is written in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from data.forms import DateForm, NumberForm, propose_date, propose_number
from data.profile import DATE_ROLES
from data.wording import no_number

__all__ = ["fits", "fitting_form", "proposed_form"]

_LOOKED_AT = 5000  # different values, spread over the file, that show whether a form fits
_FAR_FEWER = 0.8  # below this part of what the proposal reads, a declared form is not this file's


def proposed_form(role: str, cells: Iterable[str]) -> NumberForm | DateForm:
    """The form that most values are written in; percentages of which none is above 1 are shares of 1.

    Examples
    --------
    >>> str(proposed_form("percent", ["0.45", "0.5"])), str(proposed_form("month", ["Jan-23"]))
    ('0.45', 'month and year, such as Jan-23')
    """
    texts = list(cells)
    if role in DATE_ROLES:
        return propose_date(texts)[0]
    form = propose_number(texts)[0]
    if role == "percent" and not form.percent and _largest(form, texts) <= 1:
        return NumberForm(form.decimal, form.thousands, share=True)
    return form


def fits(form: NumberForm | DateForm, role: str, cells: Iterable[str]) -> int:
    """How many values a form reads; a percentage above 100 is not read as one.

    Examples
    --------
    >>> fits(DateForm("dmy"), "date", ["2023-01-31", "31/01/2023", ""])
    1
    >>> fits(NumberForm(share=True), "percent", ["45.2", "0.5"])
    1
    """
    read = form.reader()
    values = [value for cell in cells if not no_number(cell) and (value := read(cell)) is not None]
    if role == "percent":
        return sum(isinstance(value, float) and value <= 100 for value in values)
    return sum(value != datetime.min and not (isinstance(value, float) and math.isnan(value)) for value in values)


def fitting_form(
    declared: NumberForm | DateForm, role: str, cells: pd.Series
) -> tuple[NumberForm | DateForm, int, int, int]:
    """The declared form, or the proposed one where the declared reads far fewer of a column's values.

    Returns
    -------
    tuple
        The form to use; how many different values were looked at, a few thousand at most; how many of them the
        declared form reads, and how many the form to use.

    Examples
    --------
    >>> fitting_form(DateForm("dmy"), "month", pd.Series(["2023-01", "2023-02", "2023-02"]))
    (DateForm(order='ym'), 2, 0, 2)
    >>> fitting_form(DateForm("dmy"), "date", pd.Series(["03/04/2023", "2023-04-05", "04/04/2023", "05/04/2023"]))[0]
    DateForm(order='dmy')
    """
    texts = [text for text in map(str, cells.unique()) if not no_number(text)]
    texts = texts[:: len(texts) // _LOOKED_AT + 1]
    read = fits(declared, role, texts)
    is_share = role == "percent" and isinstance(declared, NumberForm) and (declared.share or declared.percent)
    if not texts or (read == len(texts) and (role != "percent" or is_share)):
        return declared, len(texts), read, read
    proposed = proposed_form(role, texts)
    better = fits(proposed, role, texts)
    if read < _FAR_FEWER * better or (isinstance(proposed, NumberForm) and proposed.share and not is_share):
        return proposed, len(texts), read, better
    return declared, len(texts), read, read


def _largest(form: NumberForm, texts: Iterable[str]) -> float:
    read = form.reader()
    values = [value for text in texts if (value := read(text)) is not None and not math.isnan(value)]
    return max(values, default=2.0)
