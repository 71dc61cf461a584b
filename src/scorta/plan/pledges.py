"""What changes owner, covered by what, and what is asked beyond the pledges."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import Days, Floats
from scorta.network import UNRESERVED, Gifts
from scorta.plan.plan import Answered
from scorta.rules import Column

_DAYS = ("bucket", "first", "last")


def handovers(solved: Answered) -> pl.DataFrame:
    """Join what pledges and contracts cover, what is asked for, and what changes owner free of all."""
    gifts = solved.network.gifts
    names = solved.network.names
    asked = _cover(None, "ask", _given(solved, gifts, Column.ASK))
    joined = pl.concat([_pledged(solved, gifts), asked, _bought(solved), _free(solved)])
    keys = ["agreement", "basis", "giver", "receiver", "item", "reservation", *_DAYS]
    joined = joined.with_columns(
        reservation=pl.when(pl.col("reservation") != names.repairable).then("reservation").otherwise(UNRESERVED)
    )
    joined = joined.group_by(keys, maintain_order=True).agg(pl.col("quantity").sum())
    item = joined["item"].to_numpy()
    return joined.with_columns(
        names.parties.code(joined["giver"].to_numpy()).alias("giver"),
        names.parties.code(joined["receiver"].to_numpy()).alias("receiver"),
        names.items.code(item).alias("item"),
        solved.reservations(joined["reservation"].to_numpy()).alias("reserved_for"),
        solved.dates(joined["first"].to_numpy()).alias("leaves_from"),
        solved.dates(joined["last"].to_numpy()).alias("leaves_until"),
        (joined["quantity"] * solved.column("items", "value_eur").gather(item)).alias("value_eur"),
    )


def _numbers(columns: Mapping[str, Days], quantity: Floats) -> pl.DataFrame:
    """Return columns of whole numbers, with quantities."""
    whole = {name: pl.Series(values, dtype=pl.Int64) for name, values in columns.items()}
    return pl.DataFrame({**whole, "quantity": pl.Series(quantity, dtype=pl.Float64)})


def _cover(agreement: pl.Series | None, basis: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return handovers of one basis, with numbers for codes."""
    named = agreement if agreement is not None else pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    columns = ("giver", "receiver", "item", "reservation", *_DAYS, "quantity")
    return rows.select(named.alias("agreement"), pl.lit(basis).alias("basis"), *columns)


def _departures(solved: Answered, gifts: Gifts) -> pl.DataFrame:
    """Return on which days each gift leaves in each bucket, and which share of it: legs are open on different days."""
    family, at, quantity = solved.used(Column.SHIP)
    gift = gifts.moves.of_move[family.index["move"][at]]
    at, quantity, gift = at[gift >= 0], quantity[gift >= 0], gift[gift >= 0]
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    first, last = solved.departures(move, bucket)
    rows = _numbers({"gift": gift, "bucket": bucket, "first": first, "last": last}, quantity)
    rows = rows.group_by("gift", *_DAYS, maintain_order=True).agg(pl.col("quantity").sum())
    share = pl.col("quantity") / pl.col("quantity").sum().over("gift", "bucket")
    return rows.select("gift", *_DAYS, share=share)


def _given(solved: Answered, gifts: Gifts, name: Column) -> pl.DataFrame:
    """Return what a family of columns covers of each gift, on the days on which it leaves; `at` numbers its columns."""
    family, at, quantity = solved.used(name)
    gift, bucket = family.index["gift"][at], family.index["bucket"][at]
    columns = {
        "at": at, "gift": gift, "bucket": bucket, "giver": gifts.giver[gift], "receiver": gifts.receiver[gift],
        "item": gifts.item[gift], "reservation": gifts.reservation[gift],
    }  # fmt: skip
    rows = _numbers(columns, quantity).join(_departures(solved, gifts), on=["gift", "bucket"], maintain_order="left")
    return rows.with_columns(pl.col("quantity") * pl.col("share"))


def _pledged(solved: Answered, gifts: Gifts) -> pl.DataFrame:
    rows = _given(solved, gifts, Column.HANDOVER)
    pledge = solved.problem.columns[Column.HANDOVER].index["pledge"][rows["at"].to_numpy()]
    return _cover(solved.column("pledges", "pledge").gather(solved.network.pledges.row[pledge]), "pledge", rows)


def _bought(solved: Answered) -> pl.DataFrame:
    """Return what contracts cover, over all legs."""
    family, at, quantity = solved.used(Column.PURCHASE)
    network, sales = solved.network, solved.network.sales
    sale, contract, bucket = family.index["sale"][at], family.index["contract"][at], family.index["bucket"][at]
    flow, contracts = sales.way[sale] + bucket, network.contracts
    columns = {
        "giver": contracts.supplier[contract], "receiver": contracts.buyer[contract], "item": sales.item[sale],
        "reservation": sales.reservation[sale], "bucket": bucket, "first": network.moves.arrivals.first_day[flow],
        "last": network.moves.arrivals.last_day[flow],
    }  # fmt: skip
    code = solved.column("contracts", "contract").gather(contracts.row[contract])
    return _cover(code, "contract", _numbers(columns, quantity))


def _free(solved: Answered) -> pl.DataFrame:
    """Return the moves between owners that need no cover: purchases, and gifts in a case without pledges."""
    family, at, quantity = solved.used(Column.SHIP)
    network = solved.network
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    first, last = solved.departures(move, bucket)
    spots, destination = network.spots, network.moves.destination[move]
    party = network.places.party[spots.place]
    giver, receiver = party[network.moves.origin[move]], party[destination]
    free = (giver != receiver) & ~network.moves.gift[move] & ~network.moves.sale[move]
    columns = {
        "giver": giver, "receiver": receiver, "item": spots.item[destination],
        "reservation": spots.reservation[destination], "bucket": bucket, "first": first, "last": last,
    }  # fmt: skip
    return _cover(None, "free", _numbers(columns, quantity).filter(pl.Series(free)))


def asks(handed: pl.DataFrame) -> pl.DataFrame:
    """Add up the asks of each giver."""
    asked = handed.filter(pl.col("basis") == "ask")
    value = pl.when(pl.col("value_eur").is_not_null().all()).then(pl.col("value_eur").sum())
    return asked.group_by("giver", "receiver", "item").agg(
        pl.col("quantity").sum(), pl.col("leaves_from").min(), pl.col("leaves_until").max(), value.alias("value_eur")
    )
