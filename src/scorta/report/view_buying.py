"""The views of what is bought, and what each party pays."""

from scorta.report.page import Column
from scorta.report.view import QUANTITY, View

ORDERS = View(
    "orders",
    "orders",
    "Orders",
    "what to buy of industry, decided by when, under which contract",
    "Nothing is bought of industry.",
    {
        "decide_by": Column("Decide by", "date"),
        "contract": Column("Contract"),
        "supplier": Column("From"),
        "buyer": Column("For"),
        "item": Column("Item"),
        "delivered_until": Column("Comes by", "date"),
        "firm": Column("Firm", "number"),
        **QUANTITY,
        "cost_eur": Column("EUR", "number"),
    },
    ("decide_by", "contract", "item", "leaves_from", "leg"),
    frozenset({"contract", "supplier", "firm", "cost_eur"}),
)

SPEND = View(
    "spend",
    "spend",
    "Spend",
    "what each party pays in each calendar year",
    "Nobody pays anything.",
    {
        "party": Column("Party"),
        "year": Column("Year", "year"),
        "kind": Column("For"),
        "amount_eur": Column("EUR", "number"),
    },
    ("party", "year", "kind"),
)
