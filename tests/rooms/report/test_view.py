"""What a view of a plan is: which table, which columns and order, and what goes without saying."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.rooms.report.conftest import table_of
from tests.rooms.report.test_show import ORDER

from scorta.plan import Plan
from scorta.report import VIEWS, list_rows, set_page, show_view
from scorta.report.views import OF_PARTY, years_view
from scorta.tables import PLAN_TABLES


def test_every_table_of_a_plan_has_a_view(plan: Plan) -> None:
    """No table is left that a reader cannot see, and a view names only fields that exist."""
    assert {view.table for view in VIEWS.values()} == set(PLAN_TABLES)
    dated = years_view(date(2024, 1, 1))
    below = [low for high in (*VIEWS.values(), dated) for low in high.below]
    for view in (*VIEWS.values(), *below, OF_PARTY):
        named = {
            *view.fields,
            *(name.removeprefix("-") for name in view.order),
            *view.optional,
            *view.spare,
            *view.heads,
        }
        assert named <= set(view.rows(plan).columns), view.title


def test_needs_come_by_priority_and_date(plan: Plan) -> None:
    """The most urgent need stands first, the earlier date before the later."""
    assert [row["need"] for row in list_rows(plan, "needs")] == ["N2", "N1", "N3", "N4"]


def test_empty_optional_columns_are_left_out(plan: Plan) -> None:
    """No lot is reserved and nothing expired, so those columns do not stand on the page."""
    text = set_page(show_view(plan, "stock"))
    assert "Quantity" in text
    assert "Reserved" not in text
    assert "Thrown away" not in text


def test_the_supplier_stands_where_no_contract_names_it(plan: Plan) -> None:
    """Without contracts the page says from whom to buy."""
    for contract in ("C-GEN-LARGE", None):
        changed = replace(plan, tables={**plan.tables, "orders": table_of("orders", ORDER | {"contract": contract})})
        assert ("GENMAKERS" in set_page(show_view(changed, "orders"))) is (contract is None)


def test_columns_that_go_without_saying_are_left_out(plan: Plan) -> None:
    """Condition and what is met are shown only where some row is repairable, or meets another number than issued."""
    issue = {"need": "N1", "item": "generator", "required_by": date(2022, 12, 4), "quantity": 4.0, "meets": 4.0}
    level = {"place": "HUB", "item": "heater", "bucket": 1, "date": date(2022, 10, 30), "quantity": 4.0}
    for condition, meets, shown in (("serviceable", 4.0, False), ("repairable", 2.0, True)):
        tables = {
            "issues": table_of("issues", issue | {"meets": meets}),
            "stock_levels": table_of("stock_levels", level | {"condition": condition}),
        }
        changed = replace(plan, tables={**plan.tables, **tables})
        assert ("Meets" in set_page(show_view(changed, "issues"))) is shown
        assert ("repairable" in set_page(show_view(changed, "stock"))) is shown
