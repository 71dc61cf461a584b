"""What may not reach the solver, and what of its answers is not believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.rooms.solve.small import INFINITE, problem_of, small

from scorta.errors import SolverError
from scorta.problem import Problem, TierSum
from scorta.rules import tier_of
from scorta.solve.screen import FEASIBILITY_TOLERANCE, LARGEST, screen_answer, screen_problem

NAN = float("nan")
"""What is no number."""


def refused(problem: Problem, words: str) -> None:
    """Look that a problem is refused with these words."""
    with pytest.raises(SolverError, match=words):
        screen_problem(problem)


def test_a_sound_problem() -> None:
    """Infinite bounds and sides are sound, and so is a problem of nothing."""
    screen_problem(small())
    screen_problem(small(upper=INFINITE, row_lower=-INFINITE, lower=-INFINITE))
    screen_problem(problem_of(np.zeros((0, 0)), [], [], [], {"first": []}))


@pytest.mark.parametrize("value", [NAN, INFINITE, -INFINITE, 2 * LARGEST, -2 * LARGEST])
def test_coefficients_and_costs(value: float) -> None:
    """One coefficient or cost that is not finite or too large is refused; the largest allowed is not."""
    refused(small(matrix=[1, value]), "not finite or too large")
    refused(small(costs={"first": [0, 1], "second": [value, 0]}), "not finite or too large")
    screen_problem(small(matrix=[1, LARGEST], costs={"first": [LARGEST, 1]}))


@pytest.mark.parametrize("side", ["lower", "upper"])
def test_bounds_that_are_no_number(side: str) -> None:
    """A bound that is no number is refused, and so is the side of a row."""
    refused(small(**{side: [0, NAN]}), "a bound that is not a number")
    refused(small(**{f"row_{side}": NAN}), "a bound that is not a number")


def test_crossed_bounds() -> None:
    """A lower bound above the upper is refused, an equal one is not; the same of rows."""
    refused(small(lower=[3, 0]), "bounds that cross")
    refused(small(row_upper=2.5), "bounds that cross")
    screen_problem(small(lower=[2, 0], row_upper=3))


def test_entries_twice() -> None:
    """Two entries in one place are refused, also where the rows of a column are not in order; two columns are not."""
    sound = problem_of([[1, 2], [3, 4], [5, 6]], 0, 9, 9, {"first": [1, 1]})
    screen_problem(sound)
    refused(replace(sound, rows=np.array([2, 0, 2, 0, 1, 2], dtype=np.int32)), "an entry twice")
    screen_problem(replace(sound, rows=np.array([2, 0, 1, 1, 0, 2], dtype=np.int32)))


@pytest.mark.parametrize("row", [-1, 1])
def test_entries_outside(row: int) -> None:
    """An entry in a row that is not there is refused."""
    refused(replace(small(), rows=np.array([0, row], dtype=np.int32)), "an entry outside its rows")


def test_all_findings_come_at_once() -> None:
    """What is wrong with a problem is said in one sentence."""
    refused(small(matrix=[NAN, 1], lower=[3, 0]), "not finite or too large, bounds that cross")


def disbelieved(problem: Problem, values: list[float], claimed: dict[str, float], words: str) -> None:
    """Look that an answer is not believed, with these words."""
    with pytest.raises(SolverError, match=words):
        screen_answer(problem, np.array(values), claimed)


def test_a_true_answer() -> None:
    """An answer within the rules, with the values it claims, is believed; so is one off by a rounding."""
    screen_answer(small(), np.array([2.0, 1.0]), {"first": 1.0, "second": 2.0})
    screen_answer(small(), np.array([2.0, 1.0 - FEASIBILITY_TOLERANCE / 2]), {"first": 1.0, "second": 2.0})


@pytest.mark.parametrize("values", [[2.0, 0.9], [2.1, 1.0], [-0.1, 3.1], [2.0, 11.0], [2.0, 1.0 - 1e-4]], ids=str)
def test_a_broken_rule(values: list[float]) -> None:
    """A row that is not kept, or a column outside its bounds, is seen: 0.9 + 2 is not 3, 2.1 is over 2."""
    disbelieved(small(), values, {}, "a rule is broken")


@pytest.mark.parametrize("values", [[2.0], [2.0, 1.0, 0.0], [2.0, NAN], [INFINITE, 1.0], []], ids=str)
def test_no_plan_at_all(values: list[float]) -> None:
    """Too few or too many values, or some that are no numbers, are no plan."""
    disbelieved(small(), values, {}, "numbers that are no plan")


def test_a_wrong_tier_value() -> None:
    """The value of a tier must be that of the plan: 0.9 for 1 is a lie, in any tier, in either direction."""
    for claimed in ({"first": 0.9}, {"first": 1.1}, {"first": 1.0, "second": 1.9}):
        disbelieved(small(), [2.0, 1.0], claimed, "it gives .* for the tier")
    screen_answer(small(), np.array([2.0, 1.0]), {"first": 1.0 + FEASIBILITY_TOLERANCE / 2})


def test_a_rule_is_broken_by_its_size() -> None:
    """A millionth of a large sum is a rounding, a thousandth of it is not."""
    problem = small(matrix=[1, -1], upper=[2e9, 2e9], row_lower=0, row_upper=0, costs={"first": [1, 0]})
    screen_answer(problem, np.array([1e9, 1e9 + 100]), {})
    disbelieved(problem, [1e9, 1e9 + 1e6], {}, "a rule is broken")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": np.array([0, 1])}, "matrix of the wrong shape"),
        ({"starts": np.array([0, 1, 3])}, "matrix of the wrong shape"),
        ({"starts": np.array([0, 2, 1])}, "matrix of the wrong shape"),
        ({"upper": np.array([2.0])}, "bounds of the wrong shape"),
        ({"tiers": (TierSum.build(tier_of("first"), np.array([7]), np.array([1.0])),)}, "outside its columns"),
        ({"tiers": (TierSum.build(tier_of("first"), np.array([1, 1]), np.array([1.0, 1.0])),)}, "twice in a tier"),
        ({"tiers": (TierSum.build(tier_of("first"), np.array([1]), np.array([1.0, 1.0])),)}, "tier of the wrong shape"),
        ({"lower": np.array([np.inf, 0.0]), "upper": np.array([np.inf, 9.0])}, "nothing can keep"),
        ({"upper": np.array([1e16, 9.0])}, "too large"),
    ],
)
def test_arrays_that_do_not_fit(changes: dict[str, Any], words: str) -> None:
    """Arrays that do not fit each other, and bounds that nothing can keep, are told before the solver sees them."""
    with pytest.raises(SolverError, match=words):
        screen_problem(replace(small(), **changes))
