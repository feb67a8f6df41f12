"""What still stands between a draft and print: serious findings that are neither mended nor confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.colleague import ask, confirmed

__all__ = ["against_words", "questions", "unsettled"]

Told = tuple[Mapping[str, pd.DataFrame], date]  # frames of a release, and the day its data go to


def questions(older: Told | None, newer: Told) -> pd.DataFrame:
    """What a colleague would ask of a release, beside the one before it where there is one.

    Parameters
    ----------
    older, newer
        Frames by the name of their file and the data-to date of two releases. The first release of all is held
        against itself: what is asked then is what its own numbers ask.

    Returns
    -------
    DataFrame
        As ``analysis.colleague.ask`` gives it.
    """
    frames, data_to = newer
    before, before_to = older or (None, data_to)
    return ask(before, frames, pd.Timestamp(data_to), pd.Timestamp(before_to))


def against_words(before: str | None) -> str:
    """Which release one on its way to print is held against, as a sentence.

    Parameters
    ----------
    before
        The id of the latest published release before it; None where there is none.

    Examples
    --------
    >>> against_words("2023-03")
    'Held against 2023-03, the published report before it.'
    >>> against_words(None)
    'Held against no other report: none before it is published.'
    """
    if before is None:
        return "Held against no other report: none before it is published."
    return f"Held against {before}, the published report before it."


def unsettled(older: Told | None, newer: Told) -> list[str]:
    """A sentence for each serious finding that is neither mended nor confirmed with a reason.

    Parameters
    ----------
    older, newer
        As in ``questions``; reasons are those of the newer release's ``confirmed``.
    """
    told = confirmed(questions(older, newer), newer[0]["confirmed"])
    return [f"{row.where}: {row.what}" for row in told[told["open"]].itertuples()]
