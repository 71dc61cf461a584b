"""What may be otherwise, and where that is decided: what-ifs, risks, and meetings."""

from scorta.tables.describe import COMMON, Field, Table, choice, code, date, number, text

CHANGES = Table(
    "changes",
    "Changes",
    "What-ifs: each row changes one field of one row, or of all rows of one name; the rows with one `change` are one "
    "what-if, which `scorta plan CASE --change NAME` plans.",
    (
        Field("change", "text", "Name of the what-if.", required=True, example="bring P1 forward"),
        Field("table", "text", "The table it changes.", required=True, example="pledges"),
        Field(
            "id",
            "text",
            "The row: its code, or codes with a slash between them (a star is any), or its address: `stocks.csv:4`.",
            required=True,
            example="P1",
        ),
        Field("field", "text", "The field it changes; `-` with `remove`.", required=True, example="available_from"),
        choice(
            "operation",
            "What is done: a value is set, a number (or days) added, a number multiplied, or the row removed.",
            "set",
            "add",
            "multiply",
            "remove",
            required=True,
        ),
        text("value", "The value to set (empty for an empty cell), add or multiply by.", example="2022-10-24"),
        date("from_date", "First day of the change; empty for the first day of the plan."),
        date("until_date", "Last day of the change, that day included; empty for the last day of the plan."),
        *COMMON,
    ),
    days=("from_date", "until_date"),
)

RISKS = Table(
    "risks",
    "Risks",
    "What may turn out otherwise, and with what chance.",
    (
        code("risk", "Code of the risk.", required=True, example="R1"),
        Field("table", "text", "The table it touches.", required=True, example="legs"),
        text("id", "The row; empty for every row.", example="DEPOT-HUB-ROAD"),
        Field("field", "text", "The field it touches.", required=True, example="transit_days"),
        Field("distribution", "text", "Name of the distribution.", required=True, example="lognormal"),
        Field(
            "parameters",
            "text",
            "Its parameters, as name=value with a space between.",
            required=True,
            example="mean=1.2 sd=0.3",
        ),
        number("probability", "Chance that it happens at all.", "share", maximum=1, default="1", example="0.2"),
        *COMMON,
    ),
    key=("risk",),
)

MEETINGS = Table(
    "meetings",
    "Meetings",
    "When and where the parties meet.",
    (
        code("meeting", "Code of the meeting.", required=True, example="M1"),
        date("starts", "First day.", required=True, example="2022-10-12"),
        date("ends", "Last day.", example="2022-10-13"),
        text("place", "Where it is held.", example="Brussels"),
        text("chair", "Who chairs it."),
        *COMMON,
    ),
    key=("meeting",),
    days=("starts", "ends"),
)

AGENDA = Table(
    "agenda",
    "Agenda",
    "The sessions of a meeting.",
    (
        code("session", "Code of the session.", required=True, example="S1"),
        code("meeting", "The meeting.", "meetings", example="M1"),
        date("starts", "The day it is held.", example="2022-10-12"),
        text("topic", "What it is about."),
        text("asks", "What is asked of the parties."),
        *COMMON,
    ),
    key=("session",),
)

DECISIONS = Table(
    "decisions",
    "Decisions",
    "What was decided, who carries it out, by when, and about what.",
    (
        code("decision", "Code of the decision.", required=True, example="D1"),
        text("text", "What was decided."),
        text("owner", "Who carries it out.", example="PL"),
        date("due", "By when.", example="2022-12-01"),
        text("about", "The need, pledge or other row it is about.", example="N1"),
        *COMMON,
    ),
    key=("decision",),
)
