"""What is too imprecise to be shown, and what may be shown only with a word about its small base.

The rule is that of the US National Center for Health Statistics for proportions, and its bases are effective ones:
thirty answers that weigh very differently tell less than thirty. It is judged by the default interval at 95%, so what
is shown does not depend on which interval is chosen.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.survey_intervals import survey_limits
from analysis.survey_variance import NET

__all__ = ["LEAST_BASE", "PROTECTED", "SMALL_BASE", "VERY_SMALL_BASE", "precision"]

PROTECTED = "Withheld to protect respondents: "  # how every caveat of a figure withheld for disclosure begins

LEAST_BASE, VERY_SMALL_BASE, SMALL_BASE = 30, 50, 100
_WIDEST, _NARROW, _WIDEST_TO_SHARE = 0.30, 0.05, 1.30
_HIDDEN = "Too imprecise to show: "
_WORDS = {
    "few": _HIDDEN + "the effective base is {base:.1f}, under " + f"{LEAST_BASE}.",
    "unknown": _HIDDEN + "one answer alone has no spread.",
    "wide": _HIDDEN + "its 95% interval is {points:.0f} points wide.",
    "wide for it": _HIDDEN + "its 95% interval is {points:.0f} points wide, more than "
    f"{_WIDEST_TO_SHARE:.0%} of the share.",
    "very small": "Very small base: {base:.1f} effective answers.",
    "small": "Small base: {base:.1f} effective answers.",
    "": "",
}
_MARKED = ["very small", "small", ""]  # and shown


def precision(cells: pd.DataFrame, limits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Whether each cell is withheld, and what must be said of its base.

    A net score's scale is twice as long as a share's, so its interval may be twice as wide; its size says nothing.

    Parameters
    ----------
    cells
        As ``analysis.survey_variance.linearised`` gives them.
    limits
        Their default limits at 95%, where they are known already.

    Returns
    -------
    DataFrame
        ``withheld`` and ``caveat`` with the index of ``cells``; the caveat is "" for a base that needs none.

    Examples
    --------
    >>> cells = pd.DataFrame({"measure": "top", "n": [29, 60], "estimate": [0.5, 0.9], "standard_error": [0.09, 0.04],
    ...                       "degrees": [28, 59], "kish": [29.0, 48.0], "taylor": [29.0, 56.0],
    ...                       "n_effective": [29.0, 48.0]})
    >>> precision(cells)["caveat"].tolist()
    ['Too imprecise to show: the effective base is 29.0, under 30.', 'Very small base: 48.0 effective answers.']
    """
    limits = survey_limits(cells) if limits is None else limits
    base, width = cells["n_effective"].round(9), limits["upper"] - limits["lower"]  # 30 answers are not 29.999...
    net = cells["measure"] == NET
    widest = pd.Series(np.where(net, 2 * _WIDEST, _WIDEST), index=cells.index)
    relative = ~net & (width > _NARROW) & (width > _WIDEST_TO_SHARE * cells["estimate"])
    kinds = np.select(
        [
            base < LEAST_BASE, limits["lower"].isna(), width >= widest, relative,
            base < VERY_SMALL_BASE, base < SMALL_BASE,
        ],
        list(_WORDS)[:-1],
        "",
    )  # fmt: skip
    told = [
        _WORDS[kind].format(base=each, points=wide * 100) for kind, each, wide in zip(kinds, base, width, strict=True)
    ]
    caveat = pd.Series(told, index=cells.index, dtype="str")
    return pd.DataFrame({"withheld": ~np.isin(kinds, _MARKED), "caveat": caveat}, index=cells.index)
