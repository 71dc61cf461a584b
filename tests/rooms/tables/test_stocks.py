"""The tables of stocks, of scheduled receipts and of stock levels."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong


def test_lots_of_one_place_and_item_add_up() -> None:
    """Each on its row, serviceable unless it is said otherwise, and free."""
    found = read("stocks", "place item quantity condition | DEPOT tent 70 - | DEPOT tent 5 repairable")
    assert found["condition"].to_list() == ["serviceable", "repairable"]
    assert found["reserved_for"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("table", "words", "error"),
    [
        ("stocks", "place item quantity condition | DEPOT tent 3 broken", ("unknown-choice", "condition")),
        ("stocks", "place item quantity reserved_for | DEPOT tent 3 HUB", ("unknown-reference", "reserved_for")),
        ("receipts", "place item quantity due_on | DEPOT tent 3 -", ("empty-cell", "due_on")),
        ("receipts", "place item quantity due_on pledge | DEPOT tent 3 2022-11-01 P9", ("unknown-reference", "pledge")),
    ],
)
def test_what_cannot_be_meant_is_told(table: str, words: str, error: tuple[str, str]) -> None:
    """Goods can be issued or wait for repair; they are reserved for needs; receipts come on a day."""
    assert error in wrong(table, words)


def test_what_lies_at_the_places_of_a_party_is_what_it_holds(winter: Planned) -> None:
    """A spot without a row holds nothing: the rows there are add up to the level of `holdings`."""
    owners = winter.case["places"].select("place", "party")
    lies = winter.plan["stock_levels"].filter(condition="serviceable").join(owners, on="place")
    sums = lies.group_by("party", "item", "bucket").agg(lies=pl.col("quantity").sum())
    rows = winter.plan["holdings"].join(sums, on=["party", "item", "bucket"], how="left").fill_null(0.0)
    assert rows.height > 500
    assert rows["level"].to_list() == pytest.approx(rows["lies"].to_list(), abs=1e-4)
