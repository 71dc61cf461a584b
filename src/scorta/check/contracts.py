"""Contracts: between whom, for what, at which price, and whether anything can be delivered under them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from scorta.case import BEYOND, Floats, Horizon
from scorta.check.book import Book, Check
from scorta.check.legs import CARRIES, reach_from, sources
from scorta.check.production import days_of
from scorta.check.sheet import Papers, Sheet, blank
from scorta.tables import FindingKind

SLIP = 300.0
"""How many times apart two figures for the same thing are doubtful: well below a slip of a thousand."""

_SEEN = 500
"""Most contracts of an item whose prices are compared."""


_WAY = ["supplier", "buyer", "item"]

_QUANTITY = pl.when(pl.max_horizontal("firm", "option").is_not_null()).then(
    pl.col("firm").fill_null(0.0) + pl.col("option").fill_null(0.0)
)
"""What a contract holds; null for a framework."""


CHECKS = (
    Check(
        FindingKind(
            "option-without-window",
            "warning",
            "The option of the contract {contract} has no until_date, so it may be called off to the last day of the "
            "plan.",
            "Fill until_date with the last day on which the option can be delivered.",
            "A contract has an option and does not say until when.",
        ),
        "contracts",
        "until_date",
        when=(pl.col("option") > 0.0) & blank("until_date"),
    ),
    Check(
        FindingKind(
            "contract-without-price",
            "warning",
            "The contract {contract} has no unit_price_eur, so what is bought under it costs nothing.",
            "Fill the price; write 0 if it is truly free.",
            "A contract has no price.",
        ),
        "contracts",
        "unit_price_eur",
        when=blank("unit_price_eur"),
    ),
    Check(
        FindingKind(
            "minimum-order-too-large",
            "warning",
            "The contract {contract} has a minimum order of {value}, above its firm quantity and option ({quantity}).",
            "Correct it; as it stands, all that is left must be ordered at once.",
            "A contract asks for more at once than it holds.",
        ),
        "contracts",
        "minimum_order",
        when=pl.col("minimum_order") > _QUANTITY,
        words={"quantity": _QUANTITY},
    ),
)
"""What is looked at in each contract by itself."""

NO_CONTRACTS = FindingKind(
    "no-contracts",
    "warning",
    "The table has no row, so nobody buys anything from industry.",
    "Fill it, or remove the file: without it purchases need no contract.",
    "The table of contracts is there but empty, and some party is industry.",
)
SUPPLIER_NOT_INDUSTRY = FindingKind(
    "supplier-not-industry",
    "error",
    "The supplier {value} of the contract {contract} is not industry, so the contract covers nothing.",
    "Correct the supplier, or its kind in `parties`; what a nation gives is a pledge.",
    "A contract names a supplier that is a nation or an organisation.",
)
BUYER_IS_INDUSTRY = FindingKind(
    "buyer-is-industry",
    "error",
    "The buyer {value} of the contract {contract} is industry, which buys without contracts.",
    "Correct the buyer, or remove the row.",
    "A contract names a buyer that is industry.",
)
DELIVER_TO_OTHER_PARTY = FindingKind(
    "deliver-to-other-party",
    "error",
    "The contract {contract} delivers to {value}, which is {owner}'s and not {buyer}'s.",
    "Name a place of {buyer}, or leave deliver_to empty.",
    "A contract names a place of delivery that is not the buyer's.",
)
CONTRACT_UNDELIVERABLE = FindingKind(
    "contract-undeliverable",
    "warning",
    "Nothing can be delivered under the contract {contract}: no leg brings {item} from a place of {supplier} "
    "where it lies, comes in or is made to {deliver_to}.",
    "Add the leg, stock or process, or correct the supplier, the item or deliver_to.",
    "A contract has something left that no leg can bring from its supplier to its buyer.",
)
_UNDELIVERABLE_TO_BUYER = CONTRACT_UNDELIVERABLE.but(
    sentence=(
        "Nothing can be delivered under the contract {contract}: no leg brings {item} from a place of {supplier} where "
        "it lies, comes in or is made to a place of {buyer}."
    )
)
PRICE_MAGNITUDE = FindingKind(
    "price-magnitude",
    "warning",
    "A unit of {item} costs {value} under the contract {contract}; {usual} is its value_eur: one may be in the wrong "
    "unit.",
    "Check both; nothing needs to be done if they are right.",
    "The price of a contract is at least 300 times the value of its item, or at most a 300th of it; where the item "
    "has no value, the median of the other contracts of that item counts.",
)
_BESIDE_OTHERS = PRICE_MAGNITUDE.but(
    sentence=(
        "A unit of {item} costs {value} under the contract {contract}; {usual} under its other contracts: one may be "
        "in the wrong unit."
    )
)
MINIMUM_ORDER_NEVER_FITS = FindingKind(
    "minimum-order-never-fits",
    "warning",
    "The contract {contract} is never called off as it stands: that takes {least} of {item} at once, and all legs "
    "from {supplier} to {deliver_to} together carry no more than {most} in any bucket.",
    "Lower its minimum order, raise the capacity of the legs, or plan in longer buckets.",
    "A minimum order, or what is left of the option if that is less, is heavier than all that the legs of the "
    "contract carry in any bucket, within its days and their open days.",
)
_NEVER_FITS_TO_BUYER = MINIMUM_ORDER_NEVER_FITS.but(
    sentence=(
        "The contract {contract} is never called off as it stands: that takes {least} of {item} at once, and all legs "
        "from {supplier} to a place of {buyer} together carry no more than {most} in any bucket."
    )
)
RECEIPT_OF_OTHER_ITEM = FindingKind(
    "receipt-of-other-item",
    "error",
    "The receipt of {item} names the contract {value}, which is for {other}.",
    "Correct the contract or the item.",
    "A scheduled receipt names a contract of another item.",
)
RECEIPT_OF_OTHER_BUYER = FindingKind(
    "receipt-of-other-buyer",
    "warning",
    "The receipt at {place} names the contract {value}, whose buyer {buyer} does not own that place.",
    "Correct the contract or the place; as it stands, {buyer} pays.",
    "A scheduled receipt comes to a place of another party than the buyer of its contract.",
)
RECEIPTS_ABOVE_CONTRACT = FindingKind(
    "receipts-above-contract",
    "warning",
    "Receipts bring {received} under the contract {contract}, more than its firm quantity and option ({quantity}).",
    "Correct the receipts or the contract; nothing is left of it.",
    "Scheduled receipts bring more under a contract than it holds.",
)


def check_contracts(papers: Papers, book: Book) -> None:
    """Say which contracts cover nothing or have a doubtful price."""
    sheet, parties = papers["contracts"], papers["parties"].frame
    if "contracts" in papers.sheets and sheet.frame.is_empty() and (parties["kind"] == "industry").any():
        book.say(NO_CONTRACTS, sheet.file)
    if sheet.frame.is_empty():
        return
    _check_parties(papers, sheet, book)
    _check_prices(papers, sheet, book)
    _check_receipts(papers, sheet, book)
    _check_deliverable(papers, sheet, book)


def _check_parties(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare the kinds of the parties, and the owner of the place of delivery with the buyer."""
    kinds = papers["parties"].frame.select("party", "kind").unique("party")
    owners = papers["places"].frame.select(deliver_to="place", owner="party").unique("deliver_to")
    rows = sheet.frame.with_row_index("at").join(owners, on="deliver_to", how="left", maintain_order="left")
    for side in ("supplier", "buyer"):
        of_side = kinds.rename({"party": side, "kind": f"{side}_kind"})
        rows = rows.join(of_side, on=side, how="left", maintain_order="left")
    for kind, field, test in (
        (SUPPLIER_NOT_INDUSTRY, "supplier", pl.col("supplier_kind") != "industry"),
        (BUYER_IS_INDUSTRY, "buyer", pl.col("buyer_kind") == "industry"),
        (DELIVER_TO_OTHER_PARTY, "deliver_to", pl.col("owner") != pl.col("buyer")),
    ):
        wrong = rows.filter(test)
        book.at(kind, sheet, wrong["at"], field, owner=wrong["owner"])


def _check_prices(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare prices with the value of the item, or else with its other contracts."""
    values = papers["items"].frame.select("item", value="value_eur").unique("item")
    rows = sheet.frame.with_row_index("at").filter(pl.col("unit_price_eur") > 0.0)
    rows = rows.join(values.filter(pl.col("value") > 0.0), on="item", how="left", maintain_order="left")
    rows = rows.join(_others(rows), on="at", how="left", maintain_order="left")
    usual, price = pl.coalesce("value", "median"), pl.col("unit_price_eur")
    is_slip = pl.col("value").is_null() & (pl.col("others") >= 3) & (price > usual)  # a slip of its own kind
    wrong = rows.filter(((price >= SLIP * usual) | (price <= usual / SLIP)) & ~is_slip)
    for kind, column in ((PRICE_MAGNITUDE, "value"), (_BESIDE_OTHERS, "median")):
        some = wrong.filter(pl.col("value").is_null() == (column == "median"))
        book.at(kind, sheet, some["at"], "unit_price_eur", usual=some[column])


def _others(rows: pl.DataFrame) -> pl.DataFrame:
    """Return for each priced contract the median price of the other contracts of its item, and how many these are."""
    some = rows.filter(pl.int_range(pl.len()).over("item") < _SEEN).select("item", other="at", price="unit_price_eur")
    pairs = rows.select("at", "item").join(some, on="item").filter(pl.col("at") != pl.col("other"))
    return pairs.group_by("at").agg(median=pl.col("price").median(), others=pl.len())


def _check_receipts(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare receipts with the contracts they name."""
    receipts = papers["receipts"]
    owners = papers["places"].frame.select("place", owner="party").unique("place")
    terms = sheet.frame.select("contract", "buyer", other="item").unique("contract")
    rows = receipts.frame.with_row_index("at").join(terms, on="contract", maintain_order="left")
    wrong = rows.filter(pl.col("item") != pl.col("other"))
    book.at(RECEIPT_OF_OTHER_ITEM, receipts, wrong["at"], "contract", other=wrong["other"])
    wrong = rows.join(owners, on="place", maintain_order="left").filter(pl.col("owner") != pl.col("buyer"))
    book.at(RECEIPT_OF_OTHER_BUYER, receipts, wrong["at"], "contract", buyer=wrong["buyer"])
    held = with_received(papers, sheet).filter(pl.col("received") > pl.col("held"))
    book.at(RECEIPTS_ABOVE_CONTRACT, sheet, held["at"], "firm", received=held["received"], quantity=held["held"])


def with_received(papers: Papers, sheet: Sheet) -> pl.DataFrame:
    """Return the contracts with what they hold and what receipts bring under them."""
    received = papers["receipts"].frame.group_by("contract").agg(received=pl.col("quantity").sum())
    rows = sheet.frame.with_row_index("at").with_columns(held=_QUANTITY)
    rows = rows.join(received, on="contract", how="left", maintain_order="left")
    return rows.with_columns(pl.col("received").fill_null(0.0))


def _check_deliverable(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Look for contracts with something left that no leg can bring from their supplier to their buyer."""
    rows = with_received(papers, sheet).filter(pl.col("held").is_null() | (pl.col("held") > pl.col("received")))
    rows = rows.filter(pl.all_horizontal(pl.col("supplier", "buyer", "item").is_not_null()))
    if rows.is_empty():
        return
    brought = bringing(papers, rows.select("item").unique()).select(*_WAY, "destination").unique()
    same = rows.join(brought, on=_WAY)
    same = same.filter(pl.col("deliver_to").is_null() | (pl.col("deliver_to") == pl.col("destination")))
    alone = rows.join(same.select("at").unique(), on="at", how="anti", maintain_order="left")
    for kind, some in _by_place(alone, CONTRACT_UNDELIVERABLE, _UNDELIVERABLE_TO_BUYER):
        book.at(kind, sheet, some["at"], "item")


def _by_place(
    rows: pl.DataFrame, to_place: FindingKind, to_buyer: FindingKind
) -> Iterator[tuple[FindingKind, pl.DataFrame]]:
    """Part contracts that name a place of delivery from those that may deliver anywhere to their buyer."""
    names_place = pl.col("deliver_to").is_not_null()
    yield to_place, rows.filter(names_place)
    yield to_buyer, rows.filter(~names_place)


def bringing(papers: Papers, items: pl.DataFrame) -> pl.DataFrame:
    """Return every leg that can bring each item, with the party it brings it from and the one it brings it to."""
    legs = papers["legs"].frame.rename({"item": "only"})
    there = reach_from(sources(papers).join(items, on="item", how="semi"), legs)
    owners = papers["places"].frame.select("place", "party").unique("place")
    moved = there.join(legs, left_on="place", right_on="origin").filter(CARRIES)
    moved = moved.join(owners.rename({"party": "supplier"}), on="place")
    return moved.join(owners.rename({"place": "destination", "party": "buyer"}), on="destination")


KG_PER_T = 1000.0
"""Kilograms in a tonne."""


def check_orders(papers: Papers, book: Book) -> None:
    """Say which contracts are never called off: their legs together carry too little in every bucket."""
    sheet, horizon = papers["contracts"], papers.horizon
    if horizon is None or not sheet.has("minimum_order"):
        return
    ways = _legs_of(papers, _least(papers, horizon))
    if ways.is_empty():
        return
    orders = ways.unique("at", keep="first", maintain_order=True)
    most = KG_PER_T * pl.Series(_most_tonnes(ways, horizon)) / orders["mass_kg"]
    found = orders.with_columns(most=most).filter(pl.col("least") > pl.col("most") * (1 + 1e-9))
    for kind, some in _by_place(found, MINIMUM_ORDER_NEVER_FITS, _NEVER_FITS_TO_BUYER):
        book.at(kind, sheet, some["at"], "minimum_order", least=some["least"], most=some["most"])


def _least(papers: Papers, horizon: Horizon) -> pl.DataFrame:
    """Return the contracts in force, of items that weigh something, with the least called off beyond what is firm."""
    mass = papers["items"].frame.select("item", "mass_kg").filter(pl.col("mass_kg") > 0.0).unique("item")
    left = pl.col("held") - pl.max_horizontal("received", pl.col("firm").fill_null(0.0))
    rows = with_received(papers, papers["contracts"]).with_columns(least=pl.min_horizontal("minimum_order", left))
    first, last = pl.lit(horizon.as_of), pl.lit(horizon.date(horizon.last_day))
    in_force = (pl.col("from_date").fill_null(first) <= last) & (pl.col("until_date").fill_null(first) >= first)
    is_asked = pl.col("minimum_order").is_not_null() & (pl.col("least") > 0.0)
    return rows.filter(in_force & is_asked).join(mass, on="item")


def _legs_of(papers: Papers, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the legs of each contract, those of one contract together; none of a contract with a leg without limit."""
    legs = bringing(papers, rows.select("item").unique()).select(
        "item", "supplier", "buyer", "destination", "open_from", "open_until",
        capacity="capacity_t_per_month", owner=pl.coalesce("shared_capacity", pl.format("the leg {}", "leg")),
    )  # fmt: skip
    ways = rows.join(legs, on=["item", "supplier", "buyer"]).filter(
        pl.col("deliver_to").is_null() | (pl.col("deliver_to") == pl.col("destination"))
    )
    return ways.filter(pl.col("capacity").is_not_null().all().over("at")).sort("at", "owner")


def _most_tonnes(ways: pl.DataFrame, horizon: Horizon) -> Floats:
    """Return the most tonnes that all legs of each contract carry in any bucket, within its days and theirs."""
    opens, closes = days_of(ways["from_date"], horizon, 0), days_of(ways["until_date"], horizon, BEYOND)
    first = np.maximum(opens, days_of(ways["open_from"], horizon, 0))
    last = np.minimum(closes, days_of(ways["open_until"], horizon, BEYOND))
    capacity = ways["capacity"].to_numpy()
    order = ways["at"].rle_id().to_numpy()
    shared = ways.select(pl.struct("at", "owner").rle_id()).to_series().to_numpy()
    _, one = np.unique(shared, return_index=True)
    most = np.zeros(int(order[-1]) + 1)
    for start, end in zip(horizon.starts, horizon.ends, strict=True):
        legs = capacity * horizon.months(np.maximum(first, start), np.minimum(last, end))
        whole = capacity[one] * horizon.months(np.maximum(opens[one], start), np.minimum(closes[one], end))
        together = np.minimum(np.bincount(shared, legs), whole)
        most = np.maximum(most, np.bincount(order[one], together))
    return most
