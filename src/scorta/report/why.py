"""Why a need is late or short, as a page: what stands in its way, with the rows that say so and what each is worth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from scorta.report.numbers import write_day, write_number
from scorta.report.page import Cell, Column, Grid, Page, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorta.explain import Hindrance, Why

_SENTENCES = {
    "pledge too late": "{donor}'s pledge {pledge} of {quantity} can leave only from {available_from}",
    "pledge too short": "{donor}'s pledge {pledge} of {quantity} must leave by {available_until}",
    "pledge too small": "{donor} has pledged no more than {quantity} ({pledge})",
    "pledge without quantity": "{donor}'s pledge {pledge} has no quantity",
    "not asked": "{donor} has {item} and has pledged none",
    "contract too late": "{supplier} delivers under contract {contract} only from {from_date}",
    "contract too short": "{supplier} delivers under contract {contract} only until {until_date}",
    "contract too small": "contract {contract} of {buyer} with {supplier} is used up",
    "leg closed": "leg {leg} from {origin} to {destination} is closed{open_days}",
    "leg full": "leg {leg} from {origin} to {destination} is full: {capacity_t_per_month} t a month{shared}",
    "leg slow": "leg {leg} from {origin} to {destination} takes {transit_days} days",
    "line full": "line {line} at {place} has no more hours",
    "place full": "{place} handles no more than {throughput_t_per_month} t a month",
    "budget spent": "{party} has spent its budget of {year}",
    "component short": "{item} is short at {place}",
    "stock used up": "no more {item} lies at {place}",
    "receipt too late": "{quantity} come to {place} only on {due_on}",
    "floor": "{owner} keeps a floor of {floor} {item}",
    "others first": "need {need} takes {quantity} of {item} (priority {priority}, by {required_by})",
}
"""What is said of each kind of hindrance."""

CRUMB = 1e-4
"""Units and unit-days below which a difference is round-off: other needs keep what they have to a millionth."""

_COLUMNS = (
    Column("What stands in the way"),
    Column("Row"),
    Column("On time", "number", "good"),
    Column("At all", "number", "good"),
    Column("Unit-days", "number"),
)


def why_page(title: str, need: Mapping[str, Any], why: Why) -> Page:
    """Return the page of why a need is late or short; `need` is its row of the plan's table `fulfilment`."""
    figures = {name: write_number(float(need[name])) for name in ("asked", "on_time", "late", "unmet")}
    head = f"{need['need']}: {figures['asked']} of {need['item']} at {need['place']}, required by {need['required_by']}"
    blocks: list[Grid | Words] = [
        Words(f"{figures['on_time']} on time, {figures['late']} late, {figures['unmet']} unmet.", title=head)
    ]
    if not need["late"] and not need["unmet"]:
        return Page(title, (*blocks, Words("Nothing stands in its way: all of it comes on time.", "good")))
    if max(why.met.late, why.met.unmet) < CRUMB:
        words = (
            "Only whole numbers stand in its way: with parts of units, lots and shipments all of it would come on time."
        )
        return Page(title, (*blocks, Words(words)))
    if why.causes:
        rows = tuple(_row(cause.hindrances, cause) for cause in why.causes)
        note = "Without it, so much more would come on time, or come at all, and so many unit-days late be saved."
        blocks.append(Grid("What stands in the way, what hinders most first", _COLUMNS, rows, note))
    blocks.append(Words(_rest(need, why), title="What would be left"))
    return Page(title, tuple(blocks))


def _row(hindrances: tuple[Hindrance, ...], cause: Any) -> tuple[Cell, ...]:
    """Return the row of a cause: several hindrances hinder together."""
    sentences = [say_hindrance(hindrance) for hindrance in hindrances]
    rows = [", ".join(hindrance.rows) or "none" for hindrance in hindrances]
    words = ", and ".join(sentences) + (
        ": both" if len(hindrances) == 2 else ": all of it" if len(hindrances) > 2 else ""
    )
    gains = (cause.on_time, cause.delivered, cause.unit_days)
    return words, ", ".join(rows), *(0.0 if abs(gain) < CRUMB else gain for gain in gains)


def say_hindrance(hindrance: Hindrance) -> str:
    """Say what stands in the way."""
    return _SENTENCES[hindrance.kind].format_map(written_facts(hindrance))


def written_facts(hindrance: Hindrance, more: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Return the fields of the row that stands in the way, and more, as they are written."""
    facts = {name: _written(fact) for name, fact in hindrance.facts.items()}
    opens, closes = facts.get("open_from"), facts.get("open_until")
    facts["open_days"] = (f" before {opens}" if opens else "") + (f" after {closes}" if closes else "")
    facts["shared"] = f", shared as {facts['shared_capacity']}" if "shared_capacity" in facts else ""
    facts["owner"] = facts.get("place") or facts.get("party", "")
    return _Named(facts | dict(more or {}))


class _Named(dict[str, str]):
    """The fields of a row; one that is empty is said to be."""

    def __missing__(self, name: str) -> str:
        return "any"


def _written(fact: object) -> str:
    """Write a field of a row."""
    if isinstance(fact, date):
        return write_day(fact)
    return write_number(float(fact)) if isinstance(fact, (int, float)) and not isinstance(fact, bool) else str(fact)


def _rest(need: Mapping[str, Any], why: Why) -> str:
    """Say what would be left if everything gave way but other needs."""
    if not why.supply:
        return f"Nobody in the case has, expects or makes anything that meets {need['need']}."
    if not why.way:
        return f"Nothing that meets {need['need']} can reach {need['place']}: no leg leads there from where it lies."
    late, unmet = (write_number(max(value, 0.0)) for value in (why.left.late, why.left.unmet))
    if unmet != "0":
        return f"If all of this gave way, and all that hinders less, {unmet} would still be missing: there is no more."
    if late != "0":
        return f"If all of this gave way, and all that hinders less, {late} would still be late: the way takes longer."
    return "If all of this gave way, and all that hinders less, everything would come on time."
