"""What can be found about lines and their expansions."""

from scorta.tables.findings import FindingKind

GROWING: tuple[FindingKind, ...] = (
    FindingKind(
        "line-maximum-below-capacity",
        "warning",
        "The line {line} can run {value} hours a month at most, fewer than its capacity ({capacity}).",
        "Correct one of the two: the plan uses no more than the maximum.",
        "The most that a line could run lies below what it runs.",
    ),
    FindingKind(
        "expansion-adds-nothing",
        "warning",
        "The expansion {expansion} adds nothing: its {field} is 0.",
        "Correct the figure, or remove the row.",
        "An expansion adds no hours, or none of it may be built.",
    ),
    FindingKind(
        "expansion-after-horizon",
        "warning",
        "The expansion {expansion} never pays back: decided on the first day it is ready on {ready}, after the last "
        "day of the plan ({last}).",
        "Lengthen the horizon, or shorten the lead time.",
        "The lead time of an expansion ends after the plan does.",
    ),
    FindingKind(
        "expansion-after-closing",
        "warning",
        "The expansion {expansion} never pays back: decided on the first day it is ready on {ready}, after the line "
        "{line} closes on {closes}.",
        "Keep the line open longer, or shorten the lead time.",
        "An expansion is ready only after its line has closed.",
    ),
    FindingKind(
        "expansion-of-idle-line",
        "warning",
        "The expansion {expansion} never pays back: nothing that the line {value} makes is needed.",
        "Let a process run on the line, or ask for what it makes in a need or objective.",
        "No open need, objective or floor asks for what a line makes, nor for anything that is made of it.",
    ),
)
"""Every kind of finding about lines and expansions."""
