"""The checker and the rules: it reports every rule, each is broken by a test, and each stands on the page of rules."""

import ast
import re
from pathlib import Path

import pytest

from scorta.rules import Rule

ROOT = Path(__file__).parents[3]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/scorta/verify").glob("*.py")))
REPORTED = [rule for rule in Rule if rule.seen_as == (rule,)]
"""The rules under which the checker reports what breaks them."""


def words_of_tests():
    """Return every text that stands in a test of the checker, or in what it is tried with, by test."""
    found = {}
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                cells = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
                found[f"{path.stem}.{node.name}"] = {cell for cell in cells if isinstance(cell, str)}
    return found


WORDS = words_of_tests()


@pytest.mark.parametrize("rule", REPORTED)
def test_a_rule_is_reported(rule):
    """The checker has arithmetic of its own for it."""
    assert re.search(rf"\bRule\.{rule.name}\b", SOURCE)


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule not in REPORTED])
def test_a_rule_that_is_seen_under_others_is_not_reported_itself(rule):
    """What it ties together stands in no table of a plan."""
    assert not re.search(rf"\bRule\.{rule.name}\b", SOURCE)


@pytest.mark.parametrize("rule", REPORTED)
def test_a_rule_is_broken_by_a_test(rule):
    """Some test of the checker tries a plan that breaks it, and names it."""
    assert [test for test, words in WORDS.items() if rule in words] != []


def test_rules_of_broken_plans_stand_on_the_page_of_rules():
    """An error about a broken plan names a rule that a reader can look up."""
    page = (ROOT / "docs/look-up/rules.md").read_text(encoding="utf-8")
    heads = set(re.findall(r"(?m)^## (.*)$", page))
    assert {str(rule) for rule in REPORTED} <= heads
