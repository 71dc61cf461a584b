"""Every table and field of a case and of a plan, described once."""

from scorta.tables.budgets import BUDGETS, SPEND
from scorta.tables.changes import AGENDA, CHANGES, DECISIONS, MEETINGS, RISKS
from scorta.tables.contracts import CONTRACTS, ORDERS
from scorta.tables.describe import Field as Field
from scorta.tables.describe import Table as Table
from scorta.tables.findings import Finding as Finding
from scorta.tables.findings import FindingKind as FindingKind
from scorta.tables.findings import Phrase as Phrase
from scorta.tables.findings import RawCase as RawCase
from scorta.tables.findings import RawTable as RawTable
from scorta.tables.findings import address_of as address_of
from scorta.tables.findings import row_of as row_of
from scorta.tables.keys import KEYS, SHARES
from scorta.tables.kits import KITS, KITS_MADE, SUBSTITUTES
from scorta.tables.legs import LEG_USE, LEGS, SHIPMENTS
from scorta.tables.levels import HOLDINGS, OBJECTIVES, PLAN_OBJECTIVES
from scorta.tables.lines import EXPANSIONS, LINE_LOAD, LINES, LOADS, PLAN_EXPANSIONS
from scorta.tables.needs import FULFILMENT, ISSUES, NEEDS
from scorta.tables.pledges import ASKS, HANDOVERS, PLEDGES
from scorta.tables.production import COMPONENT_USE, COMPONENTS, COPRODUCTS, PROCESSES, PRODUCTION
from scorta.tables.stocks import RECEIPTS, STOCK_LEVELS, STOCKS
from scorta.tables.world import ITEMS, PARTIES, PLACES


def _by_name(tables: tuple[Table, ...]) -> dict[str, Table]:
    """Return tables by their names."""
    return {table.name: table for table in tables}


CASE_TABLES: dict[str, Table] = _by_name(
    (
        PARTIES,
        PLACES,
        ITEMS,
        STOCKS,
        NEEDS,
        LEGS,
        PLEDGES,
        OBJECTIVES,
        RECEIPTS,
        PROCESSES,
        COMPONENTS,
        COPRODUCTS,
        LINES,
        LOADS,
        EXPANSIONS,
        KITS,
        SUBSTITUTES,
        CONTRACTS,
        BUDGETS,
        KEYS,
        CHANGES,
        RISKS,
        MEETINGS,
        AGENDA,
        DECISIONS,
    )
)
"""The tables of a case by name, in the order in which a reader meets them."""

PLAN_TABLES: dict[str, Table] = _by_name(
    (
        FULFILMENT,
        SHIPMENTS,
        LEG_USE,
        ISSUES,
        HANDOVERS,
        ASKS,
        SHARES,
        ORDERS,
        PRODUCTION,
        KITS_MADE,
        COMPONENT_USE,
        LINE_LOAD,
        PLAN_EXPANSIONS,
        STOCK_LEVELS,
        HOLDINGS,
        PLAN_OBJECTIVES,
        SPEND,
    )
)
"""The tables of a plan by name, in the order in which a reader meets them.

Every flow is even within its bucket, or within the part of the bucket in which it may run. `bucket` counts from 0.
`reserved_for` and `expires_on` name the lot: goods reserved for a need (or, from a pledge with `only_for`, for a need
or place), and goods that carry a last day of use; both empty for free goods without a date.
"""
