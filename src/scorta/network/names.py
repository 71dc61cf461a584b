"""The codes of a case, numbered, and what is known of its places and items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.network.index import Bools, Index, numbers_of

UNRESERVED = 0
"""The reservation of goods that are reserved for nothing."""

NO_REPAIRABLE = -1
"""The reservation of repairable goods in a case that has none."""

KG_PER_T = 1000.0
"""Kilograms in a tonne."""


@dataclass(frozen=True, slots=True)
class Names:
    """The codes of the case, numbered: those of rows by row, those of lines and keys by their first row.

    `reservations` are the needs and places that goods can be reserved for.
    """

    parties: Index
    places: Index
    items: Index
    reservations: Index
    needs: Index
    pledges: Index
    contracts: Index
    legs: Index
    processes: Index
    lines: Index
    expansions: Index
    keys: Index

    @property
    def repairable(self) -> int:
        """The reservation of goods that wait for repair, `NO_REPAIRABLE` where there are none."""
        return len(self.reservations) - 1 if self.reservations.codes.null_count() else NO_REPAIRABLE


@dataclass(frozen=True, slots=True)
class Places:
    """The places: whose each is, what it stores in tonnes and lets through in tonnes a month (infinite: no limit)."""

    party: Days
    storage: Floats
    throughput: Floats


@dataclass(frozen=True, slots=True)
class Items:
    """The items: tonnes and EUR of a unit, EUR for holding it a month (0 where nobody says), and days it keeps.

    `life` is infinite where an item keeps. `has_dates` tells of which items some lot has a last day of use, `is_part`
    which go into kits, and `is_substitute` which may be used in place of another, today or on other days.
    """

    mass: Floats
    value: Floats
    holding: Floats
    life: Floats
    has_dates: Bools
    is_part: Bools
    is_substitute: Bools


def read_names(case: Case) -> Names:
    """Number the codes of a case."""
    return Names(
        parties=Index(case["parties"]["party"]),
        places=Index(case["places"]["place"]),
        items=Index(case["items"]["item"]),
        reservations=_reservations(case),
        needs=Index(case["needs"]["need"]),
        pledges=Index(case["pledges"]["pledge"]),
        contracts=Index(case["contracts"]["contract"]),
        legs=Index(case["legs"]["leg"]),
        processes=Index(case["processes"]["process"]),
        lines=Index(case["lines"]["line"].unique(maintain_order=True)),
        expansions=Index(case["expansions"]["expansion"]),
        keys=Index(case["keys"]["key"].unique(maintain_order=True)),
    )


def _reservations(case: Case) -> Index:
    """Number everything that goods can be reserved for: needs and places; number 0 is nothing.

    Where a case has repairable stock, the last number is that of goods that wait for repair; it has no code.
    """
    waits = case["stocks"]["condition"] == "repairable"
    named = [case["stocks"]["reserved_for"].filter(~waits), case["pledges"]["only_for"].alias("reserved_for")]
    found = pl.concat(named).drop_nulls().unique(maintain_order=True)
    repair = pl.Series("reserved_for", [None] if waits.any() else [], dtype=pl.String)
    return Index(pl.concat([pl.Series("reserved_for", [""]), found, repair]))


def read_places(case: Case, names: Names) -> Places:
    """Read the places into columns."""
    table = case["places"]
    return Places(
        party=names.parties.of(table["party"]),
        storage=numbers_of(table["storage_t"], np.inf),
        throughput=numbers_of(table["throughput_t_per_month"], np.inf),
    )


def read_items(case: Case, names: Names) -> Items:
    """Read the items into columns."""
    table, every = case["items"], np.arange(len(names.items))
    dated = case["stocks"].filter(pl.col("expires_on").is_not_null())["item"]
    return Items(
        mass=numbers_of(table["mass_kg"], 0.0) / KG_PER_T,
        value=numbers_of(table["value_eur"], 0.0),
        holding=numbers_of(table["holding_eur_per_month"], 0.0),
        life=numbers_of(table["shelf_life_days"], np.inf),
        has_dates=np.isin(every, names.items.of(dated)),
        is_part=np.isin(every, names.items.of(case["kits"]["component"])),
        is_substitute=np.isin(every, names.items.of(case["substitutes"]["substitute"])),
    )
