"""How far a plan departs from a previous one, worked out anew from the tables of both."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import Horizon, Previous
from scorta.verify.books import bucket_of, calendar_of, to_day

_KEY = ("kind", "one", "two", "three", "bucket")


_TABLES: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("shipments", ("leg", "item", "condition"), "leaves_from", "leaves_until", "quantity"),
    ("issues", ("need", "item"), "issued_from", "issued_until", "quantity"),
    ("production", ("process",), "starts_from", "starts_until", "started"),
    ("kits", ("place", "item"), "date", "date", "quantity"),
    ("handovers", ("basis", "agreement"), "leaves_from", "leaves_until", "quantity"),
    ("expansions", ("expansion",), "decided_on", "decided_on", "count"),
)
"""The tables that hold decisions, what names one, its days, and how much it is."""


def changes_of(horizon: Horizon, tables: Mapping[str, pl.DataFrame], previous: Previous) -> pl.DataFrame:
    """Return a row for each thing that one of two plans decides in a bucket: how much `before` and `after`.

    What the previous plan does over some days is spread evenly over them; days outside this plan do not count.
    """
    sides = (("before", _spread(_decisions(previous.tables), horizon)), ("after", _decisions(tables)))
    rows = pl.concat([each.select(*_KEY, pl.col("quantity").alias(side)) for side, each in sides], how="diagonal")
    rows = rows.group_by(*_KEY).agg(pl.col("before", "after").sum())
    return rows.with_columns(frozen=pl.col("bucket") < previous.frozen(horizon))


def _decisions(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return what a plan decides: what names it, its bucket and days, and how much; of handovers what is agreed."""
    found = []
    for table, names, first, last, quantity in _TABLES:
        rows = tables[table]
        rows = rows.filter(pl.col("agreement").is_not_null()) if table == "handovers" else rows
        named = [pl.col(name).cast(pl.String) for name in names] + [pl.lit("")] * (3 - len(names))
        found.append(
            rows.select(
                *(column.alias(key) for key, column in zip(_KEY, (pl.lit(table), *named), strict=False)),
                bucket=pl.col("bucket").cast(pl.Int64),
                first=first,
                last=last,
                quantity=pl.col(quantity).cast(pl.Float64),
            )
        )
    return pl.concat(found)


def _spread(rows: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Give each bucket of the horizon its days of each decision."""
    rows = rows.with_columns(begin=to_day("first", horizon), end=to_day("last", horizon))
    rows = rows.filter((pl.col("end") >= 0) & (pl.col("begin") <= horizon.last_day))
    opening = pl.Series(bucket_of(rows, "first", horizon), dtype=pl.Int64)
    closing = pl.Series(bucket_of(rows, "last", horizon), dtype=pl.Int64).clip(upper_bound=len(horizon) - 1)
    each = rows.with_columns(bucket=pl.int_ranges(opening, closing + 1, eager=True)).explode("bucket")
    each = each.join(calendar_of(horizon).select("bucket", starts="start", ends="end"), on="bucket")
    days = pl.min_horizontal("end", "ends") - pl.max_horizontal("begin", "starts") + 1
    return each.with_columns(quantity=pl.col("quantity") * days / (pl.col("end") - pl.col("begin") + 1))
