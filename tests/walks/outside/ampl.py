"""Turns a steel mill of the AMPL book into a case folder: its weeks become months."""

import re
from datetime import date
from pathlib import Path

from tests.walks.outside.folder import Row, month, scenario, write_case

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


def read_params(text: str) -> Params:
    """Read the parameters of an AMPL data file that are lists (`:=`) or tables (`: columns :=`).

    >>> read_params("param rate := bands 200 coils 140 ;")
    {'rate': {('bands',): 200.0, ('coils',): 140.0}}
    """
    found = re.findall(r"param\s+(\w+)\s*(:?)\s*([^:;]*?):=\s*([^;]*);", text)
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
