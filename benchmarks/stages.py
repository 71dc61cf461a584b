"""One stage of Scorta measured in this process: `python stages.py STAGE SIZE FOLDER [SECONDS]`."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import polars as pl

import modelling
from generate import SIZES, make_case, with_stock_rows, write_case
from measure import tell, timed
from scorta.case import Case
from scorta.check import check_case
from scorta.network import build_network
from scorta.plan import plan_tables
from scorta.problem import Problem, build_problem
from scorta.read import read_case
from scorta.solve import Answer, Limits, SolverProcess, TierAnswer
from scorta.solve.engine import Engine, version
from scorta.solve.steps import evaluate
from scorta.verify import check_plan

ROWS = 1_000_000
"""Rows of `stocks.csv` in the case of size 1M."""

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

    def work() -> Answer:
        with SolverProcess() as solver:
            return solver.solve(problem, Limits(seconds=seconds))

    return lambda: _kept(work(), folder)


def _answer(size: str, folder: Path, seconds: float) -> Work:
    """Make the tiers one objective and solve that, where all tiers one after the other take too long."""
    problem = build_problem(build_network(case_of(size)))
    return lambda: _kept(_merged(problem, seconds)[0], folder)


def _optimum(size: str, folder: Path, seconds: float) -> Work:
    problem = build_problem(build_network(case_of(size)))
    return lambda: {"optimum": _merged(problem, seconds)[1]}


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
    network = build_network(case)
    answer = pickle.loads((folder / "answer.pickle").read_bytes())
    tables = plan_tables(network, build_problem(network), answer)
    tiers = [(tier.name, tier.value) for tier in answer.tiers]
    return lambda: {"breaches": [breach.sentence for breach in check_plan(case, tables, tiers)]}


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
    "answer": _answer,
    "optimum": _optimum,
    "data": _data,
    "plan": _plan,
    "verify": _verify,
}
"""What is made ready before the clock starts, and the work that is measured."""


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


def _merged(problem: Problem, seconds: float) -> tuple[Answer, float]:
    """Solve the merged objective; return the answer and its optimum."""
    engine = _loaded(problem)
    costs, columns = modelling.merged_costs(problem), np.arange(len(problem.lower), dtype=np.int32)
    engine.highs.changeColsCost(len(columns), columns, costs)
    engine.highs.setOptionValue("time_limit", seconds)
    engine.highs.run()
    if engine.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise TimeoutError(f"no optimum of the merged objective within {seconds:.0f} s")
    values = np.array(engine.highs.getSolution().col_value)
    worth = evaluate(problem, values)
    tiers = tuple(TierAnswer(name, value, value, None, 0.0, 0, value) for name, value in worth.items())
    return Answer(values, tiers, (), version()), engine.highs.getObjectiveValue()


def main() -> None:
    """Make a stage ready, measure it and tell."""
    stage, size, folder, *rest = sys.argv[1:]
    work = STAGES[stage](size, Path(folder), float(rest[0]) if rest else 600.0)
    result, seconds, peak = timed(work)
    tell(seconds, peak, **(result if isinstance(result, dict) else {}))


if __name__ == "__main__":
    main()
