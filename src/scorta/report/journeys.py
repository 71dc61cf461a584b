"""Journeys: legs that follow one another as one step of a trace, from the first place to the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorta.languages import say

if TYPE_CHECKING:
    from scorta.trace import Step


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
