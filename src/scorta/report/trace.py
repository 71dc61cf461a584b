"""A trace as a page: back from a need as a tree of sentences, forward from a source as the needs it serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scorta.languages import mark, say, say_count, write_day, write_number
from scorta.report.needs import need_heading
from scorta.report.page import Column, Grid, Page, Words, in_language

if TYPE_CHECKING:
    import polars as pl

    from scorta.trace import Step

_SENTENCES = {
    "issue": mark("issued {issued_from} to {issued_until}, {late}"),
    "shipment": mark("over {leg} from {origin}{under}, {leaves_from} to {leaves_until}"),
    "production": mark("made by {process} at {place}, started {starts_from} to {starts_until}"),
    "kit": mark("put together at {place} by {date}"),
    "component": mark("of {item} used at {place}"),
    "stock": mark("from stock at {place} ({row})"),
    "circle": mark("of {item} that went round in a circle over {place}"),
    "receipt": mark("received at {place} ({row})"),
}
"""What a step says after its units."""


def trace_page(title: str, root: Step) -> Page:
    """Return the page of a trace: what the need asks for and gets, and a tree of what stands behind it."""
    tree = "\n".join(_lines(root, "")) if root.behind else say("Nothing is delivered.")
    return Page(title, (need_heading(root.facts), Words(tree, title=say("Where it comes from: first in, first out"))))


_SERVED = {
    "need": Column(mark("Need")),
    "place": Column(mark("Place")),
    "item": Column(mark("Item")),
    "quantity": Column(mark("Units"), "number"),
    "on_time": Column(mark("On time"), "number", "good"),
    "late": Column(mark("Late"), "number", "late"),
    "first": Column(mark("First"), "date"),
    "last": Column(mark("Last"), "date"),
}
"""The columns of the needs that a source serves."""


def serves_page(title: str, source: str, served: pl.DataFrame) -> Page:
    """Return the page of what each need receives thanks to a source."""
    heading = say("What {source} serves", source=source)
    if served.is_empty():
        return Page(title, (Words(say("No need receives anything of it."), title=heading),))
    rows = tuple(served.select(list(_SERVED)).iter_rows())
    note = say("First in, first out. What is made of goods counts whole for each of them.")
    return Page(title, (Grid(heading, in_language(_SERVED.values()), rows, note),))


def _lines(step: Step, indent: str) -> Iterator[str]:
    """Yield a line for each step behind one, deeper steps further in."""
    for number, each in enumerate(step.behind, 1):
        last = number == len(step.behind)
        yield f"{indent}{'└' if last else '├'} {write_number(each.quantity)} {_sentence(each)}"
        yield from _lines(each, indent + ("  " if last else "│ "))


def _sentence(step: Step) -> str:
    """Say what a step is."""
    facts = {name: write_day(fact) if isinstance(fact, date) else fact for name, fact in step.facts.items()}
    under = say(", under {under}", **facts) if facts.get("under") else ""
    return say(_SENTENCES[step.kind], **{**facts, "late": _late(step), "under": under})


def _late(step: Step) -> str:
    """Say how many days late a need is served by a step."""
    days = step.facts.get("days_late")
    if not isinstance(days, (int, float)) or not days:
        return say("on time")
    return say_count("{number} day late", "{number} days late", int(days))


def join_legs(step: Step) -> Step:
    """Return a trace in which no leg stands behind a leg: a journey of several is one step."""
    return replace(step, behind=tuple(each for behind in step.behind for each in _journeys(behind)))


def _journeys(step: Step) -> tuple[Step, ...]:
    """Return a step as it is; of a leg, the journeys that end with it, and what of it began there."""
    step = join_legs(step)
    if step.kind != "shipment":
        return (step,)
    before = tuple(each for each in step.behind if each.kind == "shipment")
    begun = tuple(each for each in step.behind if each.kind != "shipment")
    here = (replace(step, quantity=sum(each.quantity for each in begun), behind=begun),) if begun else ()
    return here + tuple(_longer(each, step) for each in before)


def _longer(journey: Step, leg: Step) -> Step:
    """Return a journey with one more leg at its end."""
    first, last = journey.facts, leg.facts
    under = ", ".join(dict.fromkeys(str(facts["under"]) for facts in (first, last) if facts["under"]))
    facts = {**first, **{name: last[name] for name in ("destination", "leaves_until", "arrives_from", "arrives_until")}}
    name = say("{origin} to {destination}", **facts)
    return replace(journey, facts={**facts, "leg": name, "under": under or None})
