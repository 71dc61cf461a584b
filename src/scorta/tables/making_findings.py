"""What can be found about processes."""

from scorta.tables.findings import FindingKind

MAKING: tuple[FindingKind, ...] = (
    FindingKind(
        "line-without-hours",
        "error",
        "The process {process} runs on the line {value} but has no line_hours_per_unit.",
        "Fill line_hours_per_unit, or remove the line.",
        "A process names its line but not the hours it takes there.",
    ),
    FindingKind(
        "hours-without-line",
        "warning",
        "The process {process} has line_hours_per_unit but names no line, so they have no effect.",
        "Name the line, or remove the hours.",
        "A process gives hours for a line that it does not name.",
    ),
    FindingKind(
        "process-endless",
        "error",
        "The process {process} has a negative unit cost ({value}) but uses neither components nor a line, so it would "
        "earn without end.",
        "Add what it uses to `components`, name its line and hours, or write a unit cost of 0 or more.",
        "A process earns money by each unit started, and nothing bounds how many can be started.",
    ),
    FindingKind(
        "process-yields-nothing",
        "warning",
        "The process {process} has a yield of 0: nothing of what is started arrives.",
        "Correct the yield; 1 means that everything arrives.",
        "A process never makes anything of its product.",
    ),
    FindingKind(
        "process-makes-of-itself",
        "warning",
        "The process {process} takes {value} repairable {item} for each {made} good ones that it makes.",
        "Correct the quantity or the yield: refurbishing makes no more than it takes.",
        "A process with its own product among its components refurbishes it, and this one makes more than it takes.",
    ),
)
"""Every kind of finding about processes."""
