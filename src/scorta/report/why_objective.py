"""Why a stock is below its objective, as a page: since when, what it lacks, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.languages import mark, say
from scorta.report.numbers import write_day, write_number
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language
from scorta.report.why import CRUMB, felt, told

if TYPE_CHECKING:
    from scorta.why import Cause, Met, WhyBelow

_NOT_BACK = mark(
    "Below its objective from {since} on, and not back by the end of the plan: {unmet} are missing then, {unit_days} "
    "unit-days below."
)
_WHOLE = mark(
    "With parts of units, lots and shipments it would never be below: only whole numbers stand in its way, or what the "
    "plan puts before stock objectives."
)
_NOTE = mark(
    "Without it, so many fewer would be missing at the end of the plan, so many unit-days below be saved, and it would "
    "be back on that day."
)
_LEFT_UNMET = mark(
    "If every date, limit, floor and pledged quantity gave way, but no need and no other objective, {unmet} would "
    "still be missing at the end: there is no more beside what others take."
)
_LEFT_BACK = mark(
    "If every date, limit, floor and pledged quantity gave way, but no need and no other objective, it would be back "
    "on {full_on}."
)
_LEFT_NEVER = mark(
    "If every date, limit, floor and pledged quantity gave way, but no need and no other objective, it would never be "
    "below."
)

_COLUMNS = (
    Column(mark("What stands in the way")),
    Column(mark("Row")),
    Column(mark("At the end"), "number", "good"),
    Column(mark("Unit-days"), "number"),
    Column(mark("Back on"), "date"),
)


def why_below_page(title: str, why: WhyBelow) -> Page:
    """Return the page of why a stock is below its objective."""
    blocks: list[Grid | Words] = [_heading(why)]
    if why.since is None:
        return Page(title, (*blocks, Words(say("Nothing stands in its way: it is never below its objective."), "good")))
    if why.met.unit_days < CRUMB:
        return Page(title, (*blocks, Words(say(_WHOLE))))
    if why.causes:
        rows = tuple(_row(why, cause) for cause in why.causes)
        title_of = say("What stands in the way, what hinders most first")
        blocks.append(Grid(title_of, in_language(_COLUMNS), rows, say(_NOTE)))
    blocks.append(Words(_rest(why), title=say("What would be left")))
    return Page(title, tuple(blocks))


def _heading(why: WhyBelow) -> Words:
    """Say what is held at the end, what should be, and since when too little is."""
    facts = {"owner": why.owner, "level": write_number(why.level), "item": why.item}
    if why.objective is None:
        title = say("{owner}: {level} of {item} at the end of the plan", **facts)
    else:
        aim = write_number(why.objective)
        title = say("{owner}: {level} of {item} at the end of the plan, with an objective of {aim}", aim=aim, **facts)
    if why.since is None:
        return Words("", title=title)
    back = mark("Below its objective from {since} on, and back on {full_on}: {unit_days} unit-days below.")
    said = _NOT_BACK if why.met.full_on is None else back
    return Words(say(said, since=write_day(why.since), **_written(why.met)), title=title)


def _written(met: Met) -> dict[str, str]:
    """Return what is missing, and until when, as it is written."""
    days = "" if met.full_on is None else write_day(met.full_on)
    return {"unmet": write_number(met.unmet), "unit_days": write_number(met.unit_days), "full_on": days}


def _row(why: WhyBelow, cause: Cause) -> tuple[Cell, ...]:
    """Return the row of a cause, with what would be saved without it, and when the stock would be back."""
    is_never = why.met.unit_days - cause.unit_days < CRUMB
    back = say("never below") if is_never else cause.full_on or say("not back")
    return *told(cause.hindrances), felt(cause.delivered), felt(cause.unit_days), back


def _rest(why: WhyBelow) -> str:
    """Say what would be left if everything gave way but needs and other objectives."""
    if not why.supply:
        return say("Nobody else in the case has {item}, and nobody expects or makes any.", item=why.item)
    if not why.way:
        no_way = mark("No {item} can come to {owner}: no leg leads there from where it lies or is made.")
        return say(no_way, item=why.item, owner=why.owner)
    is_short, is_below = why.left.unmet > CRUMB, why.left.unit_days > CRUMB
    left = _LEFT_UNMET if is_short else _LEFT_BACK if is_below and why.left.full_on else _LEFT_NEVER
    return say(left, **_written(why.left))
