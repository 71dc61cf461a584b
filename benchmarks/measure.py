"""Seconds and memory of one piece of work, alone in a process of its own."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

KIB_PER_MB = 1000 * 1000 / 1024
"""Kibibytes in a megabyte."""

SHORT = 5.0
"""Seconds below which a stage is measured three times and the median counts."""

TOUCHED = 4_000_000
"""Kibibytes of memory touched before the clock starts, if so much is free."""

MARK = "measured: "
"""What the line begins with in which a child tells what it measured."""

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table: `note` says what did not go as usual, `facts` what else came of the work."""

    stage: str
    tool: str
    size: str
    seconds: float | None
    peak_mb: float | None
    note: str = ""
    facts: dict[str, Any] | None = None


def timed(work: Callable[[], Any], processes: int = 1) -> tuple[Any, float, float]:
    """Do the work; return what came of it, the seconds, and the rise of memory in megabytes at its highest.

    Work that starts some `processes` side by side is charged the largest of them as many times.
    """
    gc.collect()
    resets = _reset_peak()
    if resets:  # else it would count as the highest memory of the work
        _touch_memory()
        _reset_peak()
    before, children = _status("VmRSS"), _children()
    began = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - began
    peak = _status("VmHWM") if resets else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return result, seconds, (peak - before + processes * max(_children() - children, 0)) / KIB_PER_MB


def tell(seconds: float, peak_mb: float, **facts: Any) -> None:
    """Tell the parent what was measured."""
    print(MARK + json.dumps({"seconds": seconds, "peak_mb": peak_mb, "facts": facts}), flush=True)


def measure(
    stage: str,
    tool: str,
    size: str,
    command: Sequence[str],
    limit: float,
    note: str = "",
    environment: Mapping[str, str] | None = None,
) -> Measured:
    """Run a child that measures itself; three times where it is short."""
    runs = [_child(command, limit, environment)]
    while "seconds" in runs[0] and runs[0]["seconds"] < SHORT and len(runs) < 3:
        runs.append(_child(command, limit, environment))
    done = [run for run in runs if "seconds" in run]
    if not done:
        return Measured(stage, tool, size, None, None, runs[0]["note"])
    seconds, peak = (median(run[what] for run in done) for what in ("seconds", "peak_mb"))
    broken = done[0]["facts"].get("breaches")
    note = f"{len(broken)} rules broken, the first: {broken[0]}" if broken else note
    return Measured(stage, tool, size, seconds, peak, note, done[0]["facts"])


def write(rows: Sequence[Measured], path: Path) -> None:
    """Write the table as a list of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


def _child(command: Sequence[str], limit: float, environment: Mapping[str, str] | None) -> dict[str, Any]:
    """Run one child; return what it told, or why it told nothing."""
    try:
        done = subprocess.run(
            [sys.executable, *command], cwd=HERE, env=environment, capture_output=True, text=True, timeout=limit,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"note": f"stopped after {limit:.0f} s"}
    told = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if told:
        run: dict[str, Any] = json.loads(told[-1].removeprefix(MARK))
        return run
    last = (done.stderr.strip().splitlines() or ["nothing said"])[-1]
    return {"note": f"failed ({done.returncode}): {last[:200]}"}


def _reset_peak() -> bool:
    """Let the peak of this process begin anew; tell whether that is possible here."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return False
    return _status("VmHWM") - _status("VmRSS") < 20_000


def _touch_memory() -> None:
    """Touch memory and give it back: the first touch of what a virtual machine has not handed out yet is slow.

    It takes up to a second for a gigabyte, and would meet now this stage, now that one.
    """
    np.ones(min(TOUCHED, _status("MemAvailable", "/proc/meminfo") // 2) * 1024, dtype=np.uint8)


def _status(name: str, path: str = "/proc/self/status") -> int:
    """Return a figure of this process, or of the whole machine, in kibibytes."""
    lines = Path(path).read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


def _children() -> int:
    """Return the highest memory of any child that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
