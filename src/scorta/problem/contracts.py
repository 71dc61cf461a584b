"""Contracts: what industry sells, under which contract, in which least orders, and what of what is firm is missing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network, ranges
from scorta.problem.pledges import add_cover, bound_cover
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.switches import Flow, Most, add_nothing_or_least
from scorta.rules import Column, Rule


def add_purchases(builder: Builder, network: Network) -> None:
    """Add purchase[contract, sale, bucket], what covers sales, and undelivered[contract], what a firm order lacks."""
    contracts, names = network.contracts, (Column.PURCHASE, Rule.PURCHASE, Rule.CONTRACT, "contract", "sale")
    bought = add_cover(builder, network, names, network.sales, contracts)
    firm = contracts.firm[contracts.is_due]
    due = bound_cover(builder, bought, (Rule.FIRM_ORDER, "contract"), contracts.is_due, firm, np.inf)
    undelivered = builder.add_columns(Column.UNDELIVERED, due.index, due.size, firm)
    builder.add(due.numbers, undelivered.numbers, 1.0)


def add_call_offs(builder: Builder, network: Network, most: Callable[[], Most]) -> None:
    """Add called[contract, bucket]: whether more than what is firm is ordered in a bucket, with a minimum order."""
    purchase, contracts, called_in = (
        builder.columns[Column.PURCHASE],
        network.contracts,
        network.by_bucket(len(network.contracts)),
    )
    contract = purchase.index["contract"]
    slots = np.flatnonzero(contracts.least[contract] > 0)
    keys, row = np.unique(called_in.of(contract[slots], purchase.index["bucket"][slots]), return_inverse=True)
    index = called_in.index(keys, "contract")
    firm, of_firm = _add_firm_parts(builder, network, index)
    flow = Flow(
        np.append(row.reshape(-1), firm),
        np.append(purchase.start + slots, of_firm.numbers),
        np.repeat([1.0, -1.0], [len(slots), len(firm)]),
    )
    least, names = contracts.least[index["contract"]], (Rule.CALL_OFF, Rule.MINIMUM_ORDER)
    called = add_nothing_or_least(builder, Column.CALLED, index, flow, least, _most_called(network, index, most), names)
    _put_firm_first(builder, network, of_firm, called.start + firm)


def _add_firm_parts(builder: Builder, network: Network, index: dict[str, Days]) -> tuple[Days, Family]:
    """Add of_firm[contract, bucket], what of a purchase is firm, where anything is; return where, and the family."""
    firm, is_tied = network.contracts.firm, (network.contracts.firm > 0) & (network.contracts.least > 0)
    at = np.flatnonzero(is_tied[index["contract"]])
    inside = {side: numbers[at] for side, numbers in index.items()}
    of_firm = builder.add_columns(Column.OF_FIRM, inside, len(at), firm[inside["contract"]])
    bound_cover(builder, of_firm, (Rule.FIRM_PART, "contract"), is_tied, -np.inf, firm[is_tied])
    return at, of_firm


def _most_called(network: Network, index: dict[str, Days], most: Callable[[], Most]) -> Floats:
    """Return the most that can be called off: what is left of an option; of a framework, what can be there."""
    contracts, contract = network.contracts, index["contract"]
    option = (contracts.left - contracts.firm)[contract]
    if not np.isfinite(option).all():
        return np.minimum(option, most().items[contracts.item[contract], index["bucket"]])
    return option


def _put_firm_first(builder: Builder, network: Network, of_firm: Family, called: Days) -> None:
    """Let nothing be called off in a bucket unless by its end all that is firm has been handed over."""
    contract = of_firm.index["contract"]
    rows = builder.add_rule(Rule.FIRM_FIRST, of_firm.index, of_firm.size, 0.0, np.inf)
    begins = np.searchsorted(contract, contract)
    row, before = ranges(begins, np.arange(of_firm.size) - begins + 1)
    builder.add(rows.start + row, of_firm.start + before, 1.0)
    builder.add(rows.numbers, called, -network.contracts.firm[contract])


def purchase_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the price of each unit bought, in EUR."""
    return network.contracts.price[builder.columns[Column.PURCHASE].index["contract"]]
