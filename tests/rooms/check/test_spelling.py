"""What a cell that is no number or no day was meant to be."""

import doctest
import importlib

import pytest

from scorta.check.book import stretches
from scorta.check.spelling import Names, explain_date, explain_number, nearest

NUMBERS = {
    "1.234,5": "Write 1234.5.",
    "1,234.5": "Write 1234.5.",
    "1 000": "Write 1000.",
    "1,000": "Write 1000, or 1.000 if the comma stands for the point.",
    "1.234.567": "Write 1234567.",
    "0x10": "Write 16.",
    "5 %": "Write 0.05.",
    "120 pcs": "Write the number alone: 120 if `pcs` is its unit.",
    "12,5": "Write 12.5.",
    "2k": "Write 2000, or 2 if `k` is the unit.",
    "1.5 Mio": "Write 1500000, or 1.5 if `Mio` is the unit.",
    "3 dozen": "Write 36, or 3 if `dozen` is the unit.",
    "EUR 100": "Write the number alone: 100 if `EUR` is its unit.",
    "1,000 t": "Write a decimal number with a point, such as 120 or 0.5.",
    "12.5.3": "Write a decimal number with a point, such as 120 or 0.5.",
    "1.2,345.6": "Write a decimal number with a point, such as 120 or 0.5.",
    "#N/A": "Mend the formula in the spreadsheet, or leave the cell empty if nothing is known.",
    "#indicator": "Write a decimal number with a point, such as 120 or 0.5.",
    "\u22125": "Write -5.",
}
DAYS = {
    "31/12/2022": "Write 2022-12-31.",
    "03/04/2022": "Write 2022-04-03 or 2022-03-04.",
    "44899": "Write 2022-12-04.",
    "2022/12/4": "Write 2022-12-04.",
    "4-12-2022": "Write 2022-12-04 or 2022-04-12.",
    "01/16/13": "Write 2013-01-16.",
    "31-12-23": "Write 2023-12-31 or 2031-12-23.",
    "01-02-03": "Write the day as YYYY-MM-DD, such as 2022-12-04.",
    "16-Jan-2013": "Write 2013-01-16.",
    "January 16, 2013": "Write 2013-01-16.",
}


@pytest.mark.parametrize(("cell", "advice"), NUMBERS.items())
def test_next_step_says_which_number_to_write(cell, advice):
    """The next step gives the number itself, or both where two readings are possible."""
    kind, words = explain_number(cell)
    assert kind.at("f.csv", 2, "x", cell, **words).next_step == advice


@pytest.mark.parametrize(("cell", "advice"), DAYS.items())
def test_next_step_says_which_day_to_write(cell, advice):
    """The next step gives the day itself, or both where two readings are possible; of three none."""
    kind, words = explain_date(cell)
    assert kind.at("f.csv", 2, "x", cell, **words).next_step == advice


@pytest.mark.parametrize(
    ("cell", "unit", "advice"),
    [
        ("2 days", "days", "Write 2."),
        ("2 day", "days", "Write 2."),
        ("100 EUR", "EUR", "Write 100."),
        ("€100", "EUR", "Write 100."),
        ("USD 100", "EUR", "Write the number alone, in EUR: 100 if that is what `USD` is."),
        ("3 pallets", "units", "Write the number alone, in the unit of the item: 3 if that is what `pallets` is."),
    ],
)
def test_a_unit_is_that_of_the_field_or_asked_about(cell, unit, advice):
    """What is counted in the unit of the field needs the number alone; a conversion is never guessed."""
    kind, words = explain_number(cell, unit)
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
