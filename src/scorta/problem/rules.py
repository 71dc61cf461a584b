"""Every rule of a plan, described once: its name, its sentence, its equation and its unit.

The names are those of the families of rows; pages, explanations and golden problems are made from these entries.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what a planner calls it, what it says, as an equation over columns, in which unit, in which file."""

    name: str
    sentence: str
    equation: str
    unit: str
    file: str


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "balance",
            "What lies at a spot at the end of a bucket is what lay there before, plus what came in, less what left.",
            "stock[s,t] = stock[s,t-1] + opening[s] + receipts[s,t] + Σ share·ship[m,t'] + Σ share·gives·start[p,t']"
            " + Σ factor·use[d,s,t] - Σ use[s,c,t] - Σ ship[m,t] - Σ takes·start[p,t] - Σ issue[n,s,t] - expire[s,t]",
            "units of the item",
            "holding.py",
        ),
        Rule(
            "shelf_life",
            "Undated goods that keep only some days: no more lies there than what came in and is still alive.",
            "stock[s,t] ≤ Σ alive·inflow[s,t'] + alive·opening[s]",
            "units of the item",
            "keeping.py",
        ),
        Rule(
            "end_of_life",
            "Undated goods that keep only some days are thrown away when their life is over, not before.",
            "spent[s,t] = spent[s,t-1] + Σ dies·inflow[s,t'] + dies·opening[s] - expire[s,t]",
            "units of the item",
            "keeping.py",
        ),
        Rule(
            "storage",
            "All goods of a place together weigh no more than it can store, or than what lay there on the first day.",
            "Σ mass·stock[s,t] ≤ max(storage, opening) + over_storage[place,t]",
            "t",
            "holding.py",
        ),
        Rule(
            "maximum",
            "An owner holds no more of an item than its maximum, or than what lay there on the first day.",
            "Σ stock[s,t] ≤ max(maximum, opening) + over_maximum[owner,item,t]",
            "units of the item",
            "aiming.py",
        ),
        Rule(
            "components",
            "What dated lots and substitutes stand in for is no more than what starts use of the component.",
            "Σ factor·use[d,c,t] ≤ Σ takes·start[p,t]",
            "units of the item",
            "making.py",
        ),
        Rule(
            "line_hours",
            "The starts on a line take no more hours than it runs, with those of expansions that are ready.",
            "Σ hours·start[p,t] ≤ capacity[line,t] + Σ adds·expand[x,t']",
            "hours",
            "growing.py",
        ),
        Rule(
            "line_maximum",
            "However many expansions are built, a line runs no more hours than its maximum.",
            "Σ hours·start[p,t] ≤ maximum[line,t]",
            "hours",
            "growing.py",
        ),
        Rule(
            "expansion_count",
            "Over the whole plan no more of an expansion is built than its maximum count.",
            "Σ expand[x,t] ≤ maximum_count[x]",
            "count",
            "growing.py",
        ),
        Rule(
            "leg_capacity",
            "A leg, or all legs that share a capacity, carries no more than its tonnes on its open days.",
            "Σ mass·ship[m,t] ≤ capacity[leg,t]",
            "t",
            "moving.py",
        ),
        Rule(
            "throughput_out",
            "Legs take out of a place no more than its throughput.",
            "Σ mass·ship[m,t] ≤ throughput[place,t]",
            "t",
            "moving.py",
        ),
        Rule(
            "throughput_in",
            "Legs bring into a place no more than its throughput.",
            "Σ share·mass·ship[m,t'] ≤ throughput[place,t]",
            "t",
            "moving.py",
        ),
        Rule(
            "handover",
            "Goods change owner only as far as pledges, or asks, cover it.",
            "Σ ship[m,t] = Σ handover[pledge,t] + ask[giver,receiver,item,t]",
            "units of the item",
            "giving.py",
        ),
        Rule(
            "pledge",
            "Over the whole plan a pledge covers no more than what is left of it.",
            "Σ handover[pledge,t] ≤ quantity - delivered - receipts",
            "units of the item",
            "giving.py",
        ),
        Rule(
            "given",
            "What a party gives is worth what it hands over under pledges and asks, at the value of each item.",
            "given[party] = Σ value·handover[pledge,t] + Σ value·ask[giver,receiver,item,t]",
            "EUR, thousands or millions of EUR, as the dearest item is",
            "sharing.py",
        ),
        Rule(
            "key",
            "A party of a key gives its share of what all give, before the plan and in it, or the plan says by how "
            "much more.",
            "before[party] + given[party] ≤ share·Σ (before + given) + over_share[key]",
            "EUR, thousands or millions of EUR, as the dearest item is",
            "sharing.py",
        ),
        Rule(
            "key_cap",
            "What a party gives in the plan is above its share by no more than the key allows, or than what was given "
            "before leaves room for.",
            "given[party] ≤ allowed·Σ given + max(0, allowed·Σ before - before[party])",
            "EUR, thousands or millions of EUR, as the dearest item is",
            "sharing.py",
        ),
        Rule(
            "need",
            "What is issued to a need, substitutes by their factor, and what stays unmet make up what it asks for.",
            "Σ factor·issue[n,s,t] + unmet[n] = quantity[n]",
            "units of the item",
            "needing.py",
        ),
        Rule(
            "floor",
            "An owner's level stays above its floor, or the plan says by how much it does not.",
            "Σ stock[s,t] + below_floor[owner,item,t] ≥ floor[owner,item,t]",
            "units of the item",
            "aiming.py",
        ),
        Rule(
            "objective",
            "An owner's level reaches its objective, or the plan says by how much it does not.",
            "Σ stock[s,t] + below_objective[owner,item,t] ≥ objective[owner,item,t]",
            "units of the item",
            "aiming.py",
        ),
    )
}
"""The rules by name, in the order in which a reader meets them."""
