"""What is asked for, and how a plan meets it."""

from scorta.tables.describe import BUCKET, COMMON, ITEM, LOT, QUANTITY, Field, Table, choice, code, date, number, whole

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
            compared=True,
            unless=("state", "draft"),
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
        whole(
            "lapse_days",
            "Days after `required_by` in which it may still be met; empty for none.",
            "days",
            zero_if_empty=True,
        ),
        number("minimum_shipment", "Least that is worth delivering at once.", "units", zero_if_empty=True),
        number("unmet_cost_eur", "Cost of each unit unmet at the end or lapsed.", "EUR per unit"),
        code("party", "Who asks; empty for the owner of the place.", "parties"),
        *COMMON,
    ),
    key=("need",),
    needed="usually",
)

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
