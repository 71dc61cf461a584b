"""The case of October 2022, solved in two ways that share no algorithm: for the night."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorta import desk
from scorta.network import build_network
from scorta.problem import build_problem
from scorta.solve.engine import Engine
from scorta.solve.methods import WAYS
from scorta.solve.tiers import evaluate, run_tiers

pytestmark = pytest.mark.wide

SIMPLEX, INTERIOR = WAYS[0], WAYS[2]


@pytest.mark.parametrize("gifts", ["pledged", "open"])
def test_the_simplex_and_the_interior_point_method_agree(gifts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the twelve or more tiers has the same value."""
    case = desk.load_case(desk.demo_case())
    problem = build_problem(build_network(replace(case, scenario=replace(case.scenario, gifts=gifts))))
    found = []
    for way in (SIMPLEX, INTERIOR):
        monkeypatch.setattr("scorta.solve.methods.WAYS", (way,))
        engine = Engine(problem)
        engine.load(0)
        outcome = run_tiers(engine, 600.0, lambda solved: None)
        assert outcome.unsolved == []
        found.append(evaluate(problem, outcome.values))
    assert found[0] == pytest.approx(found[1], rel=1e-6)
