"""The list of asks as a page: of whom to ask how much of what by when, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.languages import mark, say, say_count
from scorta.report.numbers import write_number, write_share
from scorta.report.page import Column, Grid, Page, Words, in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorta.trace import Ask

NAMED = 2
"""Needs that are named for each ask."""

_COLUMNS = (
    Column(mark("Ask")),
    Column(mark("For"), "number"),
    Column(mark("Of")),
    Column(mark("Leaves by"), "date"),
    Column(mark("Serves, units on time + late")),
    Column(mark("Left above floor"), "number"),
    Column(mark("Gives, of its share")),
)


def ask_page(title: str, asks: Sequence[Ask], limit: int | None) -> Page:
    """Return the page of the asks to bring to a meeting, what serves the most urgent needs first."""
    if not asks:
        nobody = say("Nobody has anything above its floor that would help, beyond what is pledged.")
        return Page(title, (Words(nobody),))
    shown = asks if limit is None else asks[:limit]
    rows = tuple(
        (one.giver, one.quantity, one.item, one.leaves_until, _serves(one), one.margin, _share(one)) for one in shown
    )
    note = say("What serves the most urgent needs first, of these what brings most of what they ask for.")
    if hidden := len(asks) - len(shown):
        note += " " + say_count("{number} more ask is not shown.", "{number} more asks are not shown.", hidden)
    heading = say("Asks: beyond what is pledged, and above the floors")
    return Page(title, (Grid(heading, in_language(_COLUMNS), rows, note),))


def _serves(ask: Ask) -> str:
    """Say which needs an ask serves."""
    told = [f"{one.need} {write_number(one.on_time)} + {write_number(one.late)}" for one in ask.serves[:NAMED]]
    needs, left = ", ".join(told), len(ask.serves) - NAMED
    if left > 0:
        return say_count("{needs}, {number} more", "{needs}, {number} more", left, needs=needs)
    return needs or say("stock objectives")


def _share(ask: Ask) -> str:
    """Say what the giver gives beside its share by a key."""
    if ask.share is None or ask.gives is None:
        return say("no key")
    return say("{gives}, of {share}", gives=write_share(ask.gives), share=write_share(ask.share))
