"""Rules dropped one at a time: a plan made without a rule breaks it, and the checker says which it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
from tests.laws.chance import Facts, Wishes, build, chance_facts, ordering_facts, sharing_facts
from tests.laws.lots import lot_facts
from tests.laws.test_lots import any_facts, order_facts

from scorta.case import Case, Previous
from scorta.desk import SolverProcess, make_plan
from scorta.network import build_network
from scorta.plan import plan_tables
from scorta.problem import Problem, build_problem
from scorta.rules import Rule
from scorta.verify import check_plan

KINDS: dict[str, Callable[[int], Facts]] = {
    "anything": lambda seed: chance_facts(Random(seed)),
    "contracts": lambda seed: chance_facts(Random(seed), Wishes(contracts=True)),
    "orders": lambda seed: ordering_facts(Random(seed)),
    "shares": lambda seed: sharing_facts(Random(seed)),
    "lots": lambda seed: lot_facts(Random(seed)),
    "wholes": any_facts,
    "whole orders": order_facts,
}
"""Kinds of case by chance, by the seed of one."""


def without(problem: Problem, rule: Rule) -> Problem:
    """Return a problem that keeps all rules but one."""
    family = problem.rules[rule]
    lower, upper = problem.row_lower.copy(), problem.row_upper.copy()
    lower[family.start : family.stop], upper[family.start : family.stop] = -np.inf, np.inf
    return replace(problem, row_lower=lower, row_upper=upper)


def previous_of(case: Case, rule: Rule, solver: SolverProcess) -> Previous | None:
    """Return what a plan is to follow where the rule is about that: the plan of the case with half of its needs."""
    if rule is not Rule.CHANGE:
        return None
    half = case["needs"].with_columns(quantity=case["needs"]["quantity"] / 2)
    return Previous(make_plan(case.replace(needs=half), certify=False, solver=solver).tables, 0)


def broken_without(rule: Rule, facts: Facts, solver: SolverProcess) -> set[Rule]:
    """Return the rules that a plan breaks that was made without a rule; none where the case has no such rule."""
    case = build(facts)
    previous = previous_of(case, rule, solver)
    network = build_network(case, previous)
    problem = build_problem(network)
    if rule not in problem.rules or not problem.rules[rule].size:
        return set()
    answer = solver.solve(without(problem, rule))
    tiers = [(tier.name, tier.value) for tier in answer.tiers]
    found = check_plan(case, plan_tables(network, problem, answer), tiers, previous=previous)
    return {breach.rule for breach in found}


def crowded(sells: bool) -> Facts:
    """Return a case in which goods come where nothing can be stored, and a party that needs none could take them."""
    facts: Facts = {
        "horizon": [("day", 5)],
        "gifts": "pledged",
        "parties": [{"party": "G", "kind": "industry" if sells else "nation"}, {"party": "T", "kind": "nation"}],
        "places": [{"place": "A", "party": "G", "storage_t": 0}, {"place": "B", "party": "T"}],
        "items": [{"item": "tent", "mass_kg": 1000}],
        "stocks": [],
        "needs": [],
        "receipts": [{"place": "A", "item": "tent", "quantity": 10, "due_on": 1}],
        "objectives": [],
        "legs": [{"leg": "AB", "origin": "A", "destination": "B", "mode": "road", "transit_days": 0}],
    }
    if sells:
        return facts | {"contracts": [{"contract": "C", "buyer": "T", "supplier": "G", "item": "tent"}]}
    pledge = {"pledge": "P", "donor": "G", "item": "tent", "quantity": 10, "state": "committed"}
    return facts | {"pledges": [pledge | {"quantity_state": "known"}]}


def needy(**more: object) -> Facts:
    """Return a case in which ten tents lie at one party and another needs them."""
    facts: Facts = {
        "horizon": [("week", 2)],
        "gifts": "open",
        "parties": [
            {"party": "G", "kind": "nation"},
            {"party": "T", "kind": "nation"},
            {"party": "V", "kind": "nation"},
        ],
        "places": [{"place": "A", "party": "G"}, {"place": "B", "party": "T"}],
        "items": [{"item": "tent", "mass_kg": 1000}],
        "stocks": [{"place": "A", "item": "tent", "quantity": 10}],
        "needs": [{"need": "N", "place": "B", "item": "tent", "quantity": 10, "required_by": 10, "priority": 1}],
        "receipts": [],
        "objectives": [],
        "pledges": [],
        "legs": [{"leg": "AB", "origin": "A", "destination": "B", "mode": "road", "transit_days": 0}],
    }
    return facts | more


PLEDGED = {"pledge": "P", "donor": "G", "item": "tent", "quantity": 10, "quantity_state": "known", "state": "committed"}
NARROW = [{"place": "A", "party": "G", "throughput_t_per_month": 5}, {"place": "B", "party": "T"}]

BREAKING: dict[Rule, Callable[[], Facts]] = {
    Rule.BALANCE: lambda: KINDS["anything"](0),
    Rule.KEY: lambda: KINDS["anything"](0),
    Rule.FIRM_ORDER: lambda: KINDS["contracts"](0),
    Rule.PURCHASE: lambda: KINDS["orders"](0),
    Rule.CONTRACT: lambda: KINDS["orders"](0),
    Rule.OBJECTIVE: lambda: KINDS["orders"](0),
    Rule.CHANGE: lambda: KINDS["orders"](0),
    Rule.LEG_CAPACITY: lambda: KINDS["shares"](0),
    Rule.HANDOVER: lambda: KINDS["shares"](0),
    Rule.SET_UP: lambda: KINDS["lots"](0),
    Rule.SHIPMENT: lambda: KINDS["lots"](0),
    Rule.MINIMUM_SHIPMENT: lambda: KINDS["lots"](0),
    Rule.LEG_USE: lambda: KINDS["whole orders"](0),
    Rule.END_OF_LIFE: lambda: KINDS["anything"](1),
    Rule.LINE_HOURS: lambda: KINDS["anything"](1),
    Rule.EXPANSION_COUNT: lambda: KINDS["anything"](1),
    Rule.PLEDGE: lambda: KINDS["shares"](1),
    Rule.KEY_CAP: lambda: KINDS["shares"](1),
    Rule.SHELF_LIFE: lambda: KINDS["wholes"](1),
    Rule.NEED: lambda: KINDS["anything"](2),
    Rule.CALL_OFF: lambda: KINDS["lots"](2),
    Rule.MINIMUM_ORDER: lambda: KINDS["lots"](2),
    Rule.FIRM_PART: lambda: KINDS["lots"](2),
    Rule.FIRM_FIRST: lambda: KINDS["lots"](2),
    Rule.FLOOR: lambda: KINDS["anything"](3),
    Rule.MAXIMUM: lambda: KINDS["contracts"](3),
    Rule.BUDGET: lambda: KINDS["orders"](3),
    Rule.COMPONENTS: lambda: KINDS["contracts"](4),
    Rule.LEG_WINDOW: lambda: KINDS["orders"](5),
    Rule.MINIMUM_LOT: lambda: KINDS["whole orders"](7),
    Rule.LINE_RUNS: lambda: KINDS["lots"](8),
    Rule.MINIMUM_RATE: lambda: KINDS["lots"](8),
    Rule.LINE_MAXIMUM: lambda: KINDS["anything"](10),
    Rule.STORAGE: lambda: KINDS["wholes"](10),
    Rule.THROUGHPUT_IN: lambda: KINDS["anything"](32),
    Rule.GIVEN: lambda: KINDS["shares"](1),
    Rule.USE: lambda: crowded(sells=False),
    Rule.ENOUGH: lambda: crowded(sells=True),
    Rule.ASK: lambda: needy(pledges=[PLEDGED | {"recipient": "V"}]),
    Rule.THROUGHPUT_OUT: lambda: needy(pledges=[PLEDGED], places=NARROW),
}
"""For each rule a case whose plan breaks it as soon as it is dropped."""

TIGHTER: dict[Rule, str] = {
    Rule.LEG_USE_TONNES: "what `leg_use` and `leg_capacity` say together; it ties the switch of the leg no looser",
}
"""Rules that no plan breaks when they are dropped, since others hold it: why they are there all the same."""
