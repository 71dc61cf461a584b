"""What is handed out to programs: plain values."""

import doctest
import json
import math
from datetime import date
from pathlib import Path
from types import MappingProxyType

from scorta.plan import Plan
from scorta.report import page, to_plain


def test_examples_in_docstrings_hold() -> None:
    """Every example in the docstrings of the file gives what it says."""
    done = doctest.testmod(page)
    assert done.attempted > 0
    assert done.failed == 0


def test_record_becomes_json(plan: Plan) -> None:
    """A whole record can be written, tiers and days included."""
    plain = json.loads(json.dumps(to_plain(plan.record), allow_nan=False))
    assert plain["as_of"] == "2022-10-17"
    tier = {"name": "needs 1 unmet", "value": 50.0, "bound": 49.99, "gap": 0.0002, "seconds": 0.2, "claimed_gap": 0.0}
    assert plain["tiers"][1] == tier


def test_values_without_a_word_in_json_become_null() -> None:
    """Infinity and not-a-number are null; sets are sorted lists; paths are text."""
    given = MappingProxyType({"a": math.inf, "b": math.nan, "c": {"y", "x"}, "d": Path("p"), "e": (date(2022, 1, 1),)})
    assert to_plain(given) == {"a": None, "b": None, "c": ["x", "y"], "d": "p", "e": ["2022-01-01"]}
