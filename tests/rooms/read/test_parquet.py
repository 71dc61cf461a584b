"""Parquet files: types kept, damaged ones told."""

import io
from datetime import date

import polars as pl
import pytest

from scorta.read import folder


def packed(frame):
    """Return a frame as the bytes of a Parquet file."""
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


FRAME = pl.DataFrame({"need": ["N1", ""], "quantity": [1.5, None], "required_by": [date(2022, 12, 4), None]})


def test_types_are_kept(read_files):
    """Numbers and dates keep their type; an empty text is no cell, and a row of none is left out."""
    table = read_files(needs_parquet=packed(FRAME)).tables["needs"]
    assert table.frame.equals(FRAME.head(1))
    assert table.rows.to_list() == [2]
    assert table.rows.dtype == pl.UInt32


def test_categories_become_text(read_files):
    """A category is text like any other."""
    frame = pl.DataFrame({"need": pl.Series(["N1", "N1"], dtype=pl.Categorical), "item": ["x", "y"]})
    assert read_files(needs_parquet=packed(frame)).tables["needs"].frame.schema["need"] == pl.String


def test_no_rows(read_files):
    """A file without rows is an empty table."""
    raw = read_files(needs_parquet=packed(FRAME.clear()))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.schema == FRAME.schema


@pytest.mark.parametrize(
    "series",
    [
        pl.Series([[1, 2]]),
        pl.Series([{"a": 1}]),
        pl.Series([b"x"]),
        pl.Series([1], dtype=pl.Duration),
    ],
)
def test_column_of_a_type_no_cell_has(read_files, told, series):
    """A column of lists, structures, bytes or durations is told and left out."""
    raw = read_files(needs_parquet=packed(pl.DataFrame({"need": ["N1"], "odd": series})))
    assert told(raw) == [("parquet-column-type", None)]
    assert raw.findings[0].field == "odd"
    assert raw.tables["needs"].frame.columns == ["need"]


GOOD = packed(FRAME)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PAR1",
        b"need,place\n",
        GOOD[:-20],
        GOOD[20:],
        GOOD[:40] + GOOD[60:],
        GOOD[:-10] + b"\xff" * 10,
        b"PAR1" * 9,
    ],
)
def test_damaged_file(read_files, told, data):
    """A damaged file is a finding."""
    raw = read_files(needs_parquet=data)
    assert told(raw) == [("parquet-broken", None)]
    assert raw.tables == {}


def test_too_many_cells(read_files, told, monkeypatch):
    """A small file that unpacks to very many cells is told before it is unpacked."""
    monkeypatch.setattr(folder, "MAX_CELLS", 1_000_000)
    assert told(read_files(needs_parquet=packed(pl.DataFrame({"need": pl.repeat("N1", 1_000_001, eager=True)})))) == [
        ("parquet-too-large", None)
    ]
