"""From sums per cell to a weighted mean, its standard error and the bases that it is worth.

Taylor linearisation, as R's survey package does it: a group is a subset of the whole sample, so respondents outside
it count as zeros in their stratum and do not change what a stratum's number of sampling units is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

__all__ = ["NET", "linearised", "variance_of_total", "with_errors"]

NET = "net"  # the measure that runs from -1 to 1; every other is a share
_SUMS = ["n", "sum_w", "sum_w2", "sum_wy", "psus", "psu_ww", "psu_wy", "psu_yy"]


def linearised(sums: pd.DataFrame, design: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Estimate, standard error and effective bases of each cell.

    Parameters
    ----------
    sums
        As ``data.queries.weighted_sums`` gives them: ``keys``, ``stratum`` where the sample has strata, and the sums.
    design
        The whole sample as ``data.queries.sample_design`` gives it. Its columns other than ``n``, ``psus`` and
        ``population`` (say ``wave`` and ``stratum``) tell which of its rows belongs to a row of ``sums``. A population
        is counted in sampling units, and shortens the error.
    keys
        What makes a cell; ``measure`` is one of them.

    Returns
    -------
    DataFrame
        ``keys``, in the order of ``sums``; ``n``, ``sum_weights``, ``estimate``, ``standard_error``, ``degrees`` of
        freedom (sampling units less strata, in the cell), ``kish``, ``taylor`` and ``n_effective``, the least of
        those two and ``n``, and ``design_effect`` after Kish. A net score has no base after Taylor, nor has a share
        of 0% or 100%.

    Raises
    ------
    ValueError
        When a row of ``sums`` has no row in ``design``, a stratum has one sampling unit only, or fewer than that in
        its population.

    Examples
    --------
    >>> sums = pd.DataFrame({"measure": ["top"], "n": [4], "sum_w": [4.0], "sum_w2": [4.0], "sum_wy": [1.0],
    ...                      "psus": [4], "psu_ww": [4.0], "psu_wy": [1.0], "psu_yy": [1.0]})
    >>> cells = linearised(sums, pd.DataFrame({"n": [4], "psus": [4], "population": [np.nan]}), ["measure"])
    >>> cells[["estimate", "standard_error", "degrees", "taylor"]].values.tolist()
    [[0.25, 0.25, 3.0, 3.0]]
    """
    keys = list(keys)
    by_stratum = "stratum" in sums
    group = [*keys, "stratum"] if by_stratum else keys
    parts = sums.groupby(group, dropna=False, sort=False)[_SUMS].sum().reset_index()
    whole = parts.groupby(keys, dropna=False, sort=False)
    mean = whole["sum_wy"].transform("sum") / whole["sum_w"].transform("sum")
    squares = parts["psu_yy"] - 2 * mean * parts["psu_wy"] + mean**2 * parts["psu_ww"]
    parts["variance"] = variance_of_total(parts, design, squares, parts["sum_wy"] - mean * parts["sum_w"])
    parts["strata"] = (parts["psus"] > 0).astype(int)
    cells = parts.groupby(keys, dropna=False, sort=False)[[*_SUMS, "strata"]].sum().reset_index()
    variance = parts.groupby(keys, dropna=False, sort=False)["variance"].sum(min_count=1)
    told = cells[[*keys, "n"]].assign(sum_weights=cells["sum_w"], estimate=cells["sum_wy"] / cells["sum_w"])
    told["standard_error"] = np.sqrt(variance.to_numpy()) / cells["sum_w"]
    told["degrees"] = cells["psus"] - cells["strata"]
    told["kish"] = cells["sum_w"] ** 2 / cells["sum_w2"]
    told["taylor"] = _taylor(told)
    told["n_effective"] = _least_base(told)
    told["design_effect"] = told["n"] / told["kish"]
    return told


def with_errors(cells: pd.DataFrame, errors: pd.DataFrame) -> pd.DataFrame:
    """The same cells with other standard errors, and with the bases that follow from those.

    Parameters
    ----------
    cells
        As ``linearised`` gives them.
    errors
        ``standard_error``; its other columns (say ``question``, ``group`` and ``measure``) tell whose it is.

    Raises
    ------
    ValueError
        When a cell has no row in ``errors``, or more than one.

    Examples
    --------
    >>> cells = pd.DataFrame({"question": ["Q4"], "measure": "top", "n": [150], "estimate": [0.5], "kish": [140.0]})
    >>> with_errors(cells, pd.DataFrame({"question": ["Q4"], "standard_error": [0.05]}))[["taylor", "n_effective"]]
       taylor  n_effective
    0   100.0        100.0
    """
    keys = [str(column) for column in errors if column != "standard_error"]
    for twice in errors.loc[errors.duplicated(keys), keys].to_dict("records"):
        raise ValueError(f"There are two errors for {twice}.")
    found = cells[keys].merge(errors, on=keys, how="left", indicator=True)
    for without in found.loc[found["_merge"] != "both", keys].to_dict("records"):
        raise ValueError(f"There is no error for {without}.")
    told = cells.assign(standard_error=found["standard_error"].to_numpy())
    told["taylor"] = _taylor(told)
    return told.assign(n_effective=_least_base(told))


def _sample(parts: pd.DataFrame, design: pd.DataFrame) -> pd.DataFrame:
    """The row of the design that each part lies in, in the order of the parts."""
    shared = [str(column) for column in design if column not in ("n", "psus", "population")]
    own = design.rename(columns={"psus": "units"})[[*shared, "units", "population"]]
    found = parts[shared].merge(own, on=shared, how="left") if shared else own.loc[[0] * len(parts)]
    found = found.set_axis(parts.index)
    for place in np.flatnonzero(found["units"].isna()):
        raise ValueError(f"The design has no row for {dict(found.iloc[place][shared])}.")
    for place in np.flatnonzero(found["population"] < found["units"]):
        raise ValueError(
            f"{_stratum(parts, place)} has {found['units'].iloc[place]:,.0f} sampling units, more than its population "
            f"of {found['population'].iloc[place]:,.0f}. Give the number of units that could have been drawn."
        )
    return found


def variance_of_total(parts: pd.DataFrame, design: pd.DataFrame, squares: pd.Series, total: pd.Series) -> pd.Series:
    """Each stratum's share of the variance of a linearised total.

    Parameters
    ----------
    parts
        What tells the row of ``design``, such as ``wave`` and ``stratum``.
    design
        As in ``linearised``.
    squares, total
        Of the sampling units' linearised values in each row of ``parts``: the sum of their squares, and their sum.

    Raises
    ------
    ValueError
        As ``linearised``.

    Examples
    --------
    >>> parts, design = pd.DataFrame({"wave": ["1"]}), pd.DataFrame({"wave": ["1"], "psus": 4, "population": [np.nan]})
    >>> variance_of_total(parts, design, pd.Series([0.75]), pd.Series([0.0])).tolist()
    [1.0]
    """
    sample = _sample(parts, design)
    units = sample["units"].astype(float)
    drawn = (units / sample["population"]).fillna(0.0)
    lonely = (units == 1) & (drawn < 1)
    if "stratum" in parts:
        for place in np.flatnonzero(lonely):
            raise ValueError(
                f"{_stratum(parts, place)} has one sampling unit only, so its spread is unknown. Join it with another."
            )
    spread = (squares - total**2 / units).clip(lower=0)  # never below 0 but by rounding
    scale = (1 - drawn) * units / (units - 1).where(units > 1)
    return (scale.where(drawn < 1, 0.0) * spread).where(~lonely)


def _stratum(parts: pd.DataFrame, place: np.intp) -> str:
    return f"Stratum '{parts['stratum'].iloc[place]}'" if "stratum" in parts else "The sample"


def _taylor(told: pd.DataFrame) -> pd.Series:
    """Effective answers: p (1 - p) over the variance; missing where there is none, and for a net score."""
    p, error = told["estimate"], told["standard_error"]
    known = (told["measure"] != NET) & (error > 0) & (p > 0) & (p < 1)
    return (p * (1 - p)).where(known) / (error**2).where(known)


def _least_base(told: pd.DataFrame) -> pd.Series:
    return told[["kish", "taylor", "n"]].min(axis="columns")
