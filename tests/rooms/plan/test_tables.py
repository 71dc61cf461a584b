"""The tables of a plan have the columns of their descriptions, whatever is in them."""

from __future__ import annotations

import pytest
from tests.rooms.plan.conftest import planned

from scorta.case import TYPES
from scorta.plan import Plan
from scorta.tables import PLAN_TABLES


@pytest.fixture(name="plans", scope="module")
def _plans() -> tuple[Plan, Plan]:
    """Return the plan of a case in which nothing is, and of one in which something moves."""
    full = planned(
        "week 2",
        stocks="place item quantity | Q rice 3 | P rice 5",
        legs="leg origin destination mode transit_days | L P Q road 3",
        needs="need place item quantity required_by priority | N2 Q rice 4 2024-01-07 1 | N1 Q rice 4 2024-01-07 1",
    )
    return planned("week 1"), full


@pytest.mark.parametrize("name", list(PLAN_TABLES))
def test_columns_and_order(plans: tuple[Plan, Plan], name: str) -> None:
    """Columns come in their order and types, and rows sorted by the key of the table."""
    table = PLAN_TABLES[name]
    for plan in plans:
        found = plan[name]
        assert found.schema == {field.name: TYPES[field.type] for field in table}
        assert found.equals(found.sort(table.key, nulls_last=False, maintain_order=True))
