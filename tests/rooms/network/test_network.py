"""The facts of a case unrolled: which moves are gifts and sales, what supply lies where, what may stand in."""

from __future__ import annotations

import dataclasses

import pytest
from tests.cases import make_case

from scorta.network import Network, build_network
from scorta.network.facts import Facts, read_facts
from scorta.network.network import unroll
from scorta.network.reach import reach_of

LEGS = "leg origin destination mode transit_days"
NEED = "need place item quantity required_by priority"


def network_of(**tables: str) -> Network:
    """Build the network of a case of two weeks."""
    return build_network(make_case("week 2", **tables))


def test_a_network_holds_the_facts_it_was_unrolled_from() -> None:
    """Every fact is the same object in the network: nothing is read twice."""
    facts = read_facts(make_case("week 1", stocks="place item quantity | P rice 10"))
    network = unroll(facts, reach_of(facts))
    assert all(getattr(network, field.name) is getattr(facts, field.name) for field in dataclasses.fields(Facts))


def test_gifts_and_sales() -> None:
    """From A to B is a gift, from industry a sale, within A neither."""
    network = network_of(
        stocks="place item quantity | P rice 10 | W rice 10",
        legs=f"{LEGS} | L P R road 0 | N W R road 0 | O P Q road 0",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1 | N2 Q rice 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state | G A B rice 5 committed",
        contracts="contract buyer supplier item option unit_price_eur | C B I rice 9 1",
    )
    of_leg = {int(leg): number for number, leg in enumerate(network.moves.leg)}
    gift, sale = network.moves.gift, network.moves.sale
    assert [(bool(gift[of_leg[leg]]), bool(sale[of_leg[leg]])) for leg in range(3)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_supply_lies_at_its_spot() -> None:
    """Two rows of stock of one spot are one figure; a receipt stands at its spot and bucket."""
    network = network_of(
        stocks="place item quantity | P rice 4 | P rice 6", receipts="place item quantity due_on | P rice 3 2024-01-09"
    )
    assert (network.spots.opening.tolist(), network.spots.receipt_bucket.tolist()) == ([10], [1])
    assert network.owned_at.tolist() == [0]


@pytest.mark.parametrize(("dates", "useful"), [("- -", True), ("2024-03-01 -", False)])
def test_a_substitute_feeds_a_process(dates: str, useful: bool) -> None:
    """Rye may stand in for wheat at the mill from its first day on, if that lies within the plan."""
    network = network_of(
        items="item | rice | wheat | rye",
        stocks="place item quantity | P rye 10",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 1",
        substitutes=f"item substitute factor for_components from_date until_date | wheat rye 1 yes {dates}",
        needs=f"{NEED} | N1 P rice 5 2024-01-07 1",
    )
    assert (len(network.component_use.source) == 1) is useful
    assert (len(network.production.row) == 1) is useful
