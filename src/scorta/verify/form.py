"""Whether the tables of a plan are tables at all: columns, types, codes, keys, and numbers that are numbers."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import ROW, TYPES, Case
from scorta.tables import CASE_TABLES, PLAN_TABLES, Field, Table
from scorta.verify.breach import ABSOLUTE, Breach, report

_Codes = Mapping[tuple[str, ...], pl.Series]
"""The codes of the case as one list, by the tables they stand in."""


def check_form(case: Case, tables: Mapping[str, pl.DataFrame]) -> tuple[Breach, ...]:
    """Return what keeps the tables from being read as a plan of this case."""
    found: tuple[Breach, ...] = ()
    codes = _all_codes(case)
    for name, table in PLAN_TABLES.items():
        columns = _columns(table, tables.get(name))
        found += columns
        if not columns:
            found += _cells(codes, len(case.horizon), table, tidy(table, tables[name]))
    return found


def tidy(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a table of a plan, in order and of their types."""
    types = {field.name: TYPES[field.type] for field in table}
    if list(frame.schema.items()) == list(types.items()):
        return frame
    return frame.select(pl.col(name).cast(kind) for name, kind in types.items())


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


def _cells(codes: _Codes, count: int, table: Table, frame: pl.DataFrame) -> tuple[Breach, ...]:
    """Check the cells of a table, all tests in one pass, then its key."""
    if frame.is_empty():
        return ()
    tests = [(field.name, sentence, test) for field in table for sentence, test in _wrong(codes, count, field).items()]
    failed = frame.select(test.any().alias(str(index)) for index, (_, _, test) in enumerate(tests)).row(0)
    found: tuple[Breach, ...] = ()
    for (name, sentence, test), fails in zip(tests, failed, strict=True):
        if fails:
            broken = frame.with_row_index(ROW, offset=2).filter(test).select(ROW, cell=pl.col(name))
            found += report(broken, "form", f"{name}: {sentence}", table.name, (ROW,))
    return found + _repeated(table, frame)


def _repeated(table: Table, frame: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no key of a table stands in it twice."""
    is_repeated = frame.select(table.key).is_duplicated()
    if not is_repeated.any():
        return ()
    rows = frame.with_row_index(ROW, offset=2).filter(is_repeated)
    return report(rows, "key", "The row stands in the table more than once.", table.name, (ROW,))


def _wrong(codes: _Codes, count: int, field: Field) -> dict[str, pl.Expr]:
    """Return what may be wrong with the cells of a field, each with its sentence."""
    cell = pl.col(field.name)
    wrong: dict[str, pl.Expr] = {}
    if field.required:
        wrong["the cell is empty."] = cell.is_null()
    if field.type == "number":
        wrong["{cell} is no finite number."] = ~cell.is_finite()
    if field.type in ("number", "whole") and field.minimum is not None:
        wrong[f"{{cell}} is less than {field.minimum:g}."] = cell < field.minimum - ABSOLUTE
    if field.name == "bucket":
        wrong["{cell} is no bucket of the horizon."] = cell >= count
    if field.choices:
        wrong["{cell} is none of the words it may be."] = ~cell.is_in(list(field.choices))
    if field.refers_to:
        wrong["{cell} is not in the case."] = ~cell.is_in(codes[field.refers_to])
    return wrong


def _all_codes(case: Case) -> _Codes:
    """Return the codes that the fields of a plan may name, for each choice of tables they refer to."""
    kinds = {field.refers_to for table in PLAN_TABLES.values() for field in table if field.refers_to}
    own = {name: case[name][CASE_TABLES[name].fields[0].name] for names in kinds for name in names}
    return {names: pl.concat([own[name] for name in names]).drop_nulls().implode() for names in kinds}
