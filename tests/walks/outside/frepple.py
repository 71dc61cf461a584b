"""Turns a resolved frePPLe network into a case folder on a grid of days.

What is due or arrives on a day at midnight is there on that day. A buffer is a place and an item; it is filled by the
operation that it names, or by the alternatives of that operation:

- a purchase is a leg of the operation's duration from a place of the supplier, where the item is made of nothing;
- a transport is a leg; a delivery that takes time is a leg to a place of its own, where the need stands;
- any other operation is a process, once for each choice among its alternative components; it takes the time that
  one unit takes, since units may run side by side as far as the line has room.

A confirmed operation is a scheduled receipt where it brings goods and, before every order, a need where it takes
them. Lot sizes and the time after an operation (soft there) are left out.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from tests.walks.outside.folder import Row, scenario, slug, write_case
from tests.walks.outside.frepple_calendar import HOURS, Network, day_of, line_hours, objectives

SLACK_DAYS = 30
"""Days after the last date of the file: enough for the latest delivery of these cases."""


def write_network(source: Path, folder: Path) -> None:
    """Write the case folder of a `network.json`."""
    network = json.loads(source.read_text(encoding="utf-8"))
    days = _days(network)
    operations = _planned(network)
    tables = _moves(network, operations) | _processes(operations) | _confirmed(network)
    tables["needs"] += [_need(network, demand) for demand in network["demands"]]
    write_case(
        folder,
        scenario(network["test"], days[0], "day", len(days)),
        items=[{"item": slug(item)} for item in dict.fromkeys(buffer["item"] for buffer in network["buffers"])],
        stocks=[_spot(buffer) | {"quantity": buffer["onhand"]} for buffer in network["buffers"] if buffer["onhand"]],
        objectives=[row for buffer in network["buffers"] for row in objectives(network, _spot(buffer), buffer, days)],
        lines=[row for resource in network["resources"] for row in _line(network, operations, resource, days)],
        **tables,
    )


def order_codes(source: Path) -> list[str]:
    """Return the codes of the needs that are orders of the file, not confirmed operations."""
    return [slug(demand["name"]) for demand in json.loads(source.read_text(encoding="utf-8"))["demands"]]


def _days(network: Network) -> list[date]:
    """Return every day of the plan: from the current date to some time after the last date of the file."""
    first = day_of(network["current"])
    dates = [demand["due"] for demand in network["demands"]] + [plan["end"] for plan in network["fixed_plans"]]
    count = (max(map(day_of, dates)) - first).days + SLACK_DAYS
    return [first + timedelta(days=number) for number in range(count)]


def _spot(buffer: Network) -> Row:
    """Return the place and item of a buffer."""
    return {"place": slug(buffer["location"]), "item": slug(buffer["item"])}


def _named(network: Network, kind: str) -> dict[str, Network]:
    """Return the parts of one kind by name."""
    return {part["name"]: part for part in network[kind]}


def _spots(network: Network) -> dict[str, Row]:
    """Return the place and item of each buffer by its name."""
    return {name: _spot(buffer) for name, buffer in _named(network, "buffers").items()}


def _planned(network: Network) -> list[Network]:
    """Return the operations that buffers name as their source, alternatives in the place of their choice.

    Each flow comes with the `spot` that it fills or draws on.
    """
    operations, spots = _named(network, "operations"), _spots(network)
    sources = [operations[buffer["producing"]] for buffer in network["buffers"] if buffer["producing"]]
    names = [sub["op"] for source in sources for sub in source["sub"]]
    chosen = [source for source in sources if not source["sub"]] + [operations[name] for name in dict.fromkeys(names)]
    return [
        operation | {"flows": [flow | {"spot": spots[flow["buffer"]]} for flow in operation["flows"]]}
        for operation in chosen
    ]


def _made(operation: Network) -> Network:
    """Return the flow of what an operation brings."""
    return next(flow for flow in operation["flows"] if flow["qty"] > 0)


def _used(operation: Network) -> list[Network]:
    """Return the flows of what an operation takes."""
    return [flow for flow in operation["flows"] if flow["qty"] < 0]


def _moves(network: Network, operations: list[Network]) -> dict[str, list[Row]]:
    """Return parties, places and legs: of the buffers, of purchases, of transports and of deliveries that take time."""
    suppliers = dict.fromkeys(_supplier(operation) for operation in operations if _is_purchase(operation))
    deliveries = [operation for operation in _named(network, "operations").values() if _is_delivery(network, operation)]
    locations = dict.fromkeys(spot["place"] for spot in _spots(network).values())
    places = [*locations, *(slug(operation["name"]) for operation in deliveries)]
    moves = [operation for operation in operations if _is_purchase(operation) or _is_transport(operation)]
    parties = [
        {"party": "planner", "kind": "organisation"},
        *({"party": name, "kind": "industry"} for name in suppliers),
    ]
    return {
        "parties": parties,
        "places": [{"place": place, "party": "planner"} for place in places]
        + [{"place": name, "party": name} for name in suppliers],
        "legs": [_leg(network, operation) for operation in [*moves, *deliveries]],
    }


def _is_purchase(operation: Network) -> bool:
    """Return whether an operation buys an item from a supplier."""
    return operation["type"] == "operation_itemsupplier"


def _is_transport(operation: Network) -> bool:
    """Return whether an operation moves an item from a place to another."""
    return operation["type"] == "operation_itemdistribution"


def _is_delivery(network: Network, operation: Network) -> bool:
    """Return whether orders are delivered by an operation that takes time."""
    return bool(operation["duration_d"]) and any(demand["op"] == operation["name"] for demand in network["demands"])


def _supplier(operation: Network) -> str:
    """Return the code of the supplier whom the name of a purchase ends with."""
    return slug(operation["name"].rpartition(" from ")[2])


def _leg(network: Network, operation: Network) -> Row:
    """Return the leg of a purchase, a transport or a delivery: for its item alone."""
    spots = _spots(network)
    ends = {flow["qty"] > 0: spots[flow["buffer"]] for flow in operation["flows"]}
    origin = ends[False]["place"] if False in ends else _supplier(operation)
    destination = ends[True]["place"] if True in ends else slug(operation["name"])
    return {
        "leg": slug(operation["name"]),
        "origin": origin,
        "destination": destination,
        "mode": "road",
        "transit_days": operation["duration_d"],
        "item": next(iter(ends.values()))["item"],
    }


def _processes(operations: list[Network]) -> dict[str, list[Row]]:
    """Return processes, components and loads of purchases and of the operations that make something."""
    bought = dict.fromkeys((_supplier(buy), _made(buy)["spot"]["item"]) for buy in operations if _is_purchase(buy))
    made = [operation for operation in operations if not _is_purchase(operation) and not _is_transport(operation)]
    ways = [way for operation in made for way in _ways(operation)]
    purchases = [
        {"process": f"{supplier}-{item}", "place": supplier, "item": item, "lead_time_days": 0}
        for supplier, item in bought
    ]
    return {
        "processes": purchases + [_process(code, operation) for code, operation, _ in ways],
        "components": [
            {"process": code, "item": flow["spot"]["item"], "quantity": -flow["qty"]}
            for code, _, choice in ways
            for flow in choice
        ],
        "loads": [row for code, operation, _ in ways for row in _loads(code, operation)],
    }


def _ways(operation: Network) -> Iterable[tuple[str, Network, tuple[Network, ...]]]:
    """Return each way to run an operation: one component of each group of alternatives."""
    groups: dict[str, list[Network]] = {}
    for flow in _used(operation):
        groups.setdefault(flow["name"] or flow["buffer"], []).append(flow)
    for number, choice in enumerate(product(*groups.values()), 1):
        yield f"{slug(operation['name'])}-{number}", operation, choice


def _process(code: str, operation: Network) -> Row:
    """Return the process of one way: it takes the time of the operation and of one unit."""
    made = _made(operation)
    lead_time = (operation["duration_d"] or 0) + (operation["duration_per_d"] or 0)
    return {"process": code} | made["spot"] | {"lead_time_days": lead_time, "yield": made["qty"]}


def _loads(code: str, operation: Network) -> list[Row]:
    """Return the line hours of a unit: a resource is busy for the time that the unit takes."""
    hours = HOURS * (operation["duration_per_d"] or 0)
    return [
        {"process": code, "line": slug(load["resource"]), "line_hours_per_unit": hours * load["qty"]}
        for load in operation["loads"]
    ]


def _line(network: Network, operations: list[Network], resource: Network, days: list[date]) -> list[Row]:
    """Return the hours of a resource, as a line where the first operation that loads it makes its item."""
    name = resource["name"]
    spots = [_made(one)["spot"] for one in operations if any(load["resource"] == name for load in one["loads"])]
    line = {"line": slug(name), "place": spots[0]["place"]}
    return [line | row for row in line_hours(network, resource, days)]


def _confirmed(network: Network) -> dict[str, list[Row]]:
    """Return receipts of what confirmed operations bring, and needs for what they take."""
    operations, spots = _named(network, "operations"), _spots(network)
    tables: dict[str, list[Row]] = {"receipts": [], "needs": []}
    for number, plan in enumerate(network["fixed_plans"], 1):
        for flow in operations[plan["op"]]["flows"]:
            when = day_of(plan["end" if flow["ftype"] == "flow_end" else "start"])
            quantity = plan["qty"] * flow["qty"] + flow["fixed"]
            row = spots[flow["buffer"]] | {"quantity": abs(quantity)}
            if quantity > 0:
                tables["receipts"].append(row | {"due_on": when})
            else:
                tables["needs"].append({"need": f"confirmed-{number}"} | row | {"required_by": when, "priority": 1})
    return tables


def _need(network: Network, demand: Network) -> Row:
    """Return the need of an order, one priority after the confirmed operations."""
    operation = _named(network, "operations")[demand["op"]]
    place = operation["name"] if _is_delivery(network, operation) else demand["location"]
    return {
        "need": slug(demand["name"]),
        "place": slug(place),
        "item": slug(demand["item"]),
        "quantity": demand["qty"],
        "required_by": day_of(demand["due"]),
        "priority": demand["priority"] + 1,
        "minimum_shipment": demand["minshipment"] or "",
    }
