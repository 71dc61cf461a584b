"""A trace: back from a need to stock, receipts and components, and forward from a source to the needs it serves."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace.pegging import SUM_TOLERANCE, Entry, Link, Pegging, Row, peg

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
    rows = _with_parties(case, plan["shipments"].select("origin", "destination", "item", "bucket").unique())
    agreed = plan["handovers"].filter(pl.col("agreement").is_not_null())
    rows = rows.join(
        agreed.select("giver", "receiver", "item", "bucket", "agreement"), on=["giver", "receiver", "item", "bucket"]
    )
    found = rows.group_by("origin", "destination", "item", "bucket").agg(pl.col("agreement").unique().sort())
    return {tuple(row[:4]): tuple(row[4]) for row in found.iter_rows()}


def _with_parties(case: Case, shipments: pl.DataFrame) -> pl.DataFrame:
    """Add the party from whose place each shipment leaves, and the one to whose it goes."""
    owners = case["places"].select("place", "party")
    rows = shipments.join(owners.select(origin="place", giver="party"), on="origin", maintain_order="left")
    return rows.join(owners.select(destination="place", receiver="party"), on="destination", maintain_order="left")


def serves(case: Case, plan: Plan, codes: Sequence[str]) -> pl.DataFrame:
    """Return what each need receives thanks to a source: units issued, on time and late, and when.

    `codes` are those of a place and an item (what lies there on the first day), or that of a pledge, a contract or a
    line. What is made of goods counts whole for each of them: a kit is owed to every one of its components.

    Raises:
        InputError: the codes name nothing of that kind.
    """
    pegging = peg(case, plan)
    return _served(plan, _follow(pegging, _starts(case, plan, codes, pegging)))


def asks_serve(case: Case, plan: Plan) -> list[pl.DataFrame]:
    """Return what each need receives thanks to each ask of a plan, in the order of its table `asks`."""
    pegging, found = peg(case, plan), []
    for ask in plan["asks"].iter_rows(named=True):
        named = {name: ask[name] for name in ("giver", "receiver", "item")}
        asked = plan["handovers"].filter(pl.col("basis") == "ask").filter(**named)
        reached = _follow(pegging, _shipped(case, plan, asked, pegging))
        found.append(_served(plan, reached))
    return found


def _served(plan: Plan, reached: Mapping[int, float]) -> pl.DataFrame:
    """Return what each need receives of issues, of each as many units as were reached."""
    issues = plan["issues"].with_row_index("ref")
    found = pl.DataFrame(
        {"ref": list(reached), "thanks": list(reached.values())}, schema={"ref": pl.UInt32, "thanks": pl.Float64}
    )
    late = pl.col("days_late") > 0
    return (
        issues.join(found.filter(pl.col("thanks") > SUM_TOLERANCE), on="ref")
        .group_by("need", "place", "item")
        .agg(
            quantity=pl.col("thanks").sum(),
            on_time=pl.col("thanks").filter(~late).sum(),
            late=pl.col("thanks").filter(late).sum(),
            first=pl.col("issued_from").min(),
            last=pl.col("issued_until").max(),
        )
        .sort("need", "place", "item")
    )


def _follow(pegging: Pegging, starts: Iterable[Link]) -> dict[int, float]:
    """Return the units of each issue that are owed to some units of batches, which are followed in time."""
    owed: dict[int, float] = defaultdict(float)
    reached: dict[int, float] = defaultdict(float)
    waiting: list[tuple[int, int]] = []

    def add(batch: int, units: float) -> None:
        if units > SUM_TOLERANCE:
            if not owed[batch]:
                heapq.heappush(waiting, (pegging.batches[batch]["bucket"], batch))
            owed[batch] += units

    for batch, units in starts:
        add(batch, units)
    while waiting:
        _, batch = heapq.heappop(waiting)
        part = owed.pop(batch) / pegging.batches[batch]["quantity"]
        for flow, quantity in pegging.sinks.get(batch, ()):
            if pegging.flows[flow]["kind"] == "issue":
                reached[pegging.flows[flow]["ref"]] += quantity * part
            for after, units in _becomes(pegging, pegging.flows[flow], quantity * part):
                add(after, units)
    return reached


def _becomes(pegging: Pegging, flow: Entry, units: float) -> list[Link]:
    """Return the batches, with their units, that some units of a flow become: arrivals, or what is made of them."""
    if flow["kind"] == "shipment":
        return _parts(pegging, ("shipment", flow["ref"]), units / flow["quantity"])
    if flow["kind"] != "use":
        return []
    part = units * flow["counts"] / flow["quantity"] / pegging.pool(flow["ref"])
    return [link for making in pegging.makings[flow["ref"]] for link in _parts(pegging, making, part)]


def _parts(pegging: Pegging, row: Row, part: float) -> list[Link]:
    """Return the batches that come of a row, with a part of the units of each."""
    return [(batch, part * pegging.batches[batch]["quantity"]) for batch in pegging.comes.get(row, ())]


def _starts(case: Case, plan: Plan, codes: Sequence[str], pegging: Pegging) -> list[Link]:
    """Return the batches that a source is, or first becomes, with their units."""
    if len(codes) == 2:
        where = {"place": codes[0], "item": codes[1]}
        if case["stocks"].filter(**where).is_empty():
            raise InputError(
                "No stock of {item} lies at {place}.",
                "Name a place and an item of `stocks`.",
                item=codes[1],
                place=codes[0],
            )
        lies = pegging.ledger.batches.with_row_index("number").filter(kind="stock", **where)
        return list(lies.select("number", "quantity").iter_rows())
    (code,) = codes
    for table, name in (("pledges", "pledge"), ("contracts", "contract")):
        if code in case[table][name]:
            return _shipped(case, plan, plan["handovers"].filter(agreement=code), pegging)
    if code in case["lines"]["line"]:
        loads = pl.concat([case["loads"].select("process", "line"), case["processes"].select("process", "line")])
        runs = loads.filter(line=code)["process"]
        refs = plan["production"].with_row_index("ref").filter(pl.col("process").is_in(runs.implode()))["ref"]
        return [link for ref in refs for link in _parts(pegging, ("production", ref), 1.0)]
    raise InputError(
        "Nothing that can be traced is called {code}.",
        "Name a need, a pledge, a contract or a line of the case, or a place and an item.",
        code=code,
    )


def _shipped(case: Case, plan: Plan, handovers: pl.DataFrame, pegging: Pegging) -> list[Link]:
    """Return what arrives of the shipments that some handovers cover: of each the part that they cover."""
    keys = ["giver", "receiver", "item", "reserved_for", "bucket"]
    rows = _with_parties(case, plan["shipments"].with_row_index("ref").drop("reserved_for"))
    rows = rows.rename({"arrives_for": "reserved_for"}).filter(pl.col("giver") != pl.col("receiver"))
    shipped = rows.group_by(keys).agg(whole=pl.col("quantity").sum())
    covered = handovers.group_by(keys).agg(covered=pl.col("quantity").sum())
    parts = covered.join(shipped, on=keys, nulls_equal=True).with_columns(part=pl.col("covered") / pl.col("whole"))
    links = rows.join(parts, on=keys, nulls_equal=True).select("ref", "part").iter_rows()
    return [link for ref, part in links for link in _parts(pegging, ("shipment", ref), part)]
