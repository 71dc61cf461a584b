"""Cases by chance in which all comes on time, and one thing at a time that then stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.laws.chance import Facts

ASKED = 40
"""What the need asks for, by day 41: the last day of the sixth week."""

DUE = 41


def ample(rng: Random) -> Facts:
    """Return a case in which everything comes on time: a donor's stock over a hub, or what a donor makes.

    Other goods, other donors and other needs stand beside it, with enough for all.
    """
    made = rng.random() < 0.5
    asked = ASKED * rng.choice([1, 1, 2])
    transit = rng.choice([1, 3, 7])
    facts: Facts = {
        "horizon": [("week", 10)],
        "parties": [{"party": party, "kind": "nation"} for party in ("UA", "DE", "PL")],
        "places": [
            {"place": "FRONT", "party": "UA"},
            {"place": "HUB", "party": "UA"},
            {"place": "DEPOT", "party": "DE"},
            {"place": "STORE", "party": "PL"},
        ],
        "items": [{"item": "tent", "mass_kg": 100}, {"item": "pole", "mass_kg": 1}, {"item": "cot", "mass_kg": 10}],
        "needs": [
            {"need": "N", "place": "FRONT", "item": "tent", "quantity": asked, "required_by": DUE, "priority": 2},
            {"need": "M", "place": "FRONT", "item": "cot", "quantity": 10, "required_by": DUE, "priority": 1},
        ],
        "stocks": [{"place": "STORE", "item": "cot", "quantity": 30}],
        "pledges": [
            {"pledge": "P", "donor": "DE", "item": "tent", "quantity": 3 * asked, "state": "committed"},
            {"pledge": "C", "donor": "PL", "item": "cot", "quantity": 20, "state": "committed"},
        ],
        "legs": [
            {"leg": "A", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": transit,
             "capacity_t_per_month": 100 * asked},
            {"leg": "B", "origin": "HUB", "destination": "FRONT", "mode": "road", "transit_days": 1},
            {"leg": "S", "origin": "STORE", "destination": "HUB", "mode": "road", "transit_days": 2},
        ],
        "objectives": [{"party": "DE", "item": "tent", "floor": 1}],
    }  # fmt: skip
    if made:
        facts["lines"] = [{"line": "L", "place": "DEPOT", "capacity_per_month": 10 * asked}]
        facts["processes"] = [
            {
                "process": "MAKE",
                "place": "DEPOT",
                "item": "tent",
                "line": "L",
                "line_hours_per_unit": 2,
                "lead_time_days": 3,
            }
        ]
        facts["components"] = [{"process": "MAKE", "item": "pole", "quantity": 2}]
        facts["stocks"] += [{"place": "DEPOT", "item": "pole", "quantity": 10 * asked}]
    else:
        facts["stocks"] += [{"place": "DEPOT", "item": "tent", "quantity": 2 * asked}]
    return facts


def _row(facts: Facts, table: str, **key: str) -> dict[str, object]:
    """Return a row of a table by its code."""
    ((name, code),) = key.items()
    return next(row for row in facts[table] if row[name] == code)


def late_pledge(facts: Facts, rng: Random) -> str:
    """Let the pledge be available only when it is too late."""
    _row(facts, "pledges", pledge="P")["available_from"] = rng.choice([42, 49, 53])
    return "pledge too late"


def small_pledge(facts: Facts, rng: Random) -> str:
    """Let less be pledged than is asked for."""
    _row(facts, "pledges", pledge="P")["quantity"] = rng.choice([5, 20, 30])
    return "pledge too small"


def no_pledge(facts: Facts, rng: Random) -> str:
    """Let nobody have pledged any."""
    facts["pledges"] = [row for row in facts["pledges"] if row["pledge"] != "P"]
    return "not asked"


def floor(facts: Facts, rng: Random) -> str:
    """Let the donor keep nearly all that it has or can make."""
    kept = sum(row["quantity"] for row in facts["stocks"] if row["item"] == "tent") or 10 * ASKED * 2 * 5
    facts["objectives"] = [{"party": "DE", "item": "tent", "floor": kept - rng.choice([0, 10])}]
    return "floor"


def full_leg(facts: Facts, rng: Random) -> str:
    """Let the first leg carry a few units a month."""
    _row(facts, "legs", leg=rng.choice("AB"))["capacity_t_per_month"] = rng.choice([0.2, 0.5, 1.0])
    return "leg full"


def closed_leg(facts: Facts, rng: Random) -> str:
    """Let a leg open only when it is too late."""
    _row(facts, "legs", leg=rng.choice("AB"))["open_from"] = rng.choice([42, 49, 53])
    return "leg closed"


def long_way(facts: Facts, rng: Random) -> str:
    """Let the way take longer than the time left."""
    _row(facts, "legs", leg=rng.choice("AB"))["transit_days"] = rng.choice([45, 50, 55])
    return "leg slow"


def no_way(facts: Facts, rng: Random) -> str:
    """Let no leg lead from the donor to the need."""
    facts["legs"] = [row for row in facts["legs"] if row["leg"] != "A"]
    return "no way"


def full_line(facts: Facts, rng: Random) -> str:
    """Let the line have a few hours a month."""
    _row(facts, "lines", line="L")["capacity_per_month"] = rng.choice([4, 10, 20])
    return "line full"


def short_component(facts: Facts, rng: Random) -> str:
    """Let there be few of a component."""
    _row(facts, "stocks", item="pole")["quantity"] = rng.choice([0, 10, 30])
    return "component short"


def urgent_need(facts: Facts, rng: Random) -> str:
    """Let a more urgent need want all that there is."""
    there = _row(facts, "stocks", item="tent")["quantity"]
    more = {"need": "U", "place": "HUB", "item": "tent", "quantity": there, "required_by": DUE, "priority": 1}
    facts["needs"].append(more)
    facts["objectives"] = []
    return "others first"


def late_receipt(facts: Facts, rng: Random) -> str:
    """Let what the donor has come in only when it is too late."""
    held = _row(facts, "stocks", item="tent")
    facts["stocks"] = [row for row in facts["stocks"] if row is not held]
    due = rng.choice([42, 49, 53])
    facts["receipts"] = [{"place": "DEPOT", "item": "tent", "quantity": held["quantity"], "due_on": due}]
    return "receipt too late"


Plant = Callable[[Facts, Random], str]
"""Puts one thing in the way, and says what it is called."""

OF_STOCK: tuple[Plant, ...] = (floor, late_receipt, urgent_need)
OF_MAKING: tuple[Plant, ...] = (full_line, short_component)
OF_ALL: tuple[Plant, ...] = (
    late_pledge, small_pledge, no_pledge, full_leg, closed_leg, long_way, no_way,
)  # fmt: skip
"""What may stand in the way of what comes from stock, of what is made, and of either."""


def planted(rng: Random) -> tuple[Facts, str]:
    """Return a case with one thing in the way of the need N, and what it is called."""
    facts = ample(rng)
    plant = rng.choice(OF_ALL + (OF_MAKING if "lines" in facts else OF_STOCK))
    return facts, plant(facts, rng)


def made_together(rng: Random) -> Facts:
    """Return a case in which two things are made of one part on one line, of which there is plenty or not."""
    due, later = rng.choice([20, 34, 41]), rng.choice([27, 48, 60])
    return {
        "horizon": [("week", 10)],
        "parties": [{"party": party, "kind": "nation"} for party in ("UA", "DE")],
        "places": [{"place": "FRONT", "party": "UA"}, {"place": "PLANT", "party": "DE"}],
        "items": [{"item": item} for item in ("tent", "cot", "pole")],
        "needs": [
            {"need": "N", "place": "FRONT", "item": "tent", "quantity": rng.choice([8, 12]), "required_by": due,
             "priority": rng.choice([1, 2])},
            {"need": "M", "place": "FRONT", "item": "cot", "quantity": rng.choice([5, 20]), "required_by": later,
             "priority": rng.choice([1, 2])},
        ],
        "lines": [{"line": "L", "place": "PLANT", "capacity_per_month": rng.choice([30, 100, 400])}],
        "processes": [
            {"process": f"MAKE-{item}", "place": "PLANT", "item": item, "line": "L", "line_hours_per_unit": 2,
             "lead_time_days": rng.choice([3, 10])}
            for item in ("tent", "cot")
        ],
        "components": [
            {"process": f"MAKE-{item}", "item": "pole", "quantity": quantity}
            for item, quantity in (("tent", 2), ("cot", rng.choice([1, 3])))
        ],
        "stocks": [{"place": "PLANT", "item": "pole", "quantity": rng.choice([20, 50, 200])}],
        "receipts": [
            {"place": "PLANT", "item": "pole", "quantity": rng.choice([1, 30]), "due_on": rng.choice([10, 25])}
        ],
        "pledges": [
            {"pledge": "P", "donor": "DE", "item": "tent", "quantity": rng.choice([6, 12]), "state": "committed",
             "available_from": rng.choice([None, 30])},
            {"pledge": "C", "donor": "DE", "item": "cot", "quantity": 20, "state": "committed"},
        ],
        "legs": [{"leg": "A", "origin": "PLANT", "destination": "FRONT", "mode": "road", "transit_days": 2}],
    }  # fmt: skip
