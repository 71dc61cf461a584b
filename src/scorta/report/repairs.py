"""Repairs of a need as a page: what to change, what comes of it, for whom else, and at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorta.case import changes_frame
from scorta.languages import mark, say, say_count, write_number
from scorta.report.files import put_file
from scorta.report.needs import need_heading
from scorta.report.page import Page, Words
from scorta.report.why import OTHERS_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorta.case import Change
    from scorta.why import Effect, Fix

NAMED = 3
"""Other needs that are named."""

COST_TOLERANCE_EUR = 0.01
"""EUR below which a plan costs as much as another."""


def fix_page(title: str, need: Mapping[str, Any], fixes: Sequence[Fix]) -> Page:
    """Return the page of the repairs of a need; `need` is its row of the plan's table `fulfilment`."""
    blocks = [need_heading(need)]
    for number, one in enumerate(fixes, 1):
        changes = "; ".join(remedy.sentence for remedy in one.repair)
        title_of = f"{number}. {changes[0].upper()}{changes[1:]}"
        rows = [_row(change) for change in one.changes]
        lines = [_gains(one), _price(one), _others(one), *rows]
        blocks.append(Words("\n".join(lines), title=title_of))
    if not fixes:
        done = not need["late"] and not need["unmet"]
        stuck = mark(
            "No change that can be made here lets it be met better: `scorta why {need}` says what is in its way."
        )
        met = mark("All of it comes on time.")
        blocks.append(Words(say(met if done else stuck, need=need["need"])))
    else:
        blocks.append(Words(say("Each was planned as the whole case: what is said is what comes of it."), "quiet"))
    return Page(title, tuple(blocks))


def _gains(one: Fix) -> str:
    """Say what comes of it for the need."""
    changes = ((one.effect.on_time, _MORE, _FEWER), (-one.effect.unmet, _MORE_AT_ALL, _FEWER_AT_ALL))
    parts = [
        say(more if value > 0 else fewer, number=write_number(abs(value)))
        for value, more, fewer in changes
        if abs(value) > OTHERS_TOLERANCE
    ]
    gains = ", ".join(parts) or say("No more on time")
    return say("{gains}; {days} unit-days spared.", gains=gains, days=write_number(one.days))


_MORE, _FEWER = mark("{number} more on time"), mark("{number} fewer on time")
_MORE_AT_ALL, _FEWER_AT_ALL = mark("{number} more come at all"), mark("{number} fewer come at all")


def _price(one: Fix) -> str:
    """Say what it costs."""
    if one.price is None:
        return say("Nobody counts cost here.")
    if abs(one.price) < COST_TOLERANCE_EUR:
        return say("The plan costs as much as before.")
    price = write_number(abs(one.price))
    if one.price < 0:
        return say("The plan costs {price} EUR less.", price=price)
    each = write_number(one.price / one.days)
    return say("The plan costs {price} EUR more, {each} EUR for each unit-day.", price=price, each=each)


def _others(one: Fix) -> str:
    """Say what changes for other needs."""
    if not one.others and not one.swaps:
        return say("No other need is met otherwise.")
    if not one.others:
        return say("Other needs only change places with those of their item and priority.")
    told, left = "; ".join(map(_effect, one.others[:NAMED])), len(one.others) - NAMED
    if left <= 0:
        return say("Other needs: {needs}.", needs=told)
    return say_count(
        "Other needs: {needs}, and {number} more.", "Other needs: {needs}, and {number} more.", left, needs=told
    )


def _effect(other: Effect) -> str:
    """Say what changes for a need."""
    if abs(other.on_time) > OTHERS_TOLERANCE:
        units = write_number(abs(other.on_time))
        return f"{other.need} {say(_MORE if other.on_time > 0 else _FEWER, number=units)}"
    days = write_number(abs(other.unit_days))
    later, earlier = mark("{need} {days} unit-days later"), mark("{need} {days} unit-days earlier")
    return say(later if other.unit_days > 0 else earlier, need=other.need, days=days)


def _row(change: Change) -> str:
    """Say which cell is changed, as in a table of changes."""
    cell = f"  {change.table} {change.id}: {change.operation} {change.field} {change.value}"
    if not change.from_date:
        return cell
    return cell + say(" from {first} until {last}", first=change.from_date, last=change.until_date)


def write_repair(fix: Fix, path: Path) -> None:
    """Write the changes of a repair as a what-if: a CSV file of the table `changes`.

    Raises:
        OutputError: it cannot be written; what was there stays.
    """
    put_file(changes_frame(fix.changes).write_csv().encode(), path)
