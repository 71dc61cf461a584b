"""Stocks: what lies where, and why: the balance of every spot, the life of lots, reservations, storage and maximum."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import ROW
from scorta.rules import Rule
from scorta.verify.books import (
    CELL,
    ENTRY,
    FREE,
    HOLDER,
    SPOT,
    Books,
    bucket_of,
    levels_of,
    once,
    places_of,
    to_day,
    with_bucket,
    with_item,
    with_last_bucket,
)
from scorta.verify.breach import SUM_TOLERANCE, Breach, exceeds, mismatches, report
from scorta.verify.legs import arrivals_of, shipments_of
from scorta.verify.needs import issues_of
from scorta.verify.production import component_use_of, makings_of, undated_use_of


@once
def lots_of(books: Books) -> pl.DataFrame:
    """Return every lot that lies there on the first day and can still be used.

    Goods that wait for repair are reserved for nothing, whatever their row says.
    """
    lots = books.case["stocks"].filter(to_day("expires_on", books.horizon) >= 0)
    kept = pl.when(pl.col("condition") == "serviceable").then("reserved_for")
    first = {"bucket": pl.lit(0, pl.Int64), "kind": pl.lit("stock"), "ref": pl.col(ROW), "of": pl.col("quantity")}
    return lots.with_columns(reserved_for=kept, **first).select(*ENTRY, "of")


@once
def opening_of(books: Books) -> pl.DataFrame:
    """Return what lies in each spot on the first day and can still be used: `place` to `expires_on` and quantity."""
    return lots_of(books).group_by(SPOT).agg(pl.col("quantity").sum())


@once
def receipts_of(books: Books) -> pl.DataFrame:
    """Return what comes into each spot on a known day; what is past due comes in the first bucket."""
    due = pl.Series("bucket", bucket_of(books.case["receipts"], "due_on", books.horizon), dtype=pl.Int64)
    rows = books.case["receipts"].with_columns(due, **FREE, kind=pl.lit("receipt"), ref=ROW, of="quantity")
    return rows.filter(pl.col("bucket") < len(books.horizon)).select(*ENTRY, "of")


@once
def stock_of(books: Books) -> pl.DataFrame:
    """Return what lies in each spot at the end of each bucket, with its item, its days and its last bucket."""
    return with_last_bucket(books, with_bucket(books, with_item(books, books.plan["stock_levels"])))


@once
def inflows_of(books: Books) -> pl.DataFrame:
    """Return all that comes into each spot in each bucket after the first day."""
    arrived = arrivals_of(books).filter(~pl.col("wasted")).select(*ENTRY, "of")
    return pl.concat([receipts_of(books), makings_of(books), arrived])


def outflows_of(books: Books) -> pl.DataFrame:
    """Return what leaves each spot in each bucket by the tables: departures, issues, dated components, what expired."""
    departed = shipments_of(books).drop("place", strict=False).rename({"origin": "place"})
    issued = issues_of(books).select(*CELL, "quantity")
    used = component_use_of(books).with_columns(reserved_for=pl.lit(None, pl.String)).select(*CELL, "quantity")
    expired = stock_of(books).select(*CELL, quantity="expired")
    return pl.concat([departed.select(*CELL, "quantity"), issued, used, expired])


@once
def held_of(books: Books) -> pl.DataFrame:
    """Return the floor, objective and maximum of each holder at the end of each bucket, and the level it holds."""
    good = stock_of(books).filter(pl.col("condition") == "serviceable")
    held = by_holder(books, good.select("place", "item", "bucket", "quantity"))
    keys = [*HOLDER, "bucket"]
    rows = levels_of(books).join(held.rename({"quantity": "level"}), on=keys, how="left", nulls_equal=True)
    return rows.with_columns(pl.col("level").fill_null(0.0)).sort(keys)


def by_holder(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the sum of quantities at places, in each bucket, for every holder there can be."""
    owned, nobody = rows.join(places_of(books), on="place"), pl.lit(None, pl.String)
    alone = owned.select("place", "item", "bucket", "quantity", party=nobody)
    together = owned.select("item", "bucket", "quantity", "party", place=nobody).select(alone.columns)
    return pl.concat([alone, together]).group_by(*HOLDER, "bucket").agg(pl.col("quantity").sum())


@once
def excess_of(books: Books) -> pl.DataFrame:
    """Return every limit in every bucket, what lies there, and the excess.

    `limit` is never below what lies there on the first day; `still` is what would lie there if nothing were moved,
    used or thrown away.
    """
    good = pl.col("condition") == "serviceable"
    stored, counted = _without_decision(books, pl.lit(value=True)), _without_decision(books, good)
    rows = pl.concat([_storage(books, *stored), _maximum(books, *counted)])
    rows = rows.with_columns(limit=pl.max_horizontal("figure", "held"))
    return rows.with_columns(excess=(pl.col("level") - pl.col("limit")).clip(lower_bound=0.0))


def _maximum(books: Books, first: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the maximum of each holder in each bucket, in units."""
    rows = held_of(books).filter(pl.col("maximum").is_not_null())
    rows = rows.select(*HOLDER, "bucket", "days", "level", figure="maximum")
    return _with_forced(rows, HOLDER, by_holder(books, first), by_holder(books, later))


def _storage(books: Books, first: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the storage of each place in each bucket, in tonnes."""
    limited = books.case["places"].select("place", figure="storage_t").drop_nulls()
    index = limited.join(books.calendar.select("bucket", "days"), how="cross")
    levels = _tonnes(books, stock_of(books).select("place", "item", "bucket", "quantity"))
    rows = index.join(levels, on=["place", "bucket"], how="left").rename({"quantity": "level"})
    nobody = {"party": pl.lit(None, pl.String), "item": pl.lit(None, pl.String)}
    rows = rows.with_columns(pl.col("level").fill_null(0.0), **nobody)
    return _with_forced(rows, ("place",), _tonnes(books, first), _tonnes(books, later))


def _with_forced(rows: pl.DataFrame, keys: tuple[str, ...], held: pl.DataFrame, still: pl.DataFrame) -> pl.DataFrame:
    """Add what lies there on the first day, and what would lie there without any decision."""
    first = held.select(*keys, held="quantity")
    later = still.select(*keys, "bucket", still="quantity")
    rows = rows.join(first, on=keys, how="left", nulls_equal=True)
    rows = rows.join(later, on=[*keys, "bucket"], how="left", nulls_equal=True)
    rows = rows.with_columns(pl.col("held", "still").fill_null(0.0))
    return rows.select(*HOLDER, "bucket", "days", "figure", "level", "held", "still")


def _without_decision(books: Books, chosen: pl.Expr) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what lies at each place on the first day, and what would lie there in each bucket if nothing were done.

    Only the goods that are `chosen` count: those that wait for repair fill a storage and no maximum.
    """
    first = opening_of(books).filter(chosen).select("place", "item", "quantity", bucket=pl.lit(0, pl.Int64))
    comes = pl.concat([first, receipts_of(books).select(first.columns)])
    comes = comes.group_by("place", "item", "bucket").agg(pl.col("quantity").sum())
    index = comes.select("place", "item").unique().join(books.calendar.select("bucket"), how="cross")
    rows = index.join(comes, on=["place", "item", "bucket"], how="left").sort("place", "item", "bucket")
    return first, rows.with_columns(pl.col("quantity").fill_null(0.0).cum_sum().over("place", "item"))


def _tonnes(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the mass at each place in each bucket."""
    mass = books.case["items"].select("item", mass_kg=pl.col("mass_kg").fill_null(0.0))
    tonnes = pl.col("quantity") * pl.col("mass_kg") / 1000
    return rows.join(mass, on="item").group_by("place", "bucket").agg(quantity=tonnes.sum())


def check_stocks(books: Books) -> tuple[Breach, ...]:
    """Check what lies in each spot: its balance, its life, its reservation, and the limits of its place and holder."""
    lots = _check_dated(books) + _check_reserved(books) + _check_expired(books) + _check_life(books)
    return _check_balance(books) + lots + _check_limits(books)


def _check_balance(books: Books) -> tuple[Breach, ...]:
    """Check that what lay there and came in is what lies there and went out, for every spot and bucket."""
    gaps = _gaps(books)
    return (
        mismatches(stock_of(books), "stock_levels", CELL, {"date": pl.col("last_date")})
        + report(gaps.filter("more"), Rule.BALANCE, "{amount:g} too much lie there or go out.", "stock_levels", CELL)
        + report(gaps.filter("less"), Rule.BALANCE, "{amount:g} that came in are lost.", "stock_levels", CELL)
    )


def _gaps(books: Books) -> pl.DataFrame:
    """Return the spots and buckets where what lay there and came in is more or less than what lies there and went."""
    levels = stock_of(books).select(*CELL, "quantity")
    first = opening_of(books).with_columns(bucket=pl.lit(0, pl.Int64)).select(*CELL, "quantity")
    carried = levels.with_columns(pl.col("bucket") + 1).filter(pl.col("bucket") < len(books.horizon))
    plus = pl.concat([first, carried, inflows_of(books).select(first.columns)])
    minus = pl.concat([levels, outflows_of(books), undated_use_of(books).select(*CELL, "quantity")])
    both = pl.concat([plus, minus.with_columns(-pl.col("quantity"))])
    sums = both.group_by(CELL).agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    sums = sums.with_columns(amount=pl.col("gap").abs(), more=pl.col("gap") < 0, less=pl.col("gap") > 0)
    return sums.filter(exceeds("amount", "size"))


def _check_dated(books: Books) -> tuple[Breach, ...]:
    """Check that nothing is left of a lot at the end of the bucket of its last day, and nothing goes out later."""
    left = stock_of(books).filter((pl.col("bucket") >= pl.col("last_bucket")) & (pl.col("quantity") > SUM_TOLERANCE))
    left = left.with_columns(amount=pl.col("quantity"))
    found = report(left, Rule.EXPIRY, "{amount:g} of the lot are kept after its last day.", "stock_levels", CELL)
    where = ("item", "expires_on", "bucket")
    for table, rows in (
        ("shipments", shipments_of(books)),
        ("issues", issues_of(books)),
        ("component_use", component_use_of(books)),
    ):
        late = rows.filter((pl.col("bucket") > pl.col("last_bucket")) & (pl.col("quantity") > SUM_TOLERANCE))
        sentence = "{amount:g} of the lot are used after its last day."
        found += report(late.with_columns(amount=pl.col("quantity")), Rule.EXPIRY, sentence, table, where)
    return found


def _check_reserved(books: Books) -> tuple[Breach, ...]:
    """Check that reserved goods are issued only to their need, or to a need at their place."""
    lot = pl.col("reserved_for")
    wrong = issues_of(books).filter(lot.is_not_null() & (lot != pl.col("need")) & (lot != pl.col("need_place")))
    wrong = wrong.with_columns(amount=pl.col("quantity"))
    sentence = "Goods reserved for {reserved_for} are issued to {need}."
    return report(wrong, Rule.RESERVED, sentence, "issues", ("need", "required_by", "reserved_for", "bucket"))


def _check_expired(books: Books) -> tuple[Breach, ...]:
    """Check that a dated lot is thrown away only in the bucket of its day, and goods that keep never are."""
    dated = pl.col("expires_on").is_not_null()
    early = dated & (pl.col("bucket") != pl.col("last_bucket"))
    keeps = ~dated & pl.col("shelf_life_days").is_null()
    thrown = stock_of(books).with_columns(amount=pl.col("expired")).filter(pl.col("amount") > SUM_TOLERANCE)
    sentence = "{amount:g} are thrown away though their life is not over."
    return report(thrown.filter(early | keeps), Rule.EXPIRY, sentence, "stock_levels", CELL)


def _check_life(books: Books) -> tuple[Breach, ...]:
    """Check that undated goods with a shelf life are kept no longer than that, and thrown away no sooner."""
    rows = stock_of(books).filter(pl.col("expires_on").is_null() & pl.col("shelf_life_days").is_not_null())
    if rows.is_empty():
        return ()
    rows = _alive(books, rows).sort(*SPOT, "bucket")
    rows = rows.with_columns(thrown=pl.col("expired").cum_sum().over(SPOT), dead=pl.col("came") - pl.col("alive"))
    old = rows.with_columns(amount=pl.col("quantity") - pl.col("alive")).filter(exceeds("amount", "came"))
    young = rows.with_columns(amount=pl.col("thrown") - pl.col("dead"))
    young = young.filter(exceeds("amount", "came") & exceeds("expired", "came"))
    return report(
        old,
        Rule.SHELF_LIFE,
        "{amount:g} more lie there than came in within {shelf_life_days} days.",
        "stock_levels",
        CELL,
    ) + report(
        young, Rule.END_OF_LIFE, "{amount:g} more are thrown away than are past their life.", "stock_levels", CELL
    )


def _alive(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add what came into each spot by the end of the bucket, and how much of it is alive on the next day.

    `path[s, k]` is what came into spot `s` before bucket `k`, without the stock of the first day; in a bucket it
    grows evenly, so that what came in before any day lies on the line between two of its points.
    """
    count = len(books.horizon)
    spots = rows.select(SPOT).unique(maintain_order=True).with_row_index("spot")
    came = inflows_of(books).join(spots, on=SPOT, how="inner", nulls_equal=True)
    path = np.zeros((len(spots), count + 1))
    np.add.at(path, (came["spot"].to_numpy(), came["bucket"].to_numpy() + 1), came["quantity"].to_numpy())
    path = path.cumsum(axis=1)
    held = opening_of(books).rename({"quantity": "held"})
    rows = rows.join(spots, on=SPOT, how="left", nulls_equal=True, maintain_order="left")
    rows = rows.join(held, on=SPOT, how="left", nulls_equal=True, maintain_order="left")
    rows = rows.with_columns(pl.col("held").fill_null(0.0))
    oldest = rows["end"].to_numpy() + 1 - rows["shelf_life_days"].to_numpy()
    spot, bucket = rows["spot"].to_numpy(), rows["bucket"].to_numpy()
    before = np.clip(books.horizon.bucket_of(oldest), 0, bucket)
    days = books.horizon.ends - books.horizon.starts + 1
    part = np.clip((oldest - books.horizon.starts[before]) / days[before], 0.0, 1.0)
    dead = path[spot, before] + part * (path[spot, before + 1] - path[spot, before])
    inside = rows["held"].to_numpy()
    alive = path[spot, bucket + 1] - dead + np.where(oldest <= 0, inside, 0.0)
    return rows.with_columns(alive=pl.Series(alive), came=pl.Series(path[spot, bucket + 1] + inside))


def _check_limits(books: Books) -> tuple[Breach, ...]:
    """Check that no limit is exceeded by more than scheduled receipts can force."""
    forced = pl.max_horizontal(pl.col("still") - pl.col("limit"), pl.lit(0.0))
    broken = excess_of(books).with_columns(amount=pl.col("excess") - forced).filter(exceeds("amount", "level"))
    sentence = "{level:g} lie there, {limit:g} is the most, and stock and receipts alone make {still:g}."
    where, is_storage = (*HOLDER, "bucket"), pl.col("item").is_null()
    return report(broken.filter(is_storage), Rule.STORAGE, sentence, "stock_levels", where) + report(
        broken.filter(~is_storage), Rule.MAXIMUM, sentence, "stock_levels", where
    )
