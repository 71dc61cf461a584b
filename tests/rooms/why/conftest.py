"""What tests of causes share: a process of the solver, and the problem of one need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.desk import SolverProcess
from scorta.why.question import Question, pose
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


@pytest.fixture(scope="package")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


@pytest.fixture(scope="package")
def question(solver: SolverProcess) -> Question:
    """Return the problem of the need N alone."""
    made = case(**WORLD)
    plan = desk.make_plan(made, certify=False, solver=solver)
    return pose(made, plan, NeedTarget.build(made, plan, "N"))
