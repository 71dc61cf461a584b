"""The facts of a case: every figure read once, as columns of numbers, before anyone asks what can be reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.contracts import Contracts, Paid, read_contracts, read_paid
from scorta.network.index import Pairs, numbers_of
from scorta.network.kits import Substitutes, add_kits, read_substitutes
from scorta.network.legs import Capacities, Legs, read_legs
from scorta.network.levels import Levels, read_levels
from scorta.network.lines import Expansions, Lines, read_expansions, read_lines
from scorta.network.names import Items, Names, Places, read_items, read_names, read_places
from scorta.network.needs import Occurrences, read_occurrences
from scorta.network.pledges import Handover, Pledges, read_handover, read_pledges
from scorta.network.production import Recipe, read_recipe
from scorta.network.stocks import SpotNumbers, Supply, number_spots, read_supply


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


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case says, as columns of numbers.

    `substitutes` may serve needs, `stand_ins` components; `budgets` (party x year) are infinite where no row says so.
    """

    case: Case
    names: Names
    items: Items
    places: Places
    occurrences: Occurrences
    pledges: Pledges
    contracts: Contracts
    paid: Paid
    handover: Handover
    legs: Legs
    capacities: Capacities
    numbers: SpotNumbers
    supply: Supply
    levels: Levels
    recipe: Recipe
    lines: Lines
    expansions: Expansions
    substitutes: Substitutes
    stand_ins: Substitutes
    shares: Shares
    budgets: Floats

    @property
    def horizon(self) -> Horizon:
        """The buckets of the plan."""
        return self.case.horizon

    @property
    def owned(self) -> Pairs:
        """Number whose goods of which item: party and item."""
        return Pairs(len(self.names.parties), len(self.names.items))

    @property
    def goods(self) -> Pairs:
        """Number goods of which item where: place and item."""
        return self.numbers.goods

    @property
    def over_legs(self) -> Pairs:
        """Number goods of which item over which leg: leg and item."""
        return Pairs(len(self.names.legs), len(self.names.items))

    @property
    def cargo(self) -> Pairs:
        """Number what goes over legs: leg and item as one number, and 1 where it waits for repair."""
        return Pairs(self.over_legs.size, 2)

    @property
    def for_needs(self) -> Pairs:
        """Number goods of which item for which need: need and item."""
        return Pairs(len(self.names.needs), len(self.names.items))

    def by_bucket(self, owners: int) -> Pairs:
        """Number each of some owners in each bucket: owner and bucket."""
        return Pairs(owners, len(self.horizon))

    def ends_of(self, legs: Days) -> tuple[Days, Days]:
        """Return the party from whose place each leg leads, and the party to whose."""
        return self.places.party[self.legs.origin[legs]], self.places.party[self.legs.destination[legs]]


def read_facts(case: Case) -> Facts:
    """Read every table of a case once."""
    names = read_names(case)
    places = read_places(case, names)
    occurrences, levels = read_occurrences(case, names, places), read_levels(case, names, places)
    substitutes, lines = read_substitutes(case, names), read_lines(case, names, places)
    recipe = add_kits(read_recipe(case, names), case, names, places, occurrences, levels, substitutes)
    legs, capacities = read_legs(case, names)
    numbers = number_spots(case, names)
    return Facts(
        case=case,
        names=names,
        items=read_items(case, names),
        places=places,
        occurrences=occurrences,
        pledges=read_pledges(case, names),
        contracts=read_contracts(case, names),
        paid=read_paid(case, names),
        handover=read_handover(case),
        legs=legs,
        capacities=capacities,
        numbers=numbers,
        supply=read_supply(case, names, numbers),
        levels=levels,
        recipe=recipe,
        lines=lines,
        expansions=read_expansions(case, names, lines),
        substitutes=substitutes,
        stand_ins=read_substitutes(case, names, components=True),
        shares=read_shares(case, names),
        budgets=_budgets(case, names),
    )


def _budgets(case: Case, names: Names) -> Floats:
    """Return what each party may spend in each year of the plan, infinite where no row says so."""
    table, years = case["budgets"], case.horizon.years
    party, year = names.parties.of(table["party"]), table["year"].to_numpy() - years.start
    inside = np.flatnonzero((party >= 0) & (year >= 0) & (year < len(years)))
    amount, is_set = np.zeros((len(names.parties), len(years))), np.zeros((len(names.parties), len(years)), dtype=bool)
    np.add.at(amount, (party[inside], year[inside]), numbers_of(table["amount_eur"], 0.0)[inside])
    is_set[party[inside], year[inside]] = True
    return np.where(is_set, amount, np.inf)


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
