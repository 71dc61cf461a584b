"""The views of what is held."""

from scorta.report.page import Column
from scorta.report.view import CONDITION, LOT, View

STOCK = View(
    "stock",
    "stock_levels",
    "Stock",
    "what lies where at the end of each bucket",
    "Nothing is kept anywhere at the end of any bucket.",
    {
        "place": Column("Place"),
        "item": Column("Item"),
        **CONDITION,
        **LOT,
        "date": Column("At the end of", "date"),
        "quantity": Column("Quantity", "number"),
        "expired": Column("Thrown away", "number", "bad"),
    },
    ("place", "item", "date"),
    frozenset({"condition", "reserved_for", "expires_on", "expired"}),
)
