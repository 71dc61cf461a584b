"""Taking a thing away from the facts of a case: for each kind of what stands in the way, what is changed in its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.laws.chance import Facts, Row, copied

PLENTY = 1000
"""As good as any quantity in a case by chance."""


def without(facts: Facts, kind: str, rows: tuple[str, ...], named: Mapping[str, Any], owner: str) -> Facts | None:
    """Return the facts without one thing that stands in the way of an owner, None where no row can be changed so."""
    if kind not in _TAKEN:
        return None
    changed = copied(facts)
    for table, number in (row.split(".csv:") for row in rows):
        _TAKEN[kind](changed, changed[table][int(number) - 2])
    if kind == "not asked":
        pledge = {"pledge": "MORE", "donor": named["donor"], "recipient": owner, "item": named["item"]}
        changed["pledges"].append(pledge | {"quantity": PLENTY, "state": "announced"})
    if kind in ("component short", "stock used up"):
        changed["stocks"].append({"place": named["place"], "item": named["item"], "quantity": PLENTY})
    return changed


Take = Callable[[Facts, Row], None]
"""Changes a row so that it stands in the way no more."""


def _let(**fields: Any) -> Take:
    """Return what sets fields of a row."""

    def take(facts: Facts, row: Row) -> None:
        row |= fields

    return take


def _beside(table: str, code: str, **fields: Any) -> Take:
    """Return what sets another row beside a row, without its limits."""

    def take(facts: Facts, row: Row) -> None:
        facts[table].append(row | {code: "MORE"} | fields)

    return take


def _otherwise(table: str, code: str, opens: str, closes: str, **fields: Any) -> Take:
    """Return what sets rows beside a row for the days before and after its own, without its other limits."""

    def take(facts: Facts, row: Row) -> None:
        for name, days in (
            ("BEFORE", {opens: None, closes: row[opens] - 1} if row.get(opens) else {}),
            ("AFTER", {opens: row[closes] + 1, closes: None} if row.get(closes) is not None else {}),
        ):
            if days:
                facts[table].append(row | {code: name} | fields | days)

    return take


_FREE_LEG = {"capacity_t_per_month": None, "shared_capacity": None}
_MORE_PLEDGED = {"quantity": PLENTY, "delivered_quantity": None}
_MORE_GRANTED = {"firm": None, "option": PLENTY}
_OTHER_PLEDGE = _otherwise("pledges", "pledge", "available_from", "available_until", **_MORE_PLEDGED)
_OTHER_CONTRACT = _otherwise("contracts", "contract", "from_date", "until_date", **_MORE_GRANTED)


def _unserved(facts: Facts, row: Row) -> None:
    """Let a need be where nothing can come: its owner may still buy as much as it asks for."""
    (owner,) = (place["party"] for place in facts["places"] if place["place"] == row["place"])
    facts["places"].append({"place": "NOWHERE", "party": owner})
    row["place"] = "NOWHERE"


def _nothing(facts: Facts, row: Row) -> None:
    """Leave the row as it is: another is added."""


_TAKEN: dict[str, Take] = {
    "others first": _unserved,
    "pledge too late": _OTHER_PLEDGE,
    "pledge too short": _OTHER_PLEDGE,
    "pledge too small": _let(quantity=PLENTY),
    "not asked": _nothing,
    "contract too late": _OTHER_CONTRACT,
    "contract too short": _OTHER_CONTRACT,
    "contract too small": _let(option=PLENTY),
    "budget spent": _let(amount_eur=10**6),
    "leg full": _beside("legs", "leg", **_FREE_LEG),
    "leg slow": _beside("legs", "leg", **_FREE_LEG, transit_days=0),
    "leg closed": _otherwise("legs", "leg", "open_from", "open_until", **_FREE_LEG),
    "line full": _let(capacity_per_month=10**6, maximum_per_month=None, available_from=None, until_date=None),
    "place full": _let(throughput_t_per_month=None),
    "storage full": _let(storage_t=None),
    "share full": _let(maximum_excess=None),
    "floor": _let(floor=None),
    "receipt too late": _let(due_on=0),
    "component short": _nothing,
    "stock used up": _nothing,
}
"""What is changed for each kind."""
