"""Substitutes: what may be used in place of an item, and how far, bucket by bucket."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.network.index import Groups, days_of, numbers_of, open_end
from scorta.network.names import Names


@dataclass(frozen=True, slots=True)
class Substitutes:
    """One row for each pair of an item and a substitute that some row of the table puts in force within the plan.

    `factor[pair, bucket]` is how many units of `item` one unit of `substitute` meets: the largest of the rows whose
    dates touch the bucket, 0 where none does. `first` and `last` are the first and last bucket in which one does.
    """

    item: Days
    substitute: Days
    factor: Floats
    first: Days
    last: Days

    def __len__(self) -> int:
        return len(self.item)

    def of(self, items: Days) -> tuple[Days, Days]:
        """Return every (position in `items`, pair that has a substitute for it), in order."""
        count = int(max(items.max(initial=-1), self.item.max(initial=-1))) + 1
        return Groups.build(self.item, count).expand(items)


def read_substitutes(case: Case, names: Names, components: bool = False) -> Substitutes:
    """Read the substitutes into columns; for `components` only those that may stand in for a component."""
    table, horizon = case["substitutes"].filter(pl.col("factor") > 0), case.horizon
    table = table.filter("for_components") if components else table
    from_day, until_day = days_of(table["from_date"], horizon, 0), open_end(table["until_date"], horizon)
    touches = (from_day[:, None] <= horizon.ends[None, :]) & (until_day[:, None] >= horizon.starts[None, :])
    kinds = np.stack([names.items.of(table["item"]), names.items.of(table["substitute"])])
    pairs, number = np.unique(kinds, axis=1, return_inverse=True)
    factor = np.zeros((pairs.shape[1], len(horizon)))
    np.maximum.at(factor, number.reshape(-1), np.where(touches, numbers_of(table["factor"], 0.0)[:, None], 0.0))
    held = factor > 0
    used = held.any(axis=1) & (pairs[0] != pairs[1])
    first = held.argmax(axis=1)[used]
    last = len(horizon) - 1 - held[:, ::-1].argmax(axis=1)[used]
    return Substitutes(pairs[0][used], pairs[1][used], factor[used], first, last)
