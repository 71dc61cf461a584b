"""Answers: what stands behind what a need receives, what in its way and what would mend it, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

import polars as pl

from scorta.case import Case
from scorta.check import change_case
from scorta.desk.cases import as_planned
from scorta.desk.plans import make_plan
from scorta.desk.steps import Told
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.solve import Limits, SolverPool, SolverProcess
from scorta.trace import Ask, Step, list_asks, serves, trace_need
from scorta.why import (
    Fix,
    Why,
    WhyBelow,
    WhyInstead,
    changes_of,
    explain_below,
    explain_instead,
    explain_need,
    is_enough,
    propose,
    weigh,
)


def trace(case: Case, plan: Plan, codes: Sequence[str]) -> Step | pl.DataFrame:
    """Trace a need back to its sources, or a source forward to the needs it serves.

    `codes` are that of a need, a pledge, a contract or a line, or those of a place and an item. The changes with which
    the plan was made are done to the case first.

    Raises:
        InputError: the plan was made of another state of the case, or the codes name nothing that can be traced.
    """
    case = _planned(case, plan)
    if len(codes) == 1 and codes[0] in case["needs"]["need"]:
        return trace_need(case, plan, codes[0])
    return serves(case, plan, codes)


def why(case: Case, plan: Plan, need: str, solver: SolverProcess | None = None) -> Why:
    """Find what stands in the way of a need that is late or short: the rows of the case, what hinders most first.

    The changes with which the plan was made are done to the case first. `solver` is one that runs already, used instead
    of its own. Whole numbers are left out of account.

    Raises:
        InputError: the plan was made of another state of the case, or has no such open need.
        SolverError: see `make_plan`.
    """
    case = _of_need(case, plan, need)
    with _ready(solver) as ready:
        return explain_need(case, plan, need, ready)


def why_below(case: Case, plan: Plan, owner: str, item: str, solver: SolverProcess | None = None) -> WhyBelow:
    """Find why the stock of a party or place is below its objective: the rows of the case, what hinders most first.

    All else is as in `why`.

    Raises:
        InputError: the plan was made of another state of the case, or nobody of that code has such an objective.
        SolverError: see `make_plan`.
    """
    case = _planned(case, plan)
    with _ready(solver) as ready:
        return explain_below(case, plan, owner, item, ready)


def why_instead(case: Case, plan: Plan, need: str, other: str, solver: SolverProcess | None = None) -> WhyInstead:
    """Find why another need gets something and a need does not: the rule that decides, and what a trade would do.

    All else is as in `why`.

    Raises:
        InputError: the plan was made of another state of the case, has no such open needs, or they are the same.
        SolverError: see `make_plan`.
    """
    if need == other:
        raise InputError("{need} gets what it gets, and nothing instead of itself.", "Name two needs.", need=need)
    _of_need(case, plan, other)
    case = _of_need(case, plan, need)
    with _ready(solver) as ready:
        return explain_instead(case, plan, need, other, ready)


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
    case = _of_need(case, plan, need)
    with _ready() as solver:
        repairs = propose(case, plan, need, solver, touch)
    fixes, relaxed = list[Fix](), plan.record.size.dropped > 0
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


def ask(case: Case, *, limits: Limits | None = None, relax: bool = False, told: Told | None = None) -> tuple[Ask, ...]:
    """Plan a case as if whoever has goods above its floor could be asked for them, and list what the plan asks for.

    Raises:
        InputError: gifts need no pledge in this case, so that nobody has to be asked.
        SolverError, BrokenPlanError: see `make_plan`.
    """
    if "pledges" not in case.given:
        raise InputError("Gifts need no pledge in this case: nobody has to be asked.", "Plan it, and see `handovers`.")
    everybody = replace(case, scenario=replace(case.scenario, gifts="open"))
    plan = make_plan(everybody, limits=limits, relax=relax, certify=False, told=told)
    return list_asks(everybody, plan)


def _of_need(case: Case, plan: Plan, need: str) -> Case:
    """Return the case as a plan was made of it; refuse a need that is none of its open ones."""
    if need not in plan["fulfilment"]["need"]:
        raise InputError(
            "The plan has no open need {need}.",
            "Name one of those in `scorta show PLAN needs`, spelled as there.",
            need=need,
        )
    return _planned(case, plan)


def _ready(solver: SolverProcess | None = None) -> AbstractContextManager[SolverProcess]:
    """Return a solver that runs already, or one of one's own that is ended afterwards."""
    return SolverProcess() if solver is None else nullcontext(solver)


def _planned(case: Case, plan: Plan) -> Case:
    """Return the case as the plan was made of it, changes and all; refuse a plan of another state of the case."""
    changed = as_planned(case, plan.record.changes)
    if plan.record.case_hash != changed.digest():
        raise InputError("The plan was made of another state of this case.", "Plan the case again, and try again.")
    return changed
