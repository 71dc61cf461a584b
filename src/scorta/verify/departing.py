"""On which days goods leave: on all open days of the leg in the bucket, or on those that an agreement leaves them."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.agreeing import lay_contracts
from scorta.verify.spans import to_day

_PARTIES = ("giver", "item")
_DAYS = ("open_first", "open_last", "says_first", "says_last")


def lay_departures(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Make the first and last day of each flow those that it states, where an agreement of its parties bounds them so.

    `rows` have the first and last day on which their leg is open in the bucket; these stay in `open_first` and
    `open_last`, and are the days of the flow where what it states is neither all of them nor bounded by an agreement.
    """
    stated = {"says_first": to_day("leaves_from", case.horizon), "says_last": to_day("leaves_until", case.horizon)}
    rows = rows.with_columns(open_first="first", open_last="last", **stated).with_row_index("flow")
    inside = (pl.col("says_first") >= pl.col("first")) & (pl.col("says_last") <= pl.col("last"))
    less = inside & ((pl.col("says_first") > pl.col("first")) | (pl.col("says_last") < pl.col("last")))
    cut = rows["flow"].is_in(_bounded(case, rows.filter("runs", less)).implode())
    days = {"first": "says_first", "last": "says_last"}
    chosen = {name: pl.when(pl.Series(cut)).then(pl.col(says)).otherwise(pl.col(name)) for name, says in days.items()}
    return rows.with_columns(**chosen).drop("flow", *stated)


def _bounded(case: Case, rows: pl.DataFrame) -> pl.Series:
    """Return the flows that state exactly the days that an agreement of their giver, item and receiver leaves them."""
    stated = rows.filter(pl.col("giver") != pl.col("receiver")).select("flow", *_PARTIES, "receiver", *_DAYS)
    pairs = stated.join(_windows(case), on=_PARTIES)
    first, last = pl.max_horizontal("open_first", "starts"), pl.min_horizontal("open_last", "stops")
    fits = (pl.col("taker").is_null() | (pl.col("taker") == pl.col("receiver"))) & (first <= last)
    return pairs.filter(fits & (pl.col("says_first") == first) & (pl.col("says_last") == last))["flow"].unique()


def _windows(case: Case) -> pl.DataFrame:
    """Return the days of every pledge and every contract, with its parties and its item."""
    pledges = _pledges(case)
    contracts = lay_contracts(case).select(
        "starts", "stops", giver="contract_supplier", taker="contract_buyer", item="contract_item"
    )
    return pl.concat([pledges, contracts.select(pledges.columns)])


def _pledges(case: Case) -> pl.DataFrame:
    """Return the days of every pledge, with its parties and its item."""
    return case["pledges"].select(
        "item",
        giver="donor",
        taker="recipient",
        starts=to_day("available_from", case.horizon, 0),
        stops=to_day("available_until", case.horizon),
    )
