"""What each party holds over all its places, worked out anew from the case and the other tables of the plan."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import ABSOLUTE, Breach, mismatches, report
from scorta.verify.flows import makings, opening, receipts

PAIR = ("party", "item")
"""A party over all its places, and what it holds."""

CELL = (*PAIR, "bucket")
"""A party and an item in a bucket."""


def check_holdings(books: Books, holders: pl.DataFrame) -> tuple[Breach, ...]:
    """Check every row of the holdings, that none is missing, and that each party and item has one for each bucket."""
    laid = lay_holdings(books, holders).rename({name: f"own_{name}" for name in _FIGURES})
    rows = books.holdings.join(laid, on=CELL, how="full", coalesce=True)
    dates = books.holdings.join(books.calendar, on="bucket", how="left")
    counts = books.holdings.group_by(PAIR).len().filter(pl.col("len") != len(books.horizon))
    return (
        mismatches(rows, "holdings", CELL, {name: pl.col(f"own_{name}") for name in _FIGURES})
        + mismatches(dates, "holdings", CELL, {"date": pl.col("last_date")})
        + report(counts, "holdings", "{len} buckets have a row, and each should have one.", "holdings", PAIR)
    )


_FIGURES = ("level", "in_transit", "comes_in", "goes_out", "given", "floor", "objective")


def lay_holdings(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each party, item and bucket of which it ever holds, receives, gives or should hold anything.

    What goes out is what is left of the stock before and of what came in: the balance of every spot is a rule of
    its own.
    """
    first, wanted = lay_opening(books), _wanted(books, holders)
    flows = {"level": books.levels, "comes_in": _inflow(books), "moved": _moves(books), "given": _gifts(books)}
    sums = [_by_cell(_owned(books, rows), name) for name, rows in flows.items()]
    pairs = pl.concat([frame.select(PAIR) for frame in (first, *sums, wanted)]).unique()
    rows = pairs.join(books.calendar.select("bucket"), how="cross").sort(CELL)
    for frame in (*sums, wanted):
        rows = rows.join(frame, on=CELL, how="left", maintain_order="left")
    rows = rows.join(first, on=PAIR, how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("held", *flows).fill_null(0.0))
    rows = rows.with_columns(in_transit=_something(pl.col("moved").cum_sum().over(PAIR)))
    rows = rows.with_columns(stands=pl.col("level") + pl.col("in_transit"))
    before = pl.coalesce(pl.col("stands").shift(1).over(PAIR), "held")
    rows = rows.with_columns(goes_out=_something(before + pl.col("comes_in") - pl.col("stands")))
    return rows.select(*CELL, *_FIGURES)


def _something(left: pl.Expr) -> pl.Expr:
    """Return what is left of sums and differences, nothing where that is round-off."""
    return pl.when(left > ABSOLUTE).then(left).otherwise(0.0)


def lay_opening(books: Books) -> pl.DataFrame:
    """Return what each party holds of each item on the first day."""
    return _owned(books, opening(books.case)).group_by(PAIR).agg(held=pl.col("quantity").sum())


def _owned(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the goods at places that do not wait for repair, with their owner."""
    kept = rows.filter(pl.col("condition") == "serviceable")
    return kept.join(books.places.select("place", "party"), on="place")


def _by_cell(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Add up quantities by party, item and bucket."""
    return rows.group_by(CELL).agg(pl.col("quantity").sum().alias(name))


def _inflow(books: Books) -> pl.DataFrame:
    """Return what comes into places otherwise than from places of the same party."""
    others = pl.col("giver") != pl.col("receiver")
    arrived = books.arrivals.filter(others & ~pl.col("wasted"))
    columns = ("place", "item", "condition", "bucket", "quantity")
    return pl.concat([frame.select(columns) for frame in (receipts(books.case), makings(books), arrived)])


def _moves(books: Books) -> pl.DataFrame:
    """Return what leaves for places of the same party, and less, what of it arrives, too late for its life or not."""
    own = pl.col("giver") == pl.col("receiver")
    left = books.shipments.filter(own).select("item", "condition", "bucket", "quantity", place="origin")
    arrived = books.arrivals.filter(own).with_columns(-pl.col("quantity"))
    return pl.concat([left, arrived.select(left.columns)])


def _gifts(books: Books) -> pl.DataFrame:
    """Return what leaves the places of nations and organisations for those of others."""
    kinds = (pl.col("giver_kind") != "industry") & (pl.col("receiver_kind") != "industry")
    given = books.shipments.filter(kinds & (pl.col("giver") != pl.col("receiver")))
    return given.select("item", "condition", "bucket", "quantity", place="origin")


def _wanted(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return the floor and the objective of each party: its own, or those of its places together, the larger."""
    aims = ["floor", "objective"]
    rows = holders.filter(pl.any_horizontal(pl.col(aims).is_not_null()))
    owner = books.places.select("place", owner="party")
    rows = rows.join(owner, on="place", how="left").with_columns(party=pl.coalesce("party", "owner"))
    is_place = pl.col("place").is_not_null()
    own = [pl.col(aim).filter(~is_place).max().alias(f"own_{aim}") for aim in aims]
    placed = [pl.when(_is_set(aim)).then(pl.col(aim).filter(is_place).sum()).alias(f"placed_{aim}") for aim in aims]
    rows = rows.group_by(CELL).agg(*own, *placed)
    return rows.select(*CELL, *(pl.max_horizontal(f"own_{aim}", f"placed_{aim}").alias(aim) for aim in aims))


def _is_set(aim: str) -> pl.Expr:
    """Tell whether any place of a party has the aim."""
    return (pl.col("place").is_not_null() & pl.col(aim).is_not_null()).any()
