"""What a view of a plan is: the table it shows, in which columns and order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from scorta.languages import mark
from scorta.report.page import Column

if TYPE_CHECKING:
    from scorta.plan import Plan


@dataclass(frozen=True, slots=True)
class View:
    """One view: the table of the plan it shows, the fields that stand in it, and the fields it is sorted by.

    A field stands under its heading in `heads`, else under that which it has in every view. Fields in `spare` make room
    where a page is narrow, the first first. A field before which a minus stands in `order` is sorted from large to
    small; one that is `optional` is left out where nothing stands in it, or nothing but what goes without saying;
    `derived` ones are worked out from the fields of a row. Where the rows of one table do not say it all, `lays` works
    them out from the plan; views `below` are set under it on the page.
    """

    name: str
    table: str
    title: str
    meaning: str
    nothing: str
    fields: Sequence[str]
    order: Sequence[str]
    spare: Sequence[str] = ()
    heads: Mapping[str, Column] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)
    lays: Callable[[Plan], pl.DataFrame] | None = None
    below: tuple[View, ...] = ()

    def rows(self, plan: Plan) -> pl.DataFrame:
        """Return the rows of the view, every field of them."""
        rows = self.lays(plan) if self.lays is not None else plan.tables[self.table]
        return rows.with_columns(**self.derived)

    def column(self, name: str) -> Column:
        """Return the column of a field, with how soon it makes room where a page is narrow."""
        room = len(self.spare) - self.spare.index(name) if name in self.spare else 0
        return replace(self.heads.get(name) or HEADS[name], spare=room)


def said_back(since: str, back: str) -> pl.Expr:
    """Say since when a level is back where it was below: the date, or that it is not; nothing where it never was."""
    date = pl.col(back).dt.to_string("%Y-%m-%d").fill_null(mark("not back"))
    return pl.when(pl.col(since).is_not_null()).then(date)


HEADS: Mapping[str, Column] = {
    "priority": Column("Priority", "number"),
    "need": Column("Need", "code"),
    "place": Column("Place", "code"),
    "item": Column("Item", "code"),
    "party": Column("Party", "code"),
    "leg": Column("Leg", "code"),
    "line": Column("Line", "code"),
    "key": Column("Key", "code"),
    "process": Column("Process", "code"),
    "component": Column("Component", "code"),
    "expansion": Column("Expansion", "code"),
    "contract": Column("Contract", "code"),
    "agreement": Column("Agreement", "code"),
    "reserved_for": Column("Reserved for", "code"),
    "origin": Column("From", "code"),
    "destination": Column("To", "code"),
    "giver": Column("Giver", "code"),
    "receiver": Column("Receiver", "code"),
    "supplier": Column("Supplier", "code"),
    "buyer": Column("Buyer", "code"),
    "paid_by": Column("Paid by", "code"),
    "condition": Column("Condition", "choice"),
    "basis": Column("Covered by", "choice"),
    "kind": Column("Kind", "choice"),
    "price_basis": Column("Price from", "choice"),
    "required_by": Column("Required by", "date"),
    "last_delivery": Column("Last comes", "date"),
    "first_delivery": Column("First comes", "date"),
    "issued_from": Column("Issued from", "date"),
    "issued_until": Column("Issued by", "date"),
    "leaves_from": Column("Leaves from", "date"),
    "leaves_until": Column("Leaves until", "date"),
    "arrives_until": Column("Arrives by", "date"),
    "delivered_until": Column("Comes by", "date"),
    "decide_by": Column("Decide by", "date"),
    "starts_from": Column("Starts from", "date"),
    "expires_on": Column("Use by", "date"),
    "date": Column("Up to", "date"),
    "lowest_on": Column("Lowest on", "date"),
    "decided_on": Column("Decide on", "date"),
    "available_from": Column("Ready on", "date"),
    "asked": Column("Asked", "number"),
    "on_time": Column("On time", "number", "good"),
    "late": Column("Late", "number", "late"),
    "unmet": Column("Unmet", "number", "bad"),
    "days_late": Column("Days late", "number", "late"),
    "quantity": Column("Quantity", "number"),
    "meets": Column("Meets", "number"),
    "firm": Column("Firm", "number"),
    "mass_t": Column("Tonnes", "number"),
    "value_eur": Column("EUR", "number"),
    "cost_eur": Column("EUR", "number"),
    "amount_eur": Column("EUR", "number"),
    "fixed_cost_eur": Column("EUR", "number"),
    "setup_cost_eur": Column("EUR to set up", "number"),
    "started": Column("Started", "number"),
    "made": Column("Made", "number"),
    "expired": Column("Thrown away", "number", "bad"),
    "level": Column("Level", "number"),
    "in_transit": Column("In transit", "number"),
    "comes_in": Column("Comes in", "number", "good"),
    "goes_out": Column("Goes out", "number"),
    "floor": Column("Floor", "number"),
    "objective": Column("Objective", "number"),
    "held": Column("Held", "number"),
    "given": Column("Given", "number"),
    "lowest": Column("Lowest", "number"),
    "draw_down": Column("Draw-down", "share"),
    "used_hours": Column("Used hours", "number"),
    "capacity_hours": Column("Capacity", "number"),
    "expansion_hours": Column("Expansions add", "number", "good"),
    "minimum_hours": Column("Least", "number"),
    "count": Column("Count", "number"),
    "adds_per_month": Column("Adds hours", "number", "good"),
    "year": Column("Year", "year"),
    "share": Column("Share", "share"),
}
"""The heading and the kind of each field, wherever a view does not say otherwise."""
