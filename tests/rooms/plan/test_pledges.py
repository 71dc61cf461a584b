"""What changes owner, on what it stands, and what is asked for beside the pledges."""

from __future__ import annotations

from tests.rooms.plan.conftest import cells, planned

LEGS = "leg origin destination mode transit_days | L P R road 0 | N W R road 0"
NEED = "need place item quantity required_by priority | N1 R rice 8 2024-01-07 1"
PLEDGE = "pledge donor recipient item quantity state | G A B rice 5 committed"
STOCKS = "place item quantity | P rice 9"


def test_a_pledge_covers_what_it_grants() -> None:
    """Of 8 needed A gives the 5 it pledged, which are worth 3 EUR each."""
    plan = planned("week 1", items="item value_eur | rice 3", stocks=STOCKS, legs=LEGS, needs=NEED, pledges=PLEDGE)
    columns = ("basis", "agreement", "giver", "receiver", "item", "quantity", "value_eur")
    assert cells(plan, "handovers", *columns) == [("pledge", "G", "A", "B", "rice", 5, 15)]
    assert plan["asks"].is_empty()


def test_the_rest_is_asked_for_where_gifts_are_open() -> None:
    """With open gifts the other 3 of 8 are asked of A, which has 9."""
    plan = planned("week 1", {"gifts": "open"}, stocks=STOCKS, legs=LEGS, needs=NEED, pledges=PLEDGE)
    assert cells(plan, "asks", "giver", "receiver", "item", "quantity") == [("A", "B", "rice", 3)]
    assert sorted(cells(plan, "handovers", "basis", "quantity")) == [("ask", 3), ("pledge", 5)]


def test_without_a_table_of_pledges_gifts_are_free() -> None:
    """Where nobody lists pledges a gift needs none, and stands on nothing."""
    plan = planned("week 1", stocks=STOCKS, legs=LEGS, needs=NEED)
    assert cells(plan, "handovers", "basis", "agreement", "quantity") == [("free", None, 8)]
