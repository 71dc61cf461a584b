"""Production lines: their hours, how they grow, and how a plan uses them."""

from scorta.tables.describe import BUCKET, COMMON, Table, code, date, number, whole, yes_no

LINES = Table(
    "lines",
    "Lines",
    "Production lines and their hours. Several rows of one line add up.",
    (
        code("line", "Code of the line.", required=True, example="LINE1"),
        code("place", "Where it stands.", "places", required=True, example="PLANT"),
        number("capacity_per_month", "Hours it runs.", "hours per month", required=True, example="320"),
        number("maximum_per_month", "Hours it could run.", "hours per month", example="640"),
        number("minimum_per_month", "Minimum sustaining rate.", "hours per month", example="80", zero_if_empty=True),
        date("available_from", "First day; empty for no limit."),
        date("until_date", "Last day, that day included."),
        *COMMON,
    ),
    named_by=("line",),
    days=("available_from", "until_date"),
    rows_of_a_name="follow",
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
            zero_if_empty=True,
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

PLAN_EXPANSIONS = Table(
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
