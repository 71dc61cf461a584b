"""The command line as tests use it: in this process, and as a reader starts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCE = Path(__file__).parents[2] / "src"
"""The source that stands beside these tests: that, and no other that may be installed, is what is started."""

ENTRY = "from scorta.cli import main; main(prog_name='scorta')"


@pytest.fixture
def scorta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs the command line in this process, in an empty folder."""
    from scorta.cli import main

    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="scorta")


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return what starts the command line in a process of its own, in an empty folder."""

    def run(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", ENTRY, *(str(word) for word in words)]
        here = {"PATH": "", "PYTHONPATH": str(SOURCE), **environment}
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=here, timeout=120)

    return run


@pytest.fixture(scope="session")
def walk() -> Path:
    """Return the small case that a person can check by hand."""
    return EXAMPLES / "walk"


@pytest.fixture(scope="session")
def walk_plan(tmp_path_factory: pytest.TempPathFactory, walk: Path) -> Path:
    """Return the folder of a plan of the walk."""
    from scorta.cli import main

    folder = tmp_path_factory.mktemp("plans") / "walk"
    done = CliRunner().invoke(main, ["plan", str(walk), "--out", str(folder), "--quiet"])
    assert done.exit_code == 0, done.output
    return folder


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
