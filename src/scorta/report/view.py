"""What a view of a plan is: the table it shows, in which columns and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from scorta.report.page import Column


@dataclass(frozen=True, slots=True)
class View:
    """One view: the table of the plan it shows, the columns of the page by field, and the fields it is sorted by.

    A field before which a minus stands in `order` is sorted from large to small; a column that is `optional` is left
    out where nothing stands in it, or nothing but what goes without saying; `derived` columns are worked out from the
    fields of a row.
    """

    name: str
    table: str
    title: str
    meaning: str
    nothing: str
    columns: Mapping[str, Column]
    order: Sequence[str]
    optional: frozenset[str] = frozenset()
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)


LOT = {"reserved_for": Column("Reserved for"), "expires_on": Column("Use by", "date")}
CONDITION = {"condition": Column("Condition")}
QUANTITY = {"quantity": Column("Quantity", "number")}
LEAVES = {"leaves_from": Column("Leaves from", "date"), "leaves_until": Column("Leaves until", "date")}
