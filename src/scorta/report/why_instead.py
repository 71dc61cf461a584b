"""Why one need gets what another lacks, as a page: the rule that decides, and what a trade would do to both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorta.languages import mark, say
from scorta.report.heading import need_heading
from scorta.report.numbers import write_number
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language
from scorta.report.why import felt, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from scorta.why import Effect, WhyInstead

_REASONS = {
    "lacks nothing": mark("{need} lacks nothing: all of it comes on time."),
    "gets nothing": mark("{other} gets nothing that {need} could have. {more}"),
    "held": mark("What {other} gets cannot serve {need}: {hindrance} ({rows}). {more}"),
    "more urgent": mark(
        "{other} is more urgent: priority {other_priority} comes before priority {priority}, at any price."
    ),
    "fewer in all": mark("Both are of priority {priority}, and {units} fewer would come to the two of them in all."),
    "later in all": mark(
        "Both are of priority {priority}, and as many would come to the two of them in all, but later: they "
        "would wait {unit_days} unit-days longer."
    ),
    "as good": mark(
        "Both are of priority {priority}, and as many would come to the two of them in all, and no later: for "
        "needs it is as good either way. What comes after them decides, or nothing does."
    ),
    "own floor": mark(
        "{other} is an own need of those who keep a floor, and floors give way to own needs alone: for {need} it "
        "stands. {hindrance} ({rows})."
    ),
    "other rules": mark(
        "Neither urgency nor lateness puts {other} first: only whole numbers do, or what the plan puts before needs."
    ),
    "other goods": mark("What {other} gets is of no use to {need}: it takes other goods. {more}"),
    "no way": mark(
        "{need} could use what {other} gets, but no one thing that gave way would bring it there in time. {more}"
    ),
}
"""What is said of each reason."""

_COLUMNS = (
    Column(mark("Need")),
    Column(mark("On time"), "number"),
    Column(mark("At all"), "number"),
    Column(mark("Unit-days late"), "number"),
)


def why_instead_page(title: str, fulfilment: pl.DataFrame, why: WhyInstead) -> Page:
    """Return the page of why another need gets something; `fulfilment` is the plan's table of that name."""
    need, other = (fulfilment.filter(need=code).row(0, named=True) for code in (why.need, why.other))
    facts = _facts(need, other, why)
    title_of = say("Why {other} gets what {need} lacks", **facts)
    blocks: list[Grid | Words] = [need_heading(need), need_heading(other)]
    blocks.append(Words(say(_REASONS[why.reason], **facts), title=title_of))
    if why.gains and why.loses:
        trade = mark("What would change if {other} could be worse off")
        if why.hindrance and why.reason == "held":
            trade = mark("What would change if that gave way, and {other} could be worse off")
        blocks.append(Grid(say(trade, **facts), in_language(_COLUMNS), (_row(why.gains), _row(why.loses))))
    return Page(title, tuple(blocks))


def _facts(need: Mapping[str, Any], other: Mapping[str, Any], why: WhyInstead) -> dict[str, str]:
    """Return what is said of both needs, and of what keeps goods from the first."""
    more = say("`scorta why {need}` says what stands in its way.", need=why.need)
    facts = {"need": why.need, "other": why.other, "more": more}
    facts |= {"priority": str(need["priority"]), "other_priority": str(other["priority"])}
    if why.gains and why.loses:
        facts["units"] = write_number(why.gains.unmet + why.loses.unmet)
        facts["unit_days"] = write_number(why.gains.unit_days + why.loses.unit_days)
    words, rows = told((why.hindrance,)) if why.hindrance else ("", "")
    return facts | {"hindrance": words, "rows": rows}


def _row(effect: Effect) -> tuple[Cell, ...]:
    """Return what changes for a need."""
    return effect.need, felt(effect.on_time), felt(-effect.unmet), felt(effect.unit_days)
