"""What each owner should hold of each item at the end of each bucket: floor, objective and maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import ROW, Case, Days, Floats, Horizon
from scorta.network.index import Bools, Pairs, days_of
from scorta.network.names import Names, Places

NONE = np.nan
"""Where an owner has no floor, objective or maximum."""


@dataclass(frozen=True, slots=True)
class Levels:
    """One row for each owner and item with objectives, one column for each bucket; `NONE` where nothing is set.

    The owner is a party (over all its places) or, where `place` is not -1, that place. `row` is the row of the
    input in force.
    """

    party: Days
    place: Days
    item: Days
    floor: Floats
    objective: Floats
    maximum: Floats
    priority: Floats
    row: Days

    def __len__(self) -> int:
        return len(self.item)

    @property
    def wanted(self) -> Bools:
        """Tell which rows ask their owner to hold something, at some time."""
        return np.asarray(~np.isnan(self.objective).all(axis=1) | ~np.isnan(self.floor).all(axis=1))


def read_levels(case: Case, names: Names, places: Places) -> Levels:
    """Put the row in force at the end of each bucket into its column."""
    horizon = case.horizon
    table = _ordered(case)
    owners = table.select("party", "place", "item").unique(maintain_order=True)
    keys = table.select("party", "place", "item").with_row_index("level_row")
    owner = (
        keys.join(owners.with_row_index("owner"), on=["party", "place", "item"], nulls_equal=True)
        .sort("level_row")["owner"]
        .to_numpy()
    )
    from_day = days_of(table["from_date"], horizon, 0)
    rule = _in_force(owner, from_day, len(owners), horizon)
    place = names.places.of(owners["place"])
    party = np.where(place >= 0, places.party[place], names.parties.of(owners["party"]))

    def figures(values: pl.Series) -> Floats:
        numbers = np.append(values.cast(pl.Float64).fill_null(NONE).to_numpy(), NONE)
        return np.asarray(numbers[rule], dtype=np.float64)

    return Levels(
        party=party,
        place=place,
        item=names.items.of(owners["item"]),
        floor=figures(table["floor"]),
        objective=figures(table["objective"]),
        maximum=figures(table["maximum"]),
        priority=figures(table["priority"].fill_null(1)),
        row=np.append(table[ROW].cast(pl.Int64).to_numpy(), 0)[rule],
    )


def _ordered(case: Case) -> pl.DataFrame:
    """Return the objectives by date, each with its objective also where it was given in days of supply."""
    supply = pl.col("daily_rate") * pl.col("days_of_supply")
    dated = pl.col("from_date").fill_null(case.scenario.as_of)
    table = case["objectives"].with_columns(pl.coalesce("objective", supply).alias("objective"), dated)
    return table.sort("from_date", maintain_order=True)


def _in_force(owner: Days, from_day: Days, owners: int, horizon: Horizon) -> Days:
    """Return the row in force for each owner at the end of each bucket (owner x bucket), -1 where none is yet."""
    width = horizon.last_day + 2
    since = Pairs(owners, width)
    codes = since.of(owner, np.clip(from_day, 0, width - 1))
    order = np.argsort(codes, kind="stable")
    wanted = since.of(np.arange(owners)[:, None], horizon.ends[None, :])
    slot = np.searchsorted(codes[order], wanted, side="right") - 1
    row = np.append(order, -1)[slot]
    return np.where((slot >= 0) & (np.append(owner, -1)[row] == np.arange(owners)[:, None]), row, -1)
