"""Reliefs: what may stand in the way of a need is there to be opened, and closed until it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.desk import SolverProcess
from scorta.why.hindrances import Kind
from scorta.why.question import Question, Trial, pose
from scorta.why.targets import NeedTarget

NEED = {"need": "N", "place": "HUB", "item": "tent", "quantity": 10, "required_by": 20, "priority": 2}
WORLD: dict[str, Any] = {
    "parties": [{"party": "UA", "kind": "nation"}, {"party": "DE", "kind": "nation"}],
    "places": [
        {"place": "HUB", "party": "UA", "storage_t": 50, "throughput_t_per_month": 20},
        {"place": "DEPOT", "party": "DE"},
    ],
    "items": [{"item": "tent", "mass_kg": 1000}],
    "stocks": [{"place": "DEPOT", "item": "tent", "quantity": 10}],
    "needs": [NEED, NEED | {"need": "U", "quantity": 2, "priority": 1}],
    "legs": [
        {"leg": "L1", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 2}
        | {"capacity_t_per_month": 30}
    ],
    "pledges": [{"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 6, "state": "committed"}],
    "objectives": [{"party": "DE", "item": "tent", "floor": 1}],
}
"""Of ten tents DE has pledged six, and keeps one; UA asks for ten, after two that are more urgent."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


@pytest.fixture(scope="module")
def question(solver: SolverProcess) -> Question:
    """Return the problem of the need N alone."""
    made = case(**WORLD)
    plan = desk.make_plan(made, certify=False, solver=solver)
    return pose(made, plan, NeedTarget.build(made, plan, "N"))


def test_all_that_may_stand_in_the_way_is_there(question: Question) -> None:
    """One relief for each limit, lot, pledge and leg of the case, and for the need that comes first."""
    assert sorted(relief.kind for relief in question.reliefs) == sorted([
        Kind.PLEDGE_TOO_SMALL, Kind.LEG_FULL, Kind.LEG_SLOW, Kind.PLACE_FULL, Kind.STORAGE_FULL, Kind.STOCK_USED_UP,
        Kind.FLOOR, Kind.OTHERS_FIRST,
    ])  # fmt: skip


def test_every_relief_is_closed_until_it_is_opened(question: Question) -> None:
    """What others have stays theirs; opened, a relief lets something through, and no other is opened with it."""
    for relief in question.reliefs:
        assert not question.problem.upper[relief.columns].any()
        opened = question.opened([relief])
        assert opened.upper[relief.columns].all()
        assert sum(opened.upper != question.problem.upper) == len(relief.columns)


def test_what_each_alone_would_do(question: Question, solver: SolverProcess) -> None:
    """Six are pledged and two go to U: with more pledged DE's floor leaves three more, without U two more come."""
    trial = Trial.begin(question, solver)
    assert (trial.before.unmet, question.supply, question.way) == (pytest.approx(6, abs=1e-3), True, True)
    unmet = {relief.kind: trial.met([relief]).unmet for relief in question.reliefs}
    assert unmet[Kind.PLEDGE_TOO_SMALL] == pytest.approx(3, abs=1e-3)
    assert unmet[Kind.OTHERS_FIRST] == pytest.approx(4, abs=1e-3)
    assert unmet[Kind.LEG_SLOW] == unmet[Kind.FLOOR] == pytest.approx(6, abs=1e-3)
