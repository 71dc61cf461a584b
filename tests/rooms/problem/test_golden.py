"""The golden problems as a whole: no rule lacks one, and none is left over."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases import make_case
from tests.rooms.problem.freezing import GOLDEN, written

from scorta.rules import Rule

TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
"""The text of the tests that freeze problems."""


@pytest.mark.parametrize("rule", [*(rule for rule in Rule if rule.has_rows), Rule.TIERS])
def test_no_rule_lacks_one(rule: Rule) -> None:
    """Every rule with rows, and the tiers, have a golden file; a rule that does not exist has none."""
    assert list(GOLDEN.glob(f"{rule}-*.txt"))
    assert not list(GOLDEN.glob("no_such_rule-*.txt"))


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.stem)
def test_none_is_left_over(path: Path) -> None:
    """Every golden file is compared by a test, and says something of its rule."""
    rule = path.stem.split("-")[0]
    assert f'frozen("{path.stem}", ' in TESTS
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"{rule}[") or rule == "tiers"


def test_a_changed_stock_is_seen() -> None:
    """One unit more on the first day changes the text; the same case again does not."""
    texts = [
        written("balance", make_case("week 1", stocks=f"place item quantity | P rice {quantity}"))
        for quantity in (5, 5, 6)
    ]
    assert texts[0] == texts[1] == "balance[P,rice,0]: stock[P,rice,0] = 5\n"
    assert texts[2] == "balance[P,rice,0]: stock[P,rice,0] = 6\n"
