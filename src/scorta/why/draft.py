"""A draft: a problem to which columns, rows and entries are added; and what owners hold and lack in a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.network import Network, Pairs, matches
from scorta.plan import Plan
from scorta.problem import Problem, TierSum
from scorta.rules import ANSWER_TOLERANCE, Rule

OTHERS_TOLERANCE = ANSWER_TOLERANCE
"""By how much what the plan does for others may grow worse, relative to it: round-off."""


def room(value: float) -> float:
    """Return what may be, where so much is in the plan."""
    return value * (1 + OTHERS_TOLERANCE) + OTHERS_TOLERANCE


@dataclass(slots=True)
class Draft:
    """A problem to which columns, rows and entries are added."""

    problem: Problem
    uppers: list[Floats] = field(default_factory=list)
    sides: list[Floats] = field(default_factory=list)
    entries: list[tuple[Days, Days, Floats]] = field(default_factory=list)
    row_lower: Floats = field(init=False)
    row_upper: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.row_lower, self.row_upper = self.problem.row_lower.copy(), self.problem.row_upper.copy()

    def columns(self, rows: Days, value: float, most: float = np.inf) -> Days:
        """Add a column for each of some rows, with one entry there; return their numbers."""
        numbers = len(self.problem.upper) + sum(map(len, self.uppers)) + np.arange(len(rows))
        self.uppers.append(np.full(len(rows), most))
        self.enter(rows, numbers, np.full(len(rows), value))
        return numbers

    def row(self, columns: Days, values: Floats, most: float) -> Days:
        """Add a row: the sum of some columns is at most that; return its number."""
        number = np.array([len(self.problem.row_upper) + len(self.sides)])
        self.sides.append(np.array([most]))
        self.enter(np.repeat(number, len(columns)), columns, values)
        return number

    def enter(self, rows: Days, columns: Days, values: Floats) -> None:
        """Add entries to the matrix."""
        self.entries.append((rows, columns, values))

    def take(self, rule: Rule, owner: Days, bucket: Days, quantity: Floats) -> None:
        """Lower the limits of a rule by what others use of them."""
        rows = self.problem.rules[rule]
        most = [int(max(side.max(initial=0), rows.index[name].max(initial=0)))
                for name, side in (("owner", owner), ("bucket", bucket))]  # fmt: skip
        number = np.full((most[0] + 1, most[1] + 1), -1)
        number[rows.index["owner"], rows.index["bucket"]] = rows.numbers
        at = number[owner, bucket]
        self.lower_rows(at[at >= 0], quantity[at >= 0])

    def lower_rows(self, rows: Days, quantity: Floats) -> None:
        """Lower the limits of some rows, none below nothing."""
        np.subtract.at(self.row_upper, rows, quantity)
        self.row_upper[rows] = np.maximum(self.row_upper[rows], 0.0)

    def shift_rows(self, rows: Days, quantity: Floats) -> None:
        """Lower both sides of some rows: so much comes in less, or goes out beside."""
        for sides in (self.row_lower, self.row_upper):
            np.subtract.at(sides, rows, quantity)

    def complete(self, tier: TierSum) -> Problem:
        """Return the whole problem with one tier, without whole numbers."""
        old = self.problem
        upper, row_upper = np.concatenate([old.upper, *self.uppers]), np.concatenate([self.row_upper, *self.sides])
        column = np.repeat(np.arange(len(old.upper)), np.diff(old.starts))
        parts = [(old.rows, column, old.values), *self.entries]
        rows, columns, values = (np.concatenate([part[side] for part in parts]) for side in range(3))
        order = np.argsort(columns, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(upper)))]).astype(np.int32)
        more = np.full(len(self.sides), -np.inf)
        return Problem(
            columns=old.columns,
            rules=old.rules,
            lower=np.concatenate([old.lower, np.zeros(len(upper) - len(old.lower))]),
            upper=upper,
            row_lower=np.concatenate([self.row_lower, more]),
            row_upper=row_upper,
            starts=starts,
            rows=rows[order].astype(np.int32),
            values=values[order].astype(np.float64),
            tiers=(tier,),
        )


def held(plan: Plan, network: Network) -> Floats:
    """Return what the owner of each level holds at the end of each bucket of a plan (level x bucket)."""
    levels, names = network.levels, network.names
    held = Pairs(len(names.places) + len(names.parties), len(names.items))
    found = np.zeros((len(levels), len(network.horizon)))
    owner = held.of(np.where(levels.place >= 0, levels.place, len(names.places) + levels.party), levels.item)
    among = pl.col("item").is_in(names.items.code(np.unique(levels.item)).implode())
    at_places = plan["stock_levels"].filter(among, pl.col("condition") == "serviceable")
    of_parties = plan["holdings"].filter(among)
    for rows, whose, figure in (
        (at_places, names.places.of(at_places["place"]), "quantity"),
        (of_parties, len(names.places) + names.parties.of(of_parties["party"]), "level"),
    ):
        at, level = matches(held.of(whose, names.items.of(rows["item"])), owner)
        np.add.at(found, (level, rows["bucket"].to_numpy()[at]), rows[figure].to_numpy()[at])
    return found


def missing(plan: Plan, network: Network, wanted: Floats) -> Floats:
    """Return how far owners are below what is wanted at the end of each bucket of a plan (both level x bucket)."""
    return np.asarray(np.maximum(np.nan_to_num(wanted) - held(plan, network), 0.0))
