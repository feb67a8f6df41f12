"""Plain sentences about published figures: what was counted, in which period. They claim no change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.numbers import ordinal, write_number
from analysis.periods import name_day, name_period
from analysis.printed_tables import is_turned, write_figure

__all__ = ["headline_ids", "place_sentence", "table_sentence"]

_UNNAMED = ["total", "sum"]
_LATEST_FIRST = ["last_12_months", "actual", "wave", "snapshot", "year", "quarter", "month", "previous_12_months"]


def table_sentence(figures: pd.DataFrame, title: str) -> str:
    """What the headline row of a printed table says, latest period first.

    The headline row is the total where the table has one, else the first row; a table of one measure through time
    is told by its latest value and its highest.

    Parameters
    ----------
    figures
        The release's rows of one table.
    title
        The table's title, which names the number when the table has a single row.
    """
    if figures.empty:
        return "The report prints no single values here."
    headline = _headline(figures)
    if _is_path(headline):
        return _path_sentence(headline)
    row = _headline_row(headline)
    told = [_told(each) for each in row.itertuples()]
    if list(row["role"].iloc[:2]) == ["last_12_months", "previous_12_months"] and _adjoining(row):
        told[1] = f"{_value(row.iloc[1])} in the 12 months before"
    totals = figures[figures["row_kind"] == "total"]
    others = figures["column_order" if is_turned(figures) else "row_order"].nunique() - 1
    label = str(row["row_label"].iloc[0])
    name = title if others == 0 or label.rstrip(":").lower() in _UNNAMED else label
    more = "" if not totals.empty or others == 0 else f" {_rows(others)} below."
    return f"{name}: {_joined(told)}.{more}"


def headline_ids(figures: pd.DataFrame) -> tuple[str, ...]:
    """Ids of the figures that ``table_sentence`` names, the latest first; none of a table without figures."""
    if figures.empty:
        return ()
    headline = _headline(figures)
    if _is_path(headline):
        latest, highest = _path_ends(headline)
        return tuple(dict.fromkeys([latest["figure_id"], highest["figure_id"]]))
    return tuple(_headline_row(headline)["figure_id"])


def place_sentence(claim: str, rank: float, of_how_many: float, period: tuple[pd.Timestamp, pd.Timestamp]) -> str:
    """A place among others with how many there were and when.

    >>> day = pd.Timestamp("2022-04-01"), pd.Timestamp("2023-03-31")
    >>> place_sentence("Volume of 999 calls", 26, 42, day)
    'Volume of 999 calls: 26th out of 42, 12 months to 31 March 2023.'
    >>> place_sentence("Drug offences", 14, float("nan"), day)
    'Drug offences: 14th (of how many is not printed), 12 months to 31 March 2023.'
    """
    among = "(of how many is not printed)" if pd.isna(of_how_many) else f"out of {int(of_how_many)}"
    return f"{claim.rstrip('.')}: {ordinal(int(rank), words=False)} {among}, {name_period(*period)}."


def _headline(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows that a sentence may be of: the totals where there are any; columns for rows where these are turned."""
    if is_turned(figures):
        turned = {"row_order": figures["column_order"], "row_label": figures["column_label"]}
        figures = figures.assign(**turned)
    totals = figures[figures["row_kind"] == "total"]
    return (totals if not totals.empty else figures).sort_values(["row_order", "column_order"])


def _is_path(headline: pd.DataFrame) -> bool:
    return bool(headline["role"].isin(["year", "snapshot"]).any() and headline["period_start"].nunique() > 1)


def _headline_row(headline: pd.DataFrame) -> pd.DataFrame:
    """The figures of the first row, the latest first."""
    row = headline[headline["row_order"] == headline["row_order"].iloc[0]]
    order = {role: place for place, role in enumerate(_LATEST_FIRST)}
    row = row.assign(place=row["role"].map(order).fillna(99)).sort_values(
        ["place", "period_start"], ascending=[True, False], kind="stable"
    )
    whole: pd.DataFrame = row[~row["role"].isin(["month", "quarter"])]
    return whole if row["role"].isin(["last_12_months"]).any() else row


def _whole_path(figures: pd.DataFrame) -> pd.DataFrame:
    first_measure = figures[figures["measure"] == figures["measure"].iloc[0]].sort_values("period_start")
    whole: pd.DataFrame = first_measure[first_measure["role"] != "year_to_date"]
    return whole


def _path_ends(figures: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The latest and the highest value of a path."""
    whole = _whole_path(figures)
    return whole.iloc[-1], whole.iloc[int(whole["value"].argmax())]


def _path_sentence(figures: pd.DataFrame) -> str:
    """One measure through time: the latest value and the highest."""
    whole = _whole_path(figures)
    latest, highest = _path_ends(figures)
    name = latest["column_label"] if latest["role"] == "year" else latest["row_label"]
    said = f"{name}: {_value(latest)} {_when(latest)}"
    kind = "full years" if latest["role"] == "year" else "values"
    if highest["period_start"] == latest["period_start"]:
        return f"{said}, the highest of the {len(whole)} {kind} printed."
    return f"{said}; the highest of the {len(whole)} {kind} printed is {_value(highest)}, {_when(highest)}."


def _adjoining(row: pd.DataFrame) -> bool:
    return bool(row["period_start"].iloc[0] - row["period_end"].iloc[1] == pd.Timedelta(days=1))


def _told(row: Any) -> str:
    if row.role in ("budget", "actual"):
        return f"{write_number(row.value, row.unit)} {row.role}"
    return f"{write_figure(row.value, row.unit, row.printed)} {_in(row.period_start, row.period_end)}"


def _value(row: pd.Series) -> str:
    return write_figure(row["value"], row["unit"], row["printed"])


def _when(row: pd.Series) -> str:
    return _in(row["period_start"], row["period_end"])


def _in(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if start == end:
        return f"on {name_day(start)}"
    name = name_period(start, end)
    return f"in the {name}" if name.startswith("12 months") else f"in {name}"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _rows(count: int) -> str:
    return "One more row" if count == 1 else f"{count} more rows"
