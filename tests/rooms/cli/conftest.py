"""The command line as tests use it: in this process, and as a reader starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import EXAMPLES, Planned

from scorta.cli import main

ENTRY = "from scorta.cli import main; main(prog_name='scorta')"


def run(*words: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="scorta")


@pytest.fixture
def scorta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return what starts the command line in a process of its own, in an empty folder."""

    def begin(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", ENTRY, *(str(word) for word in words)]
        here = {"PATH": "", "PYTHONPATH": os.environ["PYTHONPATH"], **environment}
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=here, timeout=120)

    return begin


@pytest.fixture(scope="session")
def walk() -> Path:
    """Return the small case that a person can check by hand."""
    return EXAMPLES / "walk"


@pytest.fixture(scope="session")
def walk_plan(planned_walk: Planned) -> Path:
    """Return the folder of a plan of the walk."""
    return planned_walk.folder


@pytest.fixture
def broken(tmp_path: Path, walk: Path) -> Path:
    """Return the walk with two cells wrong: `lots` for a quantity, `soon` for a date."""
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in walk.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "needs.csv":
            text = text.replace(",120,2022-12-04,", ",lots,soon,")
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder
