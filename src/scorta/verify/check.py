"""The independent checker: it reads the case and the plan's tables, and nothing of the model they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from scorta.case import Case, Previous
from scorta.verify.aiming import check_objectives
from scorta.verify.asks import check_surplus
from scorta.verify.balance import check_balance
from scorta.verify.books import open_books
from scorta.verify.breach import Breach
from scorta.verify.changing import lay_change
from scorta.verify.enough import check_use
from scorta.verify.floors import check_floors
from scorta.verify.form import check_form
from scorta.verify.growing import check_lines
from scorta.verify.handover import check_handovers
from scorta.verify.holders import lay_holders
from scorta.verify.kits import check_kits
from scorta.verify.legs import check_legs
from scorta.verify.limits import check_limits, lay_excess
from scorta.verify.lots import check_lots
from scorta.verify.making import check_making
from scorta.verify.needs import check_needs
from scorta.verify.orders import check_orders
from scorta.verify.owning import check_holdings
from scorta.verify.sharing import check_shares, lay_shares
from scorta.verify.spending import check_spending
from scorta.verify.tiers import check_tiers
from scorta.verify.whole import check_whole


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
    holders = lay_holders(books)
    excess = lay_excess(books, holders)
    shares = lay_shares(books)
    checks = (
        *(check_balance, check_lots, check_legs, check_making, check_lines, check_handovers, check_orders),
        *(check_needs, check_whole, check_spending),
    )
    for check in checks:
        found += check(books)
    found += check_shares(books, shares) + check_kits(books, holders) + check_surplus(books, holders)
    found += check_use(books, holders) + check_holdings(books, holders) + check_objectives(books)
    found += check_limits(excess) + check_floors(books, holders, dict(tiers))
    change = None if previous is None else lay_change(case.horizon, tables, previous)
    return found + check_tiers(books, holders, excess, shares, change, tiers)
