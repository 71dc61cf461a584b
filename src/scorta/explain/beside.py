"""Beside: what comes before a stock objective other than needs, or stands beside it, held as in the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import polars as pl

from scorta.case import ROW
from scorta.explain.drafting import Draft, room
from scorta.explain.levels import missing
from scorta.explain.relieving import Relief, by_number
from scorta.network import Network
from scorta.plan import Plan


def hold_objectives(plan: Plan, network: Network, draft: Draft, but: Sequence[int] = ()) -> Iterator[Relief]:
    """Yield a relief for each objective but some: else who has it is no further below it than in the plan."""
    below, levels, days = (
        draft.problem.columns["below_objective"],
        network.levels,
        network.horizon.days.astype(np.float64),
    )
    lacks, by_row = missing(plan, network, levels.objective) @ days, by_number(network.case["objectives"])
    for other in np.setdiff1d(below.index["level"], but):
        numbers = np.flatnonzero(below.index["level"] == other)
        row = draft.row(below.start + numbers, days[below.index["bucket"][numbers]], room(float(lacks[other])))
        rows = np.unique(levels.row[other][~np.isnan(levels.objective[other])]).tolist()
        yield Relief("objective beside", "objectives", tuple(rows), by_row[rows[0]], draft.columns(row, -1.0))


def hold_tiers(plan: Plan, network: Network, draft: Draft, first: Collection[str]) -> Iterator[Relief]:
    """Yield a relief for fair shares and for asks, where these come first: else they are no worse than in the plan."""
    values = {tier.name: tier.value for tier in plan.record.tiers}
    own = network.names.items.code(np.unique(network.spots.item))
    asked = plan["asks"].filter(pl.col("item").is_in(own.implode()))["quantity"].sum()
    keys = tuple(network.case["keys"][ROW].to_list())
    held = {
        "shares": ("shares first", "keys", keys, values.get("shares", 0.0)),
        "asks": ("asks first", "pledges", (), asked),
    }
    for tier in draft.problem.tiers:
        if tier.name in first and tier.name in held:
            kind, table, rows, value = held[tier.name]
            row = draft.row(tier.columns.astype(np.int64), tier.costs, room(float(value)))
            yield Relief(kind, table, rows, {}, draft.columns(row, -1.0))
