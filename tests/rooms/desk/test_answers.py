"""Answers at the desk: of the case as it was planned, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from tests.conftest import Planned

from scorta import desk
from scorta.case import Case, Change
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace import Step
from scorta.why import Fix

EARLIER = Change("earlier", "pledges", "P1", "available_from", "set", "2022-11-07")


def test_a_need_is_traced_back_and_a_source_forward(planned_walk: Planned) -> None:
    """N1 receives 120; of its pledge P2 it receives 50, on time; what is neither need nor source is refused."""
    case, plan = planned_walk.case, planned_walk.plan
    back = desk.trace(case, plan, ["N1"])
    assert isinstance(back, Step)
    assert back.quantity == pytest.approx(120)
    forward = desk.trace(case, plan, ["P2"])
    assert isinstance(forward, pl.DataFrame)
    assert forward.select("need", "on_time").rows() == [("N1", pytest.approx(50))]
    with pytest.raises(InputError, match="Nothing that can be traced is called X"):
        desk.trace(case, plan, ["X"])


ASKED: dict[str, Callable[[Case, Plan], object]] = {
    "trace": lambda case, plan: desk.trace(case, plan, ["N1"]),
    "why": lambda case, plan: desk.why(case, plan, "N1"),
    "why below": lambda case, plan: desk.why_below(case, plan, "PL", "generator"),
    "fix": lambda case, plan: desk.fix(case, plan, "N1"),
}
"""Each question to a plan."""


@pytest.mark.parametrize("question", ASKED)
def test_another_state_of_the_case_is_refused(planned_walk: Planned, question: str) -> None:
    """A plan answers for the case that it was made of, and for no other, before anything is solved."""
    case = planned_walk.case
    other = case.replace(stocks=case["stocks"].with_columns(pl.col("quantity") + 1.0))
    with pytest.raises(InputError, match="another state of this case"):
        ASKED[question](other, planned_walk.plan)


def test_what_is_asked_must_be_there(planned_walk: Planned) -> None:
    """A need that the plan does not have, and one beside itself."""
    case, plan = planned_walk.case, planned_walk.plan
    for asked in (desk.why, desk.fix):
        with pytest.raises(InputError, match="no open need N9"):
            asked(case, plan, "N9")
    with pytest.raises(InputError, match="Name two needs"):
        desk.why_instead(case, plan, "N1", "N1")


def test_the_changes_of_a_plan_are_done_before_it_answers(planned_walk: Planned) -> None:
    """Of a plan of a what-if the case itself is asked: 50 come earlier, and nothing is late that could be explained."""
    plan = desk.make_plan(desk.changed_case(planned_walk.case, [EARLIER]))
    back = desk.trace(planned_walk.case, plan, ["N1"])
    assert isinstance(back, Step)
    assert {step.facts["days_late"] for step in back.behind} == {0}
    assert desk.why(planned_walk.case, plan, "N1").causes == ()


def test_repairs_are_told_as_they_are_found_and_come_in_their_order(planned_walk: Planned) -> None:
    """Of the pledge and the line each is told once it is planned; the one that mends all comes first."""
    told: list[Fix] = []
    fixes = desk.fix(planned_walk.case, planned_walk.plan, "N1", touch=["pledges", "lines"], told=told.append)
    assert sorted(told, key=lambda one: one.rank) == list(fixes)
    assert [(round(one.effect.on_time, 6), round(one.left, 6)) for one in fixes] == [(50, 0), (20, 30)]
    assert all(one.helps for one in fixes)
