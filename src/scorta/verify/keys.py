"""Burden-sharing keys: what each party gives beside its share, and the caps on what is above it."""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import Books, once
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.pledges import handovers_of

_KEY = ("key", "party")


@once
def shares_of(books: Books) -> pl.DataFrame:
    """Return each party of each key with the value it gave before, gives now, and gives above its share."""
    gifts = handovers_of(books).filter(pl.col("basis").is_in(["pledge", "ask"]))
    now = gifts.group_by(party="giver").agg(now=(pl.col("quantity") * pl.col("worth").fill_null(0.0)).sum())
    rows = books.case["keys"].select("key", "party", "maximum_excess", part="share")
    rows = rows.join(_before(books), on="party", how="left").join(now, on="party", how="left")
    rows = rows.with_columns(pl.col("before", "now").fill_null(0.0))
    rows = rows.with_columns(all_before=pl.col("before").sum().over("key"), all_now=pl.col("now").sum().over("key"))
    rows = rows.with_columns(gives=pl.col("before") + pl.col("now"), total=pl.col("all_before") + pl.col("all_now"))
    return rows.with_columns(excess=pl.col("gives") - pl.col("part") * pl.col("total"))


def _before(books: Books) -> pl.DataFrame:
    """Return the value of what each party has delivered under its pledges, and of what receipts bring under them."""
    receipts = books.case["receipts"].filter(pl.col("pledge").is_not_null())
    come = receipts.group_by("pledge").agg(come=pl.col("quantity").sum())
    worth = books.case["items"].select("item", worth="value_eur")
    rows = books.case["pledges"].join(come, on="pledge", how="left").join(worth, on="item", how="left")
    said = pl.col("delivered_quantity").fill_null(0.0)
    whole = (pl.col("state") == "delivered") & (said == 0)
    there = pl.when(whole).then(pl.col("quantity")).otherwise(said).fill_null(0.0) + pl.col("come").fill_null(0.0)
    return rows.group_by(party="donor").agg(before=(there * pl.col("worth").fill_null(0.0)).sum())


def check_keys(books: Books) -> tuple[Breach, ...]:
    """Check the table of shares, and that nobody gives more above its share than a key allows."""
    rows = books.plan["shares"].with_columns(stated=True).join(shares_of(books), on=_KEY, how="full", coalesce=True)
    expected = {
        "share": pl.col("part"),
        "given_eur": pl.col("gives"),
        "total_eur": pl.col("total"),
        "excess_eur": pl.col("excess"),
    }
    missing = report(rows.filter(pl.col("stated").is_null()), Rule.ROWS, "{party} is missing in {key}.", "shares", _KEY)
    strange = report(rows.filter(pl.col("part").is_null()), Rule.ROWS, "{party} is not in {key}.", "shares", _KEY)
    return missing + strange + _check_sums(rows, expected) + _check_caps(books)


def _check_sums(rows: pl.DataFrame, expected: dict[str, pl.Expr]) -> tuple[Breach, ...]:
    """Check what is worked out in a row; the excess within the tolerance of the sums it is the difference of."""
    plain = {name: should for name, should in expected.items() if name != "excess_eur"}
    gap = rows.with_columns(amount=(pl.col("excess_eur") - pl.col("excess")).abs())
    sentence = "excess_eur is {excess_eur} where it should be {excess}."
    off = report(gap.filter(exceeds("amount", "total")), Rule.FIGURES, sentence, "shares", _KEY)
    return mismatches(rows, "shares", _KEY, plain) + off


def _check_caps(books: Books) -> tuple[Breach, ...]:
    """Check that what a party gives in the plan is above its share by no more than the key allows."""
    allowed = pl.col("part") + pl.col("maximum_excess")
    room = (allowed * pl.col("all_before") - pl.col("before")).clip(lower_bound=0.0)
    rows = shares_of(books).filter(pl.col("maximum_excess").is_not_null())
    rows = rows.with_columns(amount=pl.col("now") - allowed * pl.col("all_now") - room)
    sentence = "{party} gives {amount:g} EUR more above its share of {key} than the key allows."
    return report(rows.filter(exceeds("amount", "total")), Rule.KEY_CAP, sentence, "handovers", _KEY)
