"""A case in which something is made: what stands in the way is a line, a component, or money."""

from __future__ import annotations

from tests.laws.chance import Facts

NEAR = 1e-2
"""How near two answers come: others keep what they have to a millionth, and a unit of theirs may be many unit-days."""

POLES: Facts = {
    "horizon": [("week", 2)],
    "parties": [{"party": "UA", "kind": "nation"}],
    "places": [{"place": "FRONT", "party": "UA"}],
    "items": [{"item": item} for item in ("tent", "pole", "wood", "tarp")],
    "needs": [{"need": "N", "place": "FRONT", "item": "tent", "quantity": 10, "required_by": 6, "priority": 1}],
    "lines": [{"line": "L", "place": "FRONT", "capacity_per_month": 443}],
    "stocks": [{"place": "FRONT", "item": "wood", "quantity": 20}],
}
"""A line of 100 hours a week, and wood for twenty of what is made on it: 20 of them go into each of ten tents."""


def makes(item: str, **more: object) -> dict[str, object]:
    """Return a process at the front that takes no time."""
    return {"process": f"MAKE-{item}", "place": "FRONT", "item": item, "lead_time_days": 0, **more}
