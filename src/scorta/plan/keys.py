"""What each party of a key gives beside its share, and what one way of sharing leaves of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.plan.plan import Answered, Plan

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


@dataclass(frozen=True, slots=True)
class FairPlan:
    """What one way of sharing leaves: `key` is `none`, `tier` or `cap`, and `cap` the maximum excess under a cap.

    `unmet` and `late` give units and unit-days by priority; `excess_eur` and `excess_share` by key the most that a
    party gives above its share, before the plan and in it, in EUR and as a part of what all parties give.
    """

    key: str
    cap: float | None
    unmet: Mapping[int, float]
    late: Mapping[int, float]
    excess_eur: Mapping[str, float]
    excess_share: Mapping[str, float]


def fair_plan(plan: Plan, way: str, cap: float | None) -> FairPlan:
    """Read off a plan what stays short and late, and who gives above its share."""
    needs = plan["fulfilment"].group_by("priority").agg(pl.col("unmet", "unit_days_late").sum()).sort("priority")
    keys = plan["shares"].group_by("key", maintain_order=True).agg(
        pl.col("excess_eur").max().clip(lower_bound=0.0), pl.col("total_eur").first()
    )  # fmt: skip
    part = pl.when(pl.col("total_eur") > 0).then(pl.col("excess_eur") / pl.col("total_eur")).otherwise(0.0)
    keys = keys.with_columns(part=part)
    return FairPlan(
        key=way,
        cap=cap,
        unmet=dict(zip(needs["priority"], needs["unmet"], strict=True)),
        late=dict(zip(needs["priority"], needs["unit_days_late"], strict=True)),
        excess_eur=dict(zip(keys["key"], keys["excess_eur"], strict=True)),
        excess_share=dict(zip(keys["key"], keys["part"], strict=True)),
    )
