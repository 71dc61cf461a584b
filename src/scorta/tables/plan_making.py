"""What a plan makes, and what that takes."""

from scorta.tables.describe import Table, code, date, number
from scorta.tables.plan_fields import BUCKET, ITEM, QUANTITY

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

COMPONENT_USE = Table(
    "component_use",
    "Component use",
    "What processes at a place take, in a bucket, from lots that carry a last day of use; the rest of what they take "
    "comes from free goods without a date.",
    (
        code("place", "Where it is used.", "places", required=True),
        ITEM,
        date("expires_on", "Last day the lot can be used.", required=True),
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        QUANTITY,
    ),
    key=("place", "item", "expires_on", "bucket"),
)
