"""What each need receives when, and how it is met."""

from __future__ import annotations

import polars as pl

from scorta.plan.plan import QUANTITY_TOLERANCE, Answered
from scorta.problem import lateness, meets
from scorta.rules import Column


def issues(solved: Answered) -> pl.DataFrame:
    """List what each occurrence of a need receives in each bucket."""
    family, at, quantity = solved.used(Column.ISSUE)
    network = solved.network
    issue, bucket = family.index["issue"][at], family.index["bucket"][at]
    occurrence, days_late = lateness(network, issue, bucket)
    spot = network.issues.spot[issue]
    return pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(network.occurrences.need[occurrence]),
            "required_by": solved.dates(network.occurrences.due_day[occurrence]),
            "place": network.names.places.code(network.spots.place[spot]),
            "item": network.names.items.code(network.spots.item[spot]),
            **solved.lot(spot),
            "bucket": bucket,
            "issued_from": solved.dates(network.horizon.starts[bucket]),
            "issued_until": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity,
            "meets": quantity * meets(network, issue, bucket),
            "days_late": days_late,
        }
    )


def fulfilment(solved: Answered, issues: pl.DataFrame) -> pl.DataFrame:
    """Add up the issues of each open need over its occurrences."""
    occurrences, names = solved.network.occurrences, solved.network.names
    asked = pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(occurrences.need),
            "priority": occurrences.priority,
            "place": names.places.code(occurrences.place),
            "item": names.items.code(occurrences.item),
            "required_by": solved.dates(occurrences.due_day),
            "asked": occurrences.quantity,
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
    return joined.with_columns(unmet=pl.when(unmet > QUANTITY_TOLERANCE).then(unmet).otherwise(0.0))
