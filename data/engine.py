"""The engine that counts rows: DuckDB in memory by default, through Ibis alone, with nothing outside in its reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.errors import DataError
from data.parquet import as_arrow

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends import BaseBackend

__all__ = ["ENGINES", "MEMORY_LIMIT", "THREADS", "attach", "connect", "run"]

ENGINES = ["duckdb", "sqlite"]
MEMORY_LIMIT = "1GB"
THREADS = 2
_NAME = "rows_of_version"


def connect(engine: str = "duckdb") -> BaseBackend:
    """An engine of one's own, gone with the object: DuckDB with limits, or SQLite, against which tests hold it.

    DuckDB may open no file and no address, change no setting, and write nothing to disk when memory runs out. It cannot
    read Parquet then: Python reads a version's file, checks its hash and hands the rows over.

    Raises
    ------
    ValueError
        For an engine that is not in ``ENGINES``.
    """
    import ibis

    if engine == "sqlite":
        return ibis.sqlite.connect()
    if engine != "duckdb":
        raise ValueError(f"An engine is one of {', '.join(ENGINES)}, not {engine}.")
    backend = ibis.duckdb.connect(
        enable_external_access=False, temp_directory="", memory_limit=MEMORY_LIMIT, threads=THREADS
    )
    backend.raw_sql("SET lock_configuration = true")
    return backend


def attach(rows: pa.Table | pd.DataFrame, backend: BaseBackend | None = None) -> ir.Table:
    """Rows as a table that questions can be asked of.

    Parameters
    ----------
    rows
        What ``Store.table`` gives, with the columns that are needed, or a frame. They must stay unchanged.
    backend
        The engine to put them on, in place of what was attached there before; one of their own without it. Neither it
        nor its table is to be asked from two threads at once.

    Raises
    ------
    DataError
        When two columns differ only by capitals: an engine takes them for one.
    """
    backend = connect() if backend is None else backend
    table = as_arrow(rows) if isinstance(rows, pd.DataFrame) else rows
    seen: dict[str, str] = {}
    for name in table.column_names:
        if (other := seen.setdefault(name.lower(), name)) is not name:
            raise DataError(f"The columns '{other}' and '{name}' differ only by capitals. Rename one of them.")
    if backend.name == "duckdb":
        backend.con.register(_NAME, table)  # read where they lie, not copied
        return backend.table(_NAME)
    return _inserted(table, backend)


def run(question: ir.Table) -> pd.DataFrame:
    """The small frame that answers a question."""
    frame: pd.DataFrame = question.to_pyarrow().to_pandas()
    return frame


def _inserted(rows: pa.Table, backend: BaseBackend) -> ir.Table:
    """The rows copied into SQLite, which Ibis itself cannot do when a time is missing."""
    import ibis
    import pyarrow as pa

    table = backend.create_table(_NAME, schema=ibis.Schema.from_pyarrow(rows.schema), overwrite=True)
    columns = [
        (column.cast(pa.string()) if pa.types.is_temporal(column.type) else column).to_pylist()
        for column in rows.columns
    ]
    marks = ", ".join("?" * rows.num_columns)
    with backend.con:
        backend.con.executemany(f"INSERT INTO {_NAME} VALUES ({marks})", zip(*columns, strict=True))  # noqa: S608
    return table
