"""Reliefs: what may stand in the way of a need is there to be opened, and closed until it is."""

from __future__ import annotations

import pytest
from tests.laws.chance import Facts, build
from tests.rooms.why.making import NEAR, POLES, makes

from scorta import desk
from scorta.desk import SolverProcess
from scorta.why.hindrances import Kind
from scorta.why.question import Question


def test_all_that_may_stand_in_the_way_is_there(question: Question) -> None:
    """One relief for each limit, lot, pledge and leg of the case, and for the need that comes first."""
    assert sorted(relief.kind for relief in question.reliefs) == sorted([
        Kind.PLEDGE_TOO_SMALL, Kind.LEG_FULL, Kind.LEG_SLOW, Kind.PLACE_FULL, Kind.STORAGE_FULL, Kind.STOCK_USED_UP,
        Kind.FLOOR, Kind.OTHERS_FIRST,
    ])  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"setup_cost_eur": 10}, {"minimum_lot": 0.5}], ids=["plain", "set-up", "lot"])
def test_a_full_line_is_named_where_something_is_set_up(more: Facts, solver: SolverProcess) -> None:
    """The most that is started where a process is set up follows from its hours, and gives way with them."""
    made = {"processes": [makes("tent", line="L", line_hours_per_unit=20, **more)], "stocks": []}
    case = build(POLES | made)
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    assert [one.kind for cause in found.causes for one in cause.hindrances] == ["line full"]
    assert found.causes[0].on_time == pytest.approx(5, abs=NEAR)
