"""Other goods: what the plan does with goods that a need does not depend on stays as it is."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import polars as pl

from scorta.case import BEYOND, Case
from scorta.network import UNRESERVED, Network, Pledges, days_of, matches
from scorta.plan import Plan
from scorta.problem import budget_unit, surplus, value_unit
from scorta.rules import Column, Rule
from scorta.verify import budgeted_of, open_books, spread
from scorta.why.draft import Draft, held, room


def hold_other_goods(case: Case, plan: Plan, network: Network, draft: Draft, count: int) -> None:
    """Leave to other goods what they have in the plan, and to limits, firm orders and asks what they are in the case.

    The network is that of a part of the case. Of its table of pledges only the first rows, so many of them, are
    promised.
    """
    _free_switches(draft)
    _leave_room(plan, network, draft)
    _leave_storage(plan, network, draft)
    _leave_making(case, plan, network, draft)
    _leave_money(case, plan, network, draft)
    _leave_shares(plan, network, draft)
    _hold_limits(plan, network, draft)
    _hold_firm_orders(plan, network, draft)
    _hold_asks(network, draft, count)


def _free_switches(draft: Draft) -> None:
    """Let what is switched on be as much as can be: whole numbers are left out of account.

    The most that a switch lets through is what hours, components and stock allow as they are, and any of these may give
    way.
    """
    for name in (Rule.SET_UP, Rule.LINE_RUNS, Rule.LEG_USE):
        rows = draft.problem.rules[name]
        draft.row_upper[rows.start : rows.stop] = np.inf


def _hold_limits(plan: Plan, network: Network, draft: Draft) -> None:
    """Let maxima be exceeded no more than in the plan, and no storage by more than already lies there."""
    columns, days, rows = (
        draft.problem.columns,
        network.horizon.days.astype(np.float64),
        draft.problem.rules[Rule.MAXIMUM],
    )
    owner, bucket = rows.index["owner"], rows.index["bucket"]
    above = np.maximum(held(plan, network)[owner, bucket] - draft.row_upper[rows.start : rows.stop], 0.0)
    for name, most in ((Column.OVER_STORAGE, 0.0), (Column.OVER_MAXIMUM, float(above @ days[bucket]))):
        family = columns[name]
        draft.row(family.numbers.astype(np.int64), days[family.index["bucket"]], room(most))


def _hold_firm_orders(plan: Plan, network: Network, draft: Draft) -> None:
    """Let firm orders stay undelivered no more than in the plan."""
    undelivered, contracts = draft.problem.columns[Column.UNDELIVERED], network.contracts
    bought = plan["handovers"].filter(basis="contract").group_by("agreement").agg(pl.col("quantity").sum())
    delivered = dict(bought.iter_rows())
    for column, contract in zip(undelivered.numbers, undelivered.index["contract"], strict=True):
        code = network.case["contracts"]["contract"][int(contracts.row[contract])]
        lacks = max(float(contracts.firm[contract]) - delivered.get(code, 0.0), 0.0)
        draft.row(np.array([column], dtype=np.int64), np.ones(1), room(lacks))


def _hold_asks(network: Network, draft: Draft, count: int) -> None:
    """Let as much be asked of a giver as if nothing but its own pledges were promised."""
    pledges, asks = network.pledges, draft.problem.rules[Rule.ASK]
    promised = pledges.row < count
    known = Pledges(**{side.name: getattr(pledges, side.name)[promised] for side in fields(pledges)})
    owned = network.owned.of(asks.index["giver"], asks.index["item"])
    draft.row_upper[asks.start : asks.stop] = surplus(replace(network, pledges=known))[owned]


def _leave_room(plan: Plan, network: Network, draft: Draft) -> None:
    """Take what the plan carries of other goods from what legs and places carry."""
    names, horizon = network.names, network.horizon
    others = plan["shipments"].filter(_of_others(network), pl.col("mass_t") > 0)
    legs = network.case["legs"].select("leg", "transit_days").with_row_index("number")
    others = others.join(legs, on="leg", how="left", maintain_order="left")
    bucket, tonnes = others["bucket"].to_numpy(), others["mass_t"].to_numpy()
    owner = network.legs.capacity[others["number"].to_numpy()]
    first, last = (days_of(others[name], horizon, 0) for name in ("leaves_from", "leaves_until"))
    draft.take(Rule.LEG_CAPACITY, owner, bucket, tonnes)
    windows = draft.problem.rules[Rule.LEG_WINDOW]
    for number, *window in zip(windows.numbers, *(windows.index[side] for side in _WINDOW), strict=True):
        inside = (owner == window[0]) & (bucket == window[1]) & (first >= window[2]) & (last <= window[3])
        draft.lower_rows(np.array([number]), tonnes[inside].sum(keepdims=True))
    draft.take(Rule.THROUGHPUT_OUT, names.places.of(others["origin"]), bucket, tonnes)
    flow, arrives, share = spread(horizon, first, last, others["transit_days"].to_numpy())
    draft.take(Rule.THROUGHPUT_IN, names.places.of(others["destination"])[flow], arrives, share * tonnes[flow])


_WINDOW = ("capacity", "bucket", "first", "last")
"""The sides of a rule that bounds what leaves on some days of a bucket."""


def _leave_storage(plan: Plan, network: Network, draft: Draft) -> None:
    """Take the tonnes of other goods that lie at a place from its storage, but nothing from what lies there of its own.

    Goods that lie there on the first day, or come in as receipts, may be more than the storage holds.
    """
    rows = draft.problem.rules[Rule.STORAGE]
    if not rows.size:
        return
    mass = network.case["items"].select("item", tonnes=pl.col("mass_kg").fill_null(0.0) / 1000)
    levels = plan["stock_levels"].join(mass, on="item", maintain_order="left").with_columns(other=_of_others(network))
    tonnes = pl.col("tonnes") * pl.col("quantity")
    lies = levels.group_by("place", "bucket", maintain_order=True).agg(
        own=(tonnes * ~pl.col("other")).sum(), others=(tonnes * pl.col("other")).sum()
    )
    place, bucket = network.names.places.of(lies["place"]), lies["bucket"].to_numpy()
    own, others = np.zeros((2, len(network.names.places), len(network.horizon)))
    own[place, bucket], others[place, bucket] = lies["own"], lies["others"]
    at = rows.index["owner"], rows.index["bucket"]
    limit = draft.row_upper[rows.start : rows.stop]
    draft.row_upper[rows.start : rows.stop] = np.maximum(limit - others[at], own[at])


def _leave_making(case: Case, plan: Plan, network: Network, draft: Draft) -> None:
    """Take the hours and components that go into other goods from lines, and from what lies where they are made."""
    runs = pl.col("process").is_in(network.case["processes"]["process"].implode())
    others = plan["production"].filter(~runs).select("process", "place", "bucket", "started")
    if others.is_empty():
        return
    own = case["processes"].select("process", "line", "line_hours_per_unit")
    hours = others.join(pl.concat([own, case["loads"].select(own.columns)]).drop_nulls(), on="process")
    taken = (hours["started"] * hours["line_hours_per_unit"]).to_numpy()
    for rule in (Rule.LINE_HOURS, Rule.LINE_MAXIMUM):
        draft.take(rule, network.names.lines.of(hours["line"]), hours["bucket"].to_numpy(), taken)
    parts = others.join(case["components"].select("process", "item", "quantity"), on="process")
    names, spots, goods = network.names, network.spots, network.goods
    free = np.flatnonzero((spots.reservation == UNRESERVED) & (spots.expires == BEYOND))
    at, of_free = matches(
        goods.of(names.places.of(parts["place"]), names.items.of(parts["item"])),
        goods.of(spots.place, spots.item)[free],
    )
    balance = draft.problem.rules[Rule.BALANCE].start + spots.span.at(free[of_free], parts["bucket"].to_numpy()[at])
    draft.shift_rows(balance, (parts["started"] * parts["quantity"]).to_numpy()[at])


def _leave_money(case: Case, plan: Plan, network: Network, draft: Draft) -> None:
    """Take what the plan pays for other goods from budgets.

    That of an expansion is paid for them where only they run on its line, and the fixed cost of a leg where nothing
    else goes over it in that bucket.
    """
    rule = draft.problem.rules[Rule.BUDGET]
    if not rule.size:
        return
    goods, part = ("orders", "production", "shipments"), network.case
    tables = {name: table.clear() for name, table in plan.tables.items()}
    tables |= {name: plan[name].filter(_of_others(network)) for name in goods}
    runs_on = pl.concat([part["processes"]["line"], part["loads"]["line"]]).drop_nulls()
    tables["expansions"] = plan["expansions"].filter(~pl.col("line").is_in(runs_on.implode()))
    tables["leg_use"] = plan["leg_use"].join(
        plan["shipments"].filter(~_of_others(network)), on=["leg", "bucket"], how="anti"
    )
    others = case.replace(receipts=case["receipts"].filter(_of_others(network)))
    paid = budgeted_of(open_books(others, tables))
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
    whole = np.bincount(shares.key, value[shares.party], len(network.names.keys))[shares.key]
    for name, part in ((Rule.KEY, shares.share), (Rule.KEY_CAP, shares.share + shares.cap)):
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
