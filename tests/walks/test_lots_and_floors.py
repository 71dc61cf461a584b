"""Cases that once went wrong: lots and floors, each reckoned by hand, planned and checked."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta.desk import make_plan
from scorta.plan import Plan
from scorta.verify import check_plan

NEED = {"need": "N1", "place": "HUB", "item": "milk", "quantity": 5, "required_by": 20, "priority": 1}
"""A need of 5 at the hub by day 20, in the third of four weeks."""


def planned(**tables: Any) -> Plan:
    """Plan a case of four weeks."""
    return make_plan(case(**tables))


def tiers(plan: Plan) -> dict[str, float]:
    """Return the value of every tier."""
    return {tier.name: tier.value for tier in plan.record.tiers}


@pytest.mark.parametrize(("expires_on", "cost"), [(100, 0), (28, 0), (27, 3 * 10)])
def test_a_lot_is_thrown_away_on_its_last_day_and_not_after_the_plan(expires_on: int, cost: float) -> None:
    """Of 8 a need takes 5; the other 3, worth 10 each, end with the last day of the plan (27), not beyond it."""
    lot = {"place": "HUB", "item": "milk", "quantity": 8, "expires_on": expires_on}
    plan = planned(needs=[NEED], items=[{"item": "milk", "value_eur": 10, "shelf_life_days": 3}], stocks=[lot])
    assert tiers(plan)["cost"] == pytest.approx(cost)
    assert plan["stock_levels"]["expires_on"].null_count() == 0


def test_what_arrives_past_its_day_is_wasted_and_costs() -> None:
    """3 leave in week 0 and are 10 days on the way: 4/7 arrive on days 10-13, in the week of the last day (13)."""
    plan = planned(
        needs=[NEED],
        items=[{"item": "milk", "value_eur": 10, "mass_kg": 1}],
        stocks=[{"place": "D", "item": "milk", "quantity": 3, "expires_on": 13}],
        legs=[{"leg": "L", "origin": "D", "destination": "HUB", "mode": "road", "transit_days": 10}],
    )
    assert tiers(plan)["needs 1 unmet"] == pytest.approx(5 - 3 * 4 / 7)
    assert tiers(plan)["cost"] == pytest.approx(3 * 3 / 7 * 10)


def test_goods_are_not_thrown_away_to_save_their_holding() -> None:
    """Of 8 that keep 20 days a need takes 1: the other 7 lie there two weeks more and are held for their months."""
    plan = planned(
        needs=[NEED | {"quantity": 1}],
        items=[{"item": "milk", "shelf_life_days": 20, "holding_eur_per_month": 1}],
        stocks=[{"place": "HUB", "item": "milk", "quantity": 8}],
    )
    assert tiers(plan)["cost"] == pytest.approx(7 * 14 / 31)
    assert plan["stock_levels"].filter(expired=7)["bucket"].to_list() == [2]


def test_goods_do_not_go_where_they_come_too_late_to_be_of_use() -> None:
    """The way to the hub takes longer than the need can wait: nothing is sent, and none of it turns up elsewhere."""
    legs = [
        {"leg": "G1", "origin": "A", "destination": "C", "transit_days": 0},
        {"leg": "G2", "origin": "A", "destination": "B", "transit_days": 0},
        {"leg": "G3", "origin": "B", "destination": "HUB", "transit_days": 10.25, "open_from": 6},
    ]
    plan = planned(
        horizon=[("day", 2), ("week", 3)],
        legs=[leg | {"mode": "road"} for leg in legs],
        stocks=[{"place": "A", "item": "milk", "quantity": 6.5}, {"place": "A", "item": "tea", "quantity": 2.75}],
        needs=[
            NEED | {"need": "N0", "place": "C", "item": "tea", "required_by": 5},
            NEED | {"required_by": 1, "unmet": "lapse", "lapse_days": 10, "priority": 2},
        ],
    )
    assert tiers(plan)["needs 1 unmet"] == pytest.approx(5 - 2.75)
    assert tiers(plan)["needs 2 unmet"] == 5
    assert plan["shipments"]["leg"].unique().to_list() == ["G1"]


def test_own_needs_draw_on_a_floor_only_as_much_as_serves_them() -> None:
    """Of 6.5 with a floor of 2.25 an own need takes 6, in the week it is due or later: 1.75 are below then."""
    plan = planned(
        needs=[NEED | {"quantity": 6}],
        places=[{"place": "HUB", "party": "UA"}],
        objectives=[{"party": "UA", "item": "milk", "floor": 2.25}],
        stocks=[{"place": "HUB", "item": "milk", "quantity": 6.5}],
    )
    assert tiers(plan)["needs 1 unmet"] == 0
    assert tiers(plan)["needs 1 late"] == 0
    assert tiers(plan)["floors"] == pytest.approx(1.75 * 14)


@pytest.mark.parametrize(
    ("own", "foreign", "issued"), [(1, 2, (30, 20)), (2, 1, (20, 50))], ids=["own first", "foreign first"]
)
def test_a_floor_stops_gifts_and_not_own_needs(own: int, foreign: int, issued: tuple[float, float]) -> None:
    """Of 70 with a floor of 20: first an own need of 30, then 20 may be given; first 50 are given, then 20 are left."""
    plan = planned(
        parties=[{"party": "PL", "kind": "nation"}, {"party": "UA", "kind": "nation"}],
        places=[{"place": "DEPOT", "party": "PL"}, {"place": "HUB", "party": "UA"}],
        objectives=[{"party": "PL", "item": "milk", "floor": 20}],
        stocks=[{"place": "DEPOT", "item": "milk", "quantity": 70}],
        legs=[{"leg": "L", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 0}],
        needs=[
            NEED | {"need": "OWN", "place": "DEPOT", "quantity": 30, "priority": own},
            NEED | {"need": "GIFT", "quantity": 70, "priority": foreign},
        ],
    )
    found = {row["need"]: row["asked"] - row["unmet"] for row in plan["fulfilment"].to_dicts()}
    assert (found["OWN"], found["GIFT"]) == pytest.approx(issued)


def test_a_maximum_lets_stay_what_lay_there_on_the_first_day() -> None:
    """50 and a lot of 30 lay there: a maximum of 20 from day 9 on bounds by 80, so a receipt of 10 is no excess."""
    plan = planned(
        needs=[NEED | {"quantity": 0}],
        stocks=[
            {"place": "HUB", "item": "milk", "quantity": 50},
            {"place": "HUB", "item": "milk", "quantity": 30, "expires_on": 4},
        ],
        receipts=[{"place": "HUB", "item": "milk", "quantity": 10, "due_on": 14}],
        objectives=[{"place": "HUB", "item": "milk", "from_date": 9, "maximum": 20}],
    )
    assert tiers(plan).get("limits", 0.0) == 0
    assert plan["stock_levels"].filter(bucket=3)["quantity"].to_list() == pytest.approx([60])


def test_legs_without_a_limit_share_none() -> None:
    """A shared capacity that is called like the number of a leg is not that leg's; a closed leg without one is fine."""
    leg = {"origin": "D", "destination": "HUB", "mode": "road", "transit_days": 0}
    plan = planned(
        needs=[NEED],
        items=[{"item": "milk", "mass_kg": 1000}],
        stocks=[{"place": "D", "item": "milk", "quantity": 5}],
        legs=[
            leg | {"leg": "L", "open_until": 6},
            leg | {"leg": "M", "shared_capacity": "leg 0", "capacity_t_per_month": 0.031},
            leg | {"leg": "N", "destination": "D"},
        ],
    )
    assert plan["shipments"].filter(leg="L")["quantity"].sum() == pytest.approx(5)


def test_an_excess_that_receipts_force_is_not_shifted_elsewhere() -> None:
    """4 t come in on day 1 at each of two depots with room for 3 and 2: by the end of the week 1 and 2 are too much.

    D has an objective of 6 and the leg from E is free; but at D no more than 4 are forced, so nothing goes there.
    """
    plan = planned(
        needs=[NEED],
        parties=[{"party": "UA", "kind": "nation"}],
        places=[{"place": place, "party": "UA", "storage_t": room} for place, room in (("D", 3), ("E", 2), ("HUB", 9))],
        items=[{"item": "milk", "mass_kg": 1000}],
        receipts=[{"place": place, "item": "milk", "quantity": 4, "due_on": 1} for place in ("D", "E")],
        objectives=[{"place": "D", "item": "milk", "objective": 6}],
        legs=[{"leg": "L", "origin": "E", "destination": "D", "mode": "road", "transit_days": 0}],
    )
    levels = plan["stock_levels"].filter(bucket=0)
    assert dict(levels.select("place", "quantity").iter_rows()) == pytest.approx({"D": 4, "E": 4})


PARTIES = [{"party": party, "kind": "nation"} for party in ("UA", "PL", "DE")]
FLOOR = {"party": "UA", "item": "milk", "floor": 10}
LOT = {"place": "HUB", "item": "milk", "quantity": 10}


def issued(plan: Plan) -> dict[str, float]:
    """Return what each need receives."""
    sums = plan["issues"].group_by("need").agg(quantity="quantity").to_dicts()
    return {row["need"]: pytest.approx(sum(row["quantity"])) for row in sums}


def test_a_floor_that_gives_way_to_an_own_need_gives_way_to_nobody_else() -> None:
    """All 10 are under the floor: 3 go to the own need, none to that of Poland at the same hub, though it is dearer."""
    own, foreign = NEED | {"quantity": 3, "priority": 2}, NEED | {"need": "PLN", "party": "PL"}
    plan = planned(
        parties=PARTIES,
        places=[{"place": "HUB", "party": "UA"}],
        needs=[foreign, own],
        stocks=[LOT],
        objectives=[FLOOR],
    )
    assert issued(plan) == {"N1": 3}


def test_a_floor_that_gives_way_is_not_given_away_as_something_made_of_it() -> None:
    """Ukraine may make kits of it and give them, but not from under the floor, own need or not."""
    plan = planned(
        parties=PARTIES,
        places=[{"place": "HUB", "party": "UA"}, {"place": "P", "party": "PL"}],
        needs=[NEED | {"quantity": 3, "priority": 2}, NEED | {"need": "PLN", "place": "P", "item": "kit"}],
        stocks=[LOT],
        objectives=[FLOOR],
        pledges=[{"pledge": "G", "donor": "UA", "item": "kit", "quantity": 9, "state": "committed"}],
        legs=[{"leg": "L", "origin": "HUB", "destination": "P", "mode": "road", "transit_days": 0}],
        processes=[{"process": "M", "place": "HUB", "item": "kit", "lead_time_days": 0}],
        components=[{"process": "M", "item": "milk", "quantity": 1}],
    )
    assert issued(plan) == {"N1": 3}
    assert plan["production"].is_empty()


@pytest.mark.parametrize("order", [1, -1])
def test_which_of_two_needs_comes_first_in_the_table_does_not_matter(order: int) -> None:
    """Germany gives 5 to Ukraine or to Poland; Ukraine can help itself from its floor, so both are met."""
    needs = [NEED | {"place": "HUB"}, NEED | {"need": "PLN", "place": "P"}]
    legs = [
        {"leg": place, "origin": "D", "destination": place, "mode": "road", "transit_days": 0} for place in ("HUB", "P")
    ]
    plan = planned(
        parties=PARTIES,
        places=[{"place": place, "party": party} for place, party in (("HUB", "UA"), ("P", "PL"), ("D", "DE"))],
        needs=needs[::order],
        stocks=[LOT | {"quantity": 5}, LOT | {"place": "D", "quantity": 5}],
        objectives=[FLOOR | {"floor": 5}],
        pledges=[{"pledge": "G", "donor": "DE", "item": "milk", "quantity": 5, "state": "committed"}],
        legs=legs,
    )
    assert issued(plan) == {"N1": 5, "PLN": 5}


def test_tiers_between_floors_and_needs_are_solved_again() -> None:
    """Cost before needs: what stays unmet costs 2 each; when the floor gives way, the cost falls with it."""
    plan = planned(
        needs=[NEED | {"unmet_cost_eur": 2}], stocks=[LOT], objectives=[FLOOR], tiers=["floors", "cost", "needs"]
    )
    assert tiers(plan)["cost"] == pytest.approx(0)
    assert issued(plan) == {"N1": 5}


def test_goods_make_room_where_storage_is_bounded() -> None:
    """5 t come in at a hub with room for 1 t, and a need takes 1: the other 3 go where there is room."""
    plan = planned(
        needs=[NEED | {"quantity": 1}],
        places=[{"place": "HUB", "party": "UA", "storage_t": 1}, {"place": "D", "party": "UA"}],
        items=[{"item": "milk", "mass_kg": 1000}],
        receipts=[{"place": "HUB", "item": "milk", "quantity": 5, "due_on": 3}],
        legs=[{"leg": "L", "origin": "HUB", "destination": "D", "mode": "road", "transit_days": 0}],
    )
    assert tiers(plan)["limits"] == pytest.approx(0)
    assert plan["shipments"]["quantity"].sum() == pytest.approx(3)


@pytest.mark.parametrize("from_date", [-100, 0])
def test_objectives_without_a_date_hold_from_the_first_day(from_date: int) -> None:
    """Of a row that began earlier and one without a date the latter holds: 90 less the 50 there, on each of 28 days."""
    row = {"party": "UA", "item": "milk", "objective": 10, "from_date": from_date}
    plan = planned(
        needs=[NEED | {"quantity": 1, "place": "NOWHERE"}],
        stocks=[LOT | {"quantity": 50}],
        objectives=[row, {"party": "UA", "item": "milk", "objective": 90}],
    )
    assert tiers(plan)["objectives"] == pytest.approx(28 * 40)


def test_a_pledge_whose_quantity_was_not_disclosed_grants_nothing() -> None:
    """Even where a quantity stands beside it."""
    plan = planned(
        parties=PARTIES,
        places=[{"place": "HUB", "party": "UA"}, {"place": "D", "party": "DE"}],
        needs=[NEED],
        stocks=[LOT | {"place": "D"}],
        pledges=[
            {
                "pledge": "G",
                "donor": "DE",
                "item": "milk",
                "quantity": 5,
                "quantity_state": "undisclosed",
                "state": "committed",
            }
        ],
        legs=[{"leg": "L", "origin": "D", "destination": "HUB", "mode": "road", "transit_days": 0}],
    )
    assert plan["handovers"].is_empty()
    assert tiers(plan)["needs 1 unmet"] == pytest.approx(5)


def test_what_ends_on_the_road_passes_through_a_place_all_the_same() -> None:
    """3 t leave in week 0 for 12 days: 2/7 arrive in week 1, 5/7 in week 2, too late but through the gate: 2.14 t.

    6.65 t a month of 31 days let 1.5 t through in a week.
    """
    tables: dict[str, Any] = {
        "needs": [NEED],
        "items": [{"item": "milk", "mass_kg": 1000}],
        "stocks": [{"place": "D", "item": "milk", "quantity": 3, "expires_on": 13}],
        "legs": [{"leg": "L", "origin": "D", "destination": "HUB", "mode": "road", "transit_days": 12}],
    }
    places = [{"place": "D", "party": "UA"}, {"place": "HUB", "party": "UA", "throughput_t_per_month": 6.65}]
    free = planned(**tables)
    claimed = [(tier.name, tier.value) for tier in free.record.tiers]
    breaches = check_plan(case(**tables, places=places), free.tables, claimed)
    assert {breach.rule for breach in breaches} == {"throughput_in"}
    bounded = planned(**tables, places=places)
    assert bounded["shipments"]["quantity"].sum() == pytest.approx(6.65 * 7 / 31 * 7 / 5)
