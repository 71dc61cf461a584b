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

LINE_LOAD = Table(
    "line_load",
    "Line load",
    "The hours of each line in each bucket in which it has any: what starts use, what its rows give, what expansions "
    "add.",
    (
        code("line", "The line.", "lines", required=True),
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("used_hours", "Hours that starts use.", "hours", required=True),
        number("capacity_hours", "Hours that the rows of the line give.", "hours", required=True),
        number(
            "expansion_hours",
            "Hours that expansions add: no more than its maximum leaves above the capacity.",
            "hours",
            required=True,
        ),
        number("minimum_hours", "Hours of its minimum sustaining rate.", "hours", required=True),
    ),
    key=("line", "bucket"),
)

EXPANSIONS = Table(
    "expansions",
    "Expansions",
    "Which expansion is decided when, from when its hours can be used, what it adds and costs, and who pays.",
    (
        code("expansion", "The expansion.", "expansions", required=True),
        code("line", "The line that grows.", "lines", required=True),
        BUCKET,
        date("decided_on", "The day it is decided: first day of the bucket.", required=True),
        date("available_from", "First day of its hours: `decided_on` plus the lead time, whole days.", required=True),
        number("count", "How many are built.", required=True),
        number("adds_per_month", "Hours they add: count x adds_per_month of one.", "hours per month", required=True),
        number("cost_eur", "Cost: count x cost_eur of one.", "EUR", required=True),
        code("paid_by", "Who pays: the party named, else the owner of the line's place.", "parties"),
    ),
    key=("expansion", "bucket"),
)
