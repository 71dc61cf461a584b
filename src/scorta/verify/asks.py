"""Asks: over the whole plan no more than what the giver has beyond its floor and its pledges, makes and receives."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, report
from scorta.verify.flows import makings, opening, receipts
from scorta.verify.spans import to_day

_WHOSE = ("giver", "item")


def check_surplus(books: Books, holders: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what is asked of free goods; goods reserved for a need serve nothing else and may be asked for in full."""
    asked = books.handovers.filter((pl.col("basis") == "ask") & pl.col("reserved_for").is_null())
    if asked.is_empty():
        return ()
    rows = asked.group_by(_WHOSE).agg(pl.col("quantity").sum())
    parts = {
        "held": _held(books),
        "floor": _floors(books, holders),
        "pledged": _pledged(books.case),
        "comes": _comes(books),
    }
    for name, part in parts.items():
        rows = rows.join(part.rename({"quantity": name}), on=_WHOSE, how="left").with_columns(pl.col(name).fill_null(0))
    surplus = (pl.col("held") - pl.col("floor") - pl.col("pledged")).clip(lower_bound=0)
    rows = rows.with_columns(most=surplus + pl.col("comes"), scale=pl.col("held") + pl.col("comes"))
    broken = rows.with_columns(amount=pl.col("quantity") - pl.col("most")).filter(exceeds("amount", "scale"))
    sentence = "{quantity:g} are asked of {giver}, and {most:g} is the most it can give beyond its floor and pledges."
    return report(broken, "ask", sentence, "asks", _WHOSE)


def _summed(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add up what is at places by their owner."""
    owned = rows.join(books.places.select("place", giver="party"), on="place")
    return owned.group_by(_WHOSE).agg(pl.col("quantity").sum())


def _held(books: Books) -> pl.DataFrame:
    """Return what each party holds on the first day, serviceable and free, and what receipts bring within the plan."""
    columns = ("place", "item", "quantity")
    free = opening(books.case).filter(pl.col("reserved_for").is_null(), pl.col("condition") == "serviceable")
    return _summed(books, pl.concat([free.select(columns), receipts(books.case).select(columns)]))


def _comes(books: Books) -> pl.DataFrame:
    """Return what each party makes within the plan, and what others bring to it free of reservations.

    A handover does not say whether its goods wait for repair: those that lie there count with what comes.
    """
    columns = ("place", "item", "quantity")
    arrived = books.arrivals.filter(pl.col("giver") != pl.col("receiver"))
    arrived = arrived.filter(~pl.col("wasted") & pl.col("reserved_for").is_null())
    waiting = opening(books.case).filter(pl.col("condition") == "repairable")
    return _summed(books, pl.concat([rows.select(columns) for rows in (makings(books), arrived, waiting)]))


def _floors(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return the largest floor of each party and item: its own, or that of its places together."""
    owner = books.places.select("place", owner="party")
    rows = holders.join(owner, on="place", how="left").with_columns(giver=pl.coalesce("party", "owner"))
    floor = pl.col("floor").fill_null(0.0)
    sums = rows.group_by(*_WHOSE, "bucket").agg(
        whole=floor.filter(pl.col("place").is_null()).max().fill_null(0.0),
        places=floor.filter(pl.col("place").is_not_null()).sum(),
    )
    return sums.group_by(_WHOSE).agg(quantity=pl.max_horizontal("whole", "places").max())


def _pledged(case: Case) -> pl.DataFrame:
    """Return what is left of the open pledges of each party and item, whenever they are available."""
    due = case["receipts"].group_by("pledge").agg(due=pl.col("quantity").sum())
    rows = case["pledges"].join(due, on="pledge", how="left")
    is_open = ~pl.col("state").is_in(["withdrawn", "delivered"]) & (pl.col("quantity_state") == "known")
    rows = rows.filter(is_open & (to_day("available_until", case.horizon) >= 0))
    left = pl.col("quantity") - pl.col("delivered_quantity").fill_null(0.0) - pl.col("due").fill_null(0.0)
    return rows.group_by("item", giver="donor").agg(quantity=left.clip(lower_bound=0).sum())
