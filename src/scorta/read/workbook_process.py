"""Run the reader of workbooks in a process of its own, with limits on time and memory."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scorta.errors import InputError
from scorta.read.kinds import finding
from scorta.read.workbook_child import BROKEN_EXIT, FULL_EXIT, MAX_WRITTEN, MEMORY_EXIT
from scorta.tables import Finding

SCRIPT = Path(__file__).with_name("workbook_child.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reader of a workbook may use: seconds, and bytes of memory."""

    seconds: int = 60
    memory: int = 2 << 30


def run_child(file: str, data: bytes, limits: Limits) -> list[str] | Finding:
    """Return the lines that the reader wrote about a workbook, or the finding that says why there are none."""
    if importlib.util.find_spec("openpyxl") is None:
        raise InputError(
            "{file} cannot be read: the part of Scorta that reads workbooks is not installed.",
            "Install it with: pip install 'scorta[excel]'",
            file=file,
        )
    try:
        with tempfile.TemporaryDirectory(prefix="scorta-") as folder:
            book, out = Path(folder, "book.xlsx"), Path(folder, "rows.jsonl")
            book.write_bytes(data)
            code = _start(book, out, limits)
            return _failure(file, code, limits) or out.read_text(encoding="utf-8").split("\n")
    except subprocess.TimeoutExpired:
        return finding("workbook-time", file, value=str(limits.seconds))
    except OSError as error:
        return finding("workbook-reader-died", file, reason=error.strerror or "the system gave no reason")


def _start(book: Path, out: Path, limits: Limits) -> int:
    """Run the reader to its end or its limit and return its exit code."""
    numbers = (limits.memory, limits.seconds)
    command = [sys.executable, "-P", str(SCRIPT), str(book), str(out), *map(str, numbers)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=limits.seconds,
    ).returncode


def _failure(file: str, code: int, limits: Limits) -> Finding | None:
    """Return what happened to the reader, if it did not reach its end."""
    if code == 0:
        return None
    if code == MEMORY_EXIT:
        return finding("workbook-memory", file, value=str(limits.memory >> 20))
    if code == BROKEN_EXIT:
        return finding("workbook-broken", file, reason="its parts do not fit together")
    if code == FULL_EXIT:
        return finding("workbook-too-large", file, reason=f"its cells come to more than {MAX_WRITTEN >> 20} MiB")
    return finding("workbook-reader-died", file, reason=f"signal {-code}" if code < 0 else f"exit code {code}")
