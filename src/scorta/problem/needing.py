"""Needing: what each need receives when, and what it never receives."""

from __future__ import annotations

import numpy as np

from scorta.network import Network
from scorta.problem.problem import Builder


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
