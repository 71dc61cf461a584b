"""Small cases by chance, as facts: what `tests.cases.case` takes, in plain dicts that a test can change.

Every figure is a multiple of a quarter and small, so that sums come out as they should. `Wishes` says what a case may
hold: some laws are true only where nothing stands in their way, as a storage that is full.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.cases import AS_OF, Row, Rows, case

from scorta.case import Case, Horizon

Facts = dict[str, Any]
"""What a case is made from: its horizon, its gifts and its tables as rows."""

NEAR_NEW_YEAR = dt.date(2023, 12, 25)
"""The first day of some cases with budgets: a bucket or a delivery may straddle New Year."""

KINDS = ("day", "day", "week", "week", "month", "quarter")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a case by chance may hold."""

    floors: str = "strangers"  # nobody, strangers (parties that need nothing themselves), anybody
    limits: bool = True
    recurring: bool = True
    reserved: bool = True
    dated: bool = True
    making: bool = True
    windows: bool = True
    instead: bool = True  # kits, substitutes and repairable stock
    growing: bool = True
    keys: bool = True
    gifts: Sequence[str] = ("pledged", "open", "free")
    contracts: bool = False


ANYTHING = Wishes()


def build(facts: Facts) -> Case:
    """Build the case of these facts."""
    return case(**facts)


def copied(facts: Facts) -> Facts:
    """Return facts that can be changed without changing these."""
    return copy.deepcopy(facts)


def chance_facts(rng: Random, wishes: Wishes = ANYTHING) -> Facts:
    """Return the facts of a small case by chance."""
    world = _World(rng, wishes)
    gifts = rng.choice(list(wishes.gifts))
    facts: Facts = {
        "horizon": world.blocks,
        "gifts": "open" if gifts == "open" else "pledged",
        "parties": world.parties,
        "places": world.places,
        "items": world.items,
        "needs": world.needs(),
        "legs": world.legs(),
        "receipts": world.receipts(),
        "objectives": [],
    }
    facts["stocks"] = world.stocks(facts["needs"])
    facts["objectives"] = world.objectives(facts["needs"])
    if gifts != "free":
        facts["pledges"] = world.pledges(facts["needs"])
    if wishes.making and rng.random() < 0.5:
        facts |= world.making()
    if wishes.instead:
        _add_instead(world, facts)
    if wishes.contracts:
        facts |= {"as_of": world.as_of, "contracts": world.contracts(facts["receipts"]), "budgets": world.budgets()}
    if wishes.growing and "lines" in facts:
        facts |= world.growing(facts["lines"])
    if wishes.keys and rng.random() < 0.5:
        facts["keys"] = world.keys()
    return facts


def _add_instead(world: _World, facts: Facts) -> None:
    """Add kits, substitutes and repairable stock, each with some chance."""
    for add, chance in ((world.add_kits, 0.3), (world.add_substitutes, 0.4), (world.add_repairs, 0.25)):
        if world.rng.random() < chance:
            add(facts)


def _made_of(facts: Facts) -> set[tuple[str, str]]:
    """Return every (item, what it may be made of), steps between them too: nothing stands in for its own parts."""
    makes = {row["process"]: row["item"] for row in facts.get("processes", [])}
    pairs = {(makes[row["process"]], row["item"]) for row in facts.get("components", [])}
    pairs |= {(row["item"], row["component"]) for row in facts.get("kits", [])}
    while True:
        more = pairs | {(item, end) for item, part in pairs for start, end in pairs if part == start}
        if more == pairs:
            return pairs
        pairs = more


class _World:
    """Parties, places, items and days, from which rows are drawn."""

    def __init__(self, rng: Random, wishes: Wishes) -> None:
        self.rng, self.wishes = rng, wishes
        self.blocks = self._blocks()
        self.as_of = rng.choice([AS_OF, NEAR_NEW_YEAR]) if wishes.contracts else AS_OF
        self.days = Horizon.build(self.as_of, tuple(self.blocks)).last_day + 1
        kinds = ["nation", rng.choice(["nation", "organisation", "industry"]), rng.choice(["nation", "industry"])]
        kinds[1] = "industry" if wishes.contracts else kinds[1]
        count = rng.randint(2 if wishes.contracts else 1, 3)
        self.parties: Rows = [{"party": f"P{k}", "kind": kind} for k, kind in enumerate(kinds[:count])]
        self.items: Rows = [self._item(k) for k in range(rng.randint(1, 3))]
        self.places: Rows = [self._place(k) for k in range(rng.randint(2, 4))]

    def _blocks(self) -> list[tuple[str, int]]:
        """Lay three to eight buckets of mixed kinds."""
        left, blocks = self.rng.randint(3, 8), []
        while left:
            count = self.rng.randint(1, left)
            blocks.append((self.rng.choice(KINDS), count))
            left -= count
        return blocks

    def _item(self, number: int) -> Row:
        """Draw an item; every item has a mass, since legs and places count tonnes."""
        row: Row = {"item": f"I{number}", "mass_kg": self.rng.choice([250, 1000, 2000])}
        self._maybe(row, 0.5, "value_eur", self.rng.choice([5, 20]))
        self._maybe(row, 0.5, "holding_eur_per_month", self.rng.choice([0.5, 2]))
        if self.wishes.dated:
            self._maybe(row, 0.25, "shelf_life_days", self.rng.randint(1, self.days))
        return row

    def _place(self, number: int) -> Row:
        """Draw a place; the first party owns the first."""
        row: Row = {"place": f"L{number}", "party": "P0" if number == 0 else self.party()}
        if self.wishes.limits:
            self._maybe(row, 0.2, "storage_t", self.quantity())
            self._maybe(row, 0.2, "throughput_t_per_month", 10 * self.quantity())
        return row

    def _maybe(self, row: Row, chance: float, field: str, value: Any) -> None:
        """Fill a field with some chance."""
        if self.rng.random() < chance:
            row[field] = value

    def party(self) -> str:
        """Draw a party."""
        return str(self.rng.choice(self.parties)["party"])

    def place(self) -> str:
        """Draw a place."""
        return str(self.rng.choice(self.places)["place"])

    def item(self) -> str:
        """Draw an item."""
        return str(self.rng.choice(self.items)["item"])

    def quantity(self) -> float:
        """Draw a quantity from a quarter to ten."""
        return self.rng.randint(1, 40) / 4

    def day(self) -> int:
        """Draw a day of the plan."""
        return self.rng.randint(0, self.days - 1)

    def window(self, row: Row, chance: float, first: str, last: str) -> None:
        """Fill the two ends of a window, each with some chance."""
        if self.wishes.windows:
            begin, end = sorted((self.day(), self.day()))
            self._maybe(row, chance, first, begin)
            self._maybe(row, chance, last, end)

    def needs(self) -> Rows:
        """Draw one to four needs."""
        return [self._need(number) for number in range(self.rng.randint(1, 4))]

    def _need(self, number: int) -> Row:
        row: Row = {
            "need": f"N{number}",
            "place": self.place(),
            "item": self.item(),
            "quantity": self.quantity(),
            "required_by": self.day(),
            "priority": self.rng.randint(1, 2),
        }
        self._maybe(row, 0.3, "not_before", self.rng.randint(0, row["required_by"]))
        self._maybe(row, 0.3, "unmet_cost_eur", self.rng.choice([1, 50]))
        self._maybe(row, 0.2, "party", self.party())
        if self.rng.random() < 0.4:
            row["unmet"] = "lapse"
            self._maybe(row, 0.5, "lapse_days", self.rng.randint(0, self.days))
        if self.wishes.recurring and self.rng.random() < 0.2:
            row["every"] = self.rng.choice(["week", "month"])
            row["until"] = self.rng.randint(row["required_by"], self.days + 10)
        return row

    def stocks(self, needs: Rows) -> Rows:
        """Draw up to five lots: free, dated, reserved."""
        return [self._stock(needs) for _ in range(self.rng.randint(0, 5))]

    def _stock(self, needs: Rows) -> Row:
        row: Row = {"place": self.place(), "item": self.item(), "quantity": self.quantity()}
        if self.wishes.dated:
            self._maybe(row, 0.3, "expires_on", self.rng.randint(-3, self.days + 5))
        if self.wishes.reserved and self.rng.random() < 0.2:
            need = self.rng.choice(needs)
            row |= {"item": need["item"], "reserved_for": need["need"]}
        return row

    def receipts(self) -> Rows:
        """Draw up to two receipts, some past due, some after the plan."""
        return [
            {
                "place": self.place(),
                "item": self.item(),
                "quantity": self.quantity(),
                "due_on": self.rng.randint(-5, self.days + 5),
            }
            for _ in range(self.rng.randint(0, 2))
        ]

    def legs(self) -> Rows:
        """Draw one to five legs, some of which share a capacity."""
        rows = [self._leg(number) for number in range(self.rng.randint(1, 5))]
        shared = [row for row in rows if row.pop("shared", False)]
        for row in shared:
            row |= {"shared_capacity": "ROAD", "capacity_t_per_month": shared[0].get("capacity_t_per_month", 5)}
        return rows

    def _leg(self, number: int) -> Row:
        origin, destination = self.rng.sample([row["place"] for row in self.places], 2)
        row: Row = {"leg": f"G{number}", "origin": origin, "destination": destination, "mode": "road"}
        row["transit_days"] = self.rng.choice([0, 0, 1, 1.5, 2, 7, 10.25, 30])
        self._maybe(row, 0.5, "capacity_t_per_month", self.rng.choice([1, 5, 20, 60]))
        self._maybe(row, 0.3, "cost_eur_per_t", self.rng.choice([1, 10]))
        self._maybe(row, 0.15, "item", self.item())
        self.window(row, 0.25, "open_from", "open_until")
        row["shared"] = self.rng.random() < 0.3
        return row

    def pledges(self, needs: Rows) -> Rows:
        """Draw up to four pledges of any state."""
        return [self.pledge(f"G{number}", needs) for number in range(self.rng.randint(0, 4))]

    def pledge(self, code: str, needs: Rows) -> Row:
        """Draw a pledge."""
        row: Row = {"pledge": code, "donor": self.party(), "item": self.item(), "quantity": self.quantity()}
        row["state"] = self.rng.choice(["announced", "committed", "allocated", "committed", "withdrawn"])
        self._maybe(row, 0.5, "recipient", self.party())
        self._maybe(row, 0.2, "delivered_quantity", 0.5)
        self.window(row, 0.3, "available_from", "available_until")
        if self.wishes.reserved and self.rng.random() < 0.2:
            need = self.rng.choice(needs)
            row |= {"item": need["item"], "only_for": self.rng.choice([need["need"], need["place"]])}
        return row

    def contracts(self, receipts: Rows) -> Rows:
        """Draw up to four contracts, mostly between industry and others; some receipts come under one of them."""
        rows = [self.contract(f"C{number}") for number in range(self.rng.randint(0, 4))]
        for row in receipts if rows else ():
            contract = self.rng.choice(rows)
            if self.rng.random() < 0.5:
                row |= {"contract": contract["contract"], "item": contract["item"]}
        return rows

    def contract(self, code: str) -> Row:
        """Draw a contract: firm, option, both, or a framework."""
        sellers = [row["party"] for row in self.parties if row["kind"] == "industry"]
        buyers = [row["party"] for row in self.parties if row["kind"] != "industry"]
        row: Row = {"contract": code, "supplier": self.rng.choice(sellers), "buyer": self.rng.choice(buyers)}
        row |= {"item": self.item()}
        self._maybe(row, 0.1, "buyer", self.party())
        self._maybe(row, 0.6, "firm", self.quantity())
        self._maybe(row, 0.5, "option", self.quantity())
        self._maybe(row, 0.8, "unit_price_eur", self.rng.choice([3, 10, 40]))
        self._maybe(row, 0.2, "deliver_to", self.place())
        self.window(row, 0.3, "from_date", "until_date")
        self._maybe(row, 0.1, "until_date", self.days + 3)
        return row

    def budgets(self) -> Rows:
        """Draw up to four budgets, of any party, for years of the plan and one after it, from one or two funds."""
        return [
            {
                "party": self.party(),
                "year": self.as_of.year + self.rng.choice([0, 0, 1, 2]),
                "amount_eur": 10 * self.quantity(),
                "fund": f"F{number}",
            }
            for number in range(self.rng.randint(0, 4))
        ]

    def objectives(self, needs: Rows) -> Rows:
        """Draw up to three rows of floors, objectives and maxima, each of an owner and item of its own."""
        drawn = [self._objective(needs) for _ in range(self.rng.randint(0, 3))]
        rows = {(row.get("party"), row.get("place"), row["item"]): row for row in drawn}
        return list(rows.values())

    def _objective(self, needs: Rows) -> Row:
        row: Row = {"item": self.item(), "priority": self.rng.randint(1, 3)}
        owner = self.party()
        if self.rng.random() < 0.5:
            place = self.rng.choice(self.places)
            row["place"], owner = place["place"], place["party"]
        else:
            row["party"] = owner
        own = {row["party"] for row in self.places for need in needs if need["place"] == row["place"]}
        if self.wishes.floors == "anybody" or (self.wishes.floors == "strangers" and owner not in own):
            self._maybe(row, 0.5, "floor", self.quantity())
        self._maybe(row, 0.6, "objective", self.quantity())
        if self.wishes.limits:
            self._maybe(row, 0.2, "maximum", self.quantity())
        return row

    def making(self) -> Facts:
        """Draw one or two processes on one line, with components and a co-product."""
        place = self.place()
        count = self.rng.randint(1, 2)
        rows = [self._process(number, place) for number in range(count)]
        line: Row = {"line": "LINE", "place": place, "capacity_per_month": self.rng.choice([10, 40])}
        return {
            "processes": rows,
            "lines": [line],
            "components": [row for process in rows for row in self._components(process)],
            "coproducts": [
                {"process": row["process"], "item": self.item(), "quantity": 0.5}
                for row in rows
                if self.rng.random() < 0.2
            ],
        }

    def _process(self, number: int, place: str) -> Row:
        row: Row = {"process": f"M{number}", "place": place, "item": self.item()}
        row |= {"line": "LINE", "line_hours_per_unit": self.rng.choice([1, 2, 4])}
        row["lead_time_days"] = self.rng.choice([0, 1, 2.5, 7])
        row["yield"] = self.rng.choice([1, 1, 0.5, 0.75])
        self._maybe(row, 0.5, "unit_cost_eur", self.rng.choice([1, 8]))
        self.window(row, 0.2, "from_date", "until_date")
        return row

    def _components(self, process: Row) -> Rows:
        items = [row["item"] for row in self.items if row["item"] != process["item"]]
        if not items or self.rng.random() < 0.4:
            return []
        row: Row = {"process": process["process"], "item": self.rng.choice(items), "quantity": self.rng.choice([1, 2])}
        self.window(row, 0.2, "from_date", "until_date")
        return [row]

    def add_kits(self, facts: Facts) -> None:
        """Add a kit, or a kit of a kit, a need for it, and what may lie there or be aimed at."""
        rng, parts = self.rng, [row["item"] for row in self.items]
        facts["kits"] = []
        for number in range(rng.randint(1, 2)):
            kit = self._item(number) | {"item": f"K{number}", "kind": "kit"}
            self.items.append(kit)
            inside = rng.sample(parts, rng.randint(1, len(parts))) + ["K0"] * number
            facts["kits"] += [{"item": kit["item"], "component": part, "quantity": rng.choice([1, 1, 2, 0.5])}
                              for part in inside]  # fmt: skip
        facts["needs"].append(self._need(8) | {"item": kit["item"]})
        if self.wishes.floors == "strangers":
            self._drop_floors(facts)
        if rng.random() < 0.3:
            facts["stocks"].append({"place": self.place(), "item": "K0", "quantity": self.quantity()})
        if rng.random() < 0.3:
            row: Row = {"place": self.place(), "item": "K0", "priority": 1, "objective": self.quantity()}
            facts["objectives"].append(row)

    def _drop_floors(self, facts: Facts) -> None:
        """Take the floors from the party that needs kits: it is no stranger any more."""
        owners = {row["place"]: row["party"] for row in self.places}
        for row in facts["objectives"]:
            if owners.get(row.get("place"), row.get("party")) == owners[facts["needs"][-1]["place"]]:
                row.pop("floor", None)

    def add_substitutes(self, facts: Facts) -> None:
        """Add up to three pairs of items of which one may be used in place of the other."""
        facts["substitutes"] = []
        for item, other in (self._two() for _ in range(self.rng.randint(1, 3)) if len(self.items) > 1):
            row: Row = {"item": item, "substitute": other, "factor": self.rng.choice([0.5, 1, 2])}
            row["for_components"] = self.rng.random() < 0.5 and (other, item) not in _made_of(facts)
            self.window(row, 0.3, "from_date", "until_date")
            facts["substitutes"].append(row)

    def _two(self) -> list[str]:
        """Draw two items."""
        return self.rng.sample([row["item"] for row in self.items], 2)

    def add_repairs(self, facts: Facts) -> None:
        """Add repairable stock, a process that refurbishes it, and perhaps more that lies elsewhere."""
        place, item = self.place(), self.item()
        if "lines" not in facts:
            facts |= {"processes": [], "components": [], "coproducts": [], "lines": []}
            facts["lines"].append({"line": "LINE", "place": place, "capacity_per_month": 40})
        facts["processes"].append(self._process(8, place) | {"item": item})
        facts["components"].append({"process": "M8", "item": item, "quantity": self.rng.choice([1, 1, 2])})
        for where in (place, self.place()):
            row: Row = {"place": where, "item": item, "quantity": self.quantity(), "condition": "repairable"}
            if self.wishes.dated:
                self._maybe(row, 0.3, "expires_on", self.rng.randint(0, self.days + 5))
            facts["stocks"].append(row)

    def growing(self, lines: Rows) -> Facts:
        """Let the line close before the end, stand in a second row, have maxima, and grow."""
        more = [lines[0] | {"capacity_per_month": 5}] if self.rng.random() < 0.3 else []
        for row in (rows := [*lines, *more]):
            self.window(row, 0.2, "available_from", "until_date")
            self._maybe(row, 0.3, "maximum_per_month", self.rng.choice([5, 30, 60]))
        return {"lines": rows, "expansions": [self._expansion(number) for number in range(self.rng.randint(0, 2))]}

    def _expansion(self, number: int) -> Row:
        row: Row = {"expansion": f"X{number}", "line": "LINE", "adds_per_month": self.rng.choice([5, 20])}
        row |= {"lead_time_days": self.rng.choice([0, 1.5, 7]), "cost_eur": self.rng.choice([0.5, 3])}
        self._maybe(row, 0.5, "maximum_count", self.rng.randint(1, 3))
        self._maybe(row, 0.3, "paid_by", self.party())
        return row

    def keys(self) -> Rows:
        """Draw one or two keys: the eighths that each party carries, some with a cap on the excess."""
        return [row for key in ("K0", "K1")[: self.rng.randint(1, 2)] for row in self._key(key)]

    def _key(self, key: str) -> Rows:
        parties = self.rng.sample([row["party"] for row in self.parties], self.rng.randint(1, len(self.parties)))
        cuts = sorted(self.rng.randint(0, 8) for _ in parties[1:])
        eighths = [b - a for a, b in zip([0, *cuts], [*cuts, 8], strict=True)]
        rows: Rows = [
            {"key": key, "party": party, "share": eighth / 8} for party, eighth in zip(parties, eighths, strict=True)
        ]
        for row in rows:
            self._maybe(row, 0.2, "maximum_excess", self.rng.choice([0, 0.125, 0.5]))
        return rows


def sharing_facts(rng: Random) -> Facts:
    """Return the facts of a case in which two or three parties can give, and share what a fourth needs by a key."""
    world = _World(rng, Wishes(dated=False, reserved=False))
    donors = [f"P{k}" for k in range(1, rng.randint(3, 4))]
    world.parties = [{"party": party, "kind": "nation"} for party in ("P0", *donors)]
    world.places = [{"place": f"L{party}", "party": party} for party in ("P0", *donors)]
    world.items = [{"item": f"I{k}", "mass_kg": 1000, "value_eur": value} for k, value in enumerate((5, 20, None))]
    facts: Facts = {
        "horizon": world.blocks,
        "gifts": rng.choice(["pledged", "pledged", "open"]),
        "parties": world.parties,
        "places": world.places,
        "items": [{field: cell for field, cell in row.items() if cell is not None} for row in world.items],
        "needs": [world._need(number) | {"place": "LP0"} for number in range(rng.randint(1, 3))],
        "legs": [world._leg(k) | {"origin": f"L{party}", "destination": "LP0"} for k, party in enumerate(donors)],
        "stocks": [world._stock([]) | {"place": f"L{party}"} for party in donors for _ in range(2)],
        "receipts": [],
        "objectives": [],
        "pledges": [
            world.pledge(f"G{k}", []) | {"donor": rng.choice(donors), "recipient": "P0"}
            for k in range(rng.randint(2, 6))
        ],
        "keys": world.keys(),
    }
    for row in facts["legs"]:
        row.pop("shared", None)
    return facts


def ordering_facts(rng: Random) -> Facts:
    """Return the facts of a case in which a nation orders from one or two sellers under contracts with least orders."""
    world = _World(rng, Wishes(contracts=True, floors="nobody", dated=False, reserved=False))
    sellers = ["P1", "P2"][: rng.randint(1, 2)]
    world.parties = [{"party": "P0", "kind": "nation"}, *({"party": party, "kind": "industry"} for party in sellers)]
    world.places = [{"place": f"L{party}", "party": party} for party in sellers]
    world.places += [{"place": f"D{number}", "party": "P0"} for number in range(rng.randint(1, 2))]
    world.items = [world._item(number) for number in range(rng.randint(1, 2))]
    depots = [row["place"] for row in world.places if row["party"] == "P0"]
    legs = [(seller, depot) for seller in sellers for depot in depots]
    facts: Facts = {
        "as_of": world.as_of,
        "horizon": world.blocks,
        "gifts": "pledged",
        "parties": world.parties,
        "places": world.places,
        "items": world.items,
        "needs": [world._need(number) | {"place": rng.choice(depots)} for number in range(rng.randint(1, 4))],
        "legs": [
            world._leg(k) | {"origin": f"L{seller}", "destination": depot} for k, (seller, depot) in enumerate(legs)
        ],
        "stocks": [world._stock([]) | {"place": f"L{seller}"} for seller in sellers for _ in range(2)],
        "receipts": world.receipts(),
        "objectives": world.objectives([]),
        "budgets": world.budgets(),
    }
    facts["contracts"] = [world.contract(f"C{number}") | {"buyer": "P0"} for number in range(rng.randint(1, 4))]
    facts |= world.making() if rng.random() < 0.5 else {}
    for row in facts["legs"]:
        row.pop("shared", None)
    for row in facts["contracts"]:
        world._maybe(row, 0.8, "minimum_order", rng.choice([1, 2.5, 4, 8]))
    return facts


def with_wholes(rng: Random, facts: Facts) -> Facts:
    """Add to the rows of a case what makes things whole, or nothing or at least something; each with some chance."""
    fields = {
        "processes": {"setup_cost_eur": (5, 40), "minimum_lot": (0.5, 2), "whole": (True,)},
        "lines": {"minimum_per_month": (2, 8)},
        "legs": {"fixed_cost_eur": (3, 30)},
        "needs": {"minimum_shipment": (0.75, 3)},
        "contracts": {"minimum_order": (1, 4)},
    }
    changed = copied(facts)
    for table, choices in fields.items():
        for row in changed.get(table, []):
            row |= {field: rng.choice(values) for field, values in choices.items() if rng.random() < 0.5}
    return changed
