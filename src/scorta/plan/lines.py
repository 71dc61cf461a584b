"""The load of each line, and the expansions that are decided."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Floats
from scorta.plan.plan import Answered
from scorta.rules import Column


def expansions(solved: Answered) -> pl.DataFrame:
    """List what is decided, from when it can be used, what it adds and costs, and who pays."""
    family, at, count = solved.used(Column.EXPAND)
    network = solved.network
    grows, names = network.expansions, network.names
    which, bucket = family.index["expansion"][at], family.index["bucket"][at]
    return pl.DataFrame(
        {
            "expansion": solved.column("expansions", "expansion").gather(which),
            "line": network.names.lines.code(grows.line[which]),
            "bucket": bucket,
            "decided_on": solved.dates(network.horizon.starts[bucket]),
            "available_from": solved.dates(grows.ready[which, bucket]),
            "count": count,
            "adds_per_month": count * grows.adds[which],
            "cost_eur": count * grows.cost[which],
            "paid_by": names.parties.code(grows.payer[which]),
        }
    )


def line_load(solved: Answered) -> pl.DataFrame:
    """List the hours of each line in each bucket in which it has any: used, given by its rows, added by expansions."""
    network = solved.network
    lines, horizon = network.lines, network.horizon
    used, added = _used(solved), _added(solved)
    added = np.minimum(added, np.maximum(lines.maximum - lines.capacity, 0.0))
    line, bucket = np.nonzero((lines.capacity > 0) | (added > 0) | (lines.minimum > 0))
    return pl.DataFrame(
        {
            "line": network.names.lines.code(line),
            "bucket": bucket,
            "date": solved.dates(horizon.ends[bucket]),
            "used_hours": used[line, bucket],
            "capacity_hours": lines.capacity[line, bucket],
            "expansion_hours": added[line, bucket],
            "minimum_hours": lines.minimum[line, bucket],
        }
    )


def _used(solved: Answered) -> Floats:
    """Return the hours that starts use of each line in each bucket."""
    family, at, started = solved.used(Column.START)
    network = solved.network
    recipe, started_by = network.recipe, np.zeros((len(network.recipe.place), len(network.horizon)))
    started_by[network.production.row[family.index["process"][at]], family.index["bucket"][at]] = started
    used = np.zeros(network.lines.capacity.shape)
    np.add.at(used, recipe.load_line, started_by[recipe.load_process] * recipe.load_hours[:, None])
    return used


def _added(solved: Answered) -> Floats:
    """Return the hours that the expansions decided so far add to each line in each bucket."""
    family, at, count = solved.used(Column.EXPAND)
    lines, grows, horizon = solved.network.lines, solved.network.expansions, solved.network.horizon
    which, bucket = family.index["expansion"][at], family.index["bucket"][at]
    first = np.maximum(horizon.starts[None, :], grows.ready[which, bucket][:, None])
    months = lines.months(grows.line[which][:, None], first, horizon.ends[None, :])
    added = np.zeros(lines.capacity.shape)
    np.add.at(added, grows.line[which], (count * grows.adds[which])[:, None] * months)
    return added
