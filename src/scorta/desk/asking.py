"""Asking: the case planned as if everybody could be asked, and the list of asks to bring to a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scorta.case import Case
from scorta.desk.planning import Step, make_plan
from scorta.errors import InputError
from scorta.solve import Limits
from scorta.trace import Ask, list_asks


def ask(
    case: Case, *, limits: Limits | None = None, relax: bool = False, told: Callable[[Step], None] | None = None
) -> tuple[Ask, ...]:
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
