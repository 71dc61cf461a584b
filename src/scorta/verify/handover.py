"""Handovers: what changes owner, what covers it, how much the pledges grant, and what is asked beyond them."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.spans import to_day

_GROUP = ("giver", "receiver", "item", "reserved_for", "bucket", "leaves_from", "leaves_until")
_KEY = ("agreement", "basis", *_GROUP)
_ASK = ("giver", "receiver", "item")


def check_handovers(books: Books) -> tuple[Breach, ...]:
    """Check that every change of owner is in the handovers, rightly covered, and within what the pledges grant."""
    pledged = _pledged(books)
    return (
        _check_rows(books)
        + _check_sums(books)
        + _check_basis(books)
        + _check_pledges(pledged)
        + _check_grants(books, pledged)
        + _check_reservations(books, pledged)
        + _check_asks(books)
    )


def _check_rows(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the handovers: its value. Its days are those of shipments."""
    expected = {"value_eur": pl.col("quantity") * pl.col("worth")}
    return mismatches(books.handovers, "handovers", _KEY, expected)


def _crossing(books: Books) -> pl.DataFrame:
    """Return the shipments that leave the places of one party for a place of another."""
    return books.shipments.filter(pl.col("giver") != pl.col("receiver"))


def _check_sums(books: Books) -> tuple[Breach, ...]:
    """Check that the handovers are what the shipments carry from party to party."""
    carried = _crossing(books).drop("reserved_for").rename({"arrives_for": "reserved_for"}).select(*_GROUP, "quantity")
    stated = books.handovers.select(*_GROUP, -pl.col("quantity"))
    sums = (
        pl.concat([carried, stated])
        .group_by(_GROUP)
        .agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    )
    broken = sums.with_columns(amount=pl.col("gap").abs()).filter(exceeds("amount", "size"))
    sentence = "Shipments carry {gap:g} more from {leaves_from} to {leaves_until} than the handovers say."
    return report(broken, "handover", sentence, "handovers", _GROUP)


def _check_basis(books: Books) -> tuple[Breach, ...]:
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
    wrong = books.handovers.filter(~right | ~named).with_columns(amount=pl.col("quantity"))
    sentence = "A handover from {giver} to {receiver} cannot stand on the basis {basis}, agreement {agreement}."
    return report(wrong, "handover", sentence, "handovers", _KEY)


def _pledged(books: Books) -> pl.DataFrame:
    """Return the handovers that name a pledge, each with that pledge."""
    horizon = books.horizon
    pledges = books.case["pledges"].select(
        "donor",
        "recipient",
        "quantity_state",
        "delivered_quantity",
        "state",
        "only_for",
        agreement="pledge",
        pledge_item="item",
        said="quantity",
        opens=to_day("available_from", horizon, 0),
        closes=to_day("available_until", horizon),
    )
    sites = books.case["needs"].select(reserved_for="need", site="place")
    days = {"leaves": to_day("leaves_from", horizon), "left": to_day("leaves_until", horizon)}
    rows = books.handovers.filter(pl.col("basis") == "pledge").with_columns(**days)
    rows = rows.join(pledges, on="agreement", how="left")
    return rows.join(sites, on="reserved_for", how="left")


def _check_pledges(pledged: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that each pledge covers the handover that names it: its parties, item, days and reservation."""
    for_it = (pl.col("reserved_for") == pl.col("only_for")) | (pl.col("site") == pl.col("only_for"))
    tests = {
        "donor": pl.col("donor").ne_missing(pl.col("giver")),
        "recipient": pl.col("recipient").is_not_null() & (pl.col("recipient") != pl.col("receiver")),
        "item": pl.col("pledge_item").ne_missing(pl.col("item")),
        "dates": (pl.col("opens") > pl.col("leaves")) | (pl.col("closes") < pl.col("left")),
        "only_for": pl.col("only_for").is_not_null() & ~for_it.fill_null(False),
    }
    failed = pledged.select(test.any().alias(name) for name, test in tests.items()).row(0, named=True)
    found: tuple[Breach, ...] = ()
    for name in [name for name, fails in failed.items() if fails]:
        wrong = pledged.filter(tests[name]).with_columns(amount=pl.col("quantity"))
        found += report(wrong, "pledge", f"The {name} of {{agreement}} do not cover it.", "handovers", _KEY)
    return found


def _check_grants(books: Books, pledged: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no pledge gives more than it states, less what was delivered and what receipts name it."""
    due = books.case["receipts"].group_by(agreement="pledge").agg(due=pl.col("quantity").sum())
    rows = pledged.join(due, on="agreement", how="left")
    void = pl.col("said").is_null() | (pl.col("quantity_state") != "known")
    void |= pl.col("state").is_in(["withdrawn", "delivered"])
    left = pl.col("said") - pl.col("delivered_quantity").fill_null(0.0) - pl.col("due").fill_null(0.0)
    rows = rows.with_columns(grant=pl.when(void).then(0.0).otherwise(left.clip(lower_bound=0.0)))
    sums = rows.group_by("agreement").agg(pl.col("quantity").sum(), pl.col("grant").first())
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("grant")).filter(exceeds("amount", "quantity"))
    sentence = "{agreement} gives {quantity:g}, and grants {grant:g}."
    return report(broken, "pledge", sentence, "handovers", ("agreement",))


def _check_reservations(books: Books, pledged: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that a reservation stays as it is, save where a pledge reserves free goods at the handover."""
    changed = pl.col("arrives_for").ne_missing(pl.col("reserved_for"))
    where = ("leg", "item", "reserved_for", "arrives_for", "bucket", "leaves_from")
    may = (pl.col("giver") != pl.col("receiver")) & pl.col("reserved_for").is_null()
    may &= pl.col("condition") == "serviceable"
    wrong = books.shipments.filter(changed & ~may).with_columns(amount=pl.col("quantity"))
    sentence = "Goods reserved for {reserved_for} arrive for {arrives_for}."
    newly = books.shipments.filter(changed & may).drop("reserved_for").rename({"arrives_for": "reserved_for"})
    given = pledged.filter(pl.col("only_for") == pl.col("reserved_for"))
    rows = pl.concat([newly.select(*_GROUP, "quantity"), given.select(*_GROUP, -pl.col("quantity"))])
    sums = rows.group_by(_GROUP).agg(amount=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    return report(wrong, "reserved", sentence, "shipments", where) + report(
        sums.filter(exceeds("amount", "size")),
        "reserved",
        "{amount:g} are reserved for {reserved_for} by no pledge.",
        "shipments",
        _GROUP,
    )


def _check_asks(books: Books) -> tuple[Breach, ...]:
    """Check that the asks are the sums of the handovers that no pledge covers."""
    asked = books.handovers.filter(pl.col("basis") == "ask")
    sums = asked.group_by(_ASK).agg(
        total=pl.col("quantity").sum(),
        first=pl.col("leaves_from").min(),
        last=pl.col("leaves_until").max(),
        worth=pl.col("worth").first(),
    )
    rows = books.asks.with_columns(listed=True).join(sums, on=_ASK, how="full", coalesce=True)
    expected = {
        "quantity": pl.col("total"),
        "leaves_from": pl.col("first"),
        "leaves_until": pl.col("last"),
        "value_eur": pl.col("total") * pl.col("worth"),
    }
    return mismatches(rows, "asks", _ASK, expected)
