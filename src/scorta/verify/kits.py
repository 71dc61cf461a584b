"""Kits: put together only where they are asked for, and only of what the case says goes into them."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import Breach, report

_KEY = ("place", "item", "bucket")
_GOODS = ("place", "item")


def check_kits(books: Books, holders: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that what is put together is a kit, and asked for where that is done."""
    kits = books.kits.with_columns(amount=pl.col("quantity"))
    parts = books.case["kits"].filter(pl.col("quantity") > 0)
    unknown = kits.join(parts, on="item", how="anti")
    unasked = kits.join(_asked(books, holders, parts), on=_GOODS, how="anti")
    return report(unknown, "kits", "{item} is no kit.", "kits", _KEY) + report(
        unasked, "kits", "Nobody asks for {item} at {place}.", "kits", _KEY
    )


def _asked(books: Books, holders: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the places and items that needs and objectives ask for, with the kits that go into kits there."""
    needs = books.case["needs"].join(books.occurrences, on="need", how="semi").select(_GOODS)
    others = books.instead.select("item", "instead_of").unique()
    instead = needs.join(others, left_on="item", right_on="instead_of").select("place", item="item_right")
    wanted = holders.filter(pl.col("floor").is_not_null() | pl.col("objective").is_not_null())
    by_party = wanted.drop("place").join(books.places, on="party").select(_GOODS)
    at_place = wanted.filter(pl.col("place").is_not_null()).select(_GOODS)
    goods = pl.concat([needs, instead, by_party, at_place]).unique()
    inside = parts.select("item", into="component").filter(pl.col("into").is_in(parts["item"].implode()))
    while True:
        more = pl.concat([goods, goods.join(inside, on="item").select("place", item="into")]).unique()
        if more.height == goods.height:
            return goods
        goods = more
