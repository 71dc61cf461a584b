"""The tiers: what is made as small as possible, one after the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorta.network import Network
from scorta.problem.contracts import purchase_costs
from scorta.problem.keys import value_unit
from scorta.problem.legs import ship_costs, use_costs, waste_costs
from scorta.problem.lines import expansion_costs
from scorta.problem.needs import lateness, meets
from scorta.problem.previous import change_tier
from scorta.problem.problem import Builder, TierSum
from scorta.problem.production import start_costs
from scorta.problem.stocks import expiry_costs, holding_costs
from scorta.problem.switches import run_costs
from scorta.rules import Column, Tier, TierKind

HANDLING_WEIGHT = 1e-3
"""Weight of moving a unit, or using it in place of another, against delivering one a day earlier: enough to forbid
what is pointless, no more."""


def build_tiers(builder: Builder, network: Network) -> tuple[TierSum, ...]:
    """Return the tiers of the scenario in order, after limits and firm orders, before the earliest delivery.

    With a previous plan, what is frozen comes before all of them but floors that lead, and the least change at last.
    """
    makers: dict[str, Callable[[Builder, Network], list[TierSum]]] = {
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
    change = [change_tier(builder, network, TierKind.CHANGE, len(network.horizon))] if len(network.decided) else []
    return (*tiers, *_earliest(builder, network), *change)


def _limits(builder: Builder, network: Network) -> list[TierSum]:
    days = network.horizon.days
    over = [builder.columns[name] for name in (Column.OVER_STORAGE, Column.OVER_MAXIMUM) if builder.columns[name].size]
    if not over:
        return []
    numbers = np.concatenate([family.numbers for family in over])
    unit_days = np.concatenate([days[family.index["bucket"]] for family in over]).astype(float)
    return [TierSum.build(Tier(TierKind.LIMITS), numbers, unit_days)]


def _firm_orders(builder: Builder) -> list[TierSum]:
    undelivered = builder.columns[Column.UNDELIVERED]
    if not undelivered.size:
        return []
    return [TierSum.build(Tier(TierKind.FIRM_ORDERS), undelivered.numbers, np.ones(undelivered.size))]


def _floors(builder: Builder, network: Network) -> list[TierSum]:
    below = builder.columns[Column.BELOW_FLOOR]
    days = network.horizon.days[below.index["bucket"]].astype(float)
    return [TierSum.build(Tier(TierKind.FLOORS), below.numbers, days)]


def _needs(builder: Builder, network: Network) -> list[TierSum]:
    """Return for each priority the tier of what stays unmet and the tier of unit-days late."""
    issued, unmet, occurrences = builder.columns[Column.ISSUE], builder.columns[Column.UNMET], network.occurrences
    issue, bucket = issued.index["issue"], issued.index["bucket"]
    occurrence, days = lateness(network, issue, bucket)
    tiers, of_issue = [], np.where(days > 0, occurrences.priority[occurrence], -1)
    for priority in np.unique(occurrences.priority):
        missing = np.flatnonzero(occurrences.priority == priority)
        late = np.flatnonzero(of_issue == priority)
        short, tardy = Tier(TierKind.NEEDS_UNMET, int(priority)), Tier(TierKind.NEEDS_LATE, int(priority))
        tiers.append(TierSum.build(short, unmet.start + missing, np.ones(len(missing))))
        unit_days = days[late].astype(float) * meets(network, issue[late], bucket[late])
        tiers.append(TierSum.build(tardy, issued.start + late, unit_days))
    return tiers


def _asks(builder: Builder, network: Network) -> list[TierSum]:
    ask = builder.columns[Column.ASK]
    return [TierSum.build(Tier(TierKind.ASKS), ask.numbers, np.ones(ask.size))] if network.handover.open else []


def _shares(builder: Builder, network: Network) -> list[TierSum]:
    """Return the tier of what is given above the shares, in EUR; none in a case without keys."""
    over = builder.columns[Column.OVER_SHARE]
    if not over.size:
        return []
    return [TierSum.build(Tier(TierKind.SHARES), over.numbers, np.full(over.size, value_unit(network)))]


def _objectives(builder: Builder, network: Network) -> list[TierSum]:
    below = builder.columns[Column.BELOW_OBJECTIVE]
    bucket = below.index["bucket"]
    weight = network.horizon.days[bucket] / network.levels.priority[below.index["level"], bucket]
    return [TierSum.build(Tier(TierKind.OBJECTIVES), below.numbers, weight)]


def _cost(builder: Builder, network: Network) -> list[TierSum]:
    """Add up purchases, production, transport, holding, expansions, what is thrown away and what stays unmet.

    Set-ups count to production, and fixed costs of legs to transport.
    """
    parts = (
        (Column.PURCHASE, purchase_costs(builder, network)),
        (Column.START, start_costs(network)),
        (Column.RUN, run_costs(builder, network)),
        (Column.SHIP, ship_costs(network) + waste_costs(network)),
        (Column.USED, use_costs(builder, network)),
        (Column.STOCK, holding_costs(network)),
        (Column.EXPAND, expansion_costs(builder, network)),
        (Column.EXPIRE, expiry_costs(builder, network)),
        (Column.UNMET, network.occurrences.unmet_cost),
    )
    return [TierSum.of(Tier(TierKind.COST), ((builder.columns[name], costs) for name, costs in parts))]


def _earliest(builder: Builder, network: Network) -> list[TierSum]:
    """Add up when what is asked for is met, and all handling: moves, kits put together, goods used for others."""
    issued, start, use = (builder.columns[name] for name in (Column.ISSUE, Column.START, Column.USE))
    days = network.horizon.ends.astype(float)[issued.index["bucket"]]
    if network.issues.pair is not None:
        issue = issued.index["issue"]
        days *= meets(network, issue, issued.index["bucket"])
        days += HANDLING_WEIGHT * (network.issues.pair[issue] >= 0)
    handling = HANDLING_WEIGHT * (1.0 + network.legs.transit[network.moves.leg])
    kits = np.where(network.production.row >= network.recipe.processes, HANDLING_WEIGHT, 0.0)
    stand_ins = np.where(network.component_use.pair >= 0, HANDLING_WEIGHT, 0.0)
    parts = (
        (issued, days),
        (builder.columns[Column.SHIP], network.moves.span.each(handling)),
        (start, kits[start.index["process"]]),
        (use, stand_ins[use.index["use"]]),
    )
    return [TierSum.of(Tier(TierKind.EARLIEST), parts)]


def _frozen(builder: Builder, network: Network) -> list[TierSum]:
    """Return the tier of what is decided otherwise than in the previous plan while that is frozen."""
    frozen = network.decided.frozen
    return [change_tier(builder, network, TierKind.FROZEN, frozen)] if frozen else []
