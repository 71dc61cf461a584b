"""What lies where at the end of each bucket, and what was thrown away."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.plan.answered import TINY, Answered
from scorta.rules import Column


def stock_levels(solved: Answered) -> pl.DataFrame:
    """List what lies at each spot at the end of each bucket, and what was thrown away in it."""
    stock, expire = solved.problem.columns[Column.STOCK], solved.problem.columns[Column.EXPIRE]
    network = solved.network
    span, spots = network.spots.span, network.spots
    quantity = np.maximum(solved.answer.values[stock.start : stock.stop], 0.0)
    expired = np.zeros(stock.size)
    thrown = np.maximum(solved.answer.values[expire.start : expire.stop], 0.0)
    expired[span.at(expire.index["spot"], expire.index["bucket"])] = thrown
    at = np.flatnonzero((quantity > TINY) | (expired > TINY))
    spot, bucket = span.owner[at], span.bucket[at]
    return pl.DataFrame(
        {
            "place": network.names.places.code(spots.place[spot]),
            "item": network.names.items.code(spots.item[spot]),
            "condition": solved.condition(spot),
            **solved.lot(spot),
            "bucket": bucket,
            "date": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity[at],
            "expired": expired[at],
        }
    )
