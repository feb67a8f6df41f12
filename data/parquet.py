"""A frame as the bytes of one Parquet file, and back, cell for cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_arrow", "as_frame", "as_parquet", "as_table"]


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """The rows as Arrow's columns, without their index.

    Raises
    ------
    ValueError
        For a column of mixed kinds, or two of one name. The sentence holds no cell.

    Examples
    --------
    >>> as_arrow(pd.DataFrame({"weight": [1.5, None]}))["weight"].to_pylist()
    [1.5, None]
    """
    import pyarrow as pa

    if not frame.columns.is_unique:
        raise ValueError("Two columns of the frame have one name.")
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Arrow's own words quote a cell, so they are not passed on.
        raise ValueError("A column of the frame holds values of more than one kind.") from None


def as_parquet(frame: pd.DataFrame) -> bytes:
    """The rows as Parquet; refuses what ``as_arrow`` refuses.

    >>> whole = pd.DataFrame({"area": ["North", None], "weight": [1.5, 2.0]})
    >>> as_frame(as_parquet(whole)).equals(whole)
    True
    """
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(as_arrow(frame), sink, compression="zstd")
    return sink.getvalue()


def as_frame(content: bytes, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of a Parquet file, or some of its columns in the order asked for."""
    import pyarrow.parquet as pq

    frame: pd.DataFrame = pq.read_table(io.BytesIO(content), columns=_listed(columns)).to_pandas()
    return frame


def as_table(content: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows for an engine: text stays the dictionary it is stored as, which an engine groups far faster."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(io.BytesIO(content))
    text = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    return pq.read_table(io.BytesIO(content), columns=_listed(columns), read_dictionary=text)


def _listed(columns: Sequence[str] | None) -> list[str] | None:
    return None if columns is None else list(columns)
