"""Easing: the problem of one need alone, in which each thing that stands in its way can be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from scorta.case import BEYOND, ROW, Case, Days, Floats
from scorta.explain.loosening import Looser, loosened
from scorta.explain.surroundings import surroundings
from scorta.network import NO_CLAIM, Network, build_network, days_of
from scorta.plan import Plan
from scorta.problem import Problem, Tier, build_problem, capacities, lateness, meets
from scorta.verify.spans import spread

ROOM = 1e-6
"""By how much what the plan does for others may grow worse, relative to it: round-off."""


UNMET = 100.0
"""How many times as much as one that is late over the whole plan a unit counts that never comes."""


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


@dataclass(frozen=True, slots=True)
class Met:
    """How a need is met: units that come late, and never; unit-days late."""

    late: float
    unmet: float
    unit_days: float


@dataclass(frozen=True, slots=True)
class Eased:
    """The problem of a need alone: all that others have in the plan stays theirs, and every relief is closed."""

    network: Network
    problem: Problem
    reliefs: tuple[Relief, ...]
    upper: Floats
    need: int

    @property
    def supply(self) -> bool:
        """Tell whether anybody has, expects or makes anything of the goods."""
        return any(not self.network.case[name].is_empty() for name in ("stocks", "receipts", "processes"))

    @property
    def way(self) -> bool:
        """Tell whether any goods can reach the need."""
        return bool((self.network.demands.need[self.network.servings.demand] == self.need).any())

    def opened(self, reliefs: Sequence[Relief]) -> Problem:
        """Return the problem with some reliefs open."""
        upper = self.problem.upper.copy()
        for relief in reliefs:
            upper[relief.columns] = self.upper[relief.columns]
        return replace(self.problem, upper=upper)

    def aiming(self, reliefs: Sequence[Relief], aim: Met) -> Problem:
        """Return the problem with some reliefs open, in which the need must be met as well as that."""
        draft, (tier,) = _Draft(self.opened(reliefs)), self.problem.tiers
        weight = UNMET * (self.network.horizon.last_day + 1)
        draft.row(tier.columns.astype(np.int64), tier.costs, _room(aim.unit_days + weight * aim.unmet))
        return draft.complete(tier)

    def met(self, values: Floats) -> Met:
        """Return how the need is met in an answer."""
        network, columns = self.network, self.problem.columns
        issue, unmet = columns["issue"], columns["unmet"]
        serving, bucket = issue.index["serving"], issue.index["bucket"]
        demand, days = lateness(network, serving, bucket)
        own = network.demands.need[demand] == self.need
        units = values[issue.start : issue.stop] * meets(network, serving, bucket) * own
        missing = values[unmet.start : unmet.stop][network.demands.need == self.need]
        return Met(float(units[days > 0].sum()), float(missing.sum()), float((units * days).sum()))


def ease(case: Case, plan: Plan, need: str) -> Eased:
    """Write the problem of a need that is late or short, with a relief for each thing that may stand in its way."""
    around = surroundings(case, plan, need)
    row = around["needs"].filter(need=need).row(0, named=True)
    owner = case["places"].filter(place=row["place"])["party"].item()
    loose, loosers = loosened(around, owner, plan["fulfilment"].filter(need=need)["asked"].item())
    network = build_network(loose)
    draft = _Draft(build_problem(network))
    _leave_room(plan, network, draft)
    _hold_limits(plan, draft)
    reliefs = (
        *_by_rows(network, draft, loosers),
        *_receipts(around, network, draft),
        *_by_slack(around, network, draft),
        *_floors(plan, network, draft, owner),
        *_competition(around, plan, network, draft, row),
    )
    number = around["needs"]["need"].to_list().index(need)
    problem = draft.complete(_target(network, draft.problem, number))
    closed = problem.upper.copy()
    for relief in reliefs:
        closed[relief.columns] = 0.0
    return Eased(network, replace(problem, upper=closed), reliefs, problem.upper, number)


@dataclass(slots=True)
class _Draft:
    """A problem to which columns, rows and entries are added."""

    problem: Problem
    uppers: list[Floats] = field(default_factory=list)
    sides: list[Floats] = field(default_factory=list)
    entries: list[tuple[Days, Days, Floats]] = field(default_factory=list)
    row_upper: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.row_upper = self.problem.row_upper.copy()

    def columns(self, rows: Days, value: float, most: float = np.inf) -> Days:
        """Add a column for each of some rows, with one entry there; return their numbers."""
        numbers = len(self.problem.upper) + sum(map(len, self.uppers)) + np.arange(len(rows))
        self.uppers.append(np.full(len(rows), most))
        self.enter(rows, numbers, np.full(len(rows), value))
        return numbers

    def row(self, columns: Days, values: Floats, most: float) -> Days:
        """Add a row: the sum of some columns is at most that; return its number."""
        number = np.array([len(self.problem.row_upper) + len(self.sides)])
        self.sides.append(np.array([most]))
        self.enter(np.repeat(number, len(columns)), columns, values)
        return number

    def enter(self, rows: Days, columns: Days, values: Floats) -> None:
        """Add entries to the matrix."""
        self.entries.append((rows, columns, values))

    def take(self, rule: str, owner: Days, bucket: Days, quantity: Floats) -> None:
        """Lower the limits of a rule by what others use of them."""
        rows = self.problem.rules[rule]
        number = np.full(
            (
                int(max(owner.max(initial=0), rows.index["owner"].max(initial=0))) + 1,
                int(max(bucket.max(initial=0), rows.index["bucket"].max(initial=0))) + 1,
            ),
            -1,
        )
        number[rows.index["owner"], rows.index["bucket"]] = rows.numbers
        at = number[owner, bucket]
        np.subtract.at(self.row_upper, at[at >= 0], quantity[at >= 0])
        np.maximum(self.row_upper[rows.numbers], 0.0, out=self.row_upper[rows.numbers])

    def complete(self, tier: Tier) -> Problem:
        """Return the whole problem with one tier, without whole numbers."""
        old = self.problem
        upper, row_upper = np.concatenate([old.upper, *self.uppers]), np.concatenate([self.row_upper, *self.sides])
        column = np.repeat(np.arange(len(old.upper)), np.diff(old.starts))
        parts = [(old.rows, column, old.values), *self.entries]
        rows, columns, values = (np.concatenate([part[side] for part in parts]) for side in range(3))
        order = np.lexsort((rows, columns))
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(upper)))]).astype(np.int32)
        more = np.full(len(self.sides), -np.inf)
        return Problem(
            old.columns, old.rules, np.concatenate([old.lower, np.zeros(len(upper) - len(old.lower))]), upper,
            np.concatenate([old.row_lower, more]), row_upper, starts,
            rows[order].astype(np.int32), values[order].astype(np.float64), (tier,),
        )  # fmt: skip


def _target(network: Network, problem: Problem, need: int) -> Tier:
    """Return what is made small: units of the need that never come, and far below them unit-days late."""
    issue, unmet, demands = problem.columns["issue"], problem.columns["unmet"], network.demands
    serving, bucket = issue.index["serving"], issue.index["bucket"]
    demand, days = lateness(network, serving, bucket)
    late = np.flatnonzero((demands.need[demand] == need) & (days > 0))
    units = (days * np.broadcast_to(meets(network, serving, bucket), len(days)))[late]
    missing = np.flatnonzero(demands.need == need)
    columns = np.concatenate([issue.start + late, unmet.start + missing])
    weights = np.concatenate([units, np.full(len(missing), UNMET * (network.horizon.last_day + 1))])
    order = np.argsort(columns)
    return Tier.build("need", columns[order], weights[order])


def _by_rows(network: Network, draft: _Draft, loosers: Sequence[Looser]) -> Iterator[Relief]:
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
        if looser.kind in ("pledge too late", "pledge too short"):
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


def _share(draft: _Draft, rule: str, side: str, rows: Days, table: pl.DataFrame, looser: Looser, columns: Days) -> None:
    """Let what flows on other days count towards the quantity of the row that is loosened."""
    code = looser.facts[side]
    original = np.flatnonzero(rows == table[side].index_of(code))
    bound = draft.problem.rules[rule]
    at = np.flatnonzero(np.isin(bound.index[side], original))
    if len(at) and len(columns):
        draft.enter(np.full(len(columns), bound.start + at[0]), columns, np.ones(len(columns)))


def _receipts(case: Case, network: Network, draft: _Draft) -> Iterator[Relief]:
    """Yield a relief for each receipt that comes later than in the first bucket: as much of it as you like, then."""
    rows = case["receipts"]
    bucket = network.horizon.bucket_of(days_of(rows["due_on"], network.horizon, 0))
    later = np.flatnonzero((bucket > 0) & (bucket < len(network.horizon)))
    for number, row in zip(later, rows[later].iter_rows(named=True), strict=True):
        at = _balances(network, draft, _spot(network, row["place"], row["item"]), int(bucket[number]))
        if len(at) > 1:
            moved = draft.columns(at[:-1], -1.0)
            draft.enter(np.full(len(moved), at[-1]), moved, np.ones(len(moved)))
            draft.row(moved, np.ones(len(moved)), row["quantity"])
            days = (
                case.horizon.ends[int(bucket[number])]
                - case.horizon.starts[int(bucket[number]) - len(moved) + np.arange(len(moved))]
            )
            yield Relief("receipt too late", "receipts", (row[ROW],), row, moved, days)


def _spot(network: Network, place: str, item: str) -> Days:
    """Return the spot of free, undated goods of an item at a place, if it is in the network."""
    spots, names = network.spots, network.names
    here = spots.place == names.places.of(pl.Series([place]))[0]
    return np.flatnonzero(
        here
        & (spots.item == names.items.of(pl.Series([item]))[0])
        & (spots.claim == NO_CLAIM)
        & (spots.expires == BEYOND)
    )


def _balances(network: Network, draft: _Draft, spot: Days, last: int) -> Days:
    """Return the rows of the balance of a spot up to a bucket, if there are any."""
    rows = draft.problem.rules["balance"]
    return rows.start + np.flatnonzero(np.isin(rows.index["spot"], spot) & (rows.index["bucket"] <= last))


def _by_slack(case: Case, network: Network, draft: _Draft) -> Iterator[Relief]:
    """Yield a relief for each line, place, budget and stock: more of it, in every bucket."""
    names, lines = network.names, case["lines"]
    for number, line in enumerate(network.lines.names.codes):
        parts = [_slack(draft, rule, "owner", number) for rule in ("line_hours", "line_maximum")]
        rows = lines.filter(line=line)
        yield Relief("line full", "lines", tuple(rows[ROW]), rows.row(0, named=True), np.concatenate(parts))
    limited = case["places"].filter(pl.col("throughput_t_per_month").is_not_null())
    for row in limited.iter_rows(named=True):
        number = int(names.places.of(pl.Series([row["place"]]))[0])
        parts = [_slack(draft, rule, "owner", number) for rule in ("throughput_out", "throughput_in")]
        yield Relief("place full", "places", (row[ROW],), row, np.concatenate(parts))
    for party, year in case["budgets"].select("party", "year").unique(maintain_order=True).rows():
        rows = case["budgets"].filter(party=party, year=year)
        number = int(names.parties.of(pl.Series([party]))[0])
        budget = draft.problem.rules["budget"]
        at = np.flatnonzero((budget.index["party"] == number) & (budget.index["year"] == year))
        yield Relief("budget spent", "budgets", tuple(rows[ROW]), rows.row(0, named=True),
                     draft.columns(budget.start + at, -1.0))  # fmt: skip
    yield from _stocks(case, network, draft)


def _slack(draft: _Draft, rule: str, side: str, number: int) -> Days:
    """Add a column of slack to each row of an owner."""
    rows = draft.problem.rules[rule]
    return draft.columns(rows.start + np.flatnonzero(rows.index[side] == number), -1.0)


def _stocks(case: Case, network: Network, draft: _Draft) -> Iterator[Relief]:
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


def _floors(plan: Plan, network: Network, draft: _Draft, owner: str) -> Iterator[Relief]:
    """Yield a relief for each floor of others; else they are no further below it than in the plan."""
    below, aims, names = draft.problem.columns["below_floor"], network.aims, network.names
    own = int(names.parties.of(pl.Series([owner]))[0])
    for aim in np.unique(below.index["aim"]):
        if aims.party[aim] == own:
            continue
        numbers = np.flatnonzero(below.index["aim"] == aim)
        days = network.horizon.days[below.index["bucket"][numbers]].astype(np.float64)
        row = draft.row(below.start + numbers, days, _room(_below(plan, network, aim)))
        objectives = network.case["objectives"]
        rows = np.unique(aims.row[aim][~np.isnan(aims.floor[aim])])
        facts = objectives.filter(pl.col(ROW) == int(rows[0])).row(0, named=True)
        yield Relief("floor", "objectives", tuple(rows.tolist()), facts, draft.columns(row, -1.0))


def _below(plan: Plan, network: Network, aim: int) -> float:
    """Return the unit-days that an owner is below its floor in the plan."""
    aims, names = network.aims, network.names
    item = names.items.code(aims.item[[aim]])[0]
    if aims.place[aim] >= 0:
        place = names.places.code(aims.place[[aim]])[0]
        levels = plan["stock_levels"].filter(place=place, item=item, condition="serviceable")
        levels = levels.group_by("bucket").agg(level=pl.col("quantity").sum())
    else:
        levels = plan["holdings"].filter(party=names.parties.code(aims.party[[aim]])[0], item=item)
    held = np.zeros(len(network.horizon))
    held[levels["bucket"].to_numpy()] = levels["level"].to_numpy()
    floor = np.nan_to_num(aims.floor[aim])
    return float((np.maximum(floor - held, 0.0) * network.horizon.days).sum())


def _competition(case: Case, plan: Plan, network: Network, draft: _Draft, need: Mapping[str, Any]) -> Iterator[Relief]:
    """Yield a relief for each need that comes before or beside: else it is no worse off than in the plan."""
    columns, demands = draft.problem.columns, network.demands
    issue, unmet = columns["issue"], columns["unmet"]
    serving, bucket = issue.index["serving"], issue.index["bucket"]
    demand, days = lateness(network, serving, bucket)
    units = days * np.broadcast_to(meets(network, serving, bucket), len(days))
    have = plan["fulfilment"].select("need", missing="unmet", unit_days="unit_days_late")
    rows = case["needs"].with_row_index("number").join(have, on="need", maintain_order="left")
    urgent = (pl.col("need") != need["need"]) & (pl.col("priority") <= need["priority"])
    for row in rows.filter(urgent).iter_rows(named=True):
        missing = unmet.start + np.flatnonzero(demands.need == row["number"])
        late = np.flatnonzero((demands.need[demand] == row["number"]) & (days > 0))
        held = [
            draft.row(missing, np.ones(len(missing)), _room(row["missing"])),
            draft.row(issue.start + late, units[late], _room(row["unit_days"])),
        ]
        yield Relief("others first", "needs", (row[ROW],), row, draft.columns(np.concatenate(held), -1.0))


def _room(value: float) -> float:
    """Return what may be, where so much is in the plan."""
    return value * (1 + ROOM) + ROOM


def _hold_limits(plan: Plan, draft: _Draft) -> None:
    """Let limits be exceeded, and firm orders stay undelivered, no more than in the plan."""
    values = {tier.name: tier.value for tier in plan.record.tiers}
    for tier in draft.problem.tiers:
        if tier.name in ("limits", "firm orders"):
            draft.row(tier.columns, tier.costs, _room(values.get(tier.name, 0.0)))


def _leave_room(plan: Plan, network: Network, draft: _Draft) -> None:
    """Take what the plan carries of other goods from what legs and places carry."""
    names, horizon = network.names, network.horizon
    own = names.items.code(np.unique(network.spots.item))
    others = plan["shipments"].filter(~pl.col("item").is_in(own.implode()), pl.col("mass_t") > 0)
    legs = network.case["legs"].select("leg", "transit_days").with_row_index("number")
    others = others.join(legs, on="leg", how="left", maintain_order="left")
    bucket, tonnes = others["bucket"].to_numpy(), others["mass_t"].to_numpy()
    draft.take("leg_capacity", capacities(network)[0][others["number"].to_numpy()], bucket, tonnes)
    draft.take("throughput_out", names.places.of(others["origin"]), bucket, tonnes)
    first, last = (days_of(others[name], horizon, 0) for name in ("leaves_from", "leaves_until"))
    flow, arrives, share = spread(horizon, first, last, others["transit_days"].to_numpy())
    draft.take("throughput_in", names.places.of(others["destination"])[flow], arrives, share * tonnes[flow])
