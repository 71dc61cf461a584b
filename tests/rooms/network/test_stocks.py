"""Spots as numbers, what lies and comes there without a decision, and what is reached earliest."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import make_case

from scorta.case import BEYOND
from scorta.network import Pairs
from scorta.network.facts import read_facts
from scorta.network.stocks import NEVER, Known, SpotNumbers

NUMBERS = SpotNumbers(Pairs(51, 4), reservations=3, expires=np.array([BEYOND, 9, 20]))

STEPS = st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=5), max_size=5)
"""Goods learnt of one after the other: pairs of a spot and a day."""


@given(st.integers(0, 50), st.integers(0, 3), st.integers(0, 8))
def test_a_spot_leads_back_to_place_item_and_lot(place: int, item: int, lot: int) -> None:
    """The number of a spot is that of no other: place, item and lot are read off it again."""
    spot = NUMBERS.spot(np.array([place]), np.array([item]), np.array([lot]))
    assert (NUMBERS.place(spot)[0], NUMBERS.item(spot)[0], NUMBERS.lot(spot)[0]) == (place, item, lot)
    assert NUMBERS.reservation(np.array([lot]))[0] == lot % 3
    assert NUMBERS.last_day(np.array([lot]))[0] == [BEYOND, 9, 20][lot // 3]


@given(STEPS)
def test_the_earliest_day_counts(steps: list[list[tuple[int, int]]]) -> None:
    """Whatever is learnt in whichever order, each spot keeps its first day, and only what is earlier is news."""
    known, first = Known(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)), dict[int, int]()
    for step in steps:
        spots, days = (np.array([pair[side] for pair in step], dtype=np.int64) for side in (0, 1))
        known, fresh = known.earlier(spots, days)
        news = {spot for spot in spots.tolist() if min(d for s, d in step if s == spot) < first.get(spot, 99)}
        assert set(fresh.tolist()) == news
        for spot, day in step:
            first[spot] = min(day, first.get(spot, 99))
    assert dict(zip(known.spots.tolist(), known.days.tolist(), strict=True)) == first
    assert known.day(np.array([77])).tolist() == [NEVER]


def test_supply_of_a_case() -> None:
    """Stock lies there from day 0; a receipt comes on its day, an overdue one on day 0; what is past its life is not.

    A receipt after the plan and an empty row of stock are no supply.
    """
    facts = read_facts(
        make_case(
            "week 2",
            stocks="place item quantity expires_on | P rice 5 - | P rice 6 2023-12-30 | Q rice 0 -",
            receipts="place item quantity due_on | P rice 2 2024-01-09 | Q rice 3 2023-12-01 | Q rice 4 2024-02-01",
        )
    )
    assert (facts.supply.opening.tolist(), facts.supply.receipt.tolist()) == ([5], [2, 3])
    assert facts.supply.receipt_bucket.tolist() == [1, 0]
    assert facts.supply.first_days(facts.horizon)[1].tolist() == [0, 7, 0]
