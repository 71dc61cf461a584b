"""Building a problem: the matrix by columns, families one after the other, and entries that are summed."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import make_case

from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.problem.problem import Builder
from scorta.rules import Column, Rule

ENTRIES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.floats(-9, 9, width=16)), max_size=40)
"""Entries as (row, column, value); several may meet in one place."""


def dense(problem: Problem) -> np.ndarray:
    """Return the matrix in full."""
    columns, rows, _ = problem.shape
    full = np.zeros((rows, columns))
    column = np.repeat(np.arange(columns), np.diff(problem.starts))
    np.add.at(full, (problem.rows, column), problem.values)
    return full


def started() -> Builder:
    """Return a builder with six columns and five rows in two families each."""
    builder = Builder()
    builder.add_columns(Column.START, {}, 2, 9.0)
    builder.add_columns(Column.SHIP, {}, 4, np.array([1.0, 2.0, 3.0, 4.0]))
    builder.add_rule(Rule.BALANCE, {}, 3, -np.inf, 5.0)
    builder.add_rule(Rule.NEED, {}, 2, np.array([1.0, 2.0]), np.inf)
    return builder


def test_families_follow_each_other() -> None:
    """The second family starts where the first ends; bounds are given once or for each member."""
    problem = started().build(lambda: ((), None))
    assert [(family.start, family.stop) for family in problem.columns.values()] == [(0, 2), (2, 6)]
    assert [(family.start, family.stop) for family in problem.rules.values()] == [(0, 3), (3, 5)]
    assert problem.columns[Column.SHIP].numbers.tolist() == [2, 3, 4, 5]
    assert problem.upper.tolist() == [9, 9, 1, 2, 3, 4]
    assert problem.lower.tolist() == [0] * 6
    assert problem.row_lower.tolist() == [-np.inf] * 3 + [1, 2]


@given(ENTRIES)
def test_entries_are_summed(entries: list[tuple[int, int, float]]) -> None:
    """Entries that meet in one place are one entry, their sum, in whatever order they come."""
    builder = started()
    rows, columns, values = (np.array([entry[side] for entry in entries]) for side in range(3))
    builder.add_summed(rows.astype(np.int64), columns.astype(np.int64), values.astype(np.float64))
    problem = builder.build(lambda: ((), None))
    full = np.zeros((5, 6))
    for row, column, value in entries:
        full[row, column] += value
    assert np.allclose(dense(problem), full)
    assert problem.shape[2] == len({(row, column) for row, column, _ in entries})


@given(ENTRIES, st.integers(0, 40))
def test_parts_make_one_matrix(entries: list[tuple[int, int, float]], cut: int) -> None:
    """Entries added in two parts, neither of them sorted, make the same matrix as in one."""
    once = list({(row, column): value for row, column, value in entries}.items())
    builder = started()
    for part in (once[:cut], once[cut:]):
        rows, columns = (np.array([place[side] for place, _ in part], dtype=np.int64) for side in (0, 1))
        builder.add(rows, columns, np.array([value for _, value in part]))
    problem = builder.build(lambda: ((), None))
    full = np.zeros((5, 6))
    for (row, column), value in once:
        full[row, column] = value
    assert np.array_equal(dense(problem), full)
    assert problem.starts[-1] == len(once)


def test_a_problem_without_entries() -> None:
    """A case with nothing in it makes a problem with nothing in it, and tiers of nothing."""
    problem = build_problem(build_network(make_case("week 3")))
    assert problem.shape == (0, 0, 0)
    assert [tier.name for tier in problem.tiers] == ["floors", "objectives", "cost", "earliest"]
    assert problem.release is None


def test_release_only_where_needs_follow_floors() -> None:
    """Floors give way to own needs where the tiers name floors before needs, and an own need meets a floor."""
    own = "need place item quantity required_by priority | N1 P rice 5 2024-01-07 1"
    other = "need place item quantity required_by priority party | N1 P rice 5 2024-01-07 1 B"
    objectives = "party item floor | A rice 20"

    def released(needs: str, tiers: tuple[str, ...]) -> bool:
        case = make_case("week 1", scenario={"tiers": tiers}, needs=needs, objectives=objectives)
        return build_problem(build_network(case)).release is not None

    assert released(own, ("floors", "needs"))
    assert not released(own, ("needs", "floors"))
    assert not released(own, ("needs",))
    assert not released(other, ("floors", "needs"))
