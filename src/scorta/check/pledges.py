"""Pledges: whether what was promised, disclosed and delivered fits together, and which needs lack one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.check.book import Book, Check, stretches
from scorta.check.legs import sources
from scorta.check.needs import IS_OPEN
from scorta.check.sheet import Papers, blank, filled
from scorta.languages import mark
from scorta.tables import FindingKind, Phrase
from scorta.tables.findings import phrase

_STATE = filled("pledges", "quantity_state")
_IS_HIDDEN = _STATE.is_in(["undisclosed", "value_only"])

CHECKS = (
    Check(
        FindingKind(
            "pledge-without-quantity",
            "error",
            "The pledge {pledge} has no quantity, though it says that the quantity is known.",
            "Fill the quantity, or write undisclosed or value_only in quantity_state.",
            "A pledge lacks its quantity and does not say that it was not disclosed.",
        ),
        "pledges",
        "quantity",
        when=(_STATE == "known") & blank("quantity") & pl.col("pledge").is_not_null(),
    ),
    Check(
        FindingKind(
            "pledge-hides-quantity",
            "warning",
            "The pledge {pledge} gives a quantity of {value}, though its quantity_state is {state}.",
            "Write known in quantity_state if the quantity may be planned; else remove it.",
            "A pledge gives a quantity and says that it gave none; nothing of it is planned.",
        ),
        "pledges",
        "quantity",
        when=_IS_HIDDEN & pl.col("quantity").is_not_null(),
        words={"state": _STATE},
    ),
    Check(
        FindingKind(
            "delivered-above-pledge",
            "error",
            "The pledge {pledge} has delivered {value}, more than the {quantity} it pledged.",
            "Raise the quantity, or correct what was delivered.",
            "More was delivered under a pledge than it holds.",
        ),
        "pledges",
        "delivered_quantity",
        when=pl.col("delivered_quantity") > pl.col("quantity"),
    ),
    Check(
        FindingKind(
            "delivered-with-remainder",
            "warning",
            "The pledge {pledge} is delivered, though {value} of {quantity} have arrived.",
            "Correct its state or its delivered_quantity: a delivered pledge grants nothing more.",
            "A pledge is said to be delivered while a part of it is still to come.",
        ),
        "pledges",
        "delivered_quantity",
        when=(pl.col("state") == "delivered") & (pl.col("delivered_quantity") < pl.col("quantity")),
    ),
    Check(
        FindingKind(
            "donor-is-recipient",
            "error",
            "The pledge {pledge} gives from {value} to {value}.",
            "Correct the donor or the recipient.",
            "A pledge names the same party as donor and recipient.",
        ),
        "pledges",
        "recipient",
        when=pl.col("donor") == pl.col("recipient"),
    ),
)
"""What is looked at in each pledge by itself."""

NO_PLEDGES = FindingKind(
    "no-pledges",
    "warning",
    "The table has no row, so nobody gives anything to anybody.",
    'Fill it, write `gifts = "open"` in the scenario, or remove the file: without it gifts need no pledge.',
    "Gifts are within pledges, and the table of pledges is there but empty.",
)
UNDISCLOSED_PLEDGES = FindingKind(
    "undisclosed-pledges",
    "note",
    "{number} pledges state no quantity that can be planned: rows {rows}.",
    "Ask the donors for the quantities that matter.",
    "Pledges whose quantity was not disclosed, or only their value: they grant nothing in a plan.",
    one="{number} pledge states no quantity that can be planned: row {rows}.",
)
NEED_NOT_COVERED = FindingKind(
    "need-not-covered",
    "warning",
    "No pledges bring {item} to {place} for the need {need}: it would have to be pledged {lacks}.",
    "Add what is promised to pledges, or expect the need to stay unmet.",
    "Legs could supply an open need, but on every way goods change owner where no pledge of a known quantity "
    "covers it; the fewest pledges that are missing are named.",
)

Bools = npt.NDArray[np.bool_]

Numbers = npt.NDArray[np.signedinteger[Any]]

_LACKS = pl.List(pl.List(pl.String))
"""Who would have to pledge to whom, each a giver and a receiver."""

_CELLS = 5_000_000
"""Items times sites that are looked at in one go."""

_FIRST = 10_000
"""Rows of stocks that are looked at before all are: what these cover, more rows cover too."""


def check_pledges(papers: Papers, book: Book) -> None:
    """Say that nobody gives anything, and which pledges state no quantity."""
    sheet = papers.view("pledges", [blank("quantity")])
    if "pledges" in papers.sheets and sheet.frame.is_empty() and papers.scenario and papers.scenario.gifts == "pledged":
        book.say(NO_PLEDGES, sheet.file)
    rows = sheet.frame.filter(_IS_HIDDEN & blank("quantity"))["row"]
    if len(rows):
        book.say(UNDISCLOSED_PLEDGES, sheet.file, None, "quantity_state", number=len(rows), rows=stretches(rows))


@dataclass(frozen=True, slots=True)
class _Ways:
    """The legs between parties: from site to site, for some items at once.

    `carries` and `covers` tell for each way which items it may carry, and for which of these nothing more need be
    pledged; `parties` say who would have to pledge to whom.
    """

    origin: Numbers
    destination: Numbers
    carries: list[Bools]
    covers: list[Bools]
    parties: list[tuple[str, str]]


def check_cover(papers: Papers, book: Book) -> None:
    """Say of each open need that legs could supply, but no chain of pledges, who would have to pledge what."""
    pledged = papers.scenario is not None and papers.scenario.gifts == "pledged" and "pledges" in papers.sheets
    if not pledged or papers["legs"].frame.is_empty():
        return
    needs, places = papers["needs"], _sites(papers)
    asked = needs.frame.with_row_index("at").filter(IS_OPEN).select("at", "item", "place")
    left = asked.drop_nulls("item").join(places, on="place").with_columns(lacks=pl.lit(None, _LACKS))
    for most in (_FIRST, None):
        if not left.is_empty():
            left = _uncovered(papers, places, sources(papers, most), left.drop("lacks"))
    found = left.filter(pl.col("lacks").list.len() > 0).sort("at")
    book.at(
        NEED_NOT_COVERED, needs, found["at"], "place", lacks=[_lacking(pairs) for pairs in found["lacks"].to_list()]
    )


def _lacking(pairs: list[list[str]]) -> Phrase:
    """Say who would have to pledge to whom, in the order in which goods would go."""
    first, *others = (phrase(mark("from {giver} to {receiver}"), giver=one, receiver=other) for one, other in pairs)
    for other in others:
        first = phrase(mark("{first} and {other}"), first=first, other=other)
    return first


def _uncovered(papers: Papers, places: pl.DataFrame, there: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return the needs that what is there does not reach under pledges, and what lacks where legs would bring it."""
    start = there.join(places, on="place").select("item", "site").unique()
    left = asked.join(start, on=["item", "site"], how="anti")
    lacking = pl.DataFrame(
        [*_lacks(papers, places, start, left)], {"item": pl.String, "site": pl.Int64, "lacks": _LACKS}, orient="row"
    )
    return left.join(lacking, on=["item", "site"])


def _sites(papers: Papers) -> pl.DataFrame:
    """Return the places with their party and their site: the places of one party that its legs join."""
    places = papers["places"].frame.select("place", "party").drop_nulls().unique("place", maintain_order=True)
    number = places.with_row_index("number")
    legs = papers["legs"].frame.select("origin", "destination").unique()
    legs = legs.join(number, left_on="origin", right_on="place").join(number, left_on="destination", right_on="place")
    own = legs.filter(pl.col("party") == pl.col("party_right"))
    one, other, site = own["number"].to_numpy(), own["number_right"].to_numpy(), np.arange(len(places))
    while True:
        before, least = site.copy(), np.minimum(site[one], site[other])
        np.minimum.at(site, one, least)
        np.minimum.at(site, other, least)
        site = site[site]
        if (site == before).all():
            return places.with_columns(site=pl.Series(np.unique(site, return_inverse=True)[1], dtype=pl.Int64))


def _lacks(
    papers: Papers, places: pl.DataFrame, start: pl.DataFrame, left: pl.DataFrame
) -> Iterator[tuple[str, int, list[tuple[str, str]]]]:
    """Yield of each item and site not reached under pledges which of them lack, some items at a time."""
    crossings, pledges = _crossings(papers, places), _granting(papers)
    items, sites = left["item"].unique().sort(), max(places["site"].n_unique(), 1)
    for chunk in items.to_frame().iter_slices(max(_CELLS // sites, 1)):
        number = chunk.with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64))
        there, wanted = (_mask(rows, number, sites) for rows in (start, left))
        ways = _ways(crossings, pledges.join(number, on="item"), number)
        codes, (reached, covered) = chunk["item"].to_list(), _reach(there, wanted, ways)
        for site, item in np.argwhere(wanted & ~covered).tolist():
            yield codes[item], site, _missing(reached, ways, site, item)


def _mask(rows: pl.DataFrame, number: pl.DataFrame, sites: int) -> Bools:
    """Return which items stand at which sites (site x item)."""
    at = rows.join(number, on="item")
    mask = np.zeros((sites, len(number)), dtype=np.bool_)
    mask[at["site"].to_numpy(), at["number"].to_numpy()] = True
    return mask


def _crossings(papers: Papers, places: pl.DataFrame) -> pl.DataFrame:
    """Return between which sites and parties legs carry what (`only`, or anything), and which way is free."""
    industry = papers["parties"].frame.filter(pl.col("kind") == "industry")["party"]
    origin = places.rename({"place": "origin", "party": "giver"})
    destination = places.rename({"place": "destination", "party": "receiver", "site": "to"})
    legs = papers["legs"].frame.select("origin", "destination", only="item").unique()
    rows = legs.join(origin, on="origin").join(destination, on="destination")
    rows = rows.filter(pl.col("giver") != pl.col("receiver")).drop("origin", "destination").unique()
    free = pl.any_horizontal(pl.col("giver", "receiver").is_in(industry.implode()))
    return rows.with_columns(free=free).sort("giver", "receiver", "site", "to", "only")


def _granting(papers: Papers) -> pl.DataFrame:
    """Return who pledges what to whom (to anyone, if empty), of the pledges that still grant something."""
    rows = papers["pledges"].frame
    left = pl.col("quantity") - pl.col("delivered_quantity").fill_null(0.0)
    is_granting = ~filled("pledges", "state").is_in(["withdrawn", "delivered"]) & (left > 0)
    is_granting &= filled("pledges", "quantity_state") == "known"
    return rows.filter(is_granting).select("donor", "recipient", "item").unique()


def _ways(crossings: pl.DataFrame, pledges: pl.DataFrame, number: pl.DataFrame) -> _Ways:
    """Tell for each way which of some items it may carry and which are covered."""
    size, codes = len(number), dict(number.iter_rows())
    granted: dict[tuple[str, str | None], Bools] = {}
    for (donor, recipient), rows in pledges.group_by("donor", "recipient"):
        mask = granted.setdefault((str(donor), None if recipient is None else str(recipient)), np.zeros(size, np.bool_))
        mask[rows["number"].to_numpy()] = True
    every, nothing = np.ones(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    carries, covers, parties = [], [], []
    pairs: dict[tuple[str, str], Bools] = {}
    for giver, receiver, only, free in crossings.select("giver", "receiver", "only", "free").iter_rows():
        if (giver, receiver) not in pairs:
            pledged = granted.get((giver, receiver), nothing) | granted.get((giver, None), nothing)
            pairs[giver, receiver] = every if free else pledged
        carried = every if only is None else np.arange(size) == codes.get(only, -1)
        carries.append(carried)
        covers.append(pairs[giver, receiver] if only is None else carried & pairs[giver, receiver])
        parties.append((giver, receiver))
    return _Ways(crossings["site"].to_numpy(), crossings["to"].to_numpy(), carries, covers, parties)


def _reach(there: Bools, wanted: Bools, ways: _Ways) -> tuple[Numbers, Bools]:
    """Return the way by which each item first reaches each site, counted from 1, and where no pledge lacks.

    The way (site x item) is 0 where the item is from the first and -1 where it never comes; as few pledges as can be
    lack on it.
    """
    reached = np.where(there, 0, -1).astype(np.int32)
    _spread(reached, there, ways)
    covered = reached >= 0
    while (reached[wanted] < 0).any():
        new = _step(reached, reached >= 0, ways, ways.carries)
        if not new.any():
            break
        _spread(reached, new, ways)
    return reached, covered


def _spread(reached: Numbers, new: Bools, ways: _Ways) -> None:
    """Go on from what is new as far as pledges cover the way."""
    while new.any():
        new = _step(reached, new, ways, ways.covers)


def _step(reached: Numbers, fresh: Bools, ways: _Ways, may: list[Bools]) -> Bools:
    """Go one step on from the fresh sites and items, over what each way may carry; return what is reached anew."""
    new, active = np.zeros_like(fresh), np.asarray(fresh.any(axis=1))
    for number in np.flatnonzero(active[ways.origin]):
        to = ways.destination[number]
        gain = fresh[ways.origin[number]] & may[number] & (reached[to] < 0)
        reached[to][gain] = number + 1
        new[to] |= gain
    return new


def _missing(reached: Numbers, ways: _Ways, site: int, item: int) -> list[tuple[str, str]]:
    """Return who would have to pledge to whom so that an item comes to a site; nothing where it cannot come."""
    lacks = []
    while (number := int(reached[site, item]) - 1) >= 0:
        if not ways.covers[number][item]:
            lacks.append(ways.parties[number])
        site = int(ways.origin[number])
    return lacks[::-1]
