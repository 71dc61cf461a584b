"""Donate and replace: what is given away, how low that leaves the giver, and what it orders anew."""

from __future__ import annotations

import polars as pl

from scorta.plan.plan import Plan

_PAIR = ("party", "item")


def replaced(plan: Plan) -> pl.DataFrame:
    """Return the objectives of all that is given away, each with what comes in over the plan, ordered or otherwise.

    `ordered` counts what the giver buys of industry, from `suppliers`; deliveries run from `first_delivery` to
    `last_delivery`. `comes_in` counts all that comes in, by receipts and production of its own, too.
    """
    given = plan["objectives"].filter(pl.col("given") > 0)
    orders = replacement_orders(plan).group_by(_PAIR).agg(
        ordered=pl.col("quantity").sum(),
        suppliers=pl.col("supplier").sort().str.join(", "),
        first_delivery=pl.col("first_delivery").min(),
        last_delivery=pl.col("last_delivery").max(),
    )  # fmt: skip
    comes = plan["holdings"].group_by(_PAIR).agg(pl.col("comes_in").sum())
    rows = given.join(orders, on=_PAIR, how="left", maintain_order="left")
    rows = rows.join(comes, on=_PAIR, how="left", maintain_order="left")
    return rows.with_columns(pl.col("ordered", "comes_in").fill_null(0.0))


def replacement_orders(plan: Plan) -> pl.DataFrame:
    """Return what each giver orders of what it gives away, supplier by supplier, over all orders of the plan."""
    given = plan["objectives"].filter(pl.col("given") > 0).select(_PAIR)
    orders = plan["orders"].rename({"buyer": "party"}).join(given, on=_PAIR, how="semi")
    return orders.group_by(*_PAIR, "supplier").agg(
        pl.col("quantity").sum(),
        decide_by=pl.col("decide_by").min(),
        first_delivery=pl.col("delivered_from").min(),
        last_delivery=pl.col("delivered_until").max(),
    )
