"""How things are made: processes, what goes in and comes out, and what a plan makes."""

from scorta.tables.describe import BUCKET, COMMON, CONDITION, QUANTITY, Table, code, date, number, yes_no

PROCESSES = Table(
    "processes",
    "Processes",
    "A way to make an item at a place. Components, line hours and unit cost count when a unit is started; the "
    "product arrives `lead_time_days` later.",
    (
        code("process", "Code of the process.", required=True, example="MAKE-GEN"),
        code("place", "Where it runs.", "places", required=True, example="PLANT"),
        code("item", "What it makes.", "items", required=True, example="generator_100kva"),
        code("line", "The line it runs on; more of them in `loads`.", "lines", example="LINE1"),
        number(
            "line_hours_per_unit",
            "Hours on the line for each unit started.",
            "hours per unit",
            example="7",
            zero_if_empty=True,
        ),
        number("lead_time_days", "Days from start to arrival.", "days", required=True, example="30"),
        number("yield", "Share of the units started that arrive.", "units per unit", default="1", example="0.98"),
        number(
            "unit_cost_eur",
            "Cost of each unit started.",
            "EUR per unit",
            minimum=None,
            example="18000",
            zero_if_empty=True,
            compared=True,
        ),
        number("setup_cost_eur", "Cost of each bucket in which it runs.", "EUR per bucket", zero_if_empty=True),
        number("minimum_lot", "In a bucket nothing, or at least this.", "units", zero_if_empty=True),
        yes_no("whole", "Whether only whole units can be started."),
        date("from_date", "First day it may start; empty for no limit."),
        date("until_date", "Last day it may start, that day included."),
        *COMMON,
    ),
    key=("process",),
    days=("from_date", "until_date"),
)

COMPONENTS = Table(
    "components",
    "Components",
    "The bill of materials: what a process uses for each unit started.",
    (
        code("process", "The process.", "processes", required=True, example="MAKE-GEN"),
        code("item", "What it uses.", "items", required=True, example="engine"),
        number("quantity", "Units used for each unit started.", "units per unit", required=True, example="1"),
        date("from_date", "First day the row is in force; empty for no limit."),
        date("until_date", "Last day the row is in force, that day included."),
        *COMMON,
    ),
    key=("process", "item", "from_date"),
    named_by=("process", "item"),
    days=("from_date", "until_date"),
    rows_of_a_name="follow",
)

COPRODUCTS = Table(
    "coproducts",
    "Co-products",
    "What else comes out of a process for each unit started.",
    (
        code("process", "The process.", "processes", required=True, example="MAKE-GEN"),
        code("item", "What else comes out.", "items", required=True, example="scrap"),
        number(
            "quantity", "Units that come out for each unit started.", "units per unit", required=True, example="0.1"
        ),
        *COMMON,
    ),
    key=("process", "item"),
)

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
