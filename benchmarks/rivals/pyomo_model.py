"""The problem in Pyomo: an indexed variable for each family, an indexed constraint with a rule for each rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyomo.environ as pyo
from pyomo.contrib.solver.solvers.highs import Highs

from modelling import FAMILIES, RULES, Data
from rivals.rows import Terms, rows_of


def build(data: Data) -> Any:
    """Build the model and load it into HiGHS."""
    model = pyo.ConcreteModel()
    for name in FAMILIES:
        closed = set(data.closed[name].tolist())
        model.add_component(name, pyo.Var(range(data.sizes[name]), bounds=_bounds(closed)))
    for rule, (sense, _) in RULES.items():
        rows = rows_of(data, rule)
        made = pyo.Constraint(list(rows), rule=_rule(rows, sense, data.sides[rule].tolist()))
        model.add_component(f"{rule}_rule", made)
    model.cost = pyo.Objective(
        expr=pyo.quicksum(
            cost * model.component(name)[number]
            for name in FAMILIES
            for number, cost in enumerate(data.costs[name].tolist())
            if cost
        )
    )
    solver = Highs()
    solver.set_instance(model)
    return solver


def optimum(loaded: Any) -> float:
    """Solve the loaded model and return its objective."""
    loaded._solver_model.setOptionValue("output_flag", False)
    loaded._solver_model.run()
    return float(loaded._solver_model.getObjectiveValue())


def _bounds(closed: set[int]) -> Callable[[Any, int], tuple[float, float | None]]:
    """Return the rule of the bounds of a family."""
    return lambda model, number: (0.0, 0.0 if number in closed else None)


def _rule(rows: dict[int, Terms], sense: str, side: list[float]) -> Callable[[Any, int], Any]:
    """Return the rule of a family of constraints."""

    def left(model: Any, row: int) -> Any:
        return pyo.quicksum(
            value * model.component(name)[column]
            for name, columns, values in rows[row]
            for column, value in zip(columns, values, strict=True)
        )

    if sense == "==":
        return lambda model, row: left(model, row) == side[row]
    if sense == "<=":
        return lambda model, row: left(model, row) <= side[row]
    return lambda model, row: left(model, row) >= side[row]
