"""What a plan orders from industry, and what it costs each party in each year."""

from scorta.tables.describe import Field, Table, code, date, number, whole
from scorta.tables.plan_fields import BUCKET, ITEM, LEAVES_FROM, LEAVES_UNTIL, QUANTITY

ORDERS = Table(
    "orders",
    "Orders",
    "What is bought from industry in which bucket, under which contract, and by when that must be decided.",
    (
        code("contract", "The contract; empty where the case has no contracts.", "contracts"),
        code("supplier", "Who sells.", "parties", required=True),
        code("buyer", "Who buys and pays.", "parties", required=True),
        ITEM,
        code("leg", "The leg over which it is delivered.", "legs", required=True),
        code("place", "Where it is delivered.", "places", required=True),
        BUCKET,
        date(
            "decide_by",
            "Last day to decide: `leaves_from` less the longest lead time of a process that makes the item where it "
            "leaves, whole days.",
            required=True,
        ),
        LEAVES_FROM,
        LEAVES_UNTIL,
        date("delivered_from", "First day of arrival: `leaves_from` plus the transit, whole days.", required=True),
        date("delivered_until", "Last day of arrival: `leaves_until` plus the transit, whole days.", required=True),
        number(
            "firm",
            "How much of it is firm: what is bought under a contract counts as firm first, bucket by bucket and within "
            "a bucket by the code of the leg and the days of departure; empty without a contract.",
            "units",
        ),
        number("option", "The rest, called off from the option or framework; empty without a contract.", "units"),
        QUANTITY,
        number("unit_price_eur", "Price of a unit; empty where the contract has none.", "EUR per unit"),
        number("cost_eur", "Price: quantity x unit_price_eur; empty where the contract has none.", "EUR"),
    ),
    key=("contract", "supplier", "buyer", "item", "bucket", "leg", "leaves_from", "leaves_until"),
)

SPEND = Table(
    "spend",
    "Spend",
    "What each party pays in each calendar year that the plan touches, by kind. What is paid after the last of these "
    "years is not listed.",
    (
        code("party", "Who pays.", "parties", required=True),
        whole("year", "The calendar year.", required=True, example="2023"),
        Field(
            "kind",
            "choice",
            "What for: purchases (receipts under contracts too), production, transport, expansions, or holding, which "
            "is charged to no budget.",
            required=True,
            choices=("purchase", "production", "transport", "expansion", "holding"),
        ),
        number("amount_eur", "How much.", "EUR", required=True, minimum=None),
    ),
    key=("party", "year", "kind"),
)
