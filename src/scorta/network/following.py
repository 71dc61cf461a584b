"""A previous plan laid over a network: what it decided, by the numbers of what decides it anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from scorta.case import BEYOND, Days, Previous
from scorta.network.decided import KINDS, Decided, subject_of
from scorta.network.index import NOTHING, Index, days_of, ranges
from scorta.network.unrolled import Network

_DECISION = ("kind", "subject", "bucket")


def lay_decided(network: Network, previous: Previous) -> Decided:
    """Spread what a previous plan decided, evenly over the days on which it does it, over the buckets of this one.

    What it decided for days outside this plan is left out.
    """
    parts = [
        _over_buckets(network, number, *read(network, previous.tables[name]))
        for number, name, read in (
            (KINDS.index("ship"), "shipments", _shipped),
            (KINDS.index("issue"), "issues", _issued),
            (KINDS.index("start"), "production", _started),
            (KINDS.index("start"), "kits", _kits),
            (KINDS.index("handover"), "handovers", _covered("pledge")),
            (KINDS.index("purchase"), "handovers", _covered("contract")),
            (KINDS.index("expand"), "expansions", _expanded),
        )
    ]
    rows = pl.concat(parts).group_by(*_DECISION).agg(pl.col("quantity").sum()).sort(*_DECISION)
    kind, subject, bucket = (rows[name].to_numpy() for name in _DECISION)
    return Decided(kind, subject, bucket, rows["quantity"].to_numpy(), previous.frozen(network.horizon))


_Rows = tuple[Days, pl.Series, pl.Series, pl.Series]
"""Subject, first day, last day and quantity of what a table of a plan lists."""

_Read = Callable[[Network, pl.DataFrame], _Rows]


def _shipped(network: Network, rows: pl.DataFrame) -> _Rows:
    leg, item = Index(network.case["legs"]["leg"]).of(rows["leg"]), network.names.items.of(rows["item"])
    waits = (rows["condition"] == "repairable").to_numpy().astype(np.int64)
    return (
        subject_of(len(network.names.items), "ship", leg, item, waits),
        rows["leaves_from"],
        rows["leaves_until"],
        rows["quantity"],
    )


def _issued(network: Network, rows: pl.DataFrame) -> _Rows:
    need, item = Index(network.case["needs"]["need"]).of(rows["need"]), network.names.items.of(rows["item"])
    return (
        subject_of(len(network.names.items), "issue", need, item),
        rows["issued_from"],
        rows["issued_until"],
        rows["quantity"],
    )


def _started(network: Network, rows: pl.DataFrame) -> _Rows:
    process = Index(network.case["processes"]["process"]).of(rows["process"])
    return process, rows["starts_from"], rows["starts_until"], rows["started"]


def _kits(network: Network, rows: pl.DataFrame) -> _Rows:
    recipe, names = network.recipe, network.names
    place, item = (side[recipe.processes :] for side in (recipe.place, recipe.item))
    known = Index(names.places.code(place) + "\n" + names.items.code(item))
    kit = known.of(rows["place"] + "\n" + rows["item"])
    return np.where(kit < 0, NOTHING, recipe.processes + kit), rows["date"], rows["date"], rows["quantity"]


def _covered(basis: str) -> _Read:
    """Return what reads the handovers that pledges cover, or contracts."""

    def read(network: Network, rows: pl.DataFrame) -> _Rows:
        row = network.pledges.row if basis == "pledge" else network.contracts.row
        known, rows = network.case[f"{basis}s"][basis].gather(row), rows.filter(pl.col("basis") == basis)
        return Index(known).of(rows["agreement"]), rows["leaves_from"], rows["leaves_until"], rows["quantity"]

    return read


def _expanded(network: Network, rows: pl.DataFrame) -> _Rows:
    expansion = Index(network.case["expansions"]["expansion"]).of(rows["expansion"])
    return expansion, rows["decided_on"], rows["decided_on"], rows["count"]


def _over_buckets(
    network: Network, kind: int, subject: Days, first: pl.Series, last: pl.Series, quantity: pl.Series
) -> pl.DataFrame:
    """Give each bucket its share of what is decided over some days, by its days among them."""
    horizon = network.horizon
    begin, end = days_of(first, horizon, BEYOND), days_of(last, horizon, BEYOND)
    since, until = np.maximum(begin, 0), np.minimum(end, horizon.last_day)
    there = np.flatnonzero(since <= until)
    opening, closing = horizon.bucket_of(since[there]), horizon.bucket_of(until[there])
    each, bucket = ranges(opening, closing - opening + 1)
    row = there[each]
    days = np.minimum(horizon.ends[bucket], until[row]) - np.maximum(horizon.starts[bucket], since[row]) + 1
    share = days / (end[row] - begin[row] + 1)
    whole = {"kind": np.full(len(row), kind), "subject": subject[row], "bucket": bucket}
    columns = {name: pl.Series(values, dtype=pl.Int64) for name, values in whole.items()}
    return pl.DataFrame({**columns, "quantity": pl.Series(quantity.to_numpy()[row] * share, dtype=pl.Float64)})
