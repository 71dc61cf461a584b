"""The page that ends a plan, and the page of a case."""

import polars as pl
from tests.rooms.report.conftest import with_needs

from scorta.case import Case
from scorta.plan import Plan
from scorta.report import case_page, plan_page, set_page


def test_no_needs_at_all_make_a_page(plan: Plan, case: Case) -> None:
    """A case without open needs still has a page, which does not praise how they are met."""
    none = case.replace(needs=pl.DataFrame({"need": ["N1"], "state": ["draft"]}))
    text = set_page(plan_page(with_needs(plan, plan["fulfilment"].clear()), none, "p"))
    assert "The case has no open need. 1 draft not planned" in text
    assert "every need is met" not in text
    assert "Needs covered" not in text


def test_case_page_counts_what_the_case_holds(case: Case) -> None:
    """Parties, places, needs by state; the days of the horizon."""
    text = set_page(case_page(case))
    assert "2 parties, 2 places, 2 items, 5 needs, 4 pledges; 8 buckets from 2022-10-17 to 2022-12-11" in text
    assert "Needs: 1 draft, 4 open." in text
