"""Explaining a plan: what stands behind what a need receives, what in its way, and what a source is good for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import polars as pl

from scorta.case import Case
from scorta.desk.changing import as_planned
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.solve import SolverProcess
from scorta.trace import Step, serves, trace_need
from scorta.why import Why, WhyBelow, WhyInstead, explain_below, explain_instead, explain_need


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
    case = planned_case(case, plan, need)
    with ready_process(solver) as ready:
        return explain_need(case, plan, need, ready)


def why_below(case: Case, plan: Plan, owner: str, item: str, solver: SolverProcess | None = None) -> WhyBelow:
    """Find why the stock of a party or place is below its objective: the rows of the case, what hinders most first.

    All else is as in `why`.

    Raises:
        InputError: the plan was made of another state of the case, or nobody of that code has such an objective.
        SolverError: see `make_plan`.
    """
    case = _planned(case, plan)
    with ready_process(solver) as ready:
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
    planned_case(case, plan, other)
    case = planned_case(case, plan, need)
    with ready_process(solver) as ready:
        return explain_instead(case, plan, need, other, ready)


def planned_case(case: Case, plan: Plan, need: str) -> Case:
    """Return the case as a plan was made of it; refuse a need that is none of its open ones."""
    if need not in plan["fulfilment"]["need"]:
        raise InputError(
            "The plan has no open need {need}.",
            "Name one of those in `scorta show PLAN needs`, spelled as there.",
            need=need,
        )
    return _planned(case, plan)


def ready_process(solver: SolverProcess | None = None) -> AbstractContextManager[SolverProcess]:
    """Return a solver that runs already, or one of one's own that is ended afterwards."""
    return SolverProcess() if solver is None else nullcontext(solver)


def _planned(case: Case, plan: Plan) -> Case:
    """Return the case as the plan was made of it, changes and all; refuse a plan of another state of the case."""
    changed = as_planned(case, plan.record.changes)
    if plan.record.case_hash != changed.digest():
        raise InputError("The plan was made of another state of this case.", "Plan the case again, and try again.")
    return changed
