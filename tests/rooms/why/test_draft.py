"""A draft: what is added to a problem, what others take of its limits, and what owners hold in a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.cases import case
from tests.conftest import Planned
from tests.rooms.solve.small import full, small

from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.rules import Rule
from scorta.solve import SolverProcess
from scorta.why.draft import Draft, held, missing, room


def solved(draft: Draft, solver: SolverProcess) -> list[float]:
    """Return the answer of a draft in which y is made small; x is up to 2, y up to 10, and x + y at least 3."""
    (tier,) = small(costs={"only": [0, 1]}).tiers
    return [round(float(value), 6) for value in solver.solve(draft.complete(tier)).values]


def test_a_column_and_a_row_are_added(solver: SolverProcess) -> None:
    """Where 2z counts too, z up to a quarter, y is a half. Where x + z is at most 1 besides, z is chosen: y is 1.75."""
    draft = Draft(small())
    (added,) = draft.columns(np.array([0]), 2.0, 0.25)
    assert added == 2
    assert solved(draft, solver) == [2, 0.5, 0.25]
    draft.row(np.array([0, added]), np.ones(2), 1.0)
    assert full(draft.complete(small().tiers[0])).tolist() == [[1, 1, 2], [1, 0, 1]]
    assert solved(draft, solver) == [0.75, 1.75, 0.25]


def test_rows_are_lowered_and_shifted(solver: SolverProcess) -> None:
    """What others use of a limit leaves less, and never less than nothing; a shift moves both sides of a row."""
    draft = Draft(small(row_upper=5))
    draft.shift_rows(np.array([0, 0]), np.array([0.5, 0.25]))
    assert (draft.row_lower[0], draft.row_upper[0]) == (2.25, 4.25)
    assert solved(draft, solver) == [2, 0.25]
    draft.lower_rows(np.array([0, 0]), np.array([1.0, 2.0]))
    assert draft.row_upper[0] == 1.25
    draft.lower_rows(np.array([0]), np.array([9.0]))
    assert draft.row_upper[0] == 0
    assert Draft(small(row_upper=5)).row_upper[0] == 5


def leg_problem() -> Problem:
    """Return the problem of a leg of 31 tonnes in January and 28 in February."""
    made = case(
        horizon=[("month", 2)],
        items=[{"item": "tent", "mass_kg": 1000}],
        stocks=[{"place": "DEPOT", "item": "tent", "quantity": 99}],
        needs=[{"need": "N", "place": "HUB", "item": "tent", "quantity": 99, "required_by": 40, "priority": 1}],
        legs=[{"leg": "L", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 0}
              | {"capacity_t_per_month": 31}],
    )  # fmt: skip
    return build_problem(build_network(made))


def test_others_take_their_part_of_a_limit() -> None:
    """Of the limit of that owner in that bucket alone; what nobody bounds is left alone."""
    problem = leg_problem()
    rows = problem.rules[Rule.LEG_CAPACITY]
    before = problem.row_upper[rows.numbers]
    draft = Draft(problem)
    owner = int(rows.index["owner"][0])
    draft.take(Rule.LEG_CAPACITY, np.array([owner, owner + 1]), np.array([1, 1]), np.array([5.0, 7.0]))
    after = draft.row_upper[rows.numbers]
    assert (before - after).tolist() == [0, 5]


def test_what_owners_hold_and_lack(planned_walk: Planned) -> None:
    """PL holds its floor of 20 once the rest is given away: of 30 that are wanted 10 are missing, of 15 none."""
    network = build_network(planned_walk.case)
    (level,) = held(planned_walk.plan, network)
    assert level.tolist() == pytest.approx([20.0] * 8)
    for wanted, lacks in ((30.0, 10.0), (15.0, 0.0), (np.nan, 0.0)):
        (short,) = missing(planned_walk.plan, network, np.full((1, 8), wanted))
        assert short.tolist() == pytest.approx([lacks] * 8)


def test_round_off_is_no_loss() -> None:
    """What is in the plan may be missed by a millionth of it and by a millionth; nothing of it by no more than that."""
    assert 1000 < room(1000.0) < 1000.01
    assert 0 < room(0.0) < 1e-3


def test_a_draft_without_whole_numbers(solver: SolverProcess) -> None:
    """Whole numbers are left out of account: the draft of a problem with them asks for none."""
    whole = replace(small(row_lower=2.5), whole=np.array([1], dtype=np.int32))
    assert solved(Draft(whole), solver) == [2, 0.5]
