"""Kits and substitutes: what goes into them or stands in for them, and that none goes round in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import polars as pl

from scorta.check.book import LISTED, Book
from scorta.check.sheet import Papers, filled

_IS_KIT = filled("items", "kind") == "kit"


def check_kits(papers: Papers, book: Book) -> None:
    """Say which kits contain themselves or nothing, and which are made or marked otherwise as well."""
    _check_kit_rows(papers, book)
    _check_circles(papers, book)


def _check_kit_rows(papers: Papers, book: Book) -> None:
    """Compare the table of kits with the items and the processes."""
    kits, items, item = papers["kits"], papers["items"], pl.col("item")
    listed = kits.frame["item"].drop_nulls().unique().implode()
    book.where("kit-without-rows", items, _IS_KIT & ~item.is_in(listed), "kind", item=item)
    if kits.frame.is_empty():
        return
    marked = items.frame.filter(_IS_KIT)["item"].implode()
    book.where("kit-not-marked", kits, item.is_first_distinct() & ~item.is_in(marked), "item", item=item)
    words = {"item": item, "component": pl.col("component")}
    book.where("component-without-quantity", kits, pl.col("quantity") == 0.0, "quantity", **words)
    made = item.is_in(listed)
    book.where("kit-with-process", papers["processes"], made, "item", process=pl.col("process"), item=item)


def _check_circles(papers: Papers, book: Book) -> None:
    """Say which kits contain themselves, once for each circle."""
    sheet = papers["kits"]
    rows = sheet.frame.select("item", "component").with_row_index("at").drop_nulls()
    edges = {(kit, part): at for at, kit, part in rows.iter_rows()}
    for _ in range(LISTED):
        cycle = _cycle(edges)
        if not cycle:
            return
        last = max(pairwise(cycle), key=edges.__getitem__)
        k = cycle.index(last[0])
        circle = " > ".join([*cycle[k:-1], *cycle[: k + 1]])
        book.at("kit-cycle", sheet, pl.Series([edges.pop(last)]), "item", cycle=circle)


def _cycle(edges: dict[tuple[str, str], int]) -> list[str]:
    """Return a circle, each kit before what goes into it and the first one again at the end; empty for none."""
    parts: dict[str, list[str]] = {}
    for kit, part in edges:
        parts.setdefault(part, []).append(kit)
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        return [str(kit) for kit in error.args[1]]
    return []


_PAIR = ("item", "substitute")


def check_substitutes(papers: Papers, book: Book) -> None:
    """Say which substitutes are none, count for too much or are not chained."""
    if not papers["substitutes"].frame.is_empty():
        _check_substitutes(papers, book)
        _check_chains(papers, book)
        _check_made_of(papers, book)


def _check_substitutes(papers: Papers, book: Book) -> None:
    sheet, item, other = papers["substitutes"], pl.col("item"), pl.col("substitute")
    book.where("substitute-of-itself", sheet, item == other, "substitute", item=item)
    book.where("substitute-meets-nothing", sheet, pl.col("factor") == 0.0, "factor", item=item, substitute=other)


def _check_chains(papers: Papers, book: Book) -> None:
    """Look for items that stand in for each other, each for more than one, and for a substitute of a substitute."""
    sheet = papers["substitutes"]
    rows = sheet.frame.select(*_PAIR, "factor").with_row_index("at").filter(pl.col("item") != pl.col("substitute"))
    onward = rows.join(rows, left_on="substitute", right_on="item", suffix="_next").sort("at")
    gain = pl.col("factor") * pl.col("factor_next") > 1.0 + 1e-9
    round_trip = onward.filter(
        (pl.col("substitute_next") == pl.col("item")) & gain & (pl.col("at") < pl.col("at_next"))
    )
    round_trip = round_trip.unique("at_next", keep="first").sort("at_next")
    words = {"item": round_trip["item"], "substitute": round_trip["substitute"]}
    counts = round_trip["factor"] * round_trip["factor_next"]
    book.at("substitutes-gain", sheet, round_trip["at_next"], "factor", **words, count=counts)
    chain = onward.filter(pl.col("substitute_next") != pl.col("item"))
    chain = chain.join(rows, left_on=["item", "substitute_next"], right_on=_PAIR, how="anti").unique("at", keep="first")
    chain = chain.sort("at")
    words = {"item": chain["item"], "substitute": chain["substitute"], "other": chain["substitute_next"]}
    book.at("substitutes-not-chained", sheet, chain["at"], "substitute", **words)


def _check_made_of(papers: Papers, book: Book) -> None:
    """Look for substitutes that stand in for a component of themselves."""
    sheet, kits = papers["substitutes"], papers["kits"].frame
    product = papers["processes"].frame.select("process", made="item")
    bill = papers["components"].frame.join(product, on="process")
    pairs = pl.concat([bill.select(substitute="made", item="item"), kits.select(substitute="item", item="component")])
    rows = sheet.frame.with_row_index("at").filter("for_components").join(pairs, on=_PAIR, how="semi").sort("at")
    words = {"item": rows["item"], "substitute": rows["substitute"]}
    book.at("substitute-made-of-it", sheet, rows["at"], "for_components", **words)
