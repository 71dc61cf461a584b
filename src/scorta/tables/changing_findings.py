"""What can be found about changes, the rows of a what-if."""

from scorta.tables.findings import FindingKind

CHANGING: tuple[FindingKind, ...] = (
    FindingKind(
        "change-unknown-table",
        "error",
        "There is no table `{value}` that can be changed.",
        "Write one of {tables}.{hint}",
        "A change names a table that a case does not have, or the table `changes` itself.",
    ),
    FindingKind(
        "change-unknown-field",
        "error",
        "The table `{table}` has no field `{value}`.",
        "Write one of {fields}.{hint}",
        "A change names a field that its table does not have.",
    ),
    FindingKind(
        "change-unknown-row",
        "error",
        "The table `{table}` has no row `{value}`.",
        "Write its {naming}, or the address of a row, such as {address}.{hint}",
        "A change names a row that its table does not have, or that an earlier change has removed.",
    ),
    FindingKind(
        "change-incomplete-row",
        "error",
        "The table `{table}` has no row `{value}`, and a new one would lack {fields}.",
        "Name a row that is there, or set these fields of the new row too.{hint}",
        "A value is set in a row that is not there: all that is set in it makes a new row, which lacks a field that "
        "every row must fill.",
    ),
    FindingKind(
        "change-many-rows",
        "error",
        "{count} of `{table}` have the name `{value}`, so it is not clear in which of them to {operation} `{target}`.",
        "Name one by its address: {addresses}. `multiply` and `remove` change all of them.",
        "A number is to be set in, or added to, one of several rows that add up, such as the lots of a stock.",
    ),
    FindingKind(
        "change-operation",
        "error",
        "`{value}` is for {wanted}, and `{target}` holds {kind}.",
        "Use `set` with the new value.",
        "A field of words is to be added to or multiplied, or a date to be multiplied.",
    ),
    FindingKind(
        "change-without-value",
        "error",
        "There is nothing to {operation}: `value` is empty.",
        "Write {wanted}.",
        "A change that adds or multiplies has no number.",
    ),
    FindingKind(
        "change-of-empty-cell",
        "error",
        "`{target}` of {name} is empty: there is nothing to {operation}.",
        "Use `set` with the new value.",
        "A number is to be added to, or multiplied with, a cell that is empty and does not mean 0 by that.",
    ),
    FindingKind(
        "change-not-dated",
        "error",
        "The table `{table}` cannot be changed for a time in this way.",
        "{advice}",
        "A change has a first or a last day, and its table has no rows that hold for a time.",
    ),
    FindingKind(
        "change-no-time",
        "error",
        "No row `{value}` of `{table}` holds in that time of the plan.",
        "Correct `from_date` and `until_date`: the plan is from {first} to {last}.",
        "A change is for a time that lies outside the plan, or in which no row of that name is in force.",
    ),
    FindingKind(
        "no-changes",
        "error",
        "{file} holds no change.",
        "Write a row for each change, with the fields {fields}.",
        "A file of changes has no rows.",
    ),
    FindingKind(
        "what-ifs",
        "note",
        "{count} listed, which a plan leaves aside: {names}.",
        "Plan one with `scorta plan CASE --change NAME`.",
        "The case has a table `changes`: each name in it is a what-if, used only where it is asked for.",
    ),
)
"""Every kind of finding about changes; about those listed in a case it is a warning, for a plan does not use them."""
