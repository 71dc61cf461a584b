"""The problem in PuLP: a list of variables for each family, one affine expression for each row."""

from __future__ import annotations

from typing import Any

import highspy
import pulp

from modelling import FAMILIES, RULES, Data
from rivals.rows import Terms, rows_of


def build(data: Data) -> Any:
    """Build the model and load it into HiGHS."""
    model = pulp.LpProblem("supply", pulp.LpMinimize)
    variables = {name: [pulp.LpVariable(f"{name}_{k}", 0) for k in range(data.sizes[name])] for name in FAMILIES}
    for name, closed in data.closed.items():
        for number in closed.tolist():
            variables[name][number].upBound = 0
    costs = (zip(variables[name], data.costs[name].tolist(), strict=True) for name in FAMILIES)
    model += pulp.LpAffineExpression([term for family in costs for term in family])
    for rule, (sense, _) in RULES.items():
        side = data.sides[rule].tolist()
        for row, terms in rows_of(data, rule).items():
            model += _compare(_left(variables, terms), sense, side[row]), f"{rule}_{row}"
    solver = pulp.HiGHS(msg=False)
    model.solverModel = highspy.Highs()
    solver.buildSolverModel(model)
    return model.solverModel


def optimum(loaded: Any) -> float:
    """Solve the loaded model and return its objective."""
    loaded.setOptionValue("output_flag", False)
    loaded.run()
    return float(loaded.getObjectiveValue())


def _left(variables: dict[str, Any], terms: Terms) -> Any:
    """Sum the terms of a row."""
    return pulp.LpAffineExpression(
        [
            (variables[name][column], value)
            for name, columns, values in terms
            for column, value in zip(columns, values, strict=True)
        ]
    )


def _compare(left: Any, sense: str, right: float) -> Any:
    """Put the sense between the two sides."""
    if sense == "==":
        return left == right
    return left <= right if sense == "<=" else left >= right
