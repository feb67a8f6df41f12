"""What a store promises, the same on disk and in memory: one upload is one version, and it never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.people import LOCAL
from data.store import Store, Version, file_store, memory_store

NO_VERSION = "There is no such saved version. It may have been deleted; choose another from the list of versions."
ROWS = pd.DataFrame(
    {
        "area": ["North", None, "007"],
        "weight": [1.5, None, 2.0],
        "day": pd.to_datetime(["2022-06-01", None, "2022-06-30"]),
        "base": pd.array([1, None, 3], dtype="Int64"),
        'Über, "x"; DROP': ["", " ", "NA"],
    }
)


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return file_store(tmp_path / "home", LOCAL) if request.param == "file" else memory_store(LOCAL)


def save(store: Store, content: bytes = b"a,b\n1,2\n", frame: pd.DataFrame = ROWS, **other: Any) -> Version:
    words: dict[str, Any] = {"kind": "survey", "label": "June", "source_name": "june.csv", "profile": ""}
    words |= {"rows_in": len(frame) + 2, "rows_rejected": 2}
    return store.save(frame, content=content, **(words | other))[0]


def test_a_saved_version_comes_back_cell_for_cell_with_all_that_was_said_of_it(store: Store) -> None:
    before = datetime.now(UTC)
    version, new = store.save(
        ROWS,
        kind="survey",
        label="June wave",
        source_name="../../home/x/june.csv",
        content=b"bytes",
        profile="[columns]\n",
        rows_in=5,
        rows_rejected=2,
        retain_until=date(2027, 3, 31),
    )
    assert new
    assert store.versions() == [version] == [store.version(version.id)]
    assert (version.kind, version.label, version.source_name) == ("survey", "June wave", "june.csv")
    assert (version.rows_in, version.rows_accepted, version.rows_rejected) == (5, 3, 2)
    assert (version.columns, version.profile) == (tuple(ROWS.columns), "[columns]\n")
    assert (version.retain_until, version.withdrawn, version.status) == (date(2027, 3, 31), None, "draft")
    assert before <= version.created <= datetime.now(UTC)
    pd.testing.assert_frame_equal(store.read(version.id), ROWS)
    pd.testing.assert_frame_equal(store.read(version.id, ["weight", "area"]), ROWS[["weight", "area"]])
    assert store.check() == []


def test_the_engines_table_has_the_same_cells(store: Store) -> None:
    version = save(store)
    table = store.table(version.id, ["area", "weight"])
    assert table.column_names == ["area", "weight"]
    assert table["area"].to_pylist() == ["North", None, "007"]
    assert table["weight"].to_pylist() == [1.5, None, 2.0]


cells = st.one_of(st.none(), st.text(max_size=8))
frames = st.lists(
    st.tuples(cells, st.one_of(st.none(), st.floats(allow_nan=False)), st.integers(-(2**60), 2**60)), max_size=12
)


@settings(max_examples=settings.default.max_examples // 4)
@given(frames)
def test_any_cells_come_back(rows: list[tuple[str | None, float | None, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["text", "number", "whole"])
    frame = frame.astype({"text": "str", "number": "float64", "whole": "int64"})
    store = memory_store(LOCAL)
    version = save(store, frame=frame)
    pd.testing.assert_frame_equal(store.read(version.id), frame)


# --- one upload, one version ------------------------------------------------------------------------------------------


def test_the_same_file_twice_is_the_one_version(store: Store) -> None:
    first = save(store, label="first")
    again, new = store.save(
        ROWS, kind="survey", label="second", source_name="b.csv", content=b"a,b\n1,2\n", profile="",
        rows_in=5, rows_rejected=2,
    )  # fmt: skip
    assert (again, new) == (first, False)
    assert store.versions() == [first]
    assert [event.action for event in store.events()] == ["save"]


def test_other_bytes_or_another_profile_make_another_version(store: Store) -> None:
    save(store, b"one")
    save(store, b"two")
    save(store, b"one", profile="[columns]\nweight = 'w'\n")
    # No trick of where the bytes end and the profile begins makes two uploads one.
    save(store, b"one[columns]", profile="\nweight = 'w'\n")
    assert len(store.versions()) == len({version.id for version in store.versions()}) == 4


def test_a_deleted_upload_can_be_saved_afresh(store: Store) -> None:
    first = save(store)
    store.delete(first.id)
    assert save(store).id != first.id


# --- what must add up -------------------------------------------------------------------------------------------------


def test_rows_must_add_up(store: Store) -> None:
    with pytest.raises(ValueError, match=r"^6 rows in are not 3 accepted and 2 rejected\.$"):
        save(store, rows_in=6, rows_rejected=2)
    with pytest.raises(ValueError, match=r"^A version is one of survey, aggregated, monthly, events, not poll\.$"):
        save(store, kind="poll")
    assert store.versions() == []


def test_an_error_about_a_frame_quotes_no_cell(store: Store) -> None:
    with pytest.raises(ValueError, match=r"^A column of the frame holds values of more than one kind\.$") as told:
        save(store, frame=pd.DataFrame({"answer": pd.Series(["secret", 5, 2.5], dtype="object")}))
    assert told.value.__suppress_context__
    with pytest.raises(ValueError, match=r"^Two columns of the frame have one name\.$"):
        save(store, frame=pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_labels_are_one_short_visible_line(store: Store) -> None:
    version = save(store, label="<b>\n\u202ewave\x00 " + "x" * 300, source_name="C:\\Users\\p\\wave 2.csv")
    assert version.label == "<b> wave " + "x" * 111
    assert version.source_name == "wave 2.csv"
    assert save(store, b"other", label=" \t", source_name="/").source_name == "unnamed"


# --- a version's life -------------------------------------------------------------------------------------------------


def test_versions_are_listed_newest_first_by_kind_and_use(store: Store) -> None:
    first, second = save(store, b"1"), save(store, b"2", kind="monthly")
    assert store.versions() == [second, first]
    assert store.versions("monthly") == [second]
    gone = store.withdraw(first.id)
    assert gone.withdrawn is not None
    assert gone.withdrawn.tzinfo is not None
    assert store.versions() == [second]
    assert store.versions(withdrawn=True) == [second, gone]
    pd.testing.assert_frame_equal(store.read(first.id), ROWS)
    assert store.restore(first.id) == first
    assert store.versions() == [second, first]


def test_a_version_can_be_renamed_kept_longer_and_shared_but_its_rows_stay(store: Store) -> None:
    version = save(store)
    assert store.rename(version.id, "March\twave").label == "March wave"
    assert store.retain(version.id, date(2030, 1, 1)).retain_until == date(2030, 1, 1)
    assert store.retain(version.id, None).retain_until is None
    assert store.set_status(version.id, "published").status == "published"
    with pytest.raises(ValueError, match=r"^A status is one of draft, shared, published, not open\.$"):
        store.set_status(version.id, "open")
    assert store.version(version.id).sha256 == version.sha256
    pd.testing.assert_frame_equal(store.read(version.id), ROWS)


def test_a_deleted_version_leaves_a_receipt_and_nothing_else(store: Store) -> None:
    version, other = save(store), save(store, b"other")
    receipt = store.delete(version.id)
    assert (receipt.version, receipt.label, receipt.kind, receipt.rows) == (version.id, "June", "survey", 3)
    assert (receipt.sha256, receipt.created, receipt.had_file) == (version.sha256, version.created, True)
    assert timedelta(0) <= datetime.now(UTC) - receipt.removed < timedelta(hours=1)
    assert store.versions(withdrawn=True) == [other]
    assert store.check() == []
    pd.testing.assert_frame_equal(store.read(other.id), ROWS)


CALLS: list[Callable[[Store, str], object]] = [
    lambda store, version: store.version(version),
    lambda store, version: store.read(version),
    lambda store, version: store.table(version),
    lambda store, version: store.rename(version, "x"),
    lambda store, version: store.withdraw(version),
    lambda store, version: store.restore(version),
    lambda store, version: store.retain(version, None),
    lambda store, version: store.delete(version),
]


@pytest.mark.parametrize("version", ["", "../store.sqlite", "0" * 32, "' OR 1=1 --"])
def test_an_unknown_version_is_told(store: Store, version: str) -> None:
    kept = save(store)
    for call in CALLS:
        with pytest.raises(DataError) as told:
            call(store, version)
        assert told.value.problems == [NO_VERSION]
    assert store.versions() == [kept]


def test_an_unknown_column_is_told(store: Store) -> None:
    version = save(store)
    with pytest.raises(DataError) as told:
        store.read(version.id, ["area", "Area", "x"])
    assert told.value.problems == [f"The version 'June' has no column '{name}'." for name in ("Area", "x")]


def test_a_version_is_kept_through_its_last_day(store: Store) -> None:
    version = save(store, retain_until=date(2026, 5, 31))
    later, always = save(store, b"2", retain_until=date(2026, 6, 1)), save(store, b"3")
    store.withdraw(version.id)
    assert store.expire(date(2026, 5, 31)) == []
    assert [receipt.version for receipt in store.expire(date(2026, 6, 1))] == [version.id]
    assert store.versions(withdrawn=True) == [always, later]
    assert [event.action for event in store.events(version.id)] == ["save", "withdraw", "expire"]


# --- profiles ---------------------------------------------------------------------------------------------------------


def test_a_profile_is_found_again_by_its_exact_headers(store: Store) -> None:
    saved = store.save_profile("Confidence survey", ["id", "Q1", "weight"], "[columns]\n")
    other = store.save_profile("Victims", ["id", "Q1"], "# victims\n")
    assert store.profiles() == [other, saved]
    assert store.profile_for(["weight", "id", "Q1"]) == saved
    assert store.profile_for(["id", "q1", "weight"]) is None
    assert store.profile_for(["id", "Q1", "weight", "Q2"]) is None
    newer = store.save_profile("Confidence survey", ["id", "Q1", "weight"], "# newer\n")
    assert store.profiles() == [newer, other]
    store.delete_profile("Victims")
    assert store.profiles() == [newer]
    with pytest.raises(DataError, match=r"^There is no saved profile 'Victims'\.$"):
        store.delete_profile("Victims")


# --- the log ----------------------------------------------------------------------------------------------------------


def test_the_log_says_who_did_what_and_only_grows(store: Store) -> None:
    version = save(store, label="secret label", source_name="secret.csv")
    store.rename(version.id, "another secret")
    store.log("download", version.id, 3)
    store.delete(version.id)
    told = [(event.actor, event.action, event.version, event.count) for event in store.events()]
    assert told == [
        ("local analyst", "save", version.id, 3),
        ("local analyst", "rename", version.id, None),
        ("local analyst", "download", version.id, 3),
        ("local analyst", "delete", version.id, 3),
    ]
    assert "secret" not in repr(store.events())
    assert store.events("other") == []
