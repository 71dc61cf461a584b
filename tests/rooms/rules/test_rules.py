"""Rules: each says how it is kept, and where a plan that breaks it is seen."""

from __future__ import annotations

import pytest

from scorta.rules import Rule


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_has_rows_or_says_how_it_is_kept(rule: Rule) -> None:
    """It has a sentence, a unit, and either an equation or words on how a plan keeps it without rows."""
    assert rule.words.sentence.endswith(".")
    assert rule.words.unit
    assert rule.has_rows != bool(rule.words.kept_by)


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_is_found_by_its_name(rule: Rule) -> None:
    """It is called what its constant is called, in small letters."""
    assert Rule.of(f"{rule}") is rule
    assert str(rule) == rule.name.lower()


@pytest.mark.parametrize("rule", Rule)
def test_what_breaks_a_rule_is_seen_under_itself_or_under_rules_that_are(rule: Rule) -> None:
    """No rule is seen under one that is seen under others itself."""
    assert all(seen.seen_as == (seen,) for seen in rule.seen_as)
