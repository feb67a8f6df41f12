"""Events counted to months: whole months alone join the uploaded ones, and a part of the force is never the force."""

from __future__ import annotations

import pandas as pd
import pytest

from data.engine import attach
from data.event_months import event_months, joined_months, place_event_months, uploaded_event_months
from data.people import LOCAL
from data.prepare import prepare
from data.reading import read_upload
from data.roles import propose
from data.series_contract import COLUMNS
from data.store import Store, Version, memory_store
from data.uploaded import place_months, uploaded_months
from tests.data.test_public_files import answering, street

MEASURES = pd.DataFrame(
    {"id": ["asb", "calls_999", "calls_101"], "title": ["Anti-social behaviour", "999 calls", "101 calls"]}
)
AREAS = pd.DataFrame(
    {
        "id": ["staffordshire", "tamworth", "stafford"], "name": ["Staffordshire", "Tamworth", "Stafford"],
        "kind": ["force", "district", "district"],
    }
)  # fmt: skip


def events(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["timestamp", "kind", "area"])
    return frame.assign(timestamp=pd.to_datetime(frame["timestamp"], format="ISO8601").astype("datetime64[us]"))


MARCH = events(
    ("2023-03-01 00:10", "999", "Tamworth"), ("2023-03-05 12:00", "999", None), ("2023-03-09 12:00", "101", "Stafford"),
    ("2023-03-31 23:50", "101", "Tamworth"),
)  # fmt: skip


def told(months: pd.DataFrame) -> list[list[object]]:
    plain = months.astype({"month": str, "kind": object, "area": object})
    return plain.where(plain.notna(), None).to_numpy().tolist()


def save(store: Store, frame: pd.DataFrame, label: str, kind: str = "events") -> Version:
    return store.save(
        frame, kind=kind, label=label, source_name="m.csv", content=label.encode(), profile="", rows_in=len(frame),
        rows_rejected=0,
    )[0]  # fmt: skip


def test_all_events_are_counted_beside_those_of_areas() -> None:
    assert told(event_months(attach(MARCH))) == [
        ["2023-03-01", "101", "Stafford", 1, True], ["2023-03-01", "101", "Tamworth", 1, True],
        ["2023-03-01", "101", None, 2, True], ["2023-03-01", "999", "Tamworth", 1, True],
        ["2023-03-01", "999", None, 2, True],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("2023-02-01 08:00", "2023-04-30 20:00", [True, True, True]),
        ("2023-02-02 08:00", "2023-04-29 20:00", [False, True, False]),
        ("2023-02-01", "2023-04-01", [True, True, True]),  # a file that tells months alone
    ],
)
def test_a_month_at_the_edge_is_whole_only_where_the_extract_reaches_over_it(first: str, last: str, whole: list[bool]) -> None:  # fmt: skip
    months = event_months(attach(events((first, "999", None), ("2023-03-01", "999", None), (last, "999", None))))
    assert months["whole"].tolist() == whole


def test_an_extract_of_one_area_is_not_the_force() -> None:
    months = event_months(
        attach(events(("2023-03-01 10:00", "999", "Tamworth"), ("2023-03-31 10:00", "999", "Tamworth")))
    )
    assert told(months) == [["2023-03-01", "999", "Tamworth", 2, True]]


def test_without_a_kind_or_an_area_months_are_counted_all_the_same() -> None:
    months = event_months(attach(MARCH[["timestamp"]]))
    assert told(months) == [["2023-03-01", None, None, 4, True]]
    assert place_event_months(months, MEASURES, AREAS, "x").rows.empty


def test_undated_events_are_in_no_month() -> None:
    frame = pd.concat([MARCH, MARCH.tail(1).assign(timestamp=pd.NaT)], ignore_index=True)
    assert event_months(attach(frame))["n"].sum() == event_months(attach(MARCH))["n"].sum()
    assert event_months(attach(MARCH.assign(timestamp=pd.NaT))).empty


@pytest.mark.parametrize("kind", ["999", "999 call", "999 Calls", "calls_999"])
def test_a_kind_names_its_measure(kind: str) -> None:
    months = event_months(attach(MARCH[MARCH["kind"] == "999"].assign(kind=kind)))
    rows = place_event_months(months.assign(whole=True), MEASURES, AREAS, "March").rows
    assert rows["measure"].tolist() == ["calls_999"] * 2 and rows["value"].tolist() == [1, 2]
    assert rows["area"].tolist() == ["tamworth", "staffordshire"] and set(rows["status"]) == {"uploaded"}


def test_saved_extracts_join_the_uploaded_months_and_a_monthly_file_goes_before() -> None:
    store = memory_store(LOCAL)
    save(store, MARCH, "old")
    save(store, pd.concat([MARCH, MARCH.tail(1)], ignore_index=True), "new")
    save(store, MARCH[MARCH["timestamp"] < "2023-03-31"], "part of March")
    counted = uploaded_event_months(store, MEASURES, AREAS)
    force = counted[counted["area"] == "staffordshire"].set_index("measure")
    assert force["value"].to_dict() == {"calls_101": 3, "calls_999": 2}
    assert force["note"].str.startswith("counted from new, uploaded ").all()
    month = pd.DataFrame({"month": pd.to_datetime(["2023-03-01"]), "measure": ["999 calls"], "value": [17_782.0]})
    save(store, month, "monthly", kind="monthly")
    both = joined_months(counted, uploaded_months(store, MEASURES, AREAS))
    assert both[both["area"] == "staffordshire"].set_index("measure")["value"].to_dict() == {
        "calls_101": 3, "calls_999": 17_782,
    }  # fmt: skip
    assert (
        list(joined_months(counted.head(0)))
        == list(uploaded_event_months(memory_store(LOCAL), MEASURES, AREAS))
        == COLUMNS
    )


def street_rows(text: str) -> pd.DataFrame:
    reading = read_upload(text.encode(), "street.csv")
    return prepare(propose(reading.rows, "street.csv"), reading.rows, reading.lines, "street.csv").frame


def test_a_street_level_file_gives_months_types_and_districts_from_the_store_on() -> None:
    store = memory_store(LOCAL)
    save(store, street_rows(street(months=("2023-02", "2023-03"))), "street")
    rows = uploaded_event_months(store, MEASURES, AREAS)
    assert set(rows["measure"]) == {"asb"} and set(rows["period_start"].astype(str)) == {"2023-02-01", "2023-03-01"}
    by_area = rows.groupby("area")["value"].sum().to_dict()
    assert by_area == {
        "staffordshire": 20,
        "tamworth": 5,
        "stafford": 5,
    }  # the force has those elsewhere or nowhere too


def test_another_forces_street_level_file_is_not_taken_for_this_force() -> None:
    store = memory_store(LOCAL)
    save(store, street_rows(street().replace("Staffordshire Police", "Granby Constabulary")), "street")
    assert "staffordshire" not in set(uploaded_event_months(store, MEASURES, AREAS)["area"])


def test_the_answering_times_file_gives_999_calls_of_the_force_alone() -> None:
    text = answering("Force", "Month", "Number of calls", "Mean answer time (seconds)", "% answered under 10 seconds")
    reading = read_upload(text.encode(), "999.csv")
    frame = prepare(propose(reading.rows, "999.csv"), reading.rows, reading.lines, "999.csv").frame
    placed = place_months(frame, MEASURES, AREAS, "national")
    assert placed.rows[["measure", "area"]].drop_duplicates().to_numpy().tolist() == [["calls_999", "staffordshire"]]
    assert placed.rows["value"].tolist() == [17_000, 17_037, 17_074, 17_111]
    assert (placed.unknown_measures, placed.unknown_areas) == ((), ("Granby Police",))
