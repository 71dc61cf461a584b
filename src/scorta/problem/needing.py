"""Needing: what each need receives when, in which least shipments, and what it never receives."""

from __future__ import annotations

import numpy as np

from scorta.network import Network
from scorta.problem.problem import Builder
from scorta.problem.switching import Flow, add_nothing_or_least


def add_needs(builder: Builder, network: Network) -> None:
    """Add issue[serving, bucket] and unmet[need]: together they are what each occurrence asks for."""
    span, servings, demands = network.servings.span, network.servings, network.demands
    issue = builder.add_columns("issue", span.index(serving=np.arange(len(servings.spot))), span.size)
    unmet = builder.add_columns("unmet", {"demand": np.arange(len(demands))}, len(demands), demands.quantity)
    rule = builder.add_rule("need", unmet.index, len(demands), demands.quantity, demands.quantity)
    builder.add(rule.start + span.each(servings.demand.astype(np.int32)), issue.numbers, 1.0)
    builder.add(rule.numbers, unmet.numbers, 1.0)
    slots = span.each(network.spots.span.origin[servings.spot]) + span.bucket
    builder.add(builder.rules["balance"].start + slots, issue.numbers, 1.0)


def add_shipments(builder: Builder, network: Network) -> None:
    """Add sent[need, bucket]: whether a need with a minimum shipment receives anything in a bucket."""
    issue, demands, count = builder.columns["issue"], network.demands, len(network.horizon)
    demand = network.servings.demand[issue.index["serving"]]
    slots = np.flatnonzero(demands.least[demand] > 0)
    keys, row = np.unique(demand[slots] * count + issue.index["bucket"][slots], return_inverse=True)
    index = {"demand": keys // count, "bucket": keys % count}
    flow = Flow(row.reshape(-1), issue.start + slots, np.ones(len(slots)))
    least, most = demands.least[index["demand"]], demands.quantity[index["demand"]]
    add_nothing_or_least(builder, "sent", index, flow, least, most, ("shipment", "minimum_shipment"))
