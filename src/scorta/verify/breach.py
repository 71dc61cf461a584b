"""What the checker reports: a rule that a plan breaks, by how much, and where; and whether its tables can be read.

The form of the tables comes first: columns, types, codes, keys, and numbers that are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scorta.case import ROW, TYPES, Case
from scorta.rules import Rule
from scorta.tables import CASE_TABLES, PLAN_TABLES, Field, Table

SUM_TOLERANCE = 1e-6
"""What a sum may miss in the unit it is counted in: the solver keeps each row within 1e-7, and a few rows add up."""

SUM_TOLERANCE_PER_UNIT = 1e-7
"""What a sum may miss for each unit of the figures it is made of: the solver scales rows, and sums round off."""

REDUCED_COST_TOLERANCE = 1e-9
"""What a reduced cost may miss for each unit of the figures it is made of: less is round-off and counts as 0."""

BREACHES_LISTED = 20
"""How many breaches of one rule are listed, the largest first: a wrong plan breaks a rule in many rows at once."""

_Codes = Mapping[tuple[str, ...], pl.Series]
"""The codes of the case as one list, by the tables they stand in."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that the plan breaks: which, what is wrong in one sentence, and by how much.

    `table` is the table of the plan the numbers stand in; `address` names the row, or the place and bucket, by its
    codes; `amount` is in the unit of the rule (1 where the rule is a plain yes or no).
    """

    rule: Rule
    sentence: str
    amount: float
    table: str = ""
    address: str = ""


def exceeds(amount: str, scale: str) -> pl.Expr:
    """Tell where an amount is more than the tolerance on figures of this scale."""
    return pl.col(amount) > SUM_TOLERANCE + SUM_TOLERANCE_PER_UNIT * pl.col(scale).abs()


def allowance(scale: float) -> float:
    """Return the tolerance on a sum of figures of this scale."""
    return SUM_TOLERANCE + SUM_TOLERANCE_PER_UNIT * abs(scale)


def report(
    broken: pl.DataFrame, rule: Rule, sentence: str, table: str = "", where: tuple[str, ...] = ()
) -> tuple[Breach, ...]:
    """Return a breach for each of these rows: `sentence` may name their columns, `where` makes the address.

    The column `amount` says how far the rule is broken; without it the rule is a plain yes or no.
    """
    if broken.is_empty():
        return ()
    if "amount" not in broken.columns:
        broken = broken.with_columns(amount=pl.lit(1.0))
    ordered = broken.sort(["amount", *where], descending=[True] + [False] * len(where), nulls_last=True)
    return tuple(
        Breach(rule, sentence.format(**row), float(row["amount"]), table, _address(row, where))
        for row in ordered.head(BREACHES_LISTED).iter_rows(named=True)
    )


def mismatches(
    frame: pl.DataFrame, table: str, where: tuple[str, ...], expected: Mapping[str, pl.Expr]
) -> tuple[Breach, ...]:
    """Return a breach for each cell of these columns that is not what it should be."""
    if frame.is_empty():
        return ()
    differs = {column: _differs(pl.col(column), should, frame.schema[column]) for column, should in expected.items()}
    failed = frame.select(test.any().alias(column) for column, test in differs.items()).row(0, named=True)
    found: tuple[Breach, ...] = ()
    for column, test in differs.items():
        if failed[column]:
            broken = frame.filter(test).with_columns(is_=pl.col(column), should=expected[column])
            broken = broken.with_columns(amount=_distance(frame.schema[column]))
            sentence = f"{column} is {{is_}} where it should be {{should}}."
            found += report(broken, Rule.FIGURES, sentence, table, where)
    return found


def _differs(is_: pl.Expr, should: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Tell where a cell is not what it should be: numbers within the tolerance, an empty one as 0, all else exactly."""
    if kind.is_float():
        right = should.fill_null(0.0)
        return (is_.fill_null(0.0) - right).abs() > SUM_TOLERANCE + SUM_TOLERANCE_PER_UNIT * right.abs()
    return is_.ne_missing(should)


def _distance(kind: pl.DataType) -> pl.Expr:
    """Return how far `is_` is from `should`, where that is a number."""
    if kind.is_float():
        return (pl.col("is_").fill_null(0.0) - pl.col("should").fill_null(0.0)).abs()
    return pl.lit(1.0)


def _address(row: Mapping[str, object], where: tuple[str, ...]) -> str:
    """Name a row by its codes, leaving out the empty ones."""
    return ", ".join(f"{name} {row[name]}" for name in where if row[name] is not None)


def check_form(case: Case, tables: Mapping[str, pl.DataFrame]) -> tuple[Breach, ...]:
    """Return what keeps the tables from being read as a plan of this case."""
    found: tuple[Breach, ...] = ()
    codes = _all_codes(case)
    for name, table in PLAN_TABLES.items():
        columns = _columns(table, tables.get(name))
        found += columns
        if not columns:
            found += _cells(codes, len(case.horizon), table, typed(table, tables[name]))
    return found


def typed(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a table of a plan, in order and of their types."""
    types = {field.name: TYPES[field.type] for field in table}
    if list(frame.schema.items()) == list(types.items()):
        return frame
    return frame.select(pl.col(name).cast(kind) for name, kind in types.items())


def _columns(table: Table, frame: pl.DataFrame | None) -> tuple[Breach, ...]:
    """Check that a table is there and has the columns of its description, and no others."""
    if frame is None:
        return (Breach(Rule.FORM, f"The table {table.name} is missing.", 1.0, table.name),)
    missing = [f"The column {name} is missing." for name in table.names if name not in frame.columns]
    strange = [f"The column {name} is not known." for name in frame.columns if name not in (*table.names, ROW)]
    wrong = [
        f"The column {field.name} is {frame.schema[field.name]}, not a {field.type}."
        for field in table
        if field.name in frame.columns and not _is_type(field, frame.schema[field.name])
    ]
    return tuple(Breach(Rule.FORM, sentence, 1.0, table.name) for sentence in missing + strange + wrong)


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
            found += report(broken, Rule.FORM, f"{name}: {sentence}", table.name, (ROW,))
    return found + _repeated(table, frame)


def _repeated(table: Table, frame: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no key of a table stands in it twice."""
    is_repeated = frame.select(table.key).is_duplicated()
    if not is_repeated.any():
        return ()
    rows = frame.with_row_index(ROW, offset=2).filter(is_repeated)
    return report(rows, Rule.REPEATED, "The row stands in the table more than once.", table.name, (ROW,))


def _wrong(codes: _Codes, count: int, field: Field) -> dict[str, pl.Expr]:
    """Return what may be wrong with the cells of a field, each with its sentence."""
    cell = pl.col(field.name)
    wrong: dict[str, pl.Expr] = {}
    if field.required:
        wrong["the cell is empty."] = cell.is_null()
    if field.type == "number":
        wrong["{cell} is no finite number."] = ~cell.is_finite()
    if field.type in ("number", "whole") and field.minimum is not None:
        wrong[f"{{cell}} is less than {field.minimum:g}."] = cell < field.minimum - SUM_TOLERANCE
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
