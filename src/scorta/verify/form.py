"""Whether the tables of a plan are tables at all: columns, types, codes, keys, and numbers that are numbers."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import ROW, TYPES, Case
from scorta.tables import CASE_TABLES, PLAN_TABLES, Field, Table
from scorta.verify.breach import ABSOLUTE, Breach, report


def check_form(case: Case, tables: Mapping[str, pl.DataFrame]) -> tuple[Breach, ...]:
    """Return what keeps the tables from being read as a plan of this case."""
    found: tuple[Breach, ...] = ()
    for name, table in PLAN_TABLES.items():
        columns = _columns(table, tables.get(name))
        found += columns
        if not columns:
            found += _cells(case, table, tidy(table, tables[name]))
    return found


def tidy(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a table of a plan, in order and of their types."""
    return frame.select(pl.col(field.name).cast(TYPES[field.type]) for field in table)


def _columns(table: Table, frame: pl.DataFrame | None) -> tuple[Breach, ...]:
    """Check that a table is there and has the columns of its description, and no others."""
    if frame is None:
        return (Breach("form", f"The table {table.name} is missing.", 1.0, table.name),)
    missing = [f"The column {name} is missing." for name in table.names if name not in frame.columns]
    strange = [f"The column {name} is not known." for name in frame.columns if name not in (*table.names, ROW)]
    wrong = [
        f"The column {field.name} is {frame.schema[field.name]}, not a {field.type}."
        for field in table
        if field.name in frame.columns and not _is_type(field, frame.schema[field.name])
    ]
    return tuple(Breach("form", sentence, 1.0, table.name) for sentence in missing + strange + wrong)


def _is_type(field: Field, kind: pl.DataType) -> bool:
    """Tell whether a column can hold the cells of a field without loss."""
    if field.type in ("number", "whole"):
        return kind.is_integer() or (field.type == "number" and kind.is_float())
    return kind == TYPES[field.type]


def _cells(case: Case, table: Table, frame: pl.DataFrame) -> tuple[Breach, ...]:
    """Check the cells of a table one column at a time, then its key."""
    rows = frame.with_row_index(ROW, offset=2)
    found: tuple[Breach, ...] = ()
    for field in table:
        cell = rows.select(ROW, cell=pl.col(field.name))
        found += _broken(cell, _wrong(case, field), table.name, field.name)
    repeated = rows.filter(frame.select(table.key).is_duplicated())
    return found + report(repeated, "key", "The row stands in the table more than once.", table.name, (ROW,))


def _broken(cell: pl.DataFrame, wrong: Mapping[str, pl.Expr], table: str, field: str) -> tuple[Breach, ...]:
    """Return a breach for each cell of a column with something wrong."""
    found: tuple[Breach, ...] = ()
    for sentence, test in wrong.items():
        found += report(cell.filter(test), "form", f"{field}: {sentence}", table, (ROW,))
    return found


def _wrong(case: Case, field: Field) -> dict[str, pl.Expr]:
    """Return what may be wrong with the cells of a field, each with its sentence."""
    cell = pl.col("cell")
    wrong: dict[str, pl.Expr] = {}
    if field.required:
        wrong["the cell is empty."] = cell.is_null()
    if field.type == "number":
        wrong["{cell} is no finite number."] = ~cell.is_finite()
    if field.type in ("number", "whole") and field.minimum is not None:
        wrong[f"{{cell}} is less than {field.minimum:g}."] = cell < field.minimum - ABSOLUTE
    if field.name == "bucket":
        wrong["{cell} is no bucket of the horizon."] = cell >= len(case.horizon)
    if field.choices:
        wrong["{cell} is none of the words it may be."] = ~cell.is_in(list(field.choices))
    if field.refers_to:
        wrong["{cell} is not in the case."] = ~cell.is_in(_codes(case, field.refers_to).implode())
    return wrong


def _codes(case: Case, names: tuple[str, ...]) -> pl.Series:
    """Return the codes of these tables of the case."""
    return pl.concat([case[name][CASE_TABLES[name].fields[0].name] for name in names]).drop_nulls().unique()
