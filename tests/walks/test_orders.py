"""Contracts planned from end to end, small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.cases import Row, case

from scorta import desk
from scorta.plan import Plan

PARTIES = [{"party": "PL", "kind": "nation"}, {"party": "ACME", "kind": "industry"}]
PLACES = [{"place": "PLANT", "party": "ACME"}, {"place": "DEPOT", "party": "PL"}]
CONTRACT = {"contract": "C1", "buyer": "PL", "supplier": "ACME", "item": "tent", "unit_price_eur": 10}

STOCK = {"place": "PLANT", "item": "tent", "quantity": 9}
NEED = {"need": "N1", "place": "DEPOT", "item": "tent", "quantity": 3, "required_by": 13, "priority": 1}


def planned(*contracts: Row, relax: bool = False, **more: list[Row]) -> Plan:
    """Plan four weeks in which 3 tents are needed in the depot by the end of the second; 9 lie at the plant."""
    tables = {
        "parties": PARTIES,
        "places": PLACES,
        "needs": [NEED],
        "stocks": [STOCK],
        "legs": [{"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 0}],
        "contracts": [CONTRACT | contract for contract in contracts],
    }
    return desk.make_plan(case(**{**tables, **more}), relax=relax)


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


def test_no_more_is_ordered_than_is_needed_so_that_some_comes_earlier() -> None:
    """Over a road of 10 days 4 of 7 tents that leave in the first week arrive in time: still only 3 are ordered.

    Aiming at 2 in the depot, PL orders 5. What is firm comes on top.
    """
    leg = {"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 10}
    aim = {"party": "PL", "item": "tent", "objective": 2}
    for contract, objectives, quantity in (
        ({"option": 9}, [], 3.0),
        ({"option": 9}, [aim], 5.0),
        ({"firm": 1, "option": 8}, [], 4.0),
    ):
        plan = planned(contract, legs=[leg], objectives=objectives)
        assert plan["orders"]["quantity"].sum() == pytest.approx(quantity), contract
    free = {"parties": PARTIES, "places": PLACES, "legs": [leg], "stocks": [STOCK], "needs": [NEED]}
    assert desk.make_plan(case(**free))["orders"]["quantity"].sum() == pytest.approx(3.0)


def called_off(plan: Plan) -> list[tuple[int, float, float]]:
    """Return what is firm and what is called off in each bucket."""
    rows = plan["orders"].group_by("bucket", maintain_order=True).agg(pl.col("firm", "option").sum())
    return [(bucket, round(firm, 6), round(option, 6)) for bucket, firm, option in rows.iter_rows()]


def test_a_minimum_order_is_ordered_at_once_or_not_at_all() -> None:
    """3 tents are needed: of an option of 8 with a minimum of 5, 5 are called off; without a minimum, 3.

    10 at once are more than the 9 that lie at the plant: nothing comes. Of an option of 4, a minimum of 5 takes all.
    """
    for contract, quantity in (
        ({"option": 8, "minimum_order": 5}, 5.0),
        ({"option": 8}, 3.0),
        ({"minimum_order": 5}, 5.0),
        ({"minimum_order": 10}, 0.0),
        ({"option": 4, "minimum_order": 5}, 4.0),
    ):
        plan = planned(contract)
        assert sum(option for _, _, option in called_off(plan)) == pytest.approx(quantity), contract
        assert tier(plan, "needs 1 unmet") == pytest.approx(max(3.0 - quantity, 0.0))


def test_what_is_firm_comes_before_what_is_called_off() -> None:
    """2 tents are firm, so the third is called off. 4 of them at once are too many for a road that carries 1 a week.

    One that carries 4 brings 2 of them beside those that are firm, or 3 in the week after, but never 5.
    """
    mass = [{"item": "tent", "mass_kg": 1000}]
    leg = {"leg": "L1", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 0}
    for tonnes, minimum, missing in ((1, 4, 1.0), (4, 2, 0.0), (4, 3, 0.0), (4, 5, 1.0)):
        road = leg | {"capacity_t_per_month": 31 * tonnes / 7, "open_until": 27}
        plan = planned({"firm": 2, "option": 6, "minimum_order": minimum}, items=mass, legs=[road])
        assert tier(plan, "needs 1 unmet") == pytest.approx(missing), (tonnes, minimum)
        assert all(option in (0.0, *(float(n) for n in range(minimum, 7))) for _, _, option in called_off(plan))


def test_a_relaxed_plan_calls_off_any_quantity() -> None:
    """With `--relax` a minimum order is dropped, the plan says so, and the checker accepts it as relaxed only."""
    tables = {"option": 8, "minimum_order": 5}
    whole, relaxed = planned(tables), planned(tables, relax=True)
    assert [round(sum(plan["orders"]["option"]), 6) for plan in (whole, relaxed)] == [5.0, 3.0]
    assert relaxed.record.size.dropped == whole.record.size.whole > 0
