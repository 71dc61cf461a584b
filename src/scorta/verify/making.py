"""Production: what a process makes and costs, when it may start, and the hours of its lines."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import ABSOLUTE, Breach, exceeds, mismatches, report
from scorta.verify.spans import months_between, to_date, to_day

_KEY = ("process", "bucket")


def check_making(books: Books) -> tuple[Breach, ...]:
    """Check every start, and the hours that starts take together."""
    return _check_rows(books) + _check_dates(books) + _check_components(books) + _check_hours(books)


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


def _check_hours(books: Books) -> tuple[Breach, ...]:
    """Check that starts use no more hours of a line than its rows give."""
    room = line_figure(books, "capacity_per_month")
    rows = used_hours(books).join(room, on=["line", "bucket"], how="left").with_columns(pl.col("room").fill_null(0.0))
    broken = rows.with_columns(amount=pl.col("used") - pl.col("room")).filter(exceeds("amount", "used"))
    sentence = "Starts use {used:g} hours of {line} in bucket {bucket}, and it has {room:g}."
    return report(broken, "line hours", sentence, "production", ("line", "bucket"))


def used_hours(books: Books) -> pl.DataFrame:
    """Return the hours that starts use of each line in each bucket."""
    own = books.case["processes"].select("process", "line", hours=pl.col("line_hours_per_unit").fill_null(0.0))
    more = books.case["loads"].select("process", "line", hours="line_hours_per_unit")
    rates = pl.concat([own, more]).filter(pl.col("line").is_not_null())
    starts = books.production.select("process", "bucket", "started").join(rates, on="process")
    return starts.group_by("line", "bucket").agg(used=(pl.col("started") * pl.col("hours")).sum())


def line_figure(books: Books, figure: str) -> pl.DataFrame:
    """Return a figure of each line in each bucket, in hours: its rows add up, each over its own days."""
    lines = books.case["lines"].select(
        "line",
        figure,
        opens=to_day("available_from", books.horizon, 0),
        closes=to_day("until_date", books.horizon),
    )
    rows = lines.join(books.calendar.select("bucket", "start", "end"), how="cross")
    rows = rows.with_columns(first=pl.max_horizontal("start", "opens"), last=pl.min_horizontal("end", "closes"))
    rows = rows.with_columns(months_between(rows, "first", "last", books.horizon))
    return rows.group_by("line", "bucket").agg(room=(pl.col(figure).fill_null(0.0) * pl.col("months")).sum())
