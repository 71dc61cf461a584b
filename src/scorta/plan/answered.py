"""A network, its problem and its answer together: the questions that every table of a plan asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.case import BEYOND, Days, Floats
from scorta.network import Network
from scorta.problem import Family, Problem
from scorta.rules import SOLVER_TOLERANCE, Column
from scorta.solve import Answer

QUANTITY_TOLERANCE = SOLVER_TOLERANCE
"""Units below which a column of the answer counts as nothing: the solver's own tolerance."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A network, its problem and its answer together, with the questions every table asks."""

    network: Network
    problem: Problem
    answer: Answer

    def used(self, name: Column) -> tuple[Family, Days, Floats]:
        """Return a family, its members above nothing, and their values."""
        family = self.problem.columns[name]
        values = self.answer.values[family.start : family.stop]
        at = np.flatnonzero(values > QUANTITY_TOLERANCE)
        return family, at, values[at]

    def dates(self, days: Days) -> pl.Series:
        """Return days as dates, null where they lie beyond every horizon."""
        held = np.datetime64(self.network.horizon.as_of, "D") + np.where(days >= BEYOND, 0, days)
        return pl.Series(held).zip_with(pl.Series(days < BEYOND), pl.Series([None], dtype=pl.Date))

    def departures(self, move: Days, bucket: Days) -> tuple[Days, Days]:
        """Return the first and last day on which what each move carries in a bucket leaves."""
        moves = self.network.moves
        flow = moves.flows(move, bucket)
        return moves.arrivals.first_day[flow], moves.arrivals.last_day[flow]

    def reservations(self, reservation: Days) -> pl.Series:
        """Return what goods are reserved for, null where for nothing."""
        return self.network.names.reservations.code(np.where(reservation == 0, -1, reservation))

    def condition(self, spot: Days) -> pl.Series:
        """Return the condition of the goods of a spot."""
        waits = pl.lit(pl.Series(self.network.spots.reservation[spot] == self.network.names.repairable))
        words = pl.when(waits).then(pl.lit("repairable")).otherwise(pl.lit("serviceable"))
        return pl.select(words).to_series()

    def lot(self, spot: Days) -> dict[str, pl.Series]:
        """Return the two columns that name the lot of a spot."""
        spots = self.network.spots
        return {
            "reserved_for": self.reservations(spots.reservation[spot]),
            "expires_on": self.dates(spots.expires[spot]),
        }

    def column(self, table: str, name: str) -> pl.Series:
        """Return a column of the case."""
        return self.network.case[table][name]
