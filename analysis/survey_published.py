"""The surveys that a report prints, as tables for ``analysis.survey_tables``, and what their changes rest on.

A report prints whole per cents, often no base, never a design effect. What is missing is assumed, by the reader's
choice, and a verdict under an assumption is shown beside the verdicts that other assumptions would give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.survey import NUMBERS
from analysis.survey_tables import DESIGN_EFFECT, table_estimates
from analysis.survey_waves import wave_changes

__all__ = ["DESIGN_EFFECTS", "changes_assuming", "printed_table", "survive"]

DESIGN_EFFECTS = (1.0, 1.25, 1.5)  # what is usual for telephone surveys of residents


def printed_table(
    waves: pd.DataFrame, figures: pd.DataFrame, statements: pd.DataFrame, measures: pd.DataFrame
) -> pd.DataFrame:
    """What a report prints of one survey, a row a question and wave, in the order asked.

    Parameters
    ----------
    waves
        The rows of one survey in the release's ``surveys``: its ``table``, or "" where its shares stand in the text.
    figures, statements, measures
        The release's own.

    Returns
    -------
    DataFrame
        ``question`` (id of the measure), ``label`` (its title), ``direction, wave, base`` (missing where none is
        printed), ``assume, percent, printed, period_start``.

    Examples
    --------
    >>> waves = pd.DataFrame({"survey": ["c"], "section": ["s"], "table": ["t"], "wave": ["June 2022"],
    ...     "period_start": pd.to_datetime(["2022-06-01"]), "period_end": pd.to_datetime(["2022-06-30"]),
    ...     "base": [float("nan")], "assume": [1500.0]})
    >>> figures = pd.DataFrame({"table": ["t"], "measure": ["q12"], "value": [63.0], "printed": ["63%"],
    ...     "unit": ["percent"], "area": ["a"], "period_start": waves["period_start"],
    ...     "period_end": waves["period_end"]})
    >>> measures = pd.DataFrame({"id": ["q12"], "title": ["Q12 Confidence"], "direction": ["up_is_better"],
    ...     "order": [1]})
    >>> printed_table(waves, figures, pd.DataFrame(columns=["section", "unit"]), measures)[
    ...     ["question", "wave", "percent", "assume"]].values.tolist()
    [['q12', 'June 2022', 63.0, 1500.0]]
    """
    parts = []
    for wave in waves.itertuples():
        if wave.table:
            own = figures[figures["table"] == wave.table]
        else:
            own = statements[statements["section"] == wave.section]
            own = own[own["kind"] == "share"] if len(own) else own
        own = own[own["unit"] == "percent"]
        if len(own):
            same = (own["period_start"] == wave.period_start) & (own["period_end"] == wave.period_end)
            own = own[same & (own["measure"] != "")]
        shares = own[["measure", "value", "printed"]] if len(own) else pd.DataFrame(columns=["measure", "value"])
        parts.append(shares.assign(wave=wave.wave, base=wave.base, assume=wave.assume, period_start=wave.period_start))
    if not parts:
        return pd.DataFrame(columns=["question", "label", "direction", "wave", "base", "assume", "percent", "printed"])
    told = pd.concat(parts, ignore_index=True).rename(columns={"measure": "question", "value": "percent"})
    known = measures.set_index("id")
    told["label"], told["direction"] = told["question"].map(known["title"]), told["question"].map(known["direction"])
    told = told.assign(order=told["question"].map(known["order"])).sort_values(["order", "period_start"], kind="stable")
    columns = ["question", "label", "direction", "wave", "base", "assume", "percent", "printed", "period_start"]
    ordered: pd.DataFrame = told[columns].reset_index(drop=True)
    return ordered


def changes_assuming(
    table: pd.DataFrame,
    bases: Mapping[str, float],
    design_effect: float = DESIGN_EFFECT,
    *,
    confidence: float = 0.95,
    correction: str = "holm",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimates of the last two printed waves, and their changes, under stated assumptions.

    Parameters
    ----------
    table
        As ``printed_table`` gives it.
    bases
        Wave to the base to assume, for waves without a printed one; a printed base always wins.
    design_effect
        To assume for both waves.
    confidence, correction
        As in ``analysis.survey_waves.wave_changes``.

    Returns
    -------
    tuple
        Rows of ``table_estimates``, and of ``wave_changes``; the second without rows where there is one wave only.

    Examples
    --------
    >>> table = pd.DataFrame({"question": "q12", "wave": ["June 2022", "January 2023"], "base": [float("nan"), 1602.0],
    ...     "percent": [63.0, 68.0], "period_start": pd.to_datetime(["2022-06-01", "2023-01-01"])})
    >>> told, changed = changes_assuming(table, {"June 2022": 1500})
    >>> changed[["difference", "lower", "upper", "verdict"]].round(3).values.tolist()
    [[0.05, 0.013, 0.087, 'real change']]
    """
    filled = table.assign(base=table["base"].fillna(table["wave"].map(dict(bases))))
    told = table_estimates(filled, design_effect=design_effect, confidence=confidence, withhold=False)
    told["caveat"] = [  # a printed base is that of the survey: that all of it answered each question is assumed too
        caveat.replace("Assumed: ", f"Assumed: {base:,.0f} answers to every question, and ", 1)
        for base, caveat in zip(filled["base"], told["caveat"], strict=True)
    ]
    waves = list(table.sort_values("period_start")["wave"].drop_duplicates())
    changes = pd.DataFrame(columns=["question", "verdict"])
    if len(waves) > 1:
        changes = wave_changes(told, waves[-2], waves[-1], correction=correction)
    told.loc[told["withheld"], NUMBERS] = float("nan")
    return told, changes


def survive(
    table: pd.DataFrame,
    bases: Mapping[str, float],
    design_effects: Sequence[float] = DESIGN_EFFECTS,
    *,
    confidence: float = 0.95,
    correction: str = "holm",
) -> pd.DataFrame:
    """Which changes stand under which design effect.

    Returns
    -------
    DataFrame
        ``question``, then a column of verdicts for each design effect, named by it.

    Examples
    --------
    >>> table = pd.DataFrame({"question": "q12", "wave": ["June 2022", "January 2023"], "base": [500.0, 500.0],
    ...     "percent": [63.0, 70.0], "period_start": pd.to_datetime(["2022-06-01", "2023-01-01"])})
    >>> survive(table, {}, [1.0, 1.5])
      question            1.0          1.5
    0      q12    real change  cannot tell
    """
    told = [
        changes_assuming(table, bases, effect, confidence=confidence, correction=correction)[1]
        .set_index("question")["verdict"]
        .rename(effect)
        for effect in design_effects
    ]
    return pd.concat(told, axis="columns").reset_index()
