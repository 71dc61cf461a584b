"""The views of a plan, by subject and in the order in which a reader meets them."""

from scorta.report.view import View
from scorta.report.view_buying import ORDERS, SPEND
from scorta.report.view_giving import ASKS, HANDOVERS, SHARES
from scorta.report.view_holding import HOLDINGS, OBJECTIVES, STOCK
from scorta.report.view_making import COMPONENTS, EXPANSIONS, KITS, LINES, PRODUCTION
from scorta.report.view_moving import LEG_USE, SHIPMENTS
from scorta.report.view_needing import ISSUES, NEEDS
from scorta.report.view_recovering import REPLACE, YEARS

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        *(NEEDS, SHIPMENTS, LEG_USE, ISSUES, HANDOVERS, ASKS, SHARES, ORDERS, PRODUCTION, KITS),
        *(COMPONENTS, LINES, EXPANSIONS, STOCK, HOLDINGS, OBJECTIVES, REPLACE, YEARS, SPEND),
    )
}
"""The views of a plan's tables by name; `tiers` is read off the record."""
