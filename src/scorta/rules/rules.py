"""Every rule of a plan, described once: what it says, as an equation over columns, in which unit, and how it is kept.

The problem adds rows under a rule, the checker reports what breaks it, explanations and pages name it. A rule without
an equation has no rows: the problem keeps it by having no column that would break it, and only the checker sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of a rule.

    `kept_by` says how a plan keeps a rule that has no rows. `seen_as` names the rules under which the checker reports
    a plan that breaks this one, where what it ties together stands in no table of a plan.

    A rule that `is_shared` bounds what many parts of a plan do together that else have nothing to do with each other.
    """

    id: str
    sentence: str
    unit: str
    equation: str = ""
    kept_by: str = ""
    seen_as: tuple[str, ...] = ()
    is_shared: bool = False


@unique
class Rule(StrEnum):
    """A rule of a plan: a word for pages, messages and golden files, which knows what is said of it."""

    words: Words

    def __new__(cls, words: Words) -> Rule:
        """Make the word that a rule is called by, and keep what is said of it."""
        rule = str.__new__(cls, words.id)
        rule._value_ = words.id
        rule.words = words
        return rule

    @property
    def has_rows(self) -> bool:
        """Whether the problem has rows of it; a plan keeps the others without."""
        return bool(self.words.equation)

    @property
    def seen_as(self) -> tuple[Rule, ...]:
        """The rules under which the checker reports what breaks it: itself, unless it is seen in others only."""
        return tuple(map(Rule.of, self.words.seen_as)) or (self,)

    @classmethod
    def of(cls, name: str) -> Rule:
        """Return the rule that is called by this name."""
        return cls[name.upper()]

    BALANCE = Words(
        id="balance",
        sentence=(
            "What lies at a spot at the end of a bucket is what lay there before, plus what came in, less what left."
        ),
        equation=(
            "stock[s,t] = stock[s,t-1] + opening[s] + receipts[s,t] + Σ share·ship[m,t'] + Σ share·gives·start[p,t'] "
            "+ Σ factor·use[d,s,t] - Σ use[s,c,t] - Σ ship[m,t] - Σ takes·start[p,t] - Σ issue[n,s,t] - expire[s,t]"
        ),
        unit="units of the item",
    )
    SHELF_LIFE = Words(
        id="shelf_life",
        sentence="Undated goods that keep only some days: no more lies there than what came in and is still alive.",
        equation="stock[s,t] ≤ Σ alive·inflow[s,t'] + alive·opening[s]",
        unit="units of the item",
    )
    END_OF_LIFE = Words(
        id="end_of_life",
        sentence="Undated goods that keep only some days are thrown away when their life is over, not before.",
        equation="spent[s,t] = spent[s,t-1] + Σ dies·inflow[s,t'] + dies·opening[s] - expire[s,t]",
        unit="units of the item",
    )
    STORAGE = Words(
        id="storage",
        sentence=(
            "All goods of a place together weigh no more than it can store, or than what lay there on the first day."
        ),
        equation="Σ mass·stock[s,t] ≤ max(storage, opening) + over_storage[place,t]",
        unit="t",
        is_shared=True,
    )
    MAXIMUM = Words(
        id="maximum",
        sentence="An owner holds no more of an item than its maximum, or than what lay there on the first day.",
        equation="Σ stock[s,t] ≤ max(maximum, opening) + over_maximum[owner,item,t]",
        unit="units of the item",
    )
    COMPONENTS = Words(
        id="components",
        sentence="What dated lots and substitutes stand in for is no more than what starts use of the component.",
        equation="Σ factor·use[d,c,t] ≤ Σ takes·start[p,t]",
        unit="units of the item",
    )
    LINE_HOURS = Words(
        id="line_hours",
        sentence="The starts on a line take no more hours than it runs, with those of expansions that are ready.",
        equation="Σ hours·start[p,t] ≤ capacity[line,t] + Σ adds·expand[x,t']",
        unit="hours",
    )
    LINE_MAXIMUM = Words(
        id="line_maximum",
        sentence="However many expansions are built, a line runs no more hours than its maximum.",
        equation="Σ hours·start[p,t] ≤ maximum[line,t]",
        unit="hours",
    )
    EXPANSION_COUNT = Words(
        id="expansion_count",
        sentence="Over the whole plan no more of an expansion is built than its maximum count.",
        equation="Σ expand[x,t] ≤ maximum_count[x]",
        unit="count",
    )
    LEG_CAPACITY = Words(
        id="leg_capacity",
        sentence=(
            "A leg carries no more than its tonnes on its open days; all legs that share a capacity together neither."
        ),
        equation="Σ mass·ship[m,t] ≤ capacity·months[leg,t], also over all legs of a shared capacity",
        unit="t",
        is_shared=True,
    )
    LEG_WINDOW = Words(
        id="leg_window",
        sentence=(
            "What leaves on some days of a bucket only, over a leg or all legs that share a capacity, is no more than "
            "the tonnes of these days."
        ),
        equation="Σ mass·ship[m,window,t] ≤ capacity[leg,window]",
        unit="t",
        is_shared=True,
    )
    THROUGHPUT_OUT = Words(
        id="throughput_out",
        sentence="Legs take out of a place no more than its throughput.",
        equation="Σ mass·ship[m,t] ≤ throughput[place,t]",
        unit="t",
        is_shared=True,
    )
    THROUGHPUT_IN = Words(
        id="throughput_in",
        sentence="Legs bring into a place no more than its throughput.",
        equation="Σ share·mass·ship[m,t'] ≤ throughput[place,t]",
        unit="t",
        is_shared=True,
    )
    HANDOVER = Words(
        id="handover",
        sentence="Goods change owner only as far as pledges, or asks, cover it.",
        equation="Σ ship[m,t] = Σ handover[pledge,t] + ask[giver,receiver,item,t]",
        unit="units of the item",
    )
    PLEDGE = Words(
        id="pledge",
        sentence="Over the whole plan a pledge covers no more than what is left of it.",
        equation="Σ handover[pledge,t] ≤ quantity - delivered - receipts",
        unit="units of the item",
    )
    ASK = Words(
        id="ask",
        sentence=(
            "Over the whole plan no more is asked of a giver than what it has beyond its floor and its pledges, what "
            "it makes and what others bring to it."
        ),
        equation=(
            "Σ ask[giver,receiver,item,t] ≤ max(0, opening + receipts - floor - pledged) + Σ share·gives·start[p,t'] "
            "+ Σ share·ship[m,t']"
        ),
        unit="units of the item",
    )
    USE = Words(
        id="use",
        sentence=(
            "Over the whole plan nobody is given more of an item than its needs ask for and its largest level holds, "
            "unless it may give it on, make something of it or use it in place of another, or it does not keep."
        ),
        equation="Σ handover[pledge,t] + Σ ask[t] ≤ Σ quantity[n] + level[party,item]",
        unit="units of the item",
    )
    ENOUGH = Words(
        id="enough",
        sentence=(
            "Nor does anybody buy more of an item than that, beyond what is firm and due and one minimum order of "
            "each contract."
        ),
        equation="Σ ship[m,t] ≤ Σ quantity[n] + level[party,item] + Σ (firm + minimum)",
        unit="units of the item",
    )
    PURCHASE = Words(
        id="purchase",
        sentence="What industry sells to others is bought under contracts.",
        equation="Σ ship[m,t] = Σ purchase[contract,t]",
        unit="units of the item",
    )
    CONTRACT = Words(
        id="contract",
        sentence=(
            "Over the whole plan no more is bought under a contract than its firm quantity and its option have left."
        ),
        equation="Σ purchase[contract,t] ≤ firm + option - receipts",
        unit="units of the item",
    )
    FIRM_ORDER = Words(
        id="firm_order",
        sentence="What is firm is handed over by the last day of its contract, or the plan says how much of it is not.",
        equation="Σ purchase[contract,t] + undelivered[contract] ≥ firm - receipts",
        unit="units of the item",
        seen_as=("tiers",),
    )
    BUDGET = Words(
        id="budget",
        sentence="A party spends in a year no more than its budget, or than what its receipts cost.",
        equation=(
            "Σ share·price·purchase[contract,t] + Σ share·cost·start[p,t] + Σ share·cost·ship[m,t] ≤ max(0, "
            "amount[party,year] - receipts[party,year])"
        ),
        unit="EUR, or thousands of EUR where a budget is above a million",
        is_shared=True,
    )
    GIVEN = Words(
        id="given",
        sentence="What a party gives is worth what it hands over under pledges and asks, at the value of each item.",
        equation="given[party] = Σ value·handover[pledge,t] + Σ value·ask[giver,receiver,item,t]",
        unit="EUR, thousands or millions of EUR, as the dearest item is",
        seen_as=("figures", "tiers"),
    )
    KEY = Words(
        id="key",
        sentence=(
            "A party of a key gives its share of what all give, before the plan and in it, or the plan says by how "
            "much more."
        ),
        equation="before[party] + given[party] ≤ share·Σ (before + given) + over_share[key]",
        unit="EUR, thousands or millions of EUR, as the dearest item is",
        seen_as=("tiers",),
    )
    KEY_CAP = Words(
        id="key_cap",
        sentence=(
            "What a party gives in the plan is above its share by no more than the key allows, or than what was given "
            "before leaves room for."
        ),
        equation="given[party] ≤ allowed·Σ given + max(0, allowed·Σ before - before[party])",
        unit="EUR, thousands or millions of EUR, as the dearest item is",
    )
    NEED = Words(
        id="need",
        sentence=(
            "What is issued to a need, substitutes by their factor, and what stays unmet make up what it asks for."
        ),
        equation="Σ factor·issue[n,s,t] + unmet[n] = quantity[n]",
        unit="units of the item",
    )
    FLOOR = Words(
        id="floor",
        sentence="An owner's level stays above its floor, or the plan says by how much it does not.",
        equation="Σ stock[s,t] + below_floor[owner,item,t] ≥ floor[owner,item,t]",
        unit="units of the item",
    )
    OBJECTIVE = Words(
        id="objective",
        sentence="An owner's level reaches its objective, or the plan says by how much it does not.",
        equation="Σ stock[s,t] + below_objective[owner,item,t] ≥ objective[owner,item,t]",
        unit="units of the item",
        seen_as=("tiers",),
    )
    SET_UP = Words(
        id="set_up",
        sentence="A process with a set-up cost or a minimum lot starts only in buckets in which it is set up.",
        equation="start[p,t] ≤ most[p,t]·run[p,t]",
        unit="units started",
        seen_as=("figures", "minimum_lot"),
    )
    MINIMUM_LOT = Words(
        id="minimum_lot",
        sentence="In a bucket a process starts nothing, or at least its minimum lot.",
        equation="start[p,t] ≥ lot[p]·run[p,t]",
        unit="units started",
    )
    LINE_RUNS = Words(
        id="line_runs",
        sentence="A line with a minimum sustaining rate is used only in buckets in which it runs.",
        equation="Σ hours·start[p,t] ≤ hours[line,t]·line_on[line,t]",
        unit="hours",
        seen_as=("minimum_rate",),
    )
    MINIMUM_RATE = Words(
        id="minimum_rate",
        sentence="In a bucket a line runs not at all, or at least at its minimum sustaining rate.",
        equation="Σ hours·start[p,t] ≥ minimum[line,t]·line_on[line,t]",
        unit="hours",
    )
    LEG_USE = Words(
        id="leg_use",
        sentence="Goods leave over a leg with a fixed cost only in buckets in which it is used.",
        equation="ship[m,t] ≤ most[m,t]·used[leg,t]",
        unit="units of the item",
        seen_as=("figures",),
    )
    LEG_USE_TONNES = Words(
        id="leg_use_tonnes",
        sentence="All goods that leave over a leg with a fixed cost weigh no more than it carries where it is used.",
        equation="Σ mass·ship[m,t] ≤ capacity[leg,t]·used[leg,t]",
        unit="t",
        seen_as=("figures", "leg_capacity"),
    )
    SHIPMENT = Words(
        id="shipment",
        sentence="A need with a minimum shipment receives goods only in buckets in which they are sent.",
        equation="Σ issue[n,s,t] ≤ quantity[n]·sent[n,t]",
        unit="units of the item",
        seen_as=("minimum_shipment",),
    )
    MINIMUM_SHIPMENT = Words(
        id="minimum_shipment",
        sentence="In a bucket a need receives nothing, or at least its minimum shipment, or all that it asks for.",
        equation="Σ issue[n,s,t] ≥ min(minimum, quantity[n])·sent[n,t]",
        unit="units of the item",
    )
    CALL_OFF = Words(
        id="call_off",
        sentence=(
            "Beyond what is firm, goods are bought under a contract with a minimum order only in buckets in which "
            "they are called off."
        ),
        equation="Σ purchase[contract,t] - of_firm[contract,t] ≤ most[contract,t]·called[contract,t]",
        unit="units of the item",
        seen_as=("minimum_order",),
    )
    MINIMUM_ORDER = Words(
        id="minimum_order",
        sentence=(
            "In a bucket nothing is called off from a contract, or at least its minimum order, or all that is left."
        ),
        equation="Σ purchase[contract,t] - of_firm[contract,t] ≥ min(minimum, left - firm)·called[contract,t]",
        unit="units of the item",
    )
    FIRM_PART = Words(
        id="firm_part",
        sentence="Of all that is bought under a contract no more counts as firm than its firm quantity has left.",
        equation="Σ of_firm[contract,t] ≤ firm - receipts",
        unit="units of the item",
        seen_as=("minimum_order",),
    )
    FIRM_FIRST = Words(
        id="firm_first",
        sentence="Nothing is called off from a contract before all that is firm has been handed over.",
        equation="Σ of_firm[contract,t'≤t] ≥ (firm - receipts)·called[contract,t]",
        unit="units of the item",
        seen_as=("minimum_order",),
    )
    CHANGE = Words(
        id="change",
        sentence="Where the previous plan decided something in a bucket, this plan decides the same, or more, or less.",
        equation="Σ decided[d,t] = previous[d,t] + above_previous[d,t] - below_previous[d,t]",
        unit="units",
        seen_as=("tiers",),
    )
    WHOLE_UNITS = Words(
        id="whole_units",
        sentence="What is made or built in whole units only is a whole number, exactly.",
        unit="units started, or count",
        kept_by="the columns of such starts, kits and expansions take whole numbers only",
    )
    LEG_OPEN = Words(
        id="leg_open",
        sentence="Goods leave over a leg only in a bucket in which it is open.",
        unit="units of the item",
        kept_by="a move has no column in any other bucket",
    )
    LEG_ITEM = Words(
        id="leg_item",
        sentence="A leg that is for one item carries no other.",
        unit="units of the item",
        kept_by="there is no move of any other item over it",
    )
    PROCESS_DATES = Words(
        id="process_dates",
        sentence="A process starts only in a bucket that touches its dates.",
        unit="units started",
        kept_by="a start has no column in any other bucket",
    )
    BILL_IN_FORCE = Words(
        id="bill_in_force",
        sentence="A process with a bill of materials starts only where some row of it is in force.",
        unit="units started",
        kept_by="a start has no column in any other bucket",
    )
    STAND_IN = Words(
        id="stand_in",
        sentence="Only dated lots and substitutes that are in force stand in for a component.",
        unit="units of the item",
        kept_by="there is no supply from anything else",
    )
    KIT_ASKED = Words(
        id="kit_asked",
        sentence="Only kits are put together, and only where a need, a floor or an objective asks for them.",
        unit="kits",
        kept_by="nothing is put together elsewhere",
    )
    NEED_SERVED = Words(
        id="need_served",
        sentence="An issue serves an occurrence of an open need, at its place, by its item or a substitute in force.",
        unit="units of the item",
        kept_by="nothing else is issued",
    )
    NEED_WINDOW = Words(
        id="need_window",
        sentence="A need is served from the day on which it may be, and not after it has lapsed.",
        unit="units of the item",
        kept_by="an issue has no column in any other bucket",
    )
    EXPIRY = Words(
        id="expiry",
        sentence=(
            "A lot with a last day of use is neither kept nor used after that day, and not thrown away before it; "
            "goods that keep never are."
        ),
        unit="units of the item",
        kept_by="such goods have columns until that bucket only",
    )
    RESERVED = Words(
        id="reserved",
        sentence=(
            "Reserved goods stay so, and go only to their need or to needs at their place; only pledges reserve free "
            "goods."
        ),
        unit="units of the item",
        kept_by="nothing moves and nothing is issued that would do otherwise",
    )
    BASIS = Words(
        id="basis",
        sentence=(
            "Gifts are covered by pledges or asks, and purchases by contracts, where the case has these; all else is "
            "free."
        ),
        unit="units of the item",
        kept_by="nothing else crosses from party to party",
    )
    PLEDGE_COVERS = Words(
        id="pledge_covers",
        sentence="A pledge covers only what goes between its parties, of its item, on its days, for what it is meant.",
        unit="units of the item",
        kept_by="a handover has a column nowhere else",
    )
    CONTRACT_COVERS = Words(
        id="contract_covers",
        sentence=(
            "A contract covers only what goes between its parties, of its item, on its days, to its place, and "
            "nothing that waits for repair."
        ),
        unit="units of the item",
        kept_by="a purchase has a column nowhere else",
    )
    RETURNS = Words(
        id="returns",
        sentence="Nothing of an item on a firm order goes back to industry, where it could be delivered twice.",
        unit="units of the item",
        kept_by="there is no such move",
    )
    FORM = Words(
        id="form",
        sentence=(
            "The tables of a plan have their columns and types, with codes of the case and numbers that are numbers."
        ),
        unit="cells",
        kept_by="the tables are written so",
    )
    REPEATED = Words(
        id="repeated",
        sentence="No key stands twice in a table of a plan.",
        unit="rows",
        kept_by="the tables are written so",
    )
    ROWS = Words(
        id="rows",
        sentence="A table of a plan has a row for everything that it is about, and no other.",
        unit="rows",
        kept_by="the tables are written so",
    )
    FIGURES = Words(
        id="figures",
        sentence="What is worked out in a row is what follows from the case and from the other tables.",
        unit="as the column",
        kept_by="the tables are written so",
    )
    TIERS = Words(
        id="tiers",
        sentence="The value of each tier is what the tables make, and no tier is unknown, missing or named twice.",
        unit="as the tier",
        kept_by="the tiers are the sums that the solver makes small",
    )
