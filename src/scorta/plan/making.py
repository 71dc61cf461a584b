"""What is started where, what comes of it, and what it takes."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Floats
from scorta.plan.answered import Answered


def production(solved: Answered) -> pl.DataFrame:
    """List what is started in each bucket, and what comes of it."""
    family, at, started = solved.used("start")
    network = solved.network
    making, bucket = family.index["making"][at], family.index["bucket"][at]
    process = network.makings.process[making]
    way = process * len(network.horizon) + bucket
    first, last = network.makings.arrivals.first_day[way], network.makings.arrivals.last_day[way]
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
    runs, set_up = solved.problem.columns["run"], np.ones(solved.problem.columns["start"].size)
    slots = solved.network.makings.span.at(runs.index["making"], runs.index["bucket"])
    set_up[slots] = solved.answer.values[runs.start : runs.stop]
    return set_up


def component_use(solved: Answered) -> pl.DataFrame:
    """List what is taken from dated lots for components."""
    family, at, quantity = solved.used("use")
    dated = solved.network.supplies[0][family.index["supply"][at]]
    spots, names, bucket = solved.network.spots, solved.network.names, family.index["bucket"][at]
    return pl.DataFrame(
        {
            "place": names.places.code(spots.place[dated]),
            "item": names.items.code(spots.item[dated]),
            "expires_on": solved.dates(spots.expires[dated]),
            "bucket": bucket,
            "date": solved.dates(solved.network.horizon.ends[bucket]),
            "quantity": quantity,
        }
    )
