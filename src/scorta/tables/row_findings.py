"""What can be found about rows of any table."""

from scorta.tables.findings import FindingKind

ROWS: tuple[FindingKind, ...] = (
    FindingKind(
        "duplicate-key",
        "error",
        "{key} stands on {first} already.",
        "Merge the two rows, or change one of {fields}.",
        "Two rows have the same values in the fields whose values together may stand on one row only.",
    ),
    FindingKind(
        "unknown-reference",
        "error",
        "There is no `{value}` in {tables}.",
        "Add it to {tables}, or write a code that stands there.{hint}",
        "A cell names a row that does not exist.",
    ),
    FindingKind(
        "reference-case",
        "error",
        "There is no `{value}` in {tables}; codes are case-sensitive.",
        "Write `{near}`.",
        "A cell names a row with other capital letters than the row has.",
    ),
    FindingKind(
        "dates-reversed",
        "error",
        "`{field}` ({value}) lies before `{first}` ({start}).",
        "Swap or correct the two days.",
        "A last day lies before its first day, so the row never holds.",
    ),
    FindingKind(
        "starts-after-horizon",
        "warning",
        "`{field}` ({value}) lies after the last day of the plan ({last}), so the row has no effect.",
        "Lengthen the horizon, or correct the day.",
        "A row begins to hold only after the plan has ended.",
    ),
    FindingKind(
        "ends-before-start",
        "warning",
        "`{field}` ({value}) lies before the first day of the plan ({start}), so the row has no effect.",
        "Remove the row, or correct the day.",
        "A row has ceased to hold before the plan begins.",
    ),
    FindingKind(
        "unit-slip",
        "warning",
        "`{field}` of {item} is {value}, {times} times the median of its other rows ({median}): it may be in the "
        "wrong unit.",
        "Check the unit; nothing needs to be done if the number is right.",
        "A quantity or price is at least 300 times the median of the other rows of the same item, table and field.",
    ),
    FindingKind(
        "not-planned",
        "warning",
        "`{name}` is read but not planned in this version.",
        "Expect the plan to be made as if it were not there.",
        "A table is filled that this version reads and checks, but does not yet use in a plan.",
    ),
    FindingKind(
        "assumed-rows",
        "note",
        "{count} assumed, in whole or in part: {rows}.",
        "Replace what was assumed when the figures are known.",
        "Rows of a table have a `source` that starts with `assumed`, or a `note` with `assumed:` in it.",
    ),
    FindingKind(
        "more-of-the-same",
        "note",
        "{count} more findings of the kind {kind} were left out here.",
        "Mend those that are listed and check again; `--all` lists up to 10,000 of a kind in a field.",
        "A kind of finding (its *value*) was made so often in one field that only the first are listed: 50, or 10,000 "
        "with `--all`. It is as grave as those that it stands for, and counted as so many.",
    ),
)
"""Every kind of finding about rows: their keys, references and days, and what stands out or is assumed in them."""
