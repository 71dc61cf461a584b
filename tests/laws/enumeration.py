"""Cases of whole units small enough to try every plan: two places, one leg, at most two needs, three days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

DAYS = 3
MONTH = 31
"""Days of the month in which the cases lie: so many tonnes a month are one a day."""

Values = tuple[float, ...]
State = tuple[int, int, int, tuple[int, ...]]
"""What lies at the depot and at the hub, what arrives next morning, and what each need still lacks."""


def whole_facts(rng: Random) -> dict[str, Any]:
    """Return the facts of a case by chance whose best plan is one of whole units."""
    needs = [_need(rng, number) for number in range(rng.randint(1, 2))]
    leg = {"leg": "L", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": rng.randint(0, 1)}
    leg |= {"capacity_t_per_month": MONTH * rng.randint(1, 3), "cost_eur_per_t": rng.choice([0, 1, 5])}
    stocks = [{"place": place, "item": "tent", "quantity": rng.randint(0, 3)} for place in ("DEPOT", "HUB")]
    receipt = {"place": "DEPOT", "item": "tent", "quantity": rng.randint(1, 2), "due_on": rng.randint(0, DAYS)}
    objective = {"place": "DEPOT", "item": "tent", "objective": rng.randint(1, 3), "priority": 1}
    return {
        "horizon": [("day", DAYS)],
        "gifts": "pledged",
        "parties": [{"party": "UA", "kind": "nation"}],
        "places": [{"place": "DEPOT", "party": "UA"}, {"place": "HUB", "party": "UA"}],
        "items": [{"item": "tent", "mass_kg": 1000}],
        "needs": needs,
        "legs": [leg],
        "stocks": stocks,
        "receipts": [receipt],
        "objectives": [objective],
    }


def _need(rng: Random, number: int) -> dict[str, Any]:
    need = {
        "need": f"N{number}",
        "place": rng.choice(["HUB", "HUB", "DEPOT"]),
        "item": "tent",
        "quantity": rng.randint(1, 4),
        "required_by": rng.randint(0, DAYS - 1),
        "priority": rng.randint(1, 2),
        "unmet_cost_eur": rng.choice([0, 2, 7]),
    }
    if rng.random() < 0.3:
        need["not_before"] = rng.randint(0, need["required_by"])
    if rng.random() < 0.4:
        need |= {"unmet": "lapse", "lapse_days": rng.randint(0, 1)}
    return need


def best_of_all(facts: dict[str, Any]) -> dict[str, float]:
    """Try every plan of whole units, day by day, and return the tiers of the best."""
    trial = _Trial(facts)
    priorities = sorted({need["priority"] for need in trial.needs})
    names = [f"needs {priority} {what}" for priority in priorities for what in ("unmet", "late")]
    stocks = [int(row["quantity"]) for row in facts["stocks"]]
    start = (stocks[0], stocks[1], 0, tuple(int(need["quantity"]) for need in trial.needs))
    values = trial.best(0, start)
    return dict(zip([*names, "objectives", "cost"], values, strict=True))


class _Trial:
    """A case and everything that can be done on each of its days."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts, self.needs, self.leg = facts, facts["needs"], facts["legs"][0]
        self.priorities = sorted({need["priority"] for need in self.needs})
        self.best = lru_cache(maxsize=None)(self._best)

    def _best(self, day: int, state: State) -> Values:
        """Return the least values, in the order of the tiers, from a day on."""
        if day == DAYS:
            return self._unmet(state[3])
        return min(
            tuple(a + b for a, b in zip(paid, self.best(day + 1, then), strict=True))
            for paid, then in self._choices(day, state)
        )

    def _choices(self, day: int, state: State) -> Iterator[tuple[Values, State]]:
        """Yield what each choice of a day costs, and what it leaves for the next."""
        depot, hub, coming, lacks = state
        receipt, transit = self.facts["receipts"][0], self.leg["transit_days"]
        depot += int(receipt["quantity"]) if receipt["due_on"] == day else 0
        room = self.leg["capacity_t_per_month"] // MONTH
        for sent in range(min(depot, room) + 1):
            for issued in product(*(range(lack + 1) if self._open(k, day) else (0,) for k, lack in enumerate(lacks))):
                out = [sum(n for k, n in enumerate(issued) if self.needs[k]["place"] == place)
                       for place in ("DEPOT", "HUB")]  # fmt: skip
                left = depot - sent - out[0], hub + coming + (0 if transit else sent) - out[1]
                if min(left) >= 0:
                    after = tuple(lack - n for lack, n in zip(lacks, issued, strict=True))
                    yield self._paid(day, sent, issued, left[0]), (*left, sent if transit else 0, after)

    def _open(self, number: int, day: int) -> bool:
        """Tell whether a need may be issued to on a day."""
        need = self.needs[number]
        last = need["required_by"] + need["lapse_days"] if "lapse_days" in need else DAYS
        return need.get("not_before", 0) <= day <= last

    def _paid(self, day: int, sent: int, issued: tuple[int, ...], depot: int) -> Values:
        """Return what a day adds to each tier."""
        values: list[float] = []
        for priority in self.priorities:
            late = [max(0, day - need["required_by"]) * n for need, n in zip(self.needs, issued, strict=True)
                    if need["priority"] == priority]  # fmt: skip
            values += [0.0, float(sum(late))]
        below = max(0, self.facts["objectives"][0]["objective"] - depot)
        return (*values, float(below), float(sent * self.leg["cost_eur_per_t"]))

    def _unmet(self, lacks: tuple[int, ...]) -> Values:
        """Return what each tier has of what stays unmet."""
        values: list[float] = []
        for priority in self.priorities:
            lack = [n for need, n in zip(self.needs, lacks, strict=True) if need["priority"] == priority]
            values += [float(sum(lack)), 0.0]
        cost = sum(n * need["unmet_cost_eur"] for need, n in zip(self.needs, lacks, strict=True))
        return (*values, 0.0, float(cost))
