"""Burden-sharing keys: who carries which share, and what each party has given already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.network.index import numbers_of
from scorta.network.names import Names


@dataclass(frozen=True, slots=True)
class Shares:
    """One row for each party of each key.

    `cap` is by how much what is given in the plan may exceed the share (infinite: no limit); `given` is the value
    that the party has given already, and `total` that of all parties of the key together, in EUR.
    """

    key: Days
    party: Days
    share: Floats
    cap: Floats
    given: Floats
    total: Floats

    def __len__(self) -> int:
        return len(self.key)


def read_shares(case: Case, names: Names) -> Shares:
    """Read the keys, with what their parties have given before the plan."""
    table = case["keys"]
    key, party = names.keys.of(table["key"]), names.parties.of(table["party"])
    given = _given(case, names)[party] if len(table) else np.zeros(0)
    total = np.bincount(key, given, len(names.keys)).astype(np.float64)
    return Shares(
        key=key,
        party=party,
        share=numbers_of(table["share"], 0.0),
        cap=numbers_of(table["maximum_excess"], np.inf),
        given=given,
        total=total[key],
    )


def _given(case: Case, names: Names) -> Floats:
    """Return the value of what pledges of each party have delivered, and of what receipts bring under them."""
    come = case["receipts"].group_by("pledge").agg(come=pl.col("quantity").sum())
    whole = (pl.col("state") == "delivered") & (pl.col("delivered_quantity") == 0.0)
    delivered = pl.when(whole).then(pl.col("quantity").fill_null(0.0)).otherwise(pl.col("delivered_quantity"))
    rows = (
        case["pledges"]
        .join(come, on="pledge", how="left", maintain_order="left")
        .join(case["items"].select("item", worth="value_eur"), on="item", how="left", maintain_order="left")
        .select("donor", value=(delivered + pl.col("come").fill_null(0.0)) * pl.col("worth").fill_null(0.0))
    )
    donor = names.parties.of(rows["donor"])
    return np.bincount(donor, numbers_of(rows["value"], 0.0), len(names.parties)).astype(np.float64)
