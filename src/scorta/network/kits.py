"""Kits and substitutes: what may be used in place of an item, and what is put together where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from scorta.case import BEYOND, Case, Days, Floats
from scorta.network.index import Groups, Pairs, days_of, matches, numbers_of, open_end
from scorta.network.levels import Levels
from scorta.network.names import UNRESERVED, Names, Places
from scorta.network.needs import Occurrences
from scorta.network.production import Recipe


@dataclass(frozen=True, slots=True)
class Substitutes:
    """One row for each pair of an item and a substitute that some row of the table puts in force within the plan.

    `factor[pair, bucket]` is how many units of `item` one unit of `substitute` meets: the largest of the rows whose
    dates touch the bucket, 0 where none does. `first` and `last` are the first and last bucket in which one does.
    """

    item: Days
    substitute: Days
    factor: Floats
    first: Days
    last: Days

    def __len__(self) -> int:
        return len(self.item)

    def of(self, items: Days) -> tuple[Days, Days]:
        """Return every (position in `items`, pair that has a substitute for it), in order."""
        count = int(max(items.max(initial=-1), self.item.max(initial=-1))) + 1
        return Groups.build(self.item, count).expand(items)


def read_substitutes(case: Case, names: Names, components: bool = False) -> Substitutes:
    """Read the substitutes into columns; for `components` only those that may stand in for a component."""
    table, horizon = case["substitutes"].filter(pl.col("factor") > 0), case.horizon
    table = table.filter("for_components") if components else table
    from_day, until_day = days_of(table["from_date"], horizon, 0), open_end(table["until_date"], horizon)
    touches = (from_day[:, None] <= horizon.ends[None, :]) & (until_day[:, None] >= horizon.starts[None, :])
    kinds = np.stack([names.items.of(table["item"]), names.items.of(table["substitute"])])
    pairs, number = np.unique(kinds, axis=1, return_inverse=True)
    factor = np.zeros((pairs.shape[1], len(horizon)))
    np.maximum.at(factor, number.reshape(-1), np.where(touches, numbers_of(table["factor"], 0.0)[:, None], 0.0))
    held = factor > 0
    used = held.any(axis=1) & (pairs[0] != pairs[1])
    first = held.argmax(axis=1)[used]
    last = len(horizon) - 1 - held[:, ::-1].argmax(axis=1)[used]
    return Substitutes(pairs[0][used], pairs[1][used], factor[used], first, last)


def add_kits(
    recipe: Recipe,
    case: Case,
    names: Names,
    places: Places,
    occurrences: Occurrences,
    levels: Levels,
    substitutes: Substitutes,
) -> Recipe:
    """Add to the recipe, as a process of its own, each kit at each place that asks for it, at once and free of cost."""
    table, goods = case["kits"].filter(pl.col("quantity") > 0), Pairs(len(names.places), len(names.items))
    if table.is_empty():
        return recipe
    kit, part = names.items.of(table["item"]), names.items.of(table["component"])
    by_kit = Groups.build(kit, len(names.items))
    asked = _asked(goods, occurrences, levels, places, substitutes)
    asked = asked[np.isin(goods.split(asked)[1], kit)]
    place, item = goods.split(_with_parts(goods, asked, by_kit, kit, part))
    position, row = by_kit.expand(item)
    return _extended(recipe, place, item, position, part[row], numbers_of(table["quantity"], 0.0)[row])


def _asked(goods: Pairs, occurrences: Occurrences, levels: Levels, places: Places, substitutes: Substitutes) -> Days:
    """Return the goods (place and item) that needs ask for, or may take instead, and that owners should hold."""
    which, pair = substitutes.of(occurrences.item)
    wanted = levels.wanted
    at_place, by_party = wanted & (levels.place >= 0), wanted & (levels.place < 0)
    owner, place = matches(levels.party[by_party], places.party)
    return np.unique(
        np.concatenate([
            goods.of(occurrences.place, occurrences.item),
            goods.of(occurrences.place[which], substitutes.substitute[pair]),
            goods.of(levels.place[at_place], levels.item[at_place]),
            goods.of(place, levels.item[by_party][owner]),
        ])
    )  # fmt: skip


def _with_parts(goods: Pairs, asked: Days, by_kit: Groups, kit: Days, part: Days) -> Days:
    """Return the kits asked for (place and item), and the kits that go into these."""
    while True:
        place, item = goods.split(asked)
        position, row = by_kit.expand(item)
        inside = np.isin(part[row], kit)
        more = np.union1d(asked, goods.of(place[position[inside]], part[row[inside]]))
        if len(more) == len(asked):
            return asked
        asked = more


def _extended(recipe: Recipe, place: Days, item: Days, owner: Days, part: Days, quantity: Floats) -> Recipe:
    """Return the recipe with kits after the processes: `owner` numbers the kit that each part goes into."""
    count, buckets = len(place), recipe.blocked.shape[1]
    number = len(recipe.place) + np.arange(count)
    return replace(
        recipe,
        place=np.concatenate([recipe.place, place]),
        item=np.concatenate([recipe.item, item]),
        from_day=np.concatenate([recipe.from_day, np.zeros(count, dtype=np.int64)]),
        until_day=np.concatenate([recipe.until_day, np.full(count, BEYOND)]),
        lead=np.concatenate([recipe.lead, np.zeros(count)]),
        whole=np.concatenate([recipe.whole, np.zeros(count, dtype=bool)]),
        unit_cost=np.concatenate([recipe.unit_cost, np.zeros(count)]),
        setup_cost=np.concatenate([recipe.setup_cost, np.zeros(count)]),
        minimum_lot=np.concatenate([recipe.minimum_lot, np.zeros(count)]),
        component_process=np.concatenate([recipe.component_process, number[owner]]),
        component_item=np.concatenate([recipe.component_item, part]),
        component_quantity=np.concatenate([recipe.component_quantity, quantity]),
        component_reservation=np.concatenate([recipe.component_reservation, np.full(len(part), UNRESERVED)]),
        component_always=np.concatenate([recipe.component_always, np.ones(len(part), dtype=bool)]),
        in_force=np.concatenate([recipe.in_force, np.ones((len(part), buckets))]),
        blocked=np.concatenate([recipe.blocked, np.zeros((count, buckets), dtype=bool)]),
        gives_process=np.concatenate([recipe.gives_process, number]),
        gives_item=np.concatenate([recipe.gives_item, item]),
        gives_quantity=np.concatenate([recipe.gives_quantity, np.ones(count)]),
    )
