"""Minimum orders: contracts of which no bucket has room for the least that may be called off at once."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Floats, Horizon
from scorta.check.book import Book
from scorta.check.contracts import bringing, with_received
from scorta.check.lots import days_of
from scorta.check.sheet import Papers

KG_PER_T = 1000.0
"""Kilograms in a tonne."""


def check_orders(papers: Papers, book: Book) -> None:
    """Say which contracts are never called off: their legs together carry too little in every bucket."""
    sheet, horizon = papers["contracts"], papers.horizon
    if horizon is None or not sheet.has("minimum_order"):
        return
    ways = _ways(papers, _least(papers, horizon))
    if ways.is_empty():
        return
    orders = ways.unique("at", keep="first", maintain_order=True)
    most = KG_PER_T * pl.Series(_most_tonnes(ways, horizon)) / orders["mass_kg"]
    found = orders.with_columns(most=most).filter(pl.col("least") > pl.col("most") * (1 + 1e-9))
    where = found.select(where=pl.coalesce("deliver_to", pl.format("a place of {}", "buyer"))).to_series()
    words = {name: found[name] for name in ("contract", "supplier", "item", "least", "most")}
    book.at("minimum-order-never-fits", sheet, found["at"], "minimum_order", **words, where=where)


def _least(papers: Papers, horizon: Horizon) -> pl.DataFrame:
    """Return the contracts in force, of items that weigh something, with the least called off beyond what is firm."""
    mass = papers["items"].frame.select("item", "mass_kg").filter(pl.col("mass_kg") > 0.0).unique("item")
    left = pl.col("held") - pl.max_horizontal("received", pl.col("firm").fill_null(0.0))
    rows = with_received(papers, papers["contracts"]).with_columns(least=pl.min_horizontal("minimum_order", left))
    first, last = pl.lit(horizon.as_of), pl.lit(horizon.date(horizon.last_day))
    in_force = (pl.col("from_date").fill_null(first) <= last) & (pl.col("until_date").fill_null(first) >= first)
    is_asked = pl.col("minimum_order").is_not_null() & (pl.col("least") > 0.0)
    return rows.filter(in_force & is_asked).join(mass, on="item")


def _ways(papers: Papers, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the legs of each contract, those of one contract together; none of a contract with a leg without limit."""
    legs = bringing(papers, rows.select("item").unique()).select(
        "item", "supplier", "buyer", "destination", "open_from", "open_until",
        capacity="capacity_t_per_month", owner=pl.coalesce("shared_capacity", pl.format("the leg {}", "leg")),
    )  # fmt: skip
    ways = rows.join(legs, on=["item", "supplier", "buyer"]).filter(
        pl.col("deliver_to").is_null() | (pl.col("deliver_to") == pl.col("destination"))
    )
    return ways.filter(pl.col("capacity").is_not_null().all().over("at")).sort("at", "owner")


def _most_tonnes(ways: pl.DataFrame, horizon: Horizon) -> Floats:
    """Return the most tonnes that all legs of each contract carry in any bucket, within its days and theirs."""
    opens, closes = days_of(ways["from_date"], horizon, 0), days_of(ways["until_date"], horizon, BEYOND)
    first = np.maximum(opens, days_of(ways["open_from"], horizon, 0))
    last = np.minimum(closes, days_of(ways["open_until"], horizon, BEYOND))
    capacity = ways["capacity"].to_numpy()
    order = ways["at"].rle_id().to_numpy()
    shared = ways.select(pl.struct("at", "owner").rle_id()).to_series().to_numpy()
    _, one = np.unique(shared, return_index=True)
    most = np.zeros(int(order[-1]) + 1)
    for start, end in zip(horizon.starts, horizon.ends, strict=True):
        legs = capacity * horizon.months(np.maximum(first, start), np.minimum(last, end))
        whole = capacity[one] * horizon.months(np.maximum(opens[one], start), np.minimum(closes[one], end))
        together = np.minimum(np.bincount(shared, legs), whole)
        most = np.maximum(most, np.bincount(order[one], together))
    return most
