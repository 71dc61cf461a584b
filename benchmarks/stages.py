"""One stage of Scorta measured in this process: `python stages.py STAGE SIZE FOLDER [SECONDS]`."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import polars as pl

import modelling
from generate import SEED, SIZES, make_case, with_stock_rows, write_case
from measure import tell, timed
from scorta import desk
from scorta.case import Case
from scorta.check import check_case
from scorta.network import build_network
from scorta.plan import Options, Plan, Record, Size, plan_tables
from scorta.problem import Problem, TierSum, build_problem
from scorta.read import read_case
from scorta.rules import tier_of
from scorta.solve import Answer, Limits, SolverPool, SolverProcess
from scorta.solve.engine import Engine
from scorta.trace import serves, trace_need
from scorta.verify import check_plan

ROWS = 1_000_000
"""Rows of `stocks.csv` in the case of size 1M."""

HALVED = 3
"""The row of stocks that is changed between two plans."""

LACKS = 1e-3
"""Units late or short from which on it is asked why."""

SEEDS = (SEED, 1, 2, 3)
"""The seeds of the cases in which it is asked why: in one of them few needs are late or short."""

SIDE_BY_SIDE = ("solve", "merged", "make", "again", "fix")
"""The stages that run a process of the solver for each core."""

Work = Callable[[], Any]


def case_of(size: str) -> Case:
    """Make the case of a size; that of size 1M is M with a million rows of stocks."""
    return with_stock_rows(make_case(SIZES["M"]), ROWS) if size == "1M" else make_case(SIZES[size])


def _folder(size: str, folder: Path) -> Path:
    """Return the folder of CSV files of a case, written where it is not there yet."""
    if not (folder / "csv" / "scenario.toml").exists():
        write_case(case_of(size), folder / "csv")
        os.sync()  # else the disk is still busy with it while the clock runs
    return folder / "csv"


def _read(size: str, folder: Path, seconds: float) -> Work:
    path = _folder(size, folder)
    return lambda: read_case(path)


def _check(size: str, folder: Path, seconds: float) -> Work:
    raw = read_case(_folder(size, folder))
    return lambda: _sound(check_case(raw))


def _read_check(size: str, folder: Path, seconds: float) -> Work:
    path = _folder(size, folder)
    return lambda: _sound(check_case(read_case(path)))


def _polars(size: str, folder: Path, seconds: float) -> Work:
    path = _folder(size, folder) / "stocks.csv"
    return lambda: pl.read_csv(path)


def _network(size: str, folder: Path, seconds: float) -> Work:
    case = case_of(size)
    return lambda: build_network(case)


def _problem(size: str, folder: Path, seconds: float) -> Work:
    network = build_network(case_of(size))
    return lambda: build_problem(network)


def _load(size: str, folder: Path, seconds: float) -> Work:
    problem = build_problem(build_network(case_of(size)))
    return lambda: _loaded(problem)


def _build(size: str, folder: Path, seconds: float) -> Work:
    case = case_of(size)
    return lambda: _loaded(build_problem(build_network(case)))


def _solve(size: str, folder: Path, seconds: float) -> Work:
    problem = build_problem(build_network(case_of(size)))

    return lambda: _kept(_solved(problem, seconds), folder)


def _merged(size: str, folder: Path, seconds: float) -> Work:
    """Make the tiers one objective, and solve it as Scorta solves anything."""
    problem = build_problem(build_network(case_of(size)))
    costs = modelling.merged_costs(problem)
    paid = np.flatnonzero(costs)
    one = replace(problem, tiers=(TierSum.build(tier_of("merged"), paid, costs[paid]),), release=None)
    return lambda: {"optimum": _solved(one, seconds).tiers[0].value}


def _highs(size: str, folder: Path, seconds: float) -> Work:
    """Make the tiers one objective, and let HiGHS solve it as it comes."""
    problem = build_problem(build_network(case_of(size)))
    return lambda: {"optimum": _by_highs(problem, seconds)}


def _make(size: str, folder: Path, seconds: float) -> Work:
    """Go the whole way from a case to a checked plan, every tier proved."""
    case = case_of(size)
    return lambda: _told(desk.make_plan(case, limits=Limits(seconds=seconds)))


def _again(size: str, folder: Path, seconds: float) -> Work:
    """Go the whole way once more after one row of stocks was halved, with the solvers of the first plan."""
    case, limits, solver, began = case_of(size), Limits(seconds=seconds), SolverPool(), time.perf_counter()
    desk.make_plan(case, limits=limits, solver=solver)
    first, stocks = time.perf_counter() - began, case["stocks"]
    halved = pl.when(pl.int_range(pl.len()) == HALVED).then(pl.col("quantity") / 2).otherwise("quantity")
    changed = case.replace(stocks=stocks.with_columns(quantity=halved))

    def work() -> dict[str, Any]:
        with solver:
            return {"first": first, **_told(desk.make_plan(changed, limits=limits, solver=solver))}

    return work


def _data(size: str, folder: Path, seconds: float) -> Work:
    problem = build_problem(build_network(case_of(size)))

    def work() -> dict[str, int]:
        data = modelling.data_of(problem)
        modelling.check_complete(problem, data)
        modelling.save(data, folder / "data.pickle")
        columns, rows, entries = problem.shape
        return {"columns": columns, "rows": rows, "entries": entries}

    return work


def _plan(size: str, folder: Path, seconds: float) -> Work:
    network = build_network(case_of(size))
    problem, answer = build_problem(network), pickle.loads((folder / "answer.pickle").read_bytes())
    return lambda: {name: len(frame) for name, frame in plan_tables(network, problem, answer).items()}


def _verify(size: str, folder: Path, seconds: float) -> Work:
    case = case_of(size)
    answer, tables = _answered(case, folder)
    tiers = [(tier.name, tier.value) for tier in answer.tiers]
    return lambda: {"breaches": [breach.sentence for breach in check_plan(case, tables, tiers)]}


def _trace(size: str, folder: Path, seconds: float) -> Work:
    """Trace the need that is served most often back to its sources."""
    case = case_of(size)
    plan = _planned(case, folder)
    need = plan["issues"]["need"].mode().sort()[0]
    return lambda: {"need": need, "steps": sum(1 for _ in trace_need(case, plan, need))}


def _serves(size: str, folder: Path, seconds: float) -> Work:
    """Follow the agreement under which most is handed over forward to the needs that it serves."""
    case = case_of(size)
    plan = _planned(case, folder)
    agreement = plan["handovers"]["agreement"].drop_nulls().mode().sort()[0]
    return lambda: {"agreement": agreement, "needs": serves(case, plan, [agreement]).height}


def _why(size: str, folder: Path, seconds: float) -> Work:
    """Say why each need that is late or short is so, with a solver that was asked before; as shares of its plan."""
    made = [_made(make_case(SIZES[size], seed), seconds) for seed in SEEDS]

    def work() -> dict[str, Any]:
        shares: list[float] = []
        for case, plan, planned in made:
            with SolverProcess() as solver:
                lacking = _lacking(plan)
                for need in lacking[:1]:
                    desk.why(case, plan, need, solver)
                shares += [_taken(partial(desk.why, case, plan, need, solver)) / planned for need in lacking]
        return {"shares": shares}

    return work


def _fix(size: str, folder: Path, seconds: float) -> Work:
    """Find what would fix the need that lacks most."""
    case, plan, planned = _made(case_of(size), seconds)
    need = _lacking(plan)[0]
    return lambda: {"plan": planned, "need": need, "fixes": len(desk.fix(case, plan, need))}


STAGES: dict[str, Callable[[str, Path, float], Work]] = {
    "read": _read,
    "check": _check,
    "read+check": _read_check,
    "polars": _polars,
    "network": _network,
    "problem": _problem,
    "load": _load,
    "build": _build,
    "solve": _solve,
    "merged": _merged,
    "highs": _highs,
    "make": _make,
    "again": _again,
    "data": _data,
    "plan": _plan,
    "verify": _verify,
    "trace": _trace,
    "serves": _serves,
    "why": _why,
    "fix": _fix,
}
"""What is made ready before the clock starts, and the work that is measured."""


def _answered(case: Case, folder: Path) -> tuple[Answer, dict[str, pl.DataFrame]]:
    """Return the answer that was kept, and the tables of the plan that come of it."""
    network = build_network(case)
    answer = pickle.loads((folder / "answer.pickle").read_bytes())
    return answer, plan_tables(network, build_problem(network), answer)


def _planned(case: Case, folder: Path) -> Plan:
    """Return the plan that comes of the answer that was kept; its record tells nothing."""
    _, tables = _answered(case, folder)
    record = Record(
        title="",
        as_of=case.scenario.as_of,
        case_hash="",
        versions={},
        options=Options(seconds=0.0),
        seed=0,
        tiers=(),
        claimed_gap=0.0,
        certified_gap=None,
        unsolved=(),
        size=Size(columns=0, rows=0, entries=0),
        seconds=0.0,
    )
    return Plan(tables, record)


def _made(case: Case, seconds: float) -> tuple[Case, Plan, float]:
    """Return a case, its plan, and the seconds it took to make it."""
    began = time.perf_counter()
    plan = desk.make_plan(case, limits=Limits(seconds=seconds))
    return case, plan, time.perf_counter() - began


def _lacking(plan: Plan) -> list[str]:
    """Return the needs that are late or short, what lacks the largest part first."""
    lacks = pl.col("late") + pl.col("unmet")
    rows = plan["fulfilment"].filter(lacks > LACKS).sort(lacks / pl.col("asked"), descending=True)
    return rows["need"].to_list()


def _taken(work: Work) -> float:
    """Return the seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _sound(checked: Any) -> dict[str, int]:
    """See that a made case is sound."""
    if checked.case is None:
        raise ValueError(f"The made case is not sound: {checked.findings[0]}")
    return {"findings": len(checked.findings)}


def _loaded(problem: Problem) -> Engine:
    """Return the solver with the problem in it."""
    engine = Engine(problem)
    engine.load(0)
    return engine


def _kept(answer: Answer, folder: Path) -> dict[str, Any]:
    """Keep an answer for the stages after it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answer.pickle").write_bytes(pickle.dumps(answer))
    return {"tiers": {tier.name: round(tier.seconds, 2) for tier in answer.tiers}, "unsolved": answer.unsolved}


def _solved(problem: Problem, seconds: float) -> Answer:
    """Solve all tiers as Scorta does."""
    with SolverPool() as solver:
        return solver.solve(problem, Limits(seconds=seconds))


def _told(plan: Plan) -> dict[str, Any]:
    """Tell what is proved of a plan."""
    return {"gap": plan.record.certified_gap, "unsolved": plan.record.unsolved}


def _by_highs(problem: Problem, seconds: float) -> float:
    """Return the optimum of the merged objective."""
    engine = _loaded(problem)
    costs, columns = modelling.merged_costs(problem), np.arange(len(problem.lower), dtype=np.int32)
    engine.highs.changeColsCost(len(columns), columns, costs)
    engine.highs.setOptionValue("time_limit", seconds)
    engine.highs.run()
    if engine.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise TimeoutError(f"no optimum of the merged objective within {seconds:.0f} s")
    return float(engine.highs.getObjectiveValue())


def main() -> None:
    """Make a stage ready, measure it and tell."""
    stage, size, folder, *rest = sys.argv[1:]
    work = STAGES[stage](size, Path(folder), float(rest[0]) if rest else 600.0)
    processes = len(os.sched_getaffinity(0)) if stage in SIDE_BY_SIDE else 1
    result, seconds, peak = timed(work, processes)
    tell(seconds, peak, **(result if isinstance(result, dict) else {}))


if __name__ == "__main__":
    main()
