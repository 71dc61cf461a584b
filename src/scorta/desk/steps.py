"""The steps from a case to a plan, each told when it is done: its stage, what came of it, how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from scorta.languages import mark, punctuate, say, say_count
from scorta.network import Network
from scorta.problem import Problem
from scorta.report import say_tier

NETWORK, PROBLEM, SOLVE, PLAN = mark("network"), mark("problem"), mark("solve"), mark("plan")
VERIFY, SAVE, MIXTURE = mark("verify"), mark("save"), mark("mixture")
"""What the stages are called."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way that is done: its stage, what came of it in words, and the seconds it took."""

    stage: str
    words: str
    seconds: float


Told = Callable[[Step], None]
"""Is told of every step when it is done."""


class Clock:
    """Tells of each step with the seconds since the one before."""

    def __init__(self, told: Told | None) -> None:
        self.told, self.began = told or (lambda step: None), time.monotonic()

    def done(self, stage: str, words: str) -> None:
        """Tell that a step is done."""
        now = time.monotonic()
        self.told(Step(stage, words, now - self.began))
        self.began = now


def words_of_network(network: Network) -> str:
    """Say how large a network is."""
    spots = say_count("{number} spot", "{number} spots", len(network.spots))
    return f"{spots}, {say_count('{number} move', '{number} moves', len(network.moves.leg))}"


def words_of_problem(problem: Problem) -> str:
    """Say how large a problem is."""
    columns, rows, entries = problem.shape
    whole = len(problem.whole)
    parts = (
        say_count("{number} column", "{number} columns", columns),
        say_count("{number} row", "{number} rows", rows),
        say_count("{number} entry", "{number} entries", entries),
        say_count("{number} whole number", "{number} whole numbers", whole) if whole else "",
    )
    return ", ".join(filter(None, parts))


def words_of_tables(tables: Mapping[str, pl.DataFrame]) -> str:
    """Say how much a plan moves and issues."""
    shipments = say_count("{number} shipment", "{number} shipments", len(tables["shipments"]))
    return f"{shipments}, {say_count('{number} issue', '{number} issues', len(tables['issues']))}"


def words_of_tier(name: str, value: float, at_least: float | None, is_best: bool, left: float) -> str:
    """Say what a tier came to, how good that is known to be, and how many seconds are left."""
    parts = (
        say("{tier}: {value}", tier=say_tier(name), value=punctuate(f"{value:,.6g}")),
        say("proved best") if is_best else "",
        "" if is_best or at_least is None else say("at least {bound}", bound=punctuate(f"{at_least:,.6g}")),
        say("{seconds} s left", seconds=punctuate(f"{max(left, 0.0):,.0f}")),
    )
    return ", ".join(filter(None, parts))
