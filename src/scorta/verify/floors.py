"""Floors: protected levels that stop gifts, and give way only to a party's own needs."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import ABSOLUTE, Breach, allowance, exceeds, report
from scorta.verify.flows import opening, receipts
from scorta.verify.holders import HOLDER, holdings


def check_floors(books: Books, holders: pl.DataFrame, tiers: Mapping[str, float]) -> tuple[Breach, ...]:
    """Check that gifts take no level further below its floor than the tier `floors` says.

    What is certain:

    - Floors whose goods served no own need have not given way: their unit-days are no more than the tier.
    - Floors give way and never stiffen: the unit-days of all floors together are no less than the tier. Where no
      own need was served, the tier is therefore known exactly.
    - Where own needs were served, gifts stood as they are before the floor gave way. So of the units below it, no
      more can be laid to gifts than the tier allows for that bucket and what own needs, starts, other moves and
      the end of life took since.
    - Where floors are the first tier, those that have not given way are no shorter than if nothing were done at all.
    """
    if "floors" not in books.case.scenario.tiers:
        return ()
    rows, value = lay_shortfalls(books, holders), tiers.get("floors", 0.0)
    found = _check_sums(rows, value) + _check_gifts(books, rows, value)
    return found + (_check_idle(books, rows) if next(iter(tiers), "") == "floors" else ())


def lay_shortfalls(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return every floor in every bucket, the units below it, and whether goods of its holder served an own need."""
    below = (pl.col("floor") - pl.col("level")).clip(lower_bound=0.0)
    rows = holders.filter(pl.col("floor").is_not_null())
    rows = rows.with_columns(below=below, unit_days=below * pl.col("days"))
    owner = books.places.select("place", owner="party")
    rows = rows.join(owner, on="place", how="left").with_columns(owner=pl.coalesce("party", "owner"))
    own = _own_goods(books).with_columns(released=True)
    return rows.join(own, on=["owner", "item"], how="left").with_columns(pl.col("released").fill_null(False))


def _own_goods(books: Books) -> pl.DataFrame:
    """Return the owners and items of goods that served own needs, as they are or in kits that did.

    What may stand in for a component of such a kit counts as well: a little too mild, never too strict.
    """
    goods = _own_issues(books).filter(pl.col("quantity") > ABSOLUTE).select("owner", "item").unique()
    parts = books.case["kits"].select("item", into="component")
    stand_ins = books.case["substitutes"].filter("for_components").select(into="item", other="substitute")
    inside = goods.join(parts, on="item")
    while True:
        instead = inside.join(stand_ins, on="into").select("owner", item="other")
        more = pl.concat([goods, inside.select("owner", item="into"), instead]).unique()
        if more.height == goods.height:
            return goods
        goods = more
        inside = goods.join(parts, on="item")


def _own_issues(books: Books) -> pl.DataFrame:
    """Return the issues to needs whose party owns the goods."""
    return books.issues.filter(pl.col("owner") == pl.col("need_party"))


def _check_sums(rows: pl.DataFrame, value: float) -> tuple[Breach, ...]:
    """Check the tier against the unit-days below all floors, and below those that cannot have given way."""
    slack = allowance(float((rows["floor"] * rows["days"]).sum()))
    all_days, kept_days = float(rows["unit_days"].sum()), float(rows.filter(~pl.col("released"))["unit_days"].sum())
    found = []
    if not value <= all_days + slack:
        sentence = f"The tier floors is {value:g}, and the stock is {all_days:g} unit-days below its floors."
        found.append(Breach("tiers", sentence, value - all_days, "stock_levels", "floors"))
    if kept_days > value + slack:
        sentence = f"Floors that no own need draws on are {kept_days:g} unit-days short; the tier says {value:g}."
        found.append(Breach("floors", sentence, kept_days - value, "stock_levels", "floors"))
    return tuple(found)


def _check_gifts(books: Books, rows: pl.DataFrame, value: float) -> tuple[Breach, ...]:
    """Check that where a floor gave way, gifts are not what took the stock below it."""
    released = rows.filter("released")
    if released.is_empty():
        return ()
    rows = _total(released, holdings(books, _gifts(books)), "gifts")
    rows = _total(rows, holdings(books, _other_use(books)), "other")
    caused = pl.min_horizontal("below", "gifts") - pl.col("other") - value / pl.col("days")
    broken = rows.with_columns(amount=caused).filter(exceeds("amount", "floor"))
    sentence = "Gifts of {gifts:g} leave {level:g} of the floor of {floor:g}."
    return report(broken, "floors", sentence, "stock_levels", (*HOLDER, "bucket"))


def _check_idle(books: Books, rows: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what is missing below floors that have not given way against what stock and receipts alone leave missing.

    Goods whose life ends are left out of what would be there: the rule is a little too mild then, never too strict.
    """
    columns = ("place", "item", "expires_on", "bucket", "quantity")
    first = opening(books.case).filter(pl.col("condition") == "serviceable").with_columns(bucket=pl.lit(0, pl.Int64))
    comes = pl.concat([first.select(columns), receipts(books.case).select(columns)])
    mortal = books.case["items"].filter(pl.col("shelf_life_days").is_not_null())
    lasting = comes.filter(pl.col("expires_on").is_null()).join(mortal, on="item", how="anti")
    missing = (pl.col("floor") - pl.col("still")).clip(lower_bound=0.0) * pl.col("days")
    idle_days = float(_total(rows, holdings(books, lasting), "still").select(missing.sum()).item())
    kept_days = float(rows.filter(~pl.col("released"))["unit_days"].sum())
    if kept_days <= idle_days + allowance(float((rows["floor"] * rows["days"]).sum())):
        return ()
    sentence = f"Floors are {kept_days:g} unit-days short, which would be {idle_days:g} if nothing were done."
    return (Breach("floors", sentence, kept_days - idle_days, "stock_levels", "floors"),)


def _total(rows: pl.DataFrame, flows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Add what has left each holder by the end of each bucket."""
    steps = rows.select(*HOLDER, "bucket", quantity=pl.lit(0.0))
    flows = flows.join(rows, on=HOLDER, how="semi", nulls_equal=True)
    sums = pl.concat([steps, flows.select(steps.columns)]).group_by(*HOLDER, "bucket").agg(pl.col("quantity").sum())
    sums = sums.sort(*HOLDER, "bucket").with_columns(pl.col("quantity").cum_sum().over(HOLDER).alias(name))
    return rows.join(sums.drop("quantity"), on=[*HOLDER, "bucket"], how="left", nulls_equal=True)


def _is_gift() -> pl.Expr:
    """Tell which shipments are a gift: they leave a nation or organisation for another."""
    kinds = (pl.col("giver_kind") != "industry") & (pl.col("receiver_kind") != "industry")
    return kinds & (pl.col("giver") != pl.col("receiver"))


def _is_good() -> pl.Expr:
    """Tell which goods count towards a level: those that do not wait for repair."""
    return pl.col("condition") == "serviceable"


def _gifts(books: Books) -> pl.DataFrame:
    """Return what leaves each place as a gift, and what is issued there to needs of other parties."""
    moved = books.shipments.filter(_is_gift() & _is_good()).select("item", "bucket", "quantity", place="origin")
    foreign = books.issues.filter(pl.col("owner") != pl.col("need_party"))
    return pl.concat([moved, foreign.select(moved.columns)])


def _other_use(books: Books) -> pl.DataFrame:
    """Return what leaves each place otherwise: for own needs, into starts, by other moves, and thrown away."""
    columns = ("place", "item", "bucket", "quantity")
    moved = books.shipments.filter(~_is_gift() & _is_good()).select("item", "bucket", "quantity", place="origin")
    used = books.uses.filter(_is_good()).select("place", "bucket", "quantity", item="used")
    instead = books.component_use.filter(pl.col("item") != pl.col("component"))
    thrown = books.levels.filter(_is_good()).select("place", "item", "bucket", quantity="expired")
    return pl.concat([frame.select(columns) for frame in (_own_issues(books), moved, used, instead, thrown)])
