"""From a case to a plan that was checked: the one way through the house."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

import scorta
from scorta.case import Case, Days, Floats
from scorta.errors import BrokenPlanError
from scorta.network import build_network
from scorta.plan import Plan, Record, TierValue, plan_tables, save_plan
from scorta.plan.saving import check_place
from scorta.problem import Numbers, Problem, build_problem
from scorta.solve import Answer, Certificate, Limits, SolverProcess
from scorta.verify import check_plan, dual_bound


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way that is done: its stage, what came of it in words, and the seconds it took."""

    stage: str
    words: str
    seconds: float


Told = Callable[[Step], None]
"""Is told of every step when it is done."""


def make_plan(
    case: Case,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    relax: bool = False,
    certify: bool = True,
    solver: SolverProcess | None = None,
    told: Told | None = None,
) -> Plan:
    """Plan a case and check the plan; nothing is written.

    `relax` drops whole numbers: what must be whole, or nothing or at least something, may be any part of it. `certify`
    proves a bound for every tier outside the solver; `solver` is a running process to use instead of one of its own.

    Raises:
        SolverError: the solver gave no answer that can be trusted.
        BrokenPlanError: the independent checker found a rule broken.
    """
    began = time.monotonic()
    limits = limits or Limits()
    clock = _Clock(told or (lambda step: None))
    network = build_network(case)
    clock.done("network", f"{len(network.spots):,} spots, {len(network.moves.leg):,} moves")
    problem = build_problem(network)
    columns, rows, entries = problem.shape
    dropped = len(problem.whole) if relax else 0
    problem = replace(problem, whole=problem.whole[:0]) if relax else problem
    whole = f", {len(problem.whole):,} whole numbers" if len(problem.whole) else ""
    clock.done("problem", f"{columns:,} columns, {rows:,} rows, {entries:,} entries{whole}")
    answer = _solve(problem, limits, seed, certify, solver, clock)
    tables = plan_tables(network, problem, answer)
    clock.done("plan", f"{len(tables['shipments']):,} shipments, {len(tables['issues']):,} issues")
    _verify(case, tables, answer, relax)
    clock.done("verify", "no rule broken")
    size = {"columns": columns, "rows": rows, "entries": entries, "whole": len(problem.whole), "dropped": dropped}
    return Plan(tables, _record(case, answer, limits, seed, size, time.monotonic() - began))


def plan_case(
    case: Case,
    folder: Path,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    relax: bool = False,
    told: Told | None = None,
) -> Plan:
    """Plan a case, check the plan and save it in a folder, whole or not at all.

    Raises:
        SolverError, BrokenPlanError: see `make_plan`; an earlier plan in the folder stands.
        OutputError: the folder holds something else or cannot be written, which is tried before anything is solved.
    """
    check_place(folder)
    plan = make_plan(case, limits=limits, seed=seed, relax=relax, told=told)
    clock = _Clock(told or (lambda step: None))
    save_plan(plan, folder)
    clock.done("save", str(folder))
    return plan


class _Clock:
    """Tells of each step with the seconds since the one before."""

    def __init__(self, told: Told) -> None:
        self.told, self.began = told, time.monotonic()

    def done(self, stage: str, words: str) -> None:
        now = time.monotonic()
        self.told(Step(stage, words, now - self.began))
        self.began = now


def _solve(
    problem: Problem, limits: Limits, seed: int, certify: bool, solver: SolverProcess | None, clock: _Clock
) -> Answer:
    """Solve the problem in the process given, or in one of its own."""

    def progress(name: str, value: float, seconds: float) -> None:
        clock.done("solve", f"{name}: {value:,.6g}")

    prove = _certify if certify else None
    if solver is not None:
        return solver.solve(problem, limits, seed, prove, progress)
    with SolverProcess() as own:
        return own.solve(problem, limits, seed, prove, progress)


def _certify(starts: Days, rows: Numbers, values: Floats, proof: Certificate) -> float:
    """Prove the bound of one tier from the prices of its rows."""
    return dual_bound(
        proof.costs,
        proof.offset,
        starts,
        rows,
        values,
        proof.lower,
        proof.upper,
        proof.row_lower,
        proof.row_upper,
        proof.duals,
    )


def _verify(case: Case, tables: dict[str, pl.DataFrame], answer: Answer, relaxed: bool) -> None:
    """Let the independent checker look at the plan."""
    breaches = check_plan(case, tables, [(tier.name, tier.value) for tier in answer.tiers], relaxed=relaxed)
    if breaches:
        worst = breaches[0]
        more = f" ({len(breaches) - 1:,} more breaches)" if len(breaches) > 1 else ""
        raise BrokenPlanError(
            f"The plan breaks the rule {worst.rule!r}: {worst.sentence}{more}",
            "The plan is not published; please report it with the case.",
        )


def _record(case: Case, answer: Answer, limits: Limits, seed: int, size: dict[str, int], seconds: float) -> Record:
    """Write down how the plan came about."""
    tiers = tuple(
        TierValue(
            tier.name,
            tier.value,
            _proved(tier.bound),
            _gap(tier.value, tier.bound),
            tier.seconds,
            _gap(tier.value, tier.claimed) or 0.0,
        )
        for tier in answer.tiers
    )
    gaps = [tier.gap for tier in tiers]
    proved = [gap for gap in gaps if gap is not None]
    return Record(
        title=case.scenario.title,
        as_of=case.scenario.as_of,
        case_hash=case.digest(),
        versions={
            "scorta": scorta.__version__,
            "solver": answer.solver,
            "python": platform.python_version(),
            "polars": pl.__version__,
            "numpy": np.__version__,
        },
        options={"seconds": limits.seconds, "memory": limits.memory, "gap": limits.gap},
        seed=seed,
        tiers=tiers,
        claimed_gap=max((tier.claimed_gap for tier in tiers), default=0.0),
        certified_gap=max(proved, default=0.0) if len(proved) == len(gaps) and not answer.unsolved else None,
        unsolved=answer.unsolved,
        size=size,
        seconds=seconds,
    )


def _proved(bound: float | None) -> float | None:
    """Return a bound, None where it bounds nothing."""
    return bound if bound is not None and np.isfinite(bound) else None


def _gap(value: float, bound: float | None) -> float | None:
    """Return how far a value may be from the best, relative to it; None where nothing was proved."""
    proved = _proved(bound)
    return None if proved is None else max(value - proved, 0.0) / max(1.0, abs(value))
