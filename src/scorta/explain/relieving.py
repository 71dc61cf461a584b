"""Relieving: what may stand in the way of a target, each with what the problem can do once it is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from scorta.case import BEYOND, ROW, Case, Days, Floats
from scorta.explain.drafting import Draft, room
from scorta.explain.levels import missing
from scorta.explain.loosening import Looser
from scorta.network import NO_CLAIM, Network, days_of
from scorta.plan import Plan
from scorta.problem import lateness, meets

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

    kind: str
    table: str
    rows: tuple[int, ...]
    facts: Mapping[str, Any]
    columns: Days
    days: Days | None = None

    @property
    def weights(self) -> Floats:
        """What a unit of each column counts."""
        days = np.zeros(len(self.columns)) if self.days is None else self.days
        return 1.0 + days.astype(np.float64)


def find_reliefs(
    case: Case,
    plan: Plan,
    network: Network,
    draft: Draft,
    loosers: Sequence[Looser],
    rivals: pl.Expr,
    owner: str | None,
) -> Iterator[Relief]:
    """Yield all that may stand in the way of a target; the network is that of the case with its rows loosened.

    `rivals` tells which needs come before it or beside it; the floors of `owner`, if there is one, give way to it.
    """
    yield from _by_rows(network, draft, loosers)
    yield from _receipts(case, network, draft)
    yield from _by_slack(case, network, draft)
    yield from _caps(case, network, draft)
    yield from _stocks(case, network, draft)
    yield from _reserved(network, draft, loosers)
    yield from _floors(plan, network, draft, _spared(network, draft, owner))
    yield from _competition(case, plan, network, draft, rivals)


def _by_rows(network: Network, draft: Draft, loosers: Sequence[Looser]) -> Iterator[Relief]:
    """Yield a relief for each row that loosens another: what flows thanks to it."""
    columns, case = draft.problem.columns, network.case
    handover, purchase, ship = (columns[name] for name in ("handover", "purchase", "ship"))
    thanks = {
        "pledges": (handover, network.grants.row[handover.index["pledge"]]),
        "contracts": (purchase, network.deals.row[purchase.index["contract"]]),
        "legs": (ship, network.moves.leg[ship.index["move"]]),
    }
    for looser in loosers:
        if looser.table not in thanks:
            continue
        family, row = thanks[looser.table]
        numbers = family.start + np.flatnonzero(row == looser.number)
        if looser.kind in ("pledge too late", "pledge too short", "pledged for it"):
            _share(draft, "pledge", "pledge", network.grants.row, case["pledges"], looser, numbers)
        if looser.kind in ("contract too late", "contract too short"):
            _share(draft, "contract", "contract", network.deals.row, case["contracts"], looser, numbers)
        rows = () if looser.row is None else (looser.row,)
        days = _days_off(network, looser, family.index["bucket"][numbers - family.start])
        yield Relief(looser.kind, looser.table, rows, looser.facts, numbers, days)


def _days_off(network: Network, looser: Looser, bucket: Days) -> Days | None:
    """Return by how many days each bucket is outside the days of a row, None where days do not matter."""
    if looser.kind.split()[-1] not in ("late", "short", "closed"):
        return None
    horizon, facts = network.horizon, looser.facts
    opens, closes = (facts.get(name[0]) or facts.get(name[1]) or facts.get(name[2]) for name in _DAYS)
    early = 0 if opens is None else np.maximum(horizon.day(opens) - horizon.starts[bucket], 0)
    late = 0 if closes is None else np.maximum(horizon.ends[bucket] - horizon.day(closes), 0)
    return np.asarray(early + late + np.zeros(len(bucket), dtype=np.int64))


_DAYS = (("available_from", "from_date", "open_from"), ("available_until", "until_date", "open_until"))
"""The fields that hold the first and the last day of a row."""


def _share(draft: Draft, rule: str, side: str, rows: Days, table: pl.DataFrame, looser: Looser, columns: Days) -> None:
    """Let what flows on other days count towards the quantity of the row that is loosened."""
    code = looser.facts[side]
    original = np.flatnonzero(rows == table[side].index_of(code))
    bound = draft.problem.rules[rule]
    at = np.flatnonzero(np.isin(bound.index[side], original))
    if len(at) and len(columns):
        draft.enter(np.full(len(columns), bound.start + at[0]), columns, np.ones(len(columns)))


def _receipts(case: Case, network: Network, draft: Draft) -> Iterator[Relief]:
    """Yield a relief for each receipt that comes later than in the first bucket: any of it, then or before."""
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
            yield Relief("receipt too late", "receipts", (row[ROW],), row, moved, days)


def _spot(network: Network, place: str, item: str, claim: int = NO_CLAIM, expires: int = BEYOND) -> Days:
    """Return the spot of a lot of an item at a place, free and undated if nothing is said, if it is in the network."""
    spots, names = network.spots, network.names
    here = spots.place == names.places.of(pl.Series([place]))[0]
    return np.flatnonzero(
        here
        & (spots.item == names.items.of(pl.Series([item]))[0])
        & (spots.claim == claim)
        & (spots.expires == expires)
    )


def _balances(network: Network, draft: Draft, spot: Days, last: int) -> Days:
    """Return the rows of the balance of a spot up to a bucket, if there are any."""
    rows = draft.problem.rules["balance"]
    return rows.start + np.flatnonzero(np.isin(rows.index["spot"], spot) & (rows.index["bucket"] <= last))


def _by_slack(case: Case, network: Network, draft: Draft) -> Iterator[Relief]:
    """Yield a relief for each line, place, budget and stock: more of it, in every bucket."""
    names, lines = network.names, case["lines"]
    for number, line in enumerate(network.lines.names.codes):
        parts = [_slack(draft, rule, "owner", number) for rule in ("line_hours", "line_maximum")]
        rows = lines.filter(line=line)
        yield Relief("line full", "lines", tuple(rows[ROW]), rows.row(0, named=True), np.concatenate(parts))
    for kind, field, rules in _PLACE_LIMITS:
        for row in case["places"].filter(pl.col(field).is_not_null()).iter_rows(named=True):
            number = int(names.places.of(pl.Series([row["place"]]))[0])
            parts = [_slack(draft, rule, "owner", number) for rule in rules]
            yield Relief(kind, "places", (row[ROW],), row, np.concatenate(parts))
    for party, year in case["budgets"].select("party", "year").unique(maintain_order=True).rows():
        rows = case["budgets"].filter(party=party, year=year)
        number = int(names.parties.of(pl.Series([party]))[0])
        budget = draft.problem.rules["budget"]
        at = np.flatnonzero((budget.index["party"] == number) & (budget.index["year"] == year))
        yield Relief("budget spent", "budgets", tuple(rows[ROW]), rows.row(0, named=True),
                     draft.columns(budget.start + at, -1.0))  # fmt: skip


_PLACE_LIMITS = (
    ("place full", "throughput_t_per_month", ("throughput_out", "throughput_in")),
    ("storage full", "storage_t", ("storage",)),
)
"""The limits of a place: the kind of hindrance, the field that sets it, and the rules that hold to it."""


def _caps(case: Case, network: Network, draft: Draft) -> Iterator[Relief]:
    """Yield a relief for each party that may give no more than so much above its share of a key."""
    caps = draft.problem.rules["key_cap"]
    for row, share in zip(caps.numbers, caps.index["share"], strict=True):
        facts = case["keys"].row(int(share), named=True)
        yield Relief("share full", "keys", (facts[ROW],), facts, draft.columns(np.array([row]), -1.0))


def _slack(draft: Draft, rule: str, side: str, number: int) -> Days:
    """Add a column of slack to each row of an owner."""
    rows = draft.problem.rules[rule]
    return draft.columns(rows.start + np.flatnonzero(rows.index[side] == number), -1.0)


def _stocks(case: Case, network: Network, draft: Draft) -> Iterator[Relief]:
    """Yield a relief for the stock of each place and item: more of it on the first day."""
    used = case["components"].join(case["processes"].select("process", "place"), on="process")
    held = {"stocks": case["stocks"], "components": used}
    made = case["processes"].select("place", "item")
    for table, kind in (("components", "component short"), ("stocks", "stock used up")):
        rows = held[table].join(made, on=["place", "item"], how="anti")
        for (place, item), found in rows.group_by("place", "item", maintain_order=True):
            at = _balances(network, draft, _spot(network, str(place), str(item)), len(network.horizon))[:1]
            facts = found.row(0, named=True)
            yield Relief(kind, table, tuple(found[ROW]), facts, draft.columns(at, -1.0))


def _reserved(network: Network, draft: Draft, loosers: Sequence[Looser]) -> Iterator[Relief]:
    """Yield a relief for each lot that is reserved for another need: any of it is free from the first day on."""
    for looser in loosers:
        if looser.kind == "reserved for it":
            row = looser.facts
            expires = BEYOND if row["expires_on"] is None else network.horizon.day(row["expires_on"])
            claim = int(network.names.claims.of(pl.Series([row["reserved_for"]]))[0])
            lots = [_spot(network, row["place"], row["item"], one, expires) for one in (claim, NO_CLAIM)]
            held, free = (_balances(network, draft, lot, len(network.horizon))[:1] for lot in lots)
            freed = draft.columns(held, 1.0, row["quantity"])
            draft.enter(free, freed, np.full(len(freed), -1.0))
            yield Relief(looser.kind, looser.table, (row[ROW],), row, freed)


def _spared(network: Network, draft: Draft, owner: str | None) -> Days:
    """Return the aims whose floors give way to an own need of a party."""
    release = draft.problem.release
    if release is None or owner is None:
        return np.zeros(0, np.int64)
    below, aims = draft.problem.columns["below_floor"], network.aims
    freed = np.unique(below.index["aim"][np.isin(below.numbers, release.freed)])
    spared: Days = freed[aims.party[freed] == network.names.parties.of(pl.Series([owner]))[0]]
    return spared


def _floors(plan: Plan, network: Network, draft: Draft, spared: Days) -> Iterator[Relief]:
    """Yield a relief for each floor but those spared; else who has it is no further below it than in the plan."""
    below, aims = draft.problem.columns["below_floor"], network.aims
    for aim in np.setdiff1d(below.index["aim"], spared):
        numbers = np.flatnonzero(below.index["aim"] == aim)
        days = network.horizon.days[below.index["bucket"][numbers]].astype(np.float64)
        row = draft.row(
            below.start + numbers, days, room(float(missing(plan, network, aim, aims.floor) @ network.horizon.days))
        )
        objectives = network.case["objectives"]
        rows = np.unique(aims.row[aim][~np.isnan(aims.floor[aim])])
        facts = objectives.filter(pl.col(ROW) == int(rows[0])).row(0, named=True)
        asks = draft.problem.rules["ask"]
        of_it = (asks.index["giver"] == aims.party[aim]) & (asks.index["item"] == aims.item[aim])
        asked = draft.columns(asks.start + np.flatnonzero(of_it), -1.0, float(np.nanmax(aims.floor[aim])))
        columns = np.concatenate([draft.columns(row, -1.0), asked])
        yield Relief("floor", "objectives", tuple(rows.tolist()), facts, columns)


def _competition(case: Case, plan: Plan, network: Network, draft: Draft, rivals: pl.Expr) -> Iterator[Relief]:
    """Yield a relief for each need that comes before or beside: else it is no worse off than in the plan."""
    columns, demands = draft.problem.columns, network.demands
    issue, unmet = columns["issue"], columns["unmet"]
    serving, bucket = issue.index["serving"], issue.index["bucket"]
    demand, days = lateness(network, serving, bucket)
    units = days * np.broadcast_to(meets(network, serving, bucket), len(days))
    have = plan["fulfilment"].select("need", missing="unmet", unit_days="unit_days_late")
    rows = case["needs"].with_row_index("number").join(have, on="need", maintain_order="left")
    for row in rows.filter(rivals).iter_rows(named=True):
        missed = unmet.start + np.flatnonzero(demands.need == row["number"])
        late = np.flatnonzero((demands.need[demand] == row["number"]) & (days > 0))
        held = [
            draft.row(missed, np.ones(len(missed)), room(row["missing"])),
            draft.row(issue.start + late, units[late], room(row["unit_days"])),
        ]
        worse = draft.columns(np.concatenate(held), -1.0)
        yield Relief("others first", "needs", (row[ROW],), row, worse, np.array([int(never(network)), 0]))
