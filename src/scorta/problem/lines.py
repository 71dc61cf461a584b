"""Lines: the hours that starts take of them, and the expansions that add hours."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Bools, Network, distinct, ranges
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.production import line_loads
from scorta.rules import Column, Rule


def add_line_hours(builder: Builder, network: Network) -> None:
    """Bound the hours that starts take on each line by its capacity, what expansions add, and its maximum."""
    (line, bucket, slot, hours), lines, starts = line_loads(network), network.lines, builder.columns[Column.START]
    in_buckets = network.by_bucket(len(lines))
    keys, row = distinct(in_buckets.of(line, bucket), in_buckets.size)
    index = in_buckets.index(keys, "owner")
    capacity, maximum = (most[index["owner"], index["bucket"]] for most in (lines.capacity, lines.maximum))
    rule = builder.add_rule(Rule.LINE_HOURS, index, len(keys), -np.inf, capacity)
    builder.add_summed(rule.start + row, starts.start + slot, hours)
    grows = _add_expansions(builder, network, rule, keys)
    limited = np.flatnonzero(np.isfinite(maximum) & (grows | (maximum < capacity)))
    inside = {side: at[limited] for side, at in index.items()}
    most = builder.add_rule(Rule.LINE_MAXIMUM, inside, len(limited), -np.inf, maximum[limited])
    number = np.full(len(keys), -1)
    number[limited] = np.arange(len(limited))
    kept = np.flatnonzero(number[row] >= 0)
    builder.add_summed(most.start + number[row[kept]], starts.start + slot[kept], hours[kept])


def _add_expansions(builder: Builder, network: Network, rule: Family, keys: Days) -> Bools:
    """Add expand[expansion, bucket], counted when decided, and its hours; return which rows it can reach."""
    pair, row, hours = _growth(network, keys)
    expansions = network.expansions
    decided, at = np.unique(pair, return_inverse=True)
    index = network.by_bucket(len(expansions)).index(decided, "expansion")
    most, whole = expansions.most[index["expansion"]], expansions.whole[index["expansion"]]
    expand = builder.add_columns(Column.EXPAND, index, len(decided), most, whole)
    builder.add(rule.start + row, expand.start + at.reshape(-1), -hours)
    limited = np.unique(index["expansion"][np.isfinite(most)])
    counted = builder.add_rule(
        Rule.EXPANSION_COUNT, {"expansion": limited}, len(limited), -np.inf, expansions.most[limited]
    )
    inside = np.flatnonzero(np.isfinite(most))
    to = np.searchsorted(limited, index["expansion"][inside])
    builder.add(counted.start + to, expand.start + inside, 1.0)
    grows = np.zeros(len(keys), dtype=bool)
    grows[row] = True
    return grows


def _growth(network: Network, keys: Days) -> tuple[Days, Days, Floats]:
    """Return every (expansion and bucket of decision, row of line hours, hours added) above nothing.

    `keys` number the rows by line and bucket, in order.
    """
    horizon, lines, expansions = network.horizon, network.lines, network.expansions
    in_buckets, count = network.by_bucket(len(lines)), len(horizon)
    ready = expansions.ready.reshape(-1)
    line = np.repeat(expansions.line, count)
    first = horizon.bucket_of(ready)
    begin = np.searchsorted(keys, in_buckets.of(line, np.minimum(first, count)))
    end = np.searchsorted(keys, in_buckets.of(line + 1, 0))
    pair, row = ranges(begin, np.maximum(end - begin, 0))
    _, bucket = in_buckets.split(keys[row])
    months = lines.months(line[pair], np.maximum(horizon.starts[bucket], ready[pair]), horizon.ends[bucket])
    hours = np.repeat(expansions.adds, count)[pair] * months
    kept = np.flatnonzero(hours > 0)
    return pair[kept], row[kept], hours[kept]


def expansion_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the cost of each expansion, in EUR."""
    return network.expansions.cost[builder.columns[Column.EXPAND].index["expansion"]]
