"""Explaining a plan: what stands behind what a need receives."""

from __future__ import annotations

from scorta.case import Case
from scorta.errors import InputError
from scorta.explain import Step, trace_need
from scorta.plan import Plan


def trace(case: Case, plan: Plan, need: str) -> Step:
    """Return the chain of supply behind all that a need receives, back to stock, receipts and components.

    Raises:
        InputError: the plan was made of another state of the case, or has no such open need.
    """
    if plan.record.case_hash != case.digest():
        raise InputError("The plan was made of another state of this case.", "Plan the case again, and try again.")
    return trace_need(case, plan, need)
