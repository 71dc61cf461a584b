"""A solver that dies, hangs, rambles or lies: one sentence, no process left, and the next problem starts anew."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest
from tests.rooms.solve.small import script, small

from scorta.errors import SolverError
from scorta.solve import Limits, SolverProcess

SOLVED = "tier(0, 'first', 1.0); tier(1, 'second', 2.0)"
"""What a solver says that has solved the small problem."""

FAILURES = {
    "dies at the start": ("sys.exit(3)", r"died( \(exit code 3\)\. This is a bug| before)"),
    "dies of a signal": ("read(); os.kill(os.getpid(), 9)", r"died \(exit code -9\), perhaps for lack of memory"),
    "dies with the problem": ("read(); sys.exit(137)", r"died \(exit code 137\), perhaps for lack of memory"),
    "dies mid-way": ("read(); tier(0, 'first', 1.0); sys.exit(0)", r"died \(exit code 0\)\. This is a bug"),
    "dies in the middle of a line": ("read(); sys.stdout.write('{\"event\"'); sys.stdout.flush()", "no answer|died"),
    "is silent": ("read(); time.sleep(60)", "hangs"),
    "is silent after a tier": ("read(); tier(0, 'first', 1.0); time.sleep(60)", "hangs"),
    "does not read": ("time.sleep(60)", "hangs"),
    "rambles": ("read(); print('Optimal!', flush=True); time.sleep(60)", "said something that is no answer: 'Optimal!"),
    "says nothing of use": ("read(); say(event='hello'); time.sleep(60)", "hangs"),
    "has no memory": ("read(); say(event='out of memory')", r"ran out of memory\. Allow it more"),
    "gives up": ("read(); say(event='failed', words='said no')", "gave up: it said no"),
    "has no time": ("read(); say(event='out of time')", "time limit came before any plan"),
    "breaks a rule": (f"read(); {SOLVED}; done([0.0, 0.0])", "a rule is broken"),
    "leaves the bounds": (f"read(); {SOLVED}; done([3.0, 0.0])", "a rule is broken"),
    "claims too good a tier": ("read(); tier(0, 'first', 0.5); tier(1, 'second', 2.0); done([2.0, 1.0])", "gives 0.5"),
    "says a number": ("read(); print(7, flush=True); time.sleep(60)", "no answer"),
    "says null": ("read(); print('null', flush=True); time.sleep(60)", "no answer"),
    "gives up without a word": ("read(); say(event='failed')", "did not say why"),
    "names no tier": ("read(); say(event='tier'); time.sleep(60)", "no answer"),
    "names a value that is none": ("read(); tier(0, 'first', 'cheap'); done([2.0, 1.0])", "no answer"),
    "claims a value that is no number": (
        "read(); tier(0, 'first', float('nan')); tier(1, 'second', 2.0); done([2.0, 1.0])",
        "gives nan",
    ),
    "leaves tiers out": ("read(); tier(0, 'first', 1.0); done([2.0, 1.0])", "left out second"),
    "writes no answer": (f"read(); {SOLVED}; say(event='done', unsolved=[], solver='x')", "no answer"),
    "answers words": (f"read(); {SOLVED}; done(['2', '1'])", "no plan"),
    "answers a table": (f"read(); {SOLVED}; done([[2.0], [1.0]])", "no plan"),
    "answers too briefly": (f"read(); {SOLVED}; done([2.0])", "no plan"),
    "answers no numbers": (f"read(); {SOLVED}; done([2.0, float('nan')])", "no plan"),
}
"""What a solver may do instead of solving, and the words that say so."""


def wait_for(path: Path) -> None:
    """Wait until a process has written its number, however long it takes to start on a busy machine."""
    deadline = time.monotonic() + 60
    while not (path.exists() and path.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("failure", FAILURES)
def test_a_solver_that_fails(tmp_path: Path, failure: str) -> None:
    """One sentence says what happened, the earlier plan stands, and the process is gone from the machine."""
    body, words = FAILURES[failure]
    body = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n{body}"
    grace = 1.0 if words == "hangs" else 60.0  # only what hangs is waited for, and not while it still starts
    with SolverProcess(script(tmp_path, body), grace=grace) as solver:
        wait_for(tmp_path / "pid")
        with pytest.raises(SolverError, match=words) as raised:
            solver.solve(small(), Limits(seconds=0.3))
    assert "earlier plan stands" in str(raised.value)
    assert raised.value.exit_code == 3
    assert is_gone(int((tmp_path / "pid").read_text(encoding="utf-8")))


def is_gone(pid: int) -> bool:
    """Tell whether no process has that number any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_an_honest_fake_is_believed(tmp_path: Path) -> None:
    """The nearest right thing: the same script with the true answer gives a plan, with the name of the solver."""
    with SolverProcess(script(tmp_path, f"read(); {SOLVED}; done([2.0, 1.0])")) as solver:
        answer = solver.solve(small())
    assert answer.values.tolist() == [2.0, 1.0]
    assert answer.solver == "fake"


@pytest.mark.parametrize("own", [None, "glibc.malloc.check=0"])
def test_the_solver_is_given_large_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str | None) -> None:
    """The solver's process is told to use large pages, unless the user has said something else."""
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if own:
        monkeypatch.setenv("GLIBC_TUNABLES", own)
    told = "done([2.0, 1.0], solver=os.environ['GLIBC_TUNABLES'])"
    with SolverProcess(script(tmp_path, f"read(); {SOLVED}; {told}")) as solver:
        assert solver.solve(small()).solver == (own or "glibc.malloc.hugetlb=1")


def test_the_next_problem_starts_anew(tmp_path: Path) -> None:
    """A process that died in one problem, or between two, is followed by a fresh one that answers."""
    flag = tmp_path / "flag"
    body = f"""
read()
if not os.path.exists({str(flag)!r}):
    open({str(flag)!r}, "w").close()
    sys.exit(5)
{SOLVED}; done([2.0, 1.0])
"""
    with SolverProcess(script(tmp_path, body), grace=5.0) as solver:
        with pytest.raises(SolverError, match="exit code 5"):
            solver.solve(small())
        for _ in range(3):
            assert solver.solve(small()).values.tolist() == [2.0, 1.0]
            solver._process.wait()  # this process ends after its answer


def test_tiers_left_out_are_named(tmp_path: Path) -> None:
    """Unsolved tiers that a solver names are passed on; the plan is feasible, not best."""
    body = "read(); tier(0, 'first', 1.0); done([2.0, 1.0], unsolved=['second'])"
    with SolverProcess(script(tmp_path, body)) as solver:
        answer = solver.solve(small())
    assert answer.unsolved == ("second",)
    assert [tier.name for tier in answer.tiers] == ["first"]


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The arrays of a problem are gone afterwards, whether it was solved or not."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with SolverProcess() as solver:
        solver.solve(small())
        with pytest.raises(SolverError, match="Infeasible"):
            solver.solve(small(row_lower=99))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_the_process() -> None:
    """Ctrl-C while a tier is told of ends the process; the same object solves the next problem."""

    def interrupted(name: str, value: float, bound: float | None, left: float) -> None:
        raise KeyboardInterrupt

    with SolverProcess() as solver:
        with pytest.raises(KeyboardInterrupt):
            solver.solve(small(), progress=interrupted)
        assert solver._process is None
        assert solver.solve(small()).values == pytest.approx([2, 1])


def test_one_process_solves_fifty_problems() -> None:
    """The process is the same from the first problem to the fiftieth, and each has its own answer."""
    with SolverProcess() as solver:
        pids = set()
        for least in range(50):
            answer = solver.solve(small(row_lower=least, upper=[2, 60]))
            assert answer.values[1] == pytest.approx(max(least - 2, 0))
            pids.add(solver._process.pid)
    assert len(pids) == 1
    assert is_gone(pids.pop())


def test_progress_is_told_tier_by_tier() -> None:
    """Each tier is told of once, in order, with its value."""
    told = []
    with SolverProcess() as solver:
        solver.solve(small(), progress=lambda name, value, bound, left: told.append((name, value)))
    assert told == [("first", pytest.approx(1)), ("second", pytest.approx(2))]


def test_the_certificate_is_asked_for_each_tier() -> None:
    """A bound comes for each tier where one is asked for, and none where not; the prices prove y >= 1 in the first.

    The row has price 1, so 1 x 3 less the reduced cost of x (-1) at its upper bound 2 is 1.
    """
    proofs = []

    def certify(starts: np.ndarray, rows: np.ndarray, values: np.ndarray, proof: object) -> float:
        proofs.append(proof)
        return float(len(proofs))

    with SolverProcess() as solver:
        assert [tier.bound for tier in solver.solve(small()).tiers] == [None, None]
        assert [tier.bound for tier in solver.solve(small(), certify=certify).tiers] == [1, 2]
    assert proofs[0].duals == pytest.approx([1])
    assert proofs[0].costs.tolist() == [0, 1]
    assert proofs[1].lower[1] == proofs[1].upper[1] or proofs[1].row_upper.tolist() == [3]


def test_a_solver_that_is_not_there() -> None:
    """A command that does not exist is said in a sentence."""
    with SolverProcess(("/no/such/solver",)) as solver, pytest.raises(SolverError, match="cannot be started"):
        solver.solve(small())


@pytest.mark.parametrize("number", [2, 28])
def test_no_folder_for_the_problem(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Where no temporary folder can be made, that is said in a sentence."""

    def full(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with SolverProcess() as solver, pytest.raises(SolverError, match=f"No folder .* {os.strerror(number).lower()}"):
        solver.solve(small())


def test_no_room_for_the_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while the problem is written for the solver is said in a sentence."""

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with SolverProcess() as solver, pytest.raises(SolverError, match="no space left"):
        solver.solve(small())


def test_a_solver_is_started_when_it_is_entered(tmp_path: Path) -> None:
    """It is ready when it is asked, it is started once, and one that cannot be started is told of when it is asked."""
    body = f"open({str(tmp_path / 'pids')!r}, 'a').write('begun ')\nread(); {SOLVED}; done([2.0, 1.0])"
    with SolverProcess(script(tmp_path, body)) as solver:
        solver.begin()
        assert solver.solve(small()).values == pytest.approx([2, 1])
    assert (tmp_path / "pids").read_text(encoding="utf-8") == "begun "
    with SolverProcess((str(tmp_path / "nowhere"),)) as missing, pytest.raises(SolverError, match="cannot be started"):
        missing.solve(small())
