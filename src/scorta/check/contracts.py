"""Contracts: between whom, for what, at which price, and whether anything can be delivered under them."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Floats, Horizon
from scorta.check.book import Book
from scorta.check.legs import CARRIES, reach_from, sources
from scorta.check.production import days_of
from scorta.check.sheet import Papers, Sheet

SLIP = 300.0
"""How many times apart two figures for the same thing are doubtful: well below a slip of a thousand."""

_SEEN = 500
"""Most contracts of an item whose prices are compared."""

_CONTRACT = pl.col("contract")

_WAY = ["supplier", "buyer", "item"]

_QUANTITY = pl.when(pl.max_horizontal("firm", "option").is_not_null()).then(
    pl.col("firm").fill_null(0.0) + pl.col("option").fill_null(0.0)
)
"""What a contract holds; null for a framework."""


def check_contracts(papers: Papers, book: Book) -> None:
    """Say which contracts cover nothing, contradict themselves, or have a doubtful price."""
    sheet, parties = papers["contracts"], papers["parties"].frame
    if "contracts" in papers.sheets and sheet.frame.is_empty() and (parties["kind"] == "industry").any():
        book.say("no-contracts", sheet.file)
    if sheet.frame.is_empty():
        return
    _check_parties(papers, sheet, book)
    _check_terms(sheet, book)
    _check_prices(papers, sheet, book)
    _check_receipts(papers, sheet, book)
    _check_deliverable(papers, sheet, book)


def _check_parties(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare the kinds of the parties, and the owner of the place of delivery with the buyer."""
    kinds = papers["parties"].frame.select("party", "kind").unique("party")
    owners = papers["places"].frame.select(deliver_to="place", owner="party").unique("deliver_to")
    rows = sheet.frame.with_row_index("at").join(owners, on="deliver_to", how="left", maintain_order="left")
    for side in ("supplier", "buyer"):
        of_side = kinds.rename({"party": side, "kind": f"{side}_kind"})
        rows = rows.join(of_side, on=side, how="left", maintain_order="left")
    for code, field, test in (
        ("supplier-not-industry", "supplier", pl.col("supplier_kind") != "industry"),
        ("buyer-is-industry", "buyer", pl.col("buyer_kind") == "industry"),
        ("deliver-to-other-party", "deliver_to", pl.col("owner") != pl.col("buyer")),
    ):
        wrong = rows.filter(test)
        words = {name: wrong[name] for name in ("contract", "owner", "buyer")}
        book.at(code, sheet, wrong["at"], field, **words)


def _check_terms(sheet: Sheet, book: Book) -> None:
    """Look for options without an end, minimum orders that are too large, and missing prices."""
    blank = {name: _is_blank(sheet, name) for name in ("until_date", "unit_price_eur")}
    endless = (pl.col("option") > 0.0) & blank["until_date"]
    book.where("option-without-window", sheet, endless, "until_date", contract=_CONTRACT)
    book.where("contract-without-price", sheet, blank["unit_price_eur"], "unit_price_eur", contract=_CONTRACT)
    is_large = pl.col("minimum_order") > _QUANTITY
    words = {"contract": _CONTRACT, "quantity": _QUANTITY}
    book.where("minimum-order-too-large", sheet, is_large, "minimum_order", **words)


def _is_blank(sheet: Sheet, field: str) -> pl.Expr:
    """Tell whether a cell is empty in the file: one that could not be read is not."""
    return pl.lit(sheet.raw[field].is_null()) if field in sheet.raw.columns else pl.lit(value=True)


def _check_prices(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare prices with the value of the item, or else with its other contracts."""
    values = papers["items"].frame.select("item", value="value_eur").unique("item")
    rows = sheet.frame.with_row_index("at").filter(pl.col("unit_price_eur") > 0.0)
    rows = rows.join(values.filter(pl.col("value") > 0.0), on="item", how="left", maintain_order="left")
    rows = rows.join(_others(rows), on="at", how="left", maintain_order="left")
    usual, price = pl.coalesce("value", "median"), pl.col("unit_price_eur")
    told = pl.col("value").is_null() & (pl.col("others") >= 3) & (price > usual)  # a slip of its own kind
    wrong = rows.filter(((price >= SLIP * usual) | (price <= usual / SLIP)) & ~told)
    what = pl.when(pl.col("value").is_not_null()).then(pl.lit("is its value_eur")).otherwise(
        pl.lit("under its other contracts")
    )  # fmt: skip
    words = {name: wrong.select(word).to_series() for name, word in (("usual", usual), ("what", what))}
    about = {name: wrong[name] for name in ("contract", "item")}
    book.at("price-magnitude", sheet, wrong["at"], "unit_price_eur", **about, **words)


def _others(rows: pl.DataFrame) -> pl.DataFrame:
    """Return for each priced contract the median price of the other contracts of its item, and how many these are."""
    some = rows.filter(pl.int_range(pl.len()).over("item") < _SEEN).select("item", other="at", price="unit_price_eur")
    pairs = rows.select("at", "item").join(some, on="item").filter(pl.col("at") != pl.col("other"))
    return pairs.group_by("at").agg(median=pl.col("price").median(), others=pl.len())


def _check_receipts(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare receipts with the contracts they name."""
    receipts = papers["receipts"]
    owners = papers["places"].frame.select("place", owner="party").unique("place")
    terms = sheet.frame.select("contract", "buyer", other="item").unique("contract")
    rows = receipts.frame.with_row_index("at").join(terms, on="contract", maintain_order="left")
    wrong = rows.filter(pl.col("item") != pl.col("other"))
    words = {"item": wrong["item"], "other": wrong["other"]}
    book.at("receipt-of-other-item", receipts, wrong["at"], "contract", **words)
    wrong = rows.join(owners, on="place", maintain_order="left").filter(pl.col("owner") != pl.col("buyer"))
    book.at("receipt-of-other-buyer", receipts, wrong["at"], "contract", place=wrong["place"], buyer=wrong["buyer"])
    held = with_received(papers, sheet).filter(pl.col("received") > pl.col("held"))
    words = {"contract": held["contract"], "received": held["received"], "quantity": held["held"]}
    book.at("receipts-above-contract", sheet, held["at"], "firm", **words)


def with_received(papers: Papers, sheet: Sheet) -> pl.DataFrame:
    """Return the contracts with what they hold and what receipts bring under them."""
    received = papers["receipts"].frame.group_by("contract").agg(received=pl.col("quantity").sum())
    rows = sheet.frame.with_row_index("at").with_columns(held=_QUANTITY)
    rows = rows.join(received, on="contract", how="left", maintain_order="left")
    return rows.with_columns(pl.col("received").fill_null(0.0))


def _check_deliverable(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Look for contracts with something left that no leg can bring from their supplier to their buyer."""
    rows = with_received(papers, sheet).filter(pl.col("held").is_null() | (pl.col("held") > pl.col("received")))
    rows = rows.filter(pl.all_horizontal(pl.col("supplier", "buyer", "item").is_not_null()))
    if rows.is_empty():
        return
    brought = bringing(papers, rows.select("item").unique()).select(*_WAY, "destination").unique()
    same = rows.join(brought, on=_WAY)
    same = same.filter(pl.col("deliver_to").is_null() | (pl.col("deliver_to") == pl.col("destination")))
    alone = rows.join(same.select("at").unique(), on="at", how="anti", maintain_order="left")
    where = alone.select(where=pl.coalesce("deliver_to", pl.format("a place of {}", "buyer"))).to_series()
    words = {name: alone[name] for name in ("contract", "item", "supplier")}
    book.at("contract-undeliverable", sheet, alone["at"], "item", **words, where=where)


def bringing(papers: Papers, items: pl.DataFrame) -> pl.DataFrame:
    """Return every leg that can bring each item, with the party it brings it from and the one it brings it to."""
    legs = papers["legs"].frame.rename({"item": "only"})
    there = reach_from(sources(papers).join(items, on="item", how="semi"), legs)
    owners = papers["places"].frame.select("place", "party").unique("place")
    moved = there.join(legs, left_on="place", right_on="origin").filter(CARRIES)
    moved = moved.join(owners.rename({"party": "supplier"}), on="place")
    return moved.join(owners.rename({"place": "destination", "party": "buyer"}), on="destination")


KG_PER_T = 1000.0
"""Kilograms in a tonne."""


def check_orders(papers: Papers, book: Book) -> None:
    """Say which contracts are never called off: their legs together carry too little in every bucket."""
    sheet, horizon = papers["contracts"], papers.horizon
    if horizon is None or not sheet.has("minimum_order"):
        return
    ways = _legs_of(papers, _least(papers, horizon))
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


def _legs_of(papers: Papers, rows: pl.DataFrame) -> pl.DataFrame:
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
