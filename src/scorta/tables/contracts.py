"""What was ordered from industry, and what a plan orders."""

from scorta.tables.describe import BUCKET, COMMON, ITEM, LEAVES_FROM, LEAVES_UNTIL, QUANTITY, Table, code, date, number

CONTRACTS = Table(
    "contracts",
    "Contracts",
    "What was ordered from industry: firm quantities and options.",
    (
        code("contract", "Code of the contract.", required=True, example="C1"),
        code("buyer", "Who buys.", "parties", required=True, example="PL"),
        code("supplier", "Who delivers.", "parties", required=True, example="ACME"),
        code("item", "What is bought.", "items", required=True, example="generator_100kva"),
        number("firm", "Quantity that is due.", "units", example="100", zero_if_empty=True, compared=True),
        number("option", "Quantity that may be called off.", "units", example="50", zero_if_empty=True, compared=True),
        number("unit_price_eur", "Price of a unit.", "EUR per unit", example="21000", compared=True),
        date("from_date", "First day of delivery."),
        date("until_date", "Last day of delivery, that day included."),
        number(
            "minimum_order",
            "Least that may be ordered at once: in a bucket nothing is called off beyond the firm quantity, or at "
            "least this, or all that is left.",
            "units",
            zero_if_empty=True,
        ),
        code("deliver_to", "Where it is delivered.", "places"),
        *COMMON,
    ),
    key=("contract",),
    days=("from_date", "until_date"),
)

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
