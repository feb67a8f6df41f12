"""Printed tables laid out again: every cell, in the report's order, with its corrections beside it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.printed_tables import chart_rows, is_turned, lay_out, lay_out_ranges, write_figure
from tests.published import release

RANGES = "confidence_by_team"
TABLES = [table for table in release().tables["id"] if table != RANGES]


def parts_of(table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of a table, and the derived numbers that stand nowhere else."""
    own = release()
    derived = own.as_published[(own.as_published["table"] == table) & (own.as_published["figure_id"] == "")]
    return own.figures[own.figures["table"] == table], derived


def laid_out(table: str, corrections: pd.DataFrame | None = None) -> pd.DataFrame:
    own = release()
    published = own.as_published[own.as_published["table"] == table]
    return lay_out(parts_of(table)[0], published, own.corrections if corrections is None else corrections)


def correction(identity: str, corrected: str) -> pd.DataFrame:
    row = {"id": identity, "printed": "x", "corrected": corrected, "who": "analyst", "why": "typing error"}
    return pd.DataFrame([row]).assign(date=pd.Timestamp("2023-06-01"))


# --- the whole release ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_a_table_is_laid_out_in_its_place(table: str) -> None:
    figures, derived = parts_of(table)
    wide = laid_out(table)
    assert wide.columns.is_unique
    cells = wide.drop(columns=["row_label", "row_kind"])
    assert int((cells != "").sum().sum()) == len(figures) + len(derived)
    both = pd.concat([figures, derived])
    rows = sorted(both["row_order"].unique())
    columns = sorted(both["column_order"].unique())
    assert cells.shape == (len(rows), len(columns))
    for row in figures.itertuples():
        cell = cells.iloc[rows.index(row.row_order), columns.index(row.column_order)]
        unit = "count" if row.unit == "gbp_thousand" else row.unit  # the heading says thousands
        assert cell == write_figure(row.value, unit, row.printed)
    for row in derived.itertuples():
        assert cells.iloc[rows.index(row.row_order), columns.index(row.column_order)] == row.printed
    labels = both.drop_duplicates("row_order").sort_values("row_order")["row_label"]
    assert wide["row_label"].tolist() == labels.tolist()


@pytest.mark.parametrize("table", TABLES)
def test_headings_are_printed_ones_and_derived_ones_say_so(table: str) -> None:
    figures, derived = parts_of(table)
    for place, heading in enumerate(laid_out(table).columns[2:]):
        order = sorted({*figures["column_order"], *derived["column_order"]})[place]
        own = figures.loc[figures["column_order"] == order, "column_label"]
        if own.empty:
            label = derived.loc[derived["column_order"] == order, "column_label"].iloc[0]
            assert heading == f"{label}, as printed"
        else:
            assert heading == own.iloc[0] or re.fullmatch(rf"{re.escape(own.iloc[0])} \(.*\d.*\)", heading)


@pytest.mark.parametrize(
    ("table", "headings"),
    [
        ("calls_999", "Calls 12 Months (2022/23) | Previous 12 Months (2021/22) | Difference | % Difference"),
        ("abandoned_101_waits", "0 - 93 secs | 94 secs - 5 mins | 5 - 10 mins | 10 - 20 mins | 20 mins + | Total"),
        (
            "speedwatch_volunteers",
            "Number of Active Groups | Number of Active Volunteers | Number of Hours at the Roadside",
        ),
        (
            "homicide",
            "Previous 12 months (2021/22) | Last 12 months (2022/23) | 12 Month Difference | 12 Month % Change | "
            "Baseline (July 18 to June 19) | Baseline Difference | % Change from Baseline",
        ),
        ("revenue_outturn", "Budget \u00a3'000 | Actual \u00a3'000 | Variance \u00a3'000"),
    ],
)
def test_known_headings(table: str, headings: str) -> None:
    """A period is added where the heading does not say it and the whole column has one."""
    assert " | ".join(laid_out(table).columns[2:]).replace(", as printed", "") == headings


def test_a_known_table_reads_as_printed() -> None:
    assert laid_out("homicide").iloc[:, [0, 1, 2, 3, 4, 5, 6]].to_numpy().tolist() == [
        ["Manslaughter", "part", "3", "3", "0", "0.0%", "3"],
        ["Murder", "part", "5", "9", "4", "80.0%", "7"],
        ["Homicide", "total", "8", "12", "4", "50.0%", "10"],
    ]
    assert laid_out("answer_time_999").iloc[0, 2:].tolist() == [
        "21.49 seconds",
        "24.85 seconds",
        "\u2193 -3.36",
        "-0.14",
    ]
    finance = laid_out("revenue_outturn").iloc[5, [0, 1, 2, 3, 4]].tolist()
    assert finance[0].startswith("Pay (subtotal")
    assert finance[1:] == ["subtotal", "190,822", "188,456", "(2,366)"]


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_corrected_figure_shows_both() -> None:
    wide = laid_out("homicide", correction("homicide.murder.last_12_months", "8"))
    assert wide.iloc[1, 3] == "9 (corrected to 8)"
    assert (wide.astype(str).apply(lambda column: column.str.contains("corrected"))).sum().sum() == 1


def test_a_corrected_derived_number_shows_both() -> None:
    wide = laid_out("vawg_by_offence", correction("vawg_by_offence.rape.baseline_percent", "16.7%"))
    assert wide.iloc[3, -1] == "-83.6% (corrected to 16.7%)"


# --- tables of another shape ------------------------------------------------------------------------------------------


def figure(row: int, column: int, value: float, role: str = "last_12_months", **more: object) -> dict[str, object]:
    start = {"last_12_months": "2022-04-01", "previous_12_months": "2021-04-01"}.get(role, "2022-04-01")
    end = {"last_12_months": "2023-03-31", "previous_12_months": "2022-03-31"}.get(role, "2023-03-31")
    told = {
        "figure_id": f"t.{row}.{column}",
        "row_order": row,
        "row_kind": "part",
        "row_label": f"row {row}",
        "role": role,
        "column_order": column,
        "column_label": f"column {'abc'[column - 1]}",
        "period_start": pd.Timestamp(start),
        "period_end": pd.Timestamp(end),
        "value": value,
        "printed": f"{value:g}",
        "unit": "count",
    }
    return told | more


NOTHING = pd.DataFrame(columns=["id", "row_order", "row_label", "column_order", "column_label", "figure_id", "printed"])


def test_rows_and_columns_stand_by_their_numbers_and_gaps_are_blank() -> None:
    figures = pd.DataFrame([figure(2, 2, 4), figure(1, 1, 1), figure(2, 1, 3)])
    wide = lay_out(figures, NOTHING, release().corrections)
    assert wide.to_numpy().tolist() == [["row 1", "part", "1", ""], ["row 2", "part", "3", "4"]]
    assert list(wide.columns[2:]) == ["column a (2022/23)", "column b (2022/23)"]


def test_a_row_without_a_figure_of_its_own_is_there() -> None:
    derived = NOTHING.copy()
    derived.loc[0] = ["t.change", 1, "Change", 1, "column a", "", "+5%"]
    derived[["row_order", "column_order"]] = derived[["row_order", "column_order"]].astype(int)
    wide = lay_out(pd.DataFrame([figure(2, 1, 1)]), derived, release().corrections)
    assert wide.to_numpy().tolist() == [["Change", "part", "+5%"], ["row 2", "part", "1"]]


def test_periods_down_the_side_are_told_from_periods_across() -> None:
    across = pd.DataFrame([figure(1, 1, 1), figure(1, 2, 2, "previous_12_months"), figure(2, 1, 3)])
    assert not is_turned(across)
    assert is_turned(pd.DataFrame([figure(1, 1, 1), figure(1, 2, 2), figure(2, 1, 3, "previous_12_months")]))
    assert not is_turned(pd.DataFrame([figure(1, 1, 1), figure(1, 2, 9.5, unit="percent")])), "a share beside its count"
    turned = [table for table in TABLES if is_turned(parts_of(table)[0])]
    assert turned == ["abandoned_101_waits_percent", "abandoned_101_waits"]


# --- ranges -----------------------------------------------------------------------------------------------------------


def test_ranges_are_told_with_the_teams_outside() -> None:
    own = release()
    figures = own.figures[own.figures["table"] == RANGES]
    named = figures.assign(area_name=figures["area"].map(own.areas.set_index("id")["name"]))
    wide = lay_out_ranges(own.ranges[own.ranges["table"] == RANGES], named)
    assert len(wide) == 12
    told = dict(zip(wide["row_label"].str.split(" ").str[0], wide.iloc[:, 2:].to_numpy().tolist(), strict=True))
    assert told["Q1"] == ["All LPTs: above 90%", "East Staffs 87%"]
    assert told["Q2"] == ["All LPTs: 45% to 47%", "Lichfield 29%"]
    assert told["Q11"] == ["Most LPTs: 23% to 32%", "Moorlands 18%, Stafford 16%, Lichfield 16%, Tamworth 7%"]
    assert told["Q18"] == ["All LPTs: 4% to 11%", "none"]


def test_a_range_keeps_the_decimal_places_of_its_print() -> None:
    rows = pd.DataFrame(
        {
            "row_order": [1, 2],
            "question": ["Abandoned", "Waited"],
            "scope": "Each month",
            "low": [0.6, None],
            "high": [1.3, 2.0],
            "unit": ["percent", "days"],
            "printed": ["between 0.6% and 1.3%", "within 2 days or less"],
        }
    )
    nobody = pd.DataFrame(columns=["row_order", "column_order", "area_name", "value", "unit", "printed"])
    assert lay_out_ranges(rows, nobody)["Printed range"].tolist() == [
        "Each month: 0.6% to 1.3%",
        "Each month: below 2 days",
    ]


# --- what a chart takes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_chart_gets_every_level_once(table: str) -> None:
    figures, _ = parts_of(table)
    rows = chart_rows(figures)
    assert set(rows["kind"]) <= {"level", "time"}
    assert not rows.duplicated(["label", "series", "unit", "period_start", "value"]).any() or table == "custody"
    wanted = figures[~figures["role"].isin(["month", "quarter", "year_to_date"])]
    if wanted.empty or table in ("speedwatch_volunteers", "speedwatch_outcomes"):
        wanted = figures[figures["role"] != "year_to_date"]
    assert sorted(rows["value"]) == sorted(wanted["value"])


def test_periods_are_the_series_of_a_table_of_levels() -> None:
    rows = chart_rows(parts_of("asb")[0])
    assert set(rows["kind"]) == {"level"}
    assert rows["series"].tolist()[:3] == ["2019/20", "2021/22", "2022/23"], "the earlier period first"
    assert rows["label"].drop_duplicates().tolist() == [
        "ASB - Community Nuisance - E2", "ASB - Personal Nuisance - E1", "ASB - Environmental - E3", "ASB",
    ]  # fmt: skip
    assert rows["text"].tolist()[-3:] == ["31,094", "25,421", "19,640"]


def test_a_turned_table_is_drawn_by_its_columns() -> None:
    rows = chart_rows(parts_of("abandoned_101_waits_percent")[0])
    assert rows["label"].drop_duplicates().tolist()[0] == "0 - 93 secs"
    assert rows["series"].tolist()[:2] == ["2021/22", "2022/23"]


def test_money_is_drawn_as_budget_and_actual() -> None:
    assert set(chart_rows(parts_of("revenue_outturn")[0])["series"]) == {"Budget", "Actual"}


def test_a_path_is_drawn_through_time_and_a_single_day_is_not() -> None:
    path = chart_rows(parts_of("crimes_awaiting_validation")[0])
    assert set(path["kind"]) == {"time"}
    assert len(path) == 13
    assert set(chart_rows(parts_of("ethnicity")[0])["kind"]) == {"level"}
    assert set(chart_rows(parts_of("speedwatch_quarter")[0])["kind"]) == {"level"}
    years = chart_rows(parts_of("speedwatch_volunteers")[0])
    assert set(years["series"]) == {
        "Number of Active Groups", "Number of Active Volunteers", "Number of Hours at the Roadside",
    }  # fmt: skip
    assert years["period_end"].max() == pd.Timestamp("2022-12-31"), "a part of a year is not a year"
