"""Lots: goods with a last day of use, goods reserved for a need, and goods that do not keep."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.verify.books import CELL, SPOT, Books
from scorta.verify.breach import ABSOLUTE, RELATIVE, Breach, exceeds, report
from scorta.verify.flows import inflows, opening


def check_lots(books: Books) -> tuple[Breach, ...]:
    """Check that no lot is used after its day, that only what is past its life is thrown away, and reservations."""
    return _check_dated(books) + _check_reserved(books) + _check_expired(books) + _check_life(books)


def _check_dated(books: Books) -> tuple[Breach, ...]:
    """Check that nothing is left of a lot at the end of the bucket of its last day, and nothing goes out later."""
    left = books.levels.filter((pl.col("bucket") >= pl.col("gone")) & (pl.col("quantity") > ABSOLUTE))
    left = left.with_columns(amount=pl.col("quantity"))
    found = report(left, "expiry", "{amount:g} of the lot are kept after its last day.", "stock_levels", CELL)
    where = ("item", "expires_on", "bucket")
    for table, rows in (
        ("shipments", books.shipments),
        ("issues", books.issues),
        ("component_use", books.component_use),
    ):
        late = rows.filter((pl.col("bucket") > pl.col("gone")) & (pl.col("quantity") > ABSOLUTE))
        sentence = "{amount:g} of the lot are used after its last day."
        found += report(late.with_columns(amount=pl.col("quantity")), "expiry", sentence, table, where)
    return found


def _check_reserved(books: Books) -> tuple[Breach, ...]:
    """Check that reserved goods are issued only to their need, or to a need at their place."""
    lot = pl.col("reserved_for")
    wrong = books.issues.filter(lot.is_not_null() & (lot != pl.col("need")) & (lot != pl.col("need_place")))
    wrong = wrong.with_columns(amount=pl.col("quantity"))
    sentence = "Goods reserved for {reserved_for} are issued to {need}."
    return report(wrong, "reserved", sentence, "issues", ("need", "required_by", "reserved_for", "bucket"))


def _check_expired(books: Books) -> tuple[Breach, ...]:
    """Check that a dated lot is thrown away only in the bucket of its day, and goods that keep never are."""
    dated = pl.col("expires_on").is_not_null()
    early = dated & (pl.col("bucket") != pl.col("gone"))
    keeps = ~dated & pl.col("shelf_life_days").is_null()
    thrown = books.levels.with_columns(amount=pl.col("expired")).filter(pl.col("amount") > ABSOLUTE)
    sentence = "{amount:g} are thrown away though their life is not over."
    return report(thrown.filter(early | keeps), "expiry", sentence, "stock_levels", CELL)


def _check_life(books: Books) -> tuple[Breach, ...]:
    """Check that undated goods with a shelf life are kept no longer than that, and thrown away no sooner."""
    rows = books.levels.filter(pl.col("expires_on").is_null() & pl.col("shelf_life_days").is_not_null())
    if rows.is_empty():
        return ()
    rows = _alive(books, rows).sort(*SPOT, "bucket")
    rows = rows.with_columns(thrown=pl.col("expired").cum_sum().over(SPOT), dead=pl.col("came") - pl.col("alive"))
    old = rows.with_columns(amount=pl.col("quantity") - pl.col("alive")).filter(exceeds("amount", "came"))
    young = rows.with_columns(amount=pl.col("thrown") - pl.col("dead"))
    young = young.filter(exceeds("amount", "came") & (pl.col("expired") > ABSOLUTE + RELATIVE * pl.col("came")))
    return report(
        old, "shelf life", "{amount:g} more lie there than came in within {shelf_life_days} days.", "stock_levels", CELL
    ) + report(young, "shelf life", "{amount:g} more are thrown away than are past their life.", "stock_levels", CELL)


def _alive(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add what came into each spot by the end of the bucket, and how much of it is alive on the next day.

    `path[s, k]` is what came into spot `s` before bucket `k`, without the stock of the first day; in a bucket it
    grows evenly, so that what came in before any day lies on the line between two of its points.
    """
    count = len(books.horizon)
    spots = rows.select(SPOT).unique(maintain_order=True).with_row_index("spot")
    came = inflows(books).join(spots, on=SPOT, how="inner", nulls_equal=True)
    path = np.zeros((len(spots), count + 1))
    np.add.at(path, (came["spot"].to_numpy(), came["bucket"].to_numpy() + 1), came["quantity"].to_numpy())
    path = path.cumsum(axis=1)
    held = opening(books.case).rename({"quantity": "held"})
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
