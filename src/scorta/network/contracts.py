"""What the contracts grant: what may still be bought of industry, from when until when, and what of it is due."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.network.index import Bools, days_of, numbers_of
from scorta.network.names import Names

ANYWHERE = -1
"""The place of a contract that names none: any place of the buyer."""


@dataclass(frozen=True, slots=True)
class Contracts:
    """One row for each contract under which something may still be bought within the plan.

    `row` is its row in the table of contracts; it covers departures on the days `opens` to `closes`, over all of them
    no more than `left` (infinite: a framework that bounds the price only). `firm` is what is left of the firm
    quantity, and `is_due` tells whether that must be handed over within the plan. Beyond what is firm, nothing or at
    least `least` is called off in a bucket (0: any quantity).
    """

    row: Days
    buyer: Days
    supplier: Days
    item: Days
    place: Days
    left: Floats
    firm: Floats
    least: Floats
    price: Floats
    opens: Days
    closes: Days
    is_due: Bools

    def __len__(self) -> int:
        return len(self.row)


def read_contracts(case: Case, names: Names) -> Contracts:
    """List what is left of each contract: its firm quantity and its option less the receipts that name it."""
    contracts, horizon = _left(case), case.horizon
    until = days_of(contracts["until_date"], horizon, horizon.last_day)
    left, firm = numbers_of(contracts["left"], np.inf), numbers_of(contracts["firm_left"], 0.0)
    return Contracts(
        row=contracts["contract_row"].cast(pl.Int64).to_numpy(),
        buyer=names.parties.of(contracts["buyer"]),
        supplier=names.parties.of(contracts["supplier"]),
        item=names.items.of(contracts["item"]),
        place=names.places.of(contracts["deliver_to"]),
        left=left,
        firm=firm,
        least=np.minimum(numbers_of(contracts["minimum_order"], 0.0), left - firm),
        price=numbers_of(contracts["unit_price_eur"], 0.0),
        opens=days_of(contracts["from_date"], horizon, 0),
        closes=until,
        is_due=(firm > 0) & (until <= horizon.last_day),
    )


def _left(case: Case) -> pl.DataFrame:
    """Return the contracts in force within the horizon, with what is `left`: null where no quantity bounds them."""
    received = case["receipts"].group_by("contract").agg(received=pl.col("quantity").sum())
    firm, option = pl.col("firm").fill_null(0.0), pl.col("option").fill_null(0.0)
    received_of = pl.col("received").fill_null(0.0)
    bounded = pl.col("firm").is_not_null() | pl.col("option").is_not_null()
    past = pl.col("until_date").fill_null(case.scenario.as_of) < case.scenario.as_of
    later = pl.col("from_date").fill_null(case.scenario.as_of) > case.horizon.date(case.horizon.last_day)
    return (
        case["contracts"]
        .with_row_index("contract_row")
        .join(received, on="contract", how="left", maintain_order="left")
        .with_columns(
            left=pl.when(bounded).then((firm + option - received_of).clip(lower_bound=0.0)),
            firm_left=(firm - received_of).clip(lower_bound=0.0),
        )
        .filter(~past & ~later & (pl.col("left").is_null() | (pl.col("left") > 0)))
    )


@dataclass(frozen=True, slots=True)
class Paid:
    """What receipts under contracts cost: who pays, on which day (0: before the plan), and how much in EUR."""

    buyer: Days
    day: Days
    cost: Floats


def read_paid(case: Case, names: Names) -> Paid:
    """Read what is paid whatever is decided: the receipts that name a contract, at its price."""
    prices = case["contracts"].select("contract", "buyer", "unit_price_eur")
    receipts = case["receipts"].join(prices, on="contract")
    return Paid(
        buyer=names.parties.of(receipts["buyer"]),
        day=np.maximum(days_of(receipts["due_on"], case.horizon, 0), 0),
        cost=numbers_of(receipts["quantity"], 0.0) * numbers_of(receipts["unit_price_eur"], 0.0),
    )
