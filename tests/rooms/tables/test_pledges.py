"""The tables of pledges, of handovers and of asks."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

from scorta.tables import CASE_TABLES

HEADS = "pledge donor recipient item quantity state"


def test_the_ladder_of_a_pledge() -> None:
    """From a word in a speech to what is there, and out: in the order in which a pledge climbs."""
    steps = ("announced", "committed", "allocated", "in transit", "delivered", "withdrawn")
    assert CASE_TABLES["pledges"]["state"].choices == steps


def test_a_pledge_is_for_whoever_needs_it_and_nothing_has_come_unless_it_is_said() -> None:
    """An empty recipient is anybody; an empty quantity delivered is 0; the quantity is taken for known."""
    (row,) = read("pledges", f"{HEADS} | P1 PL - tent 60 committed").to_dicts()
    assert (row["recipient"], row["delivered_quantity"], row["quantity_state"]) == (None, 0, "known")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("P1 PL UA tent - committed", ("pledge-without-quantity", "quantity")),
        ("P1 PL UA tent 60 promised", ("unknown-choice", "state")),
        ("P1 FR UA tent 60 committed", ("unknown-reference", "donor")),
        ("P1 PL UA tent 60 committed | P1 DE UA tent 60 committed", ("duplicate-key", "pledge")),
    ],
)
def test_what_cannot_be_meant_is_told(row: str, error: tuple[str, str]) -> None:
    """A quantity that was not said is a state and not an empty cell."""
    assert error in wrong("pledges", f"{HEADS} | {row}")


def test_no_pledge_gives_more_than_is_left_of_it(winter: Planned) -> None:
    """Quantity less what was delivered; what is handed over is worth quantity x value_eur."""
    given = winter.plan["handovers"].join(winter.case["items"].select("item", each="value_eur"), on="item")
    valued = given.filter(pl.col("each").is_not_null())
    assert valued.height > 20
    assert valued["value_eur"].to_list() == pytest.approx((valued["quantity"] * valued["each"]).to_list())
    under = given.filter(basis="pledge").group_by(pledge="agreement").agg(pl.col("quantity").sum().alias("given"))
    rows = winter.case["pledges"].join(under, on="pledge")
    assert rows.height > 5
    left = pl.col("quantity") - pl.col("delivered_quantity")
    assert rows.filter(pl.col("given") > left + 1e-4).is_empty()
