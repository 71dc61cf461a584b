"""Typed columns, as Parquet files hold them."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest

from scorta.tables import RawTable


def typed(**columns):
    """Return the table of stocks with typed columns."""
    frame = pl.DataFrame({"place": ["DEPOT"], "item": ["generator"], "quantity": [70.0]} | columns)
    return RawTable("stocks", "stocks.parquet", frame, pl.Series([2], dtype=pl.UInt32))


RIGHT = [
    ("quantity", pl.Series([70], dtype=pl.Int32), 70.0),
    ("quantity", pl.Series([Decimal("70.5")]), 70.5),
    ("quantity", pl.Series(["70.5"]), 70.5),
    ("expires_on", pl.Series([dt.date(2023, 1, 31)]), dt.date(2023, 1, 31)),
    ("expires_on", pl.Series([dt.datetime(2023, 1, 31)]), dt.date(2023, 1, 31)),
    ("expires_on", pl.Series(["2023-01-31"]), dt.date(2023, 1, 31)),
    ("expires_on", pl.Series([None]), None),
    ("condition", pl.Series(["serviceable"], dtype=pl.Categorical), "serviceable"),
    ("source", pl.Series([12]), "12"),
    ("source", pl.Series([""]), None),
]

WRONG = [
    ("quantity", pl.Series([-1.0]), "below-minimum"),
    ("quantity", pl.Series([float("nan")]), "not-finite"),
    ("quantity", pl.Series([float("inf")]), "not-finite"),
    ("quantity", pl.Series([1e15]), "too-large"),
    ("quantity", pl.Series([None], dtype=pl.Float64), "empty-cell"),
    ("quantity", pl.Series([""]), "empty-cell"),
    ("quantity", pl.Series([True]), "not-a-number"),
    ("quantity", pl.Series([dt.date(2023, 1, 31)]), "not-a-number"),
    ("quantity", pl.Series([[1.0]]), "wrong-column-type"),
    ("quantity", pl.Series([{"a": 1}]), "wrong-column-type"),
    ("source", pl.Series([b"x"]), "wrong-column-type"),
    ("expires_on", pl.Series([dt.datetime(2023, 1, 31, 12)]), "date-spelling"),
    ("expires_on", pl.Series([44899]), "date-spelling"),
    ("expires_on", pl.Series([dt.date(1823, 1, 31)]), "year-out-of-range"),
    ("expires_on", pl.Series([dt.time(12)]), "not-a-date"),
    ("condition", pl.Series([1]), "unknown-choice"),
]


@pytest.mark.parametrize(("field", "column", "value"), RIGHT)
def test_typed_column_is_read(field, column, value, rows, scenario, checked):
    """A column whose type fits its field is read as it is; text is read as in a CSV file."""
    case = checked(rows, scenario, stocks=typed(**{field: column})).case
    assert case["stocks"][field].to_list() == [value]


@pytest.mark.parametrize(("field", "column", "code"), WRONG)
def test_wrong_typed_column_is_told(field, column, code, rows, scenario, checked):
    """A typed cell is held to the same rules as a text."""
    outcome = checked(rows, scenario, stocks=typed(**{field: column}))
    found = [(finding.code, finding.field) for finding in outcome.findings if finding.file == "stocks.parquet"]
    assert (code, field) in found
    assert outcome.case is None


def test_whole_numbers_may_come_as_floats(rows, scenario, checked):
    """Spreadsheets and data frames keep whole numbers as floats: 3.0 is 3, and 3.5 is not whole."""
    items = pl.DataFrame({"item": ["generator", "engine"], "mass_kg": [1.0, 2.0], "shelf_life_days": [3.0, None]})
    numbers = pl.Series([2, 3], dtype=pl.UInt32)
    case = checked(rows, scenario, items=RawTable("items", "items.parquet", items, numbers)).case
    assert case["items"]["shelf_life_days"].to_list() == [3, None]
    wrong = RawTable("items", "items.parquet", items.with_columns(shelf_life_days=pl.Series([3.5, 1e300])), numbers)
    assert [finding.code for finding in checked(rows, scenario, items=wrong).findings] == ["not-whole", "not-whole"]


def test_booleans_are_yes_and_no(rows, scenario, checked):
    """A column of booleans fits a field of yes and no."""
    made = pl.DataFrame(rows["processes"]).with_columns(whole=pl.Series([False]))
    table = RawTable("processes", "processes.parquet", made, pl.Series([2], dtype=pl.UInt32))
    assert checked(rows, scenario, processes=table).case["processes"]["whole"].to_list() == [False]
