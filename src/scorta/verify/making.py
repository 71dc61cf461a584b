"""Production: what a process makes and costs, and when it may start."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import ABSOLUTE, Breach, mismatches, report
from scorta.verify.spans import to_date

_KEY = ("process", "bucket")


def check_making(books: Books) -> tuple[Breach, ...]:
    """Check every start."""
    return _check_rows(books) + _check_dates(books) + _check_components(books)


def _check_rows(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the production: its place, its item, its dates, its yield, its cost."""
    lead = pl.col("lead_time_days")
    expected = {
        "place": pl.col("process_place"),
        "item": pl.col("process_item"),
        "starts_from": to_date("first", books.horizon),
        "starts_until": to_date("last", books.horizon),
        "made": pl.col("started") * pl.col("share"),
        "arrives_from": to_date("first", books.horizon, lead.floor().cast(pl.Int64)),
        "arrives_until": to_date("last", books.horizon, lead.ceil().cast(pl.Int64)),
        "cost_eur": pl.col("started") * pl.col("unit_cost_eur"),
    }
    return mismatches(books.production, "production", _KEY, expected)


def _check_dates(books: Books) -> tuple[Breach, ...]:
    """Check that a process starts only in a bucket that touches its dates."""
    closed = books.production.filter(~pl.col("runs"))
    return report(closed, "process dates", "{process} may not start in bucket {bucket}.", "production", _KEY)


def _check_components(books: Books) -> tuple[Breach, ...]:
    """Check that a process with a bill of materials starts only where some row of it is in force."""
    days = (
        books.uses.filter(pl.col("process").is_not_null())
        .group_by(_KEY)
        .agg(pl.col("in_force").max(), amount=pl.col("started").first())
    )
    idle = days.filter((pl.col("in_force") == 0) & (pl.col("amount") > ABSOLUTE))
    sentence = "{process} starts in bucket {bucket}, though none of its components is in force."
    return report(idle, "components", sentence, "production", _KEY)
