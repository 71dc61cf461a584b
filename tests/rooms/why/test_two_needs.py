"""Why one need gets what another lacks: a small case for each reason, reckoned by hand."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.desk import SolverProcess
from scorta.errors import InputError
from scorta.why import Effect, WhyInstead

NEAR = 1e-3

PLACES = [
    {"place": "HUB", "party": "UA"},
    {"place": "CAMP", "party": "MD"},
    {"place": "DEPOT", "party": "DE"},
]
PARTIES = [{"party": party, "kind": "nation"} for party in ("UA", "MD", "DE")]
LEGS = [{"leg": to, "origin": "DEPOT", "destination": to, "mode": "road", "transit_days": 0} for to in ("HUB", "CAMP")]
X = {"need": "X", "place": "HUB", "item": "tent", "quantity": 10, "required_by": 2, "priority": 1}
Y = X | {"need": "Y"}
HELD = [{"place": "HUB", "item": "tent", "quantity": 10}]
AT_DEPOT = [{"place": "DEPOT", "item": "tent", "quantity": 10}]
PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 10, "state": "committed"}


def asked(solver: SolverProcess, *needs: dict[str, Any], **tables: Any) -> WhyInstead:
    """Plan a case of some needs, and ask why X gets something and Y does not."""
    world = {"parties": PARTIES, "places": PLACES, "legs": LEGS, "horizon": [("day", 28)], "needs": list(needs)}
    made = case(**(world | tables))
    return desk.why_instead(made, desk.make_plan(made, certify=False, solver=solver), "Y", "X", solver)


def changes(effect: Effect | None) -> tuple[float, float, float]:
    """Return by how many units on time, units at all and unit-days late a need changes."""
    assert effect is not None
    return pytest.approx((effect.on_time, -effect.unmet, effect.unit_days), abs=NEAR)


def test_the_more_urgent_comes_first(solver: SolverProcess) -> None:
    """X is of priority 1 and Y of 2: unit for unit."""
    found = asked(solver, X, Y | {"priority": 2}, stocks=HELD)
    assert (found.reason, found.hindrance) == ("more urgent", None)
    assert changes(found.gains) == (10, 10, 0)
    assert changes(found.loses) == (-10, -10, 0)


def test_what_is_worth_less_to_one_than_to_the_other(solver: SolverProcess) -> None:
    """A tent is half of what Y asks for: of 10 that X would lose, Y would gain 5."""
    items = [{"item": "tent"}, {"item": "hall"}]
    halved = [{"item": "hall", "substitute": "tent", "factor": 0.5}]
    found = asked(solver, X, Y | {"item": "hall"}, items=items, substitutes=halved, stocks=HELD)
    assert found.reason == "fewer in all"
    assert changes(found.gains) == (5, 5, 0)
    assert changes(found.loses) == (-10, -10, 0)


def test_who_would_wait_longer_comes_first(solver: SolverProcess) -> None:
    """10 more come on day 20: X would be 18 days late, Y is 10."""
    due = [{"place": "HUB", "item": "tent", "quantity": 10, "due_on": 20}]
    found = asked(solver, X, Y | {"required_by": 10}, stocks=HELD, receipts=due)
    assert found.reason == "later in all"
    assert changes(found.gains) == (10, 0, -100)
    assert changes(found.loses) == (-10, 0, 180)


def test_as_good_either_way(solver: SolverProcess) -> None:
    """Y lies a leg further away, and would come as early and in full: only the handling is less for X."""
    legs = [LEGS[1] | {"origin": "HUB"}]
    found = asked(solver, X, Y | {"place": "CAMP"}, stocks=HELD, legs=legs)
    assert found.reason == "as good"
    assert changes(found.gains) == (10, 10, 0)
    assert changes(found.loses) == (-10, -10, 0)


@pytest.mark.parametrize("only", [{"only_for": "X"}, {"only_for": "HUB"}, {"recipient": "UA"}])
def test_a_pledge_that_is_only_for_the_other(only: dict[str, str], solver: SolverProcess) -> None:
    """What DE has pledged for X alone, for its place or for its owner cannot serve Y, however urgent."""
    found = asked(solver, X | {"priority": 2}, Y | {"place": "CAMP"}, stocks=AT_DEPOT, pledges=[PLEDGE | only])
    assert found.reason == "held"
    assert found.hindrance is not None
    assert (found.hindrance.kind, found.hindrance.rows) == ("pledged for it", ("pledges.csv:2",))
    assert changes(found.gains) == (10, 10, 0)
    assert changes(found.loses) == (-10, -10, 0)


@pytest.mark.parametrize("lot", [{}, {"expires_on": 20}])
def test_stock_that_is_reserved_for_the_other(lot: dict[str, int], solver: SolverProcess) -> None:
    """What is reserved for X cannot serve Y, whether it keeps or not."""
    stocks = [HELD[0] | {"reserved_for": "X"} | lot]
    found = asked(solver, X | {"priority": 2, "quantity": 6}, Y, stocks=stocks)
    assert found.reason == "held"
    assert found.hindrance is not None
    assert (found.hindrance.kind, found.hindrance.rows) == ("reserved for it", ("stocks.csv:2",))
    assert changes(found.gains) == (10, 10, 0)
    assert changes(found.loses) == (-6, -6, 0)


def test_what_would_come_too_late(solver: SolverProcess) -> None:
    """What X gets could go to Y, but only after the plan."""
    legs = [LEGS[0], LEGS[1] | {"transit_days": 40}]
    pledges = [PLEDGE]
    found = asked(solver, X, Y | {"place": "CAMP"}, legs=legs, stocks=AT_DEPOT, pledges=pledges)
    assert found.hindrance is not None
    assert (found.reason, found.hindrance.kind) == ("held", "leg slow")
    assert changes(found.gains) == (10, 10, 0)


def test_an_own_need_draws_on_a_floor_and_a_gift_does_not(solver: SolverProcess) -> None:
    """DE serves its own need X from below its floor; for Y of UA, more urgent as it is, the floor stands."""
    own = X | {"place": "DEPOT", "priority": 2}
    floor = [{"party": "DE", "item": "tent", "floor": 10}]
    found = asked(solver, own, Y, stocks=AT_DEPOT, pledges=[PLEDGE], objectives=floor)
    assert found.hindrance is not None
    assert (found.reason, found.hindrance.kind) == ("own floor", "floor")


def test_other_goods_no_way_and_nothing_to_tell(solver: SolverProcess) -> None:
    """X gets what Y does not ask for; or what no leg brings there; or nothing; or Y lacks nothing."""
    items = [{"item": "tent"}, {"item": "cot"}]
    assert asked(solver, X, Y | {"item": "cot"}, items=items, stocks=HELD).reason == "other goods"
    assert asked(solver, X, Y | {"place": "CAMP"}, stocks=HELD).reason == "no way"
    assert asked(solver, X, Y, stocks=[]).reason == "gets nothing"
    assert asked(solver, X, Y, stocks=[HELD[0] | {"quantity": 20}]).reason == "lacks nothing"


def test_what_is_not_there_is_refused(solver: SolverProcess) -> None:
    """A need beside itself, and one that the plan does not know."""
    made = case(horizon=[("day", 5)], parties=PARTIES, places=PLACES, needs=[X], stocks=HELD)
    plan = desk.make_plan(made, certify=False, solver=solver)
    with pytest.raises(InputError, match="Name two needs"):
        desk.why_instead(made, plan, "X", "X", solver)
    with pytest.raises(InputError, match="no open need Y"):
        desk.why_instead(made, plan, "X", "Y", solver)
