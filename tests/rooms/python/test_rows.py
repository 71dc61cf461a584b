"""Tables as Python has them: rows, frames of Polars and others, and files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import scorta as sc
from scorta.python.rows import read_given

ROWS: list[dict[str, Any]] = [{"place": "HUB", "quantity": 2}, {"place": "DEPOT", "quantity": 2.5, "expires_on": None}]


@dataclass
class Pandas:
    """A frame of the manners of pandas: what it lacks is NaN until one says otherwise."""

    records: list[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Return the names of its columns."""
        return list(self.records[0])

    def notna(self) -> str:
        """Return where something is."""
        return "where something is"

    def astype(self, kind: type) -> Pandas:
        """Return the same."""
        assert kind is object
        return self

    def where(self, mask: str, other: None) -> Pandas:
        """Put nothing in place of NaN."""
        assert mask == self.notna()
        return Pandas([{name: other if cell != cell else cell for name, cell in row.items()} for row in self.records])

    def to_dict(self, how: str) -> list[dict[str, Any]]:
        """Return its rows."""
        assert how == "records"
        return self.records


def frame_of(given: Any) -> pl.DataFrame:
    """Return the frame of a table as it was given."""
    table, findings = read_given("stocks", given)
    assert findings == ()
    assert table is not None
    assert table.file == "stocks"
    assert table.rows.to_list() == list(range(2, 2 + table.frame.height))
    return table.frame


@pytest.mark.parametrize(
    "given",
    [ROWS, tuple(ROWS), iter(ROWS), pl.DataFrame(ROWS), pl.LazyFrame(ROWS), Pandas(ROWS)],
    ids=["list", "tuple", "iterator", "frame", "lazy", "pandas"],
)
def test_rows_and_frames_give_the_same_table(given: Any) -> None:
    """However they are given, the cells are these."""
    frame = frame_of(given)
    assert frame["place"].to_list() == ["HUB", "DEPOT"]
    assert frame["quantity"].to_list() == [2.0, 2.5]


@pytest.mark.parametrize(
    ("cells", "kind", "read"),
    [
        ([1, None], pl.Int64, [1, None]),
        ([1, 2.5], pl.Float64, [1.0, 2.5]),
        ([np.int64(1), np.float64(2)], pl.Float64, [1.0, 2.0]),
        ([float("nan"), 2.5], pl.Float64, [None, 2.5]),
        ([True, False], pl.Boolean, [True, False]),
        ([dt.date(2022, 11, 7)], pl.Date, [dt.date(2022, 11, 7)]),
        ([dt.datetime(2022, 11, 7)], pl.Date, [dt.date(2022, 11, 7)]),
        (["2022-11-07", dt.date(2022, 11, 8)], pl.String, ["2022-11-07", "2022-11-08"]),
        (["yes", True], pl.String, ["yes", "yes"]),
        ([2**70], pl.String, [str(2**70)]),
        ([["a"]], pl.Object, [["a"]]),
    ],
)
def test_cells_keep_their_type_or_are_written_as_in_a_file(cells: list[Any], kind: Any, read: list[Any]) -> None:
    """A column of one type keeps it; where types are mixed, cells are text; a list is none that a cell can be."""
    rows = [{"quantity": cell, "place": "HUB"} for cell in cells]
    column = frame_of(rows)["quantity"]
    assert column.dtype == kind
    assert column.to_list() == read


def test_no_rows_are_an_empty_table() -> None:
    """It is given, with all its fields."""
    assert "quantity" in frame_of([]).columns


def test_a_file_keeps_its_name_and_its_findings(tmp_path: Path) -> None:
    """A row of a CSV file is named by file and row; a file that is not there is a finding."""
    file = tmp_path / "on-hand.csv"
    file.write_text("place,quantity\nHUB,2\n", encoding="utf-8")
    table, _ = read_given("stocks", file)
    assert table is not None
    assert (table.file, table.rows.to_list()) == ("on-hand.csv", [2])
    assert [one.code for one in read_given("stocks", tmp_path / "none.csv")[1]] == ["file-unreadable"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"place": "HUB"}, "stocks is given as a value of type dict"),
        (5, "stocks is given as a value of type int"),
        (["HUB"], "A row of stocks is a value of type str"),
        ("stocks.txt", "no table that is read"),
    ],
)
def test_what_is_no_table_is_refused(given: Any, words: str) -> None:
    """A sentence says what was given, and what to give."""
    with pytest.raises(sc.InputError, match=words):
        read_given("stocks", given)
