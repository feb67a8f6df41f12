"""What a section says beside its tables, as rows: places, numbers in running text, promises, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.corrections import beside
from analysis.measure_values import measure_values
from analysis.numbers import places_printed, write_number
from analysis.periods import name_period
from analysis.promises import by_when
from analysis.sentences import place_sentence

__all__ = ["CHECK_MARK", "EXPLANATIONS", "latest_values", "missing_rows", "national_rows", "place_rows",
           "promise_rows", "text_rows", "with_period"]  # fmt: skip

CHECK_MARK = "[check]"
# The kinds of explanation, with the heading that each stands under.
EXPLANATIONS = {
    "explanation": "How the force explains it",
    "activity": "What the force says it did",
    "inspection": "Inspection",
}
_ABSENT = {"picture": "only a picture", "missing": "not in the report"}


def place_rows(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Places among other forces and what others reached; columns without any word are left out.

    Parameters
    ----------
    comparisons
        Rows of the release's own.

    Returns
    -------
    DataFrame
        ``row_label`` and, where they say something, ``Place, Value, Among, Period, As printed``.
    """
    rows = [
        {
            "row_label": place.claim,
            "Place": _place(place),
            "Value": "" if pd.isna(place.value) else _value(place.value, place.unit),
            "Among": place.group,
            "Period": name_period(place.period_start, place.period_end),
            "As printed": place.printed,
        }
        for place in comparisons.itertuples()
    ]
    shown = pd.DataFrame(rows)
    return shown.loc[:, [name for name in shown if (shown[name] != "").any()]]


def text_rows(
    statements: pd.DataFrame,
    ranges: pd.DataFrame,
    doubtful: Collection[str] = (),
    notes: Mapping[str, str] = MappingProxyType({}),
) -> pd.DataFrame:
    """Numbers and ranges quoted in running text, with their print and place.

    Parameters
    ----------
    statements, ranges
        A section's own rows; of the ranges those that no table prints.
    doubtful
        Ids of numbers that carry the mark of the check.
    notes
        What stands beside corrected numbers, by their id.

    Returns
    -------
    DataFrame
        ``row_label, As printed, Where``.
    """
    rows = [
        {
            "row_label": each.claim,
            "As printed": beside(
                f"{each.printed} {CHECK_MARK}" if each.id in doubtful else each.printed, notes.get(each.id)
            ),
            "Where": each.where,
        }
        for each in statements.itertuples()
    ]
    rows += [
        {"row_label": f"{each.question}, {each.scope}", "As printed": each.printed, "Where": each.where}
        for each in ranges.itertuples()
    ]
    return pd.DataFrame(rows, columns=["row_label", "As printed", "Where"])


def promise_rows(promised: pd.DataFrame) -> pd.DataFrame:
    """Commitments as rows: ``row_label, By when, Status, Where``."""
    rows = [
        {
            "row_label": each.what,
            "By when": by_when(each.due_words, each.due),
            "Status": each.status,
            "Where": each.where,
        }
        for each in promised.itertuples()
    ]
    return pd.DataFrame(rows)


def missing_rows(absent: pd.DataFrame) -> pd.DataFrame:
    """What is only a picture or not in the report: ``row_label, Why it is not here, What would fill it, Where``."""
    rows = [
        {"row_label": each.what, "Why it is not here": _ABSENT[each.kind], "What would fill it": each.would_fill,
         "Where": each.where}
        for each in absent.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def national_rows(national_measures: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """National measures: what the nation measures, the local stand-in with its value, and the gap.

    Parameters
    ----------
    national_measures
        Rows of the release's own.
    values
        ``measure, name, Latest, is_part``: what each measure is called and its latest value in words.

    Returns
    -------
    DataFrame
        ``row_label, What the nation measures, What this report uses, Latest value, What is missing``.
    """
    rows = []
    for national in national_measures.sort_values("order").itertuples():
        own = values[values["measure"].isin(national.measures.split()) & ~values["is_part"]]
        told = [f"{name} {latest}" for name, latest in zip(own["name"], own["Latest"], strict=True) if latest]
        rows.append(
            {
                "row_label": national.title,
                "What the nation measures": national.national_source,
                "What this report uses": national.local_proxy,
                "Latest value": "; ".join(told) or "no figure in the report",
                "What is missing": national.gap,
            }
        )
    return pd.DataFrame(rows)


def latest_values(frames: Mapping[str, pd.DataFrame], catalogue: pd.DataFrame) -> pd.DataFrame:
    """What each measure is called and its latest value of the whole force in words, as ``national_rows`` takes them.

    Parameters
    ----------
    frames
        The release's own.
    catalogue
        Every number of the release, as ``analysis.measure_values.measure_values`` takes it.
    """
    areas = frames["areas"]
    force = str(areas.loc[areas["kind"] == "force", "id"].iloc[0])
    values = measure_values(catalogue, frames["measures"], frames["tables"], force)
    titles = values["measure"].map(frames["measures"].set_index("id")["title"])
    return pd.DataFrame(
        {
            "measure": values["measure"],
            "name": titles.where(values["part"] == "", titles + ": " + values["part"]),
            "is_part": values["part"] != "",
            "Latest": with_period(values, "latest"),
        }
    )


def with_period(values: pd.DataFrame, name: str) -> list[str]:
    """Values in words, each with its period, and with its correction where it has one.

    Parameters
    ----------
    values
        As ``analysis.measure_values.measure_values`` gives them.
    name
        ``latest`` or ``previous``.
    """
    cells = zip(values[name], values[f"{name}_period"], values[f"{name}_note"], strict=True)
    return [beside(f"{value} ({period})" if value and period else value, note) for value, period, note in cells]


def _place(place: Any) -> str:
    if pd.isna(place.rank):
        return ""
    return place_sentence("", place.rank, place.of_how_many, (place.period_start, place.period_end)).split(", ")[0][2:]


def _value(value: float, unit: str) -> str:
    """A value in as many places as it is kept in: 12.5 is neither 12.50 nor 13."""
    return write_number(value, unit, places_printed(f"{value:.12g}"))
