"""Golden problems: the rows of one rule in one tiny case, written out, as a person once checked them by hand.

`SCORTA_REGOLD=1 python -m pytest tests/rooms/problem` writes them anew; each change must then be checked by hand
against the page on what a plan means, and the reckoning in the docstring of its test changed with it.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.cases import read_words

from scorta.case import Case, Previous
from scorta.network import build_network
from scorta.problem import build_problem
from scorta.problem.text import write_rule, write_tiers
from scorta.rules import Rule
from scorta.tables import PLAN_TABLES

GOLDEN = Path(__file__).parent / "golden"
"""Where they lie, as `<rule>-<situation>.txt`."""


def frozen(name: str, case: Case, previous: Previous | None = None) -> None:
    """Compare the rows of the rule in the name (or the tiers) with the golden file of that name."""
    text = written(name.split("-")[0], case, previous)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("SCORTA_REGOLD"):
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden file {name}: the rows are\n{text}"
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()


def written(rule: str, case: Case, previous: Previous | None = None) -> str:
    """Write the rows of a rule, or the tiers, of a case."""
    network = build_network(case, previous)
    problem = build_problem(network)
    return write_tiers(network, problem) if rule == "tiers" else write_rule(network, problem, Rule.of(rule))


def previous(freeze: int = 0, **tables: str) -> Previous:
    """Return a previous plan from tables of words, `|` between the rows; those not given are empty."""
    words = {name: text.replace("|", "\n") for name, text in tables.items()}
    return Previous({name: read_words(table, words.get(name, "")) for name, table in PLAN_TABLES.items()}, freeze)
