"""Why a stock is below its objective: small cases, each reckoned by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cases import AS_OF, case

from scorta import desk
from scorta.desk import SolverProcess
from scorta.errors import InputError
from scorta.why import Cause, WhyBelow

NEAR = 1e-3

PARTIES = [
    {"party": "DE", "kind": "nation"},
    {"party": "UA", "kind": "nation"},
    {"party": "IND", "kind": "industry"},
]
PLACES = [
    {"place": "DEPOT", "party": "DE"},
    {"place": "HUB", "party": "UA"},
    {"place": "PLANT", "party": "IND"},
]
LEGS = [
    {"leg": "G", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 0},
    {"leg": "S", "origin": "PLANT", "destination": "DEPOT", "mode": "road", "transit_days": 0},
]
WANTS = [{"party": "DE", "item": "tent", "objective": 20}]
NEED = {"need": "N1", "place": "HUB", "item": "tent", "quantity": 20, "required_by": 13, "priority": 5}
PLEDGE = {"pledge": "P1", "donor": "DE", "recipient": "UA", "item": "tent", "quantity": 20, "state": "committed"}


def asked(solver: SolverProcess, owner: str = "DE", tiers: Any = None, **tables: Any) -> WhyBelow:
    """Plan a case of DE, UA and industry, and ask why a stock of tents is below its objective."""
    settings = {} if tiers is None else {"tiers": tiers}
    world = {"parties": PARTIES, "places": PLACES, "legs": LEGS, "objectives": WANTS, "items": [{"item": "tent"}]}
    made = case(**(world | tables), **settings)
    return desk.why_below(made, desk.make_plan(made, certify=False, solver=solver), owner, "tent", solver)


def told(cause: Cause) -> tuple[str, tuple[str, ...], float, float, dt.date | None]:
    """Return kind and rows of what stands in the way, what is saved without it, and when the stock is back then."""
    (hindrance,) = cause.hindrances
    units, days = round(cause.delivered, 2), round(cause.unit_days, 2)
    return hindrance.kind, hindrance.rows, units, days, cause.full_on


def on(day: int) -> dt.date:
    """Return the date of a day of the plan."""
    return AS_OF + dt.timedelta(days=day)


def test_a_line_that_is_full(solver: SolverProcess) -> None:
    """7 a week of 20: 13 and 6 are missing for a week each; with more hours nothing ever is."""
    found = asked(
        solver,
        places=[*PLACES, {"place": "WORKS", "party": "DE"}],
        processes=[
            {"process": "MAKE", "place": "WORKS", "item": "tent", "line": "L", "line_hours_per_unit": 1,
             "lead_time_days": 0}
        ],
        lines=[{"line": "L", "place": "WORKS", "capacity_per_month": 31}],
    )  # fmt: skip
    assert (found.since, found.met.full_on) == (on(6), on(20))
    assert (found.met.late, found.met.unmet, found.met.unit_days) == pytest.approx((13, 0, 133), abs=NEAR)
    assert [told(cause) for cause in found.causes] == [("line full", ("lines.csv:2",), 0, 133, None)]
    assert found.left.unit_days == pytest.approx(0, abs=NEAR)


def test_what_is_given_away(solver: SolverProcess) -> None:
    """All 20 go to the least urgent of needs, from the second week on: that need comes first."""
    found = asked(solver, needs=[NEED], stocks=[{"place": "DEPOT", "item": "tent", "quantity": 20}], pledges=[PLEDGE])
    assert (found.level, found.objective, found.since, found.met.full_on) == (0, 20, on(13), None)
    assert [told(cause) for cause in found.causes] == [("others first", ("needs.csv:2",), 20, 420, None)]


def test_of_two_needs_each_is_named_with_what_it_takes(solver: SolverProcess) -> None:
    """What each need is given away to takes of the stock is told need by need, the larger first."""
    needs = [NEED | {"quantity": 5}, NEED | {"need": "N2", "quantity": 15, "priority": 1}]
    stocks = [{"place": "DEPOT", "item": "tent", "quantity": 20}]
    first, second, *_ = asked(solver, needs=needs, stocks=stocks, pledges=[PLEDGE]).causes
    assert [told(cause)[1:4] for cause in (first, second)] == [(("needs.csv:3",), 15, 315), (("needs.csv:2",), 5, 105)]


SELLER = [{"place": "PLANT", "item": "tent", "quantity": 50}]
CONTRACT = {"contract": "C1", "buyer": "DE", "supplier": "IND", "item": "tent", "unit_price_eur": 10}


def test_nobody_has_ordered(solver: SolverProcess) -> None:
    """Industry has tents, and no contract covers them: no row says so."""
    found = asked(solver, stocks=SELLER, contracts=[])
    assert [told(cause) for cause in found.causes] == [("not ordered", (), 20, 560, None)]
    assert found.causes[0].hindrances[0].facts["supplier"] == "IND"


def test_a_contract_that_is_too_small_and_one_that_is_too_late(solver: SolverProcess) -> None:
    """An option of 5 leaves 15 missing; a contract from the third week on leaves all missing for two weeks."""
    small = asked(solver, stocks=SELLER, contracts=[CONTRACT | {"option": 5}])
    assert [told(cause) for cause in small.causes] == [("contract too small", ("contracts.csv:2",), 15, 420, None)]
    late = asked(solver, stocks=SELLER, contracts=[CONTRACT | {"from_date": 14}])
    assert [told(cause) for cause in late.causes] == [("contract too late", ("contracts.csv:2",), 0, 280, None)]


def test_a_budget_that_is_spent(solver: SolverProcess) -> None:
    """50 EUR buy 5 of 20; other goods bought from the same budget are no reason to buy more than it pays."""
    budget = [{"party": "DE", "year": 2023, "amount_eur": 50}]
    found = asked(solver, stocks=SELLER, contracts=[CONTRACT], budgets=budget)
    assert [told(cause) for cause in found.causes] == [("budget spent", ("budgets.csv:2",), 15, 420, None)]
    other = CONTRACT | {"contract": "C2", "item": "cot", "unit_price_eur": 40, "firm": 1, "until_date": 20}
    less = asked(
        solver,
        items=[{"item": "tent"}, {"item": "cot"}],
        stocks=[*SELLER, {"place": "PLANT", "item": "cot", "quantity": 1}],
        contracts=[CONTRACT, other],
        budgets=budget,
    )
    assert less.met.unmet == pytest.approx(19, abs=NEAR)


def test_a_receipt_that_comes_late_and_a_leg_that_is_slow(solver: SolverProcess) -> None:
    """20 due in the third week, and 20 that a leg of 14 days brings: two weeks without."""
    due = [{"place": "DEPOT", "item": "tent", "quantity": 20, "due_on": 20}]
    assert [told(cause)[:4] for cause in asked(solver, receipts=due).causes] == [
        ("receipt too late", ("receipts.csv:2",), 0, 280),
    ]
    slow = asked(solver, stocks=SELLER, legs=[LEGS[1] | {"transit_days": 14}])
    assert [told(cause)[:4] for cause in slow.causes] == [("leg slow", ("legs.csv:2",), 0, 280)]


def test_the_objective_of_a_place_beside_that_of_another(solver: SolverProcess) -> None:
    """20 that lie between two depots fill one of them: the objective of the other stands beside it."""
    places = [*PLACES, {"place": "EAST", "party": "DE"}, {"place": "WEST", "party": "DE"}]
    legs = [LEGS[0] | {"leg": to, "destination": to} for to in ("EAST", "WEST")]
    objectives = [
        {"place": "EAST", "item": "tent", "objective": 20, "priority": 2},
        {"place": "WEST", "item": "tent", "objective": 20, "priority": 1},
    ]
    stocks = [{"place": "DEPOT", "item": "tent", "quantity": 20}]
    found = asked(solver, "EAST", places=places, legs=legs, objectives=objectives, stocks=stocks)
    assert told(found.causes[0])[:4] == ("objective beside", ("objectives.csv:3",), 20, 560)


def shared(**more: Any) -> dict[str, Any]:
    """Return a case in which PL gave 20 and DE nothing: DE hands over what it has pledged, though nobody needs it."""
    given = {"pledge": "P2", "donor": "PL", "item": "tent", "quantity": 20, "delivered_quantity": 20}
    return {
        "parties": [*PARTIES, {"party": "PL", "kind": "nation"}],
        "items": [{"item": "tent", "value_eur": 1}],
        "keys": [{"key": "K", "party": party, "share": 0.5} for party in ("DE", "PL")],
        "pledges": [PLEDGE, given | {"state": "delivered"}],
        "stocks": [{"place": "DEPOT", "item": "tent", "quantity": 20}],
    } | more


def test_fair_shares_come_first(solver: SolverProcess) -> None:
    """UA has what it needs, and is given as much again."""
    stocks = [{"place": place, "item": "tent", "quantity": 20} for place in ("DEPOT", "HUB")]
    found = asked(solver, **shared(needs=[NEED], stocks=stocks))
    assert told(found.causes[0])[:3] == ("shares first", ("keys.csv:2", "keys.csv:3"), 20)


def test_two_that_come_first_only_together(solver: SolverProcess) -> None:
    """What fair shares call for fills a stock of UA: neither alone lets DE keep it."""
    objectives = [*WANTS, {"party": "UA", "item": "tent", "objective": 20, "priority": 1000}]
    (cause,) = asked(solver, **shared(objectives=objectives)).causes
    assert {each.kind for each in cause.hindrances} == {"shares first", "objective beside"}
    assert cause.delivered == pytest.approx(20, abs=NEAR)


def test_nobody_is_asked_to_fill_a_stock(solver: SolverProcess) -> None:
    """DE has 30 tents more than its objective, but an ask for a stock comes behind all else."""
    found = asked(
        solver,
        "UA",
        gifts="open",
        objectives=[{"party": "UA", "item": "tent", "objective": 20}],
        stocks=[{"place": "DEPOT", "item": "tent", "quantity": 30}],
        pledges=[],
    )
    assert told(found.causes[0])[:4] == ("asks first", (), 20, 560)


def test_where_there_is_nothing_to_tell(solver: SolverProcess) -> None:
    """A stock that is full, one that nobody has, and one that nothing can reach."""
    held = [{"place": "DEPOT", "item": "tent", "quantity": 20}]
    full = asked(solver, stocks=held)
    assert (full.since, full.causes, full.met.unit_days) == (None, (), 0)
    nobody = asked(solver, stocks=[])
    assert (nobody.supply, nobody.causes) == (False, ())
    apart = asked(solver, stocks=SELLER, legs=[LEGS[0]])
    assert (apart.supply, apart.way, apart.causes) == (True, False, ())


def test_what_is_not_there_is_refused(solver: SolverProcess) -> None:
    """Who has no objective is told who has; a case that does not plan for objectives is told so."""
    with pytest.raises(InputError, match="Name one that has: DE"):
        asked(solver, "UA")
    with pytest.raises(InputError, match="Nobody has one"):
        asked(solver, objectives=[{"party": "DE", "item": "tent", "floor": 1}])
    with pytest.raises(InputError, match="does not plan for stock objectives"):
        asked(solver, tiers=("needs", "cost"))


def test_objectives_before_needs(solver: SolverProcess) -> None:
    """Where the case puts objectives first, no need keeps a stock from being full."""
    held = [{"place": "DEPOT", "item": "tent", "quantity": 20}]
    found = asked(solver, tiers=("objectives", "needs"), needs=[NEED], stocks=held, pledges=[PLEDGE])
    assert found.since is None
