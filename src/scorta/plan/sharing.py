"""What each party of a key gives beside its share."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.plan.answered import Answered

GIFTS = ("pledge", "ask")
"""What a handover that is a gift stands on."""


def shares(solved: Answered, handed: pl.DataFrame) -> pl.DataFrame:
    """List for each party of each key its share, what it gives before the plan and in it, and the excess."""
    network = solved.network
    keys, parties = network.shares, network.names.parties
    gifts = handed.filter(pl.col("basis").is_in(GIFTS))
    values = gifts["value_eur"].fill_null(0.0).to_numpy()
    given = np.bincount(parties.of(gifts["giver"]), values, len(parties))[keys.party] + keys.given
    total = np.bincount(keys.key, given, len(network.names.keys))[keys.key]
    return pl.DataFrame(
        {
            "key": network.names.keys.code(keys.key),
            "party": parties.code(keys.party),
            "share": keys.share,
            "given_eur": given,
            "total_eur": total,
            "excess_eur": given - keys.share * total,
        }
    )
