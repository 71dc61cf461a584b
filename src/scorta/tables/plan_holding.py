"""What a plan holds."""

from scorta.tables.describe import Table, code, date, number
from scorta.tables.plan_fields import BUCKET, CONDITION, ITEM, LOT

STOCK_LEVELS = Table(
    "stock_levels",
    "Stock levels",
    "What lies where at the end of each bucket, and what was thrown away in it because its life was over. A spot "
    "without a row holds nothing.",
    (
        code("place", "The place.", "places", required=True),
        ITEM,
        CONDITION,
        *LOT,
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("quantity", "What lies there at the end of that day.", "units", required=True),
        number("expired", "What was thrown away in the bucket.", "units", required=True),
    ),
    key=("place", "item", "condition", "reserved_for", "expires_on", "bucket"),
)
