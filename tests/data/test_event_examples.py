"""The invented month of calls: read through the product's own path, and nobody takes it for real."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data.errors import DataError
from data.event_examples import ExampleEvents, illustrative_events
from data.reading import read_file
from data.roles import propose
from tests.shipped import DATA, changed, copied_data, rows

FOLDER = DATA / "illustrative"
FILE = "calls_2023_03.csv"


@cache
def example() -> ExampleEvents:
    found = illustrative_events(DATA)
    assert found is not None
    return found


def calls(kind: str) -> pd.DataFrame:
    frame = example().prepared.frame
    return frame[frame["kind"] == kind]


def test_nobody_takes_it_for_real() -> None:
    found = example()
    assert (found.status, found.name) == ("illustrative", "Example with invented figures")
    assert "nvented" in found.title and found.caution.startswith("Invented calls")
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as handle:
        references = [row["Reference"] for row in csv.DictReader(handle)]
    assert references == [f"INVENTED-{number}" for number in range(1, len(references) + 1)]


def test_it_is_one_month_of_about_twenty_thousand_calls_on_two_lines() -> None:
    frame = example().prepared.frame
    assert 19_000 < len(frame) < 21_000
    assert set(frame["timestamp"].dt.strftime("%Y-%m")) == {"2023-03"} and frame["timestamp"].dt.day.nunique() == 31
    assert set(frame["kind"]) == {"999", "101"}
    assert set(frame["area"].dropna()) == {row["name"] for row in rows("areas") if row["kind"] == "lpt"}
    assert 0 < frame["area"].isna().mean() < 0.4
    assert (FOLDER / FILE).stat().st_size < 1_000_000


def test_an_hour_that_the_clock_leaves_out_has_no_call() -> None:
    times = example().prepared.frame["timestamp"]
    assert not times.between("2023-03-26 01:00", "2023-03-26 01:59").any()


def test_nights_are_quiet_and_each_line_has_its_own_busy_days() -> None:
    for kind in ("999", "101"):
        hours = calls(kind)["timestamp"].dt.hour.value_counts()
        assert hours[[3, 4, 5]].sum() < 0.5 * hours[[15, 16, 17]].sum()
    evening = calls("999")[calls("999")["timestamp"].dt.hour >= 18]["timestamp"].dt.day_of_week.value_counts()
    weeks = pd.Series(pd.date_range("2023-03-01", "2023-03-31").day_of_week).value_counts()
    assert set((evening / weeks).nlargest(2).index) == {4, 5}  # Friday and Saturday
    day = calls("101")["timestamp"].dt.day_of_week.value_counts() / weeks
    assert day[[0, 1, 2, 3, 4]].min() > 1.2 * day[[5, 6]].max()


def test_waits_have_a_long_tail_on_101_and_are_short_on_999() -> None:
    short, long = calls("999")["answered_after"], calls("101")["answered_after"]
    assert (short <= 10).mean() * len(short) / short.notna().sum() > 0.75 and short.max() < 180
    assert long.mean() > 1.5 * long.median() and long.max() > 1200 and long.quantile(0.9) > 300


def test_who_gave_up_was_never_answered_and_few_calls_are_attended() -> None:
    frame = example().prepared.frame
    assert (frame["answered_after"].isna() == (frame["abandoned"] == "Yes")).all()
    assert frame.loc[frame["abandoned"] == "Yes", "attended_after"].isna().all()
    assert 0.02 < frame["attended_after"].notna().mean() < 0.3


def test_its_headings_say_all_by_themselves() -> None:
    reading = read_file(FOLDER / FILE)
    proposed = propose(reading.rows, reading.name)
    assert proposed == example().profile
    assert proposed.notes == (f"{FILE}: Column Reference has no role. It is ignored; give it one if it has one.",)


def test_script_writes_the_committed_file_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "make_events.py", "--out", tmp_path], check=True, cwd=tmp_path)
    assert (tmp_path / FILE).read_bytes() == (FOLDER / FILE).read_bytes()


def test_a_data_folder_without_events_has_no_example(tmp_path: Path) -> None:
    assert illustrative_events(tmp_path) is None
    (tmp_path / "illustrative").mkdir()
    (tmp_path / "illustrative" / "about.toml").write_text('title = "Months only"\n', encoding="utf-8")
    assert illustrative_events(tmp_path) is None


def written(old: str, new: str, name: str = "about.toml") -> Callable[[Path], None]:
    return lambda folder: changed(folder / name, old, new)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (written(FILE, "calls.csv"), "illustrative/calls.csv: the file is missing. about.toml names it under [[events]]."),
        (written('title = "Invented calls of March 2023"', ""), "illustrative/about.toml, events 1: title is missing or blank, expected text."),
        (written("INVENTED-7,", "7,", FILE), "illustrative/calls_2023_03.csv, line 8: no cell says that the row is invented."),
        (written("INVENTED-7,", "INVENTED-7,,", FILE), "illustrative/calls_2023_03.csv: 1 cannot be used; the first, line 8: Found 8 cells, expected 7 as in the header."),
        (written('profile = "events_profile.toml"', 'profile = "survey_profile.toml"'), "illustrative/survey_profile.toml: found kind survey, expected events."),
    ],
)  # fmt: skip
def test_a_broken_example_says_what_to_mend(tmp_path: Path, spoil: Callable[[Path], None], told: str) -> None:
    spoil(copied_data(tmp_path) / "illustrative")
    with pytest.raises(DataError) as error:
        illustrative_events(tmp_path)
    assert error.value.problems[0].startswith(told)
