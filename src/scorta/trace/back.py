"""Back: the chain of supply behind what a need receives, step by step back to stock, receipts and components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace.pegging import Entry, Link, Pegging, Row, peg

Fact = str | date | float | None
"""What a step says of itself beside its units."""

SHIPPED = ("leg", "origin", "destination", "leaves_from", "leaves_until", "arrives_from", "arrives_until")
"""What a shipment says of itself, beside the pledges and contracts it is `under`."""

MADE = {
    "production": ("production", ("process", "place", "starts_from", "starts_until")),
    "kit": ("kits", ("place", "date")),
}
"""The table of each way to make something, and what a row of it says of itself."""

LISTED = {"stock": "stocks", "receipt": "receipts"}
"""The table of the case in which a source is listed."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a chain of supply, and the steps behind it.

    `kind` is `need`, `issue`, `shipment`, `production`, `kit`, `component`, `stock`, `receipt` or `circle`; `quantity`
    the units of its own item; `facts` name it, by the fields of the tables. What stands behind a step adds up to its
    units, but for a production or kit, behind which stands what it takes of each component.
    """

    kind: str
    quantity: float
    facts: Mapping[str, Fact]
    behind: tuple[Step, ...] = ()

    def __iter__(self) -> Iterator[Step]:
        """Yield this step and all behind it."""
        yield self
        for step in self.behind:
            yield from step


def trace_need(case: Case, plan: Plan, need: str) -> Step:
    """Return the chain of supply behind all that a need receives.

    Raises:
        InputError: the plan has no such open need.
    """
    rows = plan["fulfilment"].filter(pl.col("need") == need)
    if rows.is_empty():
        raise InputError(
            "The plan has no open need {need}.",
            "Name one of those in `scorta show PLAN needs`, spelled as there.",
            need=need,
        )
    facts = rows.select("need", "place", "item", "required_by", "asked", "on_time", "late", "unmet").row(0, named=True)
    issues = plan["issues"].with_row_index("ref").filter(pl.col("need") == need)
    chain = _Chain(case, plan, peg(case, plan), _covers(case, plan))
    steps = tuple(chain.issue(row) for row in issues.sort("bucket").iter_rows(named=True))
    return Step("need", sum(step.quantity for step in steps), facts, steps)


@dataclass(frozen=True, slots=True)
class _Chain:
    """A case and a plan of it, looked at from where its goods end."""

    case: Case
    plan: Plan
    pegging: Pegging
    covers: Mapping[tuple[Fact, ...], tuple[str, ...]]

    def issue(self, row: Entry) -> Step:
        """Return what a need receives in a bucket, and what stands behind it."""
        facts = {name: row[name] for name in ("item", "place", "issued_from", "issued_until", "meets", "days_late")}
        return Step("issue", row["quantity"], facts, self._behind(("issue", row["ref"]), 1.0, ()))

    def _behind(self, flows: Row, part: float, path: tuple[Row, ...]) -> tuple[Step, ...]:
        """Return what stands behind a part of the flows of a row: one step for each row that they came from.

        Goods that went round in a circle within a bucket came from outside it: what else feeds it stands for them.
        Where nothing else does (first in, first out gave that to others), the circle is all that can be said.
        """
        came: dict[tuple[str, int, str], list[Link]] = {}
        whole = round_about = 0.0
        for flow in self.pegging.leaves.get(flows, ()):
            for batch, quantity in self.pegging.sources.get(flow, ()):
                entry = self.pegging.batches[batch]
                row, whole = (entry["kind"], entry["ref"]), whole + quantity
                if row in path:
                    round_about += quantity
                else:
                    came.setdefault((*row, entry["item"]), []).append((batch, quantity * part))
        if not came and round_about:
            return (Step("circle", round_about * part, {"item": entry["item"], "place": entry["place"]}),)
        more = whole / (whole - round_about) if round_about else 1.0
        return tuple(
            self._step((kind, ref), [(batch, units * more) for batch, units in links], path)
            for (kind, ref, _), links in came.items()
        )

    def _step(self, row: Row, links: list[Link], path: tuple[Row, ...]) -> Step:
        """Return the step of a row of the case or the plan, of which some units are traced."""
        quantity, batch = sum(units for _, units in links), self.pegging.batches[links[0][0]]
        kind, part, path = row[0], quantity / batch["of"], (*path, row)
        if kind == "shipment":
            return Step(kind, quantity, self._shipped(row[1]), self._behind(row, part, path))
        if kind in MADE:
            table, names = MADE[kind]
            facts = {"item": batch["item"], **self._facts(table, row[1], names)}
            takes = tuple(self._component(take, part, path) for take in self.pegging.takes.get(row, ()))
            return Step(kind, quantity, facts, takes)
        address = self.case.address(LISTED[kind], row[1])
        return Step(kind, quantity, {"item": batch["item"], "place": batch["place"], "row": address})

    def _component(self, take: Entry, part: float, path: tuple[Row, ...]) -> Step:
        """Return what a part of a making takes of a component, of all that its place takes of it in that bucket."""
        pool, units = take["pool"], take["quantity"] * part
        facts = {"item": take["component"], "place": take["place"]}
        behind = self._behind(("use", pool), units / self.pegging.pool(pool), path)
        return Step("component", units, facts, behind)

    def _shipped(self, ref: int) -> dict[str, Fact]:
        facts = self._facts("shipments", ref, (*SHIPPED, "item", "bucket"))
        covers = self.covers.get((facts["origin"], facts["destination"], facts["item"], facts.pop("bucket")), ())
        return {**facts, "under": ", ".join(covers) or None}

    def _facts(self, table: str, ref: int, names: tuple[str, ...]) -> dict[str, Any]:
        return dict(zip(names, self.plan[table].select(names).row(ref), strict=True))


def _covers(case: Case, plan: Plan) -> dict[tuple[Fact, ...], tuple[str, ...]]:
    """Return the pledges and contracts under which an item leaves a place for another in a bucket."""
    party = case["places"].select("place", "party")
    rows = plan["shipments"].select("origin", "destination", "item", "bucket").unique(maintain_order=True)
    rows = rows.join(party.rename({"place": "origin", "party": "giver"}), on="origin", how="left")
    rows = rows.join(party.rename({"place": "destination", "party": "receiver"}), on="destination", how="left")
    agreed = plan["handovers"].filter(pl.col("agreement").is_not_null())
    rows = rows.join(
        agreed.select("giver", "receiver", "item", "bucket", "agreement"), on=["giver", "receiver", "item", "bucket"]
    )
    found = rows.group_by("origin", "destination", "item", "bucket").agg(pl.col("agreement").unique().sort())
    return {tuple(row[:4]): tuple(row[4]) for row in found.iter_rows()}
