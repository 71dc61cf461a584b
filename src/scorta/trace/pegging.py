"""Pegging: which batch every unit that leaves a spot came from, first in, first out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

from scorta.case import Case
from scorta.plan import Plan
from scorta.trace.ledger import Ledger, lay_ledger
from scorta.verify import SPOT

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
