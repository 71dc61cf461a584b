"""The two walks: forward from supply, backward from what is asked for.

Only what supply can reach in time and somebody can use in time is unrolled; everything else has no column.
"""

from __future__ import annotations

import numpy as np

from scorta.case import BEYOND, Days, Floats, Horizon
from scorta.network.lanes import Lanes, join
from scorta.network.processes import Uses
from scorta.network.reach import Reach
from scorta.network.spots import Known


def forward(reach: Reach, spots: Days, days: Days) -> Known:
    """Follow supply over legs and through processes until nothing new is reached."""
    none = np.zeros(0, dtype=np.int64)
    known, fresh = Known(none, none).earlier(spots, days)
    processes = reach.processes
    while True:
        lanes = join(*reach.ways_out(fresh, known.day(fresh)))
        _, made = reach.makings(known)
        comes = made[processes.gives_process] <= reach.horizon.last_day
        fed, fed_on = reach.undated(fresh, known.day(fresh))
        spots = np.concatenate([lanes.destination, processes.gives_spot[comes], fed])
        days = np.concatenate([lanes.arrives, made[processes.gives_process][comes], fed_on])
        known, fresh = known.earlier(spots, days)
        if not len(fresh):
            return known


def backward(
    reach: Reach, known: Known, lanes: Lanes, first: Days, use: Days, made: Days, uses: Uses
) -> tuple[Days, Days, Lanes]:
    """Follow use back: the last bucket in which goods of each known spot are of use to anybody (-1: never).

    `first` is the bucket in which each spot can first hold anything: use before it is none. `use` is the last bucket
    of use from needs and objectives alone; `made` the first bucket of each process; `uses` what processes may take.
    Returns the last useful bucket of each spot, the last useful start of each process,
    and the lanes that are of use, numbered by known spots.
    """
    horizon, processes = reach.horizon, reach.processes
    origin, _ = known.find(lanes.origin)
    destination, _ = known.find(lanes.destination)
    gives, given = known.find(processes.gives_spot)
    gives, gives_process = gives[given], processes.gives_process[given]
    last, wanted = np.where(use >= first, use, -1), _wanted(reach, lanes)
    opens, transit = reach.opens(lanes.leg, lanes.window), reach.legs.transit[lanes.leg]
    life = reach.codes.last_day(reach.codes.lot(lanes.destination))
    while True:
        before = last.copy()
        leaves = np.maximum(_last_start(horizon, last[destination], transit, opens, lanes.last, life), wanted)
        np.maximum.at(last, origin, np.where(leaves >= lanes.first, leaves, -1))
        window = horizon.bucket_of(np.minimum(processes.until_day, horizon.last_day))
        starts = np.full(len(made), -1)
        useful = _last_start(
            horizon, last[gives], processes.lead[gives_process], processes.from_day[gives_process],
            window[gives_process],
        )  # fmt: skip
        np.maximum.at(starts, gives_process, useful)
        starts = np.where(starts >= made, starts, -1)
        taken = np.minimum(starts[uses.process], uses.last)
        np.maximum.at(last, uses.spot, np.where(taken >= np.maximum(uses.first, made[uses.process]), taken, -1))
        last = np.where(last >= first, last, -1)
        if (last == before).all():
            break
    leaves = np.maximum(_last_start(horizon, last[destination], transit, opens, lanes.last, life), wanted)
    found = Lanes(lanes.leg, origin, destination, lanes.first, leaves, lanes.window, lanes.arrives, lanes.due)
    return last, starts, found.kept(leaves >= lanes.first)


def _wanted(reach: Reach, lanes: Lanes) -> Days:
    """Return the last bucket in which a firm order wants goods to leave; a dated lot must arrive within its life."""
    horizon, due = reach.horizon, np.minimum(lanes.due, lanes.last)
    last_day = reach.codes.last_day(reach.codes.lot(lanes.destination))
    gone = horizon.bucket_of(np.minimum(last_day, horizon.last_day))
    opens = reach.opens(lanes.leg, lanes.window)
    alive = _last_start(horizon, gone, reach.legs.transit[lanes.leg], opens, due, last_day)
    return np.where(last_day >= BEYOND, due, alive)


def _last_start(horizon: Horizon, last: Days, lag: Floats, opens: Days, limit: Days, life: Days | int = BEYOND) -> Days:
    """Return the last bucket from whose first days something arrives by the end of bucket `last`, at most `limit`.

    Nothing leaves before the day `opens`, and nothing is of use after the last day of its life.
    """
    day = np.minimum(horizon.ends[np.maximum(last, 0)], life) - np.floor(lag).astype(np.int64)
    inside = (last >= 0) & (day >= np.maximum(opens, 0))
    return np.where(inside, np.minimum(horizon.bucket_of(np.maximum(day, 0)), limit), -1)
