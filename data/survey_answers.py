"""How many gave each answer, by wave, question and group: to draw a question, and to judge what may be disclosed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.cells import check
from data.errors import DataError
from data.measures import Measure, dont_know_label, survey_measures
from data.profile import Profile
from data.queries import answer_counts
from data.survey_sums import ALL, found_answers

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["lies_inside", "sensitive_questions", "survey_answers"]

_GROUP = "group asked for"
_KEYS = ["wave", "question", "group"]


def survey_answers(
    rows: ir.Table,
    profile: Profile,
    *,
    by: str | None = None,
    waves: Sequence[str] | None = None,
    weight: str | None = None,
) -> pd.DataFrame:
    """The answers of everybody whom ``data.survey_sums.survey_sums`` counts, asked in the same way.

    Parameters
    ----------
    rows, profile, by, waves, weight
        As there. Respondents without a weight are left out.

    Returns
    -------
    DataFrame
        ``wave`` ("" where a file has none), ``question, group`` (ALL first), ``answer`` in the order of the profile,
        don't know last, ``side`` (``positive``, ``negative``, ``neither``, ``dont_know``), ``n`` (unweighted) and
        ``sum_w``. A group that answered a question has a row for each answer, of 0 where nobody gave it. Those who
        gave none are not in it.

    Raises
    ------
    DataError
        As ``survey_sums``.

    Examples
    --------
    >>> from data.engine import attach
    >>> from data.profile import Question
    >>> q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",))
    >>> profile = Profile(columns={"area": "area"}, questions={"Q4": q4})
    >>> rows = attach(pd.DataFrame({"area": ["N", "N", "S"], "Q4": ["Yes", "No", "No"]}))
    >>> survey_answers(rows, profile, by="area")[["group", "answer", "side", "n"]].values.tolist()[:4]
    [['ALL', 'Yes', 'positive', 1], ['ALL', 'No', 'neither', 2], ['N', 'Yes', 'positive', 1], ['N', 'No', 'neither', 1]]
    """
    parts = ["wave"] if "wave" in profile.columns else []
    if parts:
        rows = rows.filter(rows["wave"].isin(list(waves)) if waves is not None else rows["wave"].notnull())
    weight = weight or ("weight" if "weight" in profile.columns else None)
    if by:
        check(rows, [by], [], [])
        rows = rows.mutate(**{_GROUP: rows[by]})
    keys = [*parts, *([_GROUP] if by else [])]
    counts = answer_counts(rows, {key: key for key in profile.questions}, by=keys, weight=weight)
    counts = counts if parts else counts.assign(wave="")
    whole = counts.assign(group=ALL)
    if by:
        named = counts[counts[_GROUP].notna()]
        if (named[_GROUP] == ALL).any():
            raise DataError(f"Column '{by}' has a group named {ALL}, as the whole sample is. Give it another name.")
        whole = pd.concat([whole, named.assign(group=named[_GROUP].astype("str"))])
    whole = whole.groupby([*_KEYS, "answer"])[["n", "sum_w"]].sum().reset_index()
    return _filled(whole, _listed(survey_measures(profile.questions, found_answers(rows, profile)), profile))


def lies_inside(rows: ir.Table, fine: str, wide: str) -> bool:
    """Whether each group of one column lies in a single group of another, as teams do in districts.

    >>> from data.engine import attach
    >>> rows = attach(pd.DataFrame({"team": ["A", "B", "C"], "district": ["X", "X", "Y"]}))
    >>> lies_inside(rows, "team", "district"), lies_inside(rows, "district", "team")
    (True, False)
    """
    known = rows.filter(rows[fine].notnull())
    pairs = known.select(fine, wide).distinct().count().execute()
    return bool(pairs == known.select(fine).distinct().count().execute())


def sensitive_questions(profile: Profile) -> list[str]:
    """The questions that are marked sensitive.

    >>> from data.profile import Question
    >>> sensitive_questions(Profile(questions={"Q4": Question("Q4"), "V1": Question("V1", sensitive=True)}))
    ['V1']
    """
    return [key for key, question in profile.questions.items() if question.sensitive]


def _listed(measures: Sequence[Measure], profile: Profile) -> pd.DataFrame:
    """Every answer that counts in some measure, in order, with the side that it is on."""
    told = []
    for key, question in profile.questions.items():
        own = {each.name: each.values for each in measures if each.question == key}
        for answer, counted in own["top"].items():
            against = own.get("bottom", {}).get(answer)
            told.append((key, answer, "positive" if counted else "negative" if against else "neither"))
        if "dont_know" in own:
            told.append((key, dont_know_label(question), "dont_know"))
    return pd.DataFrame(told, columns=["question", "answer", "side"])


def _filled(counts: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """All answers for each group that gave any of them."""
    groups = counts.merge(listed)[_KEYS].drop_duplicates()
    cells = groups.merge(listed.assign(place=range(len(listed)))).merge(counts, how="left")
    cells = cells.assign(n=cells["n"].fillna(0).astype(int), sum_w=cells["sum_w"].fillna(0.0))
    order = {key: place for place, key in enumerate(dict.fromkeys(listed["question"]))}
    cells = cells.assign(at=cells["question"].map(order), part=cells["group"] != ALL)
    cells = cells.sort_values(["wave", "at", "part", "group", "place"], ignore_index=True)
    return cells[[*_KEYS, "answer", "side", "n", "sum_w"]]
