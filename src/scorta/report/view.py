"""What a view of a plan is: the table it shows, in which columns and order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from scorta.report.page import Column

if TYPE_CHECKING:
    from scorta.plan import Plan


@dataclass(frozen=True, slots=True)
class View:
    """One view: the table of the plan it shows, the columns of the page by field, and the fields it is sorted by.

    A field before which a minus stands in `order` is sorted from large to small; a column that is `optional` is left
    out where nothing stands in it, or nothing but what goes without saying; `derived` columns are worked out from the
    fields of a row. Where the rows of one table do not say it all, `lays` works them out from the plan; views `below`
    are set under it on the page.
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
    lays: Callable[[Plan], pl.DataFrame] | None = None
    below: tuple[View, ...] = ()

    def rows(self, plan: Plan) -> pl.DataFrame:
        """Return the rows of the view, every field of them."""
        rows = self.lays(plan) if self.lays is not None else plan.tables[self.table]
        return rows.with_columns(**self.derived)


LOT = {"reserved_for": Column("Reserved for"), "expires_on": Column("Use by", "date")}
CONDITION = {"condition": Column("Condition")}
QUANTITY = {"quantity": Column("Quantity", "number")}
LEAVES = {"leaves_from": Column("Leaves from", "date"), "leaves_until": Column("Leaves until", "date")}


def said_back(since: str, back: str) -> pl.Expr:
    """Say since when a level is back where it was below: the date, or that it is not; nothing where it never was."""
    date = pl.col(back).dt.to_string("%Y-%m-%d").fill_null("not back")
    return pl.when(pl.col(since).is_not_null()).then(date)
