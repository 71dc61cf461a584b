"""A previous plan: how far what is decided departs from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scorta.case import Days
from scorta.network import KINDS, NOTHING, Network, subject_of
from scorta.problem.problem import Builder, TierSum
from scorta.rules import Column, Rule, Tier, TierKind


def add_change(builder: Builder, network: Network) -> None:
    """Add above_previous and below_previous: what is decided beyond, or short of, what the previous plan decided."""
    decided = network.decided
    index = {"decision": np.arange(len(decided))}
    rows = builder.add_rule(Rule.CHANGE, index, len(decided), decided.quantity, decided.quantity)
    above = builder.add_columns(Column.ABOVE_PREVIOUS, index, len(decided))
    below = builder.add_columns(Column.BELOW_PREVIOUS, index, len(decided), decided.quantity)
    builder.add(rows.numbers, above.numbers, -1.0)
    builder.add(rows.numbers, below.numbers, 1.0)
    for kind in KINDS if len(decided) else ():
        row = _decision_of(builder, network, kind)
        kept = np.flatnonzero(row >= 0)
        builder.add(rows.start + row[kept], builder.columns[kind].start + kept, 1.0)


def change_tier(builder: Builder, network: Network, kind: TierKind, before: int) -> TierSum:
    """Return the tier that adds up the change in the buckets before one: above, below, and what is decided anew."""
    decided = network.decided
    inside = (decided.bucket < before).astype(np.float64)
    parts = [(builder.columns[side], inside) for side in (Column.ABOVE_PREVIOUS, Column.BELOW_PREVIOUS)]
    for column in KINDS:
        anew = (_decision_of(builder, network, column) < 0) & (builder.columns[column].index["bucket"] < before)
        parts.append((builder.columns[column], anew.astype(np.float64)))
    return TierSum.of(Tier(kind), parts)


def _decision_of(builder: Builder, network: Network, kind: Column) -> Days:
    """Return for each column of a kind the decision of the previous plan that it continues, `NOTHING` for none."""
    decided, index = network.decided, builder.columns[kind].index
    at = np.flatnonzero((decided.kind == KINDS.index(kind)) & (decided.subject >= 0))
    in_buckets = network.by_bucket(1 + int(decided.subject.max(initial=NOTHING)))
    keys = in_buckets.of(decided.subject[at], decided.bucket[at])
    wanted = in_buckets.of(_SUBJECTS[kind](network, index), index["bucket"])
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[found] == wanted, at[found], NOTHING) if len(keys) else np.full(len(wanted), NOTHING)


def _of_ship(network: Network, index: Mapping[str, Days]) -> Days:
    move, spots = index["move"], network.spots
    origin = network.moves.origin[move]
    waits = (spots.reservation[origin] == network.names.repairable).astype(np.int64)
    return subject_of(network.cargo, subject_of(network.over_legs, network.moves.leg[move], spots.item[origin]), waits)


def _of_issue(network: Network, index: Mapping[str, Days]) -> Days:
    issues = network.issues
    need = network.occurrences.need[issues.occurrence[index["issue"]]]
    return subject_of(network.for_needs, need, network.spots.item[issues.spot[index["issue"]]])


_SUBJECTS: dict[Column, Callable[[Network, Mapping[str, Days]], Days]] = {
    Column.SHIP: _of_ship,
    Column.ISSUE: _of_issue,
    Column.START: lambda network, index: network.production.row[index["process"]],
    Column.HANDOVER: lambda network, index: index["pledge"],
    Column.PURCHASE: lambda network, index: index["contract"],
    Column.EXPAND: lambda network, index: index["expansion"],
}
"""The subject of each column, by kind."""
