"""Fixing a need: repairs are proposed, each is planned, and what really comes of it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection

from scorta.case import Case
from scorta.check import change_case
from scorta.desk.explaining import planned_case, ready_process
from scorta.desk.planning import make_plan
from scorta.plan import Plan
from scorta.solve import Limits, SolverPool
from scorta.why import Fix, changes_of, is_enough, propose, weigh


def fix(
    case: Case,
    plan: Plan,
    need: str,
    *,
    touch: Collection[str] = (),
    limits: Limits | None = None,
    told: Callable[[Fix], None] | None = None,
) -> tuple[Fix, ...]:
    """Find the changes that let a need be met better, and plan the case with each: see `Fix.rank` for their order.

    `touch` names the tables that may be changed; all, where it is empty. A repair that does no more than a part of it
    is left out, and so is one that the whole plan makes nothing of, or that would make no sound case.

    Raises:
        InputError: the plan was made of another state of the case, or has no such open need.
        SolverError, BrokenPlanError: see `make_plan`.
    """
    case = planned_case(case, plan, need)
    with ready_process() as solver:
        repairs = propose(case, plan, need, solver, touch)
    fixes, relaxed = list[Fix](), bool(plan.record.size.get("dropped"))
    with SolverPool() as pool:
        for repair in repairs:
            changed = change_case(case, changes_of(repair)).case
            if changed is None:
                continue
            after = make_plan(changed, limits=limits, relax=relaxed, certify=False, solver=pool)
            found = weigh(case, plan, after, need, repair)
            if found.helps and not any(is_enough(one, found) for one in fixes):
                fixes.append(found)
                if told is not None:
                    told(found)
    return tuple(sorted(fixes, key=lambda one: one.rank))
