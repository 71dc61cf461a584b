"""What changes owner in a plan, and what it asks for."""

from scorta.tables.describe import Field, Table, code, date, number
from scorta.tables.plan_fields import BUCKET, ITEM, LEAVES_FROM, LEAVES_UNTIL, QUANTITY

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
        ITEM,
        code("reserved_for", "What the goods are reserved for after the handover.", "needs", "places"),
        BUCKET,
        LEAVES_FROM,
        LEAVES_UNTIL,
        QUANTITY,
        number("value_eur", "Value: quantity x value_eur of the item; empty where the item has none.", "EUR"),
    ),
    key=(
        "agreement",
        "basis",
        "giver",
        "receiver",
        "item",
        "reserved_for",
        "bucket",
        "leaves_from",
        "leaves_until",
    ),
)

ASKS = Table(
    "asks",
    "Asks",
    'What the plan would ask of a party beyond what it has pledged (`gifts = "open"`): of free goods no more than it '
    "has beyond its floor and all its pledges, makes and receives.",
    (
        code("giver", "Who is asked.", "parties", required=True),
        code("receiver", "For whom.", "parties", required=True),
        ITEM,
        QUANTITY,
        date("leaves_from", "First day on which any of it would leave.", required=True),
        date("leaves_until", "Last day on which any of it would leave.", required=True),
        number("value_eur", "Value: quantity x value_eur of the item; empty where the item has none.", "EUR"),
    ),
    key=("giver", "receiver", "item"),
)

SHARES = Table(
    "shares",
    "Shares",
    "What each party of a burden-sharing key has given and gives, beside its share of what all of them give.",
    (
        code("key", "The key.", required=True),
        code("party", "The party.", "parties", required=True),
        number("share", "Its share.", "share", required=True),
        number("given_eur", "Value it has given, and gives in the plan.", "EUR", required=True),
        number("total_eur", "Value that all parties of the key give.", "EUR", required=True),
        number(
            "excess_eur",
            "What it gives above its share: given_eur - share x total_eur; negative where it gives less.",
            "EUR",
            required=True,
            minimum=None,
        ),
    ),
    key=("key", "party"),
)
