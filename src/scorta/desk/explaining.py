"""Explaining a plan: what stands behind what a need receives, and what a source is good for."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from scorta.case import Case
from scorta.desk.changing import as_planned
from scorta.errors import InputError
from scorta.explain import Step, serves, trace_need
from scorta.plan import Plan


def trace(case: Case, plan: Plan, codes: Sequence[str]) -> Step | pl.DataFrame:
    """Trace a need back to its sources, or a source forward to the needs it serves.

    `codes` are that of a need, a pledge, a contract or a line, or those of a place and an item. The changes with which
    the plan was made are done to the case first.

    Raises:
        InputError: the plan was made of another state of the case, or the codes name nothing that can be traced.
    """
    case = as_planned(case, plan.record.changes)
    if plan.record.case_hash != case.digest():
        raise InputError("The plan was made of another state of this case.", "Plan the case again, and try again.")
    if len(codes) == 1 and codes[0] in case["needs"]["need"]:
        return trace_need(case, plan, codes[0])
    return serves(case, plan, codes)
