"""The benchmark: `python benchmarks/run.py S SM M`; every row is measured in a fresh process."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generate import SIZES
from measure import Measured, measure, write
from scorta.solve import solver_environment
from table import goals, heading, line

OUT = Path(__file__).resolve().parents[1] / "build" / "bench"
"""Where made cases and data lie while the benchmark runs."""

BEFORE_SOLVING = ("read", "check", "network", "problem", "load", "build")
AFTER_SOLVING = ("plan", "verify", "trace", "serves")

SOLVE = {"S": 600.0, "SM": 900.0, "M": 900.0, "L": 1800.0}
"""The seconds that solving a size may take."""

COMPARED = ("SM", "M")
"""The sizes at which all tiers stand beside the merged objective, and beside a plan made again."""

ASKED = "SM"
"""The size at which a plan is asked why needs are late or short, and what would fix them."""

RIVALS = {
    "S": ("linopy", "linopy_sparse", "pyoframe", "pulp", "pyomo"),
    "SM": ("linopy", "linopy_sparse", "pyoframe", "pulp", "pyomo"),
    "M": ("linopy", "linopy_sparse", "pyoframe", "pulp", "pyomo"),
    "L": ("linopy", "linopy_sparse", "pyoframe"),
}
"""The tools that build each size."""

SKIPPED = {
    "L": {
        "pulp": "not tried: about 2 minutes and 6 GB by its figures at M",
        "pyomo": "not tried: about 4 minutes and 14 GB by its figures at M",
    }
}
"""The tools that do not build a size, and why."""

LIMITS = {"S": 120.0, "SM": 240.0, "M": 300.0, "L": 420.0}
"""Seconds a tool may take, its start included."""

MERGED = "all tiers merged into one objective"
"""What is solved where a single solve stands beside all tiers."""

OPTIMA = {"S": ("optimum",)}
"""The sizes at which every tool also solves its model, and the word for it."""

EQUAL = 1e-6
"""How far the optimum of two tools may be apart, relative to it."""


@dataclass(slots=True)
class Bench:
    """What was measured so far; it grows as the benchmark runs and prints each row when it is there."""

    rows: list[Measured]
    told: Callable[[str], None]

    def add(self, row: Measured) -> Measured:
        """Take in a row and print it."""
        self.rows.append(row)
        self.told(line(row, self.rows))
        return row


def main() -> None:
    """Measure the sizes named, print the table and write it to `build/bench.json`."""
    sizes = sys.argv[1:] or ["S", "SM"]
    unknown = [size for size in sizes if size not in SIZES]
    if unknown:
        sys.exit(f"No such size: {', '.join(unknown)}. There are {', '.join(SIZES)}.")
    shutil.rmtree(OUT, ignore_errors=True)
    bench = Bench([], print)
    print(heading())
    for size in sizes:
        for row in _of_size(size):
            bench.add(row)
            write(bench.rows, OUT.parent / "bench.json")
    for row in _million():
        bench.add(row)
    write(bench.rows, OUT.parent / "bench.json")
    print("\n" + "\n".join([*_optima(bench.rows), *goals(bench.rows)]))


def _of_size(size: str) -> Iterator[Measured]:
    """Measure everything of one size."""
    for stage in BEFORE_SOLVING:
        yield _scorta(stage, size)
    yield _scorta("data", size)
    if size == "S":
        yield _scorta("merged", size)
    for tool in RIVALS[size]:
        yield measure("build", tool.replace("_", " "), size, _rival(tool, size, *OPTIMA.get(size, ())), LIMITS[size])
    for tool, reason in SKIPPED.get(size, {}).items():
        yield Measured("build", tool, size, None, None, reason)
    yield from _solved(size)


def _solved(size: str) -> Iterator[Measured]:
    """Solve a size, look at the plan that comes of it, and compare."""
    solved = _long("solve", size, "all tiers")
    yield solved
    if solved.seconds is not None:
        for stage in AFTER_SOLVING:
            yield _scorta(stage, size)
    yield _long("make", size, "from the case to a checked plan, every tier proved")
    if size == ASKED:
        yield from _answers(size)
    if size in COMPARED:
        yield _long("again", size, "after one changed row")
        yield _long("merged", size, MERGED)
        highs = _long("highs", size, MERGED)
        yield replace(highs, stage="merged", tool="highs")
        yield measure("merged", "linopy", size, _rival("linopy", size, "solve"), SOLVE[size] + 300, MERGED)


def _answers(size: str) -> Iterator[Measured]:
    """Measure what is asked of a plan."""
    yield _long("why", size, "every need that is late or short in four cases, plans made before")
    yield _long("fix", size, "the need that lacks most")


def _long(stage: str, size: str, note: str) -> Measured:
    """Measure a stage that solves."""
    limit = SOLVE[size]
    return measure(stage, "scorta", size, _command(stage, size, limit), limit + 300, note, solver_environment())


def _rival(tool: str, size: str, *words: str) -> list[str]:
    return ["rival.py", tool, str(OUT / size / "data.pickle"), *words]


def _million() -> Iterator[Measured]:
    """Read and check a case with a million rows of stocks, and read that file with Polars alone."""
    yield measure("read+check", "scorta", "1M", _command("read+check", "1M", 600), 600)
    yield measure("read", "polars", "1M", _command("polars", "1M", 600), 600)


def _scorta(stage: str, size: str) -> Measured:
    """Measure one stage of Scorta."""
    return measure(stage, "scorta", size, _command(stage, size, 600), 900, environment=solver_environment())


def _command(stage: str, size: str, seconds: float) -> list[str]:
    return ["stages.py", stage, size, str(OUT / size), str(seconds)]


def _optima(rows: list[Measured]) -> Iterator[str]:
    """Say of each tool whether it finds the same optimum as Scorta."""
    for size in SOLVE:
        known = [row for row in rows if row.size == size and row.facts and "optimum" in row.facts]
        found = {row.tool: row.facts["optimum"] for row in known if row.facts}
        own = found.pop("scorta", None)
        if own is None:
            continue
        yield f"Optimum of the merged objective at {size}: {own:.9g} (scorta)"
        for tool, value in found.items():
            apart = abs(value - own) / max(abs(own), 1.0)
            yield f"  {tool}: {value:.9g}, {'equal' if apart <= EQUAL else 'NOT EQUAL'} to {apart:.0e}"


if __name__ == "__main__":
    main()
