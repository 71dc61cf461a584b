"""What changed between two plans, and because of which rows: mixtures of their two cases are planned to find out."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field

from scorta.case import Case
from scorta.check import change_case
from scorta.desk.cases import as_planned
from scorta.desk.plans import make_plan
from scorta.desk.steps import MIXTURE, Step, Told
from scorta.difference import Attribution, Group, attribute, group_changes, list_changed_rows, measure, mixed, mixtures
from scorta.difference.attribution import Chosen, Measure
from scorta.errors import InputError
from scorta.languages import mark, say
from scorta.network import build_network
from scorta.plan import Plan
from scorta.problem import build_problem
from scorta.solve import Limits, SolverPool

MOST_GROUPS = 8
"""Groups of changed rows up to which every order of them counts: eight are 256 plans."""

APART = 20_000
"""Entries from which on a mixture is solved part by part: most parts are as they were in the mixture before."""


def attribute_change(
    plans: tuple[Plan, Plan],
    cases: tuple[Case, Case],
    *,
    by: str = "row",
    groups: int = MOST_GROUPS,
    limits: Limits | None = None,
    solver: SolverPool | None = None,
    told: Told | None = None,
) -> Attribution:
    """Attribute what changed between two plans to the rows that differ between their cases, by planning mixtures.

    `plans` and `cases` are those before and after; changes that a case lacks and its plan has are done to it first.
    `by` is how rows are put together: `row` by their code, `table`, `what-if`, or the name of a field, as `donor`.
    Up to `groups` groups every order of them counts; of more, only that in which they stand. `solver` is one that runs
    already, used instead of its own.

    Raises:
        InputError: a plan was made of another case, no changed row has the field, or a mixture cannot be planned.
        SolverError, BrokenPlanError: see `make_plan`.
    """
    before, after = (_planned(plan, case, side) for plan, case, side in zip(plans, cases, _OTHER, strict=True))
    what_ifs = [*plans[0].record.changes, *plans[1].record.changes]
    found = group_changes(list_changed_rows(before, after), by, what_ifs)
    every_order = len(found) <= groups
    relax = all(plan.record.size.dropped for plan in plans)
    with nullcontext(solver) if solver is not None else SolverPool(large=APART) as running:
        mixing = _Mixing(
            before=before,
            after=after,
            groups=found,
            every_order=every_order,
            limits=limits,
            relax=relax,
            solver=running,
            told=told or (lambda step: None),
        )
        return attribute(found, every_order, plans, mixing.planned)


_OTHER = {
    "before": mark("The plan before was made of another case than the one given, or of another state of it."),
    "after": mark("The plan after was made of another case than the one given, or of another state of it."),
}
"""What is said of a plan that is not one of its case."""


def _planned(plan: Plan, case: Case, side: str) -> Case:
    """Return the case as the plan was made of it, changes and all; refuse a plan of another case."""
    if plan.record.case_hash == case.digest():
        return case
    changed = as_planned(case, plan.record.changes)
    if plan.record.case_hash != changed.digest():
        raise InputError(
            _OTHER[side],
            "Name the case of each plan: `--case-before CASE --case CASE`; or plan again.",
        )
    return changed


@dataclass(slots=True)
class _Mixing:
    """Plans mixtures of two cases one after the other; those that come to the same problem only once."""

    before: Case
    after: Case
    groups: tuple[Group, ...]
    every_order: bool
    limits: Limits | None
    relax: bool
    solver: SolverPool
    told: Told
    known: dict[tuple[bytes, str], dict[Measure, float]] = field(default_factory=dict)
    number: int = 0

    def planned(self, chosen: Chosen) -> dict[Measure, float]:
        """Return what comes of the mixture in which these groups are changed."""
        began, case = time.monotonic(), self._mixture(chosen)
        key = (build_problem(build_network(case)).digest(), case["needs"].write_csv())
        self.number, count = self.number + 1, len(mixtures(len(self.groups), self.every_order))
        words = say("{number} of {count}: as one before", number=self.number, count=count)
        if key not in self.known:
            made = make_plan(case, limits=self.limits, relax=self.relax, certify=False, solver=self.solver)
            self.known[key] = measure(made["fulfilment"])
            words = say("{number} of {count}: planned", number=self.number, count=count)
        self.told(Step(MIXTURE, words, time.monotonic() - began))
        return self.known[key]

    def _mixture(self, chosen: Chosen) -> Case:
        """Return the case in which these groups are changed and the others are not; refuse one that makes no sense."""
        case = mixed(self.before, self.after, [one for at in sorted(chosen) for one in self.groups[at].changes])
        wrong = _errors(case)
        if wrong and 0 < len(chosen) < len(self.groups) and (new := wrong - _errors(self.before) - _errors(self.after)):
            labels = ", ".join(self.groups[at].label for at in sorted(chosen))
            raise InputError(
                "With nothing changed but {labels} there is no case to plan: {wrong}",
                "Put rows together that belong together: `--by table`, or `--by` and the name of a field.",
                labels=labels,
                wrong=min(new),
            )
        return case


def _errors(case: Case) -> set[str]:
    """Return what is wrong with a case."""
    return {one.sentence for one in change_case(case, ()).findings if one.severity == "error"}
