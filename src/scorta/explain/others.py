"""Others: what the plan does with goods that a need does not depend on stays as it is."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import polars as pl

from scorta.case import Case
from scorta.explain.drafting import Draft, room
from scorta.network import Grants, Network, days_of
from scorta.plan import Plan
from scorta.problem import budget_unit, capacities, surplus, value_unit
from scorta.verify.books import open_books
from scorta.verify.spans import spread
from scorta.verify.spending import budgeted


def hold_others(case: Case, plan: Plan, network: Network, draft: Draft, pledges: int) -> None:
    """Leave to other goods what they have in the plan, and to limits, firm orders and asks what they are in the case.

    The network is that of a part of the case. Of its table of pledges only the first rows, so many of them, are
    promised.
    """
    _leave_room(plan, network, draft)
    above = _leave_storage(plan, network, draft)
    _leave_money(case, plan, network, draft)
    _leave_shares(plan, network, draft)
    _hold_limits(plan, draft, above)
    _hold_asks(network, draft, pledges)


def _hold_limits(plan: Plan, draft: Draft, above: float) -> None:
    """Let limits be exceeded, and firm orders stay undelivered, no more than in the plan.

    What other goods leave of a storage may be exceeded by so many tonne-days `above` that.
    """
    values = {tier.name: tier.value for tier in plan.record.tiers}
    for name, least in (("limits", above), ("firm orders", 0.0)):
        for tier in (tier for tier in draft.problem.tiers if tier.name == name):
            draft.row(tier.columns, tier.costs, room(max(values.get(name, 0.0), least)))


def _hold_asks(network: Network, draft: Draft, pledges: int) -> None:
    """Let as much be asked of a giver as if nothing but its own pledges were promised."""
    grants, asks = network.grants, draft.problem.rules["ask"]
    promised = grants.row < pledges
    known = Grants(**{side.name: getattr(grants, side.name)[promised] for side in fields(grants)})
    owned = asks.index["giver"] * len(network.names.items) + asks.index["item"]
    draft.row_upper[asks.start : asks.stop] = surplus(replace(network, grants=known))[owned]


def _leave_room(plan: Plan, network: Network, draft: Draft) -> None:
    """Take what the plan carries of other goods from what legs and places carry."""
    names, horizon = network.names, network.horizon
    others = plan["shipments"].filter(_of_others(network), pl.col("mass_t") > 0)
    legs = network.case["legs"].select("leg", "transit_days").with_row_index("number")
    others = others.join(legs, on="leg", how="left", maintain_order="left")
    bucket, tonnes = others["bucket"].to_numpy(), others["mass_t"].to_numpy()
    owner = capacities(network)[0][others["number"].to_numpy()]
    first, last = (days_of(others[name], horizon, 0) for name in ("leaves_from", "leaves_until"))
    draft.take("leg_capacity", owner, bucket, tonnes)
    windows = draft.problem.rules["leg_window"]
    for number, *window in zip(windows.numbers, *(windows.index[side] for side in _WINDOW), strict=True):
        inside = (owner == window[0]) & (bucket == window[1]) & (first >= window[2]) & (last <= window[3])
        draft.lower_rows(np.array([number]), tonnes[inside].sum(keepdims=True))
    draft.take("throughput_out", names.places.of(others["origin"]), bucket, tonnes)
    flow, arrives, share = spread(horizon, first, last, others["transit_days"].to_numpy())
    draft.take("throughput_in", names.places.of(others["destination"])[flow], arrives, share * tonnes[flow])


_WINDOW = ("capacity", "bucket", "first", "last")
"""The sides of a rule that bounds what leaves on some days of a bucket."""


def _leave_storage(plan: Plan, network: Network, draft: Draft) -> float:
    """Take the tonnes of other goods that lie at a place from its storage, but nothing from what lies there of its own.

    Goods that lie there on the first day may be more than the storage holds. Return by how many tonne-days the goods
    are above what is left of it: what was there first, or comes in as a receipt.
    """
    rows = draft.problem.rules["storage"]
    if not rows.size:
        return 0.0
    mass = network.case["items"].select("item", tonnes=pl.col("mass_kg").fill_null(0.0) / 1000)
    levels = plan["stock_levels"].join(mass, on="item", maintain_order="left").with_columns(other=_of_others(network))
    tonnes = pl.col("tonnes") * pl.col("quantity")
    held = levels.group_by("place", "bucket", maintain_order=True).agg(
        own=(tonnes * ~pl.col("other")).sum(), others=(tonnes * pl.col("other")).sum()
    )
    place, bucket = network.names.places.of(held["place"]), held["bucket"].to_numpy()
    own, others = np.zeros((2, len(network.names.places), len(network.horizon)))
    own[place, bucket], others[place, bucket] = held["own"], held["others"]
    at = rows.index["owner"], rows.index["bucket"]
    limit = draft.row_upper[rows.start : rows.stop]
    left = np.maximum(limit - others[at], np.minimum(limit, own[at]))
    draft.row_upper[rows.start : rows.stop] = left
    return float(np.maximum(own[at] - left, 0.0) @ network.horizon.days[rows.index["bucket"]])


def _leave_money(case: Case, plan: Plan, network: Network, draft: Draft) -> None:
    """Take what the plan pays for other goods from budgets; expansions and fixed costs of legs are nobody's."""
    rule = draft.problem.rules["budget"]
    if not rule.size:
        return
    goods = ("orders", "production", "shipments")
    tables = {name: table.clear() for name, table in plan.tables.items()}
    tables |= {name: plan[name].filter(_of_others(network)) for name in goods}
    others = case.replace(receipts=case["receipts"].filter(_of_others(network)))
    paid = budgeted(open_books(others, tables))
    years = network.horizon.years
    spent = np.zeros((len(network.names.parties), len(years)))
    spent[network.names.parties.of(paid["party"]), paid["year"].to_numpy() - years.start] = paid["amount"].to_numpy()
    draft.lower_rows(rule.numbers, spent[rule.index["party"], rule.index["year"] - years.start] / budget_unit(network))


def _leave_shares(plan: Plan, network: Network, draft: Draft) -> None:
    """Count what the plan gives of other goods towards the shares of keys and their caps."""
    if network.case["keys"].is_empty():
        return
    shares, gifts = network.shares, plan["handovers"].filter(_of_others(network), pl.col("basis").is_in(GIVEN))
    value = np.zeros(len(network.names.parties))
    np.add.at(value, network.names.parties.of(gifts["giver"]), gifts["value_eur"].fill_null(0.0).to_numpy())
    whole = np.bincount(shares.key, value[shares.party], len(shares.names))[shares.key]
    for name, part in (("key", shares.share), ("key_cap", shares.share + shares.cap)):
        rule = draft.problem.rules[name]
        of_it = rule.index["share"]
        more = part[of_it] * whole[of_it] - value[shares.party[of_it]]
        draft.row_upper[rule.start : rule.stop] += more / value_unit(network)


GIVEN = ("pledge", "ask")
"""What covers a gift that counts towards shares."""


def _of_others(network: Network) -> pl.Expr:
    """Tell goods that are none of those of the network."""
    own = network.names.items.code(np.unique(network.spots.item))
    return ~pl.col("item").is_in(own.implode())
