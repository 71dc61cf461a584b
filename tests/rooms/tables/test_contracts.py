"""The tables of contracts and of orders."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

from scorta.tables import CASE_TABLES


def test_quantities_that_are_not_said_are_none_and_a_price_is_not_known() -> None:
    """A contract with neither quantity is a framework; without a price it is bought for nothing, and that is told."""
    fields = CASE_TABLES["contracts"]
    assert [fields[name].empty for name in ("firm", "option", "minimum_order", "unit_price_eur")] == ["0", "0", "0", ""]
    (row,) = read("contracts", "contract buyer supplier item | C1 PL ACME tent").to_dicts()
    assert (row["firm"], row["unit_price_eur"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("contract buyer supplier item firm | C1 PL ACME tent -5", ("below-minimum", "firm")),
        ("contract buyer supplier item | C1 PL ACME tents", ("unknown-reference", "item")),
        ("contract buyer supplier item | C1 PL ACME tent | C1 PL ACME cot", ("duplicate-key", "contract")),
    ],
)
def test_what_cannot_be_meant_is_told(words: str, error: tuple[str, str]) -> None:
    """Less than nothing, goods that are not, and two contracts of one code."""
    assert error in wrong("contracts", words)


def test_orders_add_up(winter: Planned) -> None:
    """Firm and option are the whole; it costs quantity x price; it arrives as many whole days later as it travels."""
    legs = winter.case["legs"].select("leg", pl.duration(days=pl.col("transit_days").floor()).alias("travel"))
    rows = winter.plan["orders"].join(legs, on="leg")
    assert rows.height == winter.plan["orders"].height > 10
    under = rows.filter(pl.col("contract").is_not_null())
    assert (under["firm"] + under["option"]).to_list() == pytest.approx(under["quantity"].to_list())
    priced = rows.filter(pl.col("unit_price_eur").is_not_null())
    assert (priced["quantity"] * priced["unit_price_eur"]).to_list() == pytest.approx(priced["cost_eur"].to_list())
    assert (rows["leaves_from"] + rows["travel"]).equals(rows["delivered_from"], check_names=False)
    assert rows.filter(pl.col("decide_by") > pl.col("leaves_from")).is_empty()
