"""Causes: what stands in the way of a need or a stock objective, each found by taking it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from scorta.case import Case
from scorta.languages import mark, say, say_count, write_day, write_number, write_share, write_year
from scorta.plan import Plan
from scorta.solve import SolverProcess
from scorta.why.hindrances import Kind, Turn
from scorta.why.question import Trial, pose
from scorta.why.reliefs import Relief
from scorta.why.targets import TARGET_TOLERANCE, Met, NeedTarget, ObjectiveTarget

MOST = 5
"""Causes that are told at most."""

LEAST_SHARE = 0.01
"""Share of what is lacking, and of what it weighs, below which what stands in the way is not worth telling."""

TOGETHER = 0.9
"""Share of what all reliefs do from which on one of them does it alone: then no combination is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Hindrance:
    """One thing that stands in the way: its `kind`, the rows of the case that say so, and the fields of the first.

    Nobody wrote a row of what was never promised: then there are none.
    """

    kind: Kind
    rows: tuple[str, ...]
    facts: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """What stands in the way, in the language that is spoken."""
        return say(self.kind.words.sentence, **self.written)

    @property
    def written(self) -> dict[str, str]:
        """The fields of the row that stands in the way, and what is said of them, as they are written."""
        facts = {name: _write(name, fact) for name, fact in self.facts.items()}
        parts = {name: say(words, **facts) if field in facts else "" for name, (field, words) in _PARTS.items()}
        parts["open_days"] = say(_CLOSED.get(("open_from" in facts, "open_until" in facts), ""), **facts)
        parts["recurs"] = say(_RECURS.get(facts.get("every", ""), ""))
        parts["owner"] = facts.get("place") or facts.get("party", "")
        parts["pledged_for"] = facts.get("only_for") or facts.get("recipient", "")
        return {**facts, **parts}


@dataclass(frozen=True, slots=True)
class Cause:
    """What stands in the way, several things where only all of them together do, and how all is met without.

    Without it that many units more come on time and come at all (of an objective: are never missing, and are there at
    the end), that many unit-days late are saved, and from `full_on` on nothing is missing.
    """

    hindrances: tuple[Hindrance, ...]
    on_time: float
    delivered: float
    unit_days: float
    full_on: date | None = None

    @property
    def sentence(self) -> str:
        """What stands in the way, in the language that is spoken."""
        return say_together(self.hindrances)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a need is late or short: units late and unmet, and what stands in its way, what hinders most first.

    `left` is how it would be met if everything gave way but other needs. `supply` tells whether anybody in the case
    has, expects or makes anything that meets it, `way` whether any of that can reach it.
    """

    need: str
    met: Met
    causes: tuple[Cause, ...]
    left: Met
    supply: bool
    way: bool


@dataclass(frozen=True, slots=True)
class WhyBelow:
    """Why a stock is below its objective: since when, and what stands in its way, what hinders most first.

    `level` and `objective` are those at the end of the plan, empty where there is none then; all else is as in `Why`.
    """

    owner: str
    item: str
    level: float
    objective: float | None
    since: date | None
    met: Met
    causes: tuple[Cause, ...]
    left: Met
    supply: bool
    way: bool


def explain_need(case: Case, plan: Plan, need: str, solver: SolverProcess) -> Why:
    """Find what stands in the way of a need: take away one thing at a time, and see whether it is met any better.

    Raises:
        SolverError: see `SolverProcess.solve`.
    """
    question = pose(case, plan, NeedTarget.build(case, plan, need))
    met, causes, left = _causes(case, Trial.begin(question, solver))
    return Why(need, met, causes, left, question.supply, question.way)


def explain_below(case: Case, plan: Plan, owner: str, item: str, solver: SolverProcess) -> WhyBelow:
    """Find what stands in the way of a stock objective of a party or place: take away one thing at a time.

    Raises:
        InputError: that party or place has none, or the case does not plan for objectives.
        SolverError: see `SolverProcess.solve`.
    """
    target = ObjectiveTarget.build(case, owner, item)
    question = pose(case, plan, target)
    stand = target.stand(plan, question.network)
    met, causes, left = _causes(case, Trial.begin(question, solver))
    return WhyBelow(owner, item, *stand, met, causes, left, question.supply, question.way)


def _causes(case: Case, trial: Trial) -> tuple[Met, tuple[Cause, ...], Met]:
    """Return how a target is met, what stands in its way, and how it would be met if all but others gave way.

    Where the prices of the best answer promise nothing of a relief, nothing comes of it: only the others are tried.
    Where they do little one by one, the smallest combination that does as much as all of them is looked for; and where
    nothing else does anything, one of others with them.
    """
    reliefs, hopeful = trial.question.reliefs, trial.hopeful()
    tried = trial.each(([relief] for relief in hopeful if relief.kind.words.turn != Turn.LAST), enough=MOST)
    yielding = [relief for relief in reliefs if relief.kind.words.turn == Turn.FIRST]
    alone = (met for (relief,), met in tried if relief in yielding and met.late + met.unmet <= TARGET_TOLERANCE)
    left = next(alone, None) or trial.met(yielding)
    if trial.gain(left) > TARGET_TOLERANCE and not any(
        trial.gain(met) >= TOGETHER * trial.gain(left) for _, met in tried
    ):
        tried += trial.each([trial.smallest(yielding, left)])
    if not tried:
        tried += trial.each([trial.smallest([relief for relief in reliefs if relief.kind.words.turn != Turn.LAST])])
    last = _last([left, *(met for _, met in tried)])
    tried += trial.each([relief] for relief in hopeful if relief.kind in last)
    place = {relief: (relief.kind.words.turn == Turn.LAST, number) for number, relief in enumerate(reliefs)}
    tried = [(choice, met) for choice, met in tried if trial.share(met) >= LEAST_SHARE]
    tried.sort(key=lambda pair: (-round(trial.gain(pair[1]), 3), place[pair[0][0]]))
    return trial.before, tuple(_cause(case, choice, trial.before, met) for choice, met in tried[:MOST]), left


def _last(tried: Sequence[Met]) -> tuple[Kind, ...]:
    """Return which of the last kinds are looked at: a quicker way where something is late, goods where missing."""
    left = {
        Kind.LEG_SLOW: min(met.late + met.unmet for met in tried),
        Kind.STOCK_USED_UP: min(met.unmet for met in tried),
    }
    return tuple(kind for kind, most in left.items() if most > TARGET_TOLERANCE)


def _cause(case: Case, reliefs: Sequence[Relief], before: Met, after: Met) -> Cause:
    """Tell of reliefs in the words of the case."""
    hindrances = tuple(hindrance_of(case, relief) for relief in reliefs)
    on_time = before.late + before.unmet - after.late - after.unmet
    came, days = before.unmet - after.unmet, before.unit_days - after.unit_days
    return Cause(hindrances, on_time, came, days, after.full_on)


def hindrance_of(case: Case, relief: Relief) -> Hindrance:
    """Return what a relief takes away."""
    facts = {name: relief.facts[name] for name in relief.kind.fields if relief.facts.get(name) is not None}
    return Hindrance(relief.kind, tuple(case.address(relief.kind.table, row) for row in relief.rows), facts)


def say_together(hindrances: Sequence[Hindrance]) -> str:
    """Say what stands in the way; several hindrances hinder together."""
    together = {1: "", 2: mark(": both together")}.get(len(hindrances), mark(": all together"))
    return say(", and ").join(one.sentence for one in hindrances) + say(together)


_PARTS = {
    "capacity": ("capacity_t_per_month", mark(" than {capacity_t_per_month} t a month")),
    "shared": ("shared_capacity", mark(" together with all that share {shared_capacity}")),
    "level": ("floor", mark(" of {floor}")),
    "wanted": ("objective", mark(" of {objective}")),
}
"""What is said only where a field is filled: the field, and the words."""

_CLOSED = {
    (True, False): mark("before {open_from}"),
    (False, True): mark("after {open_until}"),
    (True, True): mark("before {open_from} and after {open_until}"),
}
"""When a leg is closed, if it opens on a day, closes on a day, or both."""

_RECURS = {
    "week": mark(", every week"),
    "month": mark(", every month"),
    "quarter": mark(", every quarter"),
    "year": mark(", every year"),
}
"""How often a need comes back."""


def _write(name: str, fact: object) -> str:
    """Write a field of a row."""
    if isinstance(fact, date):
        return write_day(fact)
    if isinstance(fact, bool) or not isinstance(fact, (int, float)):
        return str(fact)
    return _WRITERS.get(name, write_number)(float(fact))


_WRITERS: dict[str, Callable[[float], str]] = {
    "year": write_year,
    "share": write_share,
    "maximum_excess": write_share,
    "transit_days": lambda days: say_count("{number} day", "{number} days", ceil(days), number=write_number(days)),
}
"""How fields are written that are no quantities."""
