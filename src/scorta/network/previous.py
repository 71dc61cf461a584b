"""What a previous plan decided, spread over the buckets of the new one, by the numbers of what decides it anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import BEYOND, Days, Floats, Previous
from scorta.network.facts import Facts
from scorta.network.index import NOTHING, Index, Pairs, days_of, ranges
from scorta.rules import Column

KINDS = (Column.SHIP, Column.ISSUE, Column.START, Column.HANDOVER, Column.PURCHASE, Column.EXPAND)
"""What is decided, by the family of columns that decides it anew."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One row for each thing that a previous plan decided in a bucket: its kind, its subject, and how much.

    `kind` is a place in `KINDS`. A subject is a number of `cargo` or of `for_needs` (see `Facts`), or that of a process
    or kit, a pledge, a contract or an expansion; `NOTHING` stands for all that the case has no more. The first `frozen`
    buckets are to stay as they were.
    """

    kind: Days
    subject: Days
    bucket: Days
    quantity: Floats
    frozen: int

    def __len__(self) -> int:
        return len(self.kind)


def subject_of(pairs: Pairs, one: Days, other: Days) -> Days:
    """Return the number of the pair that is decided about; `NOTHING` where the case has one of the two no more."""
    return np.where(np.minimum(one, other) < 0, NOTHING, pairs.of(one.astype(np.int64), other))


_NONE = np.zeros(0, dtype=np.int64)
NOTHING_DECIDED = Decided(_NONE, _NONE, _NONE, np.zeros(0), 0)
"""What was decided where there is no previous plan."""

_DECISION = ("kind", "subject", "bucket")


def read_decided(facts: Facts, previous: Previous) -> Decided:
    """Spread what a previous plan decided, evenly over the days on which it does it, over the buckets of this one.

    What it decided for days outside this plan is left out.
    """
    parts = [
        _over_buckets(facts, number, *read(facts, previous.tables[name]))
        for number, name, read in (
            (KINDS.index(Column.SHIP), "shipments", _shipped),
            (KINDS.index(Column.ISSUE), "issues", _issued),
            (KINDS.index(Column.START), "production", _started),
            (KINDS.index(Column.START), "kits", _kits),
            (KINDS.index(Column.HANDOVER), "handovers", _covered("pledge")),
            (KINDS.index(Column.PURCHASE), "handovers", _covered("contract")),
            (KINDS.index(Column.EXPAND), "expansions", _expanded),
        )
    ]
    rows = pl.concat(parts).group_by(*_DECISION).agg(pl.col("quantity").sum()).sort(*_DECISION)
    kind, subject, bucket = (rows[name].to_numpy() for name in _DECISION)
    return Decided(kind, subject, bucket, rows["quantity"].to_numpy(), previous.frozen(facts.horizon))


_Rows = tuple[Days, pl.Series, pl.Series, pl.Series]
"""Subject, first day, last day and quantity of what a table of a plan lists."""

_Read = Callable[[Facts, pl.DataFrame], _Rows]


def _shipped(facts: Facts, rows: pl.DataFrame) -> _Rows:
    leg, item = facts.names.legs.of(rows["leg"]), facts.names.items.of(rows["item"])
    waits = (rows["condition"] == "repairable").to_numpy().astype(np.int64)
    return (
        subject_of(facts.cargo, subject_of(facts.over_legs, leg, item), waits),
        rows["leaves_from"],
        rows["leaves_until"],
        rows["quantity"],
    )


def _issued(facts: Facts, rows: pl.DataFrame) -> _Rows:
    need, item = facts.names.needs.of(rows["need"]), facts.names.items.of(rows["item"])
    return (
        subject_of(facts.for_needs, need, item),
        rows["issued_from"],
        rows["issued_until"],
        rows["quantity"],
    )


def _started(facts: Facts, rows: pl.DataFrame) -> _Rows:
    process = facts.names.processes.of(rows["process"])
    return process, rows["starts_from"], rows["starts_until"], rows["started"]


def _kits(facts: Facts, rows: pl.DataFrame) -> _Rows:
    recipe, names = facts.recipe, facts.names
    place, item = (side[recipe.processes :] for side in (recipe.place, recipe.item))
    known = Index(names.places.code(place) + "\n" + names.items.code(item))
    kit = known.of(rows["place"] + "\n" + rows["item"])
    return np.where(kit < 0, NOTHING, recipe.processes + kit), rows["date"], rows["date"], rows["quantity"]


def _covered(basis: str) -> _Read:
    """Return what reads the handovers that pledges cover, or contracts."""

    def read(facts: Facts, rows: pl.DataFrame) -> _Rows:
        is_pledge, names = basis == "pledge", facts.names
        codes, row = (names.pledges, facts.pledges.row) if is_pledge else (names.contracts, facts.contracts.row)
        known, rows = codes.code(row), rows.filter(pl.col("basis") == basis)
        return Index(known).of(rows["agreement"]), rows["leaves_from"], rows["leaves_until"], rows["quantity"]

    return read


def _expanded(facts: Facts, rows: pl.DataFrame) -> _Rows:
    expansion = facts.names.expansions.of(rows["expansion"])
    return expansion, rows["decided_on"], rows["decided_on"], rows["count"]


def _over_buckets(
    facts: Facts, kind: int, subject: Days, first: pl.Series, last: pl.Series, quantity: pl.Series
) -> pl.DataFrame:
    """Give each bucket its share of what is decided over some days, by its days among them."""
    horizon = facts.horizon
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
