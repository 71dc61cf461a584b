"""Repairs of a need as a page: what to change, what comes of it, for whom else, and at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorta.case import changes_frame
from scorta.report.heading import need_heading
from scorta.report.numbers import write_number
from scorta.report.page import Page, Words
from scorta.report.why import CRUMB, written_facts
from scorta.report.writing import put_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorta.case import Change
    from scorta.explain import Effect, Fix, Remedy

_SENTENCES = {
    "pledge too late": "{donor} brings its pledge {pledge} forward from {available_from} to {value}",
    "pledge too short": "{donor} keeps its pledge {pledge} open until {value}, not {available_until}",
    "pledge too small": "{donor} pledges {value} more ({pledge})",
    "pledge without quantity": "{donor} says that its pledge {pledge} is of {value}",
    "not asked": "{donor} is asked for {value} of {item}",
    "contract too late": "{supplier} delivers under contract {contract} from {value}, not {from_date}",
    "contract too short": "{supplier} delivers under contract {contract} until {value}, not {until_date}",
    "contract too small": "{buyer} orders {value} more under contract {contract}",
    "leg closed": "leg {leg} from {origin} to {destination} is open {way} {value}",
    "leg full": "leg {leg} from {origin} to {destination} carries {value} t a month more",
    "line full": "line {line} at {place} runs {value} times its hours",
    "place full": "{place} handles {value} t a month more",
    "budget spent": "{party} adds {value} EUR to its budget of {year}",
    "floor": "{owner} lowers its floor of {floor} {item} by {value} from {first} to {last}",
    "receipt too late": "the {quantity} due at {place} on {due_on} come on {value}",
}
"""What is said of each kind of hindrance that gives way."""


NAMED = 3
"""Other needs that are named."""


def fix_page(title: str, need: Mapping[str, Any], fixes: Sequence[Fix]) -> Page:
    """Return the page of the repairs of a need; `need` is its row of the plan's table `fulfilment`."""
    blocks = [need_heading(need)]
    for number, one in enumerate(fixes, 1):
        changes = "; ".join(say_remedy(remedy) for remedy in one.repair)
        title_of = f"{number}. {changes[0].upper()}{changes[1:]}"
        rows = [_row(change) for change in one.changes]
        lines = [_gains(one), _price(one), _others(one), *rows]
        blocks.append(Words("\n".join(lines), title=title_of))
    if not fixes:
        done = not need["late"] and not need["unmet"]
        words = "All of it comes on time." if done else "No change that can be made here lets it be met better."
        blocks.append(Words(words))
    else:
        blocks.append(Words("Each was planned as the whole case: what is said is what comes of it.", "quiet"))
    return Page(title, tuple(blocks))


def say_remedy(remedy: Remedy) -> str:
    """Say what is changed."""
    values = {change.field: change.value for change in remedy.changes}
    first = remedy.changes[0]
    value = values.get("quantity", first.value).lstrip("-")
    way = "from" if first.field == "open_from" else "until"
    days = {"first": str(first.from_date), "last": str(remedy.changes[-1].until_date)}
    facts = written_facts(remedy.hindrance) | {"value": _written(value), "way": way, **days}
    return _SENTENCES[remedy.hindrance.kind].format_map(facts)


def _written(value: str) -> str:
    """Write the value of a change: numbers as everywhere, dates as they are."""
    try:
        return write_number(float(value))
    except ValueError:
        return value


def _gains(one: Fix) -> str:
    """Say what comes of it for the need."""
    parts = [
        f"{write_number(abs(value))} {'more' if value > 0 else 'fewer'} {what}"
        for value, what in ((one.effect.on_time, "on time"), (-one.effect.unmet, "come at all"))
        if abs(value) > CRUMB
    ]
    return f"{', '.join(parts) or 'No more on time'}; {write_number(one.days)} unit-days spared."


def _price(one: Fix) -> str:
    """Say what it costs."""
    if one.price is None:
        return "Nobody counts cost here."
    each = f", {write_number(one.price / one.days)} EUR for each unit-day" if one.price > 0 else ""
    return f"The plan costs {write_number(abs(one.price))} EUR {'more' if one.price > 0 else 'less'}{each}."


def _others(one: Fix) -> str:
    """Say what changes for other needs."""
    if not one.others:
        return "No other need is met otherwise."
    more = f", and {len(one.others) - NAMED} more" if len(one.others) > NAMED else ""
    return f"Other needs: {'; '.join(map(_effect, one.others[:NAMED]))}{more}."


def _effect(other: Effect) -> str:
    """Say what changes for a need."""
    if abs(other.on_time) > CRUMB:
        return f"{other.need} {write_number(abs(other.on_time))} {'more' if other.on_time > 0 else 'fewer'} on time"
    days = write_number(abs(other.unit_days))
    return f"{other.need} {days} unit-days {'later' if other.unit_days > 0 else 'earlier'}"


def _row(change: Change) -> str:
    """Say which cell is changed, as in a table of changes."""
    days = f" from {change.from_date} until {change.until_date}" if change.from_date else ""
    return f"  {change.table} {change.id}: {change.operation} {change.field} {change.value}{days}"


def write_repair(fix: Fix, path: Path) -> None:
    """Write the changes of a repair as a what-if: a CSV file of the table `changes`.

    Raises:
        OutputError: it cannot be written; what was there stays.
    """
    put_file(changes_frame(fix.changes).write_csv().encode(), path)
