"""Processes, their components by days, what comes out of them, and the hours of their lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.index import Index, days_of, numbers_of, open_end
from scorta.network.pledges import UNRESERVED


@dataclass(frozen=True, slots=True)
class Recipe:
    """The tables of making as columns, before anyone asked what can be reached.

    `in_force[row, bucket]` is the share of the days of a bucket on which a component counts; `blocked[process,
    bucket]` tells that none of the components of a process is in force. `gives` lists product (x yield) and
    co-products per unit started. A component is taken from goods with `component_claim`: free ones, or repairable
    ones where it is the product itself. From row `processes` on the ways to make things are kits, put together where
    they are asked for.
    """

    processes: int

    place: Days
    item: Days
    from_day: Days
    until_day: Days
    lead: Floats
    component_process: Days
    component_item: Days
    component_quantity: Floats
    component_reservation: Days
    component_always: np.ndarray[tuple[int], np.dtype[np.bool_]]
    in_force: Floats
    blocked: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    gives_process: Days
    gives_item: Days
    gives_quantity: Floats
    load_process: Days
    load_line: Days
    load_hours: Floats


def build_recipe(case: Case, places: Index, items: Index, repairable: int) -> Recipe:
    """Read the tables of making into columns; `repairable` is the reservation of goods that wait for repair."""
    horizon, table = case.horizon, case["processes"]
    processes = Index(table["process"])
    from_day = days_of(table["from_date"], horizon, 0)
    until_day = open_end(table["until_date"], horizon)
    components = case["components"]
    component_process = processes.of(components["process"])
    window = _window(horizon, from_day, until_day)
    row_window = _window(
        horizon, days_of(components["from_date"], horizon, 0), open_end(components["until_date"], horizon)
    )
    in_force, blocked = _in_force(window, row_window, component_process)
    lines = Index(case["lines"]["line"].unique(maintain_order=True))
    load_process, load_line, load_hours = _loads(case, processes, lines)
    coproducts = case["coproducts"]
    count = np.arange(len(table))
    product, component = items.of(table["item"]), items.of(components["item"])
    return Recipe(
        processes=len(table),
        place=places.of(table["place"]),
        item=product,
        from_day=from_day,
        until_day=until_day,
        lead=numbers_of(table["lead_time_days"], 0.0),
        component_process=component_process,
        component_item=component,
        component_quantity=numbers_of(components["quantity"], 0.0),
        component_reservation=np.where(product[component_process] == component, repairable, UNRESERVED),
        component_always=(components["from_date"].is_null() & components["until_date"].is_null()).to_numpy()
        & (components["quantity"] > 0).to_numpy(),
        in_force=in_force,
        blocked=blocked,
        gives_process=np.concatenate([count, processes.of(coproducts["process"])]),
        gives_item=np.concatenate([product, items.of(coproducts["item"])]),
        gives_quantity=np.concatenate([numbers_of(table["yield"], 1.0), numbers_of(coproducts["quantity"], 0.0)]),
        load_process=load_process,
        load_line=load_line,
        load_hours=load_hours,
    )


def _window(horizon: Horizon, from_day: Days, until_day: Days) -> tuple[Days, Days]:
    """Return the first and last day of each bucket (row x bucket) that lie in each window."""
    first = np.maximum(horizon.starts[None, :], from_day[:, None])
    return first, np.minimum(horizon.ends[None, :], until_day[:, None])


def _in_force(
    window: tuple[Days, Days], row_window: tuple[Days, Days], process: Days
) -> tuple[Floats, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """Count the days on which each component is in force, as a share of the days its process may start."""
    first = np.maximum(window[0][process], row_window[0])
    last = np.minimum(window[1][process], row_window[1])
    open_days = np.maximum(window[1] - window[0] + 1, 0)
    days = np.maximum(last - first + 1, 0)
    share = days / np.maximum(open_days[process], 1)
    any_day, has = np.zeros(open_days.shape), np.zeros(len(open_days), dtype=bool)
    np.add.at(any_day, process, share)
    has[process] = True
    return share, has[:, None] & (any_day <= 0)


def _loads(case: Case, processes: Index, lines: Index) -> tuple[Days, Days, Floats]:
    """Return the (process, line, hours) rows of the processes themselves and of the table of loads."""
    columns = ["process", "line", "line_hours_per_unit"]
    loads = pl.concat([case["processes"].select(columns), case["loads"].select(columns)]).drop_nulls()
    return processes.of(loads["process"]), lines.of(loads["line"]), numbers_of(loads["line_hours_per_unit"], 0.0)
