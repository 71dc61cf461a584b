"""What is needed, what was promised, and what was ordered."""

from scorta.tables.describe import COMMON, Field, Table, choice, code, date, number, whole

NEEDS = Table(
    "needs",
    "Needs",
    "What is asked for, where, how much of it, by when, and how urgent it is.",
    (
        code("need", "Code of the need.", required=True, example="N1"),
        code("place", "Where it is issued.", "places", required=True, example="HUB"),
        code("item", "What is needed.", "items", required=True, example="generator_100kva"),
        Field(
            "quantity",
            "number",
            "How much; a draft may lack it.",
            required=True,
            unit="units",
            minimum=0.0,
            example="120",
        ),
        date(
            "required_by",
            "The day it is required; whatever is issued in the bucket of that day is on time.",
            required=True,
            example="2022-12-04",
        ),
        whole("priority", "1 is served first.", required=True, minimum=1, example="1"),
        choice("state", "Only open needs are planned.", "draft", "open", "closed", "withdrawn", default="open"),
        date("not_before", "First day it may be issued; empty for the first day of the plan."),
        choice("every", "How often it comes back; empty for once.", "week", "month", "quarter", "year"),
        date("until", "Last day on which it may come back; needed with `every`."),
        choice("unmet", "What is late stays asked for, or lapses.", "backorder", "lapse", default="backorder"),
        whole("lapse_days", "Days after `required_by` in which it may still be met; empty for none.", "days"),
        number("minimum_shipment", "Least that is worth delivering at once.", "units"),
        number("unmet_cost_eur", "Cost of each unit unmet at the end or lapsed.", "EUR per unit"),
        code("party", "Who asks; empty for the owner of the place.", "parties"),
        *COMMON,
    ),
    key=("need",),
    needed="usually",
)

PLEDGES = Table(
    "pledges",
    "Pledges",
    "What a donor has promised. A pledge never closes a need: only what the plan delivers does.",
    (
        code("pledge", "Code of the pledge.", required=True, example="P1"),
        code("donor", "Who gives.", "parties", required=True, example="PL"),
        code("recipient", "Who receives; empty for whoever needs it.", "parties", example="UA"),
        code("item", "What is given.", "items", required=True, example="generator_100kva"),
        number("quantity", "How much; empty where it was not said.", "units", example="60"),
        choice(
            "quantity_state",
            "Whether the quantity was said: an undisclosed quantity is a state, not zero.",
            "known",
            "undisclosed",
            "value_only",
            default="known",
        ),
        number("value_eur", "Value of the whole pledge.", "EUR"),
        choice(
            "state",
            "The step of the pledge ladder it stands on.",
            "announced",
            "committed",
            "allocated",
            "in transit",
            "delivered",
            "withdrawn",
            required=True,
        ),
        date("announced_on", "The day it was announced.", example="2022-10-12"),
        date("available_from", "First day it can leave; empty for the first day of the plan."),
        date("available_until", "Last day it can leave, that day included."),
        number("delivered_quantity", "What has arrived already.", "units", default="0"),
        code("only_for", "The need or place it may serve; empty for any.", "needs", "places"),
        choice("supply", "What it is given from; for the reader.", "stock", "production"),
        *COMMON,
    ),
    key=("pledge",),
)

CONTRACTS = Table(
    "contracts",
    "Contracts",
    "What was ordered from industry: firm quantities and options.",
    (
        code("contract", "Code of the contract.", required=True, example="C1"),
        code("buyer", "Who buys.", "parties", required=True, example="PL"),
        code("supplier", "Who delivers.", "parties", required=True, example="ACME"),
        code("item", "What is bought.", "items", required=True, example="generator_100kva"),
        number("firm", "Quantity that is due.", "units", example="100"),
        number("option", "Quantity that may be called off.", "units", example="50"),
        number("unit_price_eur", "Price of a unit.", "EUR per unit", example="21000"),
        date("from_date", "First day of delivery."),
        date("until_date", "Last day of delivery, that day included."),
        number(
            "minimum_order",
            "Least that may be ordered at once: in a bucket nothing is called off beyond the firm quantity, or at "
            "least this, or all that is left.",
            "units",
        ),
        code("deliver_to", "Where it is delivered.", "places"),
        *COMMON,
    ),
    key=("contract",),
)
