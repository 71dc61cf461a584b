"""HiGHS behind one door: the only file that touches the solver. It runs in a process of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from importlib import metadata

import highspy
import numpy as np

from scorta.case import Days, Floats
from scorta.problem import Numbers, Problem, Tier
from scorta.solve.memory import give_back

PRICED = 1e-8
"""A reduced cost or price above this, in the scale of its tier, holds its column or row in place.

Measured on the October 2022 case: round-off stays below 1e-11, true prices begin at 1e-6.
"""

AT_BOUND = 1e-6
"""How near its bound, relative to its size, a column or row stands that is held there."""

NOTHING = 1e-9
"""A tier with a value below this, relative to the size of its columns' bounds, is at nothing."""

DEVEX, CHOOSE = 1, -1
"""Prices of the dual simplex: Devex, and what HiGHS chooses by itself."""

WAYS: tuple[dict[str, str | int], ...] = (
    {"presolve": "on", "solver": "simplex", "simplex_dual_edge_weight_strategy": DEVEX},
    {"presolve": "on", "solver": "simplex", "simplex_dual_edge_weight_strategy": CHOOSE},
    {"presolve": "on", "solver": "ipx"},
    {"presolve": "off", "solver": "simplex"},
)
"""How a tier is solved: the first way that answers counts (HiGHS now and then fails after its own presolve).

What the tiers before hold in place makes presolve so strong that starting anew takes a fraction of the time that
going on from the last basis takes (10 s for 450 s on the October 2022 case); the basis is the last way.
"""

ANSWERED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
"""What the solver says when it has solved a tier."""


class EngineError(Exception):
    """The solver did not answer as it should; the words say what it said."""


class OutOfTime(Exception):
    """The time limit came before the tier was solved."""


@dataclass(slots=True)
class Engine:
    """A problem inside the solver, solved tier by tier.

    After a tier is solved, everything with a price is held where it is: a column with a reduced cost at its bound,
    a row with a price at its side. What remains free is exactly the set of all answers that are best in that tier.
    """

    problem: Problem
    highs: highspy.Highs = field(init=False)
    lower: Floats = field(init=False)
    upper: Floats = field(init=False)
    row_lower: Floats = field(init=False)
    row_upper: Floats = field(init=False)
    priced: Days = field(init=False)
    values: Floats = field(init=False)
    duals: Floats = field(init=False)
    iterations: int = 0

    def __post_init__(self) -> None:
        self.highs = highspy.Highs()
        self.lower, self.upper = self.problem.lower, self.problem.upper
        self.row_lower, self.row_upper = self.problem.row_lower, self.problem.row_upper
        self.priced = np.zeros(0, dtype=np.int64)

    def load(self, seed: int) -> None:
        """Hand the problem to the solver."""
        self._option("output_flag", False)
        self._option("random_seed", seed)
        give_back()
        problem = self.problem
        columns, rows, entries = problem.shape
        costs = np.zeros(columns)
        continuous = costs.view(np.int32)[:columns]  # the same zeros serve twice
        status = self.highs.passModel(
            columns, rows, entries, 1, 1, 0.0, costs, self.lower, self.upper, self.row_lower, self.row_upper,
            problem.starts, problem.rows, problem.values, continuous,
        )  # fmt: skip
        _must(status, "did not take the problem")

    def minimise(self, tier: Tier, seconds: float) -> float:
        """Make one tier as small as possible and return its value; `OutOfTime` where the time did not suffice."""
        deadline = time.monotonic() + seconds
        scale = _scale(tier)
        self._set_costs(tier.columns, tier.costs / scale)
        basis = self.highs.getBasis()
        for way in WAYS:
            status = self._run(way, basis, deadline - time.monotonic())
            if status in ANSWERED:
                break
        else:
            raise EngineError(f"said {self.highs.modelStatusToString(status)!r} to the tier {tier.name!r}")
        solution = self.highs.getSolution()
        self.values = np.array(solution.col_value)
        self.duals = np.array(solution.row_dual) * scale
        self.iterations = max(self.highs.getInfo().simplex_iteration_count, 0)
        return float(tier.costs @ self.values[tier.columns])

    def _run(self, way: dict[str, str | int], basis: highspy.HighsBasis, seconds: float) -> highspy.HighsModelStatus:
        """Solve in one way, from nothing with presolve and from the last basis without; return what was said."""
        self.highs.clearSolver()
        for name, value in way.items():
            self._option(name, value)
        if way["presolve"] == "off" and basis.valid:
            self.highs.setBasis(basis)
        self._option("time_limit", self.highs.getRunTime() + max(seconds, 0.01))
        self.highs.run()
        status: highspy.HighsModelStatus = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        return status

    def hold(self, tier: Tier, value: float) -> None:
        """Keep the tier that was just solved at its value from now on."""
        scale = _scale(tier)
        if (tier.costs >= 0).all() and (self.lower[tier.columns] == 0).all() and value <= NOTHING * scale:
            at_nothing = tier.columns[tier.costs > 0]
            self.bound_columns(at_nothing, self.lower[at_nothing], self.lower[at_nothing])
            return
        solution = self.highs.getSolution()
        columns, side = _held(np.array(solution.col_dual), self.values, self.lower, self.upper)
        self.bound_columns(columns, side, side)
        rows, side = _held(np.array(solution.row_dual), np.array(solution.row_value), self.row_lower, self.row_upper)
        self.bound_rows(rows, side, side)

    def bound_columns(self, columns: Days, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some columns."""
        self.lower, self.upper = _changed(self.lower, columns, lower), _changed(self.upper, columns, upper)
        if len(columns):
            status = self.highs.changeColsBounds(len(columns), _numbers(columns), lower, upper)
            _must(status, "did not take new bounds")

    def bound_rows(self, rows: Days, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some rows."""
        self.row_lower, self.row_upper = _changed(self.row_lower, rows, lower), _changed(self.row_upper, rows, upper)
        if len(rows):
            status = self.highs.changeRowsBounds(len(rows), _numbers(rows), lower, upper)
            _must(status, "did not take new bounds")

    def unhold(self) -> None:
        """Give every column and row its own bounds again."""
        every, each = np.arange(len(self.lower)), np.arange(len(self.row_lower))
        self.bound_columns(every, self.problem.lower, self.problem.upper)
        self.bound_rows(each, self.problem.row_lower, self.problem.row_upper)

    def _set_costs(self, columns: Days, costs: Floats) -> None:
        """Give these columns their costs, and every other none."""
        self._change_costs(self.priced, np.zeros(len(self.priced)))
        self._change_costs(columns, costs)
        self.priced = columns

    def _change_costs(self, columns: Days, costs: Floats) -> None:
        if len(columns):
            status = self.highs.changeColsCost(len(columns), _numbers(columns), costs)
            _must(status, "did not take new costs")

    def _option(self, name: str, value: bool | int | float | str) -> None:
        _must(self.highs.setOptionValue(name, value), f"did not take the option {name!r}")


def _changed(bounds: Floats, at: Days, values: Floats) -> Floats:
    """Return the bounds with some of them changed; the problem's own stay as they are."""
    changed = np.array(bounds)
    changed[at] = values
    return changed


def _numbers(columns: Days) -> Numbers:
    """Return the numbers of columns or rows as the solver takes them."""
    return columns.astype(np.int32, copy=False)


def _scale(tier: Tier) -> float:
    """Return what the costs of a tier are divided by: the middle between the smallest and the largest, as factors.

    Divided by the largest alone, small costs would vanish below the solver's tolerance.
    """
    costs = np.abs(tier.costs[tier.costs != 0])
    return float(np.sqrt(costs.min() * costs.max())) if len(costs) else 1.0


def _held(prices: Floats, values: Floats, lower: Floats, upper: Floats) -> tuple[Days, Floats]:
    """Return what has a price and stands at the bound that the price is for, with that bound."""
    at = np.flatnonzero(np.abs(prices) > PRICED)
    side = np.where(prices[at] > 0, lower[at], upper[at])
    there = np.isfinite(side) & (np.abs(values[at] - side) <= AT_BOUND * (1.0 + np.abs(side)))
    return at[there], side[there]


def _must(status: highspy.HighsStatus, failure: str) -> None:
    """Raise where the solver says that something went wrong."""
    if status == highspy.HighsStatus.kError:
        raise EngineError(failure)


def version() -> str:
    """Return the name and version of the solver."""
    return f"HiGHS {metadata.version('highspy')}"
