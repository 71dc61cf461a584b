"""Budgets: what each decision costs whom and when, and what parties may spend in a calendar year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats, Horizon
from scorta.network import Network, ranges
from scorta.problem.contracts import purchase_costs
from scorta.problem.legs import open_days, ship_costs, use_costs
from scorta.problem.lines import expansion_costs
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.production import start_costs
from scorta.problem.stocks import holding_costs
from scorta.problem.switches import run_costs
from scorta.rules import Column, Rule

LARGE = 1e6
"""Budgets above it are counted in thousands of EUR, so that their figures stay near to those of other rules."""

NOT_BUDGETED = ("holding",)
"""Kinds of spending that are shown and charged to no budget."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What columns of one family cost: each unit of `columns` costs `party` so many `eur`.

    It is paid evenly from the beginning of day `begin` to the beginning of day `end`.
    """

    kind: str
    columns: Days
    party: Days
    begin: Floats
    end: Floats
    eur: Floats


def charges_of(problem: Builder | Problem, network: Network) -> tuple[Charge, ...]:
    """Return everything that decisions cost."""
    return tuple(charge(problem, network) for charge in _CHARGES)


def _purchases(problem: Builder | Problem, network: Network) -> Charge:
    """Charge what is bought to the buyer, on the days on which it arrives."""
    family, sales = problem.columns[Column.PURCHASE], network.sales
    sale = family.index["sale"]
    way, transit = sales.way[sale] + family.index["bucket"], network.legs.transit[sales.leg[sale]]
    begin, end = network.moves.arrivals.first_day[way] + transit, network.moves.arrivals.last_day[way] + 1 + transit
    buyer = network.contracts.buyer[family.index["contract"]]
    return _charge("purchase", family.numbers, buyer, begin, end, purchase_costs(problem, network))


def _production(problem: Builder | Problem, network: Network) -> Charge:
    """Charge what is started to the owner of the place, on the days on which it starts."""
    return _at_place(problem.columns[Column.START], network, start_costs(network))


def _set_ups(problem: Builder | Problem, network: Network) -> Charge:
    """Charge set-ups to the owner of the place, on the days of the bucket on which its process may start."""
    return _at_place(problem.columns[Column.RUN], network, run_costs(problem, network))


def _at_place(family: Family, network: Network, eur: Floats) -> Charge:
    """Charge what a process costs to the owner of its place, on the days of the bucket on which it may start."""
    process, production = family.index["process"], network.production
    way = production.flows(process, family.index["bucket"])
    owner = network.places.party[network.recipe.place[production.row[process]]]
    begin, end = production.arrivals.first_day[way], production.arrivals.last_day[way] + 1
    return _charge("production", family.numbers, owner, begin, end, eur)


def _transport(problem: Builder | Problem, network: Network) -> Charge:
    """Charge what leaves to the owner of the place it leaves, on the days on which it does."""
    family = problem.columns[Column.SHIP]
    move = family.index["move"]
    way = network.moves.flows(move, family.index["bucket"])
    owner = network.places.party[network.legs.origin[network.moves.leg[move]]]
    begin, end = network.moves.arrivals.first_day[way], network.moves.arrivals.last_day[way] + 1
    return _charge("transport", family.numbers, owner, begin, end, ship_costs(network))


def _leg_use(problem: Builder | Problem, network: Network) -> Charge:
    """Charge the fixed cost of a leg to the owner of the place where it begins, on its open days of the bucket."""
    family = problem.columns[Column.USED]
    first, last = open_days(network, family.index["leg"], family.index["bucket"])
    owner = network.places.party[network.legs.origin[family.index["leg"]]]
    return _charge("transport", family.numbers, owner, first, last + 1, use_costs(problem, network))


def _expansions(problem: Builder | Problem, network: Network) -> Charge:
    """Charge expansions to who pays for them, on the first day of the bucket in which each is decided."""
    family = problem.columns[Column.EXPAND]
    begin = network.horizon.starts[family.index["bucket"]]
    payer = network.expansions.payer[family.index["expansion"]]
    return _charge("expansion", family.numbers, payer, begin, begin + 1, expansion_costs(problem, network))


def _holding(problem: Builder | Problem, network: Network) -> Charge:
    """Charge what is held to the owner of the place, on the days of the bucket."""
    family, horizon = problem.columns[Column.STOCK], network.horizon
    owner, bucket = network.places.party[network.spots.place[family.index["spot"]]], family.index["bucket"]
    begin, end = horizon.starts[bucket], horizon.ends[bucket] + 1
    return _charge("holding", family.numbers, owner, begin, end, holding_costs(network))


_CHARGES: tuple[Callable[[Builder | Problem, Network], Charge], ...] = (
    *(_purchases, _production, _set_ups, _transport, _leg_use, _expansions, _holding),
)
"""What decisions cost, kind by kind; a family that costs something gets a function here."""


def _charge(kind: str, columns: Days, party: Days, begin: Days | Floats, end: Days | Floats, eur: Floats) -> Charge:
    """Leave out what costs nothing."""
    paid = np.flatnonzero(eur)
    return Charge(
        kind, columns[paid], party[paid], begin[paid].astype(np.float64), end[paid].astype(np.float64), eur[paid]
    )


def yearly(horizon: Horizon, begin: Floats, end: Floats) -> tuple[Days, Days, Floats]:
    """Split stretches of time by years of the calendar: return every (position, year, share that falls into it).

    Years count from the first of the plan; what falls after the last of them is not listed.
    """
    years = horizon.years
    edges = np.array([horizon.day(dt.date(year, 1, 1)) for year in (*years, years.stop)], dtype=np.float64)
    first = np.searchsorted(edges, begin, side="right") - 1
    last = np.minimum(np.searchsorted(edges, end, side="left") - 1, len(years) - 1)
    position, year = ranges(first, np.maximum(last - first + 1, 0))
    overlap = np.minimum(end[position], edges[year + 1]) - np.maximum(begin[position], edges[year])
    return position, year, overlap / (end - begin)[position]


def forced_spend(network: Network) -> Floats:
    """Return what receipts under contracts cost the buyers (party x year): it is no decision."""
    paid, day = network.paid, network.paid.day.astype(np.float64)
    position, year, share = yearly(network.horizon, day, day + 1)
    spend = np.zeros(network.budgets.shape)
    np.add.at(spend, (paid.buyer[position], year), share * paid.cost[position])
    return spend


def budget_unit(network: Network) -> float:
    """Return the EUR in which budgets are counted: 1, or a thousand where one leaves millions."""
    amount = network.budgets
    room = (amount - forced_spend(network))[np.isfinite(amount)]
    return 1000.0 if room.max(initial=0.0) > LARGE else 1.0


def add_budgets(builder: Builder, network: Network) -> None:
    """Bound what each party spends in each year that has a budget; what receipts force beyond it is allowed."""
    amount = network.budgets
    party, year = np.nonzero(np.isfinite(amount))
    room = np.maximum(amount - forced_spend(network), 0.0)[party, year]
    unit = budget_unit(network)
    index = {"party": party, "year": year + network.horizon.years.start}
    rule = builder.add_rule(Rule.BUDGET, index, len(party), -np.inf, room / unit)
    number = np.full(amount.shape, -1)
    number[party, year] = np.arange(len(party))
    for charge in charges_of(builder, network) if len(party) else ():
        if charge.kind not in NOT_BUDGETED:
            position, at, share = yearly(network.horizon, charge.begin, charge.end)
            row = number[charge.party[position], at]
            kept = np.flatnonzero(row >= 0)
            paid = share[kept] * charge.eur[position[kept]] / unit
            builder.add(rule.start + row[kept], charge.columns[position[kept]], paid)
