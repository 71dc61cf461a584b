"""Levels: whose floors and objectives they are, and whether their figures fit together."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Check
from scorta.tables import FindingKind

_OBJECTIVE = pl.coalesce(pl.col("objective"), pl.col("daily_rate") * pl.col("days_of_supply"))
"""The objective, given as it is or in days of supply."""

_HAS_PARTY, _HAS_PLACE = pl.col("party").is_not_null(), pl.col("place").is_not_null()

OBJECTIVE_OWNER = FindingKind(
    "objective-owner",
    "error",
    "The objective of {item} names both a party and a place.",
    "Fill either `party` or `place`, and leave the other empty.",
    "An objective belongs to a party or to a place: to one of them and not to both.",
)
OBJECTIVE_RATE = FindingKind(
    "objective-rate",
    "warning",
    "The objective of {item} gives `{field}` without `{other}`, so it has no effect.",
    "Fill both daily_rate and days_of_supply, or give the objective itself.",
    "An objective in days of supply lacks its rate or its days.",
)

CHECKS = (
    Check(OBJECTIVE_OWNER, "objectives", "place", when=_HAS_PARTY & _HAS_PLACE),
    Check(
        OBJECTIVE_OWNER.but(sentence="The objective of {item} names neither a party nor a place."),
        "objectives",
        "party",
        when=~_HAS_PARTY & ~_HAS_PLACE,
    ),
    *(
        Check(
            OBJECTIVE_RATE,
            "objectives",
            one,
            words={"other": other},
            when=pl.col(one).is_not_null() & pl.col(other).is_null() & pl.col("objective").is_null(),
        )
        for one, other in (("daily_rate", "days_of_supply"), ("days_of_supply", "daily_rate"))
    ),
    Check(
        FindingKind(
            "floor-above-objective",
            "warning",
            "The floor of {item} ({value}) is above its objective ({objective}).",
            "Check the two: a floor is the least, an objective what should be reached.",
            "An objective lies below the protected minimum.",
        ),
        "objectives",
        "floor",
        when=pl.col("floor") > _OBJECTIVE,
        words={"objective": _OBJECTIVE},
    ),
    Check(
        FindingKind(
            "objective-above-maximum",
            "warning",
            "The objective of {item} ({value}) is above its maximum ({maximum}), so it can never be reached.",
            "Raise the maximum or lower the objective.",
            "An objective or floor lies above the most that may lie there.",
        ),
        "objectives",
        "objective",
        when=pl.col("maximum") < _OBJECTIVE,
    ),
)
"""What is looked at in each objective by itself."""
