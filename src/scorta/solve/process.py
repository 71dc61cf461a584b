"""The solver's process as seen from here: started, given a problem, watched, ended."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np

from scorta.case import Floats
from scorta.errors import SolverError
from scorta.languages import mark, say, say_reason
from scorta.problem import Problem
from scorta.solve.answer import Answer, Basis, Certificate, Certify, Limits, Progress, TierAnswer
from scorta.solve.exchange import costs_of, give_back, read_basis, read_proof, write_basis, write_problem
from scorta.solve.screen import screen_answer, screen_problem
from scorta.solve.tiers import evaluate

SIDES = ("lower", "upper", "row_lower", "row_upper")
"""The bounds of a problem, as a certificate states them."""

GRACE = 30.0
"""Seconds beyond the time limit after which a silent solver counts as hanging: loading and writing take time too."""

COMMAND = (sys.executable, "-m", "scorta.solve.child")
"""What starts the solver's process."""

LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Lets the solver's C library ask Linux for large pages: loading takes a third less time; elsewhere it says nothing."""

_STANDS = mark("The earlier plan stands.")
_REPORT = mark("This is a bug, please report it. The earlier plan stands.")

SIGNALLED = 128
"""Exit codes above this tell of a signal where a shell or container stands between; below 0 they do without one."""


class BrokenProcessError(SolverError):
    """The solver's process met an error of the program, which no more time or memory mends."""

    code, exit_code = "internal", 4


class Running(ABC):
    """What runs until it is ended; a context manager that ends it."""

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @abstractmethod
    def begin(self) -> None:
        """Begin before anything is asked, so as to be ready when it is."""

    @abstractmethod
    def end(self) -> None:
        """End it, whatever it is doing."""


class SolverProcess(Running):
    """A process that solves one problem after the other; a context manager that ends it.

    A process that dies, hangs or answers wrongly is ended and raises `SolverError`; the next problem starts anew.
    """

    def __init__(self, command: Sequence[str] = COMMAND, grace: float = GRACE) -> None:
        self.command, self.grace = tuple(command), grace
        self._process: subprocess.Popen[str] | None = None
        self._solved: Problem | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def begin(self) -> None:
        """Start the process; one that cannot be started is told of when something is asked of it."""
        if self._process is None:
            with suppress(SolverError):
                self._start()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process, self._solved = self._process, None, None  # at once: another thread may end it too
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def solve(
        self,
        problem: Problem,
        limits: Limits | None = None,
        seed: int = 0,
        certify: Certify | None = None,
        progress: Progress | None = None,
        start: Basis | None = None,
        opening: Floats | None = None,
    ) -> Answer:
        """Solve a problem tier by tier within the limits.

        The first run begins at `start`, the basis of a problem much like it, and makes `opening` small, a cost for
        each column: the tiers added up as they were there.

        Raises:
            SolverError: the problem is no problem, or the solver died, hung, ran out of time or memory, or lied.
        """
        screen_problem(problem)
        give_back()

        def write(folder: Path) -> None:
            write_problem(folder, problem)
            if start is not None:
                write_basis(folder / "start.npy", start)
            if opening is not None:
                np.save(folder / "opening.npy", opening)

        job = _job(limits or Limits()) | {"seed": seed, "again": False}
        return self._close(job, write, problem, certify, progress)

    def solve_again(self, problem: Problem, start: Basis | None = None, limits: Limits | None = None) -> Answer:
        """Solve a problem from the last answer where no more than upper bounds have changed since, else from `start`.

        The last problem must have one tier and no whole numbers; what has not changed are the very same arrays.

        Raises:
            SolverError: see `solve`.
        """
        if self._solved is None or not _is_alike(self._solved, problem):
            return self.solve(problem, limits, start=start)

        def write(folder: Path) -> None:
            np.save(folder / "upper.npy", problem.upper)

        return self._close(_job(limits or Limits()) | {"again": True}, write, problem)

    def _close(
        self,
        job: dict[str, Any],
        write: Callable[[Path], None],
        problem: Problem,
        certify: Certify | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Do a job; a process that does not answer as it should is ended."""
        with _room() as name:
            folder, self._solved = Path(name), None
            try:
                write(folder)
            except OSError as error:
                raise SolverError(
                    "The problem could not be written for the solver: {reason}.",
                    "Make room in {folder}.",
                    folder=folder.parent,
                    reason=say_reason(error),
                ) from error
            try:
                job |= {"folder": name, "certify": certify is not None}
                answer = self._run(folder, problem, job, certify, progress)
            except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
                self.end()
                raise SolverError(
                    "The solver said something that is no answer: {error}.", _STANDS, error=repr(error)
                ) from error
            except BaseException:
                self.end()
                raise
            self._solved = problem
            return answer

    def _run(
        self, folder: Path, problem: Problem, job: dict[str, Any], certify: Certify | None, progress: Progress | None
    ) -> Answer:
        """Send the job and follow it to its end."""
        self._send(json.dumps(job))
        over = time.monotonic() + float(job["seconds"])
        tiers: list[TierAnswer] = []
        while True:
            line = self._next(over + self.grace)
            match line.get("event"):
                case "tier":
                    tier = _read_tier(folder, problem, line, certify)
                    tiers.append(tier)
                    if progress is not None:
                        progress(tier.name, tier.best, tier.bound, over - time.monotonic())
                case "done":
                    return _answer(folder, problem, line, tiers[: int(line["stands"])])
                case "out of time":
                    raise SolverError(
                        "The time limit came before any plan was found.",
                        "Give it more time. The earlier plan stands.",
                    )
                case "out of memory":
                    raise SolverError("The solver ran out of memory.", "Allow it more. The earlier plan stands.")
                case "broke":
                    raise BrokenProcessError("The solver's process broke: {words}.", _REPORT, words=line.get("words"))
                case "failed":
                    raise SolverError(
                        "The solver gave up: it {words}.", _STANDS, words=line.get("words") or say("did not say why")
                    )

    def _send(self, job: str) -> None:
        """Give the job to the process, started anew where there is none."""
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(job + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise SolverError("The solver died before it was given the problem.", _STANDS) from error

    def _start(self) -> None:
        """Start the process and follow what it says."""
        try:
            self._process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
                env=solver_environment(),
            )  # fmt: skip
        except OSError as error:
            raise SolverError(
                "The solver cannot be started: {reason}.", "Install the package anew.", reason=say_reason(error)
            ) from error
        self._lines = queue.Queue()
        threading.Thread(target=_follow, args=(self._process.stdout, self._lines), daemon=True).start()

    def _next(self, deadline: float) -> dict[str, Any]:
        """Return the next line, or raise where the process died or is silent beyond the deadline."""
        assert self._process is not None
        try:
            line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.0))
        except queue.Empty:
            raise SolverError(
                "The solver hangs: it was ended.", "Give it more time or less to do. The earlier plan stands."
            ) from None
        if not line:
            raise _death(self._process.wait())
        try:
            said = json.loads(line)
        except ValueError as error:
            raise SolverError(
                "The solver said something that is no answer: {error}.", _STANDS, error=repr(line[:80])
            ) from error
        if not isinstance(said, dict):
            raise SolverError("The solver said something that is no answer: {error}.", _STANDS, error=repr(line[:80]))
        return said


def solver_environment() -> dict[str, str]:
    """Return the environment in which the solver's process runs; what the user has set stays as it is."""
    return LARGE_PAGES | os.environ


def _death(code: int) -> SolverError:
    """Return what to say of a process that ended without a word: only a signal may have come for lack of memory."""
    if code < 0 or code > SIGNALLED:
        return SolverError(
            "The solver died (exit code {code}), perhaps for lack of memory.",
            "Allow it more memory. The earlier plan stands.",
            code=code,
        )
    return SolverError("The solver died (exit code {code}).", _REPORT, code=code)


def _room() -> tempfile.TemporaryDirectory[str]:
    """Make the folder through which problem and answer pass."""
    try:
        return tempfile.TemporaryDirectory(prefix="scorta-", ignore_cleanup_errors=True)
    except OSError as error:
        raise SolverError(
            "No folder can be made for the solver: {reason}.",
            "Make room for temporary files, or name another place for them in TMPDIR. The earlier plan stands.",
            reason=say_reason(error),
        ) from error


def _job(limits: Limits) -> dict[str, Any]:
    """Return what is told to the process of the limits."""
    return {"seconds": limits.seconds, "memory": limits.memory, "gap": limits.gap}


def _is_alike(one: Problem, other: Problem) -> bool:
    """Tell whether two problems of one tier without whole numbers share all that is no upper bound of a column."""
    shared = all(getattr(one, name) is getattr(other, name) for name in _SHARED)
    return shared and len(one.tiers) == 1 and not len(one.whole)


_SHARED = ("lower", "row_lower", "row_upper", "starts", "rows", "values", "tiers", "whole", "release")
"""What two problems share where only upper bounds differ."""


def _follow(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Pass on every line, and an empty one at the end."""
    try:
        for line in stream:
            lines.put(line)
    except ValueError:  # the stream was closed under our hands: the process was ended
        return
    finally:
        lines.put("")


def _read_tier(folder: Path, problem: Problem, line: dict[str, Any], certify: Certify | None) -> TierAnswer:
    """Read how a tier came out and certify its bound."""
    name, number, best = str(line["name"]), int(line["number"]), float(line["best"])
    bound = None
    if certify is not None:
        tier = next(tier for tier in problem.tiers if tier.name == name)
        bases = [costs_of(tier, len(problem.lower)), *(getattr(problem, side) for side in SIDES)]
        duals, (costs, *bounds) = read_proof(folder / f"proof-{number}.npy", bases)
        lower, upper, row_lower, row_upper = bounds
        bound = certify(
            problem.starts,
            problem.rows,
            problem.values,
            Certificate(costs, float(line["offset"]), lower, upper, row_lower, row_upper, duals),
        )
    claimed = float(line["claimed"])
    return TierAnswer(name, best, best, bound, float(line["seconds"]), int(line["iterations"]), claimed)


def _answer(folder: Path, problem: Problem, line: dict[str, Any], told: list[TierAnswer]) -> Answer:
    """Read the answer, and believe it only if it keeps to the problem; of a tier solved twice the last counts.

    Where columns are whole, all tiers were solved once more at the end, with the whole numbers fixed.
    """
    tiers = {tier.name: replace(tier, best=float(line["settled"].get(tier.name, tier.best))) for tier in told}
    values = np.load(folder / "answer.npy")
    unsolved = tuple(str(name) for name in line["unsolved"])
    missing = {tier.name for tier in problem.tiers} - {*tiers, *unsolved}
    if missing:
        raise SolverError("The solver left out {names} without a word.", _STANDS, names=", ".join(sorted(missing)))
    screen_answer(problem, values, {name: tier.best for name, tier in tiers.items()})
    final = evaluate(problem, values)
    came_out = tuple(replace(tier, value=final[tier.name]) for tier in tiers.values())
    return Answer(values, came_out, unsolved, str(line["solver"]), read_basis(folder / "basis.npy", problem))
