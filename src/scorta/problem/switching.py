"""Switching: columns of 0 or 1 that tell whether something happens in a bucket, and the rows that tie flows to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.problem.problem import Builder, Family

ROUND_OFF = 1e-9
"""How far the most may be below the least, relative to it, and count as the same."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What is tied to switches: `units` of each `column` count towards the flow of a `switch`, numbered from 0."""

    switch: Days
    column: Days
    units: Floats


def add_nothing_or_least(
    builder: Builder,
    name: str,
    index: Mapping[str, Days],
    flow: Flow,
    least: Floats,
    most: Floats,
    rules: tuple[str, str],
) -> Family:
    """Add a switch for each member of the index: its flow is nothing, or from `least` to `most` where it is on.

    `rules` names the rows of the most and of the least. `most` is finite, and as small as the facts allow; where it
    is less than `least`, the switch stays off.
    """
    switches = add_switches(builder, name, index, most >= least * (1.0 - ROUND_OFF))
    every = np.arange(switches.size)
    tie_most(builder, rules[0], index, switches.start + every, flow, most)
    tie_least(builder, rules[1], index, switches.start + every, flow, least)
    return switches


def add_switches(builder: Builder, name: str, index: Mapping[str, Days], can: np.ndarray) -> Family:
    """Add a column of 0 or 1 for each member of the index; where nothing can be, it stays 0."""
    return builder.add_columns(name, index, len(can), np.where(can, 1.0, 0.0), whole=True)


def tie_most(builder: Builder, rule: str, index: Mapping[str, Days], switch: Days, flow: Flow, most: Floats) -> Family:
    """Add a row for each member of the index: no flow unless the switch in column `switch` is on, and then `most`."""
    rows = builder.add_rule(rule, index, len(switch), -np.inf, 0.0)
    builder.add_summed(rows.start + flow.switch, flow.column, flow.units)
    lets = np.flatnonzero(most > 0)
    builder.add(rows.start + lets, switch[lets], -most[lets])
    return rows


def tie_least(
    builder: Builder, rule: str, index: Mapping[str, Days], switch: Days, flow: Flow, least: Floats
) -> Family:
    """Add a row for each member of the index that has a least: where its switch is on, the flow is no less."""
    has = np.flatnonzero(least > 0)
    number = np.full(len(switch), -1)
    number[has] = np.arange(len(has))
    rows = builder.add_rule(rule, {side: values[has] for side, values in index.items()}, len(has), 0.0, np.inf)
    kept = number[flow.switch] >= 0
    builder.add_summed(rows.start + number[flow.switch[kept]], flow.column[kept], flow.units[kept])
    builder.add(rows.numbers, switch[has], -least[has])
    return rows
