"""What a cell that is no number or no day was meant to be."""

import doctest
import importlib

import pytest

from scorta.check.book import stretches
from scorta.check.spelling import Names, explain_date, explain_number, nearest

MEANT = {
    "1.234,5": "Write 1234.5.",
    "1,234.5": "Write 1234.5.",
    "1 000": "Write 1000.",
    "1,000": "Write 1000, or 1.000 if the comma stands for the point.",
    "1.234.567": "Write 1234567.",
    "0x10": "Write 16.",
    "5 %": "Write 0.05.",
    "120 pcs": "Write 120.",
    "\u22125": "Write -5.",
    "31/12/2022": "Write 2022-12-31.",
    "03/04/2022": "Write 2022-04-03 or 2022-03-04.",
    "44899": "Write 2022-12-04.",
    "2022/12/4": "Write 2022-12-04.",
}


@pytest.mark.parametrize(("cell", "advice"), MEANT.items())
def test_next_step_says_what_to_write(cell, advice):
    """The next step gives the number or day itself, or both where two readings are possible."""
    explain = explain_date if advice.count("-") > 1 else explain_number
    kind, words = explain(cell)
    assert kind.at("f.csv", 2, "x", cell, **words).next_step == advice


def test_nearest_name():
    """A name is found through capitals, dashes and slips of the pen; what is far is not suggested."""
    assert nearest("Un met", ["unmet", "until"]) == "unmet"
    assert nearest("priorty", ["priority", "party"]) == "priority"
    assert nearest("zzz", ["priority"]) == ""
    assert nearest("HUb", ["HUB"]) == "HUB"


def test_nearest_of_very_many_names():
    """Among very many names only those of the same start and length are compared."""
    names = Names(f"PLACE{k:05}" for k in range(5_000))
    assert names.nearest("PLACE0123").startswith("PLACE")
    assert names.nearest("XLACE01234") == ""


def test_rows_are_named_compactly():
    """Stretches of rows are joined; very many are counted."""
    assert str(stretches([2])) == "2"
    assert str(stretches([5, 2, 3])) == "2-3, 5"
    assert str(stretches(range(2, 100, 2))).endswith("40 and 29 more")


@pytest.mark.parametrize("name", ["book", "spelling"])
def test_examples_in_docstrings_run(name):
    """The examples in the docstrings of this room are true."""
    tried = doctest.testmod(importlib.import_module(f"scorta.check.{name}"))
    assert tried.attempted > 0
    assert tried.failed == 0
