"""A trace as a page: back from a need as a tree of sentences, forward from a source as the needs it serves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from scorta.report.heading import need_heading
from scorta.report.numbers import write_day, write_number
from scorta.report.page import Column, Grid, Page, Words

if TYPE_CHECKING:
    import polars as pl

    from scorta.explain import Step

_SENTENCES = {
    "issue": "issued {issued_from} to {issued_until}, {late}",
    "shipment": "over {leg} from {origin}{under}, {leaves_from} to {leaves_until}",
    "production": "made by {process} at {place}, started {starts_from} to {starts_until}",
    "kit": "put together at {place} by {date}",
    "component": "of {item} used at {place}",
    "stock": "from stock at {place} ({row})",
    "circle": "of {item} that went round in a circle over {place}",
    "receipt": "received at {place} ({row})",
}
"""What a step says after its units."""


def trace_page(title: str, root: Step) -> Page:
    """Return the page of a trace: what the need asks for and gets, and a tree of what stands behind it."""
    tree = "\n".join(_lines(root, "")) if root.behind else "Nothing is delivered."
    return Page(title, (need_heading(root.facts), Words(tree, title="Where it comes from: first in, first out")))


_SERVED = {
    "need": Column("Need"),
    "place": Column("Place"),
    "item": Column("Item"),
    "quantity": Column("Units", "number"),
    "on_time": Column("On time", "number", "good"),
    "late": Column("Late", "number", "late"),
    "first": Column("First", "date"),
    "last": Column("Last", "date"),
}
"""The columns of the needs that a source serves."""


def serves_page(title: str, source: str, served: pl.DataFrame) -> Page:
    """Return the page of what each need receives thanks to a source."""
    if served.is_empty():
        return Page(title, (Words("No need receives anything of it.", title=f"What {source} serves"),))
    rows = tuple(served.select(list(_SERVED)).iter_rows())
    note = "First in, first out. What is made of goods counts whole for each of them."
    return Page(title, (Grid(f"What {source} serves", tuple(_SERVED.values()), rows, note),))


def _lines(step: Step, indent: str) -> Iterator[str]:
    """Yield a line for each step behind one, deeper steps further in."""
    for number, each in enumerate(step.behind, 1):
        last = number == len(step.behind)
        yield f"{indent}{'└' if last else '├'} {write_number(each.quantity)} {_sentence(each)}"
        yield from _lines(each, indent + ("  " if last else "│ "))


def _sentence(step: Step) -> str:
    """Say what a step is."""
    facts = {name: write_day(fact) if isinstance(fact, date) else fact for name, fact in step.facts.items()}
    facts["late"] = f"{facts['days_late']} days late" if facts.get("days_late") else "on time"
    facts["under"] = f", under {facts['under']}" if facts.get("under") else ""
    return _SENTENCES[step.kind].format(**facts)
