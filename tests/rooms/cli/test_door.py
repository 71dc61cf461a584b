"""What the door does when something goes wrong inside."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner, Result

from scorta.cli.door import Door
from scorta.errors import BrokenPlanError, InputError, OutputError, ScortaError, SolverError

SLOW = """
import time
import scorta.desk
def load_case(path, **words):
    print("loading", flush=True)
    time.sleep(60)
scorta.desk.load_case = load_case
from scorta.cli import main
main(["check", "x"], prog_name="scorta")
"""


def run(error: BaseException, *words: str) -> Result:
    """Run a door with one command, which raises the error."""

    @click.group(cls=Door)
    def house() -> None:
        """A house."""

    @house.command()
    @click.option("--json", "as_json", is_flag=True)
    def work(as_json: bool) -> NoReturn:
        raise error

    return CliRunner().invoke(house, ["work", *words])


@pytest.mark.parametrize(
    ("kind", "code"), [(InputError, 2), (OutputError, 2), (SolverError, 3), (BrokenPlanError, 4), (ScortaError, 4)]
)
def test_error_is_a_sentence_a_step_and_a_code(kind: type[ScortaError], code: int) -> None:
    """Each kind of error has its exit code; nothing is printed on the output."""
    done = run(kind("It went wrong.", "Do it otherwise."))
    assert done.exit_code == code
    assert done.stderr == "Error: It went wrong.\nDo it otherwise.\n"
    assert done.stdout == ""


def test_error_is_json_where_json_was_asked_for() -> None:
    """A program need not read sentences."""
    told = json.loads(run(SolverError("It died.", "Plan again."), "--json").stdout)
    expected = {"code": "solver", "sentence": "It died.", "next_step": "Plan again.", "exit_code": 3}
    assert told == {"error": expected}


class Panic(BaseException):
    """What a table library raises when it panics: no Exception."""


@pytest.mark.parametrize("error", [ValueError("boo"), KeyError("boo"), MemoryError(), OSError(5, "boo"), Panic("boo")])
def test_fault_of_ours_is_confessed(error: BaseException) -> None:
    """The screen has two lines, a file has the traceback, the exit code is 4."""
    done = run(error)
    assert done.exit_code == 4
    assert "This is a bug, please report it." in done.stderr
    assert "Traceback" not in done.stderr
    found = re.search(r"The details are in (\S+\.txt)\.", done.stderr)
    assert found
    details = Path(found[1])
    try:
        assert type(error).__name__ in details.read_text(encoding="utf-8")
    finally:
        details.unlink()


def test_no_room_for_details_is_no_second_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary file can be written, that is said and the exit code stays."""

    def full(*words: object, **more: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    done = run(ValueError("boo"))
    assert done.exit_code == 4
    assert "could not be written" in done.stderr


def test_stop_is_one_line_and_130() -> None:
    """Ctrl-C is no fault."""
    done = run(KeyboardInterrupt())
    assert done.exit_code == 130
    assert done.stderr == "\nStopped. No plan was changed.\n"
    assert done.stdout == ""
    told = json.loads(run(KeyboardInterrupt(), "--json").stdout)
    assert told["error"]["exit_code"] == 130


def test_stop_in_a_real_process() -> None:
    """An interrupt from the keyboard ends the process with 130 and without a traceback."""
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"loading\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.decode().strip() == "Stopped. No plan was changed."


SOLVING = """
import sys
import scorta.solve.pool as pool
right, script = pool.SolverProcess, sys.argv.pop()
pool.SolverProcess = lambda: right((sys.executable, "-c", script))
from scorta.cli import main
main(prog_name="scorta")
"""
"""A command line whose solver is a script, the last word."""

SLEEPING = "import os, sys, time; sys.stdin.readline(); print(os.getpid(), file=sys.stderr, flush=True); time.sleep(60)"
"""A solver that tells its number when it has the problem, and then thinks."""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stop_while_solving_leaves_nothing(tmp_path: Path, walk: Path, stop: signal.Signals) -> None:
    """Stopped by Ctrl-C or asked to end, the solver is gone, with its folder; there is one line and no plan."""
    (tmp_path / "tmp").mkdir()
    words = ["plan", str(walk), "--quiet", "--json", "--out", "p", SLEEPING]
    pipe, environment = subprocess.PIPE, {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-c", SOLVING, *words]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=tmp_path, env=environment) as process:
        assert process.stderr is not None
        solver = int(process.stderr.readline())
        process.send_signal(stop)
        said, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.decode().strip() == "Stopped. No plan was changed."
    assert json.loads(said)["error"]["code"] == "stopped"
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not (tmp_path / "p").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(solver, 0)


def test_a_request_to_end_is_heard_again_as_before() -> None:
    """After a command the process answers to SIGTERM as it did before; beside the main thread nothing is changed."""
    before = signal.getsignal(signal.SIGTERM)
    assert run(ValueError("boo")).exit_code == 4
    assert signal.getsignal(signal.SIGTERM) is before
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(run, InputError("No.")).result().exit_code == 2


@pytest.mark.parametrize("module", ["scorta", "scorta.cli"])
def test_help_loads_no_slow_library(module: str) -> None:
    """`scorta --help` is quick because the door opens without tables, numbers or solver."""
    slow = {"babel", "numpy", "polars", "highspy", "rich", "openpyxl", "xlsxwriter"}
    entry = f"import sys, {module}; print(sorted({slow!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", entry], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


Scorta = Callable[..., Result]

Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize(
    "words", [("plam", "--json"), ("show", "p", "neds", "--json"), ("show", "--json", "p"), ("check", "--json", "")]
)
def test_a_misspelt_command_is_json_where_asked_for(scorta: Scorta, words: tuple[str, ...]) -> None:
    """A program is told of a slip of the pen as of any other error."""
    done = scorta(*words)
    told = json.loads(done.stdout)["error"]
    assert (told["code"], told["exit_code"], done.exit_code) == ("usage", 2, 2)
    assert told["sentence"] in done.stderr


def test_nothing_there_ends_with_2(start: Start) -> None:
    """A case that does not exist is one sentence and a next step, in a real process."""
    done = start("check", "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: ")
    assert b"Traceback" not in done.stderr


def test_the_environment_names_the_language(scorta: Scorta, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is said in Italian where the environment asks for that, and in English to a program."""
    monkeypatch.setenv("SCORTA_LANGUAGE", "it")
    assert scorta("check", "nowhere").stderr.startswith("Errore: In nowhere non c'è nulla.")
    assert scorta("check", "nowhere", "--language", "en").stderr.startswith("Error: There is nothing at nowhere.")
    told = json.loads(scorta("check", "nowhere", "--json").stdout)
    assert told["error"]["sentence"] == "There is nothing at nowhere."
