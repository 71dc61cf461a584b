"""Why a need is short, a stock below its objective, or why another need has it: what stands in the way, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorta.languages import mark, say, write_day, write_number
from scorta.report.needs import need_heading
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from scorta.why import Cause, Effect, Hindrance, Met, Why, WhyBelow, WhyInstead

OTHERS_TOLERANCE = 1e-4
"""Units and unit-days below which a difference is round-off: other needs keep what they have to a millionth."""

_MINUS = mark("A minus: what would not have come at all comes late, or fewer come on time so that all wait less.")
"""What is added where something would grow worse."""

_WHOLE = mark(
    "With parts of units, lots and shipments all of it would come on time: only whole numbers stand in its way, or "
    "what the plan puts before needs."
)
"""What is said where the need is met as soon as whole numbers are dropped and nothing comes before it."""

_NEED_COLUMNS = (
    Column(mark("What stands in the way")),
    Column(mark("Row")),
    Column(mark("On time"), "number", "good"),
    Column(mark("At all"), "number", "good"),
    Column(mark("Unit-days"), "number"),
)


def why_page(title: str, need: Mapping[str, Any], why: Why) -> Page:
    """Return the page of why a need is late or short; `need` is its row of the plan's table `fulfilment`."""
    blocks: list[Grid | Words] = [need_heading(need)]
    if not need["late"] and not need["unmet"]:
        return Page(title, (*blocks, Words(say("Nothing stands in its way: all of it comes on time."), "good")))
    if max(why.met.late, why.met.unmet) < OTHERS_TOLERANCE:
        return Page(title, (*blocks, Words(say(_WHOLE))))
    if why.causes:
        rows = tuple(_row(cause) for cause in why.causes)
        note = say("Without it, so much more would come on time, or come at all, and so many unit-days late be saved.")
        note += f" {say(_MINUS)}" if any(isinstance(cell, float) and cell < 0 for row in rows for cell in row) else ""
        title_of = say("What stands in the way, what hinders most first")
        blocks.append(Grid(title_of, in_language(_NEED_COLUMNS), rows, note))
    blocks.append(Words(_rest(need, why), title=say("What would be left")))
    return Page(title, tuple(blocks))


def _row(cause: Cause) -> tuple[Cell, ...]:
    """Return the row of a cause, with what more would come without it."""
    return cause.sentence, _rows(cause.hindrances), *map(_noticed, (cause.on_time, cause.delivered, cause.unit_days))


def _rows(hindrances: tuple[Hindrance, ...]) -> str:
    """Say which rows stand in the way."""
    return ", ".join(dict.fromkeys(row for hindrance in hindrances for row in hindrance.rows or (say("none"),)))


def _noticed(amount: float) -> float:
    """Return an amount, nothing where it is round-off."""
    return 0.0 if abs(amount) < OTHERS_TOLERANCE else amount


def _rest(need: Mapping[str, Any], why: Why) -> str:
    """Say what would be left if everything gave way but other needs."""
    if not why.supply:
        return say("Nobody in the case has, expects or makes anything that meets {need}.", **need)
    if not why.way:
        return say("Nothing that meets {need} can reach {place}: no leg leads there from where it lies.", **need)
    unmet, late = (
        write_number(amount) if amount > OTHERS_TOLERANCE else "" for amount in (why.left.unmet, why.left.late)
    )
    left = say("everything would come on time")
    if unmet:
        left = say("{unmet} would still be missing: there is no more beside what other needs take", unmet=unmet)
    elif late:
        left = say("{late} would still be late: making and moving it takes longer", late=late)
    return say("If every date, limit, floor and pledged quantity gave way, but no other need, {left}.", left=left)


_NOT_BACK = mark(
    "Below its objective from {since} on, and not back by the end of the plan: {unmet} are missing then, {unit_days} "
    "unit-days below."
)
_WHOLE_BELOW = mark(
    "With parts of units, lots and shipments it would never be below: only whole numbers stand in its way, or what the "
    "plan puts before stock objectives."
)
_BELOW_NOTE = mark(
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

_BELOW_COLUMNS = (
    Column(mark("What stands in the way")),
    Column(mark("Row")),
    Column(mark("At the end"), "number", "good"),
    Column(mark("Unit-days"), "number"),
    Column(mark("Back on"), "date"),
)


def why_below_page(title: str, why: WhyBelow) -> Page:
    """Return the page of why a stock is below its objective."""
    blocks: list[Grid | Words] = [_below_heading(why)]
    if why.since is None:
        return Page(title, (*blocks, Words(say("Nothing stands in its way: it is never below its objective."), "good")))
    if why.met.unit_days < OTHERS_TOLERANCE:
        return Page(title, (*blocks, Words(say(_WHOLE_BELOW))))
    if why.causes:
        rows = tuple(_below_row(why, cause) for cause in why.causes)
        title_of = say("What stands in the way, what hinders most first")
        blocks.append(Grid(title_of, in_language(_BELOW_COLUMNS), rows, say(_BELOW_NOTE)))
    blocks.append(Words(_below_rest(why), title=say("What would be left")))
    return Page(title, tuple(blocks))


def _below_heading(why: WhyBelow) -> Words:
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


def _below_row(why: WhyBelow, cause: Cause) -> tuple[Cell, ...]:
    """Return the row of a cause, with what would be saved without it, and when the stock would be back."""
    is_never = why.met.unit_days - cause.unit_days < OTHERS_TOLERANCE
    back = say("never below") if is_never else cause.full_on or say("not back")
    return cause.sentence, _rows(cause.hindrances), _noticed(cause.delivered), _noticed(cause.unit_days), back


def _below_rest(why: WhyBelow) -> str:
    """Say what would be left if everything gave way but needs and other objectives."""
    if not why.supply:
        return say("Nobody else in the case has {item}, and nobody expects or makes any.", item=why.item)
    if not why.way:
        no_way = mark("No {item} can come to {owner}: no leg leads there from where it lies or is made.")
        return say(no_way, item=why.item, owner=why.owner)
    is_short, is_below = why.left.unmet > OTHERS_TOLERANCE, why.left.unit_days > OTHERS_TOLERANCE
    left = _LEFT_UNMET if is_short else _LEFT_BACK if is_below and why.left.full_on else _LEFT_NEVER
    return say(left, **_written(why.left))


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

_TRADE_COLUMNS = (
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
        blocks.append(
            Grid(say(trade, **facts), in_language(_TRADE_COLUMNS), (_trade_row(why.gains), _trade_row(why.loses)))
        )
    return Page(title, tuple(blocks))


def _facts(need: Mapping[str, Any], other: Mapping[str, Any], why: WhyInstead) -> dict[str, str]:
    """Return what is said of both needs, and of what keeps goods from the first."""
    more = say("`scorta why {need}` says what stands in its way.", need=why.need)
    facts = {"need": why.need, "other": why.other, "more": more}
    facts |= {"priority": str(need["priority"]), "other_priority": str(other["priority"])}
    if why.gains and why.loses:
        facts["units"] = write_number(why.gains.unmet + why.loses.unmet)
        facts["unit_days"] = write_number(why.gains.unit_days + why.loses.unit_days)
    if why.hindrance:
        facts |= {"hindrance": why.hindrance.sentence, "rows": _rows((why.hindrance,))}
    return facts


def _trade_row(effect: Effect) -> tuple[Cell, ...]:
    """Return what changes for a need."""
    return effect.need, _noticed(effect.on_time), _noticed(-effect.unmet), _noticed(effect.unit_days)
