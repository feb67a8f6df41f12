"""A raked sample's sums by cell of its raking: what it takes to count the raking in a standard error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import DataError
from data.measures import survey_measures
from data.profile import Profile
from data.queries import weighted_sums
from data.survey_sums import ALL, found_answers, margin_cells

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["RakingSums", "raking_sums"]

_GROUP = "group asked for"
_MARGIN = "margin {}"
_KEYS = ["question", "group", "measure", "cell"]
_SUMS = ["n", "sum_y", "sum_w", "sum_wy", "psu_ww", "psu_wy", "psu_yy"]
_DESIGN = {"stratum": "strata", "cluster": "clusters", "population": "a finite population"}


@dataclass(frozen=True)
class RakingSums:
    """What errors that count a raking are made of.

    Attributes
    ----------
    cells
        The whole sample as ``margin_cells`` gives it, by the raked weight.
    sums
        ``question, group, measure``, ``cell`` (its place in ``cells``) and, over those in the base, ``n`` and
        ``sum_y`` (unweighted), ``sum_w``, ``sum_wy``, and ``psu_ww``, ``psu_wy``, ``psu_yy``, the sums of w w, w w y
        and w w y y. The group ALL is the whole sample.
    """

    cells: pd.DataFrame
    sums: pd.DataFrame


def raking_sums(
    rows: ir.Table,
    profile: Profile,
    variables: Sequence[str],
    weight: str,
    *,
    by: str | None = None,
    include_dont_know: bool = False,
) -> RakingSums:
    """Ask the engine for one raked sample's sums by everything that it was raked to.

    Parameters
    ----------
    rows
        The respondents of one wave with their raked weight, from ``data.survey_sums.raked``.
    profile, by, include_dont_know
        As in ``data.survey_sums.survey_sums``.
    variables, weight
        The columns that it was raked to, and that of the raked weight.

    Raises
    ------
    DataError
        When the sample has strata, clusters or a finite population, and as ``weighted_sums``.

    Examples
    --------
    >>> from data.engine import attach
    >>> from data.profile import Question
    >>> profile = Profile(questions={"Q4": Question("Q4", ("Yes", "No"), positive=("Yes",))})
    >>> rows = attach(pd.DataFrame({"sex": ["F", "M", "F"], "w": [0.75, 1.5, 0.75], "Q4": ["Yes", "No", "No"]}))
    >>> raking_sums(rows, profile, ["sex"], "w").sums[["measure", "cell", "n", "sum_y", "sum_wy"]]
      measure  cell  n  sum_y  sum_wy
    0     top     0  2    1.0    0.75
    1     top     1  1    0.0    0.00
    """
    if design := [words for role, words in _DESIGN.items() if role in profile.columns]:
        raise DataError(
            f"The raking cannot be counted in the error of a sample with {' and '.join(design)}. "
            "Take the error of the weights alone, which counts the design."
        )
    cells = margin_cells(rows, variables, weight)
    own = {_MARGIN.format(place): rows[name] for place, name in enumerate(variables)}  # they may be called like results
    own |= {_GROUP: rows[by]} if by else {}
    rows = rows.filter(rows[weight].notnull()).mutate(**own)
    questions = {key: key for key in profile.questions}
    measures = survey_measures(profile.questions, found_answers(rows, profile), include_dont_know)
    weighed = weighted_sums(rows, questions, measures, by=list(own), weight=weight)
    plain = weighted_sums(rows, questions, measures, by=list(own))  # everybody weighs 1, so sum_wy is the sum of y
    keys = ["question", "measure", *own]
    found = weighed.merge(plain[[*keys, "sum_wy"]].rename(columns={"sum_wy": "sum_y"}), on=keys)
    places = cells[list(variables)].set_axis(list(own)[: len(variables)], axis="columns")
    found = found.merge(places.assign(cell=range(len(cells))), on=list(places))
    parts = [found.assign(group=ALL)]
    if by:
        named = found[found[_GROUP].notna()]
        parts.append(named.assign(group=named[_GROUP].astype("str")))
    told = pd.concat(parts, ignore_index=True)
    return RakingSums(cells, told.groupby(_KEYS, sort=False)[_SUMS].sum().reset_index())
