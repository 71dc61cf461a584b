"""Turns two models of the GAMS library into case folders: Mexican steel, and lots that are set up.

Of the steel, millions of tonnes are counted as tonnes, and millions of dollars as euros; the year of the model is one
month.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from tests.walks.outside.folder import KG_PER_TONNE, Row, month, scenario, write_case

AS_OF = date(2023, 1, 1)
"""First day of the case."""

PENALTY = 10
"""Cost of a unit that a market lacks, in prices of an imported one: import is always the better choice."""

Data = dict[str, Any]


def write_steel(source: Path, folder: Path) -> float:
    """Write the case folder of `mexss.json` and return the revenue of all that may be exported.

    Exports are a need that lapses, where a unit unmet costs its price. Raw materials and imported steel are made of
    nothing by industry abroad.
    """
    data = json.loads(source.read_text(encoding="utf-8"))
    write_case(
        folder,
        scenario("Mexican steel", AS_OF, "month", 1, "cost"),
        parties=[{"party": "mexico", "kind": "nation"}, {"party": "abroad", "kind": "industry"}],
        places=_places(data),
        items=[{"item": item, "unit": "t", "mass_kg": KG_PER_TONNE} for item in _items(data)],
        processes=_purchases(data) + [_process(data, *unit.split("|")) for unit in data["capacity"]],
        components=[row for unit in data["capacity"] for row in _components(data, *unit.split("|"))],
        lines=[_line(*unit.split("|"), capacity) for unit, capacity in data["capacity"].items()],
        legs=_deliveries(data) + _shipments(data),
        needs=_needs(data),
    )
    return data["export_bound"] * data["steel_export_price"]


def _places(data: Data) -> list[Row]:
    """Return plants, markets and the border at home, and where raw materials and imports come from."""
    home = [{"place": name, "party": "mexico"} for name in [*data["plants"], *data["markets"], "export"]]
    return home + [{"place": name, "party": "abroad"} for name in ("raw", "import")]


def _items(data: Data) -> list[str]:
    """Return raw materials, intermediates and steel."""
    return [*data["raw"], *data["intermediate"], "steel"]


def _purchases(data: Data) -> list[Row]:
    """Return what industry abroad sells: raw materials and steel, at their prices."""
    prices = [("raw", item, price) for item, price in data["raw_price"].items()]
    return [
        {"process": f"{place}-{item}", "place": place, "item": item, "lead_time_days": 0, "unit_cost_eur": price}
        for place, item, price in [*prices, ("import", "steel", data["steel_import_price"])]
    ]


def _flows(data: Data, unit: str) -> dict[str, float]:
    """Return what comes out of the process of a unit (positive) and what goes in (negative)."""
    pairs = {tuple(pair.split("|")): quantity for pair, quantity in data["io"].items()}
    return {item: quantity for (item, process), quantity in pairs.items() if process == data["unit_process"][unit]}


def _process(data: Data, unit: str, plant: str) -> Row:
    """Return the process that one unit of a plant runs; its hours are tonnes."""
    made = next(item for item, quantity in _flows(data, unit).items() if quantity > 0)
    row = {"process": f"{unit}-{plant}", "place": plant, "item": made, "line": f"{unit}-{plant}"}
    return row | {"line_hours_per_unit": 1, "lead_time_days": 0}


def _components(data: Data, unit: str, plant: str) -> list[Row]:
    """Return what the process of one unit of a plant uses."""
    return [
        {"process": f"{unit}-{plant}", "item": item, "quantity": -quantity}
        for item, quantity in _flows(data, unit).items()
        if quantity < 0
    ]


def _line(unit: str, plant: str, capacity: float) -> Row:
    """Return the capacity of one unit of a plant."""
    return {"line": f"{unit}-{plant}", "place": plant, "capacity_per_month": capacity}


def _deliveries(data: Data) -> list[Row]:
    """Return the legs of raw materials, whose prices hold at the plants."""
    return [_leg("raw", plant, item, 0) for plant in data["plants"] for item in data["raw"]]


def _shipments(data: Data) -> list[Row]:
    """Return the legs of steel: from plants to markets and the border, and from abroad to markets."""
    pairs = [(plant, market) for plant in data["plants"] for market in [*data["markets"], "export"]]
    pairs += [("import", market) for market in data["markets"]]
    return [_leg(*pair, "steel", _rate(data, *pair)) for pair in pairs]


def _rate(data: Data, origin: str, destination: str) -> float:
    """Return the cost of a tonne by rail: a fixed part and one for each kilometre, 0 where no distance is given."""
    fixed, per_km = map(float, re.findall(r"\d+\.\d+", data["transport_rate"]))
    km = data["rail_km"].get(f"{origin}|{destination}")
    return fixed + per_km * km if km else 0


def _leg(origin: str, destination: str, item: str, cost: float) -> Row:
    """Return a leg for one item that arrives on the day it leaves."""
    ends = {"leg": f"{origin}-{destination}-{item}", "origin": origin, "destination": destination}
    return ends | {"mode": "rail", "transit_days": 0, "cost_eur_per_t": cost, "item": item}


def _needs(data: Data) -> list[Row]:
    """Return what the markets need at any price, and what may be exported."""
    needs = [_need(name, quantity, PENALTY * data["steel_import_price"]) for name, quantity in data["demand"].items()]
    return [*needs, _need("export", data["export_bound"], data["steel_export_price"])]


def _need(place: str, quantity: float, unmet_cost: float) -> Row:
    """Return a need for steel in the one month of the case."""
    need = {"need": f"need-{place}", "place": place, "item": "steel", "quantity": quantity, "priority": 1}
    return need | {"required_by": month(AS_OF, 0)[1], "unmet": "lapse", "unmet_cost_eur": unmet_cost}


def write_lots(source: Path, folder: Path) -> None:
    """Write the case folder of `clsp.json`: each period is a month; a product uses an hour of both resources."""
    data = json.loads(source.read_text(encoding="utf-8"))
    periods = range(len(data["capacity"]))
    write_case(
        folder,
        scenario("Lots", AS_OF, "month", len(periods), "needs", "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": "plant", "party": "firm", "kind": "plant"}],
        items=[{"item": item, "holding_eur_per_month": cost} for item, cost in data["holding_cost"].items()],
        processes=[_lot(item, cost) for item, cost in data["setup_cost"].items()],
        loads=[{"process": f"make-{item}", "line": "B", "line_hours_per_unit": 1} for item in data["setup_cost"]],
        lines=[_monthly(line, number, data["capacity"][number]) for line in "AB" for number in periods],
        needs=[
            _monthly_need(item, number, data["demand"][item][number]) for item in data["demand"] for number in periods
        ],
    )


def _lot(item: str, setup_cost: float) -> Row:
    """Return the process that makes a product in the month in which it is set up."""
    row = {"process": f"make-{item}", "place": "plant", "item": item, "line": "A", "line_hours_per_unit": 1}
    return row | {"lead_time_days": 0, "setup_cost_eur": setup_cost}


def _monthly(line: str, number: int, hours: float) -> Row:
    """Return the hours of a resource in one month."""
    first, last = month(AS_OF, number)
    row = {"line": line, "place": "plant", "capacity_per_month": hours}
    return row | {"available_from": first, "until_date": last}


def _monthly_need(item: str, number: int, quantity: float) -> Row:
    """Return what is asked for of a product in one month: on time, or not at all."""
    first, last = month(AS_OF, number)
    need = {"need": f"{item}-{number}", "place": "plant", "item": item, "quantity": quantity, "priority": 1}
    return need | {"not_before": first, "required_by": last, "unmet": "lapse"}
