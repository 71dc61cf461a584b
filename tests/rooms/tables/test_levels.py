"""The tables of objectives and of what parties hold."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

from scorta.tables import CASE_TABLES

HEADS = "party place item floor priority from_date"


def test_no_floor_is_a_floor_of_nothing_and_no_maximum_is_no_limit() -> None:
    """Rows of one owner and item follow one another from day to day."""
    found = read("objectives", f"{HEADS} | PL - tent 20 - - | PL - tent - 2 2022-11-14")
    assert found["floor"].to_list() == [20, None]
    assert [CASE_TABLES["objectives"][name].empty for name in ("floor", "objective", "maximum")] == ["0", "0", ""]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("PL - tent 3 0 -", ("below-minimum", "priority")),
        ("PL DEPOT tent 3 1 -", ("objective-owner", "place")),
        ("PL - tent 3 1 2022-11-14 | PL - tent 4 1 2022-11-14", ("duplicate-key", "party")),
    ],
)
def test_what_cannot_be_meant_is_told(row: str, error: tuple[str, str]) -> None:
    """Nothing is more urgent than 1; a row is of a party or of a place, and from one day there is one row."""
    assert error in wrong("objectives", f"{HEADS} | {row}")


def test_what_is_held_is_what_was_held_and_came_less_what_went(winter: Planned) -> None:
    """`level` and `in_transit` are those of the bucket before, plus `comes_in`, less `goes_out`."""
    rows = winter.plan["holdings"].sort("party", "item", "bucket")
    has = pl.col("level") + pl.col("in_transit")
    rows = rows.with_columns(has=has, before=has.shift(1).over("party", "item")).drop_nulls("before")
    assert rows.height > 500
    expected = rows["before"] + rows["comes_in"] - rows["goes_out"]
    assert rows["has"].to_list() == pytest.approx(expected.to_list(), abs=1e-4)


def test_the_level_of_a_party_is_read_off_its_holdings(winter: Planned) -> None:
    """At the end, where it was lowest, and when it was below its objective for the first time."""
    held = winter.plan["holdings"].sort("bucket").group_by("party", "item", maintain_order=True)
    below = pl.col("date").filter(pl.col("level") < pl.col("objective") - 1e-4).first()
    read_off = held.agg(last=pl.col("level").last(), low=pl.col("level").min(), since=below)
    rows = winter.plan["objectives"].join(read_off, on=["party", "item"])
    assert rows.height == winter.plan["objectives"].height > 20
    assert rows["level"].to_list() == pytest.approx(rows["last"].to_list(), abs=1e-4)
    assert rows["lowest"].to_list() == pytest.approx(rows["low"].to_list(), abs=1e-4)
    assert rows["below_since"].equals(rows["since"], check_names=False)
