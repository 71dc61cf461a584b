"""What a plan makes, and what that takes."""

from scorta.tables.describe import Table, code, date, number
from scorta.tables.plan_fields import BUCKET, CONDITION, QUANTITY

PRODUCTION = Table(
    "production",
    "Production",
    "What is started where in which bucket, and what comes of it.",
    (
        code("process", "The process.", "processes", required=True),
        code("place", "Where it runs.", "places", required=True),
        code("item", "What it makes.", "items", required=True),
        BUCKET,
        date("starts_from", "First day of starts.", required=True),
        date("starts_until", "Last day of starts.", required=True),
        number("started", "Units started.", "units", required=True),
        number("made", "Units of the product that will arrive: started x yield.", "units", required=True),
        date("arrives_from", "First day of arrival: `starts_from` plus the lead time, whole days.", required=True),
        date("arrives_until", "Last day of arrival: `starts_until` plus the lead time, whole days.", required=True),
        number("cost_eur", "Cost: started x unit_cost_eur.", "EUR", minimum=None),
        number("setup_cost_eur", "Cost of setting the process up in this bucket.", "EUR"),
    ),
    key=("process", "bucket"),
)

KITS_MADE = Table(
    "kits",
    "Kits",
    "What kits are put together where in which bucket.",
    (
        code("place", "Where they are put together.", "places", required=True),
        code("item", "The kit.", "items", required=True),
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("quantity", "How many are put together, over the whole bucket.", "units", required=True),
    ),
    key=("place", "item", "bucket"),
)

COMPONENT_USE = Table(
    "component_use",
    "Component use",
    "What processes and kits at a place take, in a bucket, from lots that carry a last day of use, and from "
    "substitutes; the rest of what they take comes from goods of the component without a date.",
    (
        code("place", "Where it is used.", "places", required=True),
        code("component", "The component.", "items", required=True),
        code("item", "What is taken: the component, or a substitute.", "items", required=True),
        CONDITION,
        date("expires_on", "Last day the lot can be used; empty if it carries no date."),
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        QUANTITY,
        number("meets", "Units of the component that it stands in for: quantity x factor.", "units", required=True),
    ),
    key=("place", "component", "item", "condition", "expires_on", "bucket"),
)
