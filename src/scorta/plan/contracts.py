"""What is bought from industry under which contract, and what each party pays in each year."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.plan.plan import QUANTITY_TOLERANCE, Answered
from scorta.problem import charges_of, counts_cost, forced_spend, open_days, yearly
from scorta.rules import Column


def orders(solved: Answered) -> pl.DataFrame:
    """List what is bought over each leg in each bucket, under a contract or free of one."""
    rows = pl.concat([_under_contracts(solved), _free(solved)], how="vertical_relaxed")
    rows = rows.group_by(pl.exclude("quantity"), maintain_order=True).agg(pl.col("quantity").sum())
    rows = rows.with_columns(**_facts(solved, rows))
    rows = rows.sort("contract", "bucket", "leg", "leaves_from", "leaves_until", nulls_last=False)
    before = pl.col("quantity").cum_sum().over("contract") - pl.col("quantity")
    firm = (pl.col("firm_left") - before).clip(0.0, pl.col("quantity"))
    rows = rows.with_columns(firm=pl.when(pl.col("contract").is_not_null()).then(firm))
    return rows.with_columns(
        option=pl.col("quantity") - pl.col("firm"), cost_eur=pl.col("quantity") * pl.col("unit_price_eur")
    )


def _under_contracts(solved: Answered) -> pl.DataFrame:
    family, at, quantity = solved.used(Column.PURCHASE)
    sales, sale, bucket = solved.network.sales, family.index["sale"][at], family.index["bucket"][at]
    arrivals, flow = solved.network.moves.arrivals, sales.way[sale] + bucket
    days = arrivals.first_day[flow], arrivals.last_day[flow]
    return _rows(family.index["contract"][at], sales.leg[sale], sales.item[sale], bucket, days, quantity)


def _free(solved: Answered) -> pl.DataFrame:
    """Return the purchases of a case without contracts."""
    family, at, quantity = solved.used(Column.SHIP)
    network = solved.network
    move = family.index["move"][at]
    leg = network.moves.leg[move]
    giver, receiver = (
        network.places.party[network.legs.origin[leg]],
        network.places.party[network.legs.destination[leg]],
    )
    free = network.handover.is_purchase(giver, receiver) & ~network.moves.sale[move]
    item = network.spots.item[network.moves.origin[move]]
    nothing, bucket = np.full(int(free.sum()), -1), family.index["bucket"][at][free]
    return _rows(nothing, leg[free], item[free], bucket, solved.departures(move[free], bucket), quantity[free])


def _rows(
    contract: Days, leg: Days, item: Days, bucket: Days, days: tuple[Days, Days], quantity: Floats
) -> pl.DataFrame:  # fmt: skip
    columns = {"contract": contract, "leg_number": leg, "item_number": item, "bucket": bucket, "first": days[0],
               "last": days[1]}  # fmt: skip
    numbers = {name: pl.Series(values, dtype=pl.Int64) for name, values in columns.items()}
    return pl.DataFrame({**numbers, "quantity": pl.Series(quantity, dtype=pl.Float64)})


def _facts(solved: Answered, rows: pl.DataFrame) -> dict[str, pl.Series]:
    """Return the codes, days and prices of each row."""
    network, columns = solved.network, rows.drop("bucket", "quantity")
    contract, leg, item, first, last = (column.to_numpy() for column in columns)
    legs, contracts, names = network.legs, network.contracts, network.names
    origin, destination = legs.origin[leg], legs.destination[leg]
    named = pl.DataFrame({"row": np.append(contracts.row, -1)[contract]}).select(
        pl.when(pl.col("row") >= 0).then("row")
    )
    return {
        "contract": solved.column("contracts", "contract").gather(named["row"]),
        "supplier": names.parties.code(network.places.party[origin]),
        "buyer": names.parties.code(network.places.party[destination]),
        "item": names.items.code(item),
        "leg": solved.column("legs", "leg").gather(leg),
        "place": names.places.code(destination),
        "decide_by": solved.dates(first - _lead(solved, origin, item)),
        "leaves_from": solved.dates(first),
        "leaves_until": solved.dates(last),
        "delivered_from": solved.dates(np.floor(first + legs.transit[leg]).astype(np.int64)),
        "delivered_until": solved.dates(np.ceil(last + legs.transit[leg]).astype(np.int64)),
        "firm_left": pl.Series(np.append(contracts.firm, 0.0)[contract]),
        "unit_price_eur": solved.column("contracts", "unit_price_eur").gather(named["row"]),
    }


def _lead(solved: Answered, place: Days, item: Days) -> Days:
    """Return the longest lead time of a process that makes each item at each place, in whole days."""
    recipe, goods = solved.network.recipe, solved.network.goods
    longest = np.zeros(goods.size)
    np.maximum.at(longest, goods.of(recipe.place, recipe.item), recipe.lead)
    days: Days = np.ceil(longest[goods.of(place, item)]).astype(np.int64)
    return days


def spend(solved: Answered) -> pl.DataFrame:
    """Add up what each party pays in each year, kind by kind."""
    network, values = solved.network, solved.answer.values
    parts = [_split(solved, "purchase", forced_spend(network))]
    for charge in charges_of(solved.problem, network):
        paid = charge.eur * np.maximum(values[charge.columns], 0.0)
        parts.append(_by_year(solved, charge.kind, charge.party, (charge.begin, charge.end), paid))
    if not counts_cost(network):
        parts += [_legs_used(solved), _set_ups(solved)]
    sums = pl.concat(parts).group_by("party", "year", "kind").agg(pl.col("amount_eur").sum())
    return sums.filter(pl.col("amount_eur").abs() > QUANTITY_TOLERANCE)


def _by_year(
    solved: Answered, kind: str, party: Days, days: tuple[Days | Floats, Days | Floats], eur: Floats
) -> pl.DataFrame:
    """Split what is paid by years: each sum evenly from the beginning of one day to the beginning of another."""
    horizon, names = solved.network.horizon, solved.network.names
    begin, end = (day.astype(np.float64) for day in days)
    position, year, share = yearly(horizon, begin, end)
    paid = np.zeros((len(names.parties), len(horizon.years)))
    np.add.at(paid, (party[position], year), share * eur[position])
    return _split(solved, kind, paid)


def _legs_used(solved: Answered) -> pl.DataFrame:
    """Add up the fixed costs of the legs that are used, where nobody counts cost and no column tells."""
    network = solved.network
    family, at, _ = solved.used(Column.SHIP)
    leg, bucket = _pairs(solved, network.moves.leg[family.index["move"][at]], family.index["bucket"][at])
    first, last = open_days(network, leg, bucket)
    owner = network.places.party[network.legs.origin[leg]]
    return _by_year(solved, "transport", owner, (first, last + 1), network.legs.fixed_cost[leg])


def _set_ups(solved: Answered) -> pl.DataFrame:
    """Add up the set-ups of the processes that run, where nobody counts cost and no column tells."""
    production, recipe = solved.network.production, solved.network.recipe
    family, at, _ = solved.used(Column.START)
    process, bucket = _pairs(solved, family.index["process"][at], family.index["bucket"][at])
    way, row = production.flows(process, bucket), production.row[process]
    days = production.arrivals.first_day[way], production.arrivals.last_day[way] + 1
    owner = solved.network.places.party[recipe.place[row]]
    return _by_year(solved, "production", owner, days, recipe.setup_cost[row])


def _pairs(solved: Answered, what: Days, bucket: Days) -> tuple[Days, Days]:
    """Return each leg or process with each bucket in which it is used, once."""
    pairs = solved.network.by_bucket(int(what.max(initial=0)) + 1)
    return pairs.split(np.unique(pairs.of(what, bucket)))


def _split(solved: Answered, kind: str, paid: Floats) -> pl.DataFrame:
    """Return a row for each party and year (party x year) that pays anything."""
    party, year = np.nonzero(paid)
    columns = {
        "party": solved.network.names.parties.code(party),
        "year": pl.Series(year + solved.network.horizon.years.start, dtype=pl.Int64),
        "amount_eur": pl.Series(paid[party, year], dtype=pl.Float64),
    }
    return pl.DataFrame(columns).with_columns(kind=pl.lit(kind))
