"""How a problem goes to the solver's process and the answer comes back: arrays in a folder, words in lines."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from scorta.case import Floats
from scorta.problem import Problem, Release, TierSum
from scorta.rules import tier_of
from scorta.solve.answer import Basis

_ARRAYS = ("lower", "upper", "row_lower", "row_upper", "starts", "rows", "values", "whole")
_TIER = ("firsts", "counts", "costs")
_RELEASE = ("watch", "freed", "capped")


def write_problem(folder: Path, problem: Problem) -> None:
    """Write the arrays of a problem; the names of its families stay behind. All tiers share a file for each array."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(problem, name))
    for part in _TIER:
        arrays = [getattr(tier, part) for tier in problem.tiers]
        np.save(folder / f"tiers-{part}.npy", np.concatenate(arrays) if arrays else np.zeros(0))
    names = [f"{len(tier.firsts)} {len(tier.costs)} {tier.name}" for tier in problem.tiers]
    (folder / "tiers.txt").write_text("\n".join(names), encoding="utf-8")
    if problem.release is not None:
        for name in _RELEASE:
            np.save(folder / f"release-{name}.npy", getattr(problem.release, name))


def read_problem(folder: Path) -> Problem:
    """Read a problem back, without the index of its families."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    release = None
    if (folder / "release-watch.npy").exists():
        release = Release(*(np.load(folder / f"release-{name}.npy") for name in _RELEASE))
    return Problem(columns={}, rules={}, tiers=_read_tiers(folder), release=release, **arrays)


def _read_tiers(folder: Path) -> tuple[TierSum, ...]:
    firsts, counts, costs = (np.load(folder / f"tiers-{part}.npy") for part in _TIER)
    tiers, run, cost = [], 0, 0
    for line in (folder / "tiers.txt").read_text(encoding="utf-8").splitlines():
        runs, paid, name = line.split(" ", 2)
        end, stop = run + int(runs), cost + int(paid)
        tiers.append(TierSum(tier_of(name), firsts[run:end], counts[run:end], costs[cost:stop]))
        run, cost = end, stop
    return tuple(tiers)


def write_proof(path: Path, duals: Floats, changed: Sequence[tuple[Floats, Floats]]) -> None:
    """Write prices, and arrays as the differences from others of the same length, into one file of numbers.

    There are a dozen for each part of a problem: files cost more than what stands in them.
    """
    parts: list[np.ndarray] = [duals]
    for base, now in changed:
        at = np.flatnonzero(base != now)
        parts += [at, now[at]]
    np.save(path, np.concatenate([[len(parts)], [len(part) for part in parts], *parts]).astype(np.float64))


def read_proof(path: Path, bases: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
    """Read what `write_proof` wrote: the prices, and the arrays."""
    numbers = np.load(path)
    count = int(numbers[0])
    edges = np.cumsum(numbers[1 : count + 1]).astype(np.int64) + count + 1
    duals, *parts = np.split(numbers[: edges[-1]], edges[:-1])
    found = []
    for base, at, to in zip(bases, parts[::2], parts[1::2], strict=True):
        now = base.copy()
        now[at.astype(np.int64)] = to
        found.append(now)
    return duals[count + 1 :], found


def write_basis(path: Path, basis: Basis) -> None:
    """Write a basis: the effort, the columns, then the rows."""
    np.save(path, np.concatenate([[basis.effort], basis.columns, basis.rows]).astype(np.int32))


def read_basis(path: Path, problem: Problem) -> Basis | None:
    """Read the basis of a problem; None where there is none, or none that fits it."""
    if not path.exists():
        return None
    numbers, columns, rows = np.load(path), len(problem.lower), len(problem.row_lower)
    if numbers.shape != (1 + columns + rows,):
        return None
    states = numbers[1:].astype(np.int8)
    return Basis(states[:columns], states[columns:], int(numbers[0]))


def read_opening(folder: Path) -> Floats | None:
    """Read the costs that the first run makes small; None where they are those of the tiers themselves."""
    path = folder / "opening.npy"
    return np.load(path) if path.exists() else None


def costs_of(tier: TierSum, count: int) -> Floats:
    """Return the costs of a tier for all columns."""
    costs = np.zeros(count)
    costs[tier.columns] = tier.costs
    return costs


def give_back() -> None:
    """Give the memory of what was used up back to the system where its C library can do so (that of Linux).

    Of a problem with fifteen million entries that is 200 MB.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
