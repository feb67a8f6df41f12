"""Uploaded months: what they name, which version wins, and what is withdrawn."""

from __future__ import annotations

import pandas as pd

from data.people import LOCAL
from data.series_contract import COLUMNS
from data.store import Store, Version, memory_store
from data.uploaded import place_months, uploaded_months

MEASURES = pd.DataFrame({"id": ["asb", "calls_999"], "title": ["Anti-social behaviour", "999 calls"]})
AREAS = pd.DataFrame(
    {"id": ["staffordshire", "tamworth"], "name": ["Staffordshire", "Tamworth"], "kind": ["force", "district"]}
)


def months(*rows: tuple[str, str, str | None, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["month", "measure", "area", "value"])
    return frame.assign(month=pd.to_datetime(frame["month"]))


def save(store: Store, frame: pd.DataFrame, label: str) -> Version:
    return store.save(
        frame, kind="monthly", label=label, source_name="m.csv", content=label.encode(), profile="", rows_in=len(frame),
        rows_rejected=0,
    )[0]  # fmt: skip


def told(rows: pd.DataFrame) -> list[list[object]]:
    return rows[["measure", "area", "period_start", "value"]].astype({"period_start": str}).to_numpy().tolist()


def test_a_measure_is_known_by_its_id_or_its_title_and_a_blank_area_is_the_force() -> None:
    frame = months(
        ("2023-02-01", "ASB", None, 1500), ("2023-02-01", " anti-social  BEHAVIOUR ", "tamworth", 90),
        ("2023-02-01", "999 calls", "", 17000),
    )  # fmt: skip
    placed = place_months(frame, MEASURES, AREAS, "February")
    assert list(placed.rows) == COLUMNS
    assert told(placed.rows) == [
        ["asb", "staffordshire", "2023-02-01", 1500.0], ["asb", "tamworth", "2023-02-01", 90.0],
        ["calls_999", "staffordshire", "2023-02-01", 17000.0],
    ]  # fmt: skip
    assert placed.rows["period_end"].astype(str).unique().tolist() == ["2023-02-28"]
    assert set(placed.rows["status"]) == {"uploaded"}
    assert (placed.unknown_measures, placed.unknown_areas) == ((), ())


def test_names_that_nothing_here_has_are_told_and_not_lost_silently() -> None:
    frame = months(
        ("2023-02-01", "Dogs", None, 1), ("2023-02-01", "ASB", "Atlantis", 2), ("2023-02-01", "ASB", None, 3)
    )
    placed = place_months(frame, MEASURES, AREAS, "")
    assert told(placed.rows) == [["asb", "staffordshire", "2023-02-01", 3.0]]
    assert (placed.unknown_measures, placed.unknown_areas) == (("Dogs",), ("Atlantis",))


def test_a_file_without_areas() -> None:
    frame = months(("2023-02-01", "ASB", None, 3)).drop(columns="area")
    assert told(place_months(frame, MEASURES, AREAS, "").rows) == [["asb", "staffordshire", "2023-02-01", 3.0]]


def test_the_newest_version_of_a_month_counts_until_it_is_withdrawn() -> None:
    store = memory_store(LOCAL)
    save(store, months(("2023-01-01", "asb", None, 10), ("2023-02-01", "asb", None, 20)), "first")
    newer = save(store, months(("2023-02-01", "asb", None, 21), ("2023-03-01", "asb", None, 31)), "second")
    rows = uploaded_months(store, MEASURES, AREAS)
    assert rows["value"].tolist() == [10, 21, 31]
    assert [note.partition(",")[0] for note in rows["note"]] == ["first", "second", "second"]
    store.withdraw(newer.id)
    assert uploaded_months(store, MEASURES, AREAS)["value"].tolist() == [10, 20]


def test_nothing_uploaded_is_an_empty_series() -> None:
    rows = uploaded_months(memory_store(LOCAL), MEASURES, AREAS)
    assert rows.empty
    assert list(rows) == COLUMNS


def test_a_file_without_a_measure_names_none() -> None:
    frame = months(("2023-02-01", "ASB", None, 3)).drop(columns="measure")
    placed = place_months(frame, MEASURES, AREAS, "")
    assert placed.rows.empty
    assert placed.unknown_measures == ("no column names a measure",)
    store = memory_store(LOCAL)
    save(store, frame, "nameless")
    assert uploaded_months(store, MEASURES, AREAS).empty
