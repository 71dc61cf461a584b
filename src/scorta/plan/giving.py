"""What changes owner, covered by what, and what is asked beyond the pledges."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import Days, Floats
from scorta.network import NO_CLAIM
from scorta.plan.answered import Answered
from scorta.problem import Gifts, gifts_of, sales_of


def handovers(solved: Answered) -> pl.DataFrame:
    """Join what pledges and contracts cover, what is asked for, and what changes owner free of all."""
    gifts = gifts_of(solved.network)
    parts = [_pledged(solved, gifts), _asked(solved, gifts), _bought(solved), _free(solved)]
    names, horizon = solved.network.names, solved.network.horizon
    joined = pl.concat(parts, how="vertical_relaxed").with_columns(
        pl.col("giver", "receiver", "item", "claim", "bucket").cast(pl.Int64)
    )
    keys = ["agreement", "basis", "giver", "receiver", "item", "claim", "bucket"]
    joined = joined.with_columns(claim=pl.when(pl.col("claim") != names.repairable).then("claim").otherwise(NO_CLAIM))
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


def _pledged(solved: Answered, gifts: Gifts) -> pl.DataFrame:
    family, at, quantity = solved.used("handover")
    gift, bucket = family.index["gift"][at], family.index["bucket"][at]
    pledge = solved.column("pledges", "pledge").gather(solved.network.grants.row[family.index["pledge"][at]])
    return _cover(
        pledge, "pledge", gifts.giver[gift], gifts.receiver[gift], gifts.item[gift], gifts.claim[gift], bucket, quantity
    )


def _asked(solved: Answered, gifts: Gifts) -> pl.DataFrame:
    family, at, quantity = solved.used("ask")
    gift, bucket = family.index["gift"][at], family.index["bucket"][at]
    return _cover(
        None, "ask", gifts.giver[gift], gifts.receiver[gift], gifts.item[gift], gifts.claim[gift], bucket, quantity
    )


def _bought(solved: Answered) -> pl.DataFrame:
    """Return what contracts cover, over all legs."""
    family, at, quantity = solved.used("purchase")
    network, sales = solved.network, sales_of(solved.network)
    sale, deal = family.index["sale"][at], family.index["contract"][at]
    contract = solved.column("contracts", "contract").gather(network.deals.row[deal])
    return _cover(
        contract, "contract", network.deals.supplier[deal], network.deals.buyer[deal], sales.item[sale],
        sales.claim[sale], family.index["bucket"][at], quantity,
    )  # fmt: skip


def _free(solved: Answered) -> pl.DataFrame:
    """Return the moves between owners that need no cover: purchases, and gifts in a case without pledges."""
    family, at, quantity = solved.used("ship")
    network = solved.network
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    leg = network.moves.leg[move]
    giver = network.place_party[network.legs.origin[leg]]
    receiver = network.place_party[network.legs.destination[leg]]
    free = (giver != receiver) & ~network.moves.gift[move] & ~network.moves.sale[move]
    spots, destination = network.spots, network.moves.destination[move]
    return _cover(
        None, "free", giver[free], receiver[free], spots.item[destination][free], spots.claim[destination][free],
        bucket[free], quantity[free],
    )  # fmt: skip


def asks(handed: pl.DataFrame) -> pl.DataFrame:
    """Add up the asks of each giver."""
    asked = handed.filter(pl.col("basis") == "ask")
    value = pl.when(pl.col("value_eur").is_not_null().all()).then(pl.col("value_eur").sum())
    return asked.group_by("giver", "receiver", "item").agg(
        pl.col("quantity").sum(), pl.col("leaves_from").min(), pl.col("leaves_until").max(), value.alias("value_eur")
    )
