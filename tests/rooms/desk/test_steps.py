"""The steps to a plan as they are told: each with its stage, its words and its time."""

from __future__ import annotations

import pytest
from tests.conftest import Planned

from scorta.desk import Step
from scorta.desk.steps import Clock, words_of_network, words_of_problem, words_of_tables, words_of_tier
from scorta.languages import speaking
from scorta.network import build_network
from scorta.problem import build_problem


def test_a_step_takes_the_time_since_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three looks at the clock at 5, 7 and 10 seconds the steps took 2 and 3; with nobody to tell, none is told."""
    looks = iter([5.0, 7.0, 10.0, 0.0, 0.0])
    monkeypatch.setattr("time.monotonic", lambda: next(looks))
    steps: list[Step] = []
    clock = Clock(steps.append)
    clock.done("check", "nothing wrong")
    clock.done("save", "plans/walk")
    assert steps == [Step("check", "nothing wrong", 2.0), Step("save", "plans/walk", 3.0)]
    Clock(None).done("check", "nothing wrong")
    assert len(steps) == 2


def test_what_came_of_a_step_is_counted(planned_walk: Planned) -> None:
    """The words of network, problem and plan name how many there are of what they made; a plan of none says so."""
    network = build_network(planned_walk.case, None)
    problem = build_problem(network)
    assert words_of_network(network) == f"{len(network.spots)} spots, {len(network.moves.leg)} moves"
    columns, rows, entries = problem.shape
    assert words_of_problem(problem) == f"{columns} columns, {rows} rows, {entries} entries"
    plan = planned_walk.plan
    first = {name: plan[name].head(1) for name in ("shipments", "issues")}
    assert words_of_tables(first) == "1 shipment, 1 issue"
    assert words_of_tables({name: frame.clear() for name, frame in first.items()}) == "0 shipments, 0 issues"


@pytest.mark.parametrize(
    ("bound", "is_best", "words"),
    [
        (350.0, True, "needs 1 late: 1,350, proved best, 9 s left"),
        (300.0, False, "needs 1 late: 1,350, at least 300, 9 s left"),
        (None, False, "needs 1 late: 1,350, 9 s left"),
    ],
)
def test_a_tier_is_told_with_what_is_known_of_it(bound: float | None, is_best: bool, words: str) -> None:
    """That it is best, or what it cannot be better than, or neither; time that is over is no time, not less."""
    assert words_of_tier("needs 1 late", 1350.0, bound, is_best, 9.0) == words
    assert words_of_tier("needs 1 late", 1350.0, bound, is_best, -2.0) == words.replace("9 s", "0 s")


def test_numbers_are_written_as_the_language_has_them() -> None:
    """In Italian a point parts the thousands."""
    with speaking("it"):
        assert "1.350" in words_of_tier("needs 1 late", 1350.0, None, False, 9.0)
