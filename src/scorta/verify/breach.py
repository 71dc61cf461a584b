"""What the checker reports: a rule that a plan breaks, by how much, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

ABSOLUTE = 1e-6
"""What a sum may miss in the unit it is counted in: the solver keeps each row within 1e-7, and a few rows add up."""

RELATIVE = 1e-7
"""What a sum may miss for each unit of the figures it is made of: the solver scales rows, and sums round off."""

LISTED = 20
"""How many breaches of one rule are listed, the largest first: a wrong plan breaks a rule in many rows at once."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that the plan breaks: its name, what is wrong in one sentence, and by how much.

    `table` is the table of the plan the numbers stand in; `address` names the row, or the place and bucket, by its
    codes; `amount` is in the unit of the rule (1 where the rule is a plain yes or no).
    """

    rule: str
    sentence: str
    amount: float
    table: str = ""
    address: str = ""


def exceeds(amount: str, scale: str) -> pl.Expr:
    """Tell where an amount is more than the tolerance on figures of this scale."""
    return pl.col(amount) > ABSOLUTE + RELATIVE * pl.col(scale).abs()


def allowance(scale: float) -> float:
    """Return the tolerance on a sum of figures of this scale."""
    return ABSOLUTE + RELATIVE * abs(scale)


def report(
    broken: pl.DataFrame, rule: str, sentence: str, table: str = "", where: tuple[str, ...] = ()
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
        for row in ordered.head(LISTED).iter_rows(named=True)
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
            found += report(broken, f"{table} {column}", sentence, table, where)
    return found


def _differs(is_: pl.Expr, should: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Tell where a cell is not what it should be: numbers within the tolerance, an empty one as 0, all else exactly."""
    if kind.is_float():
        right = should.fill_null(0.0)
        return (is_.fill_null(0.0) - right).abs() > ABSOLUTE + RELATIVE * right.abs()
    return is_.ne_missing(should)


def _distance(kind: pl.DataType) -> pl.Expr:
    """Return how far `is_` is from `should`, where that is a number."""
    if kind.is_float():
        return (pl.col("is_").fill_null(0.0) - pl.col("should").fill_null(0.0)).abs()
    return pl.lit(1.0)


def _address(row: Mapping[str, object], where: tuple[str, ...]) -> str:
    """Name a row by its codes, leaving out the empty ones."""
    return ", ".join(f"{name} {row[name]}" for name in where if row[name] is not None)
