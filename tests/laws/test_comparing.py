"""What is attributed to changed rows adds up to the difference of two plans, whatever the cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations
from random import Random

import numpy as np
import polars as pl
import pytest
from tests.laws.chance import Facts, build, chance_facts, copied

from scorta import desk
from scorta.difference.attribution import Chosen, in_order, measure, mixtures, shapley
from scorta.solve import SolverPool

EXACT = 1e-6
"""What counts as nothing."""

NUMBERS = {
    "needs": ("quantity", "required_by"),
    "stocks": ("quantity",),
    "pledges": ("quantity",),
    "legs": ("transit_days", "capacity_t_per_month"),
    "receipts": ("quantity", "due_on"),
    "lines": ("capacity_per_month",),
}
"""Fields in which a small change makes a case of another kind of day, but still a case."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverPool]:
    """The solvers for all cases."""
    with SolverPool() as pool:
        yield pool


def altered(rng: Random, facts: Facts) -> Facts:
    """Return facts with one to five small changes: a number, or a row that is gone."""
    changed = copied(facts)
    for _ in range(rng.randint(1, 5)):
        table = rng.choice([name for name in NUMBERS if changed.get(name)])
        row = rng.choice(changed[table])
        if rng.random() < 0.25 and len(changed[table]) > 1 and table in ("stocks", "receipts", "pledges"):
            changed[table].remove(row)
            continue
        field = rng.choice(NUMBERS[table])
        if row.get(field) is not None:
            row[field] = row[field] + rng.choice([0.5, 1, 2]) if not _is_day(field) else row[field] + rng.randint(0, 1)
    return changed


def _is_day(field: str) -> bool:
    return field in ("required_by", "due_on")


@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(12, 112), marks=pytest.mark.wide)])
def test_what_is_attributed_adds_up(seeds: range, solver: SolverPool) -> None:
    """For every measure what groups do, and what no row does, adds up to the difference; the tiers leave nothing."""
    for seed in seeds:
        rng = Random(seed)
        facts = chance_facts(rng)
        cases = build(facts), build(altered(rng, facts))
        before, after = (desk.make_plan(case, certify=False, solver=solver) for case in cases)
        most = rng.choice([0, 8])
        found = desk.attribute_change((before, after), cases, groups=most, solver=solver)
        values = [measure(plan["fulfilment"]) for plan in (before, after)]
        sums = found.effects.group_by("measure", "priority", "need").agg(pl.col("change").sum())
        for name, priority, need, change in sums.iter_rows():
            old, new = (value.get((name, priority, need), 0.0) for value in values)
            assert change == pytest.approx(new - old, abs=EXACT), (seed, name, priority, need)
        rest = found.effects.filter(pl.col("group") == found.rest, pl.col("priority").is_not_null())
        assert rest["change"].abs().max() in (None, pytest.approx(0.0, abs=1e-4)), seed
        assert found.every_order == (len(found.groups) <= most)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_mean_over_all_orders(count: int) -> None:
    """What a group gets is the mean, over all orders, of what it adds to those before it; no order is favoured."""
    draw = np.random.default_rng(count)
    worths = {chosen: draw.normal(size=3) for chosen in mixtures(count, every_order=True)}
    assert len(worths) == 2**count
    for at in range(count):
        added = [_added(order, at, worths) for order in permutations(range(count))]
        assert shapley(count, at, worths) == pytest.approx(np.mean(added, axis=0))
    whole = worths[frozenset(range(count))] - worths[frozenset()]
    for share in (shapley, in_order):
        assert sum(share(count, at, worths) for at in range(count)) == pytest.approx(whole)


def _added(order: tuple[int, ...], at: int, worths: dict[Chosen, np.ndarray]) -> np.ndarray:
    """Return what a group adds to those that stand before it in an order."""
    earlier = frozenset(order[: order.index(at)])
    return worths[earlier | {at}] - worths[earlier]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_mixtures_follow_each_other_a_group_apart(count: int) -> None:
    """Each mixture is one group away from the one before, so that most of what was solved still holds."""
    chosen = mixtures(count, every_order=True)
    assert all(len(one ^ other) == 1 for one, other in pairwise(chosen))
    assert mixtures(2, every_order=False) == (frozenset(), frozenset({0}), frozenset({0, 1}))
