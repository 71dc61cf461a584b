"""The tables of a plan, described like those of a case.

Every flow is even within its bucket, or within the part of the bucket in which it may run. `bucket` counts from 0.
`reserved_for` and `expires_on` name the lot: goods reserved for a need (or, from a pledge with `only_for`, for a need
or place), and goods that carry a last day of use; both empty for free goods without a date.
"""

from scorta.tables.describe import Field, Table, code, date, number, whole

_BUCKET = whole("bucket", "The bucket of the horizon, from 0.", required=True, example="3")
_ITEM = code("item", "The item.", "items", required=True)
_LOT = (
    code("reserved_for", "The need or place the goods are reserved for; empty if free.", "needs", "places"),
    date("expires_on", "Last day the goods can be used; empty if they carry no date."),
)
_QUANTITY = number("quantity", "How much, over the whole bucket.", "units", required=True)

SHIPMENTS = Table(
    "shipments",
    "Shipments",
    "What leaves over which leg in which bucket, and when it arrives.",
    (
        code("leg", "The leg.", "legs", required=True),
        code("origin", "Where it leaves.", "places", required=True),
        code("destination", "Where it arrives.", "places", required=True),
        _ITEM,
        *_LOT,
        code("arrives_for", "What it is reserved for on arrival: a handover may reserve it.", "needs", "places"),
        _BUCKET,
        date("leaves_from", "First day of departure.", required=True),
        date("leaves_until", "Last day of departure.", required=True),
        date("arrives_from", "First day of arrival: `leaves_from` plus the transit, whole days.", required=True),
        date("arrives_until", "Last day of arrival: `leaves_until` plus the transit, whole days.", required=True),
        _QUANTITY,
        number("mass_t", "Mass of the shipment; empty where the item has none.", "t"),
        number("cost_eur", "Cost of carrying it: mass_t x cost_eur_per_t.", "EUR"),
    ),
    key=("leg", "item", "reserved_for", "expires_on", "arrives_for", "bucket"),
)

PRODUCTION = Table(
    "production",
    "Production",
    "What is started where in which bucket, and what comes of it.",
    (
        code("process", "The process.", "processes", required=True),
        code("place", "Where it runs.", "places", required=True),
        code("item", "What it makes.", "items", required=True),
        _BUCKET,
        date("starts_from", "First day of starts.", required=True),
        date("starts_until", "Last day of starts.", required=True),
        number("started", "Units started.", "units", required=True),
        number("made", "Units of the product that will arrive: started x yield.", "units", required=True),
        date("arrives_from", "First day of arrival: `starts_from` plus the lead time, whole days.", required=True),
        date("arrives_until", "Last day of arrival: `starts_until` plus the lead time, whole days.", required=True),
        number("cost_eur", "Cost: started x unit_cost_eur.", "EUR", minimum=None),
    ),
    key=("process", "bucket"),
)

ISSUES = Table(
    "issues",
    "Issues",
    "What each need receives in which bucket: this, and nothing else, delivers to a need.",
    (
        code("need", "The need.", "needs", required=True),
        date("required_by", "The day of this occurrence of the need.", required=True),
        code("place", "Where it is issued.", "places", required=True),
        _ITEM,
        *_LOT,
        _BUCKET,
        date("issued_from", "First day of the bucket.", required=True),
        date("issued_until", "Last day of the bucket.", required=True),
        _QUANTITY,
        whole(
            "days_late",
            "Days from the last day of the bucket of `required_by` to the last day of this bucket; 0 if on time.",
            "days",
            required=True,
        ),
    ),
    key=("need", "required_by", "reserved_for", "expires_on", "bucket"),
)

HANDOVERS = Table(
    "handovers",
    "Handovers",
    "What changes owner in which bucket, and what covers it.",
    (
        code("agreement", "The pledge or contract that covers it; empty where none is needed.", "pledges", "contracts"),
        Field(
            "basis",
            "choice",
            "What covers it: a pledge, an ask (an unpledged gift), a contract, or nothing (`free`).",
            required=True,
            choices=("pledge", "ask", "contract", "free"),
        ),
        code("giver", "Who gives or sells.", "parties", required=True),
        code("receiver", "Who receives or buys.", "parties", required=True),
        _ITEM,
        code("reserved_for", "What the goods are reserved for after the handover.", "needs", "places"),
        _BUCKET,
        date("leaves_from", "First day of the bucket.", required=True),
        date("leaves_until", "Last day of the bucket.", required=True),
        _QUANTITY,
        number("value_eur", "Value: quantity x value_eur of the item; empty where the item has none.", "EUR"),
    ),
    key=("agreement", "basis", "giver", "receiver", "item", "reserved_for", "bucket"),
)

COMPONENT_USE = Table(
    "component_use",
    "Component use",
    "What processes at a place take, in a bucket, from lots that carry a last day of use; the rest of what they take "
    "comes from free goods without a date.",
    (
        code("place", "Where it is used.", "places", required=True),
        _ITEM,
        date("expires_on", "Last day the lot can be used.", required=True),
        _BUCKET,
        date("date", "Last day of the bucket.", required=True),
        _QUANTITY,
    ),
    key=("place", "item", "expires_on", "bucket"),
)

STOCK_LEVELS = Table(
    "stock_levels",
    "Stock levels",
    "What lies where at the end of each bucket, and what was thrown away in it because its life was over. A spot "
    "without a row holds nothing.",
    (
        code("place", "The place.", "places", required=True),
        _ITEM,
        *_LOT,
        _BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("quantity", "What lies there at the end of that day.", "units", required=True),
        number("expired", "What was thrown away in the bucket.", "units", required=True),
    ),
    key=("place", "item", "reserved_for", "expires_on", "bucket"),
)

FULFILMENT = Table(
    "fulfilment",
    "Fulfilment",
    "How each open need is met, over all its occurrences.",
    (
        code("need", "The need.", "needs", required=True),
        whole("priority", "1 is served first.", required=True),
        code("place", "Where it is issued.", "places", required=True),
        _ITEM,
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

ASKS = Table(
    "asks",
    "Asks",
    'What the plan would ask of a party beyond what it has pledged (`gifts = "open"`).',
    (
        code("giver", "Who is asked.", "parties", required=True),
        code("receiver", "For whom.", "parties", required=True),
        _ITEM,
        _QUANTITY,
        date("leaves_from", "First day of the first bucket in which it would leave.", required=True),
        date("leaves_until", "Last day of the last bucket in which it would leave.", required=True),
        number("value_eur", "Value: quantity x value_eur of the item; empty where the item has none.", "EUR"),
    ),
    key=("giver", "receiver", "item"),
)

PLAN_TABLES: dict[str, Table] = {
    table.name: table
    for table in (FULFILMENT, SHIPMENTS, ISSUES, HANDOVERS, ASKS, PRODUCTION, COMPONENT_USE, STOCK_LEVELS)
}
"""The tables of a plan by name, in the order in which a reader meets them."""
