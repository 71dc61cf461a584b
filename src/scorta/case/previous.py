"""A plan made before, as far as the next plan is to keep to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scorta.case.horizon import Horizon


@dataclass(frozen=True, slots=True)
class Previous:
    """The tables of a plan made before, and the `freeze` days, from the first of the new plan, in which it stands.

    Frozen are the buckets that lie wholly in these days.
    """

    tables: Mapping[str, pl.DataFrame]
    freeze: int = 0

    def frozen(self, horizon: Horizon) -> int:
        """Return how many buckets of a horizon are frozen, from the first on."""
        return int((horizon.ends < self.freeze).sum())
