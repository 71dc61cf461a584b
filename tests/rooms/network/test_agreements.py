"""Which agreements may cover which gifts and sales, and in which buckets: paired once."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.case import BEYOND
from scorta.network import WHOLE, Coverings, Network, Windows, build_network, whole_buckets
from scorta.network.agreements import parts_of
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


HORIZON = make_case("week 3").horizon
"""Days 0 to 20."""


@pytest.mark.parametrize(
    ("opens", "closes", "parts"),
    [
        (0, 20, [(0, 2, WHOLE)]),
        (-5, BEYOND, [(0, 2, WHOLE)]),
        (7, 13, [(1, 1, WHOLE)]),
        (8, 12, [(1, 1, (8, 12))]),
        (3, 17, [(1, 1, WHOLE), (0, 0, (3, 6)), (2, 2, (14, 17))]),
        (6, 7, [(0, 0, (6, 6)), (1, 1, (7, 7))]),
        (21, 30, []),
        (-9, -1, []),
    ],
)
def test_parts(opens: int, closes: int, parts: list[tuple[int, int, int | tuple[int, int]]]) -> None:
    """Whole weeks stand together, and what is cut off of a week is a window; outside the plan there is nothing."""
    windows = Windows(HORIZON.last_day + 1)
    found = parts_of(HORIZON, windows, np.array([opens]), np.array([closes]))
    days = [
        WHOLE if window == WHOLE else (int(windows.opens(window)), int(windows.closes(window)))
        for window in found.window
    ]
    assert list(zip(found.first.tolist(), found.last.tolist(), days, strict=True)) == parts


def test_a_whole_window_has_no_bounds() -> None:
    """Goods without a window may leave from before all days to after all days."""
    windows = Windows(21)
    assert int(windows.opens(np.array([WHOLE]))[0]) < 0
    assert int(windows.closes(np.array([WHOLE]))[0]) > HORIZON.last_day


def test_whole_buckets() -> None:
    """Days 1 to 19 hold week 1 whole; days 1 to 12 hold none."""
    first, last = whole_buckets(HORIZON, np.array([1, 1]), np.array([19, 12]))
    assert (first[0], last[0]) == (1, 1)
    assert first[1] > last[1]
