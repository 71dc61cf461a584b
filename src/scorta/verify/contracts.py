"""Contracts: what is ordered, under which, by when it must be decided, its price; and that nobody has more than enough.

Nobody is given, or buys, more of an item than its needs ask for and its largest level holds.
"""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import (
    Books,
    contracts_of,
    levels_of,
    once,
    places_of,
    pledges_of,
    to_date,
    with_bucket,
    with_open_days,
)
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.legs import departures_of, is_sale, legs_of, shipments_of
from scorta.verify.needs import occurrences_of
from scorta.verify.pledges import handovers_of

_DAYS = ("bucket", "leaves_from", "leaves_until")
_ORDER = ("contract", "supplier", "buyer", "item", "leg", *_DAYS)
_CARRIED = ("leg", "item", *_DAYS)
_AGREED = ("agreement", "giver", "receiver", "item", *_DAYS)
_WHO = ("receiver", "item")


@once
def orders_of(books: Books) -> pl.DataFrame:
    """Return the orders, each with its leg, its days of departure, its parties and its contract."""
    seller = places_of(books).select(leg_origin="place", seller="party", seller_kind="party_kind")
    receiver = places_of(books).select(leg_destination="place", receiver="party", receiver_kind="party_kind")
    rows = books.plan["orders"].join(legs_of(books), on="leg", how="left", maintain_order="left")
    rows = with_bucket(books, rows)
    rows = rows.join(seller, on="leg_origin", how="left", maintain_order="left")
    rows = rows.join(receiver, on="leg_destination", how="left", maintain_order="left")
    rows = rows.join(contracts_of(books), on="contract", how="left", maintain_order="left")
    rows = rows.with_columns(giver="seller", giver_kind="seller_kind")
    return departures_of(books, with_open_days(rows))


def check_contracts(books: Books) -> tuple[Breach, ...]:
    """Check that the orders are what industry hands over, each within its contract, every figure, and enough."""
    return (
        _check_figures(books)
        + _check_carried(books)
        + _check_handed_over(books)
        + _check_covered(books)
        + _check_quantities(books)
        + _check_returns(books)
        + _check_use(books)
    )


@once
def firm_orders_of(books: Books) -> pl.DataFrame:
    """Return every contract with a firm quantity that is due, what is left of it, and what is bought under it."""
    bought = orders_of(books).group_by("contract").agg(bought=pl.col("quantity").sum())
    due = contracts_of(books).filter("is_due")
    return due.join(bought, on="contract", how="left").with_columns(pl.col("bought").fill_null(0.0))


def _check_figures(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the orders: its parties, its dates, its split and its price."""
    lead = books.case["processes"].group_by(leg_origin="place", item="item").agg(lead=pl.col("lead_time_days").max())
    rows = orders_of(books).join(lead, on=["leg_origin", "item"], how="left").sort("contract", "bucket", "leg", *_DAYS)
    before = pl.col("quantity").cum_sum().over("contract") - pl.col("quantity")
    firm = pl.when(pl.col("contract").is_not_null()).then((pl.col("firm_left") - before).clip(0.0, pl.col("quantity")))
    rows = rows.with_columns(firm_part=firm, ahead=-pl.col("lead").fill_null(0.0).ceil().cast(pl.Int64))
    transit = pl.col("transit_days")
    expected = {
        "supplier": pl.col("seller"),
        "buyer": pl.col("receiver"),
        "place": pl.col("leg_destination"),
        "decide_by": to_date("first", books.horizon, pl.col("ahead")),
        "leaves_from": to_date("first", books.horizon),
        "leaves_until": to_date("last", books.horizon),
        "delivered_from": to_date("first", books.horizon, transit.floor().cast(pl.Int64)),
        "delivered_until": to_date("last", books.horizon, transit.ceil().cast(pl.Int64)),
        "firm": pl.col("firm_part"),
        "option": pl.col("quantity") - pl.col("firm_part"),
        "unit_price_eur": pl.col("price"),
        "cost_eur": pl.col("quantity") * pl.col("price"),
    }
    return mismatches(rows, "orders", _ORDER, expected)


def _check_carried(books: Books) -> tuple[Breach, ...]:
    """Check that the orders are what legs carry from industry to others."""
    carried = shipments_of(books).filter(is_sale()).select(*_CARRIED, "quantity")
    rows = pl.concat([carried, orders_of(books).select(*_CARRIED, -pl.col("quantity"))])
    return _gaps(rows, _CARRIED, "Legs carry {gap:g} more from industry than the orders say.")


def _check_handed_over(books: Books) -> tuple[Breach, ...]:
    """Check that what is ordered under a contract, or free of one, is what is handed over under it."""
    handed = handovers_of(books).filter(is_sale()).select(*_AGREED, "quantity")
    ordered = orders_of(books).select("item", *_DAYS, -pl.col("quantity"), agreement="contract", giver="supplier",
                                  receiver="buyer")  # fmt: skip
    rows = pl.concat([handed, ordered.select(*_AGREED, "quantity")])
    return _gaps(rows, _AGREED, "Handovers are {gap:g} more than the orders say.")


def _gaps(rows: pl.DataFrame, keys: tuple[str, ...], sentence: str) -> tuple[Breach, ...]:
    """Return a breach where quantities with a sign do not sum to nothing."""
    sums = rows.group_by(keys).agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    broken = sums.with_columns(amount=pl.col("gap").abs()).filter(exceeds("amount", "size"))
    return report(broken, Rule.PURCHASE, sentence, "orders", keys)


def _check_covered(books: Books) -> tuple[Breach, ...]:
    """Check that each contract covers the order that names it: its parties, item, days and place of delivery."""
    rows = orders_of(books).filter(pl.col("contract").is_not_null())
    tests = {
        "supplier": pl.col("contract_supplier").ne_missing(pl.col("seller")),
        "buyer": pl.col("contract_buyer").ne_missing(pl.col("receiver")),
        "item": pl.col("contract_item").ne_missing(pl.col("item")),
        "days": (pl.col("starts") > pl.col("first")) | (pl.col("stops") < pl.col("last")),
        "place": pl.col("delivers_to").is_not_null() & (pl.col("delivers_to") != pl.col("leg_destination")),
    }
    found: tuple[Breach, ...] = ()
    for name, test in tests.items():
        wrong = rows.filter(test).with_columns(amount=pl.col("quantity"))
        found += report(wrong, Rule.CONTRACT_COVERS, f"{{contract}} does not cover it: the {name}.", "orders", _ORDER)
    return found


def _check_quantities(books: Books) -> tuple[Breach, ...]:
    """Check that under no contract more is bought than its firm quantity and its option, less receipts, have left."""
    rows = orders_of(books).filter(pl.col("left").is_not_null())
    sums = rows.group_by("contract").agg(pl.col("quantity").sum(), pl.col("left").first())
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("left")).filter(exceeds("amount", "quantity"))
    sentence = "{quantity:g} are bought under {contract}, which has {left:g} left."
    return report(broken, Rule.CONTRACT, sentence, "orders", ("contract",))


def _check_returns(books: Books) -> tuple[Breach, ...]:
    """Check that nothing of an item on a firm order goes back to industry, where it could be delivered twice.

    What waits for repair may go there; under contracts it is not sold.
    """
    ordered = firm_orders_of(books).filter(pl.col("firm_left") > 0)["contract_item"].implode()
    back = (pl.col("giver_kind") != "industry") & (pl.col("receiver_kind") == "industry")
    rows = shipments_of(books).with_columns(amount=pl.col("quantity"))
    waits = pl.col("condition") == "repairable"
    broken = rows.filter(is_sale() & waits) if "contracts" in books.case.given else rows.clear()
    again = rows.filter(back & ~waits & pl.col("item").is_in(ordered))
    sentence = "{item} is on a firm order and goes back to industry over {leg}."
    return report(again, Rule.RETURNS, sentence, "shipments", _CARRIED) + report(
        broken, Rule.CONTRACT_COVERS, "{item} that waits for repair is sold over {leg}.", "shipments", _CARRIED
    )


def _check_use(books: Books) -> tuple[Breach, ...]:
    """Check what those are given, and buy, over the whole plan that can only need it and hold it."""
    rows = _given_and_bought(books).join(_needed(books), on=_WHO, how="left")
    rows = rows.join(_wanted(books), on=_WHO, how="left").join(_ordered(books), on=_WHO, how="left")
    rows = rows.with_columns(pl.col("asked", "level", "ordered").fill_null(0.0))
    for exempt in (_gives_on(books), _components(books), _other_uses(books)):
        rows = rows.join(exempt, on=exempt.columns, how="anti")
    rows = rows.with_columns(most=pl.col("asked") + pl.col("level"))
    too_much = rows.with_columns(amount=pl.col("given") - pl.col("most")).filter(exceeds("amount", "given"))
    sentence = "{receiver} is given {given:g} of {item}, and {most:g} are all it needs and aims to hold."
    found = report(too_much, Rule.USE, sentence, "handovers", _WHO)
    rows = rows.with_columns(amount=pl.col("bought") - pl.col("most") - pl.col("ordered"))
    sentence = "{receiver} buys {bought:g} of {item}; {most:g} are all it needs and aims to hold, and {ordered:g} are "
    sentence += "firm or minimum orders."
    return found + report(rows.filter(exceeds("amount", "bought")), Rule.ENOUGH, sentence, "handovers", _WHO)


def _given_and_bought(books: Books) -> pl.DataFrame:
    """Return what each party is given of each item by nations and organisations, and what it buys from industry."""
    rows = handovers_of(books).filter(pl.col("receiver_kind") != "industry")
    sold = pl.col("giver_kind") == "industry"
    given, bought = (pl.col("quantity").filter(chosen).sum() for chosen in (~sold, sold))
    return rows.group_by(_WHO).agg(given=given, bought=bought)


def _ordered(books: Books) -> pl.DataFrame:
    """Return what contracts may bring beyond need: what is firm and due, and a minimum order of each."""
    rows = contracts_of(books).join(books.case["contracts"].select("contract", "minimum_order"), on="contract")
    rows = rows.filter((pl.col("stops") >= 0) & (pl.col("starts") <= books.horizon.last_day))
    firm = pl.when("is_due").then("firm_left").otherwise(0.0)
    least = pl.min_horizontal(pl.col("minimum_order").fill_null(0.0), pl.col("left") - pl.col("firm_left"))
    rows = rows.select(receiver="contract_buyer", item="contract_item", ordered=firm + least)
    return rows.group_by(_WHO).agg(pl.col("ordered").sum())


def _needed(books: Books) -> pl.DataFrame:
    """Return what needs at the places of each party ask for within the plan."""
    needs = books.case["needs"].select("need", "place", "item")
    owner = places_of(books).select("place", receiver="party")
    rows = occurrences_of(books).join(needs, on="need").join(owner, on="place")
    return rows.group_by(_WHO).agg(asked=pl.col("quantity").sum())


def _wanted(books: Books) -> pl.DataFrame:
    """Return the largest floor or objective of each party and item: its own, or that of its places together."""
    owner = places_of(books).select("place", owner="party")
    rows = levels_of(books).join(owner, on="place", how="left").with_columns(receiver=pl.coalesce("party", "owner"))
    rows = rows.with_columns(level=pl.max_horizontal("floor", "objective").fill_null(0.0))
    alone = pl.col("level").filter(pl.col("place").is_null()).sum()
    sums = rows.group_by(*_WHO, "bucket").agg(alone=alone, places=pl.col("level").sum() - alone)
    return sums.group_by(_WHO).agg(level=pl.max_horizontal("alone", "places").max())


def _gives_on(books: Books) -> pl.DataFrame:
    """Return the parties and items that legs may take to others: free, as an ask, or under a pledge."""
    case = books.case
    start = places_of(books).select(origin="place", receiver="party")
    end = places_of(books).select(destination="place", taker="party", taker_kind="party_kind")
    legs = (
        case["legs"].select("origin", "destination", only="item").join(start, on="origin").join(end, on="destination")
    )
    ways = legs.filter(pl.col("receiver") != pl.col("taker")).join(case["items"].select("item"), how="cross")
    ways = ways.filter(pl.col("only").is_null() | (pl.col("only") == pl.col("item")))
    free = pl.lit("pledges" not in case.given or case.scenario.gifts == "open") | (pl.col("taker_kind") == "industry")
    may = pledges_of(books).filter("is_open").select("recipient", receiver="donor", item="pledge_item")
    pledged = ways.filter(~free).join(may, on=_WHO)
    pledged = pledged.filter(pl.col("recipient").is_null() | (pl.col("recipient") == pl.col("taker")))
    return pl.concat([ways.filter(free).select(_WHO), pledged.select(_WHO)]).unique()


def _components(books: Books) -> pl.DataFrame:
    """Return the parties and items that processes at their places take."""
    places = books.case["processes"].select("process", "place").join(places_of(books), on="place")
    rows = books.case["components"].select("process", "item").join(places, on="process")
    return rows.select("item", receiver="party").unique()


def _other_uses(books: Books) -> pl.DataFrame:
    """Return the items with a shelf life, or a lot with a last day of use, and those for kits or in place of others."""
    case = books.case
    items = case["items"].filter(pl.col("shelf_life_days").is_not_null()).select("item")
    lots = case["stocks"].filter(pl.col("expires_on").is_not_null()).select("item")
    instead = case["substitutes"].select(item="substitute")
    return pl.concat([items, lots, case["kits"].select(item="component"), instead]).unique()
