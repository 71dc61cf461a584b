"""Tiny cases with whole numbers, small enough to try every plan: a shop that makes, or sells, a leg, two needs, days.

Every figure is whole, and apart from the switches a case is one flow through time, so that the best of all plans is one
of whole units (a process that takes two of its component starts whole units only). So every plan of whole units is
tried, day by day, without a solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

DAYS = 3
MONTH = 31
"""Days of the month in which the cases lie: so many hours or tonnes a month are one a day."""

Values = tuple[float, ...]
State = tuple[int, int, int, int, int, int, tuple[int, ...]]
"""What lies at the shop, of parts there, at the hub; what comes next morning to shop and hub; what was sold; what each
need lacks."""


def lot_facts(rng: Random) -> dict[str, Any]:
    """Return the facts of a case by chance in which something is whole, or nothing or at least something."""
    leg = _leg(rng)
    holding = 0 if leg["transit_days"] else MONTH * rng.choice([0, 0, 1])  # on the road nothing is held
    facts: dict[str, Any] = {
        "horizon": [("day", DAYS)],
        "gifts": "pledged",
        "parties": [{"party": "UA", "kind": "nation"}],
        "places": [{"place": "SHOP", "party": "UA"}, {"place": "HUB", "party": "UA"}],
        "items": [
            {"item": "tent", "mass_kg": 1000, "holding_eur_per_month": holding},
            {"item": "cloth"},
        ],
        "needs": [_need(rng, number) for number in range(rng.randint(1, 2))],
        "legs": [leg],
        "stocks": [{"place": place, "item": "tent", "quantity": rng.randint(0, 1)} for place in ("SHOP", "HUB")],
        "processes": [_process(rng)],
        "lines": [_line(rng)],
    }  # fmt: skip
    if rng.random() < 0.5:
        facts["tiers"] = rng.choice([("needs", "cost"), ("cost",), ("cost", "needs")])
    _add_component(rng, facts)
    if rng.random() < 0.4:
        _add_contract(rng, facts)
    return facts


def _need(rng: Random, number: int) -> dict[str, Any]:
    need = {
        "need": f"N{number}",
        "place": rng.choice(["HUB", "HUB", "SHOP"]),
        "item": "tent",
        "quantity": rng.randint(1, 4),
        "required_by": rng.randint(0, DAYS - 1),
        "priority": rng.randint(1, 2),
        "unmet_cost_eur": rng.choice([0, 3, 9]),
    }
    if rng.random() < 0.5:
        need["minimum_shipment"] = rng.randint(2, 5)
    if rng.random() < 0.4:
        need |= {"unmet": "lapse", "lapse_days": rng.randint(0, 1)}
    return need


def _leg(rng: Random) -> dict[str, Any]:
    leg = {"leg": "L", "origin": "SHOP", "destination": "HUB", "mode": "road", "transit_days": rng.randint(0, 1)}
    leg |= {"cost_eur_per_t": rng.choice([0, 1]), "fixed_cost_eur": rng.choice([0, 2, 5])}
    return leg | ({"capacity_t_per_month": MONTH * rng.randint(1, 4)} if rng.random() < 0.7 else {})


def _process(rng: Random) -> dict[str, Any]:
    process = {"process": "SEW", "place": "SHOP", "item": "tent", "line": "LINE", "line_hours_per_unit": 1}
    process |= {"lead_time_days": rng.randint(0, 1), "unit_cost_eur": rng.choice([0, 1])}
    process |= {"setup_cost_eur": rng.choice([0, 3, 7]), "minimum_lot": rng.choice([0, 0, 2, 3])}
    return process | {"whole": rng.random() < 0.5}


def _line(rng: Random) -> dict[str, Any]:
    line = {"line": "LINE", "place": "SHOP", "capacity_per_month": MONTH * rng.randint(2, 4)}
    return line | {"minimum_per_month": MONTH * rng.choice([0, 0, 0, 2])}


def _add_component(rng: Random, facts: dict[str, Any]) -> None:
    """Let a process take one or two pieces of cloth for a tent; where two, it starts whole units."""
    takes = rng.choice([0, 1, 2])
    if takes:
        facts["components"] = [{"process": "SEW", "item": "cloth", "quantity": takes}]
        facts["stocks"].append({"place": "SHOP", "item": "cloth", "quantity": rng.randint(3, 8)})
        facts["processes"][0]["whole"] |= takes == 2


def _add_contract(rng: Random, facts: dict[str, Any]) -> None:
    """Let the shop be industry's, and sell under a contract: firm, option or framework, mostly with a minimum order."""
    facts["parties"].append({"party": "ACME", "kind": "industry"})
    facts["places"][0]["party"] = "ACME"
    contract = {"contract": "C", "buyer": "UA", "supplier": "ACME", "item": "tent"}
    contract |= {"unit_price_eur": rng.choice([0, 2]), "minimum_order": rng.choice([0, 2, 2, 3, 4])}
    contract |= {"firm": rng.randint(1, 3)} if rng.random() < 0.4 else {}
    contract |= {"option": rng.randint(1, 5)} if "firm" in contract or rng.random() < 0.5 else {}
    for need in facts["needs"]:
        need["place"] = "HUB"
    facts["contracts"] = [contract]


def best_of_all(facts: dict[str, Any]) -> dict[str, float]:
    """Try every plan of whole units, day by day, and return the tiers of the best."""
    trial = _Trial(facts)
    tents, cloth = {"SHOP": 0, "HUB": 0}, 0
    for row in facts["stocks"]:
        if row["item"] == "tent":
            tents[row["place"]] += row["quantity"]
        else:
            cloth += row["quantity"]
    start = (tents["SHOP"], cloth, tents["HUB"], 0, 0, 0, tuple(need["quantity"] for need in trial.needs))
    return dict(zip(trial.names, trial.best(0, start), strict=True))


class _Trial:
    """A case and everything that can be done on each of its days."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.needs, self.leg = facts["needs"], facts["legs"][0]
        self.process, self.line = facts["processes"][0], facts["lines"][0]
        self.takes = facts["components"][0]["quantity"] if "components" in facts else 0
        self.holding = facts["items"][0]["holding_eur_per_month"] / MONTH
        self.priorities = sorted({need["priority"] for need in self.needs})
        needs = [f"needs {priority} {what}" for priority in self.priorities for what in ("unmet", "late")]
        parts = {"needs": needs, "cost": ["cost"]}
        self.names = [name for tier in facts.get("tiers", ("needs", "cost")) for name in parts[tier]]
        self.contract = facts.get("contracts", [{}])[0]
        self.firm, self.price = self.contract.get("firm", 0), self.contract.get("unit_price_eur", 0)
        self.names = ["firm orders"] * (self.firm > 0) + self.names
        self.best = lru_cache(maxsize=None)(self._best)

    def _best(self, day: int, state: State) -> Values:
        """Return the least values, in the order of the tiers, from a day on."""
        if day == DAYS:
            return self._unmet(*state[5:])
        return min(
            tuple(a + b for a, b in zip(paid, self.best(day + 1, then), strict=True))
            for paid, then in self._choices(day, state)
        )

    def _choices(self, day: int, state: State) -> Iterator[tuple[Values, State]]:
        """Yield what each choice of a day costs, and what it leaves for the next."""
        shop, cloth, hub, made, coming, sold, lacks = state
        for started in self._starts(cloth):
            ready = shop + made + (0 if self.process["lead_time_days"] else started)
            for sent in self._sent(ready, sold):
                there = hub + coming + (0 if self.leg["transit_days"] else sent)
                for issued in product(*(self._amounts(k, day, lack) for k, lack in enumerate(lacks))):
                    out = [sum(n for k, n in enumerate(issued) if self.needs[k]["place"] == place)
                           for place in ("SHOP", "HUB")]  # fmt: skip
                    left = ready - sent - out[0], there - out[1]
                    if min(left) >= 0:
                        after = (left[0], cloth - started * self.takes, left[1],
                                 started if self.process["lead_time_days"] else 0,
                                 sent if self.leg["transit_days"] else 0, sold + sent if self.contract else 0,
                                 tuple(lack - n for lack, n in zip(lacks, issued, strict=True)))  # fmt: skip
                        yield self._paid(day, started, sent, issued, sum(left)), after

    def _starts(self, cloth: int) -> list[int]:
        """Return how many may be started: nothing, or the lot and the least hours of the line, and no more than fit."""
        least = max(self.process["minimum_lot"], self.line["minimum_per_month"] // MONTH, 1)
        most = self.line["capacity_per_month"] // MONTH
        most = min(most, cloth // self.takes) if self.takes else most
        return [0, *range(least, most + 1)]

    def _sent(self, ready: int, sold: int) -> list[int]:
        """Return how many may be sent: no more than are ready, fit and are left; beyond firm ones a least order."""
        most = min(ready, int(self.leg.get("capacity_t_per_month", 99 * MONTH)) // MONTH)
        option = self.contract.get("option", 0 if self.firm else 99)
        called = [max(sold + sent - self.firm, 0) - max(sold - self.firm, 0) for sent in range(most + 1)]
        least = min(self.contract.get("minimum_order", 0), option)
        left = self.firm + option - sold
        return [sent for sent, units in enumerate(called) if sent <= left and (units == 0 or units >= least)]

    def _amounts(self, number: int, day: int, lack: int) -> list[int]:
        """Return what a need may receive on a day: nothing, or its least shipment and no more than it lacks."""
        need = self.needs[number]
        last = need["required_by"] + need["lapse_days"] if "lapse_days" in need else DAYS
        least = min(need.get("minimum_shipment", 1), need["quantity"])
        return [0, *(range(least, lack + 1) if day <= last else ())]

    def _tiers(self, sums: dict[str, float], cost: float) -> Values:
        return tuple(cost if name == "cost" else sums.get(name, 0.0) for name in self.names)

    def _paid(self, day: int, started: int, sent: int, issued: tuple[int, ...], left: int) -> Values:
        """Return what a day adds to each tier."""
        late = {f"needs {priority} late": 0.0 for priority in self.priorities}
        for need, n in zip(self.needs, issued, strict=True):
            late[f"needs {need['priority']} late"] += max(0, day - need["required_by"]) * n
        cost = started * self.process["unit_cost_eur"] + (self.process["setup_cost_eur"] if started else 0)
        cost += sent * (self.leg["cost_eur_per_t"] + self.price) + (self.leg["fixed_cost_eur"] if sent else 0)
        return self._tiers(late, cost + left * self.holding)

    def _unmet(self, sold: int, lacks: tuple[int, ...]) -> Values:
        """Return what each tier has of what stays unmet, and of what is firm and was not sold."""
        unmet = {f"needs {priority} unmet": 0.0 for priority in self.priorities}
        for need, n in zip(self.needs, lacks, strict=True):
            unmet[f"needs {need['priority']} unmet"] += n
        cost = sum(n * need["unmet_cost_eur"] for need, n in zip(self.needs, lacks, strict=True))
        return self._tiers(unmet | {"firm orders": float(max(self.firm - sold, 0))}, float(cost))
