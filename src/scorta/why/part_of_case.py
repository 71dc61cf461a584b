"""The part of a case that the supply of one item depends on, so that the rest need not be planned.

Components and lines of which a plan leaves more than a target could take are plenty: they tie it to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from scorta.case import Case
from scorta.plan import Plan

SPENT = 0.999
"""Share of a budget from which on it counts as spent."""

BY_ITEM = ("processes", "stocks", "receipts", "objectives", "needs", "pledges", "contracts")
"""Tables whose rows are of an item."""

OF_PROCESSES = ("components", "coproducts", "loads")
"""Tables whose rows are of a process."""

Tie = tuple[str, ...]
"""Items that hang together."""


def part_of_case(case: Case, plan: Plan, wanted: str, plenty: Plenty) -> Case:
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


SPARE = 4.0
"""How many times what making all that is lacking takes must be left at any time for a thing to be plenty.

Once is enough where nobody else is touched; where others let go of goods and have more made instead, it may be more.
Where it is not enough after all, others keep of it what they have in the plan.
"""

MORE, ENDLESS = 1.01, 1e9
"""How many times as much counts as more, and the units that go into one from which on they are no longer counted: so
there is an end to things that stand in for each other, one by one or at a loss.
"""


@dataclass(frozen=True, slots=True)
class Plenty:
    """Components where they lie, and lines, that are plenty: what else they go into need not be planned again.

    `components` are pairs of a place and an item.
    """

    components: frozenset[tuple[str, str]] = frozenset()
    lines: frozenset[str] = frozenset()


def find_plenty(case: Case, plan: Plan, item: str, lacking: float) -> Plenty:
    """Find the components and lines that are plenty where so many units of an item are lacking."""
    gives = _gives(case)
    if not gives:
        return Plenty()
    units = dict.fromkeys(case["items"]["item"], 1.0) | _units(case, item, gives)
    starts = [SPARE * lacking * max(_over(units[one], rate) for one, rate in given) for given in gives.values()]
    made = pl.DataFrame({"process": list(gives), "starts": starts}, {"process": pl.String, "starts": pl.Float64})
    return Plenty(_components(case, plan, made), _lines(case, plan, made))


Gives = dict[str, list[tuple[str, float]]]
"""What comes of a unit started of each process: its product, and what else."""


def _gives(case: Case) -> Gives:
    """Return what comes of a unit started of each process."""
    rows = case["processes"].select("process", "item", "yield").rows()
    gives = {process: [(item, rate)] for process, item, rate in rows}
    for process, item, quantity in case["coproducts"].select("process", "item", "quantity").rows():
        gives[process].append((item, quantity))
    return gives


def _units(case: Case, item: str, gives: Gives) -> dict[str, float]:
    """Return how many units of each item may go into one unit of an item: the most, over all ways to come by it."""
    into: dict[str, list[tuple[str, float]]] = {}
    for one, other, times in _goes_in(case, gives):
        into.setdefault(one, []).append((other, times))
    units, waiting = {item: 1.0}, [item]
    while waiting:
        one = waiting.pop()
        for other, times in into.get(one, ()):
            most = min(units[one] * times, ENDLESS)
            if most > MORE * units.get(other, 0.0):
                units[other] = most
                waiting.append(other)
    return units


def _goes_in(case: Case, gives: Gives) -> Iterator[tuple[str, str, float]]:
    """Yield what goes into an item, and how many units into one of it: stand-ins, parts of kits, components."""
    for item, other, factor in case["substitutes"].select("item", "substitute", "factor").rows():
        yield item, other, _over(1.0, factor)
    yield from case["kits"].select("item", "component", "quantity").rows()
    for process, other, quantity in case["components"].select("process", "item", "quantity").rows():
        yield from ((item, other, _over(quantity, rate)) for item, rate in gives[process])


def _over(units: float, rate: float) -> float:
    """Return how many must be started where so many are wanted, and so many come of one."""
    return units / rate if rate > units / ENDLESS else ENDLESS


def _components(case: Case, plan: Plan, made: pl.DataFrame) -> frozenset[tuple[str, str]]:
    """Return the places and components of which enough lies there for a process, at the end of every bucket.

    Those only that are nothing else: that nobody makes, ships or should hold, that stand in for nothing, nor anything
    for them.
    """
    rows = case["components"].join(case["processes"].select("process", "place"), on="process").join(made, on="process")
    dated = rows.filter(pl.col("from_date").is_not_null() | pl.col("until_date").is_not_null())
    used = (case["processes"]["item"], case["coproducts"]["item"], case["kits"]["item"], case["kits"]["component"],
            case["substitutes"]["item"], case["substitutes"]["substitute"], dated["item"],
            case["objectives"]["item"], plan["shipments"]["item"], plan["component_use"]["component"])  # fmt: skip
    rows = rows.filter(~pl.col("item").is_in(pl.concat(used).unique().implode()))
    free = plan["stock_levels"].filter(
        pl.col("item").is_in(rows["item"].unique().implode()),
        pl.col("reserved_for").is_null() & pl.col("expires_on").is_null(),
        condition="serviceable",
    )
    uses = rows.with_columns(takes=pl.col("quantity") * pl.col("starts"))
    short = _short(case, uses, free.with_columns(left="quantity"), ["place", "item"])
    return frozenset(zip(rows["place"], rows["item"], strict=True)) - frozenset(short.rows())


def _lines(case: Case, plan: Plan, made: pl.DataFrame) -> frozenset[str]:
    """Return the lines of which enough hours are left in every bucket, without any expansion; none with a maximum."""
    own = case["processes"].select("process", "line", "line_hours_per_unit")
    loads = pl.concat([own, case["loads"].select(own.columns)]).drop_nulls().join(made, on="process")
    bounded = case["lines"].filter(pl.col("maximum_per_month").is_not_null())["line"]
    uses = loads.with_columns(takes=pl.col("line_hours_per_unit") * pl.col("starts"))
    left = plan["line_load"].with_columns(left=pl.col("capacity_hours") - pl.col("used_hours"))
    return frozenset(loads["line"]) - frozenset(_short(case, uses, left, ["line"])["line"]) - frozenset(bounded)


def _short(case: Case, uses: pl.DataFrame, levels: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return of what one use takes more than is left at the end of some bucket; a bucket without a row has nothing."""
    least = pl.when(pl.len() == len(case.horizon)).then(pl.col("left").min()).otherwise(0.0)
    most = uses.group_by(by).agg(takes=pl.col("takes").max())
    both = most.join(levels.group_by(by).agg(left=least), on=by, how="left")
    return both.filter(pl.col("left").fill_null(0.0) < pl.col("takes")).select(by)
