"""Pledges: what changes owner, what covers it, how much pledges have left, and what is asked beyond them."""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import Books, levels_of, once, places_of, pledges_of, to_day, with_bucket, with_item
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.legs import arrivals_of, shipments_of
from scorta.verify.production import makings_of
from scorta.verify.stocks import opening_of, receipts_of

_GROUP = ("giver", "receiver", "item", "reserved_for", "bucket", "leaves_from", "leaves_until")
_HANDOVER = ("agreement", "basis", *_GROUP)
_ASK = ("giver", "receiver", "item")
_GIVER = ("giver", "item")


@once
def handovers_of(books: Books) -> pl.DataFrame:
    """Return the handovers, each with the kinds of its parties and its item."""
    giver = books.case["parties"].select(giver="party", giver_kind="kind")
    receiver = books.case["parties"].select(receiver="party", receiver_kind="kind")
    rows = with_item(books, books.plan["handovers"]).join(giver, on="giver", how="left", maintain_order="left")
    rows = rows.join(receiver, on="receiver", how="left", maintain_order="left")
    return with_bucket(books, rows)


def check_pledges(books: Books) -> tuple[Breach, ...]:
    """Check that every change of owner is in the handovers, rightly covered, within what pledges and surplus allow."""
    return (
        _check_values(books)
        + _check_sums(books)
        + _check_bases(books)
        + _check_covered(books)
        + _check_quantities(books)
        + _check_reservations(books)
        + _check_asks(books)
        + _check_surplus(books)
    )


def _check_values(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the handovers: its value. Its days are those of shipments."""
    expected = {"value_eur": pl.col("quantity") * pl.col("worth")}
    return mismatches(handovers_of(books), "handovers", _HANDOVER, expected)


def _check_sums(books: Books) -> tuple[Breach, ...]:
    """Check that the handovers are what the shipments carry from party to party."""
    crossing = shipments_of(books).filter(pl.col("giver") != pl.col("receiver")).drop("reserved_for")
    carried = crossing.rename({"arrives_for": "reserved_for"}).select(*_GROUP, "quantity")
    stated = handovers_of(books).select(*_GROUP, -pl.col("quantity"))
    sums = (
        pl.concat([carried, stated])
        .group_by(_GROUP)
        .agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    )
    broken = sums.with_columns(amount=pl.col("gap").abs()).filter(exceeds("amount", "size"))
    sentence = "Shipments carry {gap:g} more from {leaves_from} to {leaves_until} than the handovers say."
    return report(broken, Rule.HANDOVER, sentence, "handovers", _GROUP)


def _check_bases(books: Books) -> tuple[Breach, ...]:
    """Check that gifts and purchases are covered where the case has pledges and contracts, and all else is free."""
    sold, taken = pl.col("giver_kind") == "industry", pl.col("receiver_kind") == "industry"
    bound = ~sold & ~taken & pl.lit("pledges" in books.case.given)
    bought = sold & ~taken & pl.lit("contracts" in books.case.given)
    covers = ["pledge", "ask"] if books.case.scenario.gifts == "open" else ["pledge"]
    right = (
        pl.when(bound)
        .then(pl.col("basis").is_in(covers))
        .when(bought)
        .then(pl.col("basis") == "contract")
        .otherwise(pl.col("basis") == "free")
    )
    named = pl.col("basis").is_in(["pledge", "contract"]) == pl.col("agreement").is_not_null()
    wrong = handovers_of(books).filter(~right | ~named).with_columns(amount=pl.col("quantity"))
    sentence = "A handover from {giver} to {receiver} cannot stand on the basis {basis}, agreement {agreement}."
    return report(wrong, Rule.BASIS, sentence, "handovers", _HANDOVER)


@once
def _pledged(books: Books) -> pl.DataFrame:
    """Return the handovers that name a pledge, each with that pledge."""
    pledges = pledges_of(books).rename({"pledge": "agreement"})
    sites = books.case["needs"].select(reserved_for="need", site="place")
    days = {"from_day": to_day("leaves_from", books.horizon), "until_day": to_day("leaves_until", books.horizon)}
    rows = handovers_of(books).filter(pl.col("basis") == "pledge").with_columns(**days)
    rows = rows.join(pledges, on="agreement", how="left")
    return rows.join(sites, on="reserved_for", how="left")


def _check_covered(books: Books) -> tuple[Breach, ...]:
    """Check that each pledge covers the handover that names it: its parties, item, days and reservation."""
    for_it = (pl.col("reserved_for") == pl.col("only_for")) | (pl.col("site") == pl.col("only_for"))
    tests = {
        "donor": pl.col("donor").ne_missing(pl.col("giver")),
        "recipient": pl.col("recipient").is_not_null() & (pl.col("recipient") != pl.col("receiver")),
        "item": pl.col("pledge_item").ne_missing(pl.col("item")),
        "dates": (pl.col("opens") > pl.col("from_day")) | (pl.col("closes") < pl.col("until_day")),
        "only_for": pl.col("only_for").is_not_null() & ~for_it.fill_null(False),
    }
    pledged = _pledged(books)
    failed = pledged.select(test.any().alias(name) for name, test in tests.items()).row(0, named=True)
    found: tuple[Breach, ...] = ()
    for name in [name for name, fails in failed.items() if fails]:
        wrong = pledged.filter(tests[name]).with_columns(amount=pl.col("quantity"))
        found += report(
            wrong, Rule.PLEDGE_COVERS, f"The {name} of {{agreement}} do not cover it.", "handovers", _HANDOVER
        )
    return found


def _check_quantities(books: Books) -> tuple[Breach, ...]:
    """Check that no pledge gives more than it states, less what was delivered and what receipts name it."""
    sums = _pledged(books).group_by("agreement").agg(pl.col("quantity").sum(), pl.col("left").first().fill_null(0.0))
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("left")).filter(exceeds("amount", "quantity"))
    sentence = "{agreement} gives {quantity:g}, and {left:g} are left of it."
    return report(broken, Rule.PLEDGE, sentence, "handovers", ("agreement",))


def _check_reservations(books: Books) -> tuple[Breach, ...]:
    """Check that a reservation stays as it is, save where a pledge reserves free goods at the handover."""
    changed = pl.col("arrives_for").ne_missing(pl.col("reserved_for"))
    where = ("leg", "item", "reserved_for", "arrives_for", "bucket", "leaves_from")
    may = (pl.col("giver") != pl.col("receiver")) & pl.col("reserved_for").is_null()
    may &= pl.col("condition") == "serviceable"
    wrong = shipments_of(books).filter(changed & ~may).with_columns(amount=pl.col("quantity"))
    sentence = "Goods reserved for {reserved_for} arrive for {arrives_for}."
    newly = shipments_of(books).filter(changed & may).drop("reserved_for").rename({"arrives_for": "reserved_for"})
    given = _pledged(books).filter(pl.col("only_for") == pl.col("reserved_for"))
    rows = pl.concat([newly.select(*_GROUP, "quantity"), given.select(*_GROUP, -pl.col("quantity"))])
    sums = rows.group_by(_GROUP).agg(amount=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    return report(wrong, Rule.RESERVED, sentence, "shipments", where) + report(
        sums.filter(exceeds("amount", "size")),
        Rule.RESERVED,
        "{amount:g} are reserved for {reserved_for} by no pledge.",
        "shipments",
        _GROUP,
    )


def _check_asks(books: Books) -> tuple[Breach, ...]:
    """Check that the asks are the sums of the handovers that no pledge covers."""
    asked = handovers_of(books).filter(pl.col("basis") == "ask")
    sums = asked.group_by(_ASK).agg(
        total=pl.col("quantity").sum(),
        first=pl.col("leaves_from").min(),
        last=pl.col("leaves_until").max(),
        worth=pl.col("worth").first(),
    )
    rows = books.plan["asks"].with_columns(listed=True).join(sums, on=_ASK, how="full", coalesce=True)
    expected = {
        "quantity": pl.col("total"),
        "leaves_from": pl.col("first"),
        "leaves_until": pl.col("last"),
        "value_eur": pl.col("total") * pl.col("worth"),
    }
    return mismatches(rows, "asks", _ASK, expected)


def _check_surplus(books: Books) -> tuple[Breach, ...]:
    """Check what is asked of free goods; goods reserved for a need serve nothing else and may be asked for in full."""
    asked = handovers_of(books).filter((pl.col("basis") == "ask") & pl.col("reserved_for").is_null())
    if asked.is_empty():
        return ()
    rows = asked.group_by(_GIVER).agg(pl.col("quantity").sum())
    still = pledges_of(books).filter("is_open")
    parts = {
        "held": _held_first(books),
        "floor": _largest_floors(books),
        "pledged": still.group_by(giver="donor", item="pledge_item").agg(quantity=pl.col("left").sum()),
        "comes": _comes_in(books),
    }
    for name, part in parts.items():
        rows = rows.join(part.rename({"quantity": name}), on=_GIVER, how="left").with_columns(pl.col(name).fill_null(0))
    surplus = (pl.col("held") - pl.col("floor") - pl.col("pledged")).clip(lower_bound=0)
    rows = rows.with_columns(most=surplus + pl.col("comes"), scale=pl.col("held") + pl.col("comes"))
    broken = rows.with_columns(amount=pl.col("quantity") - pl.col("most")).filter(exceeds("amount", "scale"))
    sentence = "{quantity:g} are asked of {giver}, and {most:g} is the most it can give beyond its floor and pledges."
    return report(broken, Rule.ASK, sentence, "asks", _GIVER)


def _by_giver(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add up what is at places by their owner."""
    owned = rows.join(places_of(books).select("place", giver="party"), on="place")
    return owned.group_by(_GIVER).agg(pl.col("quantity").sum())


def _held_first(books: Books) -> pl.DataFrame:
    """Return what each party holds on the first day, serviceable and free, and what receipts bring within the plan."""
    columns = ("place", "item", "quantity")
    free = opening_of(books).filter(pl.col("reserved_for").is_null(), pl.col("condition") == "serviceable")
    return _by_giver(books, pl.concat([free.select(columns), receipts_of(books).select(columns)]))


def _comes_in(books: Books) -> pl.DataFrame:
    """Return what each party makes within the plan, and what others bring to it free of reservations.

    A handover does not say whether its goods wait for repair: those that lie there count with what comes.
    """
    columns = ("place", "item", "quantity")
    arrived = arrivals_of(books).filter(pl.col("giver") != pl.col("receiver"))
    arrived = arrived.filter(~pl.col("wasted") & pl.col("reserved_for").is_null())
    waiting = opening_of(books).filter(pl.col("condition") == "repairable")
    return _by_giver(books, pl.concat([rows.select(columns) for rows in (makings_of(books), arrived, waiting)]))


def _largest_floors(books: Books) -> pl.DataFrame:
    """Return the largest floor of each party and item: its own, or that of its places together."""
    owner = places_of(books).select("place", owner="party")
    rows = levels_of(books).join(owner, on="place", how="left").with_columns(giver=pl.coalesce("party", "owner"))
    floor = pl.col("floor").fill_null(0.0)
    sums = rows.group_by(*_GIVER, "bucket").agg(
        whole=floor.filter(pl.col("place").is_null()).max().fill_null(0.0),
        places=floor.filter(pl.col("place").is_not_null()).sum(),
    )
    return sums.group_by(_GIVER).agg(quantity=pl.max_horizontal("whole", "places").max())
