"""Pegging: what comes into every spot and what leaves it, and which batch each unit came from, first in, first out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

from scorta.case import Case
from scorta.plan import Plan
from scorta.verify import (
    ENTRY,
    SPOT,
    Books,
    component_use_of,
    inflows_of,
    issues_of,
    kits_of,
    lots_of,
    open_books,
    shipments_of,
    starts_of,
    stock_of,
    uses_of,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every batch that comes in and every flow that goes out, and what is taken for which making.

    Batches are a `stock` or `receipt` (`ref` is the row of the case), or what came of a `shipment`, a `production` or a
    `kit` (`ref` is the row of that table of the plan); `of` is all that comes of that row, in these units. Flows are a
    `shipment`, an `issue`, what is `expired`, or a `use` (`ref` is a pool: what a place takes of a component in a
    bucket), with what it `counts` for there. `takes` tells how much of each pool goes into each production and kit.
    """

    batches: pl.DataFrame
    flows: pl.DataFrame
    takes: pl.DataFrame


def lay_ledger(case: Case, plan: Plan) -> Ledger:
    """Read a case and a plan of it into a ledger."""
    books = open_books(case, plan.tables)
    takes = _takes(books)
    return Ledger(
        pl.concat([lots_of(books), inflows_of(books)]).filter(pl.col("quantity") > 0),
        pl.concat([flow.select(*ENTRY, "counts") for flow in _flows(books, takes)]).filter(pl.col("quantity") > 0),
        takes,
    )


_POOL = ("place", "component", "condition", "bucket")
"""What making takes a component from."""


def _takes(books: Books) -> pl.DataFrame:
    """Return how much each start and kit takes of each component: of the pool of its place and bucket."""
    by_ref = starts_of(books).with_row_index("ref").select("ref", "process", "bucket")
    starts = (
        uses_of(books)
        .filter(pl.col("process").is_not_null())
        .join(by_ref, on=["process", "bucket"], maintain_order="left")
    )
    parts = books.case["kits"].select("item", component="component", per_kit="quantity")
    kits = kits_of(books).with_row_index("ref").join(parts, on="item")
    into = kits.with_columns(quantity=pl.col("quantity") * pl.col("per_kit"))
    columns = (*_POOL, "kind", "ref", "quantity")
    rows = pl.concat(
        [
            starts.with_columns(component="used", kind=pl.lit("production")).select(columns),
            into.with_columns(condition=pl.lit("serviceable"), kind=pl.lit("kit")).select(columns),
        ]
    )
    pool = pl.struct(_POOL).rank("dense").cast(pl.UInt32) - 1
    return rows.filter(pl.col("quantity") > 0).with_columns(pool=pool)


def _flows(books: Books, takes: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what leaves each spot: issues, what making takes (undated goods last), shipments, what was thrown away."""
    issues = issues_of(books).with_row_index("ref").with_columns(kind=pl.lit("issue"), counts="quantity")
    departed = shipments_of(books).with_row_index("ref").drop("place", strict=False).rename({"origin": "place"})
    pools = takes.group_by("pool", *_POOL).agg(pl.col("quantity").sum()).sort("pool")
    instead = component_use_of(books).join(pools.drop("quantity"), on=_POOL, maintain_order="left").with_columns(
        kind=pl.lit("use"), ref="pool", reserved_for=pl.lit(None, pl.String),
        counts=pl.col("quantity") * pl.col("factor"),
    )  # fmt: skip
    met = instead.group_by("pool").agg(met=pl.col("counts").sum())
    undated = pools.join(met, on="pool", how="left", maintain_order="left").with_columns(
        quantity=pl.col("quantity") - pl.col("met").fill_null(0.0), item="component", kind=pl.lit("use"), ref="pool",
        reserved_for=pl.lit(None, pl.String), expires_on=pl.lit(None, pl.Date),
    )  # fmt: skip
    gone = stock_of(books).with_columns(quantity="expired", kind=pl.lit("expired"), ref=pl.lit(0, pl.UInt32))
    return [
        issues,
        instead,
        undated.with_columns(counts="quantity"),
        departed.with_columns(kind=pl.lit("shipment"), counts="quantity"),
        gone.with_columns(counts="quantity"),
    ]


SUM_TOLERANCE = 1e-9
"""Units below which two figures are the same: round-off of sums."""

Entry = Mapping[str, Any]
"""A batch, a flow or a take of the ledger, by its fields."""

Link = tuple[int, float]
"""The number of a batch or flow, and the units that tie it to another."""

Row = tuple[str, int]
"""A row of the case or the plan: its kind, and its number."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Pegging:
    """The ledger of a plan with every flow tied to the batches it came from, to be looked up either way.

    `sources` holds the batches of a flow, `sinks` the flows of a batch, `comes` the batches that come of a row,
    `leaves` the flows of a row, `takes` what goes into a making, and `makings` the makings that take of a pool.
    What comes in first goes out first; in a bucket that is what lay there, then what comes in then.
    """

    ledger: Ledger
    batches: tuple[Entry, ...]
    flows: tuple[Entry, ...]
    sources: Mapping[int, tuple[Link, ...]]
    sinks: Mapping[int, tuple[Link, ...]]
    comes: Mapping[Row, tuple[int, ...]]
    leaves: Mapping[Row, tuple[int, ...]]
    takes: Mapping[Row, tuple[Entry, ...]]
    makings: Mapping[int, tuple[Row, ...]]

    def pool(self, number: int) -> float:
        """Return all that a place takes of a component in a bucket, in units of the component."""
        return float(sum(self.flows[flow]["counts"] for flow in self.leaves["use", number]))


def peg(case: Case, plan: Plan) -> Pegging:
    """Tie every unit of a plan to the batch that it came from."""
    ledger = lay_ledger(case, plan)
    links = list(tie(ledger.batches, ledger.flows).iter_rows())
    batches, flows, takes = (
        tuple(entries.rows(named=True)) for entries in (ledger.batches, ledger.flows, ledger.takes)
    )
    return Pegging(
        ledger,
        batches,
        flows,
        sources=_grouped((flow, (batch, quantity)) for batch, flow, quantity in links),
        sinks=_grouped((batch, (flow, quantity)) for batch, flow, quantity in links),
        comes=_grouped((_row(batch), number) for number, batch in enumerate(batches)),
        leaves=_grouped((_row(flow), number) for number, flow in enumerate(flows)),
        takes=_grouped((_row(take), take) for take in takes),
        makings=_grouped((take["pool"], _row(take)) for take in takes),
    )


def tie(batches: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Return the pieces of one batch and one flow each: `batch` and `flow` by number, and `quantity`.

    What comes to a spot and what leaves it are each laid end to end in time, and cut at the ends of both.
    """
    spots = pl.concat([batches.select(SPOT), flows.select(SPOT)]).unique().with_row_index("spot")
    ends = pl.concat([_ends(batches, spots, "batch"), _ends(flows, spots, "flow")], how="diagonal")
    ends = ends.sort("spot", "end", maintain_order=True)
    pieces = ends.select(
        pl.col("batch", "flow").fill_null(strategy="backward").over("spot"),
        quantity=pl.col("end") - pl.col("end").shift(fill_value=0.0).over("spot"),
        least=SUM_TOLERANCE * (1.0 + pl.col("end").max().over("spot")),
    )
    return pieces.filter(pl.col("quantity") > pl.col("least")).drop("least").drop_nulls()


def _ends(entries: pl.DataFrame, spots: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return where each entry of a spot ends when they are laid end to end, bucket by bucket."""
    rows = entries.with_row_index(name).join(spots, on=SPOT, nulls_equal=True).sort("bucket", name)
    return rows.select("spot", name, end=pl.col("quantity").cum_sum().over("spot"))


def _row(entry: Entry) -> Row:
    return entry["kind"], entry["ref"]


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, tuple[_Value, ...]]:
    """Return the values of each key, in their order."""
    groups: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
