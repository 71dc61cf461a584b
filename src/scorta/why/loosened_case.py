"""The loosened case: one more row for each way in which a row could stand less in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import polars as pl

from scorta.case import ROW, Case
from scorta.why.hindrances import Kind

ANY_QUANTITY = 10.0
"""How many times what is asked for a loosened row lets through: as good as any quantity."""

LEAST_QUANTITY = 1e-9
"""Units of what must be there so that the network knows of it, and is as good as nothing."""

Row = dict[str, Any]
"""A row of a table, by field."""

Owner = tuple[str, str, str]
"""A party, its kind, and an item."""

OVER = ("withdrawn", "delivered")
"""The states of a pledge of which nothing is to come."""

MARK = "+"
"""What is put before the code of a row that loosens another."""


@dataclass(frozen=True, slots=True, eq=False)
class AddedRow:
    """A row that was added to a table to loosen another: what `kind` of hindrance it removes, and whose.

    `number` counts the rows of the loosened table from 0; `row` is that of the loosened row in its file, None where
    there is none (nobody was asked yet); `facts` name it, by the fields of its table.
    """

    kind: Kind
    number: int
    row: int | None
    facts: Row


@dataclass(slots=True)
class _Table:
    """A table while rows are added to it; `code` is the field that names a row, if there is one."""

    name: str
    frame: pl.DataFrame
    code: str
    added: list[Row] = field(default_factory=list)
    rows: list[AddedRow] = field(default_factory=list)

    def add(self, kind: Kind, row: Row, changes: Row, *, known: bool = True) -> None:
        """Add a row like another, with changes."""
        number = len(self.frame) + len(self.added)
        self.rows.append(AddedRow(kind, number, row[ROW] if known else None, row))
        named = {self.code: f"{MARK}{number}"} if self.code else {}
        self.added.append({**row, **named, **changes})

    def complete(self) -> pl.DataFrame:
        """Return the table with the rows that were added."""
        return pl.concat([self.frame, pl.DataFrame(self.added, schema=self.frame.schema)])


def loosen(case: Case, recipient: str, asked: float, other: str | None = None) -> tuple[Case, tuple[AddedRow, ...]]:
    """Return the case with every pledge, contract and leg loosened in every way, each by a row of its own.

    Nobody has promised what the added rows grant: whoever plans the case must keep them closed, but for those to be
    looked at. `recipient` is the party that needs, `asked` how much; what is pledged or reserved only for an `other`
    need is loosened, too, so that it may go to the recipient.
    """
    places = case["places"].select("place", owner="party")
    needs = case["needs"].filter(pl.col("need").eq_missing(other)).join(places, on="place")
    beside, owners = next(needs.iter_rows(named=True), None), _owners(case)
    tables = [
        _pledges(case, recipient, ANY_QUANTITY * asked, beside, owners),
        _contracts(case, recipient, ANY_QUANTITY * asked, owners),
        _legs(case),
        _receipts(case),
        _stocks(case, beside),
    ]
    given = [table for table in tables if table.name in case.given]
    loosened = case.replace(**{table.name: table.complete() for table in given})
    return loosened, tuple(row for table in given for row in table.rows)


def _is_only_for(pledge: Row, other: Row, recipient: str) -> bool:
    """Tell whether a pledge is only for another need, its place or its owner, and not for the recipient."""
    only = pledge["only_for"] is not None and pledge["only_for"] in (other["need"], other["place"])
    return only or (pledge["recipient"] == other["owner"] != recipient)


def _pledges(case: Case, recipient: str, most: float, other: Row | None, owners: Sequence[Owner]) -> _Table:
    """Loosen pledges: earlier, longer, for more, for another; and ask those who have goods and have pledged none."""
    table = _Table("pledges", case["pledges"], "pledge")
    promised = {"quantity_state": "known", "delivered_quantity": 0.0}
    for row in case["pledges"].filter(~pl.col("state").is_in(OVER)).iter_rows(named=True):
        known = row["quantity_state"] == "known"
        for kind, days in _other_days(case, row, Kind.PLEDGE_TOO_LATE, Kind.PLEDGE_TOO_SHORT) if known else ():
            table.add(kind, row, {"delivered_quantity": 0.0, **days})
        more = Kind.PLEDGE_TOO_SMALL if known else Kind.PLEDGE_WITHOUT_QUANTITY
        table.add(more, row, {**promised, "quantity": most})
        if known and other is not None and _is_only_for(row, other, recipient):
            table.add(Kind.PLEDGED_FOR_IT, row, {"recipient": recipient, "only_for": None, "delivered_quantity": 0.0})
    if case.scenario.gifts == "pledged":
        for row in _askable(case, recipient, owners):
            new = {"recipient": recipient, "quantity": most, "state": "announced", **promised}
            table.add(Kind.NOT_ASKED, {**dict.fromkeys(case["pledges"].columns), **row}, new, known=False)
    return table


def _contracts(case: Case, buyer: str, most: float, owners: Sequence[Owner]) -> _Table:
    """Loosen contracts: earlier, longer, for more; and order of those who have or make goods without a contract."""
    table = _Table("contracts", case["contracts"], "contract")
    for row in case["contracts"].iter_rows(named=True):
        more = {"firm": None, "option": most, "minimum_order": None}
        for kind, days in _other_days(case, row, Kind.CONTRACT_TOO_LATE, Kind.CONTRACT_TOO_SHORT):
            table.add(kind, row, {**more, **days})
        if row["firm"] is not None or row["option"] is not None:
            table.add(Kind.CONTRACT_TOO_SMALL, row, more)
    for row in _orderable(case, buyer, owners):
        table.add(Kind.NOT_ORDERED, {**dict.fromkeys(case["contracts"].columns), **row}, {"option": most}, known=False)
    return table


def _legs(case: Case) -> _Table:
    """Loosen legs: open on other days, with any capacity, and in no time.

    The capacity of each leg that has one of its own gets a name: what is quicker on the way has no other.
    """
    own = pl.when(pl.col("capacity_t_per_month").is_not_null()).then(pl.format(MARK + "{}", "leg"))
    legs = case["legs"].with_columns(shared_capacity=pl.coalesce("shared_capacity", own))
    table = _Table("legs", legs, "leg")
    for row, shared in zip(case["legs"].iter_rows(named=True), table.frame["shared_capacity"], strict=True):
        plain = {"fixed_cost_eur": None}
        for kind, days in _other_days(case, row, Kind.LEG_CLOSED, Kind.LEG_CLOSED):
            table.add(kind, row, {**plain, **days})
        free = {"capacity_t_per_month": None, "shared_capacity": None}
        if row["capacity_t_per_month"] is not None or row["shared_capacity"] is not None:
            table.add(Kind.LEG_FULL, row, {**plain, **free})
        if row["transit_days"]:
            table.add(Kind.LEG_SLOW, row, {**plain, "transit_days": 0, "shared_capacity": shared})
    return table


def _receipts(case: Case) -> _Table:
    """Let receipts be there on the first day: next to nothing of them is, so that the network knows of it."""
    table, first = _Table("receipts", case["receipts"], ""), case.horizon.date(0)
    for row in case["receipts"].filter(pl.col("due_on") > first).iter_rows(named=True):
        now = {"quantity": LEAST_QUANTITY, "due_on": first, "contract": None, "pledge": None}
        table.add(Kind.RECEIPT_TOO_LATE, row, now)
    return table


def _stocks(case: Case, other: Row | None) -> _Table:
    """Let next to nothing lie where the network must know of it: of components, and free of what is reserved."""
    table = _Table("stocks", case["stocks"], "")
    used = case["components"].join(case["processes"].select("process", "place"), on="process")
    used = used.select("place", "item", quantity=pl.lit(LEAST_QUANTITY), condition=pl.lit("serviceable"))
    for row in used.unique(maintain_order=True).iter_rows(named=True):
        table.add(Kind.COMPONENT_SHORT, dict.fromkeys(table.frame.columns), row, known=False)
    reserved = case["stocks"].filter(pl.col("reserved_for") == (other["need"] if other else ""), pl.col("quantity") > 0)
    for row in reserved.iter_rows(named=True):
        table.add(Kind.RESERVED_FOR_IT, row, {"quantity": LEAST_QUANTITY, "reserved_for": None})
    return table


def _other_days(case: Case, row: Row, late: Kind, short: Kind) -> Iterator[tuple[Kind, Row]]:
    """Yield the days of the plan before those of a row and after them, as changes of it, each with what it removes."""
    opens, closes = late.words.days
    first, last, day = case.horizon.date(0), case.horizon.date(case.horizon.last_day), timedelta(days=1)
    if row[opens] is not None and row[opens] > first:
        yield late, {opens: None, closes: min(row[opens] - day, last)}
    if row[closes] is not None and row[closes] < last:
        yield short, {opens: max(row[closes] + day, first), closes: None}


def _askable(case: Case, recipient: str, owners: Sequence[Owner]) -> Iterator[Row]:
    """Yield the donors and items of which there are goods, and no pledge to the recipient."""
    to_it = (pl.col("recipient") == recipient) | pl.col("recipient").is_null()
    pledges = case["pledges"].filter(to_it, ~pl.col("state").is_in(OVER))
    pledged = set(zip(pledges["donor"], pledges["item"], strict=True))
    for party, kind, item in owners:
        if kind != "industry" and party != recipient and (party, item) not in pledged:
            yield {"item": item, "donor": party}


def _orderable(case: Case, buyer: str, owners: Sequence[Owner]) -> Iterator[Row]:
    """Yield the industry and items of which there are goods, and no contract with the buyer: at the lowest price."""
    contracts = case["contracts"].select("supplier", "buyer", "item", "unit_price_eur").rows()
    ordered = {(supplier, item) for supplier, by, item, _ in contracts if by == buyer}
    prices = dict(zip(case["items"]["item"], case["items"]["value_eur"], strict=True))
    asked = [(price, item) for *_, item, price in contracts if price is not None]
    prices |= {item: price for price, item in sorted(asked, reverse=True)}  # of several the last, the lowest, stands
    for party, kind, item in owners:
        if kind == "industry" and party != buyer and (party, item) not in ordered:
            yield {"item": item, "supplier": party, "buyer": buyer, "unit_price_eur": prices[item]}


def _owners(case: Case) -> list[Owner]:
    """Return every party, its kind, and the items that it has, expects or makes."""
    whose = dict(zip(case["places"]["place"], case["places"]["party"], strict=True))
    kinds = dict(zip(case["parties"]["party"], case["parties"]["kind"], strict=True))
    tables = [case[name] for name in ("stocks", "receipts", "processes")]
    goods = [(place, item) for table in tables for place, item in zip(table["place"], table["item"], strict=True)]
    owned = dict.fromkeys((whose[place], item) for place, item in goods)
    return [(party, kinds[party], item) for party, item in owned]
