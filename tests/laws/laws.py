"""What is true of every plan: each law is one function of a source of chance and a process of the solver.

The laws are written from the raw rows of a case and of its plan, never with the engine's own words for them, so that
they cannot agree with a fault. A law about two cases compares their tiers, one after the other: what is better in an
earlier tier may be worse in a later one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.cases import AS_OF
from tests.laws.chance import Facts, Wishes, build, chance_facts, copied, ordering_facts, sharing_facts
from tests.laws.reference import Clock

from scorta.desk import make_plan
from scorta.network import build_network
from scorta.plan import Plan
from scorta.problem import build_problem
from scorta.solve import SolverProcess

Law = Callable[[Random, SolverProcess], None]
Tiers = dict[str, float]

CLOSE = 1e-6
"""How far two tiers may be apart and count as the same, relative to them."""

BARE = Wishes(limits=False, dated=False, making=False)
CODES = {
    *("party", "place", "item", "need", "leg", "pledge", "process", "line", "shared_capacity"),
    *("donor", "recipient", "origin", "destination", "only_for", "reserved_for", "component", "substitute"),
    *("contract", "buyer", "supplier", "deliver_to"),
    *("expansion", "paid_by", "key"),
}
"""The fields that hold codes."""


BOUGHT = Wishes(contracts=True)


def anything(rng: Random, **wishes: Any) -> Facts:
    """Return the facts of a case by chance, some with contracts and budgets."""
    return chance_facts(rng, Wishes(contracts=rng.random() < 0.3, **wishes))


def clock_of(facts: Facts) -> Clock:
    """Return the clock of a case."""
    return Clock(facts["horizon"], facts.get("as_of", AS_OF))


def planned(facts: Facts, solver: SolverProcess) -> Plan:
    """Return the plan of a case, checked."""
    return make_plan(build(facts), certify=False, solver=solver)


def tiers(facts: Facts, solver: SolverProcess) -> Tiers:
    """Return the tiers of the plan of a case."""
    return {tier.name: tier.value for tier in solver.solve(build_problem(build_network(build(facts)))).tiers}


def assert_same(one: Tiers, other: Tiers) -> None:
    """Assert that two plans are equally good in every tier."""
    assert one == pytest.approx(other, rel=CLOSE, abs=CLOSE)


def assert_no_worse(after: Tiers, before: Tiers) -> None:
    """Assert that the first tier that differs is better; a tier that is not there is at nothing."""
    for name in ["limits", *before]:
        new, old = after.get(name, 0.0), before.get(name, 0.0)
        if abs(new - old) > CLOSE * max(1.0, abs(old)):
            assert new < old, name
            return


def nothing_appears_and_nothing_is_lost(rng: Random, solver: SolverProcess) -> None:
    """What was there, came in and was made is issued, used, thrown away, still there, or under way."""
    facts = anything(rng)
    plan, clock = planned(facts, solver), clock_of(facts)
    sums: dict[str, float] = defaultdict(float)
    for row in facts["stocks"]:
        sums[row["item"]] += row["quantity"] if row.get("expires_on", 0) >= 0 else 0.0
    for row in facts["receipts"]:
        sums[row["item"]] += row["quantity"] if row["due_on"] <= clock.last_day else 0.0
    _add_made(facts, plan, clock, sums)
    _add_instead(facts, plan, sums)
    for row in plan["issues"].to_dicts():
        sums[row["item"]] -= row["quantity"]
    for row in plan["stock_levels"].to_dicts():
        sums[row["item"]] -= row["expired"] + (row["quantity"] if row["date"] == clock_end(clock) else 0.0)
    for row in plan["shipments"].to_dicts():
        sums[row["item"]] -= row["quantity"] * (1 - _arrives_alive(facts, clock, row))
    assert dict(sums) == pytest.approx(dict.fromkeys(sums, 0.0), abs=1e-4)


def clock_end(clock: Clock) -> Any:
    """Return the date of the last day."""
    return clock.later(clock.as_of, "day", clock.last_day)


def _named(rows: list[dict[str, Any]], field: str, code: str) -> dict[str, Any]:
    """Return the row with a code."""
    return next(row for row in rows if row[field] == code)


def _add_made(facts: Facts, plan: Plan, clock: Clock, sums: dict[str, float]) -> None:
    """Add what starts give within the plan, less what they take."""
    for row in plan["production"].to_dicts():
        process = _named(facts["processes"], "process", row["process"])
        days = clock.days(row["bucket"], process.get("from_date"), process.get("until_date"))
        comes = sum(share for _, share in clock.arrivals(days, process["lead_time_days"])) * row["started"]
        sums[process["item"]] += comes * process["yield"]
        for more in facts["coproducts"]:
            sums[more["item"]] += comes * more["quantity"] if more["process"] == row["process"] else 0.0
        for part in facts["components"]:
            force = [d for d in days if part.get("from_date", d) <= d <= part.get("until_date", d)]
            if part["process"] == row["process"]:
                sums[part["item"]] -= part["quantity"] * row["started"] * len(force) / len(days)


def _add_instead(facts: Facts, plan: Plan, sums: dict[str, float]) -> None:
    """Add kits put together and take out what went into them; what stood in for a component is gone, not that."""
    for row in plan["kits"].to_dicts():
        sums[row["item"]] += row["quantity"]
        for part in facts["kits"]:
            sums[part["component"]] -= part["quantity"] * row["quantity"] if part["item"] == row["item"] else 0.0
    for row in plan["component_use"].to_dicts():
        if row["item"] != row["component"]:
            sums[row["item"]] -= row["quantity"]
            sums[row["component"]] += row["meets"]


def _arrives_alive(facts: Facts, clock: Clock, row: dict[str, Any]) -> float:
    """Return the share of a shipment that arrives within the plan and the life of its lot."""
    leg = _named(facts["legs"], "leg", row["leg"])
    days = range(*((row[end] - clock.as_of).days + more for end, more in (("leaves_from", 0), ("leaves_until", 1))))
    end = clock.last_day + 1
    if row["expires_on"] is not None:
        end = min(end, (row["expires_on"] - clock.as_of).days + 1)
    return max(0.0, min(1.0, (end - days.start - leg["transit_days"]) / len(days)))


def nobody_receives_more_than_was_asked_or_granted(rng: Random, solver: SolverProcess) -> None:
    """Each time a need comes back it receives no more than its quantity; no pledge gives more than is left of it."""
    facts = anything(rng)
    plan = planned(facts, solver)
    issued: dict[Any, float] = defaultdict(float)
    for row in plan["issues"].to_dicts():
        issued[row["need"], row["required_by"]] += row["meets"]
    for (code, _), quantity in issued.items():
        assert quantity <= _named(facts["needs"], "need", code)["quantity"] + 1e-5
    given: dict[str, float] = defaultdict(float)
    for row in plan["handovers"].filter(pl.col("basis") == "pledge").to_dicts():
        given[row["agreement"] or ""] += row["quantity"]
    for code, quantity in given.items():
        pledge = _named(facts["pledges"], "pledge", code) if code else {"quantity": 0.0, "state": "committed"}
        left = max(pledge["quantity"] - pledge.get("delivered_quantity", 0.0), 0.0)
        assert quantity <= (0.0 if pledge["state"] == "withdrawn" else left) + 1e-5


def nobody_is_given_more_than_it_needs_and_holds(rng: Random, solver: SolverProcess) -> None:
    """Who has no leg to others is given no more of what keeps than it needs and aims to hold."""
    facts = chance_facts(rng, Wishes(gifts=("pledged", "free"), dated=False, making=False, instead=False))
    owner = {row["place"]: row["party"] for row in facts["places"]}
    onward = {owner[leg["origin"]] for leg in facts["legs"] if owner[leg["origin"]] != owner[leg["destination"]]}
    selling = {row["party"] for row in facts["parties"] if row["kind"] == "industry"}
    given: dict[tuple[str, str], float] = defaultdict(float)
    for row in planned(facts, solver)["handovers"].to_dicts():
        if not {row["giver"], row["receiver"]} & selling and row["receiver"] not in onward:
            given[row["receiver"], row["item"]] += row["quantity"]
    for (party, item), quantity in given.items():
        assert quantity <= _useful(facts, party, item) + 1e-5


def nobody_buys_what_it_cannot_use(rng: Random, solver: SolverProcess) -> None:
    """Beyond what is firm, and a minimum order of each contract, nobody buys more than it needs and aims to hold."""
    facts = ordering_facts(rng)
    for row in facts["items"]:
        row.pop("shelf_life_days", None)
    parts = {row["item"] for row in facts.get("components", [])}
    assert _buys_no_more(facts, planned(facts, solver), parts)


def _buys_no_more(facts: Facts, plan: Plan, apart: Collection[str] = ()) -> bool:
    """Tell whether nobody buys more than it can use, what is firm and due, and a minimum order of each contract."""
    bought: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan["orders"].to_dicts():
        bought[row["buyer"], row["item"]] += row["quantity"] if row["item"] not in apart else 0.0
    for (party, item), quantity in bought.items():
        rows = [row for row in facts["contracts"] if (row["buyer"], row["item"]) == (party, item)]
        due = [row for row in rows if row.get("until_date", 0) <= clock_of(facts).last_day]
        framework = [0.0 if {"firm", "option"} & set(row) else float("inf") for row in rows]
        least = [
            min(row.get("minimum_order", 0.0), row.get("option", most))
            for row, most in zip(rows, framework, strict=True)
        ]
        more = sum(row.get("firm", 0.0) for row in due) + sum(least)
        if quantity > _useful(facts, party, item) + more + 1e-5:
            return False
    return True


def _useful(facts: Facts, party: str, item: str) -> float:
    """Return what the needs of a party ask for, and the largest level that it aims to hold."""
    owner, clock = {row["place"]: row["party"] for row in facts["places"]}, clock_of(facts)
    needs = [row for row in facts["needs"] if (owner[row["place"]], row["item"]) == (party, item)]
    asked = sum(row["quantity"] * len(list(_times(clock, row))) for row in needs)
    aims = [row for row in facts["objectives"] if row["item"] == item]
    alone, places = (sum(max(row.get("floor", 0.0), row.get("objective", 0.0)) for row in rows) for rows in (
        [row for row in aims if row.get("party") == party],
        [row for row in aims if owner.get(row.get("place", "")) == party],
    ))  # fmt: skip
    return float(asked + max(alone, places))


def _times(clock: Clock, need: dict[str, Any]) -> Iterator[int]:
    """Yield the days on which a need is due within the plan."""
    first = clock.as_of + dt.timedelta(days=need["required_by"])
    until = min(need.get("until", clock.last_day), clock.last_day)
    for k in range(clock.last_day + 1 if "every" in need else 1):
        day = (clock.later(first, need.get("every", "day"), k) - clock.as_of).days
        if day <= (until if k else clock.last_day):
            yield day


def gifts_never_take_stock_below_a_floor(rng: Random, solver: SolverProcess) -> None:
    """Of parties without own needs no more is missing below the floors than if nothing were done at all."""
    facts = chance_facts(rng, BARE)
    plan, clock = planned(facts, solver), Clock(facts["horizon"])
    left = as_is = 0.0
    for row in (row for row in facts["objectives"] if "floor" in row):
        for t, (first, last) in enumerate(clock.buckets):
            days = last - first + 1
            left += days * max(0.0, row["floor"] - _level(facts, plan, row, t))
            as_is += days * max(0.0, row["floor"] - _lies(facts, row, last))
    assert left <= as_is + 1e-4


def _owned(facts: Facts, row: dict[str, Any]) -> set[str]:
    """Return the places that count for a row of the objectives."""
    if "place" in row:
        return {row["place"]}
    return {place["place"] for place in facts["places"] if place["party"] == row["party"]}


def _level(facts: Facts, plan: Plan, row: dict[str, Any], t: int) -> float:
    """Return what lies with an owner at the end of a bucket."""
    levels, places = plan["stock_levels"].to_dicts(), _owned(facts, row)
    return float(sum(line["quantity"] for line in levels
               if (line["item"], line["condition"], line["bucket"]) == (row["item"], "serviceable", t)
               and line["place"] in places))  # fmt: skip


def _lies(facts: Facts, row: dict[str, Any], day: int) -> float:
    """Return what would lie with an owner on a day if nothing were done."""
    stocks = [line for line in facts["stocks"] if line.get("condition") != "repairable"]
    rows = [*stocks, *(receipt for receipt in facts["receipts"] if receipt["due_on"] <= day)]
    places = _owned(facts, row)
    return float(sum(line["quantity"] for line in rows if line["item"] == row["item"] and line["place"] in places))


def one_more_pledge_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """A case with one more pledge is planned no worse; where gifts are open, a pledge says no to asks for the same."""
    facts = chance_facts(rng, Wishes(gifts=("pledged",), reserved=False))
    more = copied(facts)
    pledge = {"pledge": "MORE", "item": facts["items"][0]["item"], "quantity": 8.0, "state": "committed"}
    more["pledges"].append(pledge | {"donor": rng.choice(facts["parties"])["party"]})
    assert_no_worse(tiers(more, solver), tiers(facts, solver))


def asks_repeat_no_pledge_and_leave_the_floor(rng: Random, solver: SolverProcess) -> None:
    """A giver that makes and receives nothing is asked for what lies there less its pledges and its floor at most."""
    facts = chance_facts(rng, Wishes(gifts=("open",), reserved=False, dated=False, making=False, instead=False))
    plan = planned(facts, solver)
    asked: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan["handovers"].to_dicts():
        asked[row["giver"], row["item"]] += row["quantity"] if row["basis"] == "ask" else 0.0
        asked[row["receiver"], row["item"]] -= row["quantity"]
    for (party, item), quantity in asked.items():
        there = {"party": party, "item": item}
        has = _lies(facts, there, Clock(facts["horizon"]).last_day)
        floors = [row["floor"] for row in facts["objectives"] if "floor" in row and there.items() <= row.items()]
        pledges = [row for row in facts["pledges"] if (row["donor"], row["item"]) == (party, item)]
        left = sum(max(row["quantity"] - row.get("delivered_quantity", 0.0), 0.0) for row in pledges
                   if row["state"] != "withdrawn")  # fmt: skip
        assert quantity <= max(has - max(floors, default=0.0) - left, 0.0) + 1e-4


def the_order_of_rows_does_not_matter(rng: Random, solver: SolverProcess) -> None:
    """A case whose tables are shuffled is planned as well."""
    facts = anything(rng)
    shuffled = copied(facts)
    for name, rows in shuffled.items():
        if isinstance(rows, list) and name != "horizon":
            rng.shuffle(rows)
    assert_same(tiers(shuffled, solver), tiers(facts, solver))


def scaling_units_scales_the_plan(rng: Random, solver: SolverProcess) -> None:
    """Counted in quarters, four times as much is needed, late and below floors, and it costs the same."""
    facts = anything(rng, limits=False)
    scaled = copied(facts)
    _scale(scaled, ("stocks", "receipts", "needs", "pledges", "objectives", "contracts"), 4.0,
           {"quantity", "delivered_quantity", "floor", "objective", "firm", "option"})  # fmt: skip
    prices = {"mass_kg", "value_eur", "holding_eur_per_month", "unmet_cost_eur", "unit_cost_eur", "line_hours_per_unit"}
    _scale(scaled, ("items", "needs", "processes", "contracts"), 0.25, {*prices, "unit_price_eur"})
    found, right = tiers(scaled, solver), tiers(facts, solver)
    assert_same(found, {name: value if name in ("shares", "cost") else 4 * value for name, value in right.items()})


def _scale(facts: Facts, tables: tuple[str, ...], factor: float, fields: set[str]) -> None:
    """Multiply some fields of some tables."""
    for row in (row for name in tables for row in facts.get(name, [])):
        row |= {field: row[field] * factor for field in fields & set(row)}


def splitting_a_need_changes_nothing(rng: Random, solver: SolverProcess) -> None:
    """Two needs that ask together for what one asked for are met as well as it was."""
    facts = anything(rng, reserved=False)
    split = copied(facts)
    need = rng.choice(split["needs"])
    part = need["quantity"] / rng.choice([2, 4])
    split["needs"].append(need | {"need": "PART", "quantity": part})
    need["quantity"] -= part
    assert_same(tiers(split, solver), tiers(facts, solver))


def relaxing_a_limit_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """Twice the capacity, storage, throughput, maximum, hours or excess: the plan is no worse."""
    facts = anything(rng)
    relaxed = copied(facts)
    limits = [
        ("legs", "capacity_t_per_month"),
        ("places", "storage_t"),
        ("places", "throughput_t_per_month"),
        ("objectives", "maximum"),
        ("lines", "capacity_per_month"),
        ("lines", "maximum_per_month"),
        ("expansions", "adds_per_month"),
        ("keys", "maximum_excess"),
    ]
    for table, field in rng.sample(limits, rng.randint(1, len(limits))):
        _scale(relaxed, (table,), 2.0, {field})
    assert_no_worse(tiers(relaxed, solver), tiers(facts, solver))


def more_stock_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """With more on hand no floor, need or objective is worse off; to keep it may cost."""
    facts = anything(rng, limits=False)
    more = copied(facts)
    stock = {"place": rng.choice(facts["places"])["place"], "item": rng.choice(facts["items"])["item"]}
    more["stocks"].append(stock | {"quantity": 4.0})
    before = {name: value for name, value in tiers(facts, solver).items() if name not in ("cost", "earliest")}
    assert_no_worse(tiers(more, solver), before)


def renaming_codes_changes_nothing(rng: Random, solver: SolverProcess) -> None:
    """A case whose codes are spelled otherwise, and sort otherwise, is planned as well."""
    facts = anything(rng)
    renamed = copied(facts)
    for rows in renamed.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                row |= {field: f"{chr(ord('z') - ord(row[field][-1]) % 26)} {row[field][::-1]}"
                        for field in CODES & set(row) if row[field] is not None}  # fmt: skip
    assert_same(tiers(renamed, solver), tiers(facts, solver))


def one_more_substitute_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """A case in which one more item may be used in place of another is planned no worse."""
    facts = chance_facts(rng)
    more = copied(facts)
    codes = [row["item"] for row in facts["items"]]
    offer = {"item": rng.choice(codes), "substitute": rng.choice(codes), "factor": rng.choice([0.5, 1, 2])}
    more["substitutes"] = [*facts.get("substitutes", []), offer | {"for_components": rng.random() < 0.5}]
    assert_no_worse(tiers(more, solver), tiers(facts, solver))


def a_kit_of_one_item_is_no_worse_than_that_many_of_it(rng: Random, solver: SolverProcess) -> None:
    """Needs for kits of two units each are met as well as needs for twice as many units.

    Better now and then: who puts something together of goods may be given more than it needs itself.
    """
    wishes = Wishes(limits=False, dated=False, reserved=False, making=False, instead=False, gifts=("pledged", "free"))
    facts = chance_facts(rng, wishes)
    kits = copied(facts)
    kits["kits"] = [{"item": f"KIT {row['item']}", "component": row["item"], "quantity": 2} for row in facts["items"]]
    for row in facts["items"]:
        doubled = {field: 2 * row[field] for field in ("mass_kg", "value_eur", "holding_eur_per_month") if field in row}
        kits["items"].append(doubled | {"item": f"KIT {row['item']}", "kind": "kit"})
    for need in kits["needs"]:
        need["item"] = f"KIT {need['item']}"
    _scale(facts, ("needs",), 2.0, {"quantity"})
    _scale(facts, ("needs",), 0.5, {"unmet_cost_eur"})
    found, right = tiers(kits, solver), tiers(facts, solver)
    found = {name: 2 * value if name.startswith("needs ") else value for name, value in found.items()}
    assert_no_worse(found | {"earliest": 0.0}, right | {"earliest": 0.0})


def a_kit_is_complete_where_all_that_goes_into_it_is(rng: Random, solver: SolverProcess) -> None:
    """Where a need for kits is the only one, it is met in full and on time just where its components would be."""
    wishes = Wishes(reserved=False, dated=False, recurring=False, making=False, instead=False, floors="nobody")
    facts = chance_facts(rng, wishes)
    parts = [{"item": "KIT", "component": row["item"], "quantity": rng.choice([1, 2])} for row in facts["items"]]
    need = facts["needs"][0] | {"priority": 1}
    facts |= {"objectives": [], "kits": parts, "items": [*facts["items"], {"item": "KIT", "mass_kg": 10000}]}
    asked = [need | {"need": f"N {part['component']}", "item": part["component"],
                     "quantity": part["quantity"] * need["quantity"]} for part in parts]  # fmt: skip
    found = tiers(facts | {"needs": [need | {"item": "KIT"}]}, solver)
    right = tiers(facts | {"needs": asked}, solver)
    for name in ("needs 1 unmet", "needs 1 late"):
        assert (found[name] > 1e-5) == (right[name] > 1e-5), name
        if right[name] > 1e-5:
            return


def one_more_option_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """A case with one more option, in a contract of its own or on top of one there is, is planned no worse."""
    facts = chance_facts(rng, BOUGHT)
    more = copied(facts)
    options = [row for row in more["contracts"] if {"firm", "option"} & set(row)]
    if options and rng.random() < 0.5:
        row = rng.choice(options)
        row["option"] = row.get("option", 0.0) + 4.0
    else:
        parties = {kind: [row["party"] for row in facts["parties"] if (row["kind"] == "industry") == kind]
                   for kind in (True, False)}  # fmt: skip
        contract = {"contract": "MORE", "supplier": rng.choice(parties[True]), "buyer": rng.choice(parties[False])}
        more["contracts"].append(contract | {"item": rng.choice(facts["items"])["item"], "option": 8.0})
    assert_no_worse(tiers(more, solver), tiers(facts, solver))


def a_higher_budget_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """Twice a budget, or none at all: the plan is no worse."""
    facts = chance_facts(rng, BOUGHT)
    more = copied(facts)
    for row in list(more["budgets"]):
        row["amount_eur"] *= 2.0
        if rng.random() < 0.3:
            more["budgets"].remove(row)
    assert_no_worse(tiers(more, solver), tiers(facts, solver))


def free_purchases_are_frameworks_without_a_price(rng: Random, solver: SolverProcess) -> None:
    """Without contracts it is as if everybody had a framework for everything with all of industry, at no price."""
    facts = chance_facts(rng, Wishes(contracts=True, instead=False))
    for row in facts["receipts"]:
        row.pop("contract", None)
    free = {name: rows for name, rows in copied(facts).items() if name != "contracts"}
    kinds = {row["party"]: row["kind"] for row in facts["parties"]}
    facts["contracts"] = [
        {"contract": f"{supplier} {buyer} {item['item']}", "supplier": supplier, "buyer": buyer, "item": item["item"]}
        for supplier in kinds for buyer in kinds for item in facts["items"]
        if kinds[supplier] == "industry" != kinds[buyer]
    ]  # fmt: skip
    assert_same(tiers(facts, solver), tiers(free, solver))


def nobody_buys_more_or_spends_more_than_it_may(rng: Random, solver: SolverProcess) -> None:
    """No contract delivers more than it says less receipts, and nobody's purchases exceed its budget."""
    facts = chance_facts(rng, BOUGHT)
    plan, clock = planned(facts, solver), clock_of(facts)
    bought: dict[str, float] = defaultdict(float)
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan["orders"].to_dicts():
        contract = _named(facts["contracts"], "contract", row["contract"])
        bought[row["contract"]] += row["quantity"]
        leg = _named(facts["legs"], "leg", row["leg"])
        days = clock.days(row["bucket"], leg.get("open_from"), leg.get("open_until"))
        for year, share in _by_year(clock, days, leg["transit_days"]):
            spent[contract["buyer"], year] += share * row["quantity"] * contract.get("unit_price_eur", 0.0)
    received: dict[str, float] = defaultdict(float)
    for row in facts["receipts"]:
        received[row.get("contract", "")] += row["quantity"]
    for code, quantity in bought.items():
        contract = _named(facts["contracts"], "contract", code)
        if {"firm", "option"} & set(contract):
            most = contract.get("firm", 0.0) + contract.get("option", 0.0) - received[code]
            assert quantity <= max(most, 0.0) + 1e-5
    _within_budgets(facts, spent)


def nothing_or_a_minimum_order_is_called_off(rng: Random, solver: SolverProcess) -> None:
    """In each bucket what is bought beyond what is firm is nothing, the minimum order or more, or all that was left."""
    facts = ordering_facts(rng)
    bought: dict[tuple[str, int], float] = defaultdict(float)
    for row in planned(facts, solver)["orders"].to_dicts():
        bought[row["contract"], row["bucket"]] += row["quantity"]
    for contract in (row for row in facts["contracts"] if "minimum_order" in row):
        received = sum(row["quantity"] for row in facts["receipts"] if row.get("contract") == contract["contract"])
        firm = max(contract.get("firm", 0.0) - received, 0.0)
        bounded = {"firm", "option"} & set(contract)
        left = contract.get("firm", 0.0) + contract.get("option", 0.0) - received - firm if bounded else float("inf")
        sums = [bought[contract["contract"], t] for t in range(len(clock_of(facts).buckets))]
        beyond = [max(sum(sums[: t + 1]) - firm, 0.0) for t in range(len(sums))]
        for before, after in zip([0.0, *beyond], beyond, strict=False):
            assert after - before < 1e-5 or after - before >= min(contract["minimum_order"], left) - 1e-5


def a_lower_minimum_order_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """With half the minimum orders, or without some, the plan is no worse; but for plans that used them to buy more.

    A minimum order is room to buy more than one needs; what arrives too late of even flows may make use of that room.
    """
    facts = ordering_facts(rng)
    lower = copied(facts)
    _scale(lower, ("contracts",), 0.5, {"minimum_order"})
    for row in lower["contracts"]:
        if rng.random() < 0.5:
            row.pop("minimum_order", None)
    plan = planned(facts, solver)
    if _buys_no_more(lower, plan):
        assert_no_worse(tiers(lower, solver), {tier.name: tier.value for tier in plan.record.tiers})


def _by_year(clock: Clock, days: range, lag: float) -> list[tuple[int, float]]:
    """Return the years in which what leaves evenly on these days arrives, each with its share, hour by hour."""
    hours = [clock.as_of.toordinal() + day + (hour + 0.5) / 24 + lag for day in days for hour in range(24)]
    years = [dt.date.fromordinal(int(hour)).year for hour in hours]
    return [(year, years.count(year) / len(years)) for year in set(years)]


def _within_budgets(facts: Facts, spent: dict[tuple[str, int], float]) -> None:
    """Assert that what is decided is within what receipts leave of the budgets."""
    funds: dict[tuple[str, int], float] = defaultdict(float)
    for row in facts["budgets"]:
        funds[row["party"], row["year"]] += row["amount_eur"]
    for row in (row for row in facts["receipts"] if "contract" in row):
        contract = _named(facts["contracts"], "contract", row["contract"])
        key = contract["buyer"], (facts["as_of"] + dt.timedelta(days=max(row["due_on"], 0))).year
        if key in funds:
            funds[key] -= row["quantity"] * contract.get("unit_price_eur", 0.0)
    for key, amount in funds.items():
        assert spent[key] <= max(amount, 0.0) + 1e-4


def an_expansion_offered_never_hurts(rng: Random, solver: SolverProcess) -> None:
    """A line that may grow, at whatever cost: nothing weighed before cost is worse, nor, where all is equal, cost."""
    facts = chance_facts(rng, Wishes(limits=False))
    if "lines" not in facts:
        return
    more = copied(facts)
    offer = {"expansion": "MORE", "line": "LINE", "adds_per_month": 10, "lead_time_days": rng.choice([0, 3, 30])}
    more["expansions"].append(offer | {"cost_eur": rng.choice([0, 2, 1000])})
    assert_no_worse(tiers(more, solver), tiers(facts, solver))


def _excesses(facts: Facts, plan: Plan) -> dict[str, float]:
    """Return by key the most that a party gives above its share, from the gifts of a plan and what was delivered."""
    worth = {row["item"]: row.get("value_eur", 0.0) for row in facts["items"]}
    gives: dict[str, float] = defaultdict(float)
    for row in facts.get("pledges", []):
        gives[row["donor"]] += row.get("delivered_quantity", 0.0) * worth[row["item"]]
    for row in plan["handovers"].to_dicts():
        gives[row["giver"]] += row["quantity"] * worth[row["item"]] if row["basis"] in ("pledge", "ask") else 0.0
    totals: dict[str, float] = defaultdict(float)
    for row in facts["keys"]:
        totals[row["key"]] += gives[row["party"]]
    most: dict[str, float] = dict.fromkeys(totals, 0.0)
    for row in facts["keys"]:
        most[row["key"]] = max(most[row["key"]], gives[row["party"]] - row["share"] * totals[row["key"]])
    return most


def fair_shares_are_no_worse_than_without_them(rng: Random, solver: SolverProcess) -> None:
    """At equal needs, the excess over the keys is no larger than in a plan that does not look at them."""
    facts = sharing_facts(rng)
    blind = facts | {"tiers": ("floors", "needs", "objectives", "cost")}
    fair = planned(facts, solver)
    found, before = (sum(_excesses(facts, plan).values()) for plan in (fair, planned(blind, solver)))
    assert found <= before + CLOSE * max(1.0, before)
    stated = next(tier.value for tier in fair.record.tiers if tier.name == "shares")
    assert stated == pytest.approx(found, rel=CLOSE, abs=1e-5)


def doubling_all_values_leaves_shares_as_they_are(rng: Random, solver: SolverProcess) -> None:
    """With everything worth twice as much needs are met as well, and the excess is twice the EUR: the same share."""
    facts = sharing_facts(rng)
    dearer = copied(facts)
    _scale(dearer, ("items",), 2.0, {"value_eur"})
    found, right = tiers(dearer, solver), tiers(facts, solver)
    alike = [name for name in right if name not in ("shares", "cost", "earliest")]
    assert_same({name: found[name] for name in alike}, {name: right[name] for name in alike})
    assert found.get("shares", 0.0) == pytest.approx(2 * right.get("shares", 0.0), rel=CLOSE, abs=CLOSE)


def what_parties_hold_adds_up(rng: Random, solver: SolverProcess) -> None:
    """A level is what lies at the places of a party; what came in and did not go out lies there or is on its roads."""
    facts = anything(rng)
    plan, owner = planned(facts, solver), {row["place"]: row["party"] for row in facts["places"]}
    lies: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in plan["stock_levels"].filter(condition="serviceable").to_dicts():
        lies[owner[row["place"]], row["item"], row["bucket"]] += row["quantity"]
    left: dict[tuple[str, str], float] = defaultdict(float)
    for row in facts["stocks"]:
        if row.get("condition") != "repairable" and row.get("expires_on", 0) >= 0:
            left[owner[row["place"]], row["item"]] += row["quantity"]
    held = dict(left)
    for row in plan["holdings"].to_dicts():
        pair = (row["party"], row["item"])
        left[pair] += row["comes_in"] - row["goes_out"]
        assert row["level"] == pytest.approx(lies.pop((*pair, row["bucket"]), 0.0), abs=1e-5)
        assert row["level"] + row["in_transit"] == pytest.approx(left[pair], abs=1e-4)
    assert sum(lies.values()) == 0.0
    _stands_to_its_aims(facts, plan, owner, held)


def _stands_to_its_aims(facts: Facts, plan: Plan, owner: dict[str, str], held: dict[tuple[str, str], float]) -> None:
    """Assert that the objectives say what the holdings do, read one row after the other."""
    selling = {row["party"] for row in facts["parties"] if row["kind"] == "industry"}
    given: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan["shipments"].filter(condition="serviceable").to_dicts():
        giver, receiver = owner[row["origin"]], owner[row["destination"]]
        if giver != receiver and not {giver, receiver} & selling:
            given[giver, row["item"]] += row["quantity"]
    for row in plan["objectives"].to_dicts():
        pair = (row["party"], row["item"])
        days = plan["holdings"].filter(party=pair[0], item=pair[1]).to_dicts()
        assert (row["held"], row["given"]) == pytest.approx((held.get(pair, 0.0), given.pop(pair, 0.0)), abs=1e-5)
        assert row["lowest"] == min(day["level"] for day in days)
        for aim, since, back in (("floor", "below_floor_since", "above_floor_on"),
                                 ("objective", "below_since", "back_on")):  # fmt: skip
            below = [k for k, day in enumerate(days) if (day[aim] or 0.0) - day["level"] > 1e-5]
            assert row[since] == (days[below[0]]["date"] if below else None)
            after = below[-1] + 1 if below else len(days)
            assert row[back] == (days[after]["date"] if after < len(days) else None)
    assert not given


LAWS: tuple[Law, ...] = (
    nothing_appears_and_nothing_is_lost,
    what_parties_hold_adds_up,
    nobody_receives_more_than_was_asked_or_granted,
    nobody_is_given_more_than_it_needs_and_holds,
    nobody_buys_what_it_cannot_use,
    gifts_never_take_stock_below_a_floor,
    one_more_pledge_never_hurts,
    one_more_substitute_never_hurts,
    a_kit_of_one_item_is_no_worse_than_that_many_of_it,
    a_kit_is_complete_where_all_that_goes_into_it_is,
    asks_repeat_no_pledge_and_leave_the_floor,
    the_order_of_rows_does_not_matter,
    scaling_units_scales_the_plan,
    splitting_a_need_changes_nothing,
    relaxing_a_limit_never_hurts,
    more_stock_never_hurts,
    renaming_codes_changes_nothing,
    one_more_option_never_hurts,
    a_higher_budget_never_hurts,
    free_purchases_are_frameworks_without_a_price,
    nobody_buys_more_or_spends_more_than_it_may,
    nothing_or_a_minimum_order_is_called_off,
    a_lower_minimum_order_never_hurts,
    an_expansion_offered_never_hurts,
    fair_shares_are_no_worse_than_without_them,
    doubling_all_values_leaves_shares_as_they_are,
)
"""Every law, in the order in which a reader meets them."""
