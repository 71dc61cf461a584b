"""How a problem goes to the solver's process and what proves an answer comes back: the same, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.rooms.solve.small import full, small, three

from scorta.problem import Problem, Release
from scorta.solve import Basis
from scorta.solve.exchange import (
    costs_of,
    read_basis,
    read_opening,
    read_problem,
    read_proof,
    write_basis,
    write_problem,
    write_proof,
)

ARRAYS = ("lower", "upper", "row_lower", "row_upper", "starts", "rows", "values", "whole")


@pytest.mark.parametrize(
    "problem",
    [
        small(),
        three(4),
        small(costs={}),
        small(costs={"needs 1 late": [0, 0], "a name of words": [3, 0]}),
        replace(small(), whole=np.array([1], np.int32), release=Release(*(np.array([at]) for at in (0, 1, 1)))),
    ],
    ids=["two tiers", "shared", "no tier", "empty tier", "whole and giving way"],
)
def test_a_problem_comes_through(tmp_path: Path, problem: Problem) -> None:
    """Every array, every tier by its name, and what gives way; the names of rows and columns stay behind."""
    write_problem(tmp_path, problem)
    found = read_problem(tmp_path)
    for name in ARRAYS:
        assert np.array_equal(getattr(found, name), getattr(problem, name)), name
    assert np.array_equal(full(found), full(problem))
    assert [tier.name for tier in found.tiers] == [tier.name for tier in problem.tiers]
    for one, other in zip(found.tiers, problem.tiers, strict=True):
        assert np.array_equal(one.columns, other.columns)
        assert np.array_equal(one.costs, other.costs)
    assert (found.release is None) == (problem.release is None)
    if found.release is not None and problem.release is not None:
        assert found.release.watch.tolist() == problem.release.watch.tolist()
    assert found.rules == {}


def test_a_proof_comes_through(tmp_path: Path) -> None:
    """Prices as they are; arrays as their differences: none, some, and all of them, infinite ones too."""
    bases = [np.array([0.0, 1.0, np.inf]), np.array([4.0, 5.0]), np.array([-np.inf])]
    nows = [np.array([0.0, 1.0, 7.0]), np.array([4.0, 5.0]), np.array([0.1])]
    duals = np.array([0.1, -1 / 3, 0.0])
    write_proof(tmp_path / "proof.npy", duals, list(zip(bases, nows, strict=True)))
    prices, found = read_proof(tmp_path / "proof.npy", bases)
    assert prices.tolist() == duals.tolist()
    assert [each.tolist() for each in found] == [each.tolist() for each in nows]


def test_a_basis_comes_through_where_it_fits(tmp_path: Path) -> None:
    """One of a problem of another size is none, and so is one that is not there."""
    basis = Basis(np.array([1, 0], np.int8), np.array([2], np.int8), 17)
    path = tmp_path / "basis.npy"
    assert read_basis(path, small()) is None
    write_basis(path, basis)
    found = read_basis(path, small())
    assert found is not None
    assert (found.columns.tolist(), found.rows.tolist(), found.effort) == ([1, 0], [2], 17)
    assert read_basis(path, three(4)) is None


def test_an_opening_is_read_where_there_is_one(tmp_path: Path) -> None:
    """Without one the tiers themselves are made small at first."""
    assert read_opening(tmp_path) is None
    np.save(tmp_path / "opening.npy", np.array([1.0, 0.5]))
    opening = read_opening(tmp_path)
    assert opening is not None
    assert opening.tolist() == [1.0, 0.5]


def test_costs_of_all_columns() -> None:
    """A column that the tier does not name costs nothing."""
    (tier,) = small(costs={"only": [0, 3]}).tiers
    assert costs_of(tier, 4).tolist() == [0, 3, 0, 0]
