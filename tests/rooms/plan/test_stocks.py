"""What parties hold and how they stand to their objectives, in plans small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.cases import AS_OF, Row, case

from scorta import desk
from scorta.plan import Plan

PLACES = [{"place": "A", "party": "PL"}, {"place": "B", "party": "PL"}, {"place": "HUB", "party": "UA"}]
PARTIES = [{"party": "PL", "kind": "nation"}, {"party": "UA", "kind": "nation"}, {"party": "ACME", "kind": "industry"}]
ROADS = [
    {"leg": "G", "origin": "A", "destination": "HUB", "mode": "road", "transit_days": 0},
    {"leg": "AB", "origin": "A", "destination": "B", "mode": "road", "transit_days": 7},
]


def donated(**more: list[Row]) -> Plan:
    """Plan four weeks in which PL gives 40 of 100 tents, needs 20 in B itself, and receives 5 in the third week."""
    tables = {
        "parties": PARTIES,
        "places": PLACES,
        "stocks": [{"place": "A", "item": "tent", "quantity": 100}],
        "receipts": [{"place": "B", "item": "tent", "quantity": 5, "due_on": 15}],
        "needs": [
            {"need": "N1", "place": "HUB", "item": "tent", "quantity": 40, "required_by": 6, "priority": 1},
            {"need": "N2", "place": "B", "item": "tent", "quantity": 20, "required_by": 13, "priority": 1},
        ],
        "pledges": [{"pledge": "P1", "donor": "PL", "item": "tent", "quantity": 40, "state": "committed"}],
        "objectives": [{"party": "PL", "item": "tent", "floor": 30, "objective": 45}],
        "legs": ROADS,
    }
    return desk.make_plan(case(**{**tables, **more}))


def of(plan: Plan, party: str, *columns: str) -> list[tuple[object, ...]]:
    """Return the rows of the holdings of a party."""
    rows = plan["holdings"].filter(party=party)
    return [tuple(round(cell, 6) for cell in row) for row in rows.select(columns).rows()]


def test_level_in_transit_in_and_out() -> None:
    """40 are given and 20 are on the road for the first week; they are issued in B in the second."""
    plan = donated()
    figures = ("level", "in_transit", "comes_in", "goes_out", "given")
    assert of(plan, "PL", *figures) == [(40, 20, 0, 40, 40), (40, 0, 0, 20, 0), (45, 0, 5, 0, 0), (45, 0, 0, 0, 0)]
    assert of(plan, "UA", *figures) == [(0, 0, 40, 40, 0), (0,) * 5, (0,) * 5, (0,) * 5]
    assert plan["holdings"]["date"].to_list()[:4] == [AS_OF + dt.timedelta(days=day) for day in (6, 13, 20, 27)]


def test_the_dip_and_the_way_back() -> None:
    """40 of 100 are given: 40 are left at the end of the first week, and the receipt of the third brings it back."""
    (row,) = donated()["objectives"].to_dicts()
    assert (row["party"], row["item"]) == ("PL", "tent")
    figures = [row[name] for name in ("held", "given", "draw_down", "level", "lowest", "floor", "objective")]
    assert figures == pytest.approx([100, 40, 0.4, 45, 40, 30, 45])
    days = [row[name] for name in ("lowest_on", "below_since", "back_on", "below_floor_since", "above_floor_on")]
    assert days == [AS_OF + dt.timedelta(days=6)] * 2 + [AS_OF + dt.timedelta(days=20), None, None]
    assert (row["unit_price_eur"], row["price_basis"]) == (None, None)


@pytest.mark.parametrize(("objective", "since", "back"), [(46, 6, None), (40, None, None), (41, 6, 20)])
def test_never_below_and_not_back(objective: float, since: int | None, back: int | None) -> None:
    """One more than the end holds and it is not back; no more than the lowest and it is never below."""
    (row,) = donated(objectives=[{"party": "PL", "item": "tent", "objective": objective}])["objectives"].to_dicts()
    days = [None if day is None else AS_OF + dt.timedelta(days=day) for day in (since, back)]
    assert [row["below_since"], row["back_on"]] == days


def test_an_aim_for_part_of_the_plan_counts() -> None:
    """An objective of 44 for the first two weeks is missed for these two; at the end there is none, and it is back."""
    rows = [
        {"party": "PL", "item": "tent", "objective": 44},
        {"party": "PL", "item": "tent", "from_date": 14, "maximum": 500},
    ]
    (row,) = donated(objectives=rows)["objectives"].to_dicts()
    assert row["objective"] is None
    assert (row["below_since"], row["back_on"]) == (AS_OF + dt.timedelta(days=6), AS_OF + dt.timedelta(days=20))


def test_who_stands_in_the_objectives() -> None:
    """A giver without aims does, and an aim without stock; neither who only receives, nor a maximum alone."""
    plan = donated(objectives=[{"party": "UA", "item": "tent", "maximum": 500}])
    assert plan["objectives"]["party"].to_list() == ["PL"]
    plan = donated(objectives=[{"place": "HUB", "item": "tent", "objective": 7}], pledges=[])
    assert plan["objectives"].select("party", "held", "lowest", "objective").rows() == [("UA", 0.0, 0.0, 7.0)]


def test_what_waits_for_repair_is_not_held() -> None:
    """9 that wait for repair are in no level; mended they come in, and 11 of the 20 needed in B are sent for."""
    plan = donated(
        stocks=[
            {"place": "A", "item": "tent", "quantity": 100},
            {"place": "B", "item": "tent", "quantity": 9, "condition": "repairable"},
        ],
        objectives=[{"party": "PL", "item": "tent", "objective": 500}],
        processes=[{"process": "MEND", "place": "B", "item": "tent", "lead_time_days": 7}],
        components=[{"process": "MEND", "item": "tent", "quantity": 1}],
    )
    figures = of(plan, "PL", "level", "comes_in", "goes_out")
    assert figures == [(49, 0, 40), (49, 9, 20), (54, 5, 0), (54, 0, 0)]
    assert plan["objectives"]["held"].to_list() == [100.0]


def test_a_kit_comes_in_and_its_parts_go_out() -> None:
    """3 shelters of 2 tents each for a floor: put together at once, so that 6 tents go out."""
    plan = donated(
        kits=[{"item": "shelter", "component": "tent", "quantity": 2}],
        objectives=[{"place": "A", "item": "shelter", "floor": 3}],
        needs=[],
        pledges=[],
        items=[{"item": "tent", "value_eur": 100}, {"item": "shelter", "kind": "kit"}],
    )
    first = plan["holdings"].filter(party="PL", bucket=0).sort("item")
    assert first.select("item", "level", "comes_in", "goes_out").rows() == [
        ("shelter", 3.0, 3.0, 0.0),
        ("tent", 94.0, 0.0, 6.0),
    ]


def test_a_purchase_comes_in_and_is_no_gift() -> None:
    """What industry sells is not given; its price is that of the cheapest contract of the buyer."""
    plan = donated(
        places=[*PLACES, {"place": "PLANT", "party": "ACME"}],
        stocks=[{"place": "PLANT", "item": "tent", "quantity": 50}, {"place": "A", "item": "tent", "quantity": 100}],
        legs=[*ROADS, {"leg": "I", "origin": "PLANT", "destination": "A", "mode": "road", "transit_days": 0}],
        contracts=[
            {"contract": name, "buyer": buyer, "supplier": "ACME", "item": "tent", "unit_price_eur": price}
            for name, buyer, price in (("C1", "PL", 12), ("C2", "PL", 10), ("C3", "UA", 9))
        ],
    )
    (row,) = plan["objectives"].to_dicts()
    assert (row["party"], row["given"], row["unit_price_eur"], row["price_basis"]) == ("PL", 40.0, 10.0, "contract")
    assert of(plan, "PL", "comes_in")[0] == (5,)
    assert of(plan, "ACME", "goes_out", "given")[0] == (5, 0)
