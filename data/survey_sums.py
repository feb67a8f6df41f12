"""A survey's sums as ``analysis.survey`` takes them: by wave, question, group and measure, the whole sample among them.

The respondents stay in the engine. What their answers mean stands in the profile; what they weigh may be raked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.cells import answered, check, grouped, in_order
from data.engine import run
from data.errors import DataError
from data.measures import MEASURES, dont_know_label, survey_measures
from data.profile import Profile
from data.queries import sample_design, weighted_sums

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["ALL", "SurveySums", "check_independent", "found_answers", "margin_cells", "raked", "survey_sums"]

ALL = "ALL"  # the group that is the whole sample
_SUMS = ["n", "sum_w", "sum_w2", "sum_wy", "psus", "psu_ww", "psu_wy", "psu_yy"]
_SHARED_BY_CHANCE = 0.05
_GROUP = "group asked for"


@dataclass(frozen=True)
class SurveySums:
    """What estimates are made of.

    Attributes
    ----------
    sums
        ``wave, question, group, measure``, ``stratum`` where the sample has strata, and the sums of ``weighted_sums``.
    design
        ``wave``, ``stratum`` likewise, and the counts of ``sample_design``. ``wave`` is "" where a file has no waves.
    """

    sums: pd.DataFrame
    design: pd.DataFrame


def survey_sums(
    rows: ir.Table,
    profile: Profile,
    *,
    by: str | None = None,
    waves: Sequence[str] | None = None,
    include_dont_know: bool = False,
    weight: str | None = None,
) -> SurveySums:
    """Ask the engine for everything that a survey's estimates are made of.

    Parameters
    ----------
    rows
        A prepared survey, from ``data.engine.attach``.
    profile
        What its columns and answers mean.
    by
        A column of groups, as it is named in ``rows``. Those without a group count in the whole sample alone.
    waves
        Only these; all without it. Those without a wave are left out.
    include_dont_know
        Whether top, bottom and net count those who did not know in their base.
    weight
        A column to weigh by instead of the profile's, such as that of ``raked``.

    Raises
    ------
    DataError
        When a wave is not there, a group is named ALL, and as ``weighted_sums`` and ``sample_design``.

    Examples
    --------
    >>> from data.engine import attach
    >>> from data.profile import Question
    >>> profile = Profile(columns={"area": "area"}, questions={"Q4": Question("Q4", ("Yes", "No"), positive=("Yes",))})
    >>> rows = attach(pd.DataFrame({"area": ["N", "N", "S"], "Q4": ["Yes", "No", "No"]}))
    >>> survey_sums(rows, profile, by="area").sums[["group", "measure", "n", "sum_wy"]].values.tolist()
    [['ALL', 'top', 3, 1.0], ['N', 'top', 2, 1.0], ['S', 'top', 1, 0.0]]
    """
    roles = profile.columns
    parts = ["wave"] if "wave" in roles else []
    if parts:
        rows = rows.filter(rows["wave"].isin(list(waves)) if waves is not None else rows["wave"].notnull())
    how = {name: name if name in roles else None for name in ("weight", "stratum", "cluster")}
    how["weight"] = weight or how["weight"]
    questions = {key: key for key in profile.questions}
    measures = survey_measures(profile.questions, found_answers(rows, profile), include_dont_know)
    groups = [_GROUP] if by else []
    if by:  # under a name of our own: it may be the stratum too, or be called like a result
        check(rows, [by], [], [])
        rows = rows.mutate(**{_GROUP: rows[by]})
    sums = weighted_sums(rows, questions, measures, by=[*parts, *groups], **how)
    whole = sums
    if groups and "cluster" in roles:  # a cluster may lie in two groups, so its squares cannot be added up
        whole = weighted_sums(rows, questions, measures, by=parts, **how)
    keys = [*parts, "question", "measure", *(["stratum"] if "stratum" in roles else [])]
    whole = whole.groupby(keys, dropna=False, sort=False)[_SUMS].sum().reset_index().assign(group=ALL)
    if groups:
        named = sums[sums[_GROUP].notna()].rename(columns={_GROUP: "group"})
        if (named["group"] == ALL).any():
            raise DataError(f"Column '{by}' has a group named {ALL}, as the whole sample is. Give it another name.")
        whole = pd.concat([whole, named.assign(group=named["group"].astype("str"))], ignore_index=True)
    population = "population" if "population" in roles else None
    design = sample_design(rows, by=parts, population=population, **how)
    if waves is not None and parts and (gone := [wave for wave in waves if wave not in set(design["wave"])]):
        raise DataError(f"There is no wave '{gone[0]}'.")
    if not parts:
        whole, design = whole.assign(wave=""), design.assign(wave="")
    return SurveySums(_ordered(whole, list(questions)), design)


def check_independent(rows: ir.Table, profile: Profile, first: str, second: str) -> None:
    """Refuse two waves that asked the same people: what they answer twice is no second sample.

    One in twenty of the smaller wave may be in both, by chance.

    Raises
    ------
    DataError
        When more respondents than that have a row in both waves.

    Examples
    --------
    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"respondent": ["a", "b", "b"], "wave": ["1", "1", "2"]}))
    >>> check_independent(rows, Profile(columns={"respondent": "id", "wave": "wave"}), "1", "2")
    Traceback (most recent call last):
    data.errors.DataError: 1 of the respondents answered in both waves, 1 and 2, so they are no independent samples...
    """
    if "respondent" not in profile.columns:
        return
    waves = answered({"wave": "wave"}, [grouped(rows, {"wave": "wave"}, {}, people=rows["respondent"].nunique())])
    fewest = waves.loc[waves["wave"].isin([first, second]), "people"].min()
    both = rows.filter(rows["wave"].isin([first, second])).group_by("respondent").agg(waves=rows["wave"].nunique())
    shared = int(run(both.filter(both["waves"] > 1).agg(n=lambda each: each.count()))["n"].iloc[0])
    if shared > _SHARED_BY_CHANCE * fewest:
        raise DataError(
            f"{shared:,} of the respondents answered in both waves, {first} and {second}, so they are no independent "
            "samples. If a number stands for another person in each wave, ignore the column of numbers in the profile."
        )


def margin_cells(rows: ir.Table, variables: Sequence[str], weight: str | None = None) -> pd.DataFrame:
    """The respondents by every combination of some variables' levels: what raking needs to know of them.

    Returns
    -------
    DataFrame
        ``variables``, ``n``, ``sum_w``, ``sum_w2``, ``least`` and ``most``, the smallest and largest weight.

    Raises
    ------
    DataError
        When a column is not there.

    Examples
    --------
    >>> from data.engine import attach
    >>> margin_cells(attach(pd.DataFrame({"sex": ["F", "M", "F"], "w": [1.0, 2.0, 3.0]})), ["sex"], "w")
      sex  n  sum_w  sum_w2  least  most
    0   F  2    4.0    10.0    1.0   3.0
    1   M  1    2.0     4.0    2.0   2.0
    """
    import ibis

    check(rows, variables, variables, ["n", "sum_w", "sum_w2", "least", "most"], numbers=[weight])
    w = (ibis.literal(1.0) if weight is None else rows[weight]).cast("float64")
    rows = rows.mutate(weighed=w).filter(lambda each: each["weighed"].notnull())
    w = rows["weighed"]
    sums = {"n": rows.count(), "sum_w": w.sum(), "sum_w2": (w * w).sum(), "least": w.min(), "most": w.max()}
    groups = {name: name for name in variables}
    found = answered(groups, [grouped(rows, groups, {}, **sums)])
    return found.sort_values(list(variables), ignore_index=True)


def raked(
    rows: ir.Table, factors: Mapping[str, Mapping[str, float]], weight: str | None = None, name: str = "raked_weight"
) -> ir.Table:
    """The respondents with a further column: the weight times the factor of each variable's level.

    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"sex": ["F", "M"], "w": [1.0, 2.0]}))
    >>> raked(rows, {"sex": {"F": 2.0, "M": 0.5}}, "w").select("raked_weight").to_pyarrow().to_pydict()
    {'raked_weight': [2.0, 1.0]}
    """
    import ibis

    w = (ibis.literal(1) if weight is None else rows[weight]).cast("float64")  # a literal 1.0 would be a decimal
    for variable, levels in factors.items():
        w = w * rows[variable].cases(*[(level, float(factor)) for level, factor in levels.items()])
    return rows.mutate(**{name: w})


def found_answers(rows: ir.Table, profile: Profile) -> dict[str, list[str]]:
    """The answers that occur to questions whose profile leaves any of them open."""
    found = {}
    for key, question in profile.questions.items():
        if not question.order or not question.dont_know:
            answers = rows.select(key).distinct().to_pyarrow()[key].to_pylist()
            found[key] = sorted(str(answer) for answer in answers if answer is not None)
            if question.order:
                found[key] = [answer for answer in found[key] if answer == dont_know_label(question)]
    return found


def _ordered(sums: pd.DataFrame, questions: Sequence[str]) -> pd.DataFrame:
    """By wave, question as asked, the whole sample before its groups, and measure."""
    stratum = ["stratum"] if "stratum" in sums else []
    sums = sums[["wave", "question", "group", "measure", *stratum, *_SUMS]].assign(part=sums["group"] != ALL)
    keys = ["wave", "question", "part", "group", "measure", *stratum]
    return in_order(sums, keys, {"question": questions, "measure": MEASURES}).drop(columns="part")
