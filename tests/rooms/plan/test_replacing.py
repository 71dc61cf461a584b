"""Donate and replace, from tables written out by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
from tests.rooms.plan.conftest import make_record

from scorta.case import TYPES
from scorta.plan import Plan, replaced, replacement_orders
from scorta.tables import PLAN_TABLES

AIMS = [
    {"party": "PL", "item": "gen", "held": 100.0, "given": 40.0},
    {"party": "PL", "item": "tent", "held": 9.0, "given": 0.0},
    {"party": "DE", "item": "gen", "held": 10.0, "given": 5.0},
]
ORDERS = [("ACME", "PL", "gen", 4.0, 1), ("ACME", "PL", "gen", 6.0, 3), ("BOLT", "PL", "gen", 2.0, 2)]
OTHERS = [("ACME", "UA", "gen", 50.0, 1), ("ACME", "PL", "tent", 7.0, 1)]
"""Orders of one who gives nothing, and of what is not given."""


def plan() -> Plan:
    """Return a plan in which PL gives and orders, and DE gives and orders nothing."""
    orders = [
        {
            "supplier": supplier, "buyer": buyer, "item": item, "quantity": quantity,
            "decide_by": dt.date(2024, month, 1), "delivered_from": dt.date(2024, month, 10),
            "delivered_until": dt.date(2024, month, 20),
        }
        for supplier, buyer, item, quantity, month in ORDERS + OTHERS
    ]  # fmt: skip
    holdings = [{"party": "PL", "item": "gen", "bucket": k, "comes_in": 7.0} for k in range(3)]
    tables = {"objectives": AIMS, "orders": orders, "holdings": holdings}
    frames = {
        name: pl.DataFrame(tables.get(name, []), schema={field.name: TYPES[field.type] for field in table})
        for name, table in PLAN_TABLES.items()
    }
    return Plan(frames, make_record("by hand"))


def test_what_is_ordered_in_place_of_what_is_given() -> None:
    """12 from two suppliers, from the first day of the first delivery to the last of the last; 21 come in, in all."""
    de, pl_ = sorted(replaced(plan()).to_dicts(), key=lambda row: row["party"])
    assert (pl_["ordered"], pl_["suppliers"], pl_["comes_in"]) == (12.0, "ACME, BOLT", 21.0)
    assert (pl_["first_delivery"], pl_["last_delivery"]) == (dt.date(2024, 1, 10), dt.date(2024, 3, 20))
    assert (de["ordered"], de["suppliers"], de["first_delivery"], de["comes_in"]) == (0.0, None, None, 0.0)


def test_orders_stand_by_supplier() -> None:
    """Only those of what the buyer gives away, each supplier in one row."""
    rows = replacement_orders(plan()).sort("supplier")
    assert rows.select("party", "item", "supplier", "quantity").rows() == [
        ("PL", "gen", "ACME", 10.0),
        ("PL", "gen", "BOLT", 2.0),
    ]
    assert rows["decide_by"].to_list() == [dt.date(2024, 1, 1), dt.date(2024, 2, 1)]
