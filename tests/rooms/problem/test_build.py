"""Building: every family is described once, and added once."""

from __future__ import annotations

from tests.cases import make_case

from scorta.network import build_network
from scorta.problem import build_problem
from scorta.rules import Column, Rule


def test_every_family_is_described() -> None:
    """Rows stand under the rules that have rows, and columns under what is decided, in an empty case too."""
    problem = build_problem(build_network(make_case("week 1")))
    assert set(problem.rules) == {rule for rule in Rule if rule.has_rows}
    assert set(problem.columns) == set(Column)
