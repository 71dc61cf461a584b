"""How things are made: processes, what goes in and comes out, the lines they run on, and how lines grow."""

from scorta.tables.describe import COMMON, Table, code, date, number, whole, yes_no

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
        number("line_hours_per_unit", "Hours on the line for each unit started.", "hours per unit", example="7"),
        number("lead_time_days", "Days from start to arrival.", "days", required=True, example="30"),
        number("yield", "Share of the units started that arrive.", "units per unit", default="1", example="0.98"),
        number("unit_cost_eur", "Cost of each unit started.", "EUR per unit", minimum=None, example="18000"),
        number("setup_cost_eur", "Cost of each bucket in which it runs.", "EUR per bucket"),
        number("minimum_lot", "In a bucket nothing, or at least this.", "units"),
        yes_no("whole", "Whether only whole units can be started."),
        date("from_date", "First day it may start; empty for no limit."),
        date("until_date", "Last day it may start, that day included."),
        *COMMON,
    ),
    key=("process",),
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

LINES = Table(
    "lines",
    "Lines",
    "Production lines and their hours. Several rows of one line add up.",
    (
        code("line", "Code of the line.", required=True, example="LINE1"),
        code("place", "Where it stands.", "places", required=True, example="PLANT"),
        number("capacity_per_month", "Hours it runs.", "hours per month", required=True, example="320"),
        number("maximum_per_month", "Hours it could run.", "hours per month", example="640"),
        number("minimum_per_month", "Minimum sustaining rate.", "hours per month", example="80"),
        date("available_from", "First day; empty for no limit."),
        date("until_date", "Last day, that day included."),
        *COMMON,
    ),
    named_by=("line",),
)

LOADS = Table(
    "loads",
    "Loads",
    "The hours of a process on more lines than one.",
    (
        code("process", "The process.", "processes", required=True, example="MAKE-GEN"),
        code("line", "The line.", "lines", required=True, example="TEST-BENCH"),
        number(
            "line_hours_per_unit",
            "Hours on the line for each unit started.",
            "hours per unit",
            required=True,
            example="2",
        ),
        *COMMON,
    ),
    key=("process", "line"),
)

EXPANSIONS = Table(
    "expansions",
    "Expansions",
    "How a line can grow, how long that takes and what it costs.",
    (
        code("expansion", "Code of the expansion.", required=True, example="X1"),
        code("line", "The line that grows.", "lines", required=True, example="LINE1"),
        number("adds_per_month", "Hours it adds.", "hours per month", required=True, example="160"),
        number("lead_time_days", "Days from decision to use.", "days", required=True, example="365"),
        number("cost_eur", "Cost of one.", "EUR", required=True, example="5000000"),
        whole("maximum_count", "How many may be built.", example="2"),
        yes_no("whole", "Whether only whole ones can be built."),
        code("paid_by", "Who pays.", "parties"),
        *COMMON,
    ),
    key=("expansion",),
)
