"""What the plan does with other goods stays as it is: it leaves no room, no money and no firm order to a need."""

from __future__ import annotations

from random import Random

import pytest
from tests.laws.bottlenecks import ample
from tests.laws.chance import Facts, build
from tests.rooms.why.making import NEAR, makes

from scorta import desk
from scorta.desk import SolverProcess


def test_firm_orders_of_other_goods_leave_no_room(solver: SolverProcess) -> None:
    """Rugs that nobody has are ordered beside tents; the tents of another's firm order are not taken for that."""
    contracts = [
        {"contract": "C1", "buyer": "PL", "supplier": "IND", "item": "tent", "firm": 10, "until_date": 20},
        {"contract": "C2", "buyer": "UA", "supplier": "IND", "item": "tent", "option": 10},
        {"contract": "C3", "buyer": "PL", "supplier": "IND", "item": "rug", "firm": 10, "until_date": 20},
    ]
    parties = [{"party": party, "kind": "industry" if party == "IND" else "nation"} for party in ("UA", "PL", "IND")]
    case = build(
        {
            "parties": parties,
            "places": [{"place": f"AT-{row['party']}", "party": row["party"]} for row in parties],
            "items": [{"item": "tent"}, {"item": "rug"}],
            "stocks": [{"place": "AT-IND", "item": "tent", "quantity": 10}],
            "needs": [
                {"need": "N", "place": "AT-UA", "item": "tent", "quantity": 10, "required_by": 20, "priority": 1}
            ],
            "contracts": [row | {"unit_price_eur": 1} for row in contracts],
            "legs": [
                {"leg": party, "origin": "AT-IND", "destination": f"AT-{party}", "mode": "road", "transit_days": 1}
                for party in ("UA", "PL")
            ],
        }
    )
    plan = desk.make_plan(case, certify=False, solver=solver)
    assert plan["fulfilment"]["unmet"].to_list() == [10]
    assert desk.why(case, plan, "N", solver).met.unmet == pytest.approx(10, abs=NEAR)


@pytest.mark.parametrize("paid", ["expansion", "leg"])
def test_what_others_pay_for_lines_and_legs_is_spent(paid: str, solver: SolverProcess) -> None:
    """A budget goes into hours, or a leg, for tents alone: nothing of it is left to buy cots."""
    legs = [
        {"leg": "A", "origin": "SHOP", "destination": "FRONT", "mode": "road", "transit_days": 1},
        {"leg": "B", "origin": "HUB", "destination": "FRONT", "mode": "road", "transit_days": 1},
    ]
    tents: Facts = {"stocks": [{"place": "HUB", "item": "tent", "quantity": 380}]}
    if paid == "expansion":
        tents = {
            "lines": [{"line": "L", "place": "FRONT", "capacity_per_month": 1}],
            "expansions": [
                {"expansion": "X", "line": "L", "adds_per_month": 400, "lead_time_days": 1, "cost_eur": 1000,
                 "maximum_count": 1, "paid_by": "UA"}
            ],
            "processes": [makes("tent", line="L", line_hours_per_unit=1)],
            "stocks": [],
        }  # fmt: skip
    else:
        legs[1] |= {"fixed_cost_eur": 1000, "item": "tent"}
    case = build(
        {
            "horizon": [("month", 1)],
            "parties": [{"party": "UA", "kind": "nation"}, {"party": "IND", "kind": "industry"}],
            "places": [
                {"place": place, "party": "IND" if place == "SHOP" else "UA"} for place in ("FRONT", "SHOP", "HUB")
            ],
            "items": [{"item": "tent", "mass_kg": 1}, {"item": "cot", "mass_kg": 1}],
            "needs": [
                {"need": "M", "place": "FRONT", "item": "tent", "quantity": 380, "required_by": 30, "priority": 1},
                {"need": "N", "place": "FRONT", "item": "cot", "quantity": 10, "required_by": 30, "priority": 2},
            ],
            "contracts": [
                {"contract": "C", "buyer": "UA", "supplier": "IND", "item": "cot", "option": 10, "unit_price_eur": 100}
            ],
            "budgets": [{"party": "UA", "year": 2023, "amount_eur": 1000}],
            "legs": legs,
        }
        | tents
        | {"stocks": [{"place": "SHOP", "item": "cot", "quantity": 10}, *tents["stocks"]]}
    )
    plan = desk.make_plan(case, certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    assert need["unmet"] > 9
    assert desk.why(case, plan, "N", solver).met.unmet == pytest.approx(need["unmet"], abs=NEAR)


def test_goods_may_lie_above_a_storage_that_others_leave(solver: SolverProcess) -> None:
    """Rugs fill a storage and are thrown away; then tents come in as a receipt, and nothing takes them anywhere.

    Elsewhere more come in than the most that should lie there.
    """
    case = build(
        {
            "horizon": [("week", 4)],
            "parties": [{"party": "UA", "kind": "nation"}],
            "places": [
                {"place": "FRONT", "party": "UA"},
                {"place": "HUB", "party": "UA", "storage_t": 1},
                {"place": "STORE", "party": "UA"},
            ],
            "items": [{"item": item, "mass_kg": 1000} for item in ("tent", "rug")],
            "objectives": [{"place": "STORE", "item": "tent", "maximum": 4}],
            "stocks": [
                {"place": "HUB", "item": "tent", "quantity": 2},
                {"place": "HUB", "item": "rug", "quantity": 2, "expires_on": 6},
            ],
            "receipts": [
                {"place": "HUB", "item": "tent", "quantity": 3, "due_on": 8},
                {"place": "STORE", "item": "tent", "quantity": 9, "due_on": 8},
            ],
            "needs": [{"need": "N", "place": "FRONT", "item": "tent", "quantity": 5, "required_by": 20, "priority": 1}],
        }
    )
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    assert (found.met.unmet, found.way) == (pytest.approx(5), False)


@pytest.mark.parametrize("others", [0, 1000])
def test_what_is_stored_of_other_goods_leaves_no_room(others: int, solver: SolverProcess) -> None:
    """Between two legs that are open one after the other goods have to be stored, beside what lies there already."""
    facts = ample(Random(2))
    hub = next(row for row in facts["places"] if row["place"] == "HUB")
    hub["storage_t"] = 0.5 + others / 100
    facts["stocks"] += [{"place": "HUB", "item": "cot", "quantity": others}] if others else []
    for leg, field, day in (("A", "open_until", 20), ("B", "open_from", 35)):
        next(row for row in facts["legs"] if row["leg"] == leg)[field] = day
    case = build(facts)
    plan = desk.make_plan(case, certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    found = desk.why(case, plan, "N", solver)
    assert found.met.unmet == pytest.approx(need["unmet"], abs=NEAR)
    assert "storage full" in {hindrance.kind for cause in found.causes for hindrance in cause.hindrances}
