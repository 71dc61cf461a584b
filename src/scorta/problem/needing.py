"""Needing: what each need receives when, in which least shipments, and what it never receives."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network
from scorta.problem.problem import Builder
from scorta.problem.switching import Flow, add_nothing_or_least


def add_needs(builder: Builder, network: Network) -> None:
    """Add issue[serving, bucket] and unmet[need]: together they are what each occurrence asks for."""
    span, servings, occurrences = network.servings.span, network.servings, network.occurrences
    index = span.index(serving=np.arange(len(servings.spot)))
    met = meets(network, index["serving"], index["bucket"])
    upper = np.inf if isinstance(met, float) else np.where(met > 0, np.inf, 0.0)
    issue = builder.add_columns("issue", index, span.size, upper)
    unmet = builder.add_columns(
        "unmet", {"occurrence": np.arange(len(occurrences))}, len(occurrences), occurrences.quantity
    )
    rule = builder.add_rule("need", unmet.index, len(occurrences), occurrences.quantity, occurrences.quantity)
    _add_met(builder, rule.start + span.each(servings.occurrence.astype(np.int32)), issue.numbers, met)
    builder.add(rule.numbers, unmet.numbers, 1.0)
    slots = span.each(network.spots.span.origin[servings.spot]) + span.bucket
    builder.add(builder.rules["balance"].start + slots, issue.numbers, 1.0)


def _add_met(builder: Builder, rows: Days, columns: Days, met: Floats | float) -> None:
    """Enter what a unit issued meets, where it meets anything: between the dates of a substitute it does not."""
    if isinstance(met, float):
        builder.add(rows, columns, met)
    else:
        kept = np.flatnonzero(met)
        builder.add(rows[kept], columns[kept], met[kept])


def meets(network: Network, serving: Days, bucket: Days) -> Floats | float:
    """Return how many units of what is asked for a unit issued meets: 1 throughout in a case without substitutes."""
    if network.servings.pair is None:
        return 1.0
    pair = network.servings.pair[serving]
    return np.where(pair >= 0, network.substitutes.factor[pair, bucket], 1.0)


def add_shipments(builder: Builder, network: Network) -> None:
    """Add sent[need, bucket]: whether a need with a minimum shipment receives anything in a bucket."""
    issue, occurrences, count = builder.columns["issue"], network.occurrences, len(network.horizon)
    occurrence = network.servings.occurrence[issue.index["serving"]]
    slots = np.flatnonzero(occurrences.least[occurrence] > 0)
    keys, row = np.unique(occurrence[slots] * count + issue.index["bucket"][slots], return_inverse=True)
    index = {"occurrence": keys // count, "bucket": keys % count}
    met = np.broadcast_to(meets(network, issue.index["serving"][slots], issue.index["bucket"][slots]), len(slots))
    flow = Flow(row.reshape(-1), issue.start + slots, met)
    least, most = occurrences.least[index["occurrence"]], occurrences.quantity[index["occurrence"]]
    add_nothing_or_least(builder, "sent", index, flow, least, most, ("shipment", "minimum_shipment"))
