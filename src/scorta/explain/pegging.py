"""Pegging: which batch every unit that leaves a spot came from, first in, first out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Floats
from scorta.explain.ledger import Ledger, lay_ledger
from scorta.plan import Plan
from scorta.verify.books import SPOT

TINY = 1e-9
"""Units below which two figures are the same: round-off of sums."""

Link = tuple[int, float]
"""The number of a batch or flow, and the units that tie it to another."""


@dataclass(frozen=True, slots=True)
class Pegging:
    """The ledger of a plan with every flow tied to the batches it came from, and every batch to the flows it went to.

    What comes in first goes out first; in a bucket that is what lay there, then what comes in then.
    """

    ledger: Ledger
    sources: Mapping[int, tuple[Link, ...]]
    sinks: Mapping[int, tuple[Link, ...]]


def peg(case: Case, plan: Plan) -> Pegging:
    """Tie every unit of a plan to the batch that it came from."""
    ledger = lay_ledger(case, plan)
    batches, flows = _by_spot(ledger.batches), _by_spot(ledger.flows)
    sources: dict[int, list[Link]] = {}
    sinks: dict[int, list[Link]] = {}
    for spot, (flow, goes) in flows.items():
        batch, comes = batches.get(spot, (np.zeros(0, dtype=np.int64), np.zeros(0)))
        for into, out_of, quantity in _in_order(batch, comes, flow, goes):
            sources.setdefault(into, []).append((out_of, quantity))
            sinks.setdefault(out_of, []).append((into, quantity))
    return Pegging(ledger, _frozen(sources), _frozen(sinks))


def _by_spot(entries: pl.DataFrame) -> dict[tuple[object, ...], tuple[np.ndarray, Floats]]:
    """Return the numbers and quantities of the entries of each spot, bucket by bucket."""
    rows = entries.with_row_index("number").sort("bucket", maintain_order=True)
    grouped = rows.group_by(SPOT, maintain_order=True).agg("number", "quantity")
    return {
        tuple(row[:-2]): (np.asarray(row[-2], dtype=np.int64), np.asarray(row[-1], dtype=np.float64))
        for row in grouped.iter_rows()
    }


def _in_order(batch: np.ndarray, comes: Floats, flow: np.ndarray, goes: Floats) -> list[tuple[int, int, float]]:
    """Cut what comes and what goes, each laid end to end, at the ends of both: each piece is of one batch and flow.

    >>> _in_order(np.array([0, 1]), np.array([3.0, 4.0]), np.array([7, 8]), np.array([2.0, 4.0]))
    [(7, 0, 2.0), (8, 0, 1.0), (8, 1, 3.0)]
    """
    came, gone = np.cumsum(comes), np.cumsum(goes)
    if not len(came) or not len(gone):
        return []
    edges = np.unique(np.concatenate([[0.0], came, gone]))
    edges = edges[edges <= min(came[-1], gone[-1])]
    middle, length = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    kept = length > TINY * (1.0 + came[-1])
    out_of = batch[np.searchsorted(came, middle[kept])]
    into = flow[np.searchsorted(gone, middle[kept])]
    return list(zip(into.tolist(), out_of.tolist(), length[kept].tolist(), strict=True))


def _frozen(links: dict[int, list[Link]]) -> Mapping[int, tuple[Link, ...]]:
    return {number: tuple(found) for number, found in links.items()}
