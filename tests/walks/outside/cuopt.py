"""Turns the multi-level production example of NVIDIA cuOpt into a case folder: each of its periods is a day."""

import csv
from datetime import date, timedelta
from pathlib import Path

from tests.walks.outside.folder import Row, days_of_month, scenario, write_case

AS_OF = date(2023, 1, 1)
"""First day of the case."""

Rows = list[dict[str, str]]
Tables = dict[str, Rows]


def write_production(source: Path, folder: Path, whole: bool = False) -> float:
    """Write the case folder of the CSV files and return the worth of all that the needs ask for.

    A unit started is a batch, of which only whole ones can be started where `whole` says so.

    What is on stock at the end counts by its weight: a need on the last day for more than can ever be made, where a
    unit unmet costs the weight. An item of a family without constraint is made of nothing. The resources of a process
    are alternatives: it becomes a process on each of them.
    """
    tables = {path.stem: _read(path) for path in sorted(source.glob("*.csv"))}
    periods = max(int(row["period"]) for row in tables["resources"])
    ways = [(row["process_id"], row["resource_id"]) for row in tables["process_resources"]]
    needs = [_need(tables, row, periods) for row in tables["demand"]]
    write_case(
        folder,
        scenario("Multi-level production", AS_OF, "day", periods, "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": "plant", "party": "firm", "kind": "plant"}],
        items=[{"item": row["item_id"], "name": row["name"]} for row in tables["items"]],
        processes=_free_items(tables) + [_process(tables, *way) | {"whole": "yes" if whole else "no"} for way in ways],
        components=[row for way in ways for row in _shares(tables, *way, _inputs(tables, way[0]))],
        coproducts=[row for way in ways for row in _shares(tables, *way, _outputs(tables, way[0])[1:])],
        lines=[_line(row) for row in tables["resources"]],
        receipts=[_receipt(row) for row in tables["supply"]],
        needs=needs,
    )
    return sum(need["quantity"] * need["unmet_cost_eur"] for need in needs)


def _read(path: Path) -> Rows:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(period: str | int) -> date:
    """Return the day of a period, the first of which is 1."""
    return AS_OF + timedelta(days=int(period) - 1)


def _outputs(tables: Tables, code: str) -> list[tuple[str, float]]:
    """Return what comes out of a batch: the product first, of which a batch yields no more than 1, then the rest."""
    rows = [row for row in tables["process_outputs"] if row["process_id"] == code]
    return sorted(((row["item_id"], float(row["quantity"])) for row in rows), key=lambda flow: flow[1] > 1)


def _inputs(tables: Tables, code: str) -> list[tuple[str, float]]:
    """Return what goes into a batch."""
    rows = [row for row in tables["process_inputs"] if row["process_id"] == code]
    return [(row["item_id"], float(row["quantity"])) for row in rows]


def _recipe(tables: Tables, code: str) -> dict[str, str]:
    """Return the row of a process."""
    return next(row for row in tables["processes"] if row["process_id"] == code)


def _free_items(tables: Tables) -> list[Row]:
    """Return a process that makes an item of nothing for each item that nothing limits."""
    free = {row["family_id"] for row in tables["families"] if row["is_constrained"] == "False"}
    items = [row["item_id"] for row in tables["items"] if row["family_id"] in free]
    return [{"process": f"buy-{item}", "place": "plant", "item": item, "lead_time_days": 0} for item in items]


def _process(tables: Tables, code: str, resource: str) -> Row:
    """Return a process on one of the resources it may run on; what a batch yields is its yield."""
    recipe = _recipe(tables, code)
    product, quantity = _outputs(tables, code)[0]
    row = {"process": f"{code}-{resource}", "place": "plant", "item": product, "line": resource}
    hours = float(recipe["hours_per_unit"])
    return row | {"line_hours_per_unit": hours, "lead_time_days": recipe["lead_time"], "yield": quantity}


def _shares(tables: Tables, code: str, resource: str, flows: list[tuple[str, float]]) -> list[Row]:
    """Return what goes in or comes out for each batch."""
    process = {"process": f"{code}-{resource}"}
    return [process | {"item": item, "quantity": quantity} for item, quantity in flows]


def _line(row: dict[str, str]) -> Row:
    """Return the hours of a resource on one day, as hours of a month of such days."""
    day = _day(row["period"])
    hours = float(row["available_hours"]) * days_of_month(day)
    line = {"line": row["resource_id"], "place": "plant", "capacity_per_month": hours}
    return line | {"available_from": day, "until_date": day}


def _receipt(row: dict[str, str]) -> Row:
    """Return what comes in of a raw material on a day."""
    return {"place": "plant", "item": row["item_id"], "quantity": row["quantity"], "due_on": _day(row["period"])}


def _need(tables: Tables, row: dict[str, str], periods: int) -> Row:
    """Return the need on the last day: no less than all hours of every resource could make."""
    item = row["item_id"]
    hours = sum(float(resource["available_hours"]) for resource in tables["resources"])
    yields = [
        dict(_outputs(tables, recipe["process_id"])).get(item, 0.0) / float(recipe["hours_per_unit"])
        for recipe in tables["processes"]
    ]
    need = {"need": f"end-{item}", "place": "plant", "item": item, "quantity": hours * max(yields)}
    when = {"not_before": _day(periods), "required_by": _day(periods)}
    return need | when | {"priority": 1, "unmet_cost_eur": float(row["priority_weight"])}
