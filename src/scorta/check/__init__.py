"""The check: raw rows in, a case or every finding of all tables at once out."""

from scorta.check import (
    book,
    budgets,
    cells,
    change,
    changes,
    contracts,
    draft,
    headings,
    keys,
    kits,
    legs,
    levels,
    needs,
    pledges,
    production,
    references,
    rows,
    scenario,
    spelling,
    stocks,
)
from scorta.check.changes import change_case as change_case
from scorta.check.changes import read_changes as read_changes
from scorta.check.check import Checked as Checked
from scorta.check.check import check_case as check_case
from scorta.tables.findings import kinds_in

FINDINGS = kinds_in(
    *(scenario, headings, spelling, cells, references, rows, needs, pledges, contracts, legs, stocks, levels),
    *(production, kits, budgets, keys, change, draft, changes, book),
)
"""Every kind of finding that is made while a case is checked; one that has several sentences stands once with each."""
