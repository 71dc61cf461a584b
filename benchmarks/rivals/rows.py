"""The terms of every row as lists, for tools that take one constraint at a time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from modelling import RULES, Data

Terms = list[tuple[str, list[int], list[float]]]
"""Of one row: the family, its members and their factors, family after family."""


def rows_of(data: Data, rule: str) -> dict[int, Terms]:
    """Return the terms of every row of a rule that holds any."""
    rows: dict[int, Terms] = {}
    for name in RULES[rule][1]:
        link = data.links[rule, name]
        order = np.argsort(link.row, kind="stable")
        row, column, value = link.row[order], link.column[order].tolist(), link.value[order].tolist()
        heads = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]])) if len(row) else row
        for first, last in pairwise([*heads.tolist(), len(row)]):
            rows.setdefault(int(row[first]), []).append((name, column[first:last], value[first:last]))
    return rows
