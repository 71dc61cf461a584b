"""The table of what was measured, and the ratios that are goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from measure import Measured


def heading() -> str:
    """Return the head of the table."""
    head = f"{'stage':<11}{'tool':<14}{'size':<5}{'seconds':>9}{'peak MB':>9}{'x time':>8}{'x memory':>9}  note"
    return head + "\n" + "-" * len(head)


def line(row: Measured, rows: Sequence[Measured]) -> str:
    """Return one row of the table; the ratios are to Scorta's build of the same size."""
    start = f"{row.stage:<11}{row.tool:<14}{row.size:<5}"
    if row.seconds is None or row.peak_mb is None:
        return f"{start}{'-':>9}{'-':>9}{'':>17}  {row.note}"
    own = _find(rows, row.stage, "scorta", row.size)
    ratios = f"{'':>17}"
    if row.tool != "scorta" and own and own.seconds and own.peak_mb:
        ratios = f"{row.seconds / own.seconds:>8.1f}{row.peak_mb / own.peak_mb:>9.1f}"
    return f"{start}{row.seconds:>9.3f}{row.peak_mb:>9.1f}{ratios}  {row.note}".rstrip()


def goals(rows: Sequence[Measured]) -> Iterator[str]:
    """Say of each goal that was measured whether it is met."""
    yield "Goals"
    yield from _against(rows, "linopy", 5.0, 0.5)
    yield from _against(rows, "linopy sparse", 5.0, 0.5)
    yield from _against(rows, "pyoframe", 30.0, None)
    build, solve = _find(rows, "build", "scorta", "SM"), _find(rows, "solve", "scorta", "SM")
    if build and solve and build.seconds and solve.seconds:
        yield _goal("build over solve at SM, %", 100 * build.seconds / solve.seconds, 2.0, at_most=True)
    own, polars = _find(rows, "read+check", "scorta", "1M"), _find(rows, "read", "polars", "1M")
    if own and polars and own.seconds and polars.seconds:
        yield _goal("read + check of 1M rows over Polars' reading", own.seconds / polars.seconds, 3.0, at_most=True)
    verify = _find(rows, "verify", "scorta", "M")
    if verify and verify.seconds:
        yield _goal("verify at M, s", verify.seconds, 5.0, at_most=True)


def _against(rows: Sequence[Measured], tool: str, faster: float, memory: float | None) -> Iterator[str]:
    """Compare the build at L with that of a tool."""
    own, other = _find(rows, "build", "scorta", "L"), _find(rows, "build", tool, "L")
    if not (own and other and own.seconds and own.peak_mb and other.seconds and other.peak_mb):
        return
    yield _goal(f"build at L faster than {tool}, x", other.seconds / own.seconds, faster, at_most=False)
    if memory is not None:
        yield _goal(f"memory of build at L over {tool}'s", own.peak_mb / other.peak_mb, memory, at_most=True)


def _goal(name: str, value: float, goal: float, *, at_most: bool) -> str:
    """Put a measured figure beside its goal."""
    met = value <= goal if at_most else value >= goal
    return f"  {name}: {value:.2f} (goal: {'at most' if at_most else 'at least'} {goal:g}) {'met' if met else 'MISSED'}"


def _find(rows: Sequence[Measured], stage: str, tool: str, size: str) -> Measured | None:
    """Return the row of a stage, a tool and a size."""
    return next((row for row in rows if (row.stage, row.tool, row.size) == (stage, tool, size)), None)
