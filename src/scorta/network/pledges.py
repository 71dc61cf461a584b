"""What the pledges grant, and between whom goods may change owner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.network.index import Bools, days_of, numbers_of
from scorta.network.names import UNRESERVED, Names

ANYONE = -1
"""The recipient of a pledge that names none."""


@dataclass(frozen=True, slots=True)
class Pledges:
    """One row for each pledge that still grants something.

    `row` is its row in the table of pledges; `reservation` what it reserves goods for (`UNRESERVED`: nothing); it
    covers departures on the days `opens` to `closes`, over all of them no more than `left`.
    """

    row: Days
    giver: Days
    receiver: Days
    item: Days
    reservation: Days
    left: Floats
    opens: Days
    closes: Days

    def __len__(self) -> int:
        return len(self.row)


def read_pledges(case: Case, names: Names) -> Pledges:
    """List what is left of each pledge: its quantity less what was delivered and what is a receipt already."""
    pledges = _left(case)
    horizon = case.horizon
    return Pledges(
        row=pledges["pledge_row"].cast(pl.Int64).to_numpy(),
        giver=names.parties.of(pledges["donor"]),
        receiver=names.parties.of(pledges["recipient"]),
        item=names.items.of(pledges["item"]),
        reservation=np.maximum(names.reservations.of(pledges["only_for"]), UNRESERVED),
        left=numbers_of(pledges["left"], 0.0),
        opens=days_of(pledges["available_from"], horizon, 0),
        closes=days_of(pledges["available_until"], horizon, horizon.last_day),
    )


def _left(case: Case) -> pl.DataFrame:
    """Return the pledges that grant something within the horizon, with the quantity `left`."""
    received = case["receipts"].group_by("pledge").agg(received=pl.col("quantity").sum())
    left = pl.col("quantity") - pl.col("delivered_quantity") - pl.col("received").fill_null(0.0)
    past = pl.col("available_until").fill_null(case.scenario.as_of) < case.scenario.as_of
    return (
        case["pledges"]
        .with_row_index("pledge_row")
        .join(received, left_on="pledge", right_on="pledge", how="left", maintain_order="left")
        .with_columns(left=left)
        .filter(pl.col("quantity_state") == "known", ~pl.col("state").is_in(["withdrawn", "delivered"]))
        .filter(pl.col("left") > 0, ~past)
    )


@dataclass(frozen=True, slots=True)
class Handover:
    """Which moves between owners need cover: by (giver, receiver) pair of parties.

    A move within a party or to industry is free; so is a gift in a case without pledges, and a purchase from industry
    in a case without contracts.
    """

    industry: Bools
    pledged: bool
    contracted: bool
    open: bool

    def needs_cover(self, giver: Days, receiver: Days) -> Bools:
        """Tell which moves are gifts that a pledge (or an ask) must cover."""
        gift = (giver != receiver) & ~self.industry[giver] & ~self.industry[receiver]
        return np.asarray(gift & self.pledged, dtype=np.bool_)

    def needs_contract(self, giver: Days, receiver: Days) -> Bools:
        """Tell which moves are purchases that a contract must cover."""
        return np.asarray(self.is_purchase(giver, receiver) & self.contracted, dtype=np.bool_)

    def is_purchase(self, giver: Days, receiver: Days) -> Bools:
        """Tell which moves leave industry for a party that is not industry."""
        return np.asarray(self.industry[giver] & ~self.industry[receiver], dtype=np.bool_)


def read_handover(case: Case) -> Handover:
    """Read from the case who is industry, whether gifts need pledges, and whether purchases need contracts."""
    industry = (case["parties"]["kind"] == "industry").fill_null(False).to_numpy()
    return Handover(
        industry=industry,
        pledged="pledges" in case.given,
        contracted="contracts" in case.given,
        open=case.scenario.gifts == "open",
    )
