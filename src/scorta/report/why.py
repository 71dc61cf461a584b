"""Why a need is late or short, as a page: what stands in its way, with the rows that say so and what each is worth."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from scorta.languages import mark, say, say_count
from scorta.report.heading import need_heading
from scorta.report.numbers import write_day, write_number, write_share, write_year
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorta.why import Cause, Hindrance, Why

_SENTENCES = {
    "pledge too late": mark("{donor}'s pledge {pledge} of {quantity} of {item} can leave only from {available_from}"),
    "pledge too short": mark("{donor}'s pledge {pledge} of {quantity} of {item} must leave by {available_until}"),
    "pledge too small": mark("{donor}'s pledge {pledge} is of no more than {quantity} of {item}"),
    "pledge without quantity": mark("{donor}'s pledge {pledge} of {item} has no quantity"),
    "not asked": mark("{donor} has, expects or makes {item}, and no pledge covers it"),
    "contract too late": mark("{supplier} delivers {item} under contract {contract} only from {from_date}"),
    "contract too short": mark("{supplier} delivers {item} under contract {contract} only until {until_date}"),
    "contract too small": mark("contract {contract} of {buyer} with {supplier} grants no more {item}"),
    "leg closed": mark("leg {leg} from {origin} to {destination} is closed {open_days}"),
    "leg full": mark("leg {leg} from {origin} to {destination} carries no more{capacity}{shared}"),
    "leg slow": mark("leg {leg} from {origin} to {destination} takes {transit_days}"),
    "line full": mark("line {line} at {place} has no more hours"),
    "place full": mark("legs bring to {place}, and take from it, no more than {throughput_t_per_month} t a month"),
    "storage full": mark("{place} stores no more than {storage_t} t"),
    "budget spent": mark("{party} has no more money in {year}"),
    "share full": mark("{party} may give no more than {maximum_excess} above its share of {share} (key {key})"),
    "component short": mark("there is too little {item} at {place}, where it is used"),
    "stock used up": mark("no more {item} lies at {place}"),
    "receipt too late": mark("{quantity} of {item} due at {place} come only on {due_on}"),
    "floor": mark("{owner} keeps a floor{level} of {item}"),
    "others first": mark("need {need} asks for {quantity} of {item} (priority {priority}, by {required_by}{recurs})"),
    "not ordered": mark("{supplier} has, expects or makes {item}, and {buyer} has no contract for it"),
    "objective beside": mark("{owner} has a stock objective{wanted} for {item}, too"),
    "shares first": mark("what each gives is shared fairly before stocks are filled"),
    "asks first": mark("nobody is asked to give beyond its pledges to fill a stock"),
    "pledged for it": mark("{donor}'s pledge {pledge} of {quantity} of {item} is only for {pledged_for}"),
    "reserved for it": mark("{quantity} of {item} at {place} are reserved for {reserved_for}"),
}
"""What is said of each kind of hindrance."""

CRUMB = 1e-4
"""Units and unit-days below which a difference is round-off: other needs keep what they have to a millionth."""

_MINUS = mark("A minus: what would not have come at all comes late, or fewer come on time so that all wait less.")
"""What is added where something would grow worse."""

_WHOLE = mark(
    "With parts of units, lots and shipments all of it would come on time: only whole numbers stand in its way, or "
    "what the plan puts before needs."
)
"""What is said where the need is met as soon as whole numbers are dropped and nothing comes before it."""

_COLUMNS = (
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
    if max(why.met.late, why.met.unmet) < CRUMB:
        return Page(title, (*blocks, Words(say(_WHOLE))))
    if why.causes:
        rows = tuple(_row(cause.hindrances, cause) for cause in why.causes)
        note = say("Without it, so much more would come on time, or come at all, and so many unit-days late be saved.")
        note += f" {say(_MINUS)}" if any(isinstance(cell, float) and cell < 0 for row in rows for cell in row) else ""
        title_of = say("What stands in the way, what hinders most first")
        blocks.append(Grid(title_of, in_language(_COLUMNS), rows, note))
    blocks.append(Words(_rest(need, why), title=say("What would be left")))
    return Page(title, tuple(blocks))


def _row(hindrances: tuple[Hindrance, ...], cause: Cause) -> tuple[Cell, ...]:
    """Return the row of a cause, with what more would come without it."""
    return *told(hindrances), *map(felt, (cause.on_time, cause.delivered, cause.unit_days))


def told(hindrances: tuple[Hindrance, ...]) -> tuple[str, str]:
    """Say what stands in the way, and which rows say so: several hindrances hinder together."""
    words = say(", and ").join(_sentence(hindrance) for hindrance in hindrances)
    rows = dict.fromkeys(row for hindrance in hindrances for row in hindrance.rows or (say("none"),))
    return words + say(_TOGETHER.get(len(hindrances), _ALL)), ", ".join(rows)


def felt(amount: float) -> float:
    """Return an amount, nothing where it is round-off."""
    return 0.0 if abs(amount) < CRUMB else amount


_TOGETHER, _ALL = {1: "", 2: mark(": both together")}, mark(": all together")
"""What is added to a cause of so many hindrances."""


def _sentence(hindrance: Hindrance) -> str:
    """Say what stands in the way."""
    return say(_SENTENCES[hindrance.kind], **written_facts(hindrance))


def written_facts(hindrance: Hindrance) -> dict[str, str]:
    """Return the fields of the row that stands in the way, and what is said of them, as they are written."""
    facts = {name: _written(name, fact) for name, fact in hindrance.facts.items()}
    parts = {name: say(words, **facts) if side in facts else "" for name, (side, words) in _PARTS.items()}
    parts["open_days"] = say(_CLOSED.get(("open_from" in facts, "open_until" in facts), ""), **facts)
    parts["recurs"] = say(_RECURS.get(facts.get("every", ""), ""))
    parts["owner"] = facts.get("place") or facts.get("party", "")
    parts["pledged_for"] = facts.get("only_for") or facts.get("recipient", "")
    return {**facts, **parts}


_PARTS = {
    "capacity": ("capacity_t_per_month", mark(" than {capacity_t_per_month} t a month")),
    "shared": ("shared_capacity", mark(" together with all that share {shared_capacity}")),
    "level": ("floor", mark(" of {floor}")),
    "wanted": ("objective", mark(" of {objective}")),
}
"""What is said only where a field is filled: the field, and the words."""

_CLOSED = {
    (True, False): mark("before {open_from}"),
    (False, True): mark("after {open_until}"),
    (True, True): mark("before {open_from} and after {open_until}"),
}
"""When a leg is closed, if it opens on a day, closes on a day, or both."""

_RECURS = {
    "week": mark(", every week"),
    "month": mark(", every month"),
    "quarter": mark(", every quarter"),
    "year": mark(", every year"),
}
"""How often a need comes back."""


def _written(name: str, fact: object) -> str:
    """Write a field of a row."""
    if isinstance(fact, date):
        return write_day(fact)
    if isinstance(fact, bool) or not isinstance(fact, (int, float)):
        return str(fact)
    return _WRITTEN.get(name, write_number)(float(fact))


_WRITTEN: dict[str, Callable[[float], str]] = {
    "year": write_year,
    "share": write_share,
    "maximum_excess": write_share,
    "transit_days": lambda days: say_count("{number} day", "{number} days", ceil(days), number=write_number(days)),
}
"""How fields are written that are no quantities."""


def _rest(need: Mapping[str, Any], why: Why) -> str:
    """Say what would be left if everything gave way but other needs."""
    if not why.supply:
        return say("Nobody in the case has, expects or makes anything that meets {need}.", **need)
    if not why.way:
        return say("Nothing that meets {need} can reach {place}: no leg leads there from where it lies.", **need)
    unmet, late = (write_number(amount) if amount > CRUMB else "" for amount in (why.left.unmet, why.left.late))
    left = say("everything would come on time")
    if unmet:
        left = say("{unmet} would still be missing: there is no more beside what other needs take", unmet=unmet)
    elif late:
        left = say("{late} would still be late: making and moving it takes longer", late=late)
    return say("If every date, limit, floor and pledged quantity gave way, but no other need, {left}.", left=left)
