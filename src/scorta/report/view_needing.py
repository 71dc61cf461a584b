"""The views of how needs are met."""

from scorta.report.page import Column
from scorta.report.view import LOT, QUANTITY, View

NEEDS = View(
    "needs",
    "fulfilment",
    "Needs",
    "how each need is met: asked, on time, late, unmet",
    "No open need is required by the last day of the plan.",
    {
        "priority": Column("Priority", "number"),
        "need": Column("Need"),
        "place": Column("Place"),
        "item": Column("Item"),
        "required_by": Column("Required by", "date"),
        "asked": Column("Asked", "number"),
        "on_time": Column("On time", "number", "good"),
        "late": Column("Late", "number", "late"),
        "unmet": Column("Unmet", "number", "bad"),
        "last_delivery": Column("Last comes", "date"),
    },
    ("priority", "required_by", "need"),
)

ISSUES = View(
    "issues",
    "issues",
    "Issues",
    "what each need receives, and when",
    "Nothing is issued.",
    {
        "need": Column("Need"),
        "place": Column("Place"),
        "item": Column("Item"),
        "required_by": Column("Required by", "date"),
        "issued_from": Column("Issued from", "date"),
        "issued_until": Column("Issued by", "date"),
        **LOT,
        **QUANTITY,
        "meets": Column("Meets", "number"),
        "days_late": Column("Days late", "number", "late"),
    },
    ("need", "required_by", "issued_from"),
    frozenset({"reserved_for", "expires_on", "meets"}),
)
