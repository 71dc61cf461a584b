"""What tables and fields are described by: what holds of the description of every one of them."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from scorta.tables import CASE_TABLES, PLAN_TABLES, Field, Table
from scorta.tables.describe import choice, code, number

EVERY = [*CASE_TABLES.values(), *PLAN_TABLES.values()]
TOWN = Table("towns", "Towns", "Where people live.", (code("town", "Code."), number("people", "How many.")), ("town",))


def test_a_table_is_its_fields_in_order() -> None:
    """They are counted through, and each is found by its name; a name that none has is an error."""
    assert [field.name for field in TOWN] == list(TOWN.names) == ["town", "people"]
    assert TOWN["people"].type == "number"
    with pytest.raises(KeyError, match="river"):
        TOWN["river"]


def test_rows_are_named_by_their_key_unless_it_is_said_otherwise() -> None:
    """Lots have no key and are named by place and item; what has a key is named by that."""
    assert TOWN.naming == ("town",)
    assert CASE_TABLES["stocks"].naming == ("place", "item")
    assert CASE_TABLES["budgets"].naming == ("party", "year")


def test_what_an_empty_cell_means() -> None:
    """A default, or 0 where that is said; else nothing is known."""
    assert choice("kind", "What it is.", "depot", "hub", default="depot").empty == "depot"
    assert number("cost", "What it costs.", zero_if_empty=True).empty == "0"
    assert number("capacity", "What it carries.").empty == ""


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_keys_and_days_are_fields(table: Table) -> None:
    """What names a row, and says on which days it holds, are fields of the table; no name stands twice."""
    assert len({*table.names}) == len(table.names)
    named = {*table.key, *table.naming, *filter(None, table.days)}
    assert named <= {*table.names}
    assert all(table[day].type == "date" for day in table.days if day)


FIELDS = [pytest.param(field, id=f"{table.name}-{field.name}") for table in CASE_TABLES.values() for field in table]


@pytest.mark.parametrize("field", FIELDS)
def test_examples_and_defaults_can_be_read(field: Field) -> None:
    """What a template offers, and what an empty cell stands for, would be taken in the cell itself."""
    for cell in filter(None, (field.example, field.default)):
        if field.type in ("number", "whole"):
            assert field.minimum is None or float(cell) >= field.minimum
            assert field.maximum is None or float(cell) <= field.maximum
        if field.type == "whole":
            assert cell.isdecimal()
        if field.type == "date":
            assert dt.date.fromisoformat(cell)
        if field.type == "choice":
            assert cell in field.choices
        if field.type == "yes_no":
            assert cell in ("yes", "no")


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_a_reference_leads_to_a_code(table: Table) -> None:
    """The table that a field refers to is one of the case, and begins with the code that is named."""
    for field, target in itertools.chain.from_iterable(
        ((field, target) for target in field.refers_to) for field in table
    ):
        first = CASE_TABLES[target].fields[0]
        assert first.type == "code", (field.name, target)
        assert not first.refers_to or target == "kits", (field.name, target)
