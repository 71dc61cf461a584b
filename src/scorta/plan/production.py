"""What is started where, what comes of it, and what it takes."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.plan.plan import Answered
from scorta.problem import stands_for
from scorta.rules import Column


def production(solved: Answered) -> pl.DataFrame:
    """List what is started in each bucket, and what comes of it."""
    network = solved.network
    at, process, bucket, started = _started(solved, kits=False)
    way = network.production.flows(solved.problem.columns[Column.START].index["process"][at], bucket)
    first, last = network.production.arrivals.first_day[way], network.production.arrivals.last_day[way]
    lead = network.recipe.lead[process]
    cost = solved.column("processes", "unit_cost_eur").fill_null(0.0).gather(process)
    setup = solved.column("processes", "setup_cost_eur")
    return pl.DataFrame(
        {
            "process": solved.column("processes", "process").gather(process),
            "place": network.names.places.code(network.recipe.place[process]),
            "item": solved.column("processes", "item").gather(process),
            "bucket": bucket,
            "starts_from": solved.dates(first),
            "starts_until": solved.dates(last),
            "started": started,
            "made": started * solved.column("processes", "yield").gather(process),
            "arrives_from": solved.dates(np.floor(first + lead).astype(np.int64)),
            "arrives_until": solved.dates(np.ceil(last + lead).astype(np.int64)),
            "cost_eur": started * cost,
            "setup_cost_eur": setup.fill_null(0.0).gather(process) * _set_up(solved)[at],
        }
    )


def _set_up(solved: Answered) -> Floats:
    """Return for each start whether its process is set up: 1, or a part of it where whole numbers were dropped."""
    runs, set_up = solved.problem.columns[Column.RUN], np.ones(solved.problem.columns[Column.START].size)
    slots = solved.network.production.span.at(runs.index["process"], runs.index["bucket"])
    set_up[slots] = solved.answer.values[runs.start : runs.stop]
    return set_up


def kits(solved: Answered) -> pl.DataFrame:
    """List what kits are put together where in each bucket."""
    network = solved.network
    _, kit, bucket, quantity = _started(solved, kits=True)
    return pl.DataFrame(
        {
            "place": network.names.places.code(network.recipe.place[kit]),
            "item": network.names.items.code(network.recipe.item[kit]),
            "bucket": bucket,
            "date": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity,
        }
    )


def _started(solved: Answered, kits: bool) -> tuple[Days, Days, Days, Floats]:
    """Return place among the starts, row of the recipe, bucket and units of what is started: kits, or processes."""
    family, at, started = solved.used(Column.START)
    process = solved.network.production.row[family.index["process"][at]]
    chosen = (process >= solved.network.recipe.processes) == kits
    return at[chosen], process[chosen], family.index["bucket"][at][chosen], started[chosen]


def component_use(solved: Answered) -> pl.DataFrame:
    """List what is taken from dated lots and substitutes for components."""
    family, at, quantity = solved.used(Column.USE)
    network = solved.network
    spots, names = network.spots, network.names
    use, bucket = family.index["use"][at], family.index["bucket"][at]
    source, target = network.component_use.source[use], network.component_use.target[use]
    return pl.DataFrame(
        {
            "place": names.places.code(spots.place[source]),
            "component": names.items.code(spots.item[target]),
            "item": names.items.code(spots.item[source]),
            "condition": solved.condition(source),
            "expires_on": solved.dates(spots.expires[source]),
            "bucket": bucket,
            "date": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity,
            "meets": quantity * stands_for(network, use, bucket),
        }
    )
