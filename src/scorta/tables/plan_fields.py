"""Fields that many tables of a plan share."""

from scorta.tables.describe import Field, code, date, number, whole

BUCKET = whole("bucket", "The bucket of the horizon, from 0.", required=True, example="3")
ITEM = code("item", "The item.", "items", required=True)
CONDITION = Field(
    "condition",
    "choice",
    "Whether the goods can be issued as they are, or wait for repair.",
    required=True,
    choices=("serviceable", "repairable"),
)
LOT = (
    code("reserved_for", "The need or place the goods are reserved for; empty if free.", "needs", "places"),
    date("expires_on", "Last day the goods can be used; empty if they carry no date."),
)
QUANTITY = number("quantity", "How much, over the whole bucket.", "units", required=True)
LEAVES_FROM = date(
    "leaves_from",
    "First day of departure: of the bucket, of the open days of the leg, or of what covers the handover.",
    required=True,
)
LEAVES_UNTIL = date(
    "leaves_until",
    "Last day of departure: of the bucket, of the open days of the leg, or of what covers the handover.",
    required=True,
)
