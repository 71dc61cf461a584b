"""HiGHS behind one door: the only file that touches the solver. It runs in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata

import highspy
import numpy as np

from scorta.case import Days, Floats
from scorta.problem import Numbers, Problem, TierSum
from scorta.solve import methods
from scorta.solve.answer import Basis
from scorta.solve.exchange import give_back
from scorta.solve.methods import (
    ENDLESS,
    FEWEST,
    GO_ON,
    IDLE,
    IDLE_PATIENCE,
    ONCE_MORE,
    PATIENCE,
    VARY,
    Way,
    filled,
    idle_basis,
)
from scorta.solve.prices import Face, Proof, add_up, allows_better, held, scale_of, sums_by_column, value_of

EMPTY_TIER_TOLERANCE = 1e-9
"""A tier with a value below this, relative to the size of its columns' bounds, is at nothing."""

BY_COLUMNS, MINIMISE, NO_OFFSET = 1, 1, 0.0
"""How a problem is handed over: its matrix column by column, to be made small, with nothing added."""

STANDS = sorted(highspy.HighsBasisStatus.__members__.values(), key=int)
"""Where a column or row may stand, by its number."""

ANSWERED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
"""What the solver says when it has solved a tier."""

WHOLE_NUMBER_TOLERANCE = 1e-9
"""How far a column may be from a whole number while the solver searches: times a large figure it is still nothing."""

TIER_TOLERANCE = 1e-9
"""How much worse a tier may become where a row keeps it, relative to it and to a typical cost of it.

Measured on 300 random problems: no later tier became infeasible, even without any room; with 1e-9 later tiers stay
right within 3e-7, with 1e-7 within 3e-5.
"""

LOOSE_TIER_TOLERANCE = 1e-6
"""How much worse a tier may become, relative to it, where the solver finds no answer with less room."""


_ROW = "did not take or give back the row that keeps a tier"


class EngineError(Exception):
    """The solver did not answer as it should; the words say what it said."""


class OutOfTime(Exception):
    """The time limit came before the tier was solved."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for whole numbers found, and the value that no answer beats, as the solver says."""

    values: Floats
    bound: float


@dataclass(slots=True)
class Engine:
    """A problem inside the solver, solved tier by tier.

    After a tier is solved, everything with a price is held where it is: a column with a reduced cost at its bound,
    a row with a price at its side. What remains free is exactly the set of all answers that are best in that tier.
    Columns that are whole take any number but in `search`; `solve/whole_numbers.py` says what is made of that. The
    first run begins at `start` and makes `opening` small, where they are given; `basis` is what comes of it.
    """

    problem: Problem
    start: Basis | None = None
    opening: Floats | None = None
    basis: Basis | None = None
    highs: highspy.Highs = field(init=False)
    lower: Floats = field(init=False)
    upper: Floats = field(init=False)
    row_lower: Floats = field(init=False)
    row_upper: Floats = field(init=False)
    priced: Days = field(init=False)
    values: Floats = field(init=False)
    levels: Floats = field(init=False)
    face: Face = field(init=False)
    proof: Proof = field(init=False)
    kept: list[tuple[TierSum, float]] = field(default_factory=list)
    ground: tuple[Floats, Floats, Floats, Floats] = field(init=False)
    claimed: float = 0.0
    iterations: int = 0
    effort: int = 0
    factored: bool = False

    def __post_init__(self) -> None:
        self.highs = highspy.Highs()
        self.lower, self.upper = self.problem.lower, self.problem.upper
        self.row_lower, self.row_upper = self.problem.row_lower, self.problem.row_upper
        self.priced = np.zeros(0, dtype=np.int64)
        self.lay_ground()

    @property
    def is_question(self) -> bool:
        """Tell whether the problem has one tier and no whole numbers, as that of one need alone."""
        return len(self.problem.tiers) == 1 and not len(self.problem.whole)

    def load(self, seed: int) -> None:
        """Hand the problem to the solver."""
        self._option("output_flag", False)
        self._option("random_seed", seed)
        self._option("solve_relaxation", True)
        self._option("mip_feasibility_tolerance", WHOLE_NUMBER_TOLERANCE)
        give_back()
        problem = self.problem
        columns = len(self.lower)
        costs = np.zeros(columns) if self.lower.any() else self.lower  # the same zeros serve three times
        kinds = costs.view(np.int32)[:columns]
        if len(problem.whole):
            kinds = np.zeros(columns, dtype=np.int32)
            kinds[problem.whole] = int(highspy.HighsVarType.kInteger)
        sides = (costs, self.lower, self.upper, self.row_lower, self.row_upper)
        matrix = (problem.starts, problem.rows, problem.values)
        status = self.highs.passModel(*problem.shape, BY_COLUMNS, MINIMISE, NO_OFFSET, *sides, *matrix, kinds)
        _must(status, "did not take the problem")

    def minimise(self, tier: TierSum, seconds: float, *, onward: bool = False) -> float:
        """Make one tier as small as possible and return its value; `OutOfTime` where the time did not suffice.

        `onward` is for bounds that have changed since the last answer: it goes on from there.
        """
        deadline, self.factored = time.monotonic() + seconds, False
        scale = scale_of(tier)
        self._set_costs(tier.columns, tier.costs / scale)
        if not onward or not self._go_on(deadline):
            self._begin(tier, deadline)
        self._read(tier, scale)
        self.claimed = value_of(tier, self.values)
        return self.claimed

    def minimise_together(
        self, tiers: Sequence[TierSum], weights: Sequence[float], seconds: float, *, anew: bool
    ) -> bool:
        """Make a sum of tiers as small as possible, from nothing or from the last answer; tell whether that was done.

        `OutOfTime` where the time did not suffice.
        """
        deadline = time.monotonic() + seconds
        costs = self.opening if anew and self.opening is not None else add_up(tiers, weights, len(self.lower))
        self.opening, priced = None, np.flatnonzero(costs)
        self._set_costs(priced, costs[priced])
        if anew:
            self._begin(tiers[0], deadline)
        # Only a run of the simplex on the whole problem leaves a factor of its basis behind; without one HiGHS crashes.
        way = {**GO_ON, "simplex_iteration_limit": max(int(PATIENCE * self.effort), FEWEST)}
        self.factored = False
        if not self.highs.getBasis().valid or self._run(way, deadline - time.monotonic()) not in ANSWERED:
            return False
        self._take_answer()
        self.factored = True
        return True

    def is_best(self, tier: TierSum) -> bool:
        """Tell whether the last answer is best in a tier: whether the prices of its basis allow nothing better.

        If so, the face of the tier and its proof are those prices. Nothing is told where the answer is none of
        `minimise_together`.
        """
        if not self.factored:
            return False
        scale, costs = scale_of(tier), np.zeros(len(self.lower))
        costs[tier.columns] = tier.costs / scale
        rows, columns = self._price(costs)
        if allows_better(columns, self.values, self.lower, self.upper):
            return False
        if allows_better(rows, self.levels, self.row_lower, self.row_upper):
            return False
        self.face = Face(self.values, self.levels, columns, rows, np.zeros(0))
        self.proof = Proof(costs * scale, 0.0, rows * scale)
        self.claimed = value_of(tier, self.values)
        return True

    def _price(self, costs: Floats) -> tuple[Floats, Floats]:
        """Return the prices of rows and columns in the last basis; what the first solve misses, a second one adds."""
        _, basic = self.highs.getBasicVariables()
        within, at = np.flatnonzero(basic >= 0), basic[basic >= 0]
        rows, columns = np.zeros(len(self.row_lower)), costs
        for _ in range(2):
            left = np.zeros(len(basic))
            left[within] = columns[at]
            left[basic < 0] = -rows[-1 - basic[basic < 0]]
            rows = rows + np.array(self.highs.getBasisTransposeSolve(left)[1])
            columns = costs - sums_by_column(self.problem, rows)
        return rows, columns

    def _begin(self, tier: TierSum, deadline: float) -> None:
        """Solve from the best start there is, and keep the basis of the first answer."""
        started = self._start_idle(deadline) if self.start is None else self._start_from(self.start, deadline)
        if not started:
            self._start_anew(tier, deadline)
        self._keep_basis()

    def _start_from(self, start: Basis, deadline: float) -> bool:
        """Solve from the basis of another problem, once; tell whether that was quick."""
        self.start, self.effort = None, start.effort
        limit = max(int(PATIENCE * start.effort), FEWEST)
        return any(
            self._run_from(start, {**way, "simplex_iteration_limit": limit}, deadline) for way in methods.FROM_BASIS
        )

    def _go_on(self, deadline: float) -> bool:
        """Solve from the last answer, else once more from the first; tell whether that was quick."""
        if self._run(VARY, deadline - time.monotonic()) in ANSWERED:
            return True
        return self.basis is not None and self._run_from(self.basis, ONCE_MORE, deadline)

    def _start_idle(self, deadline: float) -> bool:
        """Solve from the plan in which nothing happens, if nothing was solved yet; tell whether that was quick.

        Where tiers may give way it matters which of equal plans comes first: those begin from nothing. So do
        questions: others are to have what they have in a plan, and nothing happening is far from that.
        """
        problem = self.problem
        tried = self.basis is not None or self.is_question
        if tried or problem.release is not None or len(problem.whole) or problem.shape[2] > IDLE:
            return False
        start, most = idle_basis(problem), max(int(IDLE_PATIENCE * problem.shape[1]), FEWEST)
        self._run_from(start, {**GO_ON, "simplex_iteration_limit": 0}, deadline)
        begin = filled(problem, start, np.array(self.highs.getSolution().row_value))
        if begin is None or not self._run_from(begin, {**GO_ON, "simplex_iteration_limit": most}, deadline):
            return False
        self.effort = max(self.highs.getInfo().simplex_iteration_count, 0)
        return True

    def _run_from(self, start: Basis, way: Way, deadline: float) -> bool:
        """Solve in one way from a basis; tell whether that led to an answer."""
        basis = highspy.HighsBasis()
        basis.col_status, basis.row_status = ([STANDS[state] for state in side] for side in (start.columns, start.rows))
        basis.valid = True
        taken = self.highs.setBasis(basis) == highspy.HighsStatus.kOk
        return taken and self._run(way, deadline - time.monotonic()) in ANSWERED

    def _keep_basis(self) -> None:
        """Keep the basis of the first answer: another problem like this one is solved from it."""
        basis = self.highs.getBasis()
        if self.basis is None and basis.valid and not len(self.problem.whole):
            sides = (basis.col_status, basis.row_status)
            columns, rows = (np.array([int(state) for state in side], np.int8) for side in sides)
            self.basis = Basis(columns, rows, self.effort)

    def _start_anew(self, tier: TierSum, deadline: float) -> None:
        """Solve from nothing, in the first way that answers, each time with a solver that has solved nothing yet.

        A question is asked in a way of its own at first, within as many iterations as it has rows.

        HiGHS 1.16.0 is not as good as new after a run without presolve: on ten years of October 2022 its next
        postsolve left 4,618 prices wrong for 117, and putting them right took minutes for a tenth of a second.
        """
        ask: Way = {**methods.ASK, "simplex_iteration_limit": max(self.problem.shape[1], FEWEST)}
        for way in (ask, *methods.WAYS) if self.is_question else methods.WAYS:
            fresh = highspy.Highs()
            _must(fresh.passOptions(self.highs.getOptions()), "did not take its options again")
            _must(fresh.passModel(self.highs.getLp()), "did not take the problem again")
            self.highs = fresh
            status = self._run(way, deadline - time.monotonic())
            if status in ANSWERED:
                self.effort = max(self.highs.getInfo().simplex_iteration_count, 0)
                return
        raise EngineError(f"said {self.highs.modelStatusToString(status)!r} to the tier {tier.name!r}")

    def _read(self, tier: TierSum, scale: float) -> None:
        """Read the answer, its prices, and what they prove."""
        solution, rows = self._take_answer(), len(self.row_lower)
        prices, column_prices = np.array(solution.row_dual), np.array(solution.col_dual)
        self.face = Face(self.values, self.levels, column_prices, prices[:rows], np.minimum(prices[rows:], 0.0))
        costs, offset = np.zeros(len(self.values)), 0.0
        costs[tier.columns] = tier.costs
        for (kept, most), price in zip(self.kept, self.face.kept_prices * scale, strict=True):
            costs[kept.columns] -= price * kept.costs / scale_of(kept)
            offset += float(price) * most / scale_of(kept)
        self.proof = Proof(costs, offset, self.face.row_prices * scale)

    def _take_answer(self) -> highspy.HighsSolution:
        """Read the answer of the last run."""
        solution: highspy.HighsSolution = self.highs.getSolution()
        self.values, self.levels = np.array(solution.col_value), np.array(solution.row_value)[: len(self.row_lower)]
        self.iterations = max(self.highs.getInfo().simplex_iteration_count, 0)
        return solution

    def _run(self, way: Way, seconds: float) -> highspy.HighsModelStatus:
        """Solve in one way; return what was said."""
        for name, value in {"simplex_iteration_limit": ENDLESS, **way}.items():
            self._option(name, value)
        self._option("time_limit", self.highs.getRunTime() + max(seconds, 0.01))
        self.highs.run()
        status: highspy.HighsModelStatus = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        return status

    def search(self, tier: TierSum, start: Floats, gap: float, seconds: float) -> Found:
        """Look for whole numbers that make the tier just minimised small, from an answer, if any.

        A gap is relative to the value, and for values near nothing to a typical cost of the tier. After its presolve
        HiGHS 1.16.0 now and then says the optimum and hands back the answer it was given: then it starts from none.
        """
        deadline = time.monotonic() + seconds
        found = self._search(tier, start, gap, seconds)
        left = deadline - time.monotonic()
        if found is None and left <= 0:
            raise OutOfTime
        if found is None and len(start):
            found = self._search(tier, start[:0], gap, left)
        if found is None:
            raise EngineError(f"handed back another answer than it said to the tier {tier.name!r}")
        return found

    def _search(self, tier: TierSum, start: Floats, gap: float, seconds: float) -> Found | None:
        """Search once; None where what came is not worth what the solver says."""
        self.highs.clearSolver()
        for name, value in (("presolve", "on"), ("solver", "choose"), ("mip_rel_gap", gap), ("mip_abs_gap", gap)):
            self._option(name, value)
        self._option("solve_relaxation", False)
        if len(start):
            known = highspy.HighsSolution()
            known.col_value = start.tolist()
            _must(self.highs.setSolution(known), "did not take the answer it was given")
        self._option(
            "time_limit", max(seconds, 0.01)
        )  # a search counts from its own beginning, all else from the first
        self.highs.run()
        self._option("solve_relaxation", True)
        return self._found(tier)

    def _found(self, tier: TierSum) -> Found | None:
        """Read what a search found."""
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        if status not in ANSWERED and info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            if status == highspy.HighsModelStatus.kTimeLimit:
                raise OutOfTime
            raise EngineError(f"said {self.highs.modelStatusToString(status)!r} to the tier {tier.name!r}")
        values = np.array(self.highs.getSolution().col_value)
        value, size = value_of(tier, values), value_of(tier, np.abs(values))
        said = info.objective_function_value * scale_of(tier)
        if not abs(value - said) <= LOOSE_TIER_TOLERANCE * (scale_of(tier) + abs(size)):
            return None
        return Found(values, info.mip_dual_bound * scale_of(tier))

    def hold(self, tier: TierSum, value: float) -> None:
        """Keep the tier that was just solved at its value from now on."""
        if not self.hold_nothing(tier, value):
            self.hold_face(*self.held_by(self.face))

    def hold_nothing(self, tier: TierSum, value: float) -> bool:
        """Keep a tier at nothing, where it is, by the bounds of its columns; tell whether it was."""
        costs_more = (tier.costs >= 0).all() and (self.lower[tier.columns] == 0).all()
        if not costs_more or value > EMPTY_TIER_TOLERANCE * scale_of(tier):
            return False
        at_nothing = tier.columns[tier.costs > 0]
        self.bound_columns(at_nothing, self.lower[at_nothing], self.lower[at_nothing])
        return True

    def held_by(self, face: Face) -> tuple[tuple[Days, Floats], tuple[Days, Floats]]:
        """Return the columns with a price, each with the bound it is held at, and the rows."""
        return (
            held(face.column_prices, face.values, self.lower, self.upper),
            held(face.row_prices, face.levels, self.row_lower, self.row_upper),
        )

    def hold_face(self, columns: tuple[Days, Floats], rows: tuple[Days, Floats]) -> None:
        """Keep columns and rows where they are."""
        self.bound_columns(columns[0], columns[1], columns[1])
        self.bound_rows(rows[0], rows[1], rows[1])

    def hold_by_row(self, tier: TierSum, value: float) -> None:
        """Keep a tier by a row of its costs, a little above its value."""
        scale = scale_of(tier)
        most = value + TIER_TOLERANCE * (scale + abs(value))
        status = self.highs.addRow(-np.inf, most / scale, len(tier.columns), _numbers(tier.columns), tier.costs / scale)
        _must(status, _ROW)
        self.kept.append((tier, most))

    def loosen(self) -> None:
        """Give the rows that keep tiers more room: round-off has shut every answer out."""
        first = len(self.row_lower)
        for number, (tier, most) in enumerate(self.kept):
            scale = scale_of(tier)
            more = most + LOOSE_TIER_TOLERANCE * (scale + abs(most))
            _must(self.highs.changeRowBounds(first + number, -np.inf, more / scale), _ROW)
            self.kept[number] = tier, more

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
        problem = self.problem
        self._lay_bounds(problem.lower, problem.upper, problem.row_lower, problem.row_upper)

    def lay_ground(self) -> None:
        """Remember the bounds as they are, for `back_to_ground`."""
        self.ground = (self.lower, self.upper, self.row_lower, self.row_upper)

    def back_to_ground(self) -> None:
        """Give every column and row the bounds that were remembered."""
        self._lay_bounds(*self.ground)

    def _lay_bounds(self, lower: Floats, upper: Floats, row_lower: Floats, row_upper: Floats) -> None:
        """Give every column and row these bounds; no row keeps a tier any more."""
        self.bound_columns(np.arange(len(lower)), lower, upper)
        self.bound_rows(np.arange(len(row_lower)), row_lower, row_upper)
        if self.kept:
            first = len(row_lower)
            _must(self.highs.deleteRows(len(self.kept), np.arange(first, first + len(self.kept), dtype=np.int32)), _ROW)
            self.kept.clear()

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


def _must(status: highspy.HighsStatus, failure: str) -> None:
    """Raise where the solver says that something went wrong."""
    if status == highspy.HighsStatus.kError:
        raise EngineError(failure)


def version() -> str:
    """Return the name and version of the solver."""
    return f"HiGHS {metadata.version('highspy')}"
