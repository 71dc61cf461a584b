"""What is bought under which contract, decided by when, and who pays what in which year."""

from __future__ import annotations

import datetime as dt

from tests.rooms.plan.conftest import cells, planned

LEGS = "leg origin destination mode transit_days | L W P road 2"
NEED = "need place item quantity required_by priority | N1 P rice 8 2024-01-14 1"
CONTRACT = "contract buyer supplier item firm option unit_price_eur until_date | C A I rice 5 4 10 2024-01-14"


def test_firm_first_then_option() -> None:
    """Of 8 bought 5 are firm and 3 called off, at 10 EUR; all of it arrives two days after it leaves."""
    plan = planned("week 2", stocks="place item quantity | W rice 20", legs=LEGS, needs=NEED, contracts=CONTRACT)
    orders = plan["orders"]
    sums = [round(orders[name].sum(), 6) for name in ("quantity", "firm", "option", "cost_eur")]
    assert sums == [8, 5, 3, 80]
    assert set(orders["contract"]) == {"C"}
    assert (orders["delivered_from"] - orders["leaves_from"]).to_list() == [dt.timedelta(days=2)] * orders.height
    assert cells(plan, "spend", "party", "year", "kind", "amount_eur") == [("A", 2024, "purchase", 80)]


def test_it_is_decided_before_it_is_made() -> None:
    """What industry makes in 7 days is decided a week before it leaves."""
    plan = planned(
        "week 3",
        legs=LEGS,
        processes="process place item lead_time_days | MILL W rice 7",
        needs="need place item quantity required_by priority | N1 P rice 8 2024-01-21 1",
        contracts="contract buyer supplier item option unit_price_eur | C A I rice 9 10",
    )
    orders = plan["orders"]
    assert not orders.is_empty()
    assert (orders["leaves_from"] - orders["decide_by"]).to_list() == [dt.timedelta(days=7)] * orders.height


def test_what_receipts_cost_counts_as_spent() -> None:
    """A receipt of 2 under a contract at 10 EUR is 20 EUR of its buyer, though nothing is decided."""
    receipts = "place item quantity due_on contract | P rice 2 2024-01-03 C"
    plan = planned("week 2", receipts=receipts, contracts=CONTRACT.replace(" 5 4 ", " 2 4 "))
    assert cells(plan, "spend", "party", "kind", "amount_eur") == [("A", "purchase", 20)]


def test_what_is_fixed_is_paid_where_nobody_counts_cost() -> None:
    """With needs as the only tier no column tells that a leg is used or a process set up; both are paid all the same.

    4 of the 8 lie there and leave over a leg for 3 EUR, once; 4 are made in one bucket, for a set-up of 5 EUR.
    """
    plan = planned(
        "week 2",
        scenario={"tiers": ("needs",)},
        stocks="place item quantity | W rice 4",
        legs="leg origin destination mode transit_days fixed_cost_eur | L W P road 0 3",
        needs="need place item quantity required_by priority | N1 P rice 4 2024-01-07 1 | N2 W rice 4 2024-01-14 1",
        processes="process place item lead_time_days setup_cost_eur until_date | MILL W rice 0 5 2024-01-07",
    )
    assert plan["fulfilment"]["unmet"].sum() == 0
    assert dict(cells(plan, "spend", "kind", "amount_eur")) == {"production": 5, "transport": 3}
