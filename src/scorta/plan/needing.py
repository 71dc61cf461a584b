"""What each need receives when, and how it is met."""

from __future__ import annotations

import polars as pl

from scorta.plan.answered import TINY, Answered
from scorta.problem import lateness, meets


def issues(solved: Answered) -> pl.DataFrame:
    """List what each occurrence of a need receives in each bucket."""
    family, at, quantity = solved.used("issue")
    network = solved.network
    serving, bucket = family.index["serving"][at], family.index["bucket"][at]
    demand, days_late = lateness(network, serving, bucket)
    spot = network.servings.spot[serving]
    return pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(network.demands.need[demand]),
            "required_by": solved.dates(network.demands.due_day[demand]),
            "place": network.names.places.code(network.spots.place[spot]),
            "item": network.names.items.code(network.spots.item[spot]),
            **solved.lot(spot),
            "bucket": bucket,
            "issued_from": solved.dates(network.horizon.starts[bucket]),
            "issued_until": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity,
            "meets": quantity * meets(network, serving, bucket),
            "days_late": days_late,
        }
    )


def fulfilment(solved: Answered, issues: pl.DataFrame) -> pl.DataFrame:
    """Add up the issues of each open need over its occurrences."""
    demands, names = solved.network.demands, solved.network.names
    asked = pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(demands.need),
            "priority": demands.priority,
            "place": names.places.code(demands.place),
            "item": names.items.code(demands.item),
            "required_by": solved.dates(demands.due_day),
            "asked": demands.quantity,
        }
    )
    asked = asked.group_by("need", maintain_order=True).agg(
        pl.col("priority", "place", "item").first(), pl.col("required_by").min(), pl.col("asked").sum()
    )
    quantity, late = pl.col("meets"), pl.col("days_late") > 0
    issued = issues.group_by("need").agg(
        on_time=quantity.filter(~late).sum(),
        late=quantity.filter(late).sum(),
        unit_days_late=(quantity * pl.col("days_late")).sum(),
        first_delivery=pl.col("issued_until").min(),
        last_delivery=pl.col("issued_until").max(),
    )
    joined = asked.join(issued, on="need", how="left", maintain_order="left")
    joined = joined.with_columns(pl.col("on_time", "late", "unit_days_late").fill_null(0.0))
    unmet = pl.col("asked") - pl.col("on_time") - pl.col("late")
    return joined.with_columns(unmet=pl.when(unmet > TINY).then(unmet).otherwise(0.0))
