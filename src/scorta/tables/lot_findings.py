"""What can be found about least quantities: of lots, lines and shipments."""

from scorta.tables.findings import FindingKind

LOTS: tuple[FindingKind, ...] = (
    FindingKind(
        "lot-never-fits",
        "warning",
        "The process {process} has a minimum lot of {value}, which takes {lot_hours} hours; the line {line} has no "
        "more than {most} in any bucket, so nothing is started.",
        "Lower the lot, raise the hours of {line}, or plan in longer buckets.",
        "A minimum lot needs more hours of a line than the line has in any bucket of the horizon, and it cannot grow.",
    ),
    FindingKind(
        "minimum-rate-above-capacity",
        "warning",
        "The line {line} runs at {value} hours a month at least, but has {capacity}: it cannot run.",
        "Correct minimum_per_month or capacity_per_month.",
        "The minimum sustaining rate of a line is above its capacity, and it cannot grow.",
    ),
    FindingKind(
        "minimum-shipment-above-quantity",
        "warning",
        "The need {need} has a minimum_shipment of {value}, more than the {quantity} it asks for: it receives all at "
        "once or nothing.",
        "Lower minimum_shipment, or leave it if that is meant.",
        "The least that is worth delivering to a need at once is more than all that it asks for.",
    ),
)
"""Every kind of finding about least quantities."""
