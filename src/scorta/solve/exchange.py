"""How a problem goes to the solver's process and the answer comes back: arrays in a folder, words in lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scorta.case import Floats
from scorta.problem import Problem, Release, Tier

_ARRAYS = ("lower", "upper", "row_lower", "row_upper", "starts", "rows", "values", "whole")
_TIER = ("firsts", "counts", "costs")
_RELEASE = ("watch", "freed", "capped")


def write_problem(folder: Path, problem: Problem) -> None:
    """Write the arrays of a problem; the names of its families stay behind."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(problem, name))
    for number, tier in enumerate(problem.tiers):
        for part in _TIER:
            np.save(folder / f"tier-{number}-{part}.npy", getattr(tier, part))
    (folder / "tiers.txt").write_text("\n".join(tier.name for tier in problem.tiers), encoding="utf-8")
    if problem.release is not None:
        for name in _RELEASE:
            np.save(folder / f"release-{name}.npy", getattr(problem.release, name))


def read_problem(folder: Path) -> Problem:
    """Read a problem back, without the index of its families."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    names = (folder / "tiers.txt").read_text(encoding="utf-8").splitlines()
    tiers = tuple(
        Tier(name, *(np.load(folder / f"tier-{number}-{part}.npy") for part in _TIER))
        for number, name in enumerate(names)
    )
    release = None
    if (folder / "release-watch.npy").exists():
        release = Release(*(np.load(folder / f"release-{name}.npy") for name in _RELEASE))
    return Problem(columns={}, rules={}, tiers=tiers, release=release, **arrays)


def write_change(folder: Path, name: str, base: Floats, now: Floats) -> None:
    """Write an array as the difference from another of the same length."""
    at = np.flatnonzero(base != now)
    np.save(folder / f"{name}-at.npy", at)
    np.save(folder / f"{name}-to.npy", now[at])


def read_change(folder: Path, name: str, base: Floats) -> Floats:
    """Read an array that was written as a difference."""
    now = base.copy()
    now[np.load(folder / f"{name}-at.npy")] = np.load(folder / f"{name}-to.npy")
    return now


def costs_of(tier: Tier, count: int) -> Floats:
    """Return the costs of a tier for all columns."""
    costs = np.zeros(count)
    costs[tier.columns] = tier.costs
    return costs
