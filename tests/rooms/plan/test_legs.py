"""What leaves over which leg, what it weighs and costs, and when it arrives."""

from __future__ import annotations

import datetime as dt

from tests.rooms.plan.conftest import cells, planned

LEGS = "leg origin destination mode transit_days cost_eur_per_t fixed_cost_eur"
NEED = "need place item quantity required_by priority"


def test_a_shipment() -> None:
    """Five rice of 1 t leave in week 0, on any of its days, for 3 days and 2 EUR a tonne."""
    plan = planned(
        "week 2",
        stocks="place item quantity | P rice 5",
        legs=f"{LEGS} | L P Q road 3 2 -",
        needs=f"{NEED} | N1 Q rice 4 2024-01-07 1 | N2 Q rice 1 2024-01-07 1",
    )
    first, *_ = cells(plan, "shipments", "leg", "item", "leaves_from", "leaves_until", "arrives_from", "arrives_until")
    days = [dt.date(2024, 1, day) for day in (1, 7, 4, 10)]
    assert first == ("L", "rice", *days)
    quantity, mass, cost = (plan["shipments"][name].sum() for name in ("quantity", "mass_t", "cost_eur"))
    assert (round(quantity, 6), round(mass, 6), round(cost, 6)) == (5, 5, 10)


def test_use_of_a_leg_with_a_fixed_cost() -> None:
    """A leg that costs 50 EUR in each bucket in which it is used shows what it carries; one without is not listed."""
    plan = planned(
        "week 1",
        stocks="place item quantity | P rice 5",
        legs=f"{LEGS} | L P Q road 0 - 50 | M P R road 0 - -",
        needs=f"{NEED} | N1 Q rice 4 2024-01-07 1 | N2 R rice 1 2024-01-07 1",
    )
    assert cells(plan, "leg_use", "leg", "mass_t", "fixed_cost_eur") == [("L", 4, 50)]
