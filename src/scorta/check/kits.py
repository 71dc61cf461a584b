"""Kits and substitutes: what goes into them or stands in for them, and that none goes round in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import polars as pl

from scorta.check.book import LISTED, Book, Check
from scorta.check.production import COMPONENT_WITHOUT_QUANTITY
from scorta.check.sheet import Papers, filled
from scorta.tables import FindingKind

_IS_KIT = filled("items", "kind") == "kit"
_PAIR = ("item", "substitute")

CHECKS = (
    Check(COMPONENT_WITHOUT_QUANTITY, "kits", "quantity", when=pl.col("quantity") == 0.0),
    Check(
        FindingKind(
            "substitute-of-itself",
            "error",
            "{item} stands as a substitute of itself.",
            "Name another item, or remove the row.",
            "A row of substitutes names the same item twice.",
        ),
        "substitutes",
        "substitute",
        when=pl.col("item") == pl.col("substitute"),
    ),
    Check(
        FindingKind(
            "substitute-meets-nothing",
            "error",
            "A unit of {substitute} meets 0 units of {item}.",
            "Write how many units of {item} one unit of {substitute} meets, or remove the row.",
            "A substitute has a factor of 0.",
        ),
        "substitutes",
        "factor",
        when=pl.col("factor") == 0.0,
    ),
)
"""What is looked at in each row of kits and substitutes by itself."""

KIT_CYCLE = FindingKind(
    "kit-cycle",
    "error",
    "The kit {value} contains itself: {cycle}.",
    "Remove one of these rows: a kit cannot be put together from itself.",
    "Kits contain each other in a circle.",
)
KIT_WITHOUT_ROWS = FindingKind(
    "kit-without-rows",
    "warning",
    "{item} is a kit, and nothing says what goes into it.",
    "Add its components to `kits`, or write `item` as its kind; else only kits in stock are served.",
    "An item of kind `kit` has no row in the table of kits, so that none can be put together.",
)
KIT_NOT_MARKED = FindingKind(
    "kit-not-marked",
    "warning",
    "{item} has components in `kits`, but its kind is not `kit`.",
    "Write `kit` as its kind in `items`, or remove its rows; it is planned as a kit.",
    "The table of kits names an item that is not marked as a kit.",
)
KIT_WITH_PROCESS = FindingKind(
    "kit-with-process",
    "note",
    "The process {process} makes {item}, which is also put together as a kit.",
    "Nothing, if both are meant.",
    "A kit can come about in two ways: by a process, and put together where it is asked for.",
)
SUBSTITUTES_GAIN = FindingKind(
    "substitutes-gain",
    "warning",
    "{item} and {substitute} stand in for each other, and a unit counts as {count} once round.",
    "Correct one of the factors: together they should be no more than 1.",
    "Two items are substitutes of each other, each for more than the other is worth.",
)
SUBSTITUTES_NOT_CHAINED = FindingKind(
    "substitutes-not-chained",
    "note",
    "{other} stands in for {substitute}, and {substitute} for {item}; {other} does not stand in for {item}.",
    "Add a row for {item} and {other}, if that is meant: substitutes are not chained.",
    "A substitute has a substitute of its own, which does not serve in its turn.",
)
SUBSTITUTE_MADE_OF_IT = FindingKind(
    "substitute-made-of-it",
    "warning",
    "{substitute} may stand in for {item}, of which it is made.",
    "Write `no` in `for_components`: a plan could otherwise make {substitute} of itself.",
    "A substitute for components is itself made of the component it stands in for.",
)


def check_kits(papers: Papers, book: Book) -> None:
    """Say which kits contain themselves or nothing, and which are made or marked otherwise as well."""
    _check_kit_rows(papers, book)
    _check_circles(papers, book)


def _check_kit_rows(papers: Papers, book: Book) -> None:
    """Compare the table of kits with the items and the processes."""
    kits, items, item = papers["kits"], papers["items"], pl.col("item")
    listed = kits.frame["item"].drop_nulls().unique().implode()
    book.where(KIT_WITHOUT_ROWS, items, _IS_KIT & ~item.is_in(listed), "kind")
    if kits.frame.is_empty():
        return
    marked = items.frame.filter(_IS_KIT)["item"].implode()
    book.where(KIT_NOT_MARKED, kits, item.is_first_distinct() & ~item.is_in(marked), "item")
    book.where(KIT_WITH_PROCESS, papers["processes"], item.is_in(listed), "item")


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
        book.at(KIT_CYCLE, sheet, pl.Series([edges.pop(last)]), "item", cycle=circle)


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


def check_substitutes(papers: Papers, book: Book) -> None:
    """Say which substitutes count for too much, are not chained or are made of what they stand in for."""
    if not papers["substitutes"].frame.is_empty():
        _check_chains(papers, book)
        _check_made_of(papers, book)


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
    counts = round_trip["factor"] * round_trip["factor_next"]
    words = {"item": round_trip["item"], "substitute": round_trip["substitute"]}
    book.at(SUBSTITUTES_GAIN, sheet, round_trip["at_next"], "factor", **words, count=counts)
    chain = onward.filter(pl.col("substitute_next") != pl.col("item"))
    chain = chain.join(rows, left_on=["item", "substitute_next"], right_on=_PAIR, how="anti").unique("at", keep="first")
    chain = chain.sort("at")
    book.at(SUBSTITUTES_NOT_CHAINED, sheet, chain["at"], "substitute", other=chain["substitute_next"])


def _check_made_of(papers: Papers, book: Book) -> None:
    """Look for substitutes that stand in for a component of themselves."""
    sheet, kits = papers["substitutes"], papers["kits"].frame
    product = papers["processes"].frame.select("process", made="item")
    bill = papers["components"].frame.join(product, on="process")
    pairs = pl.concat([bill.select(substitute="made", item="item"), kits.select(substitute="item", item="component")])
    rows = sheet.frame.with_row_index("at").filter("for_components").join(pairs, on=_PAIR, how="semi").sort("at")
    book.at(SUBSTITUTE_MADE_OF_IT, sheet, rows["at"], "for_components")
