"""Reliefs: what may stand in the way of a target, each with what the problem can do once it is taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from scorta.case import BEYOND, ROW, Case, Days, Floats
from scorta.network import UNRESERVED, Groups, Network, days_of, ranges
from scorta.plan import Plan
from scorta.problem import Family, lateness, meets
from scorta.rules import Column, Rule
from scorta.why.draft import Draft, missing, room
from scorta.why.hindrances import Kind, Way
from scorta.why.loosened_case import AddedRow, Row

UNMET = 100.0
"""How many times as much as one that is late over the whole plan a unit counts that never comes."""


def never(network: Network) -> float:
    """Return how many unit-days late a unit counts that never comes."""
    return UNMET * (network.horizon.last_day + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """One thing that could stand less in the way: its `kind`, the rows of the case that say so, what they name.

    `columns` are what the problem can do once it is taken away, and not before; `weights` what a unit of each counts
    where as little as can be is taken away: one, and the `days` by which it is too early or too late.
    """

    kind: Kind
    rows: tuple[int, ...]
    facts: Mapping[str, Any]
    columns: Days
    days: Days | None = None

    @property
    def weights(self) -> Floats:
        """What a unit of each column counts."""
        days = np.zeros(len(self.columns)) if self.days is None else self.days
        return 1.0 + days.astype(np.float64)


def by_number(table: pl.DataFrame) -> dict[int, Row]:
    """Return the rows of a table, each by its number in the input."""
    return {row[ROW]: row for row in table.iter_rows(named=True)}


def grouped(table: pl.DataFrame, *fields: str) -> dict[tuple[Any, ...], list[Row]]:
    """Return the rows of a table by what some fields of theirs say, in order."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in table.iter_rows(named=True):
        groups.setdefault(tuple(row[field] for field in fields), []).append(row)
    return groups


def _told(rows: Sequence[Row]) -> tuple[tuple[int, ...], Row]:
    """Return what names rows: their numbers in the input, and the fields of the first."""
    return tuple(row[ROW] for row in rows), rows[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosened:
    """The part of a case that a target depends on, and the draft of the problem of that part with its rows loosened.

    `added` are the rows that loosen others, and the network is that of the part with them. `rivals` tells which needs
    come before the target or beside it; the floors of `owner`, if there is one, give way to it.
    """

    part: Case
    plan: Plan
    added: Sequence[AddedRow]
    network: Network
    draft: Draft
    rivals: pl.Expr
    owner: str | None


def find_reliefs(loosened: Loosened) -> Iterator[Relief]:
    """Yield all that may stand in the way of a target."""
    for way in Way:
        yield from FINDERS[way](loosened)


def _added_rows(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each row that loosens another: what flows thanks to it.

    What flows on other days counts towards the quantity of the row that is loosened.
    """
    network, draft = loosened.network, loosened.draft
    sources = {
        "pledges": _Source.build(network, draft, "pledges", Column.HANDOVER, Rule.PLEDGE, network.pledges.row),
        "contracts": _Source.build(network, draft, "contracts", Column.PURCHASE, Rule.CONTRACT, network.contracts.row),
        "legs": _Source.build(network, draft, "legs", Column.SHIP, None, network.moves.leg),
    }
    for added in loosened.added:
        if added.kind.words.way == Way.ADDED_ROW:
            source = sources[added.kind.table]
            at = source.by_row.of(added.number)
            flows, bound = source.family.start + at, source.bounds.get(added.facts[source.code])
            if added.kind.words.same_quantity and bound is not None:
                draft.enter(np.full(len(flows), bound), flows, np.ones(len(flows)))
            rows = () if added.row is None else (added.row,)
            yield Relief(added.kind, rows, added.facts, flows, _days_off(network, added, source.bucket[at]))


@dataclass(frozen=True, slots=True)
class _Source:
    """What flows thanks to the rows of a table: a family by row, its buckets, and what bounds each row, by its code."""

    code: str
    family: Family
    by_row: Groups
    bucket: Days
    bounds: Mapping[str, int]

    @classmethod
    def build(
        cls, network: Network, draft: Draft, table: str, family: Column, rule: Rule | None, rows: Days
    ) -> _Source:
        """Sort the columns of a family by the row of the table that each flows by; `rows` are those of its side."""
        flows, frame, bounds = draft.problem.columns[family], network.case[table], None
        if rule is not None:
            bounds = draft.problem.rules[rule]
        side, code = ("move", "leg") if rule is None else (str(rule), str(rule))
        by_row = Groups.build(rows[flows.index[side]], len(frame))
        codes = frame[code].gather(rows[bounds.index[side]]).to_list() if bounds is not None else []
        numbers = {} if bounds is None else dict(zip(reversed(codes), reversed(bounds.numbers.tolist()), strict=True))
        return cls(code, flows, by_row, flows.index["bucket"], numbers)


def _days_off(network: Network, added: AddedRow, bucket: Days) -> Days | None:
    """Return by how many days each bucket is outside the days of a row, None where days do not matter."""
    if not any(added.kind.words.days):
        return None
    horizon = network.horizon
    opens, closes = (added.facts[name] for name in added.kind.words.days)
    early = 0 if opens is None else np.maximum(horizon.day(opens) - horizon.starts[bucket], 0)
    late = 0 if closes is None else np.maximum(horizon.ends[bucket] - horizon.day(closes), 0)
    return np.asarray(early + late + np.zeros(len(bucket), dtype=np.int64))


def _receipts(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each receipt that comes later than in the first bucket: any of it, then or before."""
    case, network, draft = loosened.part, loosened.network, loosened.draft
    rows = case["receipts"]
    bucket = network.horizon.bucket_of(days_of(rows["due_on"], network.horizon, 0))
    later = np.flatnonzero((bucket > 0) & (bucket < len(network.horizon)))
    for number, row in zip(later, rows[later].iter_rows(named=True), strict=True):
        due = int(bucket[number])
        at = _balances(network, draft, _spot(network, row["place"], row["item"]), due)
        if len(at) > 1:
            moved = draft.columns(at[:-1], -1.0)
            draft.enter(np.full(len(moved), at[-1]), moved, np.ones(len(moved)))
            draft.row(moved, np.ones(len(moved)), row["quantity"])
            days = case.horizon.ends[due] - case.horizon.starts[due - len(moved) : due]
            yield Relief(Kind.RECEIPT_TOO_LATE, (row[ROW],), row, moved, days)


def _spot(network: Network, place: str, item: str, reservation: int = UNRESERVED, expires: int = BEYOND) -> Days:
    """Return the spot of a lot of an item at a place, free and undated if nothing is said, if it is in the network."""
    spots, names = network.spots, network.names
    here = (spots.place == names.places.number(place)) & (spots.item == names.items.number(item))
    return np.flatnonzero(here & (spots.reservation == reservation) & (spots.expires == expires))


def _balances(network: Network, draft: Draft, spot: Days, last: int) -> Days:
    """Return the rows of the balance of a spot up to a bucket, if there are any."""
    span = network.spots.span
    counts = np.maximum(np.minimum(span.last[spot], last) - span.first[spot] + 1, 0)
    return draft.problem.rules[Rule.BALANCE].start + ranges(span.start[spot], counts)[1].astype(np.int64)


def _limits(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each line, place, budget and capped share: more of it, in every bucket."""
    case, network, draft = loosened.part, loosened.network, loosened.draft
    names, lines = network.names, grouped(case["lines"], "line")
    for number, line in enumerate(network.names.lines.codes):
        parts = [_slack(draft, rule, "owner", number) for rule in Kind.LINE_FULL.words.rules]
        yield Relief(Kind.LINE_FULL, *_told(lines[line,]), np.concatenate(parts))
    for kind in (kind for kind in Kind if kind.words.limit):
        for row in case["places"].filter(pl.col(kind.words.limit).is_not_null()).iter_rows(named=True):
            parts = [_slack(draft, rule, "owner", names.places.number(row["place"])) for rule in kind.words.rules]
            yield Relief(kind, (row[ROW],), row, np.concatenate(parts))
    budget = draft.problem.rules[Rule.BUDGET]
    for (party, year), rows in grouped(case["budgets"], "party", "year").items():
        of_it = (budget.index["party"] == names.parties.number(party)) & (budget.index["year"] == year)
        columns = draft.columns(budget.start + np.flatnonzero(of_it), -1.0)
        yield Relief(Kind.BUDGET_SPENT, *_told(rows), columns)
    caps = draft.problem.rules[Rule.KEY_CAP]
    for row, share in zip(caps.numbers, caps.index["share"], strict=True):
        facts = case["keys"].row(int(share), named=True)
        yield Relief(Kind.SHARE_FULL, (facts[ROW],), facts, draft.columns(np.array([row]), -1.0))


def _slack(draft: Draft, rule: Rule, side: str, number: int) -> Days:
    """Add a column of slack to each row of an owner."""
    rows = draft.problem.rules[rule]
    return draft.columns(rows.start + np.flatnonzero(rows.index[side] == number), -1.0)


def _stocks(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for the stock of each place and item: more of it on the first day."""
    case, network, draft = loosened.part, loosened.network, loosened.draft
    used = case["components"].join(case["processes"].select("process", "place"), on="process", maintain_order="left")
    made = set(case["processes"].select("place", "item").iter_rows())
    for kind, held in ((Kind.COMPONENT_SHORT, used), (Kind.STOCK_USED_UP, case["stocks"])):
        for (place, item), rows in grouped(held, "place", "item").items():
            if (place, item) not in made:
                at = _balances(network, draft, _spot(network, place, item), len(network.horizon))[:1]
                yield Relief(kind, *_told(rows), draft.columns(at, -1.0))


def _reserved(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each lot that is reserved for another need: any of it is free from the first day on."""
    network, draft = loosened.network, loosened.draft
    for added in loosened.added:
        if added.kind.words.way == Way.FREED:
            row = added.facts
            expires = BEYOND if row["expires_on"] is None else network.horizon.day(row["expires_on"])
            reservation = network.names.reservations.number(row["reserved_for"])
            lots = [_spot(network, row["place"], row["item"], one, expires) for one in (reservation, UNRESERVED)]
            held, free = (_balances(network, draft, lot, len(network.horizon))[:1] for lot in lots)
            freed = draft.columns(held, 1.0, row["quantity"])
            draft.enter(free, freed, np.full(len(freed), -1.0))
            yield Relief(added.kind, (row[ROW],), row, freed)


def _spared(network: Network, draft: Draft, owner: str | None) -> Days:
    """Return the levels whose floors give way to an own need of a party."""
    release = draft.problem.release
    if release is None or owner is None:
        return np.zeros(0, np.int64)
    below, levels = draft.problem.columns[Column.BELOW_FLOOR], network.levels
    freed = np.unique(below.index["level"][np.isin(below.numbers, release.freed)])
    spared: Days = freed[levels.party[freed] == network.names.parties.number(owner)]
    return spared


def _floors(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each floor but those spared; else who has it is no further below it than in the plan."""
    plan, network, draft = loosened.plan, loosened.network, loosened.draft
    spared = _spared(network, draft, loosened.owner)
    below, levels = draft.problem.columns[Column.BELOW_FLOOR], network.levels
    whose, days = below.index["level"], network.horizon.days[below.index["bucket"]].astype(np.float64)
    lacks, by_row = missing(plan, network, levels.floor) @ network.horizon.days, by_number(network.case["objectives"])
    asks = draft.problem.rules[Rule.ASK]
    for level in np.setdiff1d(whose, spared):
        numbers = np.flatnonzero(whose == level)
        row = draft.row(below.start + numbers, days[numbers], room(float(lacks[level])))
        rows = np.unique(levels.row[level][~np.isnan(levels.floor[level])]).tolist()
        of_it = (asks.index["giver"] == levels.party[level]) & (asks.index["item"] == levels.item[level])
        asked = draft.columns(asks.start + np.flatnonzero(of_it), -1.0, float(np.nanmax(levels.floor[level])))
        columns = np.concatenate([draft.columns(row, -1.0), asked])
        yield Relief(Kind.FLOOR, tuple(rows), by_row[rows[0]], columns)


def _rivals(loosened: Loosened) -> Iterator[Relief]:
    """Yield a relief for each need that comes before or beside: else it is no worse off than in the plan."""
    network, draft = loosened.network, loosened.draft
    columns, occurrences = draft.problem.columns, network.occurrences
    issued, unmet = columns[Column.ISSUE], columns[Column.UNMET]
    issue, bucket = issued.index["issue"], issued.index["bucket"]
    occurrence, days = lateness(network, issue, bucket)
    units = days * np.broadcast_to(meets(network, issue, bucket), len(days))
    have = loosened.plan["fulfilment"].select("need", missing="unmet", unit_days="unit_days_late")
    rows = loosened.part["needs"].with_row_index("number").join(have, on="need", maintain_order="left")
    for row in rows.filter(loosened.rivals).iter_rows(named=True):
        missed = unmet.start + np.flatnonzero(occurrences.need == row["number"])
        late = np.flatnonzero((occurrences.need[occurrence] == row["number"]) & (days > 0))
        held = [
            draft.row(missed, np.ones(len(missed)), room(row["missing"])),
            draft.row(issued.start + late, units[late], room(row["unit_days"])),
        ]
        worse = draft.columns(np.concatenate(held), -1.0)
        yield Relief(Kind.OTHERS_FIRST, (row[ROW],), row, worse, np.array([int(never(network)), 0]))


FINDERS: dict[Way, Callable[[Loosened], Iterator[Relief]]] = {
    Way.ADDED_ROW: _added_rows,
    Way.EARLIER: _receipts,
    Way.ROOM: _limits,
    Way.GOODS: _stocks,
    Way.FREED: _reserved,
    Way.BELOW: _floors,
    Way.WORSE: _rivals,
}
"""What finds the reliefs of each way, in the order in which they are told where they do as much."""


def hold_objectives(plan: Plan, network: Network, draft: Draft, but: Sequence[int] = ()) -> Iterator[Relief]:
    """Yield a relief for each objective but some: else who has it is no further below it than in the plan."""
    below, levels, days = (
        draft.problem.columns[Column.BELOW_OBJECTIVE],
        network.levels,
        network.horizon.days.astype(np.float64),
    )
    lacks, by_row = missing(plan, network, levels.objective) @ days, by_number(network.case["objectives"])
    for other in np.setdiff1d(below.index["level"], but):
        numbers = np.flatnonzero(below.index["level"] == other)
        row = draft.row(below.start + numbers, days[below.index["bucket"][numbers]], room(float(lacks[other])))
        rows = np.unique(levels.row[other][~np.isnan(levels.objective[other])]).tolist()
        yield Relief(Kind.OBJECTIVE_BESIDE, tuple(rows), by_row[rows[0]], draft.columns(row, -1.0))


def hold_tiers(plan: Plan, network: Network, draft: Draft, first: Collection[str]) -> Iterator[Relief]:
    """Yield a relief for fair shares and for asks, where these come first: else they are no worse than in the plan."""
    values = {tier.name: tier.value for tier in plan.record.tiers}
    own = network.names.items.code(np.unique(network.spots.item))
    asked = plan["asks"].filter(pl.col("item").is_in(own.implode()))["quantity"].sum()
    keys = tuple(network.case["keys"][ROW].to_list())
    held = {
        "shares": (Kind.SHARES_FIRST, keys, values.get("shares", 0.0)),
        "asks": (Kind.ASKS_FIRST, (), asked),
    }
    for tier in draft.problem.tiers:
        if tier.name in first and tier.name in held:
            kind, rows, value = held[tier.name]
            row = draft.row(tier.columns.astype(np.int64), tier.costs, room(float(value)))
            yield Relief(kind, rows, {}, draft.columns(row, -1.0))
