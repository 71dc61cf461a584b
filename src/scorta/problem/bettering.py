"""Bettering: the tiers, what is made as small as possible one after the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network, numbers_of, pairs
from scorta.problem.changing import change_tier
from scorta.problem.growing import expansion_costs
from scorta.problem.making import of_processes
from scorta.problem.moving import arrivals, dated_moves, living, masses, move_items
from scorta.problem.needing import meets
from scorta.problem.problem import Builder, Problem, Release, Tier
from scorta.problem.running import run_costs
from scorta.problem.sharing import value_unit
from scorta.problem.using import use_costs

HANDLING = 1e-3
"""Weight of moving a unit, or using it in place of another, against delivering one a day earlier: enough to forbid
what is pointless, no more."""


def build_tiers(builder: Builder, network: Network) -> tuple[Tier, ...]:
    """Return the tiers of the scenario in order, after limits and firm orders, before the earliest delivery.

    With a previous plan, what is frozen comes before all of them but floors that lead, and the least change at last.
    """
    makers: dict[str, Callable[[Builder, Network], list[Tier]]] = {
        "floors": _floors,
        "needs": _needs,
        "shares": _shares,
        "objectives": _objectives,
        "cost": _cost,
    }
    tiers = _limits(builder, network) + _firm_orders(builder)
    named = network.case.scenario.tiers
    leads = 1 if named[:1] == ("floors",) else 0
    for place, name in enumerate(named):
        tiers += _frozen(builder, network) if place == leads else []
        tiers += makers[name](builder, network)
        tiers += _asks(builder, network) if name == "needs" else []
    tiers += [] if "needs" in named else _asks(builder, network)
    tiers += _frozen(builder, network) if leads == len(named) else []
    return (*tiers, *_earliest(builder, network), *_change(builder, network))


def _limits(builder: Builder, network: Network) -> list[Tier]:
    days = network.horizon.days
    over = [builder.columns[name] for name in ("over_storage", "over_maximum") if builder.columns[name].size]
    if not over:
        return []
    numbers = np.concatenate([family.numbers for family in over])
    return [
        Tier.build("limits", numbers, np.concatenate([days[family.index["bucket"]] for family in over]).astype(float))
    ]


def _firm_orders(builder: Builder) -> list[Tier]:
    undelivered = builder.columns["undelivered"]
    return [Tier.build("firm orders", undelivered.numbers, np.ones(undelivered.size))] if undelivered.size else []


def _floors(builder: Builder, network: Network) -> list[Tier]:
    below = builder.columns["below_floor"]
    return [Tier.build("floors", below.numbers, network.horizon.days[below.index["bucket"]].astype(float))]


def _needs(builder: Builder, network: Network) -> list[Tier]:
    """Return for each priority the tier of what stays unmet and the tier of unit-days late."""
    issue, unmet, occurrences = builder.columns["issue"], builder.columns["unmet"], network.occurrences
    serving, bucket = issue.index["serving"], issue.index["bucket"]
    occurrence, days = lateness(network, serving, bucket)
    tiers, of_issue = [], np.where(days > 0, occurrences.priority[occurrence], -1)
    for priority in np.unique(occurrences.priority):
        missing = np.flatnonzero(occurrences.priority == priority)
        late = np.flatnonzero(of_issue == priority)
        tiers.append(Tier.build(f"needs {priority} unmet", unmet.start + missing, np.ones(len(missing))))
        unit_days = days[late].astype(float) * meets(network, serving[late], bucket[late])
        tiers.append(Tier.build(f"needs {priority} late", issue.start + late, unit_days))
    return tiers


def lateness(network: Network, serving: Days, bucket: Days) -> tuple[Days, Days]:
    """Return the occurrence that each issue serves, and the days from the end of its due bucket to the issue's."""
    occurrence = network.servings.occurrence[serving]
    ends = network.horizon.ends
    return occurrence, np.maximum(ends[bucket] - ends[network.occurrences.due][occurrence], 0)


def _asks(builder: Builder, network: Network) -> list[Tier]:
    ask = builder.columns["ask"]
    return [Tier.build("asks", ask.numbers, np.ones(ask.size))] if network.handover.open else []


def _shares(builder: Builder, network: Network) -> list[Tier]:
    """Return the tier of what is given above the shares, in EUR; none in a case without keys."""
    over = builder.columns["over_share"]
    return [Tier.build("shares", over.numbers, np.full(over.size, value_unit(network)))] if over.size else []


def _objectives(builder: Builder, network: Network) -> list[Tier]:
    below = builder.columns["below_objective"]
    bucket = below.index["bucket"]
    weight = network.horizon.days[bucket] / network.levels.priority[below.index["level"], bucket]
    return [Tier.build("objectives", below.numbers, weight)]


def _cost(builder: Builder, network: Network) -> list[Tier]:
    """Add up purchases, production, transport, holding, expansions, what is thrown away and what stays unmet.

    Set-ups count to production, and fixed costs of legs to transport.
    """
    parts = (
        ("purchase", purchase_costs(builder, network)),
        ("start", start_costs(network)),
        ("run", run_costs(builder, network)),
        ("ship", ship_costs(network) + waste_costs(network)),
        ("used", use_costs(builder, network)),
        ("stock", holding_costs(network)),
        ("expand", expansion_costs(builder, network)),
        ("expire", expiry_costs(builder, network)),
        ("unmet", network.occurrences.unmet_cost),
    )
    return [Tier.of("cost", ((builder.columns[name], costs) for name, costs in parts))]


def purchase_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the price of each unit bought, in EUR."""
    return network.contracts.price[builder.columns["purchase"].index["contract"]]


def start_costs(network: Network) -> Floats:
    """Return the cost of each unit started, in EUR."""
    costs = of_processes(network, "unit_cost_eur")
    return network.makings.span.each(costs[network.makings.process])


def ship_costs(network: Network) -> Floats:
    """Return the cost of carrying each unit over its leg, in EUR."""
    per_t = numbers_of(network.case["legs"]["cost_eur_per_t"], 0.0)
    return network.moves.span.each(per_t[network.moves.leg] * masses(network)[move_items(network)])


def waste_costs(network: Network) -> Floats:
    """Return the value of what arrives of each unit after its last day of use and is thrown away then, in EUR."""
    spots, destination, dated = network.spots, network.moves.destination, np.flatnonzero(dated_moves(network))
    each, ship, arrives, share = arrivals(network, dated)
    lost = share - living(network, dated[each], ship, arrives, share)
    wasted = np.bincount(ship, lost, network.moves.span.size).astype(np.float64, copy=False)
    some = np.flatnonzero(wasted)
    item = spots.item[destination[network.moves.span.owner[some]]]
    wasted[some] *= numbers_of(network.case["items"]["value_eur"], 0.0)[item]
    return wasted


def holding_costs(network: Network) -> Floats:
    """Return the cost of holding a unit at the end of a bucket for the months of that bucket, in EUR."""
    span, horizon = network.spots.span, network.horizon
    per_month = numbers_of(network.case["items"]["holding_eur_per_month"], 0.0)
    months = horizon.months(horizon.starts, horizon.ends)
    return span.each(per_month[network.spots.item]) * months[span.bucket]


def expiry_costs(builder: Builder, network: Network) -> Floats:
    """Return the value of each unit thrown away, in EUR."""
    value = numbers_of(network.case["items"]["value_eur"], 0.0)
    return value[network.spots.item[builder.columns["expire"].index["spot"]]]


def _earliest(builder: Builder, network: Network) -> list[Tier]:
    """Add up when what is asked for is met, and all handling: moves, kits put together, goods used for others."""
    issue, start, use = (builder.columns[name] for name in ("issue", "start", "use"))
    days = network.horizon.ends.astype(float)[issue.index["bucket"]]
    if network.servings.pair is not None:
        serving = issue.index["serving"]
        days *= meets(network, serving, issue.index["bucket"])
        days += HANDLING * (network.servings.pair[serving] >= 0)
    handling = HANDLING * (1.0 + network.legs.transit[network.moves.leg])
    kits = np.where(network.makings.process >= network.recipe.processes, HANDLING, 0.0)
    stand_ins = np.where(network.supplies.pair >= 0, HANDLING, 0.0)
    parts = (
        (issue, days),
        (builder.columns["ship"], network.moves.span.each(handling)),
        (start, kits[start.index["making"]]),
        (use, stand_ins[use.index["supply"]]),
    )
    return [Tier.of("earliest", parts)]


def build_release(builder: Builder, network: Network) -> Release | None:
    """Say where floors give way: at parties that need the item themselves, once what others take stands as it is."""
    tiers = network.case.scenario.tiers
    if "floors" not in tiers or "needs" not in tiers or tiers.index("needs") < tiers.index("floors"):
        return None
    items, occurrences, levels = len(network.names.items), network.occurrences, network.levels
    below = builder.columns["below_floor"]
    owned = levels.party * items + levels.item
    asked = (network.place_party[occurrences.place] * items + occurrences.item)[occurrences.own]
    with_floor = np.bincount(below.index["level"], minlength=len(levels)) > 0
    both = np.intersect1d(_with_parts(network, asked), owned[with_floor])
    if not len(both):
        return None
    freed = below.start + np.flatnonzero(np.isin(owned, both)[below.index["level"]])
    parties = np.unique(both // items)
    return Release(_short(builder, network, parties), freed, _taken_by_others(builder, network, both))


def _short(builder: Builder, network: Network, parties: Days) -> Days:
    """Return the columns that tell whether an own need of one of these parties is short or late."""
    issue, unmet, occurrences = builder.columns["issue"], builder.columns["unmet"], network.occurrences
    asks = occurrences.own & np.isin(network.place_party[occurrences.place], parties)
    occurrence, days = lateness(network, issue.index["serving"], issue.index["bucket"])
    late = (days > 0) & asks[occurrence]
    return np.concatenate([unmet.numbers[asks], issue.start + np.flatnonzero(late)])


def _taken_by_others(builder: Builder, network: Network, floors: Days) -> Days:
    """Return the columns in which others take an item from a party, or what it makes of that item.

    `floors` numbers the parties and items whose floors give way.
    """
    ship, issue, spots = builder.columns["ship"], builder.columns["issue"], network.spots
    party = network.place_party[spots.place]
    owned = party * len(network.names.items) + spots.item
    origin, destination = network.moves.origin, network.moves.destination
    products = _with_products(network, owned, floors)
    given = (party[origin] != party[destination]) & np.isin(owned[origin], products)
    servings = network.servings
    foreign = ~network.occurrences.own[servings.occurrence] & np.isin(owned[servings.spot], products)
    return np.concatenate([
        ship.start + np.flatnonzero(given[ship.index["move"]]),
        issue.start + np.flatnonzero(foreign[issue.index["serving"]]),
    ])  # fmt: skip


def _takings(network: Network) -> tuple[Days, Days]:
    """Return every (making, spot) from which a making may take: its components, and what may stand in for them."""
    makings, supplies = network.makings, network.supplies
    there = np.flatnonzero(makings.takes_spot >= 0)
    which, supply = pairs(makings.takes_spot[there], supplies.target)
    making = makings.takes_making[there]
    taken = np.concatenate([makings.takes_spot[there], supplies.source[supply]])
    return np.concatenate([making, making[which]]), taken


def _with_products(network: Network, owned: Days, floors: Days) -> Days:
    """Add to parties and items what is made of these items there, and of that again."""
    makings, makes = network.makings, floors
    making, taken = _takings(network)
    while True:
        using = making[np.isin(owned[taken], makes)]
        more = np.union1d(makes, owned[makings.gives_spot[np.isin(makings.gives_making, using)]])
        if len(more) == len(makes):
            return more
        makes = more


def _frozen(builder: Builder, network: Network) -> list[Tier]:
    """Return the tier of what is decided otherwise than in the previous plan while that is frozen."""
    frozen = network.decided.frozen
    return [change_tier(builder, network, "frozen", frozen)] if frozen else []


def _change(builder: Builder, network: Network) -> list[Tier]:
    """Return the tier of what is decided otherwise than in the previous plan; none without one."""
    decided = network.decided
    return [change_tier(builder, network, "change", len(network.horizon))] if len(decided) else []


def _with_parts(network: Network, asked: Days) -> Days:
    """Add to the parties and items of own needs what may be issued instead, and what goes into kits for them."""
    spots, makings, servings = network.spots, network.makings, network.servings
    owned = network.place_party[spots.place] * len(network.names.items) + spots.item
    needs = np.union1d(asked, owned[servings.spot[network.occurrences.own[servings.occurrence]]])
    making, taken = _takings(network)
    kit = makings.process[makings.gives_making] >= network.recipe.processes
    while True:
        wanted = makings.gives_making[kit & np.isin(owned[makings.gives_spot], needs)]
        more = np.union1d(needs, owned[taken[np.isin(making, wanted)]])
        if len(more) == len(needs):
            return more
        needs = more
