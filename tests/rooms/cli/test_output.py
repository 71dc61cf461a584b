"""What leaves by the door: pages, JSON that stays whole, and outputs that nobody reads or that are full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Scorta = Callable[..., Result]

Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_ascii_terminal_and_no_colour(start: Start, walk: Path) -> None:
    """Where the terminal has only ASCII the page is ASCII; into a pipe go no colours."""
    done = start("check", walk, PYTHONIOENCODING="ascii", COLUMNS="60")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("ascii")
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 60


def test_json_goes_to_an_ascii_pipe(start: Start, walk: Path) -> None:
    """Letters that the stream lacks are escaped, so that the JSON stays whole."""
    done = start("check", walk, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("ascii"))["ok"] is True


def test_json_of_a_plan_is_all_there_is_on_the_output(start: Start, walk: Path) -> None:
    """Nothing the solver says mixes with the result, in a real process."""
    done = start("plan", walk, "--json", PATH=os.environ["PATH"])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["title"] == "The walk of one need"


def test_wide_tables_leave_nothing_out(scorta: Scorta, walk_plan: Path) -> None:
    """What has no room in the lines of a page has it with `--wide`."""
    narrow, wide = (scorta("show", walk_plan, "needs", *more).stdout for more in ((), ("--wide",)))
    assert "Left out for want of room: " in narrow
    assert "Left out" not in wide
    assert "HUB" in wide


def test_reader_who_leaves_early_is_no_fault(walk_plan: Path) -> None:
    """`scorta show ... | head -1` ends quietly."""
    entry = "import sys; from scorta.cli import main; sys.stdin.readline(); main(prog_name='scorta')"
    command = [sys.executable, "-c", entry, "show", str(walk_plan), "needs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"go\n")
        process.stdin.close()
        told = process.stderr.read()
        process.wait(timeout=60)
    assert b"bug" not in told
    assert b"Traceback" not in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", ["--help", "--version", "check --help", "check .", "check . --json"])
def test_a_full_output_is_no_bug(words: str, tmp_path: Path) -> None:
    """Where the standard output takes nothing there is a sentence, a step and exit code 2, and no traceback."""
    (tmp_path / "needs.csv").write_text("need\n")
    command = [sys.executable, "-c", "from scorta.cli import main; main(prog_name='scorta')", *words.split()]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert done.stderr == "Error: The standard output cannot be written: no space left on device.\nSend it elsewhere.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_error_stream_stops_nothing(tmp_path: Path) -> None:
    """Where nobody can read what is wrong, the exit code still says it."""
    command = [sys.executable, "-c", "from scorta.cli import main; main(prog_name='scorta')", "check", "nothing"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (2, "")
