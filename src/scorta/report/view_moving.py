"""The views of what moves."""

from scorta.report.page import Column
from scorta.report.view import CONDITION, LEAVES, LOT, QUANTITY, View

SHIPMENTS = View(
    "shipments",
    "shipments",
    "Shipments",
    "what leaves over which leg, and when it arrives",
    "Nothing is shipped.",
    {
        "leaves_from": Column("Leaves from", "date"),
        "arrives_until": Column("Arrives by", "date"),
        "leg": Column("Leg"),
        "origin": Column("From"),
        "destination": Column("To"),
        "item": Column("Item"),
        **CONDITION,
        **LOT,
        **QUANTITY,
        "mass_t": Column("Tonnes", "number"),
    },
    ("leaves_from", "leg", "item"),
    frozenset({"condition", "reserved_for", "expires_on", "mass_t"}),
)

LEG_USE = View(
    "legs",
    "leg_use",
    "Legs in use",
    "which legs with a fixed cost are used, and what that costs",
    "No leg with a fixed cost is used.",
    {
        **LEAVES,
        "leg": Column("Leg"),
        "mass_t": Column("Tonnes", "number"),
        "fixed_cost_eur": Column("EUR", "number"),
    },
    ("leaves_from", "leg"),
    frozenset({"mass_t"}),
)
