"""Contracts: between whom, for what, at which price, and whether anything can be delivered under them."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.mass import CARRIES, reach_from
from scorta.check.routes import sources
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
