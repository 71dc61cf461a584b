"""Floors: they stop gifts, and give way to a party's own needs."""

from dataclasses import replace

import pytest

# PL keeps a floor of 20, gives 10 and then serves its own need with the 20 that are left: 20 below for 7 days.
OWN = {
    "parties": "party kind\nPL nation\nUA nation",
    "places": "place party\nA PL\nHUB UA",
    "items": "item\ngen",
    "stocks": "place item quantity\nA gen 30",
    "objectives": "party item floor\nPL gen 20",
    "needs": "need place item quantity required_by priority\nN1 A gen 25 2024-01-07 1\nN2 HUB gen 10 2024-01-07 2",
    "pledges": "pledge donor item quantity state\nP1 PL gen 50 committed",
    "legs": "leg origin destination mode transit_days\nLA A HUB road 0",
}
SHIPMENTS = """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity
LA A HUB gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 {}
"""
HANDOVERS = """
agreement basis giver receiver item bucket leaves_from leaves_until quantity
P1 pledge PL UA gen 0 2024-01-01 2024-01-07 {}
"""
ISSUES = """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-07 A gen 0 2024-01-01 2024-01-07 {} 0
N2 2024-01-07 HUB gen 0 2024-01-01 2024-01-07 {} 0
"""
FULFILMENT = """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 A gen 2024-01-07 25 {0} 0 {1} 0 2024-01-07 2024-01-07
N2 2 HUB gen 2024-01-07 {2} {2} 0 0 0 2024-01-07 2024-01-07
"""


@pytest.fixture
def plan_of(make_situation):
    """A plan that issues so many to the own need and gives so many, for so large a need at the hub."""

    def plan_of(own, given, floors, case=OWN):
        needs = case["needs"].replace("gen 10 ", f"gen {given} ")
        left = 30 - own - given
        tables = {
            "shipments": SHIPMENTS.format(given),
            "handovers": HANDOVERS.format(given),
            "issues": ISSUES.format(own, given),
            "fulfilment": FULFILMENT.format(own, 25 - own, given),
            "stock_levels": f"place item bucket date quantity expired\nA gen 0 2024-01-07 {left} 0" if left else "",
        }
        tiers = {"floors": floors, "needs 1 unmet": 25.0 - own, "needs 2 unmet": 0.0}
        return make_situation("week 1", {**case, "needs": needs}, tables, tiers)

    return plan_of


def test_a_floor_gives_way_to_own_needs(plan_of):
    """After gifts of what lay above the floor, the own need draws on the floor."""
    assert plan_of(20, 10, 0.0).check() == ()


def test_every_falsified_number_is_caught(plan_of, uncaught):
    """All but the tier `floors`, which is the value before the floor gave way, and no more than the tables make."""
    assert uncaught(plan_of(20, 10, 0.0)) == ["tier floors = 1.0"]
    assert plan_of(20, 10, 140.0).rules() == set()
    assert plan_of(20, 10, 141.0).rules() == {"tiers"}


def test_a_floor_stops_gifts_even_where_own_needs_draw_on_it(plan_of):
    """One issued to the own need does not excuse fifteen given: five of the six below the floor are a gift."""
    (breach,) = plan_of(1, 15, 0.0).check()
    assert (breach.rule, round(breach.amount, 6)) == ("floor", 5.0)
    assert plan_of(1, 10, 0.0).check() == ()


def test_a_floor_stops_gifts_where_there_is_no_own_need(plan_of):
    """Where the need is another's, nothing explains units below the floor: not even the tier, as 30 lay there."""
    case = OWN | {"needs": OWN["needs"].replace("priority", "priority party").replace(" 1\n", " 1 UA\n") + " -"}
    assert plan_of(5, 10, 0.0, case).rules() == {"floor"}
    assert plan_of(5, 10, 35.0, case).rules() == {"floor"}
    assert plan_of(5, 10, 36.0, case).rules() == {"floor", "tiers"}
    short = case | {"stocks": "place item quantity\nA gen 15", "objectives": "party item floor\nPL gen 30"}
    assert "floor" not in {breach.rule for breach in plan_of(0, 0, 105.0, short).check()}


def test_a_floor_counts_only_among_the_tiers(plan_of):
    """Where the scenario leaves floors out, nothing is said about them."""
    plan = plan_of(1, 15, 0.0)
    scenario = replace(plan.case.scenario, tiers=("needs", "cost"))
    assert replace(plan, case=replace(plan.case, scenario=scenario), tiers=plan.tiers[1:]).check() == ()


def test_a_row_of_objectives_holds_until_the_next(plan_of):
    """The row in force on the last day of a bucket counts for the bucket."""
    words = "party item floor from_date\nPL gen 20 -\nPL gen 5 {}"
    assert plan_of(1, 15, 0.0, OWN | {"objectives": words.format("2024-01-08")}).rules() == {"floor"}
    assert plan_of(1, 15, 0.0, OWN | {"objectives": words.format("2024-01-07")}).rules() == set()
