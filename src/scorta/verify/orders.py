"""Orders: what is bought from industry, under which contract, by when it must be decided, and what it costs."""

from __future__ import annotations

import polars as pl

from scorta.verify.agreeing import lay_contracts
from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.spans import to_date

_DAYS = ("bucket", "leaves_from", "leaves_until")
_KEY = ("contract", "supplier", "buyer", "item", "leg", *_DAYS)
_CARRIED = ("leg", "item", *_DAYS)
_GROUP = ("agreement", "giver", "receiver", "item", *_DAYS)


def check_orders(books: Books) -> tuple[Breach, ...]:
    """Check that the orders are what industry hands over, each within its contract, and every figure of them."""
    return (
        _check_rows(books)
        + _check_shipments(books)
        + _check_handovers(books)
        + _check_contracts(books)
        + _check_grants(books)
        + _check_returns(books)
    )


def lay_firm(books: Books) -> pl.DataFrame:
    """Return every contract with a firm quantity that is due, what is left of it, and what is bought under it."""
    bought = books.orders.group_by("contract").agg(bought=pl.col("quantity").sum())
    due = lay_contracts(books.case).filter("is_due")
    return due.join(bought, on="contract", how="left").with_columns(pl.col("bought").fill_null(0.0))


def _check_rows(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the orders: its parties, its dates, its split and its price."""
    lead = books.case["processes"].group_by(leg_origin="place", item="item").agg(lead=pl.col("lead_time_days").max())
    rows = books.orders.join(lead, on=["leg_origin", "item"], how="left").sort("contract", "bucket", "leg", *_DAYS)
    before = pl.col("quantity").cum_sum().over("contract") - pl.col("quantity")
    firm = pl.when(pl.col("contract").is_not_null()).then((pl.col("firm_left") - before).clip(0.0, pl.col("quantity")))
    rows = rows.with_columns(firm_part=firm, ahead=-pl.col("lead").fill_null(0.0).ceil().cast(pl.Int64))
    transit = pl.col("transit_days")
    expected = {
        "supplier": pl.col("seller"),
        "buyer": pl.col("receiver"),
        "place": pl.col("leg_destination"),
        "decide_by": to_date("first", books.horizon, pl.col("ahead")),
        "leaves_from": to_date("first", books.horizon),
        "leaves_until": to_date("last", books.horizon),
        "delivered_from": to_date("first", books.horizon, transit.floor().cast(pl.Int64)),
        "delivered_until": to_date("last", books.horizon, transit.ceil().cast(pl.Int64)),
        "firm": pl.col("firm_part"),
        "option": pl.col("quantity") - pl.col("firm_part"),
        "unit_price_eur": pl.col("price"),
        "cost_eur": pl.col("quantity") * pl.col("price"),
    }
    return mismatches(rows, "orders", _KEY, expected)


def _check_shipments(books: Books) -> tuple[Breach, ...]:
    """Check that the orders are what legs carry from industry to others."""
    sold = (pl.col("giver_kind") == "industry") & (pl.col("receiver_kind") != "industry")
    carried = books.shipments.filter(sold).select(*_CARRIED, "quantity")
    rows = pl.concat([carried, books.orders.select(*_CARRIED, -pl.col("quantity"))])
    return _gaps(rows, _CARRIED, "Legs carry {gap:g} more from industry than the orders say.")


def _check_handovers(books: Books) -> tuple[Breach, ...]:
    """Check that what is ordered under a contract, or free of one, is what is handed over under it."""
    sold = (pl.col("giver_kind") == "industry") & (pl.col("receiver_kind") != "industry")
    handed = books.handovers.filter(sold).select(*_GROUP, "quantity")
    ordered = books.orders.select("item", *_DAYS, -pl.col("quantity"), agreement="contract", giver="supplier",
                                  receiver="buyer")  # fmt: skip
    rows = pl.concat([handed, ordered.select(*_GROUP, "quantity")])
    return _gaps(rows, _GROUP, "Handovers are {gap:g} more than the orders say.")


def _gaps(rows: pl.DataFrame, keys: tuple[str, ...], sentence: str) -> tuple[Breach, ...]:
    """Return a breach where quantities with a sign do not sum to nothing."""
    sums = rows.group_by(keys).agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    broken = sums.with_columns(amount=pl.col("gap").abs()).filter(exceeds("amount", "size"))
    return report(broken, "orders", sentence, "orders", keys)


def _check_contracts(books: Books) -> tuple[Breach, ...]:
    """Check that each contract covers the order that names it: its parties, item, days and place of delivery."""
    rows = books.orders.filter(pl.col("contract").is_not_null())
    tests = {
        "supplier": pl.col("contract_supplier").ne_missing(pl.col("seller")),
        "buyer": pl.col("contract_buyer").ne_missing(pl.col("receiver")),
        "item": pl.col("contract_item").ne_missing(pl.col("item")),
        "days": (pl.col("starts") > pl.col("first")) | (pl.col("stops") < pl.col("last")),
        "place": pl.col("delivers_to").is_not_null() & (pl.col("delivers_to") != pl.col("leg_destination")),
    }
    found: tuple[Breach, ...] = ()
    for name, test in tests.items():
        wrong = rows.filter(test).with_columns(amount=pl.col("quantity"))
        found += report(wrong, "contract", f"{{contract}} does not cover it: the {name}.", "orders", _KEY)
    return found


def _check_grants(books: Books) -> tuple[Breach, ...]:
    """Check that under no contract more is bought than its firm quantity and its option, less receipts, have left."""
    rows = books.orders.filter(pl.col("grant").is_not_null())
    sums = rows.group_by("contract").agg(pl.col("quantity").sum(), pl.col("grant").first())
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("grant")).filter(exceeds("amount", "quantity"))
    sentence = "{quantity:g} are bought under {contract}, which has {grant:g} left."
    return report(broken, "contract", sentence, "orders", ("contract",))


def _check_returns(books: Books) -> tuple[Breach, ...]:
    """Check that nothing of an item on a firm order goes back to industry, where it could be delivered twice.

    What waits for repair may go there; under contracts it is not sold.
    """
    ordered = lay_firm(books).filter(pl.col("firm_left") > 0)["contract_item"].implode()
    back = (pl.col("giver_kind") != "industry") & (pl.col("receiver_kind") == "industry")
    sold = (pl.col("giver_kind") == "industry") & (pl.col("receiver_kind") != "industry")
    rows = books.shipments.with_columns(amount=pl.col("quantity"))
    waits = pl.col("condition") == "repairable"
    broken = rows.filter(sold & waits) if "contracts" in books.case.given else rows.clear()
    again = rows.filter(back & ~waits & pl.col("item").is_in(ordered))
    sentence = "{item} is on a firm order and goes back to industry over {leg}."
    return report(again, "returns", sentence, "shipments", _CARRIED) + report(
        broken, "contract", "{item} that waits for repair is sold over {leg}.", "shipments", _CARRIED
    )
