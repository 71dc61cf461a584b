"""Cases of any size, made from a seed: donors, depots, hubs, units that need, and plants that make."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator, default_rng

from scorta.case import Case, Horizon, Scenario
from scorta.tables import CASE_TABLES

AS_OF = dt.date(2026, 1, 5)
"""The first day of every made case, a Monday."""

SEED = 20260105
"""The seed of the cases in the published table."""

Frames = dict[str, pl.DataFrame]
Ints = np.ndarray


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything a case has.

    `holders` donors hold each item, `users` units need each item; `blocks` are those of the horizon.
    """

    blocks: tuple[tuple[str, int], ...]
    items: int
    donors: int
    hubs: int
    units: int
    plants: int
    holders: int
    users: int

    @property
    def parts(self) -> int:
        """How many items are only components."""
        return max(self.items // 8, 2)


SIZES = {
    "S": Size((("week", 18), ("month", 6)), 5, 4, 2, 4, 1, 2, 2),
    "SM": Size((("week", 40), ("month", 12)), 46, 8, 4, 8, 3, 4, 4),
    "M": Size((("week", 52), ("month", 24)), 164, 16, 6, 16, 6, 4, 4),
    "L": Size((("week", 104),), 830, 30, 8, 30, 12, 4, 4),
}
"""About 14 thousand, half a million, 2.5 million and 15 million entries of the problem."""


def make_case(size: Size, seed: int = SEED) -> Case:
    """Make the case of a size; the same seed makes the same case."""
    rng = default_rng(seed)
    horizon = Horizon.build(AS_OF, size.blocks)
    tables = _world(size, rng) | _making(size, rng, horizon.last_day)
    holdings = _holdings(size, rng)
    tables |= _held(size, rng, holdings, horizon.last_day) | _asked(size, rng, holdings, horizon.last_day)
    return Case.build(Scenario(f"A made case of {size.items} items", AS_OF, size.blocks), tables)


def write_case(case: Case, folder: Path) -> None:
    """Write a case as a folder of CSV files with its `scenario.toml`, as a planner would keep it."""
    folder.mkdir(parents=True, exist_ok=True)
    scenario = case.scenario
    lines = [f'title = "{scenario.title}"', f"as_of = {scenario.as_of}", 'currency = "EUR"']
    lines += [f'\n[[horizon]]\nbucket = "{kind}"\ncount = {count}' for kind, count in scenario.blocks]
    (folder / "scenario.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in sorted(case.given):
        frame = case[name].select(CASE_TABLES[name].names)
        filled = [series.name for series in frame if series.null_count() < len(series)]
        answer = pl.selectors.boolean()
        spelled = frame.select(filled).with_columns(
            pl.when(answer).then(pl.lit("yes")).otherwise(pl.lit("no")).name.keep()
        )
        spelled.write_csv(folder / f"{name}.csv")


def with_stock_rows(case: Case, rows: int, seed: int = SEED) -> Case:
    """Return the case with that many rows of stocks: lots of its items at its places."""
    rng = default_rng(seed)
    days = rng.integers(30, 2000, rows)
    lots = pl.DataFrame(
        {
            "place": case["places"]["place"].gather(rng.integers(0, len(case["places"]), rows)),
            "item": case["items"]["item"].gather(rng.integers(0, len(case["items"]), rows)),
            "quantity": rng.integers(1, 5000, rows) / 10,
            "expires_on": _dates(np.where(days < 1000, days, -1)),
            "source": pl.Series([f"count of {AS_OF}"]).gather(np.zeros(rows, dtype=np.int64)),
        }
    )
    return case.replace(stocks=lots)


def _codes(prefix: str, count: int) -> pl.Series:
    """Return the codes of one kind of thing, numbered."""
    return pl.select(pl.format("{}{}", pl.lit(prefix), pl.int_range(count).cast(pl.String).str.zfill(4))).to_series()


def _dates(days: Ints) -> pl.Series:
    """Return the dates of days counted from the first day of the plan, empty for negative days."""
    start = (AS_OF - dt.date(1970, 1, 1)).days
    dates = pl.Series(np.where(days < 0, 0, days) + start).cast(pl.Int32).cast(pl.Date)
    return dates.zip_with(pl.Series(days >= 0), pl.Series([None], dtype=pl.Date))


def _named(prefix: str, numbers: Ints) -> pl.Series:
    """Return the code of each number."""
    return _codes(prefix, int(numbers.max(initial=0)) + 1).gather(numbers)


def _world(size: Size, rng: Generator) -> Frames:
    """Make parties, places, items and legs."""
    depots = np.repeat(np.arange(size.donors), 2)
    donors, depot, plant = _codes("D", size.donors), _codes("DEPOT", len(depots)), _codes("PLANT", size.plants)
    hub, unit, item = _codes("HUB", size.hubs), _codes("UNIT", size.units), _codes("I", size.items)
    parties = pl.concat([donors, pl.Series(["RECIPIENT", "INDUSTRY"])])
    kinds = ["nation"] * (size.donors + 1) + ["industry"]
    owners = [*donors.gather(depots), *["INDUSTRY"] * size.plants, *["RECIPIENT"] * (size.hubs + size.units)]
    roles = ["depot"] * len(depots) + ["plant"] * size.plants + ["hub"] * size.hubs + ["unit"] * size.units
    items = pl.concat([item, _codes("PART", size.parts)])
    mass = np.round(rng.lognormal(4.0, 1.2, len(items)), 1) + 1
    value = np.round(mass * rng.uniform(5, 60, len(items)))
    return {
        "parties": pl.DataFrame({"party": parties, "kind": kinds}),
        "places": pl.DataFrame({"place": pl.concat([depot, plant, hub, unit]), "party": owners, "kind": roles}),
        "items": pl.DataFrame(
            {"item": items, "mass_kg": mass, "value_eur": value, "holding_eur_per_month": np.round(value / 200, 2)}
        ),
        "legs": _legs(size, rng, depot, plant, hub, unit),
    }


def _legs(
    size: Size, rng: Generator, depot: pl.Series, plant: pl.Series, hub: pl.Series, unit: pl.Series
) -> pl.DataFrame:
    """Join every depot, plant and unit to two hubs by road, and half of the depots by rail too."""
    parts = [
        _ways(rng, size, depot, hub, "road", (2, 9)),
        _ways(rng, size, depot.gather_every(2), hub, "rail", (6, 24)),
        _ways(rng, size, plant, hub, "road", (3, 15)),
        _ways(rng, size, unit, hub, "road", (1, 5)).rename({"origin": "destination", "destination": "origin"}),
    ]
    table = pl.concat(parts, how="diagonal")
    shared = pl.when(pl.col("mode") == "rail").then(pl.concat_str(pl.lit("RAIL-"), "destination"))
    capacity = pl.when(pl.col("mode") == "rail").then(pl.lit(60.0 * size.items)).otherwise("capacity_t_per_month")
    open_from = pl.Series(np.where(rng.random(len(table)) < 0.1, rng.integers(10, 60, len(table)), -1))
    return table.with_columns(
        leg=pl.Series(_codes("LEG", len(table))),
        shared_capacity=shared,
        capacity_t_per_month=capacity,
        open_from=_dates(open_from.to_numpy()),
    )


def _ways(
    rng: Generator, size: Size, ends: pl.Series, hub: pl.Series, mode: str, transit: tuple[int, int]
) -> pl.DataFrame:
    """Join each end to two hubs, or to the one there is."""
    near = np.arange(len(ends)) % size.hubs
    hubs = np.stack([near, (near + 1) % size.hubs], axis=1)[:, : min(size.hubs, 2)]
    count = hubs.size
    return pl.DataFrame(
        {
            "origin": ends.gather(np.repeat(np.arange(len(ends)), hubs.shape[1])),
            "destination": hub.gather(hubs.reshape(-1)),
            "mode": [mode] * count,
            "transit_days": rng.integers(*transit, count).astype(float),
            "capacity_t_per_month": np.round(rng.uniform(8, 25, count) * size.items, 1),
            "cost_eur_per_t": np.round(rng.uniform(20, 200, count), 1),
        }
    )


@dataclass(frozen=True, slots=True)
class _Holdings:
    """Which donor holds which item, how much at its first depot."""

    donor: Ints
    item: Ints
    quantity: np.ndarray


def _holdings(size: Size, rng: Generator) -> _Holdings:
    """Let `holders` donors hold each item."""
    first = rng.integers(0, size.donors, size.items)
    donor = (first[:, None] + np.arange(size.holders) * (1 + size.donors // (size.holders + 1))) % size.donors
    item = np.repeat(np.arange(size.items), size.holders)
    pairs = np.unique(donor.reshape(-1) * size.items + item)
    return _Holdings(pairs // size.items, pairs % size.items, rng.integers(50, 400, len(pairs)).astype(float))


def _held(size: Size, rng: Generator, held: _Holdings, last_day: int) -> Frames:
    """Make stocks, some of them dated, the floors and objectives over them, receipts, and pledges."""
    donor, item, quantity = (np.tile(part, 2) for part in (held.donor, held.item, held.quantity))
    depot = 2 * donor + np.repeat([0, 1], len(held.item))
    dated = (item % 10 == 0) & (depot % 2 == 1)
    expires = np.where(dated, last_day * 3 // 4, -1)
    comes = np.flatnonzero(rng.random(len(item)) < 0.3)
    objectives = pl.DataFrame(
        {
            "party": _named("D", held.donor),
            "item": _named("I", held.item),
            "floor": np.round(held.quantity * 0.4),
            "objective": np.round(held.quantity * 0.9),
        }
    )
    hubs = _hub_objectives(size, rng)
    return {
        "stocks": pl.DataFrame(
            {
                "place": _named("DEPOT", depot),
                "item": _named("I", item),
                "quantity": quantity,
                "expires_on": _dates(expires),
            }
        ).vstack(_plant_stocks(size)),
        "objectives": pl.concat([objectives, hubs], how="diagonal"),
        "receipts": pl.DataFrame(
            {
                "place": _named("DEPOT", depot[comes]),
                "item": _named("I", item[comes]),
                "quantity": np.round(quantity[comes] * 0.2),
                "due_on": _dates(rng.integers(5, last_day, len(comes))),
            }
        ).vstack(_part_receipts(size, last_day)),
        "pledges": _pledges(rng, held, last_day),
    }


def _hub_objectives(size: Size, rng: Generator) -> pl.DataFrame:
    """Let each hub aim at some stock of a third of the items."""
    item = np.arange(0, size.items, 3)
    hub = rng.integers(0, size.hubs, len(item))
    level = rng.integers(10, 60, len(item)).astype(float)
    return pl.DataFrame({"place": _named("HUB", hub), "item": _named("I", item), "objective": level})


def _pledges(rng: Generator, held: _Holdings, last_day: int) -> pl.DataFrame:
    """Let every holder pledge twice: soon, and for later."""
    count = len(held.item)
    opens = np.concatenate([rng.integers(0, 30, count), rng.integers(30, last_day // 2, count)])
    return pl.DataFrame(
        {
            "pledge": _codes("P", 2 * count),
            "donor": _named("D", np.tile(held.donor, 2)),
            "recipient": ["RECIPIENT"] * 2 * count,
            "item": _named("I", np.tile(held.item, 2)),
            "quantity": np.round(np.tile(held.quantity, 2) * rng.uniform(0.3, 0.9, 2 * count)),
            "state": ["committed"] * 2 * count,
            "available_from": _dates(opens),
            "available_until": _dates(np.minimum(opens + last_day // 2, last_day)),
        }
    )


def _asked(size: Size, rng: Generator, held: _Holdings, last_day: int) -> Frames:
    """Let `users` units need each item, twice each, with three priorities; a tenth of the needs come back."""
    first = rng.integers(0, size.units, size.items)
    unit = np.repeat((first[:, None] + np.arange(size.users)) % size.units, 2)
    item = np.repeat(np.arange(size.items), 2 * size.users)
    supply = np.bincount(held.item, held.quantity, size.items)[item]
    count = len(item)
    due = rng.integers(14, last_day - 60, count)
    again = rng.random(count) < 0.1
    quantity = supply * rng.uniform(0.4, 1.4, count) / (2 * size.users)
    needs = pl.DataFrame(
        {
            "need": _codes("N", count),
            "place": _named("UNIT", unit),
            "item": _named("I", item),
            "quantity": np.round(np.where(again, quantity / 3, quantity)) + 1,
            "required_by": _dates(due),
            "priority": rng.integers(1, 4, count),
            "not_before": _dates(np.maximum(due - 45, 0)),
            "every": pl.Series(np.where(again, "month", "")).replace("", None),
            "until": _dates(np.where(again, np.minimum(due + 100, last_day), -1)),
        }
    )
    return {"needs": needs}


def _making(size: Size, rng: Generator, last_day: int) -> Frames:
    """Let plants make a quarter of the items from two parts each, four processes to a line."""
    item = np.arange(1, size.items, 4)
    count = len(item)
    plant = np.arange(count) % size.plants
    line = np.arange(count) // 4 * size.plants + plant
    process = _codes("MAKE", count)
    lines, first = np.unique(line, return_index=True)
    part = np.stack([np.arange(count) % size.parts, (np.arange(count) + 1) % size.parts], axis=1).reshape(-1)
    return {
        "processes": pl.DataFrame(
            {
                "process": process,
                "place": _named("PLANT", plant),
                "item": _named("I", item),
                "line": _named("LINE", line),
                "line_hours_per_unit": np.round(rng.uniform(2, 9, count), 1),
                "lead_time_days": rng.integers(5, 40, count).astype(float),
                "yield": np.full(count, 0.97),
                "unit_cost_eur": np.round(rng.uniform(100, 4000, count)),
            }
        ),
        "components": pl.DataFrame(
            {
                "process": process.gather(np.repeat(np.arange(count), 2)),
                "item": _named("PART", part),
                "quantity": np.tile([1.0, 2.0], count),
            }
        ),
        "lines": pl.DataFrame(
            {
                "line": _named("LINE", lines),
                "place": _named("PLANT", plant[first]),
                "capacity_per_month": np.round(rng.uniform(100, 400, len(lines))),
            }
        ),
    }


def _plant_stocks(size: Size) -> pl.DataFrame:
    """Lay some of every part at every plant."""
    plant, part = np.divmod(np.arange(size.plants * size.parts), size.parts)
    return pl.DataFrame(
        {
            "place": _named("PLANT", plant),
            "item": _named("PART", part),
            "quantity": np.full(len(part), 60.0),
            "expires_on": _dates(np.full(len(part), -1)),
        }
    )


def _part_receipts(size: Size, last_day: int) -> pl.DataFrame:
    """Let every part come in at every plant four times."""
    times = np.arange(4) * (last_day // 4) + 10
    pair, time = np.divmod(np.arange(size.plants * size.parts * 4), 4)
    plant, part = np.divmod(pair, size.parts)
    return pl.DataFrame(
        {
            "place": _named("PLANT", plant),
            "item": _named("PART", part),
            "quantity": np.full(len(part), 40.0),
            "due_on": _dates(times[time]),
        }
    )


def main() -> None:
    """Write the case of a size into a folder: `python benchmarks/generate.py SIZE FOLDER`."""
    name, folder = sys.argv[1:]
    write_case(make_case(SIZES[name]), Path(folder))


if __name__ == "__main__":
    main()
