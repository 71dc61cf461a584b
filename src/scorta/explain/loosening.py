"""Loosening: a case with one more row for each way in which a row could stand less in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import polars as pl

from scorta.case import ROW, Case

PLENTY = 10.0
"""How many times what a need asks for a loosened row lets through: as good as any quantity."""

SPECK = 1e-9
"""Units that are nothing, and yet there."""

Row = dict[str, Any]
"""A row of a table, by field."""

OVER = ("withdrawn", "delivered")
"""The states of a pledge of which nothing is to come."""

LOOSE = "+"
"""What is put before the code of a row that loosens another."""


@dataclass(frozen=True, slots=True, eq=False)
class Looser:
    """A row that was added to a table to loosen another: what `kind` of hindrance it removes, and whose.

    `number` counts the rows of the loosened table from 0; `row` is that of the loosened row in its file, None where
    there is none (nobody was asked yet); `facts` name it, by the fields of its table.
    """

    kind: str
    table: str
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
    loosers: list[Looser] = field(default_factory=list)

    def add(self, kind: str, row: Row, changes: Row, *, known: bool = True) -> None:
        """Add a row like another, with changes."""
        number = len(self.frame) + len(self.added)
        self.loosers.append(Looser(kind, self.name, number, row[ROW] if known else None, row))
        named = {self.code: f"{LOOSE}{number}"} if self.code else {}
        self.added.append({**row, **named, **changes})

    def complete(self) -> pl.DataFrame:
        """Return the table with the rows that were added."""
        return pl.concat([self.frame, pl.DataFrame(self.added, schema=self.frame.schema)])


def loosened(case: Case, recipient: str, asked: float) -> tuple[Case, tuple[Looser, ...]]:
    """Return the case with every pledge, contract and leg loosened in every way, each by a row of its own.

    Nobody has promised what the added rows grant: whoever plans the case must keep them closed, but for those to be
    looked at. `recipient` is the party that needs, `asked` how much.
    """
    tables = [
        _pledges(case, recipient, PLENTY * asked),
        _contracts(case, recipient, PLENTY * asked),
        _legs(case),
        _receipts(case),
        _stocks(case),
    ]
    given = [table for table in tables if table.name in case.given]
    loose = case.replace(**{table.name: table.complete() for table in given})
    return loose, tuple(looser for table in given for looser in table.loosers)


def _pledges(case: Case, recipient: str, plenty: float) -> _Table:
    """Loosen pledges: earlier, longer, for more; and ask those who have goods and have pledged none."""
    table = _Table("pledges", case["pledges"], "pledge")
    promised = {"quantity_state": "known", "delivered_quantity": 0.0}
    for row in case["pledges"].filter(~pl.col("state").is_in(OVER)).iter_rows(named=True):
        known = row["quantity_state"] == "known"
        for kind, changes in _other_days(case, row, "available_from", "available_until") if known else ():
            table.add(f"pledge {kind}", row, {"delivered_quantity": 0.0, **changes})
        table.add("pledge too small" if known else "pledge without quantity", row, {**promised, "quantity": plenty})
    if case.scenario.gifts == "pledged":
        for row in _askable(case, recipient):
            new = {"recipient": recipient, "quantity": plenty, "state": "announced", **promised}
            table.add("not asked", {**dict.fromkeys(case["pledges"].columns), **row}, new, known=False)
    return table


def _contracts(case: Case, buyer: str, plenty: float) -> _Table:
    """Loosen contracts: earlier, longer, for more."""
    table = _Table("contracts", case["contracts"], "contract")
    for row in case["contracts"].iter_rows(named=True):
        more = {"firm": None, "option": plenty, "minimum_order": None}
        for kind, changes in _other_days(case, row, "from_date", "until_date"):
            table.add(f"contract {kind}", row, {**more, **changes})
        if row["firm"] is not None or row["option"] is not None:
            table.add("contract too small", row, more)
    return table


def _legs(case: Case) -> _Table:
    """Loosen legs: open on other days, with any capacity, and in no time."""
    table = _Table("legs", _sharing(case["legs"]), "leg")
    for row, shared in zip(case["legs"].iter_rows(named=True), table.frame["shared_capacity"], strict=True):
        plain = {"fixed_cost_eur": None}
        for _, changes in _other_days(case, row, "open_from", "open_until"):
            table.add("leg closed", row, {**plain, **changes})
        free = {"capacity_t_per_month": None, "shared_capacity": None}
        if row["capacity_t_per_month"] is not None or row["shared_capacity"] is not None:
            table.add("leg full", row, {**plain, **free})
        if row["transit_days"]:
            table.add("leg slow", row, {**plain, "transit_days": 0, "shared_capacity": shared})
    return table


def _sharing(legs: pl.DataFrame) -> pl.DataFrame:
    """Name the capacity of each leg that has one of its own: what is quicker on the way has no other."""
    own = pl.when(pl.col("capacity_t_per_month").is_not_null()).then(pl.format(LOOSE + "{}", "leg"))
    return legs.with_columns(shared_capacity=pl.coalesce("shared_capacity", own))


def _receipts(case: Case) -> _Table:
    """Let receipts be there on the first day: a speck of them is, so that the network knows of it."""
    table, first = _Table("receipts", case["receipts"], ""), case.horizon.date(0)
    for row in case["receipts"].filter(pl.col("due_on") > first).iter_rows(named=True):
        now = {"quantity": SPECK, "due_on": first, "contract": None, "pledge": None}
        table.add("receipt too late", row, now)
    return table


def _stocks(case: Case) -> _Table:
    """Let what goes into a process lie where it is used: a speck of it, so that the network knows of the process."""
    table = _Table("stocks", case["stocks"], "")
    used = case["components"].join(case["processes"].select("process", "place"), on="process")
    used = used.select("place", "item", quantity=pl.lit(SPECK), condition=pl.lit("serviceable"))
    for row in used.unique(maintain_order=True).iter_rows(named=True):
        table.add("component short", dict.fromkeys(table.frame.columns), row, known=False)
    return table


def _other_days(case: Case, row: Row, opens: str, closes: str) -> Iterator[tuple[str, Row]]:
    """Yield the days of the plan before and after those of a row, as changes of it."""
    first, last, day = case.horizon.date(0), case.horizon.date(case.horizon.last_day), timedelta(days=1)
    if row[opens] is not None and row[opens] > first:
        yield "too late", {opens: None, closes: min(row[opens] - day, last)}
    if row[closes] is not None and row[closes] < last:
        yield "too short", {opens: max(row[closes] + day, first), closes: None}


def _askable(case: Case, recipient: str) -> Iterator[Row]:
    """Yield the donors and items of which there are goods, and no pledge to the recipient."""
    has = [case[name].select("place", "item") for name in ("stocks", "receipts", "processes")]
    owners = pl.concat(has).unique(maintain_order=True).join(case["places"].select("place", "party"), on="place")
    gives = case["parties"].filter(pl.col("kind") != "industry")["party"]
    to_it = (pl.col("recipient") == recipient) | pl.col("recipient").is_null()
    pledged = case["pledges"].filter(to_it, ~pl.col("state").is_in(OVER))
    open_to_ask = (
        owners.select(donor="party", item="item")
        .unique(maintain_order=True)
        .filter(pl.col("donor").is_in(gives.implode()), pl.col("donor") != recipient)
        .join(pledged, on=["donor", "item"], how="anti")
    )
    yield from open_to_ask.iter_rows(named=True)
