"""A problem written out for a person: columns, rows and tiers in the words of the case."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network
from scorta.problem.labels import label_columns, label_rows
from scorta.problem.problem import Problem, Release, Tier


def write_text(network: Network, problem: Problem) -> str:
    """Write a whole problem: its tiers, the rows of every rule, and the bounds that are not from 0 to any number."""
    columns = _all_labels(network, problem)
    lines = ["Tiers", *(_tier(tier, columns) for tier in problem.tiers), *_release(problem.release, columns)]
    lines += ["", "Rules", *(line for name in problem.rules for line in _rows(network, problem, name, columns))]
    lines += ["", "Bounds", *_bounds(problem, np.arange(len(columns)), columns)]
    return "\n".join(lines) + "\n"


def write_tiers(network: Network, problem: Problem) -> str:
    """Write only what is made as small as possible, in order, and where floors give way."""
    columns = _all_labels(network, problem)
    lines = [*(_tier(tier, columns) for tier in problem.tiers), *_release(problem.release, columns)]
    return "\n".join(lines) + "\n"


def write_rule(network: Network, problem: Problem, name: str) -> str:
    """Write the rows of one rule, and the bounds of the columns that stand in them."""
    columns = _all_labels(network, problem)
    rule = problem.rules[name]
    inside = np.flatnonzero((problem.rows >= rule.start) & (problem.rows < rule.stop))
    used = np.unique(np.searchsorted(problem.starts, inside, side="right") - 1)
    return "\n".join([*_rows(network, problem, name, columns), *_bounds(problem, used, columns)]) + "\n"


def _all_labels(network: Network, problem: Problem) -> list[str]:
    """Return the label of every column of a problem."""
    return [label for name in problem.columns for label in label_columns(network, problem, name)]


def _rows(network: Network, problem: Problem, name: str, columns: list[str]) -> Iterator[str]:
    """Yield the rows of a rule, each with its columns on the left and its sides."""
    rule = problem.rules[name]
    column = np.repeat(np.arange(len(columns)), np.diff(problem.starts))
    inside = np.flatnonzero((problem.rows >= rule.start) & (problem.rows < rule.stop))
    inside = inside[np.lexsort((column[inside], problem.rows[inside]))]
    heads = np.searchsorted(problem.rows[inside], np.arange(rule.start, rule.stop + 1))
    for number, label in enumerate(label_rows(network, problem, name)):
        at = inside[heads[number] : heads[number + 1]]
        row = rule.start + number
        words = _sum(column[at], problem.values[at], columns)
        yield f"{label}: {_between(problem.row_lower[row], words, problem.row_upper[row])}"


def _bounds(problem: Problem, numbers: Days, columns: list[str]) -> Iterator[str]:
    """Yield the bounds of columns that are not from 0 to any number, and which are whole."""
    whole = np.isin(numbers, problem.whole)
    for number, is_whole in zip(numbers, whole, strict=True):
        lower, upper = problem.lower[number], problem.upper[number]
        if lower != 0 or np.isfinite(upper) or is_whole:
            within = _between(lower if lower != 0 or upper == 0 else -np.inf, columns[number], upper)
            yield f"{within}, whole" if is_whole else within


def _between(lower: float, words: str, upper: float) -> str:
    """Write a sum within its sides."""
    if lower == upper:
        return f"{words} = {_number(upper)}"
    low = f" >= {_number(lower)}" if np.isfinite(lower) else ""
    high = f" <= {_number(upper)}" if np.isfinite(upper) else ""
    return f"{_number(lower)} <= {words}{high}" if low and high else f"{words}{low or high}"


def _sum(numbers: Days, values: Floats, columns: list[str]) -> str:
    """Write a sum of columns, each with its sign and, unless it is 1, its coefficient."""
    words = ""
    for number, value in zip(numbers, values, strict=True):
        size = "" if abs(value) == 1 else f"{_number(abs(value))} "
        sign = "- " if value < 0 else "+ " if words else ""
        words += f"{' ' if words else ''}{sign}{size}{columns[number]}"
    return words or "0"


def _number(value: float) -> str:
    """Write a number: whole ones in full, others to six digits."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.6g}"


def _tier(tier: Tier, columns: list[str]) -> str:
    return f"{tier.name}: {_sum(tier.columns, tier.costs, columns)}"


def _release(release: Release | None, columns: list[str]) -> Iterator[str]:
    """Yield where floors give way to own needs: what is watched, what is freed, what may not grow."""
    if release is not None:
        watch, freed, capped = (
            ", ".join(columns[number] for number in numbers) or "nothing"
            for numbers in (release.watch, release.freed, release.capped)
        )
        yield f"floors give way where there is: {watch}"
        yield f"these floors: {freed}"
        yield f"without more of: {capped}"
