"""Steps of a trace made by hand, and what holds of every flow that is drawn of them."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from scorta.report.flow import DEEPEST, GAP, LINE, Flow, place_flow
from scorta.trace import Step

NEAR = 1e-6

DAY, LATER = dt.date(2022, 12, 1), dt.date(2022, 12, 8)


def stock(place: str, quantity: float, item: str = "tent") -> Step:
    """Return goods that lie somewhere."""
    return Step("stock", quantity, {"item": item, "place": place, "row": f"stocks.csv:{len(place)}"})


def leg(name: str, *behind: Step, day: dt.date = DAY, under: str | None = None) -> Step:
    """Return a shipment of all that stands behind it."""
    origin, destination = name.split(">")
    days = dict.fromkeys(("leaves_from", "leaves_until", "arrives_from", "arrives_until"), day)
    facts = {"leg": name, "origin": origin, "destination": destination, "item": "tent", "under": under, **days}
    return Step("shipment", sum(step.quantity for step in behind), facts, behind)


def issue(*behind: Step, meets: float = 1.0, late: int = 0) -> Step:
    """Return an issue of all that stands behind it, each unit of which meets so much of the need."""
    whole = sum(step.quantity for step in behind)
    facts = {"item": "tent", "place": "HUB", "issued_from": DAY, "issued_until": LATER}
    return Step("issue", whole, {**facts, "meets": whole * meets, "days_late": late}, behind)


def need(*issues: Step, unmet: float = 0.0) -> Step:
    """Return a need that receives some issues."""
    met = {
        late: sum(float(str(step.facts["meets"])) for step in issues if bool(step.facts["days_late"]) is late)
        for late in (False, True)
    }
    facts = {"need": "N1", "place": "HUB", "item": "tent", "required_by": DAY, "asked": sum(met.values()) + unmet}
    whole = sum(step.quantity for step in issues)
    return Step("need", whole, {**facts, "on_time": met[False], "late": met[True], "unmet": unmet}, issues)


def assert_balanced(flow: Flow, root: Step) -> None:
    """Every node takes in what it gives on; the need takes in all that it receives; bands tie neighbours alone."""
    comes, goes = [0.0] * len(flow.nodes), [0.0] * len(flow.nodes)
    for band in flow.bands:
        comes[band.target] += band.width
        goes[band.source] += band.width
        assert flow.nodes[band.source].depth == flow.nodes[band.target].depth + 1
    for number, node in enumerate(flow.nodes):
        assert number == 0 or goes[number] == pytest.approx(node.width, rel=NEAR, abs=NEAR)
        assert comes[number] == pytest.approx(node.width, rel=NEAR, abs=NEAR) or number in _sources(flow)
    received = float(str(root.facts["on_time"])) + float(str(root.facts["late"]))
    assert flow.nodes[0].width == pytest.approx(received, rel=NEAR, abs=NEAR)
    ends = sum(flow.nodes[number].width - comes[number] for number in _sources(flow))
    assert ends == pytest.approx(received, rel=NEAR, abs=NEAR)


def _sources(flow: Flow) -> set[int]:
    """Return the nodes in which bands begin: sources, makings that take nothing, and others with such among them."""
    begins = ("stock", "receipt", "circle", "production", "others")
    return {number for number, node in enumerate(flow.nodes) if node.kind in begins}


def assert_readable(flow: Flow, asked: float) -> None:
    """No label of a column touches the next, and none is wider than the room to the next column."""
    placed = place_flow(flow, asked)
    columns: dict[float, list[tuple[float, float]]] = {}
    for bar in placed.bars:
        half = max(bar.height, LINE * len(bar.node.lines)) / 2
        columns.setdefault(bar.x, []).append((bar.middle - half, bar.middle + half))
    for spans in columns.values():
        for (_, foot), (top, _) in itertools.pairwise(sorted(spans)):
            assert top >= foot + GAP - NEAR
    assert all(later - x > placed.limit for x, later in itertools.pairwise(sorted(columns)))
    assert placed.width <= 1000 or max(node.depth for node in flow.nodes) > DEEPEST
