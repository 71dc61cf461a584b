"""Why a stock is below its objective, as a page: since when, what it lacks, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.report.numbers import write_day, write_number
from scorta.report.page import Cell, Column, Grid, Page, Words
from scorta.report.why import CRUMB, felt, told

if TYPE_CHECKING:
    from scorta.explain import Cause, Met, WhyBelow

_TITLE = "{owner}: {level} of {item} at the end of the plan"
_AIM = ", with an objective of {objective}"
_NEVER = "Nothing stands in its way: it is never below its objective."
_BACK = "Below its objective from {since} on, and back on {full_on}: {unit_days} unit-days below."
_NOT_BACK = (
    "Below its objective from {since} on, and not back by the end of the plan: {unmet} are missing then, {unit_days} "
    "unit-days below."
)
_WHOLE = (
    "With parts of units, lots and shipments it would never be below: only whole numbers stand in its way, or what the "
    "plan puts before stock objectives."
)
_NOTE = (
    "Without it, so many fewer would be missing at the end of the plan, so many unit-days below be saved, and it would "
    "be back on that day."
)
_NO_SUPPLY = "Nobody else in the case has {item}, and nobody expects or makes any."
_NO_WAY = "No {item} can come to {owner}: no leg leads there from where it lies or is made."
_LEFT = "If every date, limit, floor and pledged quantity gave way, but no need and no other objective, {left}."
_LEFT_UNMET = "{unmet} would still be missing at the end: there is no more beside what others take"
_LEFT_BACK = "it would be back on {full_on}"
_LEFT_NEVER = "it would never be below"

_COLUMNS = (
    Column("What stands in the way"),
    Column("Row"),
    Column("At the end", "number", "good"),
    Column("Unit-days", "number"),
    Column("Back on", "date"),
)


def why_below_page(title: str, why: WhyBelow) -> Page:
    """Return the page of why a stock is below its objective."""
    blocks: list[Grid | Words] = [_heading(why)]
    if why.since is None:
        return Page(title, (*blocks, Words(_NEVER, "good")))
    if why.met.unit_days < CRUMB:
        return Page(title, (*blocks, Words(_WHOLE)))
    if why.causes:
        rows = tuple(_row(why, cause) for cause in why.causes)
        blocks.append(Grid("What stands in the way, what hinders most first", _COLUMNS, rows, _NOTE))
    blocks.append(Words(_rest(why), title="What would be left"))
    return Page(title, tuple(blocks))


def _heading(why: WhyBelow) -> Words:
    """Say what is held at the end, what should be, and since when too little is."""
    aim = "" if why.objective is None else _AIM.format(objective=write_number(why.objective))
    title = _TITLE.format(owner=why.owner, level=write_number(why.level), item=why.item) + aim
    if why.since is None:
        return Words("", title=title)
    said = _NOT_BACK if why.met.full_on is None else _BACK
    return Words(said.format(since=write_day(why.since), **_written(why.met)), title=title)


def _written(met: Met) -> dict[str, str]:
    """Return what is missing, and until when, as it is written."""
    days = "" if met.full_on is None else write_day(met.full_on)
    return {"unmet": write_number(met.unmet), "unit_days": write_number(met.unit_days), "full_on": days}


def _row(why: WhyBelow, cause: Cause) -> tuple[Cell, ...]:
    """Return the row of a cause, with what would be saved without it, and when the stock would be back."""
    is_never = why.met.unit_days - cause.unit_days < CRUMB
    back = "never below" if is_never else cause.full_on or "not back"
    return *told(cause.hindrances), felt(cause.delivered), felt(cause.unit_days), back


def _rest(why: WhyBelow) -> str:
    """Say what would be left if everything gave way but needs and other objectives."""
    if not why.supply:
        return _NO_SUPPLY.format(item=why.item)
    if not why.way:
        return _NO_WAY.format(item=why.item, owner=why.owner)
    is_short, is_below = why.left.unmet > CRUMB, why.left.unit_days > CRUMB
    left = _LEFT_UNMET if is_short else _LEFT_BACK if is_below and why.left.full_on else _LEFT_NEVER
    return _LEFT.format(left=left.format_map(_written(why.left)))
