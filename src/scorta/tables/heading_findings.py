"""What can be found about tables and their headings."""

from scorta.tables.findings import FindingKind

HEADINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "missing-table",
        "error",
        "The table `{table}` is missing.",
        "Add {add} with the fields {fields}.",
        "A table without which no case can be planned is not there.",
    ),
    FindingKind(
        "missing-usual-table",
        "warning",
        "The table `{table}` is missing, so the case has none of it.",
        "Add {add}, unless this is meant.",
        "A table that nearly every case has is not there.",
    ),
    FindingKind(
        "empty-table",
        "error",
        "The table `{table}` has no rows.",
        "Fill it: a case needs at least one row of {table}.",
        "A table without which no case can be planned has only its header.",
    ),
    FindingKind(
        "empty-usual-table",
        "warning",
        "The table `{table}` has no rows, so the case has none of it.",
        "Fill it, unless this is meant.",
        "A table that nearly every case has is there, but has only its header.",
    ),
    FindingKind(
        "misspelt-table",
        "error",
        "There is no table `{table}`.",
        "Rename it to `{near}`.",
        "A table has an unknown name close to that of a table that is missing.",
    ),
    FindingKind(
        "unknown-table",
        "warning",
        "There is no table `{table}`, so it is not read.",
        "Remove it, or give it the name of a table.{hint}",
        "A table has a name that no table of a case has.",
    ),
    FindingKind(
        "misspelt-field",
        "error",
        "The table `{table}` has no field `{field}`.",
        "Rename the field to `{near}`.",
        "A field has an unknown name close to that of a field that is missing.",
    ),
    FindingKind(
        "unknown-field",
        "warning",
        "The table `{table}` has no field `{field}`, so it is not read.",
        "Remove it, or give it the name of a field.{hint}",
        "A field has a name that no field of its table has.",
    ),
    FindingKind(
        "old-name",
        "note",
        "`{field}` is a former name of `{near}`; it is still read.",
        "Rename it to `{near}`.",
        "A field stands under a name it once had.",
    ),
    FindingKind(
        "field-twice",
        "error",
        "`{field}` and `{near}` are the same field.",
        "Keep `{near}` and remove `{field}`.",
        "A field stands in a table under its name and under a former one.",
    ),
    FindingKind(
        "missing-field",
        "error",
        "The table `{table}` lacks the field `{field}`.",
        "Add a column `{field}`: {meaning}",
        "A table lacks a field that every row must fill.",
    ),
)
"""Every kind of finding about tables and fields that are missing, empty, unknown or under another name."""
