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
            "A leg carries no more than its tonnes on its open days; all legs that share a capacity together neither.",
            "Σ mass·ship[m,t] ≤ capacity·months[leg,t], also over all legs of a shared capacity",
            "t",
            "moving.py",
        ),
        Rule(
            "leg_window",
            "What leaves on some days of a bucket only, over a leg or all legs that share a capacity, is no more than "
            "the tonnes of these days.",
            "Σ mass·ship[m,window,t] ≤ capacity[leg,window]",
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
            "ask",
            "Over the whole plan no more is asked of a giver than what it has beyond its floor and its pledges, what it"
            " makes and what others bring to it.",
            "Σ ask[giver,receiver,item,t] ≤ max(0, opening + receipts - floor - pledged)"
            " + Σ share·gives·start[p,t'] + Σ share·ship[m,t']",
            "units of the item",
            "giving.py",
        ),
        Rule(
            "use",
            "Over the whole plan nobody is given more of an item than its needs ask for and its largest level holds, "
            "unless it may give it on, make something of it or use it in place of another, or it does not keep.",
            "Σ handover[pledge,t] + Σ ask[t] ≤ Σ quantity[n] + level[party,item]",
            "units of the item",
            "enough.py",
        ),
        Rule(
            "enough",
            "Nor does anybody buy more of an item than that, beyond what is firm and due and one minimum order of each "
            "contract.",
            "Σ ship[m,t] ≤ Σ quantity[n] + level[party,item] + Σ (firm + minimum)",
            "units of the item",
            "enough.py",
        ),
        Rule(
            "purchase",
            "What industry sells to others is bought under contracts.",
            "Σ ship[m,t] = Σ purchase[contract,t]",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "contract",
            "Over the whole plan no more is bought under a contract than its firm quantity and its option have left.",
            "Σ purchase[contract,t] ≤ firm + option - receipts",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "firm_order",
            "What is firm is handed over by the last day of its contract, or the plan says how much of it is not.",
            "Σ purchase[contract,t] + undelivered[contract] ≥ firm - receipts",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "budget",
            "A party spends in a year no more than its budget, or than what its receipts cost.",
            "Σ share·price·purchase[contract,t] + Σ share·cost·start[p,t] + Σ share·cost·ship[m,t]"
            " ≤ max(0, amount[party,year] - receipts[party,year])",
            "EUR, or thousands of EUR where a budget is above a million",
            "spending.py",
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
        Rule(
            "set_up",
            "A process with a set-up cost or a minimum lot starts only in buckets in which it is set up.",
            "start[p,t] ≤ most[p,t]·run[p,t]",
            "units started",
            "running.py",
        ),
        Rule(
            "minimum_lot",
            "In a bucket a process starts nothing, or at least its minimum lot.",
            "start[p,t] ≥ lot[p]·run[p,t]",
            "units started",
            "running.py",
        ),
        Rule(
            "line_runs",
            "A line with a minimum sustaining rate is used only in buckets in which it runs.",
            "Σ hours·start[p,t] ≤ hours[line,t]·line_on[line,t]",
            "hours",
            "running.py",
        ),
        Rule(
            "minimum_rate",
            "In a bucket a line runs not at all, or at least at its minimum sustaining rate.",
            "Σ hours·start[p,t] ≥ minimum[line,t]·line_on[line,t]",
            "hours",
            "running.py",
        ),
        Rule(
            "leg_use",
            "Goods leave over a leg with a fixed cost only in buckets in which it is used.",
            "ship[m,t] ≤ most[m,t]·used[leg,t]",
            "units of the item",
            "using.py",
        ),
        Rule(
            "leg_use_tonnes",
            "All goods that leave over a leg with a fixed cost weigh no more than it carries where it is used.",
            "Σ mass·ship[m,t] ≤ capacity[leg,t]·used[leg,t]",
            "t",
            "using.py",
        ),
        Rule(
            "shipment",
            "A need with a minimum shipment receives goods only in buckets in which they are sent.",
            "Σ issue[n,s,t] ≤ quantity[n]·sent[n,t]",
            "units of the item",
            "needing.py",
        ),
        Rule(
            "minimum_shipment",
            "In a bucket a need receives nothing, or at least its minimum shipment, or all that it asks for.",
            "Σ issue[n,s,t] ≥ min(minimum, quantity[n])·sent[n,t]",
            "units of the item",
            "needing.py",
        ),
        Rule(
            "call_off",
            "Beyond what is firm, goods are bought under a contract with a minimum order only in buckets in which they "
            "are called off.",
            "Σ purchase[contract,t] - of_firm[contract,t] ≤ most[contract,t]·called[contract,t]",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "minimum_order",
            "In a bucket nothing is called off from a contract, or at least its minimum order, or all that is left.",
            "Σ purchase[contract,t] - of_firm[contract,t] ≥ min(minimum, left - firm)·called[contract,t]",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "firm_part",
            "Of all that is bought under a contract no more counts as firm than its firm quantity has left.",
            "Σ of_firm[contract,t] ≤ firm - receipts",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "firm_first",
            "Nothing is called off from a contract before all that is firm has been handed over.",
            "Σ of_firm[contract,t'≤t] ≥ (firm - receipts)·called[contract,t]",
            "units of the item",
            "buying.py",
        ),
        Rule(
            "change",
            "Where the previous plan decided something in a bucket, this plan decides the same, or more, or less.",
            "Σ decided[d,t] = previous[d,t] + above_previous[d,t] - below_previous[d,t]",
            "units",
            "changing.py",
        ),
    )
}
"""The rules by name, in the order in which a reader meets them."""
