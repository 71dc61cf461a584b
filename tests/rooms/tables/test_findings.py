"""Findings: an address, a sentence and a next step, put into words when they are read."""

from __future__ import annotations

from types import ModuleType

import pytest

from scorta.languages import speaking
from scorta.tables.findings import (
    MORE_ROWS,
    FindingKind,
    Named,
    address_of,
    kinds_in,
    names_in,
    phrase,
    row_of,
)

ODD = FindingKind(
    "odd",
    "warning",
    "{number} rows of {field} are {how}.",
    "Look at {value}.",
    "Where rows are odd.",
    one="One row of {field} is {how}.",
)


@pytest.mark.parametrize(
    ("file", "row", "address"),
    [
        ("needs.csv", 2, "needs.csv:2"),
        ("needs.csv", None, "needs.csv"),
        ("needs", 2, "needs[0]"),
        ("needs", 1, "needs"),
    ],
)
def test_addresses_are_those_of_a_spreadsheet_or_of_python(file: str, row: int | None, address: str) -> None:
    """A file is counted as a spreadsheet counts it, rows given in Python from 0."""
    assert address_of(file, row) == address
    assert ODD.at(file, row).address == address


def test_a_row_of_the_same_table_is_named_shortly() -> None:
    """In a file by its number, in Python by its place in the list."""
    assert str(row_of("needs.csv", 1234)) == "row 1,234"
    assert row_of("needs", 7) == "needs[5]"


def test_facts_fill_the_sentence() -> None:
    """Whole numbers have signs between their thousands; one is said in its own words."""
    many = ODD.at("needs.csv", 3, "quantity", "lots", number=1234, how=phrase("of {party}", party="PL"))
    assert many.sentence == "1,234 rows of quantity are of PL."
    assert many.next_step == "Look at lots."
    assert ODD.at("needs.csv", 3, "quantity", number=1, how="odd").sentence == "One row of quantity is odd."


def test_a_guess_is_asked_for_and_a_change_is_named() -> None:
    """What was probably meant stands after the next step, the change that made the row after the sentence."""
    from dataclasses import replace

    found = ODD.at("needs.csv", 3, "quantity", "7O", number=2, how="odd", guess="70")
    assert found.next_step == "Look at 7O. Did you mean `70`?"
    changed = replace(found, changed_by="late.csv:2")
    assert changed.sentence == "2 rows of quantity are odd. The row was changed by late.csv:2."


def test_the_same_kind_in_other_words() -> None:
    """Only what is given anew differs."""
    other = ODD.but(sentence="{how}!")
    assert (other.code, other.severity, other.next_step) == (ODD.code, ODD.severity, ODD.next_step)
    assert other.at("needs.csv", how="Odd").sentence == "Odd!"


def test_names_in_a_kind_are_those_that_have_to_be_filled() -> None:
    """Parts of the address fill themselves."""
    assert names_in(ODD) == ("number", "how")
    assert names_in(MORE_ROWS) == ("number", "kind", "shown")


def test_kinds_are_found_in_modules_and_lists_of_checks() -> None:
    """Each once, however often it is named."""
    module = ModuleType("checks")
    vars(module).update(ODD=ODD, AGAIN=ODD, CHECKS=(MORE_ROWS, "no kind"), NUMBER=3)
    assert kinds_in(module) == (ODD, MORE_ROWS)


def test_a_list_of_names_ends_with_how_many_are_left() -> None:
    """In the language that is spoken."""
    assert str(Named(("N1", "N2"))) == "N1, N2"
    assert str(Named(("N1", "N2"), 3)) == "N1, N2 and 3 more"
    with speaking("it"):
        assert str(Named(("N1", "N2"), 3)) != "N1, N2 and 3 more"
