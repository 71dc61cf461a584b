"""The problem in linopy as it comes: one variable with one dimension for each family, sums by group."""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from modelling import FAMILIES, RULES, Data

linopy.options["semantics"] = "v1"


def build(data: Data, sparse: bool = False) -> Any:
    """Build the model and load it into HiGHS."""
    model = linopy.Model(sparse=sparse)
    variables = {name: _variable(model, data, name) for name in FAMILIES if data.sizes[name]}
    for rule, (sense, names) in RULES.items():
        left = _left(data, rule, names, variables)
        row = f"{rule}_row"
        here = left.indexes[row]
        side = xr.DataArray(data.sides[rule][here], coords={row: here}, dims=[row])
        model.add_constraints(left, sense.replace("==", "="), side, name=rule)
    parts = [
        (variable * xr.DataArray(data.costs[name], coords=variable.coords)).sum()
        for name, variable in variables.items()
    ]
    model.add_objective(sum(parts[1:], parts[0]))
    return model.to_highspy()


def optimum(loaded: Any) -> float:
    """Solve the loaded model and return its objective."""
    loaded.setOptionValue("output_flag", False)
    loaded.run()
    return float(loaded.getObjectiveValue())


def _variable(model: Any, data: Data, name: str) -> Any:
    """Add the variables of a family, closed members fixed at nothing."""
    upper = np.full(data.sizes[name], np.inf)
    upper[data.closed[name]] = 0.0
    index = pd.RangeIndex(data.sizes[name], name=name)
    return model.add_variables(lower=0, upper=xr.DataArray(upper, coords={name: index}), name=name)


def _left(data: Data, rule: str, names: tuple[str, ...], variables: dict[str, Any]) -> Any:
    """Sum the terms of all families that meet in each row."""
    parts = []
    for name in names:
        link = data.links[rule, name]
        if len(link.row):
            index = pd.RangeIndex(len(link.row), name="term")
            taken = variables[name].isel({name: xr.DataArray(link.column, coords={"term": index})})
            terms = (xr.DataArray(link.value, coords={"term": index}) * taken).drop_vars(name)
            parts.append(terms.groupby(pd.Series(link.row, index=index, name=f"{rule}_row")).sum())
    total = parts[0]
    for part in parts[1:]:
        total = total.add(part, join="outer")
    return total
