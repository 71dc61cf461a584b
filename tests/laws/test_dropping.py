"""Each rule bites: dropped from the problem, it is broken by the plan, and the checker names the rule it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.laws.dropping import BREAKING, TIGHTER, broken_without

from scorta.desk import SolverProcess
from scorta.rules import Rule

KEPT = [rule for rule in Rule if rule.has_rows]
"""The rules that the problem keeps by its rows."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all rules."""
    with SolverProcess() as process:
        yield process


def test_each_rule_has_a_case_that_breaks_it() -> None:
    """A new rule comes with a case in which it binds, or with the reason why no plan can tell."""
    assert set(BREAKING) | set(TIGHTER) == set(KEPT)
    assert not set(BREAKING) & set(TIGHTER)


@pytest.mark.parametrize("rule", BREAKING)
def test_a_plan_without_a_rule_is_caught_breaking_it(rule: Rule, solver: SolverProcess) -> None:
    """The problem holds the rule, and the checker, which does not know the problem, sees that it was not held."""
    assert broken_without(rule, BREAKING[rule](), solver) & set(rule.seen_as)
