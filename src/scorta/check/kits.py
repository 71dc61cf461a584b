"""Kits that contain each other in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import polars as pl

from scorta.check.book import LISTED, Book
from scorta.check.sheet import Papers


def check_kits(papers: Papers, book: Book) -> None:
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
