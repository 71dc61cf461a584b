"""Levels: what each party holds, how it stands to its floors and objectives, and that gifts stop at floors."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.rules import Rule, Tier, TierKind
from scorta.verify.books import HOLDER, Books, once, places_of
from scorta.verify.breach import SUM_TOLERANCE, SUM_TOLERANCE_PER_UNIT, Breach, allowance, exceeds, mismatches, report
from scorta.verify.legs import arrivals_of, is_gift, shipments_of
from scorta.verify.needs import issues_of
from scorta.verify.production import component_use_of, makings_of, uses_of
from scorta.verify.stocks import by_holder, held_of, opening_of, receipts_of, stock_of

FLOORS = Tier(TierKind.FLOORS).name
"""The tier that is checked here."""

_PAIR = ("party", "item")
_HELD = (*_PAIR, "bucket")
_FIGURES = ("level", "in_transit", "comes_in", "goes_out", "given", "floor", "objective")


def check_levels(books: Books, tiers: Mapping[str, float]) -> tuple[Breach, ...]:
    """Check what parties and places hold against their floors, and what the plan says of it."""
    return _check_holdings(books) + _check_objectives(books) + _check_floors(books, tiers)


def _check_floors(books: Books, tiers: Mapping[str, float]) -> tuple[Breach, ...]:
    """Check that gifts take no level further below its floor than the tier `floors` says.

    What is certain:

    - Floors whose goods served no own need have not given way: their unit-days are no more than the tier.
    - Floors give way and never stiffen: the unit-days of all floors together are no less than the tier. Where no
      own need was served, the tier is therefore known exactly.
    - Where own needs were served, gifts stood as they are before the floor gave way. So of the units below it, no
      more can be due to gifts than the tier allows for that bucket and what own needs, starts, other moves and
      the end of life took since.
    - Where floors are the first tier, those that have not given way are no shorter than if nothing were done at all.
    """
    if "floors" not in books.case.scenario.tiers:
        return ()
    rows, value = shortfalls_of(books), tiers.get(FLOORS, 0.0)
    found = _check_shortfalls(rows, value) + _check_gifts(books, rows, value)
    return found + (_check_without_decision(books, rows) if next(iter(tiers), "") == FLOORS else ())


@once
def shortfalls_of(books: Books) -> pl.DataFrame:
    """Return every floor in every bucket, the units below it, and whether goods of its holder served an own need."""
    below = (pl.col("floor") - pl.col("level")).clip(lower_bound=0.0)
    rows = held_of(books).filter(pl.col("floor").is_not_null())
    rows = rows.with_columns(below=below, unit_days=below * pl.col("days"))
    owner = places_of(books).select("place", owner="party")
    rows = rows.join(owner, on="place", how="left").with_columns(owner=pl.coalesce("party", "owner"))
    own = _own_goods(books).with_columns(released=True)
    return rows.join(own, on=["owner", "item"], how="left").with_columns(pl.col("released").fill_null(False))


def _own_goods(books: Books) -> pl.DataFrame:
    """Return the owners and items of goods that served own needs, as they are or in kits that did.

    What may stand in for a component of such a kit counts as well: a little too mild, never too strict.
    """
    goods = _own_issues(books).filter(pl.col("quantity") > SUM_TOLERANCE).select("owner", "item").unique()
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
    return issues_of(books).filter(pl.col("owner") == pl.col("need_party"))


def _check_shortfalls(rows: pl.DataFrame, value: float) -> tuple[Breach, ...]:
    """Check the tier against the unit-days below all floors, and below those that cannot have given way."""
    slack = allowance(float((rows["floor"] * rows["days"]).sum()))
    all_days, kept_days = float(rows["unit_days"].sum()), float(rows.filter(~pl.col("released"))["unit_days"].sum())
    found = []
    if not value <= all_days + slack:
        sentence = f"The tier floors is {value:g}, and the stock is {all_days:g} unit-days below its floors."
        found.append(Breach(Rule.TIERS, sentence, value - all_days, "stock_levels", FLOORS))
    if kept_days > value + slack:
        sentence = f"Floors that no own need draws on are {kept_days:g} unit-days short; the tier says {value:g}."
        found.append(Breach(Rule.FLOOR, sentence, kept_days - value, "stock_levels", FLOORS))
    return tuple(found)


def _check_gifts(books: Books, rows: pl.DataFrame, value: float) -> tuple[Breach, ...]:
    """Check that where a floor gave way, gifts are not what took the stock below it."""
    released = rows.filter("released")
    if released.is_empty():
        return ()
    rows = _with_total(released, by_holder(books, _given_away(books)), "gifts")
    rows = _with_total(rows, by_holder(books, _other_use(books)), "other")
    caused = pl.min_horizontal("below", "gifts") - pl.col("other") - value / pl.col("days")
    broken = rows.with_columns(amount=caused).filter(exceeds("amount", "floor"))
    sentence = "Gifts of {gifts:g} leave {level:g} of the floor of {floor:g}."
    return report(broken, Rule.FLOOR, sentence, "stock_levels", (*HOLDER, "bucket"))


def _check_without_decision(books: Books, rows: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what is missing below floors that have not given way against what stock and receipts alone leave missing.

    Goods whose life ends are left out of what would be there: the rule is a little too mild then, never too strict.
    """
    columns = ("place", "item", "expires_on", "bucket", "quantity")
    first = opening_of(books).filter(pl.col("condition") == "serviceable").with_columns(bucket=pl.lit(0, pl.Int64))
    comes = pl.concat([first.select(columns), receipts_of(books).select(columns)])
    mortal = books.case["items"].filter(pl.col("shelf_life_days").is_not_null())
    lasting = comes.filter(pl.col("expires_on").is_null()).join(mortal, on="item", how="anti")
    missing = (pl.col("floor") - pl.col("still")).clip(lower_bound=0.0) * pl.col("days")
    idle_days = float(_with_total(rows, by_holder(books, lasting), "still").select(missing.sum()).item())
    kept_days = float(rows.filter(~pl.col("released"))["unit_days"].sum())
    if kept_days <= idle_days + allowance(float((rows["floor"] * rows["days"]).sum())):
        return ()
    sentence = f"Floors are {kept_days:g} unit-days short, which would be {idle_days:g} if nothing were done."
    return (Breach(Rule.FLOOR, sentence, kept_days - idle_days, "stock_levels", FLOORS),)


def _with_total(rows: pl.DataFrame, flows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Add what has left each holder by the end of each bucket."""
    steps = rows.select(*HOLDER, "bucket", quantity=pl.lit(0.0))
    flows = flows.join(rows, on=HOLDER, how="semi", nulls_equal=True)
    sums = pl.concat([steps, flows.select(steps.columns)]).group_by(*HOLDER, "bucket").agg(pl.col("quantity").sum())
    sums = sums.sort(*HOLDER, "bucket").with_columns(pl.col("quantity").cum_sum().over(HOLDER).alias(name))
    return rows.join(sums.drop("quantity"), on=[*HOLDER, "bucket"], how="left", nulls_equal=True)


def _is_good() -> pl.Expr:
    """Tell which goods count towards a level: those that do not wait for repair."""
    return pl.col("condition") == "serviceable"


def _given_away(books: Books) -> pl.DataFrame:
    """Return what leaves each place as a gift, and what is issued there to needs of other parties."""
    moved = shipments_of(books).filter(is_gift() & _is_good()).select("item", "bucket", "quantity", place="origin")
    foreign = issues_of(books).filter(pl.col("owner") != pl.col("need_party"))
    return pl.concat([moved, foreign.select(moved.columns)])


def _other_use(books: Books) -> pl.DataFrame:
    """Return what leaves each place otherwise: for own needs, into starts, by other moves, and thrown away."""
    columns = ("place", "item", "bucket", "quantity")
    moved = shipments_of(books).filter(~is_gift() & _is_good()).select("item", "bucket", "quantity", place="origin")
    used = uses_of(books).filter(_is_good()).select("place", "bucket", "quantity", item="used")
    instead = component_use_of(books).filter(pl.col("item") != pl.col("component"))
    thrown = stock_of(books).filter(_is_good()).select("place", "item", "bucket", quantity="expired")
    return pl.concat([frame.select(columns) for frame in (_own_issues(books), moved, used, instead, thrown)])


def _check_holdings(books: Books) -> tuple[Breach, ...]:
    """Check every row of the holdings, that none is missing, and that each party and item has one for each bucket."""
    expected = holdings_of(books).rename({name: f"own_{name}" for name in _FIGURES})
    rows = books.plan["holdings"].join(expected, on=_HELD, how="full", coalesce=True)
    dates = books.plan["holdings"].join(books.calendar, on="bucket", how="left")
    counts = books.plan["holdings"].group_by(_PAIR).len().filter(pl.col("len") != len(books.horizon))
    return (
        mismatches(rows, "holdings", _HELD, {name: pl.col(f"own_{name}") for name in _FIGURES})
        + mismatches(dates, "holdings", _HELD, {"date": pl.col("last_date")})
        + report(counts, Rule.ROWS, "{len} buckets have a row, and each should have one.", "holdings", _PAIR)
    )


@once
def holdings_of(books: Books) -> pl.DataFrame:
    """Return a row for each party, item and bucket of which it ever holds, receives, gives or should hold anything.

    What goes out is what is left of the stock before and of what came in: the balance of every spot is a rule of
    its own.
    """
    first, wanted = held_first_of(books), _own_levels(books)
    given = shipments_of(books).filter(is_gift()).select("item", "condition", "bucket", "quantity", place="origin")
    flows = {"level": stock_of(books), "comes_in": _received(books), "moved": _moves(books), "given": given}
    sums = [
        _with_owner(books, rows).group_by(_HELD).agg(pl.col("quantity").sum().alias(name))
        for name, rows in flows.items()
    ]
    pairs = pl.concat([frame.select(_PAIR) for frame in (first, *sums, wanted)]).unique()
    rows = pairs.join(books.calendar.select("bucket"), how="cross").sort(_HELD)
    for frame in (*sums, wanted):
        rows = rows.join(frame, on=_HELD, how="left", maintain_order="left")
    rows = rows.join(first, on=_PAIR, how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("held", *flows).fill_null(0.0))
    rows = rows.with_columns(in_transit=_without_round_off(pl.col("moved").cum_sum().over(_PAIR)))
    rows = rows.with_columns(stands=pl.col("level") + pl.col("in_transit"))
    before = pl.coalesce(pl.col("stands").shift(1).over(_PAIR), "held")
    rows = rows.with_columns(goes_out=_without_round_off(before + pl.col("comes_in") - pl.col("stands")))
    return rows.select(*_HELD, *_FIGURES)


def _without_round_off(left: pl.Expr) -> pl.Expr:
    """Return what is left of sums and differences, nothing where that is round-off."""
    return pl.when(left > SUM_TOLERANCE).then(left).otherwise(0.0)


@once
def held_first_of(books: Books) -> pl.DataFrame:
    """Return what each party holds of each item on the first day."""
    return _with_owner(books, opening_of(books)).group_by(_PAIR).agg(held=pl.col("quantity").sum())


def _with_owner(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the goods at places that do not wait for repair, with their owner."""
    kept = rows.filter(pl.col("condition") == "serviceable")
    return kept.join(places_of(books).select("place", "party"), on="place")


def _received(books: Books) -> pl.DataFrame:
    """Return what comes into places otherwise than from places of the same party."""
    others = pl.col("giver") != pl.col("receiver")
    arrived = arrivals_of(books).filter(others & ~pl.col("wasted"))
    columns = ("place", "item", "condition", "bucket", "quantity")
    return pl.concat([frame.select(columns) for frame in (receipts_of(books), makings_of(books), arrived)])


def _moves(books: Books) -> pl.DataFrame:
    """Return what leaves for places of the same party, and less, what of it arrives, too late for its life or not."""
    own = pl.col("giver") == pl.col("receiver")
    left = shipments_of(books).filter(own).select("item", "condition", "bucket", "quantity", place="origin")
    arrived = arrivals_of(books).filter(own).with_columns(-pl.col("quantity"))
    return pl.concat([left, arrived.select(left.columns)])


def _own_levels(books: Books) -> pl.DataFrame:
    """Return the floor and the objective of each party: its own, or those of its places together, the larger."""
    aims = ["floor", "objective"]
    rows = held_of(books).filter(pl.any_horizontal(pl.col(aims).is_not_null()))
    owner = places_of(books).select("place", owner="party")
    rows = rows.join(owner, on="place", how="left").with_columns(party=pl.coalesce("party", "owner"))
    is_place = pl.col("place").is_not_null()
    own = [pl.col(aim).filter(~is_place).max().alias(f"own_{aim}") for aim in aims]
    placed = [pl.when(_is_given(aim)).then(pl.col(aim).filter(is_place).sum()).alias(f"placed_{aim}") for aim in aims]
    rows = rows.group_by(_HELD).agg(*own, *placed)
    return rows.select(*_HELD, *(pl.max_horizontal(f"own_{aim}", f"placed_{aim}").alias(aim) for aim in aims))


def _is_given(aim: str) -> pl.Expr:
    """Tell whether any place of a party has the aim."""
    return (pl.col("place").is_not_null() & pl.col(aim).is_not_null()).any()


def _check_objectives(books: Books) -> tuple[Breach, ...]:
    """Check every figure and date of the objectives against the holdings, and that no row is missing or strange."""
    expected = objectives_of(books)
    names = [name for name in expected.columns if name not in _PAIR]
    rows = books.plan["objectives"].join(
        expected.rename({name: f"own_{name}" for name in names}), on=_PAIR, how="full", coalesce=True
    )
    return mismatches(rows, "objectives", _PAIR, {name: pl.col(f"own_{name}") for name in names})


@once
def objectives_of(books: Books) -> pl.DataFrame:
    """Return the row of every party and item with a floor or an objective, or of which anything is given."""
    days = (
        books.plan["holdings"]
        .sort("bucket")
        .with_columns(
            below=_is_below("objective"), below_floor=_is_below("floor"), least=pl.col("level").min().over(_PAIR)
        )
    )
    lowest = days.filter(pl.col("level") <= pl.col("least") * (1 + SUM_TOLERANCE_PER_UNIT) + SUM_TOLERANCE).group_by(
        _PAIR
    )
    rows = days.group_by(_PAIR).agg(
        pl.col("given").sum(),
        pl.col("level", "floor", "objective").last(),
        lowest=pl.col("least").first(),
        aims=pl.max_horizontal(pl.col("floor").count(), pl.col("objective").count()),
    )
    rows = rows.filter((pl.col("aims") > 0) | (pl.col("given") > 0)).drop("aims")
    rows = rows.join(lowest.agg(lowest_on=pl.col("date").first()), on=_PAIR)
    for below, since, back in (
        ("below", "below_since", "back_on"),
        ("below_floor", "below_floor_since", "above_floor_on"),
    ):
        rows = rows.join(_days_below(books, days, below, since, back), on=_PAIR, how="left")
    rows = rows.join(held_first_of(books), on=_PAIR, how="left").with_columns(pl.col("held").fill_null(0.0))
    rows = rows.join(_prices(books, rows), on=_PAIR, how="left")
    return rows.with_columns(draw_down=pl.when(pl.col("held") > 0).then(pl.col("given") / pl.col("held")))


def _is_below(aim: str) -> pl.Expr:
    """Tell where a level is below an aim by more than the tolerance."""
    return (pl.col(aim) - pl.col("level") > SUM_TOLERANCE + SUM_TOLERANCE_PER_UNIT * pl.col(aim)).fill_null(value=False)


def _days_below(books: Books, days: pl.DataFrame, below: str, since: str, back: str) -> pl.DataFrame:
    """Return when each level is first below, and the end of the bucket after the last in which it is."""
    spell = days.filter(below).group_by(_PAIR).agg(pl.col("date").min().alias(since), after=pl.col("bucket").max() + 1)
    ends = books.calendar.select(pl.col("last_date").alias(back), after="bucket")
    return spell.join(ends, on="after", how="left").drop("after")


def _prices(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return what a unit costs each party: by its own contracts, else by those of anybody, else the item's value."""
    pairs, contracts = rows.select(_PAIR), books.case["contracts"]
    own = contracts.select("item", party="buyer", price="unit_price_eur", rank=pl.lit(0))
    anybody = contracts.select("item", price="unit_price_eur", rank=pl.lit(1))
    value = books.case["items"].select("item", price="value_eur", rank=pl.lit(2))
    offers = [pairs.join(own, on=_PAIR), pairs.join(anybody, on="item"), pairs.join(value, on="item")]
    best = pl.concat(offers).drop_nulls("price").sort("rank", "price").group_by(_PAIR, maintain_order=True).first()
    basis = pl.when(pl.col("rank") < 2).then(pl.lit("contract")).otherwise(pl.lit("value"))
    return best.select(*_PAIR, unit_price_eur="price", price_basis=basis)
