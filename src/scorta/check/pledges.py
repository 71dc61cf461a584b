"""Pledges: whether what was promised, disclosed and delivered fits together, and which needs lack one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.check.book import Book, counted, ranges
from scorta.check.legs import sources
from scorta.check.needs import is_open
from scorta.check.sheet import Papers, Sheet, filled

_PLEDGE = pl.col("pledge")


def check_pledges(papers: Papers, book: Book) -> None:
    """Say which pledges contradict themselves, and which state no quantity."""
    sheet = papers["pledges"]
    if "pledges" in papers.sheets and sheet.frame.is_empty() and papers.scenario and papers.scenario.gifts == "pledged":
        book.say("no-pledges", sheet.file)
    _check_quantity(sheet, book)
    _check_delivered(sheet, book)
    is_same = pl.col("donor") == pl.col("recipient")
    book.where("donor-is-recipient", sheet, is_same, "recipient", pledge=_PLEDGE)


def _check_quantity(sheet: Sheet, book: Book) -> None:
    state = filled("pledges", "quantity_state")
    is_hidden = state.is_in(["undisclosed", "value_only"])
    is_blank = pl.lit(sheet.raw["quantity"].is_null()) if "quantity" in sheet.raw.columns else pl.lit(value=True)
    is_lacking = (state == "known") & is_blank & _PLEDGE.is_not_null()
    book.where("pledge-without-quantity", sheet, is_lacking, "quantity", pledge=_PLEDGE)
    is_given = is_hidden & pl.col("quantity").is_not_null()
    book.where("pledge-hides-quantity", sheet, is_given, "quantity", pledge=_PLEDGE, state=state)
    rows = sheet.frame.filter(is_hidden & is_blank)["row"]
    if len(rows):
        count = counted(len(rows), "pledge states", "pledges state")
        book.say("undisclosed-pledges", sheet.file, None, "quantity_state", count=count, rows=ranges(rows))


def _check_delivered(sheet: Sheet, book: Book) -> None:
    quantity, delivered = pl.col("quantity"), pl.col("delivered_quantity")
    words = {"pledge": _PLEDGE, "quantity": quantity}
    book.where("delivered-above-pledge", sheet, delivered > quantity, "delivered_quantity", **words)
    is_part = (pl.col("state") == "delivered") & (delivered < quantity)
    book.where("delivered-with-remainder", sheet, is_part, "delivered_quantity", **words)


Bools = npt.NDArray[np.bool_]

Numbers = npt.NDArray[np.signedinteger[Any]]

_CELLS = 5_000_000
"""Items times sites that are looked at in one go."""

_FIRST = 10_000
"""Rows of stocks that are looked at before all are: what these cover, more rows cover too."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """The legs between parties: from site to site, for some items at once.

    `carries` and `covers` tell for each way which items it may carry, and for which of these nothing more need be
    pledged; `words` say who would have to pledge to whom.
    """

    origin: Numbers
    destination: Numbers
    carries: list[Bools]
    covers: list[Bools]
    words: list[str]


def check_cover(papers: Papers, book: Book) -> None:
    """Say of each open need that legs could supply, but no chain of pledges, who would have to pledge what."""
    pledged = papers.scenario is not None and papers.scenario.gifts == "pledged" and "pledges" in papers.sheets
    if not pledged or papers["legs"].frame.is_empty():
        return
    needs, places = papers["needs"], _sites(papers)
    asked = needs.frame.with_row_index("at").filter(is_open()).select("at", "need", "item", "place")
    left = asked.drop_nulls("item").join(places, on="place").with_columns(lacks=pl.lit(""))
    for most in (_FIRST, None):
        if not left.is_empty():
            left = _uncovered(papers, places, sources(papers, most), left.drop("lacks"))
    found = left.filter(pl.col("lacks") != "").sort("at")
    words = {name: found[name] for name in ("need", "item", "place", "lacks")}
    book.at("need-not-covered", needs, found["at"], "place", **words)


def _uncovered(papers: Papers, places: pl.DataFrame, there: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return the needs that what is there does not reach under pledges, and what lacks where legs would bring it."""
    start = there.join(places, on="place").select("item", "site").unique()
    left = asked.join(start, on=["item", "site"], how="anti")
    lacking = pl.DataFrame(
        [*_lacks(papers, places, start, left)], {"item": pl.String, "site": pl.Int64, "lacks": pl.String}, orient="row"
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
) -> Iterator[tuple[str, int, str]]:
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
    carries, covers, words = [], [], []
    pairs: dict[tuple[str, str], Bools] = {}
    for giver, receiver, only, free in crossings.select("giver", "receiver", "only", "free").iter_rows():
        if (giver, receiver) not in pairs:
            pledged = granted.get((giver, receiver), nothing) | granted.get((giver, None), nothing)
            pairs[giver, receiver] = every if free else pledged
        carried = every if only is None else np.arange(size) == codes.get(only, -1)
        carries.append(carried)
        covers.append(pairs[giver, receiver] if only is None else carried & pairs[giver, receiver])
        words.append(f"from {giver} to {receiver}")
    return _Ways(crossings["site"].to_numpy(), crossings["to"].to_numpy(), carries, covers, words)


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


def _missing(reached: Numbers, ways: _Ways, site: int, item: int) -> str:
    """Say who would have to pledge to whom so that an item comes to a site; nothing where it cannot come."""
    lacks = []
    while (number := int(reached[site, item]) - 1) >= 0:
        if not ways.covers[number][item]:
            lacks.append(ways.words[number])
        site = int(ways.origin[number])
    return " and ".join(reversed(lacks))
