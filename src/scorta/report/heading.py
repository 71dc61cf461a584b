"""The heading of a page about one need: what it asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorta.languages import say
from scorta.report.numbers import write_number
from scorta.report.page import Words


def need_heading(need: Mapping[str, Any]) -> Words:
    """Return the heading of a need; `need` has the fields of the plan's table `fulfilment`."""
    figures = {name: write_number(float(need[name])) for name in ("asked", "on_time", "late", "unmet")}
    facts = {**need, **figures}
    title = say("{need}: {asked} of {item} at {place}, required by {required_by}", **facts)
    return Words(say("{on_time} on time, {late} late, {unmet} unmet.", **facts), title=title)
