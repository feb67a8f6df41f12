"""One column from text to type: which cells were read, which are missing, which do not fit. Each text is read once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.forms import DateForm, NumberForm
from data.profile import Question
from data.wording import best_spelling, plain, tidy

__all__ = ["Merge", "Typed", "merged_texts", "typed_answers", "typed_dates", "typed_numbers"]


class Merge(NamedTuple):
    """Texts that count as one: the column's name, the text shown, and each spelling found with its rows."""

    column: str
    shown: str
    variants: dict[str, int]


@dataclass(frozen=True)
class Typed:
    """A typed column.

    Attributes
    ----------
    values
        With the index of the cells, missing where there is none.
    missing
        Where the cell says that there is none.
    unfit
        Where a cell says something that does not fit.
    merges
        What was made alike.
    """

    values: pd.Series
    missing: pd.Series
    unfit: pd.Series
    merges: tuple[Merge, ...] = ()


def _each(cells: pd.Series, read: Callable[[str], object]) -> tuple[np.ndarray, list[object], list[str]]:
    """For each cell the position of its text; what each text reads as; the texts."""
    codes, texts = pd.factorize(cells)
    return codes, [read(str(text)) for text in texts], [str(text) for text in texts]


def _spread(found: np.ndarray, codes: np.ndarray, cells: pd.Series) -> pd.Series:
    """What was found for each text, for each cell."""
    return pd.Series(found[codes], index=cells.index)


def typed_numbers(cells: pd.Series, form: NumberForm) -> Typed:
    """Numbers in their declared form, as float.

    Examples
    --------
    >>> typed = typed_numbers(pd.Series(["0,5", "NA", "0.5"]), NumberForm(","))
    >>> typed.values.tolist(), typed.missing.tolist(), typed.unfit.tolist()
    ([0.5, nan, nan], [False, True, False], [False, False, True])
    """
    codes, read, _ = _each(cells, form.reader())
    unfit = np.array([value is None for value in read], dtype=bool)
    values = np.array([math.nan if value is None else value for value in read], dtype=float)
    missing = np.isnan(values) & ~unfit
    return Typed(_spread(values, codes, cells), _spread(missing, codes, cells), _spread(unfit, codes, cells))


def typed_dates(cells: pd.Series, form: DateForm) -> Typed:
    """Dates in their declared order, as ``datetime64``.

    Examples
    --------
    >>> typed = typed_dates(pd.Series(["03/04/2023", "", "31/31/2023"]), DateForm("dmy"))
    >>> str(typed.values[0]), typed.missing.tolist(), typed.unfit.tolist()
    ('2023-04-03 00:00:00', [False, True, False], [False, False, True])
    """
    codes, read, _ = _each(cells, form.reader())
    unfit = np.array([value is None for value in read], dtype=bool)
    missing = np.array([value == datetime.min for value in read], dtype=bool)
    days = [None if value is None or value == datetime.min else value for value in read]
    values = pd.Series(pd.to_datetime(pd.Series(days, dtype="object")).astype("datetime64[us]").to_numpy()[codes])
    values.index = cells.index
    return Typed(values, _spread(missing, codes, cells), _spread(unfit, codes, cells))


def merged_texts(cells: pd.Series, column: str, alike: bool = True) -> Typed:
    """Texts, spelled alike where they match; blank is missing.

    Parameters
    ----------
    cells
        Text as it stands in the file.
    column
        The name for ``merges``.
    alike
        Whether texts match in spite of case and apostrophes. Without, only spaces are tidied, as codes want it.

    Examples
    --------
    >>> typed = merged_texts(pd.Series(["Granby", "GRANBY ", "Granby", ""]), "area")
    >>> typed.values.tolist()[:2], typed.merges
    (['Granby', 'Granby'], (Merge(column='area', shown='Granby', variants={'Granby': 2, 'GRANBY ': 1}),))
    """
    codes, matched, texts = _each(cells, plain if alike else tidy)
    held = np.bincount(codes, minlength=len(texts))
    variants: dict[object, dict[str, int]] = {}
    for key, text, number in zip(matched, texts, held, strict=True):
        variants.setdefault(key, {})[text] = int(number)
    shown = {key: best_spelling(of) for key, of in variants.items()}
    values = np.array([shown[key] or None for key in matched], dtype=object)
    missing = np.array([not shown[key] for key in matched], dtype=bool)
    merges = tuple(
        Merge(column, shown[key], of) for key, of in variants.items() if shown[key] and set(of) != {shown[key]}
    )
    nowhere = pd.Series(False, index=cells.index)
    return Typed(_spread(values, codes, cells).astype("str"), _spread(missing, codes, cells), nowhere, merges)


def typed_answers(cells: pd.Series, question: Question, key: str) -> Typed:
    """Answers as the profile spells them; refused, not asked and blank are missing; unknown answers do not fit.

    Examples
    --------
    >>> q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), dont_know=("Don't know",))
    >>> typed = typed_answers(pd.Series(["YES", "DK", "Refused", "Maybe"]), q4, "Q4")
    >>> typed.values.tolist()[:2], typed.missing.tolist(), typed.unfit.tolist()
    (['Yes', "Don't know"], [False, False, True, False], [False, False, False, True])
    >>> [(merge.shown, merge.variants) for merge in typed.merges]
    [('Yes', {'YES': 1}), ("Don't know", {'DK': 1}), ('missing', {'Refused': 1})]
    """
    codes, labels, texts = _each(cells, question.label_of)
    held = np.bincount(codes, minlength=len(texts))
    variants: dict[str, dict[str, int]] = {}
    for label, text, number in zip(labels, texts, held, strict=True):
        if label is not None:
            variants.setdefault(str(label) or "missing", {})[text] = int(number)
    merges = tuple(Merge(key, label, of) for label, of in variants.items() if set(of) - {label, ""})
    values = np.array([label or None for label in labels], dtype=object)
    missing = np.array([label == "" for label in labels], dtype=bool)
    unfit = np.array([label is None for label in labels], dtype=bool)
    texts_shown = _spread(values, codes, cells).astype("str")
    return Typed(texts_shown, _spread(missing, codes, cells), _spread(unfit, codes, cells), merges)
