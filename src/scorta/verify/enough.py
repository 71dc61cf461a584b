"""Enough: nobody is given, or buys, more of an item than its needs ask for and its largest level holds."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.agreeing import lay_contracts
from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, report
from scorta.verify.spans import to_day

_WHOSE = ("receiver", "item")


def check_use(books: Books, holders: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what those are given, and buy, over the whole plan that can only need it and hold it."""
    rows = _received(books).join(_asked(books), on=_WHOSE, how="left")
    rows = rows.join(_levels(books, holders), on=_WHOSE, how="left").join(_ordered(books), on=_WHOSE, how="left")
    rows = rows.with_columns(pl.col("asked", "level", "ordered").fill_null(0.0))
    for exempt in (_gives_on(books), _used(books), _other_uses(books)):
        rows = rows.join(exempt, on=exempt.columns, how="anti")
    rows = rows.with_columns(most=pl.col("asked") + pl.col("level"))
    too_much = rows.with_columns(amount=pl.col("given") - pl.col("most")).filter(exceeds("amount", "given"))
    sentence = "{receiver} is given {given:g} of {item}, and {most:g} are all it needs and aims to hold."
    found = report(too_much, "use", sentence, "handovers", _WHOSE)
    rows = rows.with_columns(amount=pl.col("bought") - pl.col("most") - pl.col("ordered"))
    sentence = "{receiver} buys {bought:g} of {item}; {most:g} are all it needs and aims to hold, and {ordered:g} are "
    sentence += "firm or minimum orders."
    return found + report(rows.filter(exceeds("amount", "bought")), "enough", sentence, "handovers", _WHOSE)


def _received(books: Books) -> pl.DataFrame:
    """Return what each party is given of each item by nations and organisations, and what it buys from industry."""
    rows = books.handovers.filter(pl.col("receiver_kind") != "industry")
    sold = pl.col("giver_kind") == "industry"
    given, bought = (pl.col("quantity").filter(chosen).sum() for chosen in (~sold, sold))
    return rows.group_by(_WHOSE).agg(given=given, bought=bought)


def _ordered(books: Books) -> pl.DataFrame:
    """Return what contracts may bring beyond need: what is firm and due, and a minimum order of each."""
    rows = lay_contracts(books.case).join(books.case["contracts"].select("contract", "minimum_order"), on="contract")
    rows = rows.filter((pl.col("stops") >= 0) & (pl.col("starts") <= books.horizon.last_day))
    firm = pl.when("is_due").then("firm_left").otherwise(0.0)
    least = pl.min_horizontal(pl.col("minimum_order").fill_null(0.0), pl.col("grant") - pl.col("firm_left"))
    rows = rows.select(receiver="contract_buyer", item="contract_item", ordered=firm + least)
    return rows.group_by(_WHOSE).agg(pl.col("ordered").sum())


def _asked(books: Books) -> pl.DataFrame:
    """Return what needs at the places of each party ask for within the plan."""
    needs = books.case["needs"].select("need", "place", "item")
    owner = books.places.select("place", receiver="party")
    rows = books.occurrences.join(needs, on="need").join(owner, on="place")
    return rows.group_by(_WHOSE).agg(asked=pl.col("quantity").sum())


def _levels(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return the largest floor or objective of each party and item: its own, or that of its places together."""
    owner = books.places.select("place", owner="party")
    rows = holders.join(owner, on="place", how="left").with_columns(receiver=pl.coalesce("party", "owner"))
    rows = rows.with_columns(level=pl.max_horizontal("floor", "objective").fill_null(0.0))
    alone = pl.col("level").filter(pl.col("place").is_null()).sum()
    sums = rows.group_by(*_WHOSE, "bucket").agg(alone=alone, places=pl.col("level").sum() - alone)
    return sums.group_by(_WHOSE).agg(level=pl.max_horizontal("alone", "places").max())


def _gives_on(books: Books) -> pl.DataFrame:
    """Return the parties and items that legs may take to others: free, as an ask, or under a pledge."""
    case = books.case
    start = books.places.select(origin="place", receiver="party")
    end = books.places.select(destination="place", taker="party", taker_kind="party_kind")
    legs = (
        case["legs"].select("origin", "destination", only="item").join(start, on="origin").join(end, on="destination")
    )
    ways = legs.filter(pl.col("receiver") != pl.col("taker")).join(case["items"].select("item"), how="cross")
    ways = ways.filter(pl.col("only").is_null() | (pl.col("only") == pl.col("item")))
    free = pl.lit("pledges" not in case.given or case.scenario.gifts == "open") | (pl.col("taker_kind") == "industry")
    pledged = ways.filter(~free).join(_pledges(case), on=_WHOSE)
    pledged = pledged.filter(pl.col("recipient").is_null() | (pl.col("recipient") == pl.col("taker")))
    return pl.concat([ways.filter(free).select(_WHOSE), pledged.select(_WHOSE)]).unique()


def _pledges(case: Case) -> pl.DataFrame:
    """Return the pledges that may still be given under."""
    is_open = ~pl.col("state").is_in(["withdrawn", "delivered"]) & (pl.col("quantity_state") == "known")
    is_open &= to_day("available_until", case.horizon) >= 0
    return case["pledges"].filter(is_open).select("item", "recipient", receiver="donor")


def _used(books: Books) -> pl.DataFrame:
    """Return the parties and items that processes at their places take."""
    places = books.case["processes"].select("process", "place").join(books.places, on="place")
    rows = books.case["components"].select("process", "item").join(places, on="process")
    return rows.select("item", receiver="party").unique()


def _other_uses(books: Books) -> pl.DataFrame:
    """Return the items with a shelf life, or a lot with a last day of use, and those for kits or in place of others."""
    case = books.case
    items = case["items"].filter(pl.col("shelf_life_days").is_not_null()).select("item")
    lots = case["stocks"].filter(pl.col("expires_on").is_not_null()).select("item")
    instead = case["substitutes"].select(item="substitute")
    return pl.concat([items, lots, case["kits"].select(item="component"), instead]).unique()
