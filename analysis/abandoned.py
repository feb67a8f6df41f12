"""Calls that were given up, parted into those of the first wait band, by choice, and those after waiting longer."""

from __future__ import annotations

import pandas as pd

from analysis.change_words import change_phrase
from analysis.numbers import half_up, write_number
from analysis.periods import name_period

__all__ = ["abandoned_sentence", "wait_bands"]

_WAIT = "wait="


def wait_bands(figures: pd.DataFrame) -> pd.DataFrame:
    """Counts by wait band and year, with the share of each in its year.

    Parameters
    ----------
    figures
        A release's ``figures``; counts whose breakdown is ``wait=`` are used, of the first measure that has them.

    Returns
    -------
    DataFrame
        ``band, order, period_start, period_end, value, share`` (0 to 1), ``by_choice`` (the first band), the earlier
        year first. Without rows where no count is printed by wait.

    Examples
    --------
    >>> figures = pd.DataFrame({"measure": "given_up", "unit": "count", "column_order": [1, 2], "value": [25.0, 75.0],
    ...     "breakdown": ["wait=0-93 s", "wait=94 s or more"], "period_start": pd.Timestamp("2022-04-01"),
    ...     "period_end": pd.Timestamp("2023-03-31")})
    >>> wait_bands(figures)[["band", "share", "by_choice"]].values.tolist()
    [['0-93 s', 0.25, True], ['94 s or more', 0.75, False]]
    """
    own = figures[(figures["unit"] == "count") & figures["breakdown"].str.startswith(_WAIT)]
    own = own[own["measure"] == own["measure"].iloc[0]] if len(own) else own
    order = own["column_order"].rank(method="dense").astype(int) if len(own) else own["column_order"]
    rows = own.assign(band=own["breakdown"].str.removeprefix(_WAIT), order=order)
    rows = rows.sort_values(["period_start", "order"], kind="stable").reset_index(drop=True)
    totals = rows.groupby("period_start")["value"].transform("sum")
    told = rows.assign(share=rows["value"] / totals, by_choice=rows["order"] == 1)
    return told[["band", "order", "period_start", "period_end", "value", "share", "by_choice"]]


def abandoned_sentence(bands: pd.DataFrame) -> str:
    """How many gave up by choice and how many after waiting, against the year before.

    Examples
    --------
    >>> bands = pd.DataFrame({"band": ["0-93 s", "more"] * 2, "by_choice": [True, False] * 2,
    ...     "value": [20.0, 50.0, 25.0, 75.0], "period_start": pd.to_datetime(["2021-04-01"] * 2 + ["2022-04-01"] * 2),
    ...     "period_end": pd.to_datetime(["2022-03-31"] * 2 + ["2023-03-31"] * 2)})
    >>> print(abandoned_sentence(bands))
    12 months to 31 March 2023: 25 calls (25%) were given up within the first band (0-93 s), counted here as by
    choice, 5 more than the year before; 75 (75%) were given up after waiting longer, up 50.0%.
    """
    years = list(dict.fromkeys(bands["period_start"]))
    last = bands[bands["period_start"] == years[-1]]
    before = bands[bands["period_start"] == years[-2]] if len(years) > 1 else None
    told = []
    for choice in (True, False):
        own = last[last["by_choice"] == choice]
        count = float(own["value"].sum())
        part = f"{write_number(count)} {'calls ' if choice else ''}({half_up(count / last['value'].sum() * 100):.0f}%)"
        part += (
            f" were given up within the first band ({own['band'].iloc[0]}), counted here as by choice"
            if choice
            else (" were given up after waiting longer")
        )
        if before is not None:
            earlier = float(before.loc[before["by_choice"] == choice, "value"].sum())
            percent = (count - earlier) / earlier * 100 if earlier >= 50 else None
            moved = change_phrase(count - earlier, percent, "count")
            part += f", {moved}{' than the year before' if choice and percent is None else ''}"
            part += " on the year before" if choice and percent is not None else ""
        told.append(part)
    period = name_period(last["period_start"].iloc[0], last["period_end"].iloc[0])
    return f"{period}: {'; '.join(told)}."
