"""From a network to a problem: every family of columns, then every rule, then the tiers."""

from __future__ import annotations

from functools import cache

from scorta.network import Network
from scorta.problem.budgets import add_budgets
from scorta.problem.contracts import add_call_offs, add_purchases
from scorta.problem.keys import add_shares
from scorta.problem.legs import (
    add_leg_capacity,
    add_leg_use,
    add_leg_windows,
    add_ship_balance,
    add_ships,
    add_throughput,
)
from scorta.problem.levels import add_levels, build_release
from scorta.problem.lines import add_line_hours
from scorta.problem.needs import add_needs, add_shipments, add_use
from scorta.problem.pledges import add_gifts
from scorta.problem.previous import add_change
from scorta.problem.problem import Builder, Problem
from scorta.problem.production import add_components, add_start_balance, add_starts, add_uses
from scorta.problem.stocks import (
    Inflow,
    add_balance,
    add_expiries,
    add_shelf_life,
    add_stocks,
    add_storage,
)
from scorta.problem.switches import Most, add_line_runs, add_runs, most_of
from scorta.problem.tiers import build_tiers


def build_problem(network: Network) -> Problem:
    """Write a network as columns, rows and tiers."""
    builder = Builder()
    ships = add_ships(builder, network)
    add_starts(builder, network)
    add_uses(builder, network)
    add_stocks(builder, network)
    add_expiries(builder, network)
    add_balance(builder, network)
    inflow = Inflow(builder, network)
    add_ship_balance(builder, network, inflow)
    add_start_balance(builder, network, inflow)
    add_components(builder, network)
    add_shelf_life(builder, network, inflow)
    add_needs(builder, network)
    add_gifts(builder, network)
    add_use(builder, network)
    add_purchases(builder, network)
    add_shares(builder, network)
    add_leg_capacity(builder, network, ships)
    add_leg_windows(builder, network, ships)
    add_throughput(builder, network, ships)
    add_line_hours(builder, network)
    add_storage(builder, network)
    add_levels(builder, network)
    _add_switches(builder, network)
    add_budgets(builder, network)
    add_change(builder, network)
    return builder.build(lambda: (build_tiers(builder, network), build_release(builder, network)))


def _add_switches(builder: Builder, network: Network) -> None:
    """Add what is on or off in a bucket, where a row asks for it; what bounds it is worked out only then."""

    @cache
    def most() -> Most:
        return most_of(network)

    add_runs(builder, network, most)
    add_line_runs(builder, network, most)
    add_leg_use(builder, network, most)
    add_shipments(builder, network)
    add_call_offs(builder, network, most)
