"""The surroundings of an item: the part of a case that its supply depends on, so that the rest need not be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from scorta.case import Case
from scorta.explain.plenty import Plenty
from scorta.plan import Plan

SPENT = 0.999
"""Share of a budget from which on it counts as spent."""

BY_ITEM = ("processes", "stocks", "receipts", "objectives", "needs", "pledges", "contracts")
"""Tables whose rows are of an item."""

OF_PROCESSES = ("components", "coproducts", "loads")
"""Tables whose rows are of a process."""

Tie = tuple[str, ...]
"""Items that hang together."""


def surroundings(case: Case, plan: Plan, wanted: str, plenty: Plenty) -> Case:
    """Return the case with no other items than those that the supply of one depends on.

    Those are what can meet it, what that is made of and put together from, what runs on the same lines, and what is
    bought from the same budget where that is spent. What else is made of components that are plenty, or runs on such
    lines, has no part in it.
    """
    found = _linked(_ties(case, plan, plenty), wanted)
    made = case["processes"].filter(pl.col("item").is_in(sorted(found)))
    runs = pl.col("process").is_in(made["process"].implode())
    tables = {name: case[name].filter(runs) for name in OF_PROCESSES if not case[name].is_empty()}
    among = pl.col("item").is_in(sorted(found.union(tables.get("components", case["components"])["item"])))
    tables |= {name: case[name].filter(among) for name in BY_ITEM if not case[name].is_empty()}
    return case.replace(**{name: table for name, table in tables.items() if name in case.given})


def _linked(ties: Iterable[Tie], item: str) -> set[str]:
    """Return the items that hang together with one, directly or by way of others."""
    by_item: dict[str, list[Tie]] = {}
    for tie in ties:
        for one in tie:
            by_item.setdefault(one, []).append(tie)
    found, waiting = {item}, [item]
    while waiting:
        for tie in by_item.pop(waiting.pop(), ()):
            waiting += [one for one in tie if one not in found]
            found.update(tie)
    return found


def _ties(case: Case, plan: Plan, plenty: Plenty) -> Iterator[Tie]:
    """Yield what hangs together: what stands in for what, what is made of what, and what shares what is scarce."""
    yield from zip(case["substitutes"]["item"], case["substitutes"]["substitute"], strict=True)
    yield from zip(case["kits"]["item"], case["kits"]["component"], strict=True)
    makes = dict(zip(case["processes"]["process"], case["processes"]["item"], strict=True))
    yield from ((makes[process], item) for process, item in case["coproducts"].select("process", "item").rows())
    parts = (
        case["components"].select("process", "item").join(case["processes"].select("process", "place"), on="process")
    )
    yield from (
        (makes[process], item) for process, item, place in parts.rows() if (place, item) not in plenty.components
    )
    runs = [(line, makes[process]) for table in ("processes", "loads")
            for line, process in zip(case[table]["line"], case[table]["process"], strict=True)]  # fmt: skip
    yield from _together((line, item) for line, item in runs if line is not None and line not in plenty.lines)
    spent = _spent_budgets(case, plan)
    bought = zip(case["contracts"]["buyer"], case["contracts"]["item"], strict=True)
    yield from _together((buyer, item) for buyer, item in bought if buyer in spent)
    if case["keys"]["maximum_excess"].null_count() < len(case["keys"]):  # a share is one of all gifts
        yield tuple(case["items"].filter(pl.col("value_eur") > 0)["item"])


def _together(rows: Iterable[tuple[str, str]]) -> Iterator[Tie]:
    """Tie the items that have the same."""
    groups: dict[str, list[str]] = {}
    for shared, item in rows:
        groups.setdefault(shared, []).append(item)
    yield from map(tuple, groups.values())


def _spent_budgets(case: Case, plan: Plan) -> set[str]:
    """Return the parties that have spent all of a year."""
    if case["budgets"].is_empty():
        return set()
    paid = plan["spend"].group_by("party", "year").agg(paid=pl.col("amount_eur").sum())
    funds = case["budgets"].group_by("party", "year").agg(funds=pl.col("amount_eur").sum())
    rows = funds.join(paid, on=["party", "year"]).filter(pl.col("paid") >= SPENT * pl.col("funds"))
    return set(rows["party"])
