"""Read one Parquet file; its types are kept."""

from __future__ import annotations

import io

import polars as pl

from scorta.read.grid import Part, drop_empty_rows, row_numbers
from scorta.read.kinds import finding
from scorta.tables import Finding, RawTable

MAX_CELLS = 200_000_000
"""Most cells that a file may unpack to."""


def read_parquet(name: str, file: str, data: bytes) -> Part:
    """Return the table of a Parquet file; its first record stands on row 2, as below headings."""
    try:
        schema = pl.read_parquet_schema(io.BytesIO(data))
        height = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
        if height * len(schema) > MAX_CELLS:
            return Part(None, (_too_large(file, height * len(schema)),))
        kept = [column for column, kind in schema.items() if _is_cell(kind)]
        frame = pl.read_parquet(io.BytesIO(data), columns=kept)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, MemoryError):
        return Part(None, (finding("parquet-broken", file),))
    wrong = [
        finding("parquet-column-type", file, None, column, str(schema[column]))
        for column in schema
        if column not in kept
    ]
    return Part(_table(name, file, frame), tuple(wrong))


def _too_large(file: str, cells: int) -> Finding:
    return finding("parquet-too-large", file, value=f"{cells:,}", limit=f"{MAX_CELLS:,}")


def _is_cell(kind: pl.DataType) -> bool:
    """Tell whether a column of that type holds what a cell can."""
    return kind.is_numeric() or isinstance(
        kind, (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Null)
    )


def _table(name: str, file: str, frame: pl.DataFrame) -> RawTable:
    """Return the table: categories as text, empty text as no cell, rows without any cell left out."""
    text = pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String)
    frame = frame.with_columns(pl.when(text != "").then(text).name.keep())
    return RawTable(name, file, *drop_empty_rows(frame, row_numbers(2, frame.height)))
