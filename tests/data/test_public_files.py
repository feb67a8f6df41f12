"""Public files: known by their headings and proposed whole, so that nothing is asked and no place is kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.choices import choices_of
from data.prepare import Prepared, prepare
from data.profile import Profile
from data.profile_check import problems
from data.public_files import PUBLIC_SOURCES, answer_times, is_answering_file
from data.reading import read_file, read_upload
from data.roles import propose
from data.wording import plain

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
TYPES = ["Anti-social behaviour", "Burglary", "Violence and sexual offences"]
PLACES = ["Stafford 009A", "Stoke-on-Trent 012C", "Tamworth 001B", ""]


def street(rows: int = 60, months: tuple[str, ...] = ("2023-03",)) -> str:
    """An invented street-level file: its headings are the real ones, its rows nobody's."""
    lines = [STREET]
    for number in range(rows):
        asb, place = number % 3 == 0, number % 4
        crime = "" if asb else f"{number * 7919:064x}"
        point = f"-2.1{number:03},52.8{number:03},On or near Invented Street,E010{place:05}"
        where = point if place < 3 else ",,No Location,"
        outcome = "" if asb else "Under investigation"
        lines.append(
            f"{crime},{months[number % len(months)]},Staffordshire Police,Staffordshire Police,{where},{PLACES[place]},"
            f"{TYPES[number % 3]},{outcome},"
        )
    return "\n".join(lines) + "\n"


def answering(*heads: str, month: str = "{:%b-%y}", calls: str = "{:,}") -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heads)
    months = pd.date_range("2021-11-01", periods=4, freq="MS")
    for row, (force, at) in enumerate(
        (force, at) for force in ("Staffordshire Police", "Granby Police") for at in months
    ):
        times = [f"{8.1 + row / 10:.1f}", f"{80 + row / 10:.1f}%"]
        table.writerow([force, month.format(at), calls.format(17_000 + 37 * row), *times])
    return out.getvalue()


def read(text: str, name: str) -> tuple[Profile, Prepared]:
    reading = read_upload(text.encode(), name)
    proposed = propose(reading.rows, name)
    assert problems(proposed, name) == []
    assert choices_of(proposed, reading.columns).problems(name) == []
    return proposed, prepare(proposed, reading.rows, reading.lines, name)


def test_a_street_level_file_is_events_by_month_type_and_area() -> None:
    proposed, prepared = read(street(months=("2023-02", "2023-03")), "2023-03-staffordshire-street.csv")
    assert proposed.kind == "events"
    assert dict(proposed.columns) == {"timestamp": "Month", "kind": "Crime type", "area": "LSOA name"}
    assert (len(prepared.frame), len(prepared.set_aside), len(prepared.refused)) == (60, 0, 0)
    assert set(prepared.frame["timestamp"].dt.strftime("%Y-%m-%d")) == {"2023-02-01", "2023-03-01"}
    assert sorted(prepared.frame["kind"].unique()) == TYPES


def test_no_place_and_no_identifier_of_a_street_level_file_is_kept() -> None:
    proposed, prepared = read(street(), "street.csv")
    assert {"Crime ID", "Longitude", "Latitude", "Location", "LSOA code"} <= set(proposed.ignore)
    assert list(prepared.frame) == ["timestamp", "kind", "area", "Falls within"]
    kept = prepared.frame.astype(str).to_csv()
    assert "52.8" not in kept and "Invented Street" not in kept and f"{7919:064x}" not in kept


def test_its_notes_say_what_it_is_and_why_totals_may_differ() -> None:
    proposed, _ = read(street(), "street.csv")
    assert all(note.startswith("street.csv: ") for note in proposed.notes)
    assert "street-level files of data.police.uk" in proposed.notes[0]
    assert "the two totals may differ" in proposed.notes[-1]


@pytest.mark.parametrize(
    ("old", "new", "known"),
    [
        ("Crime ID,Month", " crime id ,MONTH", True),
        (",Context", "", True),
        ("Crime type", "Outcome type", False),
        ("Context", "Beat", False),
    ],
)
def test_headings_are_matched_but_for_case_and_none_may_be_unknown(old: str, new: str, known: bool) -> None:
    header, body = street().split("\n", 1)
    rows = [line.split(",") for line in body.splitlines()]
    heads = header.replace(old, new).split(",")
    frame = pd.DataFrame([row[: len(heads)] for row in rows], columns=heads, dtype=str)
    assert (propose(frame, "x.csv").kind == "events") is known


HEADS: list[tuple[Any, ...]] = [
    ("Force", "Month", "Number of calls", "Mean answer time (seconds)", "% answered under 10 seconds"),
    ("force_name", "month", "calls_999", "average_seconds", "pct_within_10_seconds"),
    ("Police force", "Date", "Total 999 calls", "Mean (secs)", "Under 10 secs %"),
]


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize(("month", "calls"), [("{:%b-%y}", "{:,}"), ("{:%Y-%m}", "{}"), ("{:%d/%m/%Y}", "{}")])
def test_the_answering_times_file_is_monthly_calls_of_each_force(
    heads: tuple[str, ...], month: str, calls: str
) -> None:
    proposed, prepared = read(answering(*heads, month=month, calls=calls), "999-data.csv")
    assert proposed.kind == "monthly"
    assert dict(proposed.columns) == {"month": heads[1], "area": heads[0], "value": heads[2]}
    assert proposed.groups == heads[3:] and proposed.ignore == ()
    assert (len(prepared.frame), len(prepared.set_aside), len(prepared.refused)) == (8, 0, 0)
    first = prepared.frame.iloc[0]
    assert (first["area"], first["value"], str(first["month"])[:7]) == ("Staffordshire Police", 17_000, "2021-11")
    assert prepared.frame[heads[3]].tolist()[:2] == ["8.1", "8.2"]
    assert is_answering_file(list(prepared.frame)) and answer_times(list(prepared.frame)) == list(heads[3:])


@pytest.mark.parametrize(
    ("heads", "name"),
    [
        (("Force", "Month", "Number of calls", "Mean answer time", "Share"), "calls.csv"),  # nothing says 999
        (("Force", "Month", "101 calls", "Mean answer time", "Under 10 seconds"), "999.csv"),
        (("Force", "Month", "Offences", "Rate", "Share"), "999.csv"),
        (("Area", "Month", "Number of calls", "Mean answer time", "Under 10 seconds"), "999.csv"),
    ],
)
def test_what_does_not_say_so_is_no_answering_times_file(heads: tuple[str, ...], name: str) -> None:
    reading = read_upload(answering(*heads).encode(), name)
    assert not any("national file" in note for note in propose(reading.rows, name).notes)


def test_a_kind_that_somebody_names_is_the_one_proposed() -> None:
    reading = read_upload(street().encode(), "street.csv")
    assert propose(reading.rows, "street.csv", "monthly").kind == "monthly"
    assert propose(reading.rows, "street.csv", "events").groups == ("Falls within",)
    assert plain(propose(reading.rows, "street.csv").columns["timestamp"]) == "month"


def test_real_months_of_neighbourhoods_need_no_answer(reference: Path | None) -> None:
    file = reference and reference / "data" / "police-uk-neighbourhood-monthly" / "neighbourhood_crime_monthly.csv"
    if not file or not file.is_file():
        pytest.skip("the reference material is not there")
    reading = read_file(file)
    proposed = propose(reading.rows, reading.name)
    assert proposed.kind == "monthly" and list(proposed.columns) == ["month", "measure", "area", "value"]
    prepared = prepare(proposed, reading.rows, reading.lines, reading.name)
    assert (len(prepared.frame) + len(prepared.set_aside), len(prepared.refused)) == (2128, 0)


def test_where_to_get_them_is_told_with_why_totals_may_differ() -> None:
    notes = [
        *read(street(), "x.csv")[0].notes,
        *read(answering(*HEADS[0]), "x.csv")[0].notes,
    ]
    for source in PUBLIC_SOURCES:
        assert source.address.startswith("https://") and source.how
        assert f"x.csv: {source.caution}" in notes and "differ" in source.caution
