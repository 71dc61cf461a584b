"""The problem in Pyoframe: a variable over a data frame for each family, parameters for the links, sums by row."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyoframe as pf

from modelling import FAMILIES, RULES, Data


def build(data: Data) -> Any:
    """Build the model; Pyoframe hands every variable and constraint to HiGHS as it goes."""
    model = pf.Model("highs")
    for name in FAMILIES:
        if data.sizes[name]:
            setattr(model, name, pf.Variable({name: range(data.sizes[name])}, lb=0))
            _close(model, data, name)
    for rule, (sense, names) in RULES.items():
        setattr(model, f"{rule}_rule", _compare(_left(model, data, rule, names), sense, _side(data, rule, names)))
    model.minimize = sum(_cost(model, data, name) for name in FAMILIES if data.sizes[name])
    return model


def optimum(loaded: Any) -> float:
    """Solve the loaded model and return its objective."""
    loaded.optimize()
    return float(loaded.objective.value)


def _close(model: Any, data: Data, name: str) -> None:
    """Fix the closed members of a family at nothing."""
    if len(data.closed[name]):
        closed = getattr(model, name).filter(pl.col(name).is_in(data.closed[name].tolist()))
        setattr(model, f"{name}_closed", closed <= 0)


def _left(model: Any, data: Data, rule: str, names: tuple[str, ...]) -> Any:
    """Sum the terms of all families that meet in each row."""
    total = None
    for name in names:
        link = data.links[rule, name]
        if len(link.row):
            share = pf.Param(pl.DataFrame({name: link.column, f"{rule}_row": link.row, "value": link.value}))
            part = (getattr(model, name) * share).sum(name)
            total = part if total is None else total.keep_extras() + part.keep_extras()
    return total


def _side(data: Data, rule: str, names: tuple[str, ...]) -> Any:
    """Return the right side of the rows that hold any term."""
    rows = pl.concat([pl.Series(data.links[rule, name].row) for name in names]).unique()
    return pf.Param(pl.DataFrame({f"{rule}_row": rows, "value": data.sides[rule][rows.to_numpy()]}))


def _compare(left: Any, sense: str, right: Any) -> Any:
    """Put the sense between the two sides."""
    if sense == "==":
        return left == right
    return left <= right if sense == "<=" else left >= right


def _cost(model: Any, data: Data, name: str) -> Any:
    """Return the cost of a family."""
    costs = pf.Param(pl.DataFrame({name: range(data.sizes[name]), "cost": data.costs[name]}))
    return (costs * getattr(model, name)).sum()
