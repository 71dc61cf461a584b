"""The problem as data for a modelling tool: columns, rows and the links between them, with one merged objective."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorta.problem import Problem

Array = np.ndarray

RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "balance": ("==", ("stock", "ship", "start", "expire", "issue")),
    "need": ("==", ("issue", "unmet")),
    "handover": ("==", ("ship", "handover")),
    "pledge": ("<=", ("handover",)),
    "use": ("<=", ("handover", "ship")),
    "enough": ("<=", ("ship",)),
    "leg_capacity": ("<=", ("ship",)),
    "leg_window": ("<=", ("ship",)),
    "line_hours": ("<=", ("start",)),
    "floor": (">=", ("stock", "below_floor")),
    "objective": (">=", ("stock", "below_objective")),
}
"""The rules of a made case: what stands between the two sides, and the families of columns on the left."""

FAMILIES = (
    "ship", "start", "stock", "expire", "issue", "unmet", "handover", "below_floor", "below_objective",
)  # fmt: skip
"""The families of columns of a made case."""

WEIGHTS = {"unmet": 1000.0, "late": 1.0, "floors": 10.0, "objectives": 0.01, "cost": 1e-4, "earliest": 1e-4}
"""What a unit of each tier counts in the merged objective; unmet and late are divided by their priority."""


@dataclass(frozen=True, slots=True)
class Link:
    """The terms of one family in one rule: `value` times member `column` stands in row `row`."""

    row: Array
    column: Array
    value: Array


@dataclass(frozen=True, slots=True)
class Data:
    """What a modeller starts from: sizes, costs and closed members of the families, sides of the rules, links."""

    sizes: dict[str, int]
    costs: dict[str, Array]
    closed: dict[str, Array]
    sides: dict[str, Array]
    links: dict[tuple[str, str], Link]


def merged_costs(problem: Problem) -> Array:
    """Return one cost for each column: the tiers of the case added up with weights."""
    costs = np.zeros(len(problem.lower))
    for tier in problem.tiers:
        name, *rest = tier.name.split(" ")
        weight = WEIGHTS[rest[1]] / int(rest[0]) if name == "needs" else WEIGHTS[name]
        np.add.at(costs, tier.columns, weight * tier.costs)
    return costs


def data_of(problem: Problem) -> Data:
    """Take a problem apart into the data of its families and rules."""
    costs = merged_costs(problem)
    families = {name: problem.columns[name] for name in FAMILIES}
    sides = {}
    for name, (sense, _) in RULES.items():
        rule = problem.rules[name]
        bound = problem.row_upper if sense == "<=" else problem.row_lower
        sides[name] = bound[rule.start : rule.stop]
    return Data(
        sizes={name: family.size for name, family in families.items()},
        costs={name: costs[family.start : family.stop] for name, family in families.items()},
        closed={
            name: np.flatnonzero(problem.upper[family.start : family.stop] == 0) for name, family in families.items()
        },
        sides=sides,
        links={(rule, name): _link(problem, rule, name) for rule, (_, names) in RULES.items() for name in names},
    )


def _link(problem: Problem, rule: str, name: str) -> Link:
    """Return the terms of a family in a rule."""
    family, rows = problem.columns[name], problem.rules[rule]
    first, last = problem.starts[family.start], problem.starts[family.stop]
    column = np.repeat(np.arange(family.size), np.diff(problem.starts[family.start : family.stop + 1]))
    row, value = problem.rows[first:last], problem.values[first:last]
    kept = (row >= rows.start) & (row < rows.stop)
    return Link((row[kept] - rows.start).astype(np.int64), column[kept], value[kept])


def check_complete(problem: Problem, data: Data) -> None:
    """See that no entry of the problem is missing from the data."""
    entries = sum(len(link.row) for link in data.links.values())
    if entries != len(problem.values) or sum(data.sizes.values()) != len(problem.lower):
        raise ValueError("The made case holds families or rules that the modelling tools are not given.")


def save(data: Data, path: Path) -> None:
    """Write the data to a file of our own making."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(data, protocol=5))


def load(path: Path) -> Data:
    """Read the data that `save` wrote."""
    data: Data = pickle.loads(path.read_bytes())
    return data
