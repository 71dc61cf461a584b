"""Which agreements may cover which gifts and sales, and in which buckets: paired once."""

from __future__ import annotations

import pytest
from tests.cases import make_case

from scorta.network import Coverings, Network, build_network
from scorta.network.reach import reach_of

LEGS = "leg origin destination mode transit_days"
NEED = "need place item quantity required_by priority"
PLEDGE = "pledge donor recipient item quantity state only_for available_from available_until"
CONTRACT = "contract buyer supplier item option unit_price_eur deliver_to from_date until_date"


def gifts_network(pledges: str, gifts: str = "pledged") -> Network:
    """Return the network of a case in which A may give rice to B, who needs it, in four weeks."""
    case = make_case(
        "week 4",
        scenario={"gifts": gifts},
        stocks="place item quantity | P rice 10",
        legs=f"{LEGS} | L P R road 0 | M Q R road 0",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1 | N2 R rice 5 2024-01-07 1",
        pledges=f"{PLEDGE}{pledges}",
    )
    return build_network(case)


def sales_network(contracts: str) -> Network:
    """Return the network of a case in which I may sell rice to A at P and at Q."""
    return build_network(
        make_case(
            "week 4",
            stocks="place item quantity | W rice 10",
            legs=f"{LEGS} | L W P road 0 | M W Q road 0",
            needs=f"{NEED} | N1 P rice 5 2024-01-07 1 | N2 Q rice 5 2024-01-07 1",
            contracts=f"{CONTRACT}{contracts}",
        )
    )


def listed(coverings: Coverings) -> list[tuple[int, int, int, int]]:
    """Return agreement, group, first and last bucket of every pair that covers in any bucket."""
    span = coverings.span
    rows = zip(coverings.agreement, coverings.group, span.first, span.last, strict=True)
    return sorted((int(a), int(g), int(first), int(last)) for a, g, first, last in rows if first <= last)


def test_one_kind_of_gift_may_have_two_pledges() -> None:
    """A pledge to B and one to anyone both cover all four weeks; one by B covers nothing that A gives."""
    network = gifts_network(
        " | G A B rice 5 committed - - - | H A - rice 5 committed - - - | J B A rice 5 committed - - -"
    )
    assert listed(network.gifts.coverings) == [(0, 0, 0, 3), (1, 0, 0, 3)]
    assert (network.gifts.giver.tolist(), network.gifts.receiver.tolist()) == ([0], [1])
    assert network.gifts.moves.of_move.tolist() == [0]


def test_a_pledge_covers_whole_weeks_and_its_own_windows() -> None:
    """From 10 to 22 January: the rest of week 1, week 2 whole, and the first day of week 3.

    A pledge without dates covers those windows too; the windows are groups of their own, before the whole weeks.
    """
    dated = "G A B rice 5 committed - 2024-01-10 2024-01-22"
    windows = listed(gifts_network(f" | {dated}").gifts.coverings)
    assert sorted(pair[2:] for pair in windows) == [(1, 1), (2, 2), (3, 3)]
    both = listed(gifts_network(f" | {dated} | H A B rice 5 committed - - -").gifts.coverings)
    assert sorted(pair[2:] for pair in both if pair[0] == 1) == [(0, 3), (1, 1), (3, 3)]
    assert sorted(pair[2:] for pair in both if pair[0] == 0) == [(1, 1), (2, 2), (3, 3)]


def test_what_is_only_for_a_need_covers_what_becomes_reserved_for_it() -> None:
    """A pledge for N1 covers rice that arrives for N1, and one without a purpose what arrives for nobody."""
    network = gifts_network(" | G A B rice 5 committed N1 - - | H A B rice 5 committed - - -")
    reserved = network.gifts.reservation.tolist()
    assert {(pledge, reserved[gift]) for pledge, gift, *_ in listed(network.gifts.coverings)} == {(0, 1), (1, 0)}


@pytest.mark.parametrize(("gifts", "moves"), [("pledged", 0), ("open", 1)])
def test_an_ask_has_a_gift_and_no_pledge(gifts: str, moves: int) -> None:
    """Without any pledge nothing covers a gift; where gifts are open it may be asked for, and is a gift to be asked."""
    network = gifts_network("", gifts)
    assert (len(network.gifts.giver), listed(network.gifts.coverings)) == (moves, [])


def test_a_contract_covers_its_place_and_days() -> None:
    """C sells to any place of A, D to Q only and in weeks 1 and 2; a contract of B covers nothing that A buys."""
    network = sales_network(" | C A I rice 9 1 - - - | D A I rice 9 1 Q 2024-01-08 2024-01-21 | E B I rice 9 1 - - -")
    legs = network.sales.leg.tolist()
    found = {(contract, legs[sale], first, last) for contract, sale, first, last in listed(network.sales.coverings)}
    assert found == {(0, 0, 0, 3), (0, 1, 0, 3), (1, 1, 1, 2)}


def test_a_case_without_agreements_has_no_coverings() -> None:
    """Where gifts and purchases are free there is no gift and no sale to cover."""
    network = build_network(make_case("week 1", stocks="place item quantity | P rice 10"))
    assert (len(network.gifts.coverings.agreement), len(network.sales.coverings.agreement)) == (0, 0)
    assert len(reach_of(network).agreements.keys) == 0
