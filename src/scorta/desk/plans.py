"""From a case to a plan that was checked: the one way through the house."""

from __future__ import annotations

import platform
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

import scorta
from scorta.case import Case, Days, Floats, Previous
from scorta.desk.steps import (
    NETWORK,
    PLAN,
    PROBLEM,
    SAVE,
    SOLVE,
    VERIFY,
    Clock,
    Told,
    words_of_network,
    words_of_problem,
    words_of_tables,
    words_of_tier,
)
from scorta.errors import BrokenPlanError, InputError, OutputError
from scorta.languages import say, say_count
from scorta.network import build_network
from scorta.plan import Options, Plan, Record, Size, TierValue, names_of, plan_tables, save_plan
from scorta.plan.files import check_place
from scorta.problem import Numbers, Problem, build_problem
from scorta.report import check_workbook, is_workbook, write_plan_workbook
from scorta.solve import Answer, Certificate, Limits, SolverPool, SolverProcess
from scorta.verify import check_plan, dual_bound

Solver = SolverPool | SolverProcess
"""What solves a problem: several processes, or one."""


def make_plan(
    case: Case,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    relax: bool = False,
    certify: bool = True,
    previous: Plan | None = None,
    freeze: int = 0,
    solver: Solver | None = None,
    told: Told | None = None,
) -> Plan:
    """Plan a case and check the plan; nothing is written.

    `relax` drops whole numbers: what must be whole, or nothing or at least something, may be any part of it. `certify`
    proves a bound for every tier outside the solver; `solver` is one that runs already, used instead of its own. A
    `previous` plan is changed as little as can be, without making anything worse; in the buckets that lie wholly in the
    first `freeze` days it stands, as far as limits, firm orders and floors allow.

    Raises:
        InputError: no bucket lies wholly in the days to freeze.
        SolverError: the solver gave no answer that can be trusted.
        BrokenPlanError: the independent checker found a rule broken.
    """
    began = time.monotonic()
    limits = limits or Limits()
    clock = Clock(told)
    followed = _followed(case, previous, freeze)
    with SolverPool() if solver is None else nullcontext(solver) as ready:
        network = build_network(case, followed)
        clock.done(NETWORK, words_of_network(network))
        problem = build_problem(network)
        dropped = len(problem.whole) if relax else 0
        problem = replace(problem, whole=problem.whole[:0]) if relax else problem
        clock.done(PROBLEM, words_of_problem(problem))
        answer = _solve(problem, limits, seed, certify, ready, clock)
    tables = plan_tables(network, problem, answer)
    clock.done(PLAN, words_of_tables(tables))
    _verify(case, tables, answer, relax, followed)
    clock.done(VERIFY, say("no rule broken"))
    columns, rows, entries = problem.shape
    size = Size(columns=columns, rows=rows, entries=entries, whole=len(problem.whole), dropped=dropped)
    options = Options(seconds=limits.seconds, memory=limits.memory, gap=limits.gap)
    if previous is not None:
        options = replace(options, previous=previous.record.case_hash, freeze=freeze)
    return Plan(tables, _record(case, answer, options, seed, size, time.monotonic() - began))


_OTHER_FILES = (".csv", ".html", ".json", ".ods", ".parquet", ".pdf", ".xls", ".xlsm", ".zip")
"""Endings of files that a plan is not written as; a folder of such a name is hardly meant."""


def plan_case(
    case: Case,
    place: Path,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    relax: bool = False,
    previous: Plan | None = None,
    freeze: int = 0,
    told: Told | None = None,
) -> Plan:
    """Plan a case, check the plan and save it in a folder or as a workbook, whole or not at all.

    Raises:
        InputError, SolverError, BrokenPlanError: see `make_plan`; an earlier plan in that place stands.
        OutputError: the place holds something else or cannot be written, which is tried before anything is solved.
    """
    _check_out(place)
    plan = make_plan(case, limits=limits, seed=seed, relax=relax, previous=previous, freeze=freeze, told=told)
    clock = Clock(told)
    if is_workbook(place):
        write_plan_workbook(plan, place, case)
    else:
        save_plan(plan, place)
    clock.done(SAVE, str(place))
    return plan


def _check_out(place: Path) -> None:
    """Refuse a place where a plan cannot be saved, before anybody waits for one."""
    ending = place.suffix.lower()
    if ending in _OTHER_FILES:
        raise OutputError(
            "A plan is not written as {ending}.", "Name a folder, or a workbook that ends in .xlsx.", ending=ending
        )
    if is_workbook(place):
        check_workbook(place)
    else:
        check_place(place)


def _followed(case: Case, previous: Plan | None, freeze: int) -> Previous | None:
    """Return what the plan is to follow, if anything; refuse days to freeze in which no bucket ends."""
    if freeze and previous is None:
        raise InputError("There is no previous plan to freeze.", "Name it: `--from PLAN`.")
    if previous is None:
        return None
    followed, shortest = Previous(previous.tables, freeze), int(case.horizon.days[0])
    if freeze and not followed.frozen(case.horizon):
        raise InputError(
            "Nothing is frozen in {freeze} days: the first bucket of the plan has {shortest}.",
            "Freeze {shortest} days or more.",
            freeze=freeze,
            shortest=shortest,
        )
    return followed


def _solve(problem: Problem, limits: Limits, seed: int, certify: bool, solver: Solver, clock: Clock) -> Answer:
    """Solve the problem, and tell of each tier."""

    def progress(name: str, value: float, bound: float | None, left: float) -> None:
        gap = _gap(value, bound)
        is_best = gap is not None and gap <= PROVED_GAP
        clock.done(SOLVE, words_of_tier(name, value, _proved(bound), is_best, left))

    return solver.solve(problem, limits, seed, _certify if certify else None, progress)


def _certify(starts: Days, rows: Numbers, values: Floats, proof: Certificate) -> float:
    """Prove the bound of one tier from the prices of its rows."""
    return dual_bound(
        costs=proof.costs,
        offset=proof.offset,
        starts=starts,
        indices=rows,
        values=values,
        column_lower=proof.lower,
        column_upper=proof.upper,
        row_lower=proof.row_lower,
        row_upper=proof.row_upper,
        duals=proof.duals,
    )


def _verify(
    case: Case, tables: dict[str, pl.DataFrame], answer: Answer, relaxed: bool, previous: Previous | None
) -> None:
    """Let the independent checker look at the plan."""
    tiers = [(tier.name, tier.value) for tier in answer.tiers]
    breaches = check_plan(case, tables, tiers, relaxed=relaxed, previous=previous)
    if breaches:
        worst = breaches[0]
        left = len(breaches) - 1
        more = say_count(" ({number} more breach)", " ({number} more breaches)", left) if left else ""
        raise BrokenPlanError(
            "The plan breaks the rule {rule}: {sentence}{more}",
            "The plan is not published; please report it with the case.",
            rule=str(worst.rule),
            sentence=worst.sentence,
            more=more,
        )


def _record(case: Case, answer: Answer, options: Options, seed: int, size: Size, seconds: float) -> Record:
    """Write down how the plan came about."""
    tiers = tuple(
        TierValue(
            name=tier.name,
            value=tier.value,
            bound=_proved(tier.bound),
            gap=_gap(tier.value, tier.bound),
            seconds=tier.seconds,
            claimed_gap=_gap(tier.value, tier.claimed) or 0.0,
        )
        for tier in answer.tiers
    )
    gaps = [tier.gap for tier in tiers]
    proved = [gap for gap in gaps if gap is not None]
    return Record(
        title=case.scenario.title,
        as_of=case.scenario.as_of,
        case_hash=case.digest(),
        versions=versions(answer.solver),
        options=options,
        seed=seed,
        tiers=tiers,
        claimed_gap=max((tier.claimed_gap for tier in tiers), default=0.0),
        certified_gap=max(proved, default=0.0) if len(proved) == len(gaps) and not answer.unsolved else None,
        unsolved=answer.unsolved,
        size=size,
        seconds=seconds,
        changes=case.changes,
        names=names_of(case),
    )


def versions(solver: str) -> dict[str, str]:
    """Return the versions of what a plan depends on."""
    return {
        "scorta": scorta.__version__,
        "solver": solver,
        "python": platform.python_version(),
        "polars": pl.__version__,
        "numpy": np.__version__,
    }


PROVED_GAP = 1e-6
"""Gap up to which a tier is called proved best while a plan is made; the record states it in full."""


def _proved(bound: float | None) -> float | None:
    """Return a bound, None where it bounds nothing."""
    return bound if bound is not None and np.isfinite(bound) else None


def _gap(value: float, bound: float | None) -> float | None:
    """Return how far a value may be from the best, relative to it; None where nothing was proved."""
    proved = _proved(bound)
    return None if proved is None else max(value - proved, 0.0) / max(1.0, abs(value))
