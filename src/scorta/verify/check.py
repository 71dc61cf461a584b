"""The independent checker: it reads the case and the plan's tables, and nothing of the model they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from scorta.case import Case, Previous
from scorta.verify.books import open_books
from scorta.verify.breach import Breach, check_form
from scorta.verify.budgets import check_budgets
from scorta.verify.contracts import check_contracts
from scorta.verify.keys import check_keys
from scorta.verify.legs import check_legs
from scorta.verify.levels import check_levels
from scorta.verify.lines import check_lines
from scorta.verify.needs import check_needs
from scorta.verify.pledges import check_pledges
from scorta.verify.production import check_production
from scorta.verify.stocks import check_stocks
from scorta.verify.switches import check_switches
from scorta.verify.tiers import check_tiers

CHECKS = (
    *(check_stocks, check_legs, check_production, check_lines, check_pledges, check_contracts),
    *(check_needs, check_switches, check_budgets, check_keys),
)
"""What is checked of every plan, subject by subject."""


def check_plan(
    case: Case,
    tables: Mapping[str, pl.DataFrame],
    tiers: Sequence[tuple[str, float]],
    *,
    relaxed: bool = False,
    previous: Previous | None = None,
) -> tuple[Breach, ...]:
    """Return every rule that the plan breaks; an empty tuple where it breaks none.

    `tables` are the tables of `PLAN_TABLES`, `tiers` the name and value of each tier in order; `relaxed` says that
    whole numbers were dropped; `previous` is the plan that this one was to follow. Everything that can be worked out
    from the case is worked out anew. Tables that cannot be read as a plan of this case stop the check: only that is
    reported then.
    """
    found = check_form(case, tables)
    if found:
        return found
    books = open_books(case, tables, relaxed)
    for check in CHECKS:
        found += check(books)
    return found + check_levels(books, dict(tiers)) + check_tiers(books, tiers, previous)
