"""Forward: which needs a stock, a pledge, a contract or a line serves, followed through the plan."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace.pegging import SUM_TOLERANCE, Entry, Link, Pegging, Row, peg


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
    party = case["places"].select("place", "party")
    keys = ["giver", "receiver", "item", "reserved_for", "bucket"]
    rows = plan["shipments"].with_row_index("ref").drop("reserved_for")
    rows = rows.join(party.rename({"place": "origin", "party": "giver"}), on="origin")
    rows = rows.join(party.rename({"place": "destination", "party": "receiver"}), on="destination")
    rows = rows.rename({"arrives_for": "reserved_for"}).filter(pl.col("giver") != pl.col("receiver"))
    shipped = rows.group_by(keys).agg(whole=pl.col("quantity").sum())
    covered = handovers.group_by(keys).agg(covered=pl.col("quantity").sum())
    parts = covered.join(shipped, on=keys, nulls_equal=True).with_columns(part=pl.col("covered") / pl.col("whole"))
    links = rows.join(parts, on=keys, nulls_equal=True).select("ref", "part").iter_rows()
    return [link for ref, part in links for link in _parts(pegging, ("shipment", ref), part)]
