"""What is asked of respondents: counts and sums by group, so that no respondent's row ever leaves the engine.

Each question is an Ibis expression over a table from ``data.engine.attach`` and runs unchanged on any engine; what
comes back is a small frame. A missing answer is never taken for 0: it is out of the base, or counted in a row of its
own. Respondents without a weight are left out everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.cells import aliases, answered, check, grouped, in_order
from data.errors import DataError
from data.measures import Measure, check_measures

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["Measure", "answer_counts", "sample_design", "weighted_sums"]


def answer_counts(
    rows: ir.Table,
    questions: Mapping[str, str],
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
) -> pd.DataFrame:
    """How many gave each answer, and their weights.

    Parameters
    ----------
    rows
        The respondents.
    questions
        Id of a question to its column.
    by
        Columns of groups; a respondent without a group is in the group that is missing.
    weight
        Column of weights; every respondent weighs 1 without it.

    Returns
    -------
    DataFrame
        ``question``, the columns of ``by``, ``answer`` (missing for those who gave none), ``n`` (unweighted),
        ``sum_w``, ``sum_w2``. Only what occurs has a row.

    Raises
    ------
    DataError
        When a column is not there, the weight is no number, or a group is named like a result.

    Examples
    --------
    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"area": ["N", "N", "S"], "q": ["Yes", None, "No"], "w": [2.0, 1.0, 0.5]}))
    >>> answer_counts(rows, {"Q1": "q"}, by=["area"], weight="w")
      question area answer  n  sum_w  sum_w2
    0       Q1    N    Yes  1    2.0    4.00
    1       Q1    N    NaN  1    1.0    1.00
    2       Q1    S     No  1    0.5    0.25
    """
    own = ["question", "answer", "n", "sum_w", "sum_w2"]
    check(rows, [*by, *questions.values()], by, own, numbers=[weight])
    counts = _answers(rows, questions, {name: name for name in by}, weight)
    return in_order(counts, ["question", *by, "answer"], {"question": list(questions)})


def weighted_sums(
    rows: ir.Table,
    questions: Mapping[str, str],
    measures: Sequence[Measure],
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
    stratum: str | None = None,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Everything that shares, net scores and their standard errors are made of, for each measure and group.

    With w the weight and y what the answer counts as, over those in the base. The ``psu`` columns are sums over primary
    sampling units (PSU) of products of their own totals, W = sum of w and Y = sum of w y. Without a cluster each
    respondent is one, so they are sums of w w, w w y and w w y y.

    Parameters
    ----------
    rows, questions, by, weight
        As in ``answer_counts``.
    measures
        What is wanted, several for one question as may be.
    stratum, cluster
        Columns of the sample's design; a cluster belongs to its stratum. See ``sample_design``.

    Returns
    -------
    DataFrame
        ``question``, ``measure``, the columns of ``by``, ``stratum`` where given, then ``n`` (unweighted base),
        ``sum_w``, ``sum_w2``, ``sum_wy``, ``psus``, ``psu_ww``, ``psu_wy``, ``psu_yy``. A cell without a base has no
        row. All but the groups are sums, so cells may be added up.

    Raises
    ------
    DataError
        As ``answer_counts``.
    ValueError
        For a measure of an unknown question, or two of one name for one question.

    Examples
    --------
    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"q": ["Yes", None, "No", "Don't know"], "w": [2.0, 1.0, 0.5, 1.0]}))
    >>> sums = weighted_sums(rows, {"Q1": "q"}, [Measure("Q1", "top", {"Yes": 1, "No": 0})], weight="w")
    >>> sums[["question", "measure", "n", "sum_w", "sum_wy", "psu_ww"]]
      question measure  n  sum_w  sum_wy  psu_ww
    0       Q1     top  2    2.5     2.0    4.25
    """
    columns = ["n", "sum_w", "sum_w2", "sum_wy", "psus", "psu_ww", "psu_wy", "psu_yy"]
    own = ["question", "measure", "answer", "stratum", *columns]
    check(rows, [*by, *questions.values(), stratum, cluster], by, own, numbers=[weight])
    check_measures(questions, measures)
    groups = {name: name for name in by} | ({"stratum": stratum} if stratum else {})
    counts = _answers(rows, questions, groups, weight)
    listed = [(each.question, each.name, answer, value) for each in measures for answer, value in each.values.items()]
    scores = pd.DataFrame(listed, columns=["question", "measure", "answer", "y"])
    base = counts.merge(scores, on=["question", "answer"])
    y, w, ww = base["y"].astype(float), base["sum_w"], base["sum_w2"]
    base = base.assign(sum_wy=w * y, psus=base["n"], psu_ww=ww, psu_wy=ww * y, psu_yy=ww * y * y)
    keys = ["question", "measure", *groups]
    sums = base.groupby(keys, dropna=False, sort=False)[columns].sum().reset_index()
    if cluster:
        by_psu = _cluster_sums(rows, questions, measures, groups, weight, cluster)
        sums = sums.drop(columns=columns[4:]).merge(by_psu, on=keys)
    order = {"question": list(questions), "measure": list(dict.fromkeys(each.name for each in measures))}
    return in_order(sums[[*keys, *columns]], keys, order)


def sample_design(
    rows: ir.Table,
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
    stratum: str | None = None,
    cluster: str | None = None,
    population: str | None = None,
) -> pd.DataFrame:
    """The whole sample by stratum, of which groups are subsets: how many PSUs there are, and of how many.

    Parameters
    ----------
    rows, weight, stratum, cluster
        As in ``weighted_sums``.
    by
        Columns that part the file into samples of their own, such as the wave. Not the groups within a sample.
    population
        Column of the size of the respondent's stratum, for the finite-population correction.

    Returns
    -------
    DataFrame
        The columns of ``by``, ``stratum`` where given, ``n``, ``psus`` (respondents without a cluster) and
        ``population`` (missing where not given).

    Raises
    ------
    DataError
        When a respondent has no stratum, cluster or population, or a stratum has two populations.

    Examples
    --------
    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"s": ["N", "N", "S"], "street": [1, 1, 2], "size": [900, 900, 400]}))
    >>> sample_design(rows, stratum="s", cluster="street", population="size")
      stratum  n  psus  population
    0       N  2     1       900.0
    1       S  1     1       400.0
    """
    columns = ["n", "psus", "population"]
    named = {"stratum": stratum, "cluster": cluster, "population": population}
    given = {what: column for what, column in named.items() if column}
    check(rows, [*by, *given.values()], by, ["stratum", *columns], numbers=[weight, population])
    groups = {name: name for name in by} | ({"stratum": stratum} if stratum else {})
    sample = rows if weight is None else rows.filter(rows[weight].notnull())
    asked = {f"without_{what}": sample[column].isnull().sum() for what, column in given.items()}
    if cluster:
        asked["psus"] = sample[cluster].nunique()
    if population:
        size = sample[population].cast("float64")
        asked |= {"population": size.min(), "most": size.max()}
    found = answered(groups, [grouped(sample, groups, {}, n=sample.count(), **asked)])
    problems = [
        f"{number:,} of the respondents have no {what} in column '{column}'. Give each one, or set them aside."
        for what, column in given.items()
        if (number := int(found[f"without_{what}"].sum()))
    ]
    if population and (found["population"] < found["most"]).any():
        problems.append(f"A stratum has more than one size in column '{population}'. Give each stratum one.")
    if problems:
        raise DataError(problems)
    found["psus"] = found["psus"] if cluster else found["n"]
    found["population"] = found["population"].astype(float) if population else float("nan")
    return in_order(found[[*groups, *columns]], list(groups))


def _answers(
    rows: ir.Table, questions: Mapping[str, str], groups: Mapping[str, str], weight: str | None
) -> pd.DataFrame:
    import ibis

    if weight is None:
        sums = {"n": rows.count(), "sum_w": rows.count().cast("float64"), "sum_w2": rows.count().cast("float64")}
    else:
        w = rows[weight].cast("float64")
        sums = {"n": w.count(), "sum_w": w.sum(), "sum_w2": (w * w).sum()}
    # A place instead of the question's id, which is a user's text, and no filter: either would double the time to ask.
    found = answered(
        groups,
        [
            grouped(rows, groups, {"answer": _text(rows[column])}, **sums, place=ibis.literal(place, type="int32"))
            for place, column in enumerate(questions.values())
        ],
    )
    found["question"] = found["place"].map(dict(enumerate(questions))).astype("str")
    return found.loc[found["n"] > 0, ["question", *groups, "answer", "n", "sum_w", "sum_w2"]]


def _text(answer: ir.Value) -> ir.StringValue:
    return answer if answer.type().is_string() else answer.cast("string")


def _cluster_sums(
    rows: ir.Table,
    questions: Mapping[str, str],
    measures: Sequence[Measure],
    groups: Mapping[str, str],
    weight: str | None,
    cluster: str,
) -> pd.DataFrame:
    """Sums of products of each cluster's own totals; the totals themselves stay in the engine."""
    import ibis

    asked = []
    for place, each in enumerate(measures):
        scores = [(answer, float(value)) for answer, value in each.values.items()]
        w = ibis.literal(1.0) if weight is None else rows[weight].cast("float64")
        y = _text(rows[questions[each.question]]).cases(*scores, else_=None).cast("float64")
        keys = {alias: rows[column] for alias, column in zip(aliases(groups), groups.values(), strict=True)}
        cells = rows.select(**keys, psu=rows[cluster], w=w, y=y)
        base = cells.filter(cells["y"].notnull(), cells["w"].notnull())
        psus = base.group_by([*keys, "psu"]).agg(total_w=base["w"].sum(), total_y=(base["w"] * base["y"]).sum())
        of_w, of_y = psus["total_w"], psus["total_y"]
        asked.append(
            grouped(
                psus,
                {key: key for key in keys},
                {},
                psus=psus.count(),
                psu_ww=(of_w * of_w).sum(),
                psu_wy=(of_w * of_y).sum(),
                psu_yy=(of_y * of_y).sum(),
                place=ibis.literal(place, type="int32"),
            )
        )
    names = pd.DataFrame([(each.question, each.name) for each in measures], columns=["question", "measure"])
    found = answered(groups, asked)
    return found.merge(names, left_on="place", right_index=True).drop(columns="place")
