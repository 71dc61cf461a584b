"""Every table and field of a case and of a plan, described once."""

from scorta.tables.asking import CONTRACTS, NEEDS, PLEDGES
from scorta.tables.checking_findings import CHECKING
from scorta.tables.deciding import AGENDA, BUDGETS, CHANGES, DECISIONS, KEYS, MEETINGS, RISKS
from scorta.tables.describe import Field as Field
from scorta.tables.describe import Table as Table
from scorta.tables.findings import Finding as Finding
from scorta.tables.findings import FindingKind as FindingKind
from scorta.tables.holding import OBJECTIVES, RECEIPTS, STOCKS
from scorta.tables.making import COMPONENTS, COPRODUCTS, EXPANSIONS, LINES, LOADS, PROCESSES
from scorta.tables.plan import PLAN_TABLES as PLAN_TABLES
from scorta.tables.raw import RawCase as RawCase
from scorta.tables.raw import RawTable as RawTable
from scorta.tables.reading_findings import READING
from scorta.tables.world import ITEMS, KITS, LEGS, PARTIES, PLACES, SUBSTITUTES

CASE_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
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
}
"""The tables of a case by name, in the order in which a reader meets them."""

FINDINGS: dict[str, FindingKind] = {kind.code: kind for kind in (*READING, *CHECKING)}
"""Every kind of finding by code."""
