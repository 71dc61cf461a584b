"""Needs: their days, how they come back or lapse, what they cost unmet, and whether anything reaches them in time."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.check.book import Book, Check, check_each
from scorta.check.legs import sources
from scorta.check.sheet import LAST, START, Papers, blank, filled
from scorta.tables import FindingKind

IS_OPEN = filled("needs", "state") == "open"
"""Whether a need is open: only open needs are planned."""

_IS_DRAFT = pl.col("state") == "draft"

DRAFT_NEED = FindingKind(
    "draft-need",
    "note",
    "The need {need} is a draft, so it is not planned.",
    "Set its state to open once it is agreed.",
    "A need is stated but not yet agreed.",
)

CHECKS = (
    Check(
        FindingKind(
            "need-before-start",
            "error",
            "The need {need} is required by {value}, before the plan begins on {start}.",
            "Correct the day, or close the need.",
            "An open need was due before the first day of the plan.",
        ),
        "needs",
        "required_by",
        when=IS_OPEN & (pl.col("required_by") < START),
    ),
    Check(
        FindingKind(
            "need-after-horizon",
            "warning",
            "The need {need} is required by {value}, after the last day of the plan ({last}), so it is not planned.",
            "Lengthen the horizon, or leave it for a later plan.",
            "An open need is due after the last day of the plan.",
        ),
        "needs",
        "required_by",
        when=IS_OPEN & (pl.col("required_by") > LAST),
    ),
    Check(
        FindingKind(
            "not-before-too-late",
            "error",
            "The need {need} may not be issued before {value}, which lies after its required_by ({required_by}).",
            "Move not_before to required_by or earlier.",
            "A need could never be met on time, because it may be issued only after it is due.",
        ),
        "needs",
        "not_before",
        when=pl.col("not_before") > pl.col("required_by"),
    ),
    Check(
        FindingKind(
            "every-without-until",
            "error",
            "The need {need} comes back every {value} but does not say until when.",
            "Fill `until`.",
            "A need that comes back has no last day.",
        ),
        "needs",
        "every",
        when=pl.col("every").is_not_null() & blank("until"),
    ),
    Check(
        FindingKind(
            "until-without-every",
            "warning",
            "The need {need} has an `until` but no `every`, so it comes once.",
            "Fill `every`, or leave `until` empty.",
            "A need has a last day for coming back but does not come back.",
        ),
        "needs",
        "until",
        when=pl.col("until").is_not_null() & blank("every"),
    ),
    Check(
        FindingKind(
            "until-too-early",
            "error",
            "The need {need} comes back until {value}, which lies before its required_by ({required_by}).",
            "Correct one of the two days.",
            "A need stops coming back before it has come for the first time.",
        ),
        "needs",
        "until",
        when=pl.col("until") < pl.col("required_by"),
    ),
    Check(
        FindingKind(
            "lapse-days-unused",
            "warning",
            "The need {need} has lapse_days but does not lapse, so they have no effect.",
            "Write unmet = lapse, or leave lapse_days empty.",
            "A need that stays asked for says after how many days it lapses.",
        ),
        "needs",
        "lapse_days",
        when=pl.col("lapse_days").is_not_null() & (filled("needs", "unmet") == "backorder"),
    ),
    Check(
        FindingKind(
            "minimum-shipment-above-quantity",
            "warning",
            "The need {need} has a minimum_shipment of {value}, more than the {quantity} it asks for: it receives all "
            "at "
            "once or nothing.",
            "Lower minimum_shipment, or leave it if that is meant.",
            "The least that is worth delivering to a need at once is more than all that it asks for.",
        ),
        "needs",
        "minimum_shipment",
        when=IS_OPEN & (pl.col("minimum_shipment") > pl.col("quantity")),
    ),
    Check(DRAFT_NEED, "needs", "state", when=_IS_DRAFT & pl.col("quantity").is_not_null()),
    Check(
        DRAFT_NEED.but(next_step="Fill its quantity and set its state to open once it is agreed."),
        "needs",
        "state",
        when=_IS_DRAFT & pl.col("quantity").is_null(),
    ),
)
"""What is looked at in each need by itself."""

UNMET_COST_MISSING = FindingKind(
    "unmet-cost-missing",
    "error",
    "The need {need} has no unmet_cost_eur, but the tiers weigh cost without needs.",
    "Fill unmet_cost_eur, or add `needs` to the tiers.",
    "Where cost decides alone, a need without a cost would never be served.",
)
NOTHING_REACHES_NEED = FindingKind(
    "nothing-reaches-need",
    "warning",
    "Nothing can reach the need {need}: no leg brings {item} to {place}, and none lies, comes in or is made there.",
    "Add a leg to {place}, or correct the place or item.",
    "An open need stands at a place that no leg, stock, receipt or process of its item serves.",
)
NEED_TOO_SOON = FindingKind(
    "need-too-soon",
    "warning",
    "The need {need} is required by {value}, but the shortest leg that brings {item} to {place} takes {days} days: "
    "it will be late.",
    "Correct the day or the leg, or expect it to be met late.",
    "An open need is due sooner than any leg can bring its item, of which none lies, comes in or is made there.",
)


def check_unmet(papers: Papers, book: Book) -> None:
    """Say which needs cost nothing unmet where cost alone decides."""
    tiers = papers.scenario.tiers if papers.scenario else ()
    if "cost" in tiers and "needs" not in tiers:
        check_each(
            [Check(UNMET_COST_MISSING, "needs", "unmet_cost_eur", IS_OPEN & blank("unmet_cost_eur"))], papers, book
        )


def check_reached(papers: Papers, book: Book) -> None:
    """Say which open needs nothing reaches, or not in time."""
    _check_served(papers, book)
    if papers.horizon is not None:
        _check_in_time(papers, papers.horizon, book)


def _otherwise(papers: Papers) -> pl.Series:
    """Return the items that need not come as they are: kits put together on the spot, and what has a substitute."""
    return pl.concat([papers[name].frame["item"] for name in ("kits", "substitutes")]).drop_nulls().unique()


def _check_served(papers: Papers, book: Book) -> None:
    """Look for open needs at places that no leg, stock, receipt or process of their item serves."""
    needs, legs = papers["needs"], papers["legs"].frame
    served = legs.filter(pl.col("item").is_null())["destination"].drop_nulls().unique()
    is_left = IS_OPEN & ~pl.col("place").is_in(served.implode()) & pl.col("item").is_not_null()
    is_left &= ~pl.col("item").is_in(_otherwise(papers).implode())
    left = needs.frame.with_row_index("at").filter(is_left).select("at", "need", "item", "place")
    if left.is_empty():
        return
    brought = legs.select("item", pl.col("destination").alias("place"))
    known = (papers["items"].frame.select("item"), papers["places"].frame.select("place"))
    left = left.join(known[0], on="item", how="semi").join(known[1], on="place", how="semi")
    alone = left.join(pl.concat([brought, sources(papers)]), on=["item", "place"], how="anti").sort("at")
    book.at(NOTHING_REACHES_NEED, needs, alone["at"], "place")


def _check_in_time(papers: Papers, horizon: Horizon, book: Book) -> None:
    """Look for open needs that only legs can serve, and none of them by the end of the bucket they are due in."""
    needs, longest = papers["needs"], papers["legs"].frame["transit_days"].max()
    if not isinstance(longest, float):
        return
    day = (pl.col("required_by") - horizon.as_of).dt.total_days()
    is_soon = IS_OPEN & day.is_between(0, min(longest, horizon.last_day))
    is_soon &= ~pl.col("item").is_in(_otherwise(papers).implode())
    soon = needs.frame.with_row_index("at").filter(is_soon).with_columns(day=day)
    late = _with_transit(soon, papers["legs"].frame)
    ends = pl.Series(horizon.ends[horizon.bucket_of(late["day"].to_numpy())])
    late = late.filter(late["transit"] > ends)
    if not late.is_empty():
        late = late.join(sources(papers), on=["item", "place"], how="anti").sort("at")
        book.at(NEED_TOO_SOON, needs, late["at"], "required_by", days=late["transit"])


def _with_transit(needs: pl.DataFrame, legs: pl.DataFrame) -> pl.DataFrame:
    """Return needs with the days of the shortest leg that brings their item to their place."""
    days, place = pl.col("transit_days").min(), pl.col("destination").alias("place")
    general = legs.filter(pl.col("item").is_null()).group_by(place).agg(general=days)
    special = legs.filter(pl.col("item").is_not_null()).group_by("item", place).agg(special=days)
    joined = needs.join(general, on="place", how="left").join(special, on=["item", "place"], how="left")
    return joined.with_columns(transit=pl.min_horizontal("general", "special"))
