"""How a plan meets the needs."""

from scorta.tables.describe import Table, code, date, number, whole
from scorta.tables.plan_fields import BUCKET, ITEM, LOT, QUANTITY

ISSUES = Table(
    "issues",
    "Issues",
    "What each need receives in which bucket: this, and nothing else, delivers to a need.",
    (
        code("need", "The need.", "needs", required=True),
        date("required_by", "The day of this occurrence of the need.", required=True),
        code("place", "Where it is issued.", "places", required=True),
        code("item", "What is issued: what the need asks for, or a substitute.", "items", required=True),
        *LOT,
        BUCKET,
        date("issued_from", "First day of the bucket.", required=True),
        date("issued_until", "Last day of the bucket.", required=True),
        QUANTITY,
        number("meets", "Units of what the need asks for that it meets: quantity x factor.", "units", required=True),
        whole(
            "days_late",
            "Days from the last day of the bucket of `required_by` to the last day of this bucket; 0 if on time.",
            "days",
            required=True,
        ),
    ),
    key=("need", "required_by", "item", "reserved_for", "expires_on", "bucket"),
)

FULFILMENT = Table(
    "fulfilment",
    "Fulfilment",
    "How each open need is met, over all its occurrences.",
    (
        code("need", "The need.", "needs", required=True),
        whole("priority", "1 is served first.", required=True),
        code("place", "Where it is issued.", "places", required=True),
        ITEM,
        date("required_by", "The day it is required by; of the first occurrence where it comes back.", required=True),
        number("asked", "How much is asked for.", "units", required=True),
        number("on_time", "How much comes on time.", "units", required=True),
        number("late", "How much comes late.", "units", required=True),
        number("unmet", "How much never comes.", "units", required=True),
        number("unit_days_late", "Sum over delivered units of the days each is late.", "unit-days", required=True),
        date("first_delivery", "Last day of the first bucket in which something is issued; empty if nothing is."),
        date("last_delivery", "Last day of the last bucket in which something is issued; empty if nothing is."),
    ),
    key=("need",),
)
