"""Processes: the recipe, what it takes and gives and the hours of its lines; then which of it can run, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.index import Bools, Span, days_of, numbers_of, open_end, ranges
from scorta.network.legs import Arrivals
from scorta.network.names import UNRESERVED, Names


@dataclass(frozen=True, slots=True)
class Recipe:
    """The tables of production as columns, before anyone asked what can be reached.

    Costs are in EUR: those of a unit started, and those of each bucket in which a process is set up (0 where nobody
    says); `minimum_lot` is the least that is started in a bucket, 0 for any quantity; `whole` asks for whole numbers.
    `in_force[row, bucket]` is the share of the days of a bucket on which a component counts; `blocked[process,
    bucket]` tells that none of the components of a process is in force. `gives` lists product (x yield) and
    co-products per unit started. A component is taken from goods with `component_reservation`: free ones, or repairable
    ones where it is the product itself. From row `processes` on the rows are kits, put together where they are asked
    for.
    """

    processes: int
    place: Days
    item: Days
    from_day: Days
    until_day: Days
    lead: Floats
    whole: Bools
    unit_cost: Floats
    setup_cost: Floats
    minimum_lot: Floats
    component_process: Days
    component_item: Days
    component_quantity: Floats
    component_reservation: Days
    component_always: Bools
    in_force: Floats
    blocked: Bools
    gives_process: Days
    gives_item: Days
    gives_quantity: Floats
    load_process: Days
    load_line: Days
    load_hours: Floats


def read_recipe(case: Case, names: Names) -> Recipe:
    """Read the tables of production into columns."""
    horizon, table, processes = case.horizon, case["processes"], names.processes
    from_day = days_of(table["from_date"], horizon, 0)
    until_day = open_end(table["until_date"], horizon)
    components = case["components"]
    component_process = processes.of(components["process"])
    window = _window(horizon, from_day, until_day)
    row_window = _window(
        horizon, days_of(components["from_date"], horizon, 0), open_end(components["until_date"], horizon)
    )
    in_force, blocked = _in_force(window, row_window, component_process)
    load_process, load_line, load_hours = _loads(case, names)
    coproducts = case["coproducts"]
    count = np.arange(len(table))
    product, component = names.items.of(table["item"]), names.items.of(components["item"])
    return Recipe(
        processes=len(table),
        place=names.places.of(table["place"]),
        item=product,
        from_day=from_day,
        until_day=until_day,
        lead=numbers_of(table["lead_time_days"], 0.0),
        whole=numbers_of(table["whole"].cast(pl.Float64), 0.0) > 0,
        unit_cost=numbers_of(table["unit_cost_eur"], 0.0),
        setup_cost=numbers_of(table["setup_cost_eur"], 0.0),
        minimum_lot=numbers_of(table["minimum_lot"], 0.0),
        component_process=component_process,
        component_item=component,
        component_quantity=numbers_of(components["quantity"], 0.0),
        component_reservation=np.where(product[component_process] == component, names.repairable, UNRESERVED),
        component_always=(components["from_date"].is_null() & components["until_date"].is_null()).to_numpy()
        & (components["quantity"] > 0).to_numpy(),
        in_force=in_force,
        blocked=blocked,
        gives_process=np.concatenate([count, processes.of(coproducts["process"])]),
        gives_item=np.concatenate([product, names.items.of(coproducts["item"])]),
        gives_quantity=np.concatenate([numbers_of(table["yield"], 1.0), numbers_of(coproducts["quantity"], 0.0)]),
        load_process=load_process,
        load_line=load_line,
        load_hours=load_hours,
    )


def _window(horizon: Horizon, from_day: Days, until_day: Days) -> tuple[Days, Days]:
    """Return the first and last day of each bucket (row x bucket) that lie in each window."""
    first = np.maximum(horizon.starts[None, :], from_day[:, None])
    return first, np.minimum(horizon.ends[None, :], until_day[:, None])


def _in_force(window: tuple[Days, Days], row_window: tuple[Days, Days], process: Days) -> tuple[Floats, Bools]:
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


def _loads(case: Case, names: Names) -> tuple[Days, Days, Floats]:
    """Return the (process, line, hours) rows of the processes themselves and of the table of loads."""
    columns = ["process", "line", "line_hours_per_unit"]
    loads = pl.concat([case["processes"].select(columns), case["loads"].select(columns)]).drop_nulls()
    hours = numbers_of(loads["line_hours_per_unit"], 0.0)
    return names.processes.of(loads["process"]), names.lines.of(loads["line"]), hours


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes as columns; `needs` and `gives` list (process, spot) pairs: what must lie there, what comes out.

    Only components that are always in force are listed in `needs`: without them nothing starts.
    """

    from_day: Days
    until_day: Days
    lead: Floats
    needs_process: Days
    needs_spot: Days
    gives_process: Days
    gives_spot: Days


@dataclass(frozen=True, slots=True)
class Feeds:
    """What may stand in for components where they are used.

    Goods (place x items + item) in order, the spot that each of them feeds, and the first day on which it may.
    """

    goods: Days
    spot: Days
    day: Days

    def fed(self, goods: Days, days: Days) -> tuple[Days, Days]:
        """Return every spot that these goods feed, and from which day on."""
        start = np.searchsorted(self.goods, goods)
        position, row = ranges(start, np.searchsorted(self.goods, goods, side="right") - start)
        return self.spot[row], np.maximum(days[position], self.day[row])


@dataclass(frozen=True, slots=True)
class Uses:
    """Which process may take goods of which known spot as a component, or in place of one, in which buckets."""

    process: Days
    spot: Days
    first: Days
    last: Days


@dataclass(frozen=True, slots=True)
class Production:
    """Which processes may run and kits be put together: one row for each, with its buckets, what it takes and gives.

    `row` is its row of the recipe; `way` and the bucket make up the number of the flow in `arrivals`. `takes_*` list
    (process, spot of undated goods that are free, or wait for repair, row of components; spot -1 where supply never
    reaches it); `gives_*` list (process, spot, units per unit started).
    """

    row: Days
    way: Days
    span: Span
    arrivals: Arrivals
    takes_process: Days
    takes_spot: Days
    takes_row: Days
    gives_process: Days
    gives_spot: Days
    gives_quantity: Floats

    def flows(self, process: Days, bucket: Days) -> Days:
        """Return the number in `arrivals` of what is started of each in a bucket."""
        return self.way[process] + bucket


@dataclass(frozen=True, slots=True)
class ComponentUse:
    """What may stand in for a component where it is used: a spot, the spot of the undated component it feeds.

    `pair` is the row of the stand-ins by which it may, -1 for a dated lot of the component itself.
    """

    source: Days
    target: Days
    pair: Days
