"""Numbers and days that can be read but lie out of bounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Sheet
from scorta.tables import Field

LARGEST = 1e12
"""Largest figure a plan is computed with: beyond it the solver's 16 digits no longer hold small ones beside it."""

LARGEST_SUM = 1e15
"""Largest sum of money: a gross domestic product is larger than any quantity."""

SMALLEST = 1e-9
"""Smallest figure that is not nothing: a thousandth of the solver's tolerance."""

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
"""The days that a case may speak of."""


def check_bounds(sheet: Sheet, book: Book) -> Sheet:
    """Say which numbers and days lie out of bounds; those that cannot be computed with become empty."""
    fields = [field for field in sheet.table if field.type in ("number", "whole", "date") and sheet.has(field.name)]
    doubtful = _doubtful(fields, sheet) if fields else []
    if not doubtful:
        return sheet
    flags = {f"{code} {field.name}": mask.any() for field in doubtful for code, mask in _masks(field).items()}
    found = [name for name, is_found in sheet.frame.select(**flags).row(0, named=True).items() if is_found]
    for name in found:
        code, field_name = name.split(" ")
        field = sheet.table[field_name]
        book.where(code, sheet, _masks(field)[code], field_name, **_words(field))
    unusable = [name.split(" ") for name in found if name.startswith(("not-finite", "year-out-of-range"))]
    return replace(sheet, frame=sheet.frame.with_columns(_emptied(sheet.table[name], code) for code, name in unusable))


def _doubtful(fields: list[Field], sheet: Sheet) -> list[Field]:
    """Return the fields whose lowest and highest values do not show that all of them lie within bounds."""
    values = [(pl.col(field.name), field.type == "number") for field in fields]
    lows = [value.nan_min() if may_be_nan else value.min() for value, may_be_nan in values]
    highs = [value.nan_max() if may_be_nan else value.max() for value, may_be_nan in values]
    ends = sheet.frame.select(end.alias(str(k)) for k, end in enumerate([*lows, *highs])).row(0)
    low, high = ends[: len(fields)], ends[len(fields) :]
    return [field for k, field in enumerate(fields) if not _is_within(field, low[k], high[k])]


def _is_within(field: Field, low: Any, high: Any) -> bool:
    """Tell whether no value from the lowest to the highest is out of bounds; where one is NaN, so are both."""
    if field.type == "date":
        return bool(low >= FIRST_DAY and high <= LAST_DAY)
    least = 0.0 if field.minimum is None else field.minimum
    if field.type == "number":
        least = max(least, SMALLEST)
    most = largest(field) if field.maximum is None else min(field.maximum, largest(field))
    return bool(low >= least and high <= most)


def _masks(field: Field) -> dict[str, pl.Expr]:
    """Return what may be wrong with a field's values, by code of the finding."""
    value = pl.col(field.name)
    if field.type == "date":
        return {"year-out-of-range": ~value.is_between(FIRST_DAY, LAST_DAY)}
    is_large = value.abs() > largest(field)
    masks = {"too-large": is_large}
    if field.type == "number":
        is_finite = value.is_finite()
        masks = {
            "not-finite": ~is_finite,
            "too-large": is_large & is_finite,
            "too-small": (value.abs() < SMALLEST) & (value != 0.0),
        }
    if field.minimum is not None:
        masks["below-minimum"] = (value < field.minimum) & ~is_large
    if field.maximum is not None:
        masks["above-maximum"] = (value > field.maximum) & ~is_large
    return masks


def largest(field: Field) -> float:
    """Return the largest value a field may have."""
    return LARGEST_SUM if field.unit == "EUR" else LARGEST


def _words(field: Field) -> dict[str, str]:
    minimum = f"{field.minimum:g}" if field.minimum is not None else ""
    maximum = f"{field.maximum:g}" if field.maximum is not None else ""
    return {"minimum": minimum, "maximum": maximum, "unit": field.unit or "a plain number"}


def _emptied(field: Field, code: str) -> pl.Expr:
    return pl.when(~_masks(field)[code]).then(pl.col(field.name)).alias(field.name)
