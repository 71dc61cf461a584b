"""The tables of a plan, described like those of a case.

Every flow is even within its bucket, or within the part of the bucket in which it may run. `bucket` counts from 0.
`reserved_for` and `expires_on` name the lot: goods reserved for a need (or, from a pledge with `only_for`, for a need
or place), and goods that carry a last day of use; both empty for free goods without a date.
"""

from scorta.tables.describe import Table
from scorta.tables.plan_buying import ORDERS, SPEND
from scorta.tables.plan_giving import ASKS, HANDOVERS, SHARES
from scorta.tables.plan_holding import HOLDINGS, OBJECTIVES, STOCK_LEVELS
from scorta.tables.plan_making import COMPONENT_USE, EXPANSIONS, KITS_MADE, LINE_LOAD, PRODUCTION
from scorta.tables.plan_moving import LEG_USE, SHIPMENTS
from scorta.tables.plan_needing import FULFILMENT, ISSUES

PLAN_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
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
        EXPANSIONS,
        STOCK_LEVELS,
        HOLDINGS,
        OBJECTIVES,
        SPEND,
    )
}
"""The tables of a plan by name, in the order in which a reader meets them."""
