"""The engine sees the rows it is given and nothing else, and is not loaded where it is not needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.engine import ENGINES, MEMORY_LIMIT, THREADS, attach, connect, run
from data.people import LOCAL
from data.store import memory_store
from tests.serving import ROOT


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "ATTACH '{file}.db' AS other",
        "COPY (SELECT 1) TO '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
        "SELECT * FROM frame",
    ],
)
def test_duckdb_reaches_no_file_no_setting_and_no_name_of_python(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a\n1\n")
    frame = pd.DataFrame({"a": [1]})
    assert len(frame) == 1
    with pytest.raises(duckdb.Error):
        connect().raw_sql(statement.format(file=file)).fetchall()
    assert file.read_text() == "a\n1\n"
    assert [each.name for each in tmp_path.iterdir()] == ["other.csv"]


def test_duckdb_keeps_to_its_limits_and_spills_nothing_to_disk() -> None:
    asked = "SELECT current_setting('threads'), current_setting('temp_directory'), current_setting('memory_limit')"
    threads, spill, memory = connect().raw_sql(asked).fetchone()
    assert (threads, spill) == (THREADS, "")
    assert (MEMORY_LIMIT, memory) == ("1GB", "953.6 MiB")


def test_an_unknown_engine_is_told() -> None:
    with pytest.raises(ValueError, match=r"^An engine is one of duckdb, sqlite, not oracle\.$"):
        connect("oracle")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_versions_rows_are_the_engines_rows(engine: str) -> None:
    store = memory_store(LOCAL)
    frame = pd.DataFrame({"area": ["N", None, "S"], "w": [1.5, None, 2.0]})
    words = {"kind": "survey", "label": "x", "source_name": "x", "content": b"", "profile": ""}
    version, _ = store.save(frame, **words, rows_in=3, rows_rejected=0)
    found = run(attach(store.table(version.id, ["w", "area"]), connect(engine)))
    pd.testing.assert_frame_equal(found[["area", "w"]], frame)


def test_rows_attached_later_take_the_place_of_the_earlier(tmp_path: Path) -> None:
    for engine in ENGINES:
        backend = connect(engine)
        attach(pd.DataFrame({"a": [1, 2]}), backend)
        assert run(attach(pd.DataFrame({"b": [3]}), backend)).to_dict("list") == {"b": [3]}


def test_no_engine_is_loaded_before_one_is_asked() -> None:
    words = "import sys, data.queries, data.event_queries, data.store\nprint({'ibis', 'duckdb', 'pyarrow.parquet'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
