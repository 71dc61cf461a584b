"""A trace as a tree of sentences, one for each step of a chain of supply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from scorta.report.numbers import write_day, write_number
from scorta.report.page import Page, Words

if TYPE_CHECKING:
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
    facts = root.facts
    asked, on_time, late, unmet = (
        write_number(float(str(facts[name]))) for name in ("asked", "on_time", "late", "unmet")
    )
    head = f"{facts['need']}: {asked} of {facts['item']} at {facts['place']}, required by {facts['required_by']}"
    words = f"{on_time} on time, {late} late, {unmet} unmet."
    tree = "\n".join(_lines(root, "")) if root.behind else "Nothing is delivered."
    return Page(title, (Words(words, title=head), Words(tree, title="Where it comes from: first in, first out")))


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
