"""From an answer to the tables of a plan: numbers become codes and dates again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import BEYOND, TYPES, Days, Floats
from scorta.network import Network
from scorta.problem import Family, Gifts, Problem, gifts_of, lateness
from scorta.solve import Answer
from scorta.tables import PLAN_TABLES

TINY = 1e-7
"""Units below which a column of the answer counts as nothing: the solver's own tolerance."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A network, its problem and its answer together, with the questions every table asks."""

    network: Network
    problem: Problem
    answer: Answer

    def used(self, name: str) -> tuple[Family, Days, Floats]:
        """Return a family, its members above nothing, and their values."""
        family = self.problem.columns[name]
        values = self.answer.values[family.start : family.stop]
        at = np.flatnonzero(values > TINY)
        return family, at, values[at]

    def dates(self, days: Days) -> pl.Series:
        """Return days as dates, null where they lie beyond every horizon."""
        held = np.datetime64(self.network.horizon.as_of, "D") + np.where(days >= BEYOND, 0, days)
        return pl.Series(held).zip_with(pl.Series(days < BEYOND), pl.Series([None], dtype=pl.Date))

    def claims(self, claim: Days) -> pl.Series:
        """Return what goods are reserved for, null where for nothing."""
        return self.network.names.claims.code(np.where(claim == 0, -1, claim))

    def lot(self, spot: Days) -> dict[str, pl.Series]:
        """Return the two columns that name the lot of a spot."""
        spots = self.network.spots
        return {"reserved_for": self.claims(spots.claim[spot]), "expires_on": self.dates(spots.expires[spot])}

    def column(self, table: str, name: str) -> pl.Series:
        """Return a column of the case."""
        return self.network.case[table][name]


def plan_tables(network: Network, problem: Problem, answer: Answer) -> dict[str, pl.DataFrame]:
    """Return the tables of a plan by name, each with the columns of its description."""
    solved = _Answered(network, problem, answer)
    gifts = gifts_of(network)
    shipments = _shipments(solved)
    issues = _issues(solved)
    handovers = _handovers(solved, gifts)
    tables = {
        "fulfilment": _fulfilment(solved, issues),
        "shipments": shipments,
        "issues": issues,
        "handovers": handovers,
        "asks": _asks(handovers),
        "production": _production(solved),
        "component_use": _component_use(solved),
        "stock_levels": _stock_levels(solved),
    }
    return {name: _shaped(name, frame) for name, frame in tables.items()}


def _shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a table its columns, in order and of their types, sorted by its key."""
    table = PLAN_TABLES[name]
    columns = [pl.col(field.name).cast(TYPES[field.type]) for field in table]
    return frame.select(columns).sort(table.key, nulls_last=False, maintain_order=True)


def _shipments(solved: _Answered) -> pl.DataFrame:
    family, at, quantity = solved.used("ship")
    network = solved.network
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    moves, legs, spots = network.moves, network.legs, network.spots
    leg, origin = moves.leg[move], moves.origin[move]
    way = leg * len(network.horizon) + bucket
    first, last = moves.arrivals.first_day[way], moves.arrivals.last_day[way]
    mass = solved.column("items", "mass_kg").gather(spots.item[origin]) / 1000.0 * quantity
    cost = solved.column("legs", "cost_eur_per_t").fill_null(0.0).gather(leg) * mass.fill_null(0.0)
    return pl.DataFrame(
        {
            "leg": solved.column("legs", "leg").gather(leg),
            "origin": network.names.places.code(legs.origin[leg]),
            "destination": network.names.places.code(legs.destination[leg]),
            "item": network.names.items.code(spots.item[origin]),
            **solved.lot(origin),
            "arrives_for": solved.claims(spots.claim[moves.destination[move]]),
            "bucket": bucket,
            "leaves_from": solved.dates(first),
            "leaves_until": solved.dates(last),
            "arrives_from": solved.dates(np.floor(first + legs.transit[leg]).astype(np.int64)),
            "arrives_until": solved.dates(np.ceil(last + legs.transit[leg]).astype(np.int64)),
            "quantity": quantity,
            "mass_t": mass,
            "cost_eur": cost,
        }
    )


def _issues(solved: _Answered) -> pl.DataFrame:
    family, at, quantity = solved.used("issue")
    network = solved.network
    serving, bucket = family.index["serving"][at], family.index["bucket"][at]
    demand, days_late = lateness(network, serving, bucket)
    spot = network.servings.spot[serving]
    return pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(network.demands.need[demand]),
            "required_by": solved.dates(network.demands.due_day[demand]),
            "place": network.names.places.code(network.spots.place[spot]),
            "item": network.names.items.code(network.spots.item[spot]),
            **solved.lot(spot),
            "bucket": bucket,
            "issued_from": solved.dates(network.horizon.starts[bucket]),
            "issued_until": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity,
            "days_late": days_late,
        }
    )


def _fulfilment(solved: _Answered, issues: pl.DataFrame) -> pl.DataFrame:
    """Add up the issues of each open need over its occurrences."""
    demands, names = solved.network.demands, solved.network.names
    asked = pl.DataFrame(
        {
            "need": solved.column("needs", "need").gather(demands.need),
            "priority": demands.priority,
            "place": names.places.code(demands.place),
            "item": names.items.code(demands.item),
            "required_by": solved.dates(demands.due_day),
            "asked": demands.quantity,
        }
    )
    asked = asked.group_by("need", maintain_order=True).agg(
        pl.col("priority", "place", "item").first(), pl.col("required_by").min(), pl.col("asked").sum()
    )
    quantity, late = pl.col("quantity"), pl.col("days_late") > 0
    issued = issues.group_by("need").agg(
        on_time=quantity.filter(~late).sum(),
        late=quantity.filter(late).sum(),
        unit_days_late=(quantity * pl.col("days_late")).sum(),
        first_delivery=pl.col("issued_until").min(),
        last_delivery=pl.col("issued_until").max(),
    )
    joined = asked.join(issued, on="need", how="left", maintain_order="left")
    joined = joined.with_columns(pl.col("on_time", "late", "unit_days_late").fill_null(0.0))
    unmet = pl.col("asked") - pl.col("on_time") - pl.col("late")
    return joined.with_columns(unmet=pl.when(unmet > TINY).then(unmet).otherwise(0.0))


def _handovers(solved: _Answered, gifts: Gifts) -> pl.DataFrame:
    """Join what pledges cover, what is asked for, and what changes owner free of both."""
    parts = [_pledged(solved, gifts), _asked(solved, gifts), _free(solved)]
    names, horizon = solved.network.names, solved.network.horizon
    joined = pl.concat(parts, how="vertical_relaxed").with_columns(
        pl.col("giver", "receiver", "item", "claim", "bucket").cast(pl.Int64)
    )
    keys = ["agreement", "basis", "giver", "receiver", "item", "claim", "bucket"]
    joined = joined.group_by(keys, maintain_order=True).agg(pl.col("quantity").sum())
    item, bucket = joined["item"].to_numpy(), joined["bucket"].to_numpy()
    return joined.with_columns(
        names.parties.code(joined["giver"].to_numpy()).alias("giver"),
        names.parties.code(joined["receiver"].to_numpy()).alias("receiver"),
        names.items.code(item).alias("item"),
        solved.claims(joined["claim"].to_numpy()).alias("reserved_for"),
        solved.dates(horizon.starts[bucket]).alias("leaves_from"),
        solved.dates(horizon.ends[bucket]).alias("leaves_until"),
        (joined["quantity"] * solved.column("items", "value_eur").gather(item)).alias("value_eur"),
    )


def _cover(
    agreement: pl.Series | None, basis: str, giver: Days, receiver: Days, item: Days, claim: Days, bucket: Days,
    quantity: Floats,
) -> pl.DataFrame:  # fmt: skip
    """Return handovers of one basis, with numbers for codes."""
    named = agreement if agreement is not None else pl.Series([None], dtype=pl.String).new_from_index(0, len(giver))
    columns: Mapping[str, pl.Series | Days | Floats] = {
        "giver": giver, "receiver": receiver, "item": item, "claim": claim, "bucket": bucket, "quantity": quantity,
    }  # fmt: skip
    frame = pl.DataFrame(columns)
    return frame.select(named.alias("agreement"), pl.lit(basis).alias("basis"), pl.all())


def _pledged(solved: _Answered, gifts: Gifts) -> pl.DataFrame:
    family, at, quantity = solved.used("handover")
    gift, bucket = family.index["gift"][at], family.index["bucket"][at]
    pledge = solved.column("pledges", "pledge").gather(solved.network.grants.row[family.index["pledge"][at]])
    return _cover(
        pledge, "pledge", gifts.giver[gift], gifts.receiver[gift], gifts.item[gift], gifts.claim[gift], bucket, quantity
    )


def _asked(solved: _Answered, gifts: Gifts) -> pl.DataFrame:
    family, at, quantity = solved.used("ask")
    gift, bucket = family.index["gift"][at], family.index["bucket"][at]
    return _cover(
        None, "ask", gifts.giver[gift], gifts.receiver[gift], gifts.item[gift], gifts.claim[gift], bucket, quantity
    )


def _free(solved: _Answered) -> pl.DataFrame:
    """Return the moves between owners that need no cover: purchases, and gifts in a case without pledges."""
    family, at, quantity = solved.used("ship")
    network = solved.network
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    leg = network.moves.leg[move]
    giver = network.place_party[network.legs.origin[leg]]
    receiver = network.place_party[network.legs.destination[leg]]
    free = (giver != receiver) & ~network.moves.gift[move]
    spots, destination = network.spots, network.moves.destination[move]
    return _cover(
        None, "free", giver[free], receiver[free], spots.item[destination][free], spots.claim[destination][free],
        bucket[free], quantity[free],
    )  # fmt: skip


def _asks(handovers: pl.DataFrame) -> pl.DataFrame:
    """Add up the asks of each giver."""
    asked = handovers.filter(pl.col("basis") == "ask")
    value = pl.when(pl.col("value_eur").is_not_null().all()).then(pl.col("value_eur").sum())
    return asked.group_by("giver", "receiver", "item").agg(
        pl.col("quantity").sum(), pl.col("leaves_from").min(), pl.col("leaves_until").max(), value.alias("value_eur")
    )


def _production(solved: _Answered) -> pl.DataFrame:
    family, at, started = solved.used("start")
    network = solved.network
    making, bucket = family.index["making"][at], family.index["bucket"][at]
    process = network.makings.process[making]
    way = process * len(network.horizon) + bucket
    first, last = network.makings.arrivals.first_day[way], network.makings.arrivals.last_day[way]
    lead = network.recipe.lead[process]
    cost = solved.column("processes", "unit_cost_eur").fill_null(0.0).gather(process)
    return pl.DataFrame(
        {
            "process": solved.column("processes", "process").gather(process),
            "place": network.names.places.code(network.recipe.place[process]),
            "item": solved.column("processes", "item").gather(process),
            "bucket": bucket,
            "starts_from": solved.dates(first),
            "starts_until": solved.dates(last),
            "started": started,
            "made": started * solved.column("processes", "yield").gather(process),
            "arrives_from": solved.dates(np.floor(first + lead).astype(np.int64)),
            "arrives_until": solved.dates(np.ceil(last + lead).astype(np.int64)),
            "cost_eur": started * cost,
        }
    )


def _component_use(solved: _Answered) -> pl.DataFrame:
    family, at, quantity = solved.used("use")
    dated = solved.network.supplies[0][family.index["supply"][at]]
    spots, names, bucket = solved.network.spots, solved.network.names, family.index["bucket"][at]
    return pl.DataFrame(
        {
            "place": names.places.code(spots.place[dated]),
            "item": names.items.code(spots.item[dated]),
            "expires_on": solved.dates(spots.expires[dated]),
            "bucket": bucket,
            "date": solved.dates(solved.network.horizon.ends[bucket]),
            "quantity": quantity,
        }
    )


def _stock_levels(solved: _Answered) -> pl.DataFrame:
    stock, expire = solved.problem.columns["stock"], solved.problem.columns["expire"]
    network = solved.network
    span, spots = network.spots.span, network.spots
    quantity = np.maximum(solved.answer.values[stock.start : stock.stop], 0.0)
    expired = np.zeros(stock.size)
    thrown = np.maximum(solved.answer.values[expire.start : expire.stop], 0.0)
    expired[span.at(expire.index["spot"], expire.index["bucket"])] = thrown
    at = np.flatnonzero((quantity > TINY) | (expired > TINY))
    spot, bucket = span.owner[at], span.bucket[at]
    return pl.DataFrame(
        {
            "place": network.names.places.code(spots.place[spot]),
            "item": network.names.items.code(spots.item[spot]),
            **solved.lot(spot),
            "bucket": bucket,
            "date": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity[at],
            "expired": expired[at],
        }
    )
