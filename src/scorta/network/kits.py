"""Kits: put together from their components where they are asked for, as a process of its own for each place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from scorta.case import BEYOND, Case, Days, Floats
from scorta.network.index import Groups, Index, numbers_of, pairs
from scorta.network.levels import Levels
from scorta.network.making import Recipe
from scorta.network.needs import Occurrences
from scorta.network.pledges import UNRESERVED
from scorta.network.substitutes import Substitutes


def add_kits(
    recipe: Recipe,
    case: Case,
    items: Index,
    place_party: Days,
    occurrences: Occurrences,
    levels: Levels,
    substitutes: Substitutes,
) -> Recipe:
    """Add to the recipe a way to put together each kit at each place that asks for it, at once and free of cost."""
    table = case["kits"].filter(pl.col("quantity") > 0)
    if table.is_empty():
        return recipe
    kit, part = items.of(table["item"]), items.of(table["component"])
    by_kit = Groups.build(kit, len(items))
    goods = _asked(occurrences, levels, place_party, substitutes, len(items))
    place, item = _with_parts(goods[np.isin(goods % len(items), kit)], by_kit, kit, part, len(items))
    position, row = by_kit.expand(item)
    return _extended(recipe, place, item, position, part[row], numbers_of(table["quantity"], 0.0)[row])


def _asked(occurrences: Occurrences, levels: Levels, place_party: Days, substitutes: Substitutes, items: int) -> Days:
    """Return the goods (place x items + item) that needs ask for, or may take instead, and that owners should hold."""
    which, pair = substitutes.of(occurrences.item)
    wanted = levels.wanted
    at_place, by_party = wanted & (levels.place >= 0), wanted & (levels.place < 0)
    owner, place = pairs(levels.party[by_party], place_party)
    return np.unique(
        np.concatenate([
            occurrences.place * items + occurrences.item,
            occurrences.place[which] * items + substitutes.substitute[pair],
            levels.place[at_place] * items + levels.item[at_place],
            place * items + levels.item[by_party][owner],
        ])
    )  # fmt: skip


def _with_parts(goods: Days, by_kit: Groups, kit: Days, part: Days, items: int) -> tuple[Days, Days]:
    """Return place and item of the kits asked for, and of the kits that go into these."""
    while True:
        position, row = by_kit.expand(goods % items)
        inside = np.isin(part[row], kit)
        more = np.union1d(goods, (goods // items)[position[inside]] * items + part[row[inside]])
        if len(more) == len(goods):
            return goods // items, goods % items
        goods = more


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
