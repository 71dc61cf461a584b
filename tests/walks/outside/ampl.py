"""Turns cases of the AMPL book into case folders: a steel mill, whose weeks become months, and steel on its way."""

import re
from datetime import date
from pathlib import Path

from tests.walks.outside.folder import KG_PER_TONNE, Row, month, scenario, write_case

AS_OF = date(2023, 1, 1)
"""First day of the case: the first of a month, so that hours and holding for a period hold exactly."""

Params = dict[str, dict[tuple[str, ...], float]]
"""Each parameter of a data file by name: its values by their subscripts."""


def write_steel(source: Path, folder: Path) -> float:
    """Write the case folder of `steelT.dat` and return the revenue of all that the markets would take.

    A market limit is a need that lapses at the end of its period, where a unit unmet costs its revenue.
    """
    params = read_params(source.read_text(encoding="utf-8"))
    products = [product for (product,) in params["rate"]]
    needs = [_market(params, *subscripts) for subscripts in params["market"]]
    write_case(
        folder,
        scenario("Steel mill over time", AS_OF, "month", len(params["avail"]), "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": "mill", "party": "firm", "kind": "plant"}],
        items=[{"item": item, "holding_eur_per_month": params["invcost"][item,]} for item in products],
        stocks=[{"place": "mill", "item": item, "quantity": params["inv0"][item,]} for item in products],
        processes=[_process(params, item) for item in products],
        lines=[_hours(int(period), hours) for (period,), hours in params["avail"].items()],
        needs=needs,
    )
    return sum(need["quantity"] * need["unmet_cost_eur"] for need in needs)


def write_transport(source: Path, folder: Path) -> None:
    """Write the case folder of `multmip1.dat`: products over arcs with a limit and a fixed cost.

    An arc is a leg to a place of its own, with the limit and the fixed cost; what a ton of each product costs stands
    on the legs from there.
    """
    params = read_params(source.read_text(encoding="utf-8"))
    costs = read_slices(source.read_text(encoding="utf-8"))
    limit = float(re.findall(r"param limit default (\d+)", source.read_text(encoding="utf-8"))[0])
    arcs = list(params["fcost"])
    ends = list(dict.fromkeys(end for arc in arcs for end in arc))
    write_case(
        folder,
        scenario("Steel on its way", AS_OF, "month", 1, "needs", "cost"),
        parties=[{"party": "firm", "kind": "organisation"}],
        places=[{"place": place, "party": "firm"} for place in [*ends, *map("-".join, arcs)]],
        items=[{"item": item, "mass_kg": KG_PER_TONNE} for item in costs],
        stocks=[
            {"place": place, "item": item, "quantity": tons} for (item, place), tons in params["supply"].items() if tons
        ],
        legs=[_arc(arc, cost, limit) for arc, cost in params["fcost"].items()]
        + [_onward(arc, item, cost) for item, table in costs.items() for arc, cost in table.items()],
        needs=[_demand(item, place, tons) for (item, place), tons in params["demand"].items() if tons],
    )


def _arc(arc: tuple[str, ...], cost: float, limit: float) -> Row:
    """Return the leg that is used or not."""
    leg = {"leg": f"arc-{'-'.join(arc)}", "origin": arc[0], "destination": "-".join(arc), "mode": "rail"}
    return leg | {"transit_days": 0, "capacity_t_per_month": limit, "fixed_cost_eur": cost}


def _onward(arc: tuple[str, ...], item: str, cost: float) -> Row:
    """Return the leg that carries one product to the end of an arc."""
    leg = {"leg": f"{item}-{'-'.join(arc)}", "origin": "-".join(arc), "destination": arc[1], "mode": "rail"}
    return leg | {"transit_days": 0, "cost_eur_per_t": cost, "item": item}


def _demand(item: str, place: str, tons: float) -> Row:
    """Return what a place asks for of a product."""
    need = {"need": f"{item}-{place}", "place": place, "item": item, "quantity": tons, "priority": 1}
    return need | {"required_by": month(AS_OF, 0)[1]}


def read_slices(text: str) -> Params:
    """Read the parameter of an AMPL data file that is given in slices, a table for each last subscript.

    >>> read_slices("param c := [*,*,nuts]: A B := X 1 2 ;")
    {'nuts': {('X', 'A'): 1.0, ('X', 'B'): 2.0}}
    """
    found = re.findall(r"\[\*,\*,(\w+)\]:([^:;\[]*):=([^\[;]*)", text)
    return {name: _table(head.split(), body.split()) for name, head, body in found}


def read_params(text: str) -> Params:
    """Read the parameters of an AMPL data file that are lists (`:=`) or tables (`: columns :=`).

    >>> read_params("param rate := bands 200 coils 140 ;")
    {'rate': {('bands',): 200.0, ('coils',): 140.0}}
    """
    found = re.findall(r"param\s+(\w+)\s*(?:\(tr\))?\s*(:?)\s*([^:;]*?):=\s*([^;\[]*);", text)
    return {
        name: _table(head.split(), body.split()) if colon else _list(body.split()) for name, colon, head, body in found
    }


def _list(words: list[str]) -> dict[tuple[str, ...], float]:
    """Read pairs of a subscript and a value; a lone value has no subscript."""
    if len(words) == 1:
        return {(): float(words[0])}
    return {(key,): float(value) for key, value in zip(words[::2], words[1::2], strict=True)}


def _table(columns: list[str], words: list[str]) -> dict[tuple[str, ...], float]:
    """Read rows that begin with their subscript, under the subscripts of the columns."""
    width = len(columns) + 1
    rows = [words[start : start + width] for start in range(0, len(words), width)]
    return {(row[0], column): float(value) for row in rows for column, value in zip(columns, row[1:], strict=True)}


def _process(params: Params, item: str) -> Row:
    """Return how a product is rolled: tons per hour become hours per ton."""
    return {
        "process": f"roll-{item}",
        "place": "mill",
        "item": item,
        "line": "rolling",
        "line_hours_per_unit": 1 / params["rate"][item,],
        "lead_time_days": 0,
        "unit_cost_eur": params["prodcost"][item,],
    }


def _hours(period: int, hours: float) -> Row:
    """Return the hours of the mill in one period, the first of which is 1."""
    first, last = month(AS_OF, period - 1)
    row = {"line": "rolling", "place": "mill", "capacity_per_month": hours}
    return row | {"available_from": first, "until_date": last}


def _market(params: Params, item: str, period: str) -> Row:
    """Return what the market takes of a product in one period, and what it pays."""
    first, last = month(AS_OF, int(period) - 1)
    need = {"need": f"{item}-{period}", "place": "mill", "item": item, "quantity": params["market"][item, period]}
    when = {"not_before": first, "required_by": last, "unmet": "lapse"}
    return need | when | {"priority": 1, "unmet_cost_eur": params["revenue"][item, period]}
