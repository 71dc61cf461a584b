"""What a plan moves."""

from scorta.tables.describe import Table, code, date, number
from scorta.tables.plan_fields import BUCKET, CONDITION, ITEM, LEAVES_FROM, LEAVES_UNTIL, LOT, QUANTITY

SHIPMENTS = Table(
    "shipments",
    "Shipments",
    "What leaves over which leg in which bucket, and when it arrives.",
    (
        code("leg", "The leg.", "legs", required=True),
        code("origin", "Where it leaves.", "places", required=True),
        code("destination", "Where it arrives.", "places", required=True),
        ITEM,
        CONDITION,
        *LOT,
        code("arrives_for", "What it is reserved for on arrival: a handover may reserve it.", "needs", "places"),
        BUCKET,
        LEAVES_FROM,
        LEAVES_UNTIL,
        date("arrives_from", "First day of arrival: `leaves_from` plus the transit, whole days.", required=True),
        date("arrives_until", "Last day of arrival: `leaves_until` plus the transit, whole days.", required=True),
        QUANTITY,
        number("mass_t", "Mass of the shipment; empty where the item has none.", "t"),
        number("cost_eur", "Cost of carrying it: mass_t x cost_eur_per_t.", "EUR"),
    ),
    key=(
        "leg",
        "item",
        "condition",
        "reserved_for",
        "expires_on",
        "arrives_for",
        "bucket",
        "leaves_from",
        "leaves_until",
    ),
)

LEG_USE = Table(
    "leg_use",
    "Leg use",
    "Which leg with a fixed cost is used in which bucket, what it carries then, and what using it costs.",
    (
        code("leg", "The leg.", "legs", required=True),
        BUCKET,
        date("leaves_from", "First day of departure.", required=True),
        date("leaves_until", "Last day of departure.", required=True),
        number("mass_t", "Mass of all shipments over it in the bucket; items without mass count nothing.", "t"),
        number("fixed_cost_eur", "Fixed cost of using the leg in the bucket.", "EUR", required=True),
    ),
    key=("leg", "bucket"),
)
