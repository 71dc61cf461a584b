"""The list of asks as a page: of whom to ask how much of what by when, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.report.numbers import write_number, write_share
from scorta.report.page import Column, Grid, Page, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorta.explain import Ask

NAMED = 2
"""Needs that are named for each ask."""

_COLUMNS = (
    Column("Ask"),
    Column("For", "number"),
    Column("Of"),
    Column("Leaves by", "date"),
    Column("Serves, units on time + late"),
    Column("Left above floor", "number"),
    Column("Gives, of its share"),
)


def ask_page(title: str, asks: Sequence[Ask], limit: int | None) -> Page:
    """Return the page of the asks to bring to a meeting, what serves the most urgent needs first."""
    if not asks:
        return Page(title, (Words("Nobody has anything above its floor that would help, beyond what is pledged."),))
    shown = asks if limit is None else asks[:limit]
    rows = tuple(
        (one.giver, one.quantity, one.item, one.leaves_until, _serves(one), one.margin, _share(one)) for one in shown
    )
    hidden = f" {len(asks) - len(shown):,} more asks are not shown." if len(shown) < len(asks) else ""
    note = f"What serves the most urgent needs first, of these what brings most of what they ask for.{hidden}"
    return Page(title, (Grid("Asks: beyond what is pledged, and above the floors", _COLUMNS, rows, note),))


def _serves(ask: Ask) -> str:
    """Say which needs an ask serves."""
    told = [f"{one.need} {write_number(one.on_time)} + {write_number(one.late)}" for one in ask.serves[:NAMED]]
    more = [f"{len(ask.serves) - NAMED} more"] if len(ask.serves) > NAMED else []
    return ", ".join([*told, *more]) or "stock objectives"


def _share(ask: Ask) -> str:
    """Say what the giver gives beside its share by a key."""
    if ask.share is None or ask.gives is None:
        return "no key"
    return f"{write_share(ask.gives)}, of {write_share(ask.share)}"
