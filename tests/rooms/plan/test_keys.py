"""What parties of a key give beside their shares, and what a way of sharing leaves."""

from __future__ import annotations

import pytest
from tests.rooms.plan.conftest import cells, planned

from scorta.plan import fair_plan

CASE = {
    "items": "item value_eur | rice 2",
    "stocks": "place item quantity | P rice 9 | S rice 9",
    "places": "place party | P A | S C | R B",
    "parties": "party kind | A nation | B nation | C nation",
    "legs": "leg origin destination mode transit_days | L P R road 0 | M S R road 0",
    "pledges": "pledge donor recipient item quantity state | G A B rice 6 committed | H C B rice 2 committed",
    "keys": "key party share | K A 0.5 | K C 0.5",
    "needs": "need place item quantity required_by priority | N1 R rice 10 2024-01-07 1",
}
"""A can give 6 and C 2 of the 10 that B needs, at 2 EUR: 16 EUR, of which each should give half."""


def test_who_gives_above_its_share() -> None:
    """A gives 12 EUR of 16, 4 above its half; C as much below."""
    plan = planned("week 1", **CASE)
    assert cells(plan, "shares", "party", "share", "given_eur", "total_eur", "excess_eur") == [
        ("A", 0.5, 12, 16, 4),
        ("C", 0.5, 4, 16, -4),
    ]


def test_a_way_of_sharing_in_figures() -> None:
    """Two of priority 1 stay unmet; the largest excess of the key is 4 EUR, a quarter of what all give."""
    fair = fair_plan(planned("week 1", **CASE), "cap", 0.1)
    assert (fair.key, fair.cap) == ("cap", 0.1)
    assert fair.unmet == {1: pytest.approx(2)}
    assert (fair.excess_eur, fair.excess_share) == ({"K": pytest.approx(4)}, {"K": pytest.approx(0.25)})
