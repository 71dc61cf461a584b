"""Turns two models of H. P. Williams into case folders: factory planning 1 and distribution 1."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.walks.outside.folder import KG_PER_TONNE, Row, month, scenario, write_case

AS_OF = date(2023, 1, 1)
"""First day of both cases: the first of a month, so that figures per month hold exactly."""

Data = dict[str, Any]


def write_factory_planning(source: Path, folder: Path) -> float:
    """Write the case folder of factory planning 1 and return the profit of all that the markets would take.

    A market limit is a need that lapses at the end of its month, where a unit unmet costs its profit. The stock to be
    there at the end is an objective from the last month on, which stands before the cost.
    """
    data = json.loads(source.read_text(encoding="utf-8"))
    needs = _markets(data)
    write_case(
        folder,
        scenario("Factory planning 1", AS_OF, "month", len(data["months"]), "objectives", "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": "factory", "party": "firm", "kind": "plant"}],
        items=[{"item": item, "holding_eur_per_month": data["holding_cost"]} for item in data["products"]],
        processes=[
            {"process": f"make-{item}", "place": "factory", "item": item, "lead_time_days": 0}
            for item in data["products"]
        ],
        loads=_loads(data),
        lines=_machines(data),
        objectives=_stock_limits(data),
        needs=needs,
    )
    return sum(need["quantity"] * need["unmet_cost_eur"] for need in needs)


def write_distribution(source: Path, folder: Path) -> None:
    """Write the case folder of distribution 1: one month, stocks at the factories, every customer to be served."""
    data = json.loads(source.read_text(encoding="utf-8"))
    through = data["through"]
    places = dict.fromkeys([*data["supply"], *through, *data["demand"]])
    write_case(
        folder,
        scenario("Distribution 1", AS_OF, "month", 1, "needs", "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": name, "party": "firm", "throughput_t_per_month": through.get(name)} for name in places],
        items=[{"item": "goods", "unit": "t", "mass_kg": KG_PER_TONNE}],
        stocks=[{"place": name, "item": "goods", "quantity": quantity} for name, quantity in data["supply"].items()],
        legs=[_leg(*pair.split("|"), cost) for pair, cost in data["cost"].items()],
        needs=[_customer(name, quantity) for name, quantity in data["demand"].items()],
    )


def _markets(data: Data) -> list[Row]:
    """Return a need for each month and product that the market takes."""
    needs = []
    for pair, quantity in data["max_sales"].items():
        name, item = pair.split("|")
        first, last = month(AS_OF, data["months"].index(name))
        need = {"need": f"{name}-{item}", "place": "factory", "item": item, "quantity": quantity}
        when = {"not_before": first, "required_by": last, "unmet": "lapse"}
        needs.append(need | when | {"priority": 1, "unmet_cost_eur": data["profit"][item]})
    return [need for need in needs if need["quantity"]]


def _loads(data: Data) -> list[Row]:
    """Return the hours that a unit of each product takes on each machine."""
    return [
        {"process": f"make-{item}", "line": machine, "line_hours_per_unit": hours}
        for machine, items in data["time_req"].items()
        for item, hours in items.items()
    ]


def _machines(data: Data) -> list[Row]:
    """Return the hours of the machines in each month: of those installed and not under maintenance."""
    rows = []
    for machine, installed in data["installed"].items():
        for number, name in enumerate(data["months"]):
            first, last = month(AS_OF, number)
            working = installed - data["down"].get(f"{name}|{machine}", 0)
            row = {"line": machine, "place": "factory", "capacity_per_month": working * data["hours_per_month"]}
            rows.append(row | {"available_from": first, "until_date": last})
    return rows


def _stock_limits(data: Data) -> list[Row]:
    """Return the most that may lie there of each product, and what should lie there at the end."""
    last, _ = month(AS_OF, len(data["months"]) - 1)
    limit = {"place": "factory", "maximum": data["max_inventory"]}
    always = [limit | {"item": item, "from_date": AS_OF} for item in data["products"]]
    return always + [row | {"from_date": last, "objective": data["store_target"]} for row in always]


def _leg(origin: str, destination: str, cost: float) -> Row:
    """Return a leg that arrives on the day it leaves."""
    ends = {"leg": f"{origin}-{destination}", "origin": origin, "destination": destination}
    return ends | {"mode": "road", "transit_days": 0, "cost_eur_per_t": cost}


def _customer(name: str, quantity: float) -> Row:
    """Return what a customer needs by the end of the month."""
    need = {"need": f"need-{name}", "place": name, "item": "goods", "quantity": quantity}
    return need | {"required_by": month(AS_OF, 0)[1], "priority": 1}
