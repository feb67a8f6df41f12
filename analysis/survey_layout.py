"""Survey results laid out for a chart and for a table: text as it is read, rounded last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.change_words import MARKS, change_phrase, interval_phrase
from analysis.numbers import write_number
from analysis.survey import ALL
from analysis.survey_precision import PROTECTED
from analysis.survey_words import better_or_worse, p_words, range_words, share_words

__all__ = [
    "answer_rows", "answer_table", "change_notes", "change_table", "level_table", "shared_note", "survey_chart_rows",
]  # fmt: skip

_FIRST_PERIOD = pd.Timestamp("2000-01-01")
WHOLE = "Everybody asked"


def survey_chart_rows(
    told: pd.DataFrame, labels: Mapping[str, str], by: str = "question", notes: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Estimates as rows of ``charts.dots.dot_chart``: a row a question or a group, a series a wave.

    Parameters
    ----------
    told
        Rows of ``analysis.survey.estimates`` of one measure, the waves in order, a withheld number missing.
    labels
        What stands for each question or group.
    by
        ``question`` or ``group``: what a row of the chart is.
    notes
        What stands below the name of a question or group, such as its change.

    Returns
    -------
    DataFrame
        ``label, series, value`` (0 to 100), ``unit, text, period_start, lower, upper, note``.

    Examples
    --------
    >>> told = pd.DataFrame({"wave": ["June 2022"], "question": "q12", "group": "ALL", "measure": "top",
    ...                      "estimate": 0.63, "lower": 0.602, "upper": 0.657})
    >>> survey_chart_rows(told, {"q12": "Q12 Confidence"})[["label", "text", "value"]].values.tolist()
    [['Q12 Confidence', '63% (60% to 66%)', 63.0]]
    """
    order = {wave: place for place, wave in enumerate(told["wave"].drop_duplicates())}
    return pd.DataFrame(
        {
            "label": [labels.get(name, name) for name in told[by]],
            "series": told["wave"],
            "value": told["estimate"] * 100,
            "unit": "percent",
            "text": [range_words(row.estimate, row.lower, row.upper, row.measure) for row in told.itertuples()],
            "period_start": [_FIRST_PERIOD + pd.Timedelta(days=order[wave]) for wave in told["wave"]],
            "lower": told["lower"] * 100,
            "upper": told["upper"] * 100,
            "note": [(notes or {}).get(name, "") for name in told[by]],
        }
    )


def change_notes(changes: pd.DataFrame, directions: Mapping[str, str]) -> dict[str, str]:
    """Each question's change and verdict, short enough to stand in a chart.

    >>> changes = pd.DataFrame({"question": ["q12", "q8"], "measure": "top", "difference": [0.05, float("nan")],
    ...     "verdict": ["likely change", "no verdict"]})
    >>> change_notes(changes, {"q12": "up_is_better"})
    {'q12': '△ likely change, better: up 5.0 points'}
    """
    told = {}
    for row in changes.itertuples():
        if not pd.isna(row.difference):
            moved = change_phrase(row.difference * 100, None, "percent")
            told[str(row.question)] = f"{_verdict(row, directions)}: {moved}"
    return told


def level_table(told: pd.DataFrame, labels: Mapping[str, str], by: str = "question") -> pd.DataFrame:
    """Estimates as a table for reading: share, interval, bases, what must be said.

    Parameters
    ----------
    told
        Rows of ``analysis.survey.estimates``.
    labels
        What stands for each question or group.
    by
        ``question`` or ``group``.

    Returns
    -------
    DataFrame
        ``row_label, Wave, Share, Base, Effective base, Design effect, Note``, all text.
    """
    levels = told["confidence"].unique()
    named = f"{levels[0] * 100:g}%" if len(levels) == 1 else "95%"
    shown = pd.DataFrame(
        {
            "row_label": [labels.get(name, name) for name in told[by]],
            "Wave": told["wave"],
            f"Share ({named} interval)": [
                range_words(row.estimate, row.lower, row.upper, row.measure) for row in told.itertuples()
            ],
            "Base": [_count(base) for base in told["n"]],
            "Effective base": [_count(base) for base in told["n_effective"]],
            "Design effect": ["" if pd.isna(each) else f"{each:.2f}" for each in told["design_effect"]],
            "Note": told["caveat"],
        }
    )
    return _without_shared(shown)


def change_table(
    changes: pd.DataFrame, labels: Mapping[str, str], directions: Mapping[str, str], judged: bool = True
) -> pd.DataFrame:
    """Changes between two waves as a table for reading.

    Parameters
    ----------
    changes
        Rows of ``analysis.survey_waves.wave_changes`` of one measure and group.
    labels, directions
        Question to its label, and to its direction.
    judged
        Whether a verdict may stand here; never on invented answers.

    Examples
    --------
    >>> changes = pd.DataFrame({"question": ["q12"], "measure": "top", "first_wave": "2022", "second_wave": "2023",
    ...     "first": 0.63, "second": 0.68, "difference": 0.05, "lower": 0.013, "upper": 0.087, "p_holm": 0.053,
    ...     "verdict": "likely change", "caveat": ""})
    >>> change_table(changes, {"q12": "Q12"}, {"q12": "up_is_better"}).iloc[0, 1:5].tolist()
    ['63%', '68%', 'up 5.0 points', 'up 1.3 points to up 8.7 points']
    """
    first, second = changes["first_wave"].iloc[0], changes["second_wave"].iloc[0]
    rows = []
    for row in changes.itertuples():
        hidden = pd.isna(row.difference)
        limits = "" if hidden else interval_phrase(row.lower * 100, row.upper * 100, None, "percent")
        told = {
            "row_label": labels.get(row.question, row.question),
            str(first): share_words(row.first, row.measure),
            str(second): share_words(row.second, row.measure),
            "Change": "withheld" if hidden else change_phrase(row.difference * 100, None, "percent"),
            "Interval of the change": limits,
        }
        if judged:
            told["p after correction"] = p_words(row.p_holm)
            told["Verdict"] = _verdict(row, directions)
        rows.append(told | {"Note": row.caveat})
    return _without_shared(pd.DataFrame(rows))


def _without_shared(table: pd.DataFrame) -> pd.DataFrame:
    """A table without a column of notes that says the same of every row: it stands below, once."""
    return table.drop(columns="Note") if table["Note"].nunique() < 2 or shared_note(table["Note"]) else table


def answer_rows(counts: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """The whole distribution of one question's answers, as shares of all who gave one.

    Parameters
    ----------
    counts
        ``wave, group, answer, n`` (unweighted), ``sum_w``, as ``data.survey_answers.survey_answers`` gives them. A
        group of which an answer is withheld is left out by the caller: its other answers would tell it.
    order
        The answers in the order they are shown; others stand behind them.

    Returns
    -------
    DataFrame
        ``wave, group, answer, n, share`` (0 to 1, of the weights), ``base`` (unweighted); those without an answer are
        out.

    Examples
    --------
    >>> counts = pd.DataFrame({"wave": "2023", "group": "ALL", "answer": ["No", "Yes", None], "n": [10, 30, 2],
    ...                        "sum_w": [10.0, 30.0, 2.0]})
    >>> answer_rows(counts, ["Yes", "No"])[["answer", "share", "base"]].values.tolist()
    [['Yes', 0.75, 40], ['No', 0.25, 40]]
    """
    given = counts[counts["answer"].notna()].copy()
    totals = given.groupby(["wave", "group"], sort=False)[["n", "sum_w"]].transform("sum")
    given["share"], given["base"] = given["sum_w"] / totals["sum_w"], totals["n"]
    known = [*order, *[answer for answer in given["answer"].drop_duplicates() if answer not in order]]
    place = given["answer"].map({answer: number for number, answer in enumerate(known)})
    waves = {wave: number for number, wave in enumerate(given["wave"].drop_duplicates())}
    ordered = given.assign(_wave=given["wave"].map(waves), _part=given["group"] != ALL, _place=place)
    ordered = ordered.sort_values(["_wave", "_part", "group", "_place"], kind="stable")
    return ordered[["wave", "group", "answer", "n", "share", "base"]].reset_index(drop=True)


def answer_table(rows: pd.DataFrame, by: str = "wave") -> pd.DataFrame:
    """The distribution for reading: a row an answer, a column a wave or group, the unweighted base last.

    >>> rows = pd.DataFrame({"wave": "2023", "answer": ["Yes", "No"], "n": [30, 10], "share": [0.75, 0.25], "base": 40})
    >>> answer_table(rows).values.tolist()
    [['Yes', '75%'], ['No', '25%'], ['Unweighted base', '40']]
    """
    answers = list(rows["answer"].drop_duplicates())
    table = {"row_label": [*answers, "Unweighted base"]}
    for name in rows[by].drop_duplicates():
        own = rows[rows[by] == name].set_index("answer")
        cells = [share_words(own["share"].get(answer, 0.0)) for answer in answers]
        table[WHOLE if name == ALL else str(name)] = [*cells, _count(own["base"].iloc[0])]
    return pd.DataFrame(table)


def _verdict(row: Any, directions: Mapping[str, str]) -> str:
    """A verdict as shape and words, better or worse where that may be said."""
    worded = better_or_worse(row.verdict, row.difference, row.measure, directions.get(row.question, "neither"))
    return f"{MARKS[row.verdict]} {row.verdict}{', ' + worded if worded else ''}"


def shared_note(notes: pd.Series) -> str:
    """What is noted of every row alike, to stand once below a table; "" where rows differ.

    Why figures are withheld stands there too where it is the only note: their rows say themselves that they are.

    >>> shared_note(pd.Series(["Assumed.", "Assumed."])), shared_note(pd.Series(["Assumed.", ""]))
    ('Assumed.', '')
    >>> shared_note(pd.Series(["", "Withheld to protect respondents: fewer than 30 answered."]))
    'Withheld to protect respondents: fewer than 30 answered.'
    """
    told = [str(note) for note in notes.unique() if note]
    alike = len(told) == 1 and (notes.nunique() == 1 or told[0].startswith(PROTECTED))
    return told[0] if alike else ""


def _count(base: float) -> str:
    return "" if pd.isna(base) else write_number(base)
