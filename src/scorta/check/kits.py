"""Kits: what goes into them, that they contain each other in no circle, and how else they come about."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import polars as pl

from scorta.check.book import LISTED, Book
from scorta.check.sheet import Papers, filled

_IS_KIT = filled("items", "kind") == "kit"


def check_kits(papers: Papers, book: Book) -> None:
    """Say which kits contain themselves or nothing, and which are made or marked otherwise as well."""
    _check_rows(papers, book)
    _check_circles(papers, book)


def _check_rows(papers: Papers, book: Book) -> None:
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
