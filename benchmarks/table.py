"""The table of what was measured, and the ratios that are goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

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
    of = {(row.stage, row.tool, row.size): row for row in rows if row.seconds}
    seconds = {key: row.seconds for key, row in of.items() if row.seconds}
    single, reading = ("merged", "highs", "SM"), ("read", "polars", "1M")
    yield from _over(seconds, "build over one solve at SM, %", ("build", "scorta", "SM"), single, 2.0, 100)
    yield from _over(
        seconds, "read + check of 1M rows over Polars' reading", ("read+check", "scorta", "1M"), reading, 3
    )
    yield from _over(seconds, "all tiers over one solve at SM", ("solve", "scorta", "SM"), single, 1.5)
    plain, own = seconds.get(("merged", "linopy", "SM")), seconds.get(("merged", "scorta", "SM"))
    if plain and own:
        yield _goal("one solve at SM faster than linopy's, x", plain / own, 3.0, at_most=False)
    again = of.get(("again", "scorta", "SM"))
    if again and again.seconds and again.facts:
        yield _goal(
            "plan again at SM over the first plan, %", 100 * again.seconds / again.facts["first"], 25, at_most=True
        )
    yield from _answered(of)
    for stage, size, most in (("verify", "M", 5.0), ("trace", "M", 1.0), ("serves", "M", 1.0), ("make", "M", 900.0)):
        if (stage, "scorta", size) in seconds:
            yield _goal(f"{stage} at {size}, s", seconds[stage, "scorta", size], most, at_most=True)
    for size in ("SM", "M", "L"):
        row = of.get(("make", "scorta", size))
        if row and row.facts and row.facts["gap"] is not None:
            yield _goal(f"certified gap of the plan at {size}, %", 100 * row.facts["gap"], 1.0, at_most=True)
    large = of.get(("make", "scorta", "L"))
    if large and large.peak_mb:
        yield _goal("memory of the plan at L, GB", large.peak_mb / 1000, 8.0, at_most=True)


def _answered(of: Mapping[Key, Measured]) -> Iterator[str]:
    """Compare what it takes to say why, and what to find what would fix it, with making the plan."""
    why, fix = of.get(("why", "scorta", "SM")), of.get(("fix", "scorta", "SM"))
    if why and why.facts and why.facts["shares"]:
        shares = sorted(why.facts["shares"])
        of_many = f"of {len(shares)} needs"
        for word, share in (
            ("median", median(shares)),
            ("nine in ten", shares[9 * len(shares) // 10]),
            ("most", shares[-1]),
        ):
            yield _goal(f"why at SM over its plan, {word} {of_many}, %", 100 * share, 10, at_most=True)
    if fix and fix.facts and fix.seconds:
        yield _goal("fix at SM over a plan", fix.seconds / fix.facts["plan"], 3, at_most=True)


Key = tuple[str, str, str]
"""The stage, the tool and the size of a row."""


def _over(seconds: Mapping[Key, float], name: str, one: Key, other: Key, most: float, unit: float = 1) -> Iterator[str]:
    """Compare the seconds of two rows."""
    if one in seconds and other in seconds:
        yield _goal(name, unit * seconds[one] / seconds[other], most, at_most=True)


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
