"""What is left of contracts, what of it is due, and what receipts under them cost."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network.contracts import ANYWHERE, Contracts
from scorta.network.facts import Facts, read_facts

FIELDS = "contract buyer supplier item firm option unit_price_eur until_date deliver_to minimum_order"
RECEIPTS = "place item quantity due_on contract"


def facts_of(rows: str, **tables: str) -> Facts:
    """Return the facts of a case of contracts."""
    return read_facts(make_case("week 2", contracts=f"{FIELDS} | {rows}", **tables))


def contracts(rows: str, **tables: str) -> Contracts:
    """Return the contracts of a case of nothing else."""
    return facts_of(rows, **tables).contracts


def test_firm_comes_before_option() -> None:
    """Of 10 firm and 5 optional, 12 have come: nothing firm and 3 of the option are left; 4 leave 6 firm of 11."""
    row = "C A I rice 10 5 2 - - -"
    much = contracts(row, receipts=f"{RECEIPTS} | P rice 12 2024-01-03 C")
    some = contracts(row, receipts=f"{RECEIPTS} | P rice 4 2024-01-03 C")
    assert (much.firm.tolist(), much.left.tolist()) == ([0], [3])
    assert (some.firm.tolist(), some.left.tolist()) == ([6], [11])


def test_a_framework_is_not_bounded() -> None:
    """Without a quantity any quantity may be bought, nothing of it firm, and to any place of the buyer."""
    found = contracts("C A I rice - - 2 - - -")
    assert (found.left.tolist(), found.firm.tolist(), found.is_due.tolist()) == ([np.inf], [0], [False])
    assert found.place.tolist() == [ANYWHERE]


def test_what_is_due_within_the_plan() -> None:
    """Firm quantities are due by the end of their contract, if that lies within the plan: day 13, not day 14."""
    found = contracts("C A I rice 5 - 2 2024-01-14 Q - | D A I rice 5 - 2 2024-01-15 Q -")
    assert (found.is_due.tolist(), found.place.tolist()) == ([True, False], [1, 1])


def test_a_least_order_is_no_more_than_what_is_left_of_the_option() -> None:
    """Of an option of 3 a least order of 5 is 3."""
    assert contracts("C A I rice 2 3 1 - - 5 | D A I rice - 9 1 - - 5").least.tolist() == [3, 5]


def test_what_receipts_cost_is_paid_by_the_buyer() -> None:
    """Four at 2 EUR on day 2 are 8 EUR of party A; what came without a contract is paid already."""
    receipts = f"{RECEIPTS} | P rice 4 2024-01-03 C | P rice 9 2024-01-03 -"
    paid = facts_of("C A I rice 10 - 2 - - -", receipts=receipts).paid
    assert (paid.buyer.tolist(), paid.day.tolist(), paid.cost.tolist()) == ([0], [2], [8])
