"""Contracts planned from end to end, small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt

from tests.building import Row, case

from scorta import desk
from scorta.plan import Plan

PARTIES = [{"party": "PL", "kind": "nation"}, {"party": "ACME", "kind": "industry"}]
PLACES = [{"place": "PLANT", "party": "ACME"}, {"place": "DEPOT", "party": "PL"}]
CONTRACT = {"contract": "C1", "buyer": "PL", "supplier": "ACME", "item": "tent", "unit_price_eur": 10}


def planned(*contracts: Row, **more: list[Row]) -> Plan:
    """Plan four weeks in which 3 tents are needed in the depot by the end of the second; 9 lie at the plant."""
    tables = {
        "parties": PARTIES,
        "places": PLACES,
        "needs": [{"need": "N1", "place": "DEPOT", "item": "tent", "quantity": 3, "required_by": 13, "priority": 1}],
        "stocks": [{"place": "PLANT", "item": "tent", "quantity": 9}],
        "legs": [{"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 0}],
        "contracts": [CONTRACT | contract for contract in contracts],
    }
    return desk.make_plan(case(**{**tables, **more}))


def tier(plan: Plan, name: str) -> float:
    """Return the value of a tier."""
    return next(tier.value for tier in plan.record.tiers if tier.name == name)


def test_what_is_firm_is_delivered_whether_needed_or_not() -> None:
    """7 firm tents are due in the second week; 3 are needed, and 4 lie in the depot then. 9 is all there is of 12."""
    plan = planned({"firm": 7, "until_date": 13})
    assert tier(plan, "firm orders") == 0.0
    assert plan["orders"]["firm"].sum() == 7.0
    assert tier(planned({"firm": 12, "until_date": 13}), "firm orders") == 3.0
    assert "firm orders" not in [one.name for one in planned({"firm": 12, "until_date": 28}).record.tiers]


def test_what_is_firm_is_made_in_lots_though_nobody_needs_it() -> None:
    """Nothing but the order asks for the 12 tents that are made in lots of 5, without a line or components."""
    make = {"process": "SEW", "place": "PLANT", "item": "tent", "lead_time_days": 0, "minimum_lot": 5}
    plan = planned({"firm": 12}, needs=[], stocks=[], processes=[make])
    assert tier(plan, "firm orders") == 0.0


def test_nothing_is_delivered_twice_for_a_firm_order() -> None:
    """A road back to the plant does not make 9 tents 12."""
    back = {"leg": "L2", "origin": "DEPOT", "destination": "PLANT", "mode": "road", "transit_days": 0}
    there = {"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 0}
    assert tier(planned({"firm": 12}, legs=[there, back]), "firm orders") == 3.0


def test_goods_may_leave_on_the_days_of_another_contract() -> None:
    """Of the second week 4 days are those of C1; what leaves on these, under C2 too, arrives in that week."""
    leg = {"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 3}
    window = {"option": 1, "from_date": 7, "until_date": 10}
    plan = planned(window, {"contract": "C2", "option": 8, "from_date": 7}, legs=[leg])
    assert tier(plan, "needs 1 late") == 0.0
    assert plan["orders"].filter(contract="C2")["leaves_until"].to_list() == [dt.date(2023, 1, 12)]


def test_a_delivery_over_new_year_is_paid_in_both_years() -> None:
    """What leaves in the week from 25 December and takes 4 days arrives until 4 January: on 3 of 7 days in 2023.

    A budget of 30 EUR for 2023 pays for 7 tents at 10 EUR if the year after pays the rest.
    """
    plan = desk.make_plan(
        case(
            as_of=dt.date(2023, 12, 25),
            horizon=[("week", 1)],
            parties=PARTIES,
            places=PLACES,
            stocks=[{"place": "PLANT", "item": "tent", "quantity": 9}],
            legs=[{"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 4}],
            contracts=[CONTRACT | {"firm": 9}],
            budgets=[{"party": "PL", "year": 2023, "amount_eur": 30}],
        )
    )
    assert tier(plan, "firm orders") == 2.0
    assert plan["orders"]["cost_eur"].to_list() == [70.0]
    assert plan["spend"].select("party", "year", "kind", "amount_eur").rows() == [("PL", 2023, "purchase", 30.0)]
