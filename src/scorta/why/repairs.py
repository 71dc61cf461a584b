"""Repairs: the changes of a case that would let a need be met better, each just large enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from scorta.case import Case, Change, Days, Floats
from scorta.languages import mark, say, write_number
from scorta.plan import Plan
from scorta.rules import ANSWER_TOLERANCE, Column, Rule
from scorta.solve import SolverProcess
from scorta.tables import CASE_TABLES
from scorta.why.causes import Hindrance, hindrance_of
from scorta.why.hindrances import Kind, Mending
from scorta.why.question import Question, Trial, pose
from scorta.why.reliefs import Relief
from scorta.why.targets import TARGET_TOLERANCE, Met, NeedTarget

MOST = 3
"""Things that a repair changes at most."""

CHOICES = 6
"""Repairs that are proposed at most."""

DOUBLE = 2.0
"""How many times its hours a line may be given: more than that is another line."""

BETTER = 1.01
"""How many times as much as the best of them alone things must do together to be proposed together."""

USE_TOLERANCE = ANSWER_TOLERANCE
"""Units, tonnes or hours below which nothing was used."""

NEVER = (None, None)
"""No days: the change holds for good."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What stands in the way, and the changes of the case that let it give way just far enough."""

    hindrance: Hindrance
    changes: tuple[Change, ...]

    @property
    def sentence(self) -> str:
        """What is changed, in the language that is spoken."""
        values, first = {change.field: change.value for change in self.changes}, self.changes[0]
        value = _write(values.get("quantity", values.get("option", first.value)).lstrip("-"))
        open_days = say(_OPEN.get(first.field, ""), value=value)
        days = {"first": first.from_date, "last": self.changes[-1].until_date}
        facts = {**self.hindrance.written, **days, "value": value, "open_days": open_days}
        return say(self.hindrance.kind.words.repair, **facts)


_OPEN = {"open_from": mark("from {value}"), "open_until": mark("until {value}")}
"""Since when, or how long, a leg is open."""


def _write(value: str) -> str:
    """Write the value of a change: numbers as everywhere, dates as they are."""
    try:
        return write_number(float(value))
    except ValueError:
        return value


Repair = tuple[Remedy, ...]
"""One thing that is changed, or several that only together do as much."""


def changes_of(repair: Repair) -> tuple[Change, ...]:
    """Return all that a repair changes."""
    return tuple(change for remedy in repair for change in remedy.changes)


def propose(case: Case, plan: Plan, need: str, solver: SolverProcess, touch: Collection[str] = ()) -> list[Repair]:
    """Return repairs of a need: each thing that helps alone, and combinations of up to three that do as much as all.

    `touch` names the tables that may be changed; all, where it is empty. What is proposed is not yet verified: whether
    the whole plan turns out so is for planning it again to say.
    """
    trial = Trial.begin(_doubled(pose(case, plan, NeedTarget.build(case, plan, need))), solver)
    may = [one for one in trial.question.reliefs if one.kind.words.mending and (not touch or one.kind.table in touch)]
    choices = trial.each(([one] for one in trial.hopeful() if one in may), enough=CHOICES)
    alone = {choice[0]: trial.gain(met) for choice, met in choices}
    for some, met in trial.each(_together(trial, may, max(alone.values(), default=TARGET_TOLERANCE))):
        if trial.gain(met) > BETTER * max(alone.get(one, 0.0) for one in some):
            choices.append((some, met))
    choices.sort(key=lambda choice: (len(choice[0]), -round(trial.gain(choice[1]), 3)))
    repairs = [_sized(case, trial, some, met) for some, met in choices]
    return list(dict.fromkeys(repair for repair in repairs if repair))[:CHOICES]


def _together(trial: Trial, may: Sequence[Relief], best: float) -> list[list[Relief]]:
    """Return combinations that meet the need as well as all that may be changed, where nothing alone does nearly so."""
    if trial.gain(trial.met(may)) <= BETTER * best:
        return []
    first = trial.smallest(may)
    others = [trial.smallest([one for one in may if one is not left]) for left in first] if len(first) > 1 else []
    return [some for some in (first, *others) if 1 < len(some) <= MOST]


def _doubled(question: Question) -> Question:
    """Let lines have no more than twice the hours that they have."""
    upper = question.upper.copy()
    for relief in question.reliefs:
        if relief.kind == Kind.LINE_FULL:
            upper[relief.columns] = (DOUBLE - 1.0) * question.problem.row_upper[_rows_of(question, relief.columns)]
    return replace(question, upper=upper)


def _rows_of(question: Question, columns: Days) -> Days:
    """Return the row of columns that stand in one row."""
    return question.problem.rows[question.problem.starts[columns]].astype(np.int64)


def _sized(case: Case, trial: Trial, reliefs: Sequence[Relief], met: Met) -> Repair:
    """Return the changes that do as much as some reliefs, and no more; what none is needed of is left out."""
    values, remedies = trial.least(reliefs, met), []
    for relief in reliefs:
        mending = relief.kind.words.mending
        changes = () if mending is None else tuple(MENDINGS[mending](case, trial.question, relief, values))
        remedies += [Remedy(hindrance_of(case, relief), changes)] if changes else []
    return tuple(remedies)


Size = Callable[[Case, Question, Relief, Floats], Sequence[Change]]
"""Turns what is used of a relief into changes of the case."""


def _change(
    relief: Relief, code: str, field: str, operation: str, value: object, days: tuple[date | None, date | None] = NEVER
) -> Change:
    """Return a change of the row that a relief is of, for a time if need be."""
    written = value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else str(value)
    return Change("repair", relief.kind.table, code, field, operation, written, *days)


def _buckets(question: Question, relief: Relief, values: Floats) -> Days:
    """Return the buckets in which something is used of a relief that lets things flow."""
    used = relief.columns[values[relief.columns] > USE_TOLERANCE]
    problem = question.problem
    families = (problem.columns[name] for name in (Column.HANDOVER, Column.PURCHASE, Column.SHIP))
    family = next(one for one in families if one.start <= relief.columns[0] < one.stop)
    return np.asarray(family.index["bucket"][used - family.start])


def _earlier(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a row is opened earlier: on the first day on which something leaves."""
    buckets = _buckets(question, relief, values)
    return _open_on(relief, case.horizon.date(case.horizon.starts[buckets.min()])) if len(buckets) else ()


def _longer(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a row is kept open longer: to the last day on which something leaves."""
    buckets = _buckets(question, relief, values)
    return _open_on(relief, case.horizon.date(case.horizon.ends[buckets.max()])) if len(buckets) else ()


def _open_on(relief: Relief, day: date) -> Sequence[Change]:
    """Return how the date of a row is set."""
    return [_change(relief, _code(relief), relief.kind.words.changes, "set", day)]


def _code(relief: Relief) -> str:
    """Return the code of the row that a relief is of."""
    return str(relief.facts[CASE_TABLES[relief.kind.table].names[0]])


def _more(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a row is made to grant more units."""
    units = _whole(float(values[relief.columns].sum()))
    return [_change(relief, _code(relief), relief.kind.words.changes, "add", units)] if units else ()


def _stated(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a pledge without a quantity is given one."""
    units = _whole(float(values[relief.columns].sum()))
    fields = (("quantity", units), ("quantity_state", "known"))
    return [_change(relief, relief.facts["pledge"], field, "set", value) for field, value in fields] if units else ()


def _asked(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return the pledge that is to be asked for, as a new row."""
    units = _whole(float(values[relief.columns].sum()))
    if not units:
        return ()
    donor, item = relief.facts["donor"], relief.facts["item"]
    row = {"donor": donor, "item": item, "quantity": units, "state": "announced"}
    return [_change(relief, f"ASK-{donor}-{item}", field, "set", value) for field, value in row.items()]


def _ordered(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return the contract that is to be made, as a new row: an option, open from the first call-off to the last."""
    units, buckets = _whole(float(values[relief.columns].sum())), _buckets(question, relief, values)
    if not units or not len(buckets):
        return ()
    buyer, supplier, item, price = (relief.facts[name] for name in ("buyer", "supplier", "item", "unit_price_eur"))
    first, last = case.horizon.starts[buckets.min()], case.horizon.ends[buckets.max()]
    row = {"buyer": buyer, "supplier": supplier, "item": item, "option": units, "unit_price_eur": price}
    row |= {"from_date": case.horizon.date(int(first)), "until_date": case.horizon.date(int(last))}
    code = f"ORDER-{buyer}-{supplier}-{item}"
    return [_change(relief, code, field, "set", value) for field, value in row.items() if value is not None]


def _opened(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a leg is opened earlier, or kept open longer."""
    buckets, (opens, closes) = _buckets(question, relief, values), relief.kind.words.days
    if not len(buckets):
        return ()
    first, last = case.horizon.starts[buckets.min()], case.horizon.ends[buckets.max()]
    day = relief.facts[opens]
    if day is not None and first < case.horizon.day(day):
        return [_change(relief, _code(relief), opens, "set", case.horizon.date(int(first)))]
    return [_change(relief, _code(relief), closes, "set", case.horizon.date(int(last)))]


def _widened(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a leg, and all that share its capacity, are made to carry more tonnes a month."""
    ship, network = question.problem.columns[Column.SHIP], question.network
    used = relief.columns - ship.start
    item = network.spots.item[network.moves.origin[ship.index["move"][used]]]
    tonnes = np.bincount(
        ship.index["bucket"][used], values[relief.columns] * network.items.mass[item], len(case.horizon)
    )
    most = _up(float((tonnes / case.horizon.months(case.horizon.starts, case.horizon.ends)).max()))
    shared = relief.facts["shared_capacity"]
    legs = [relief.facts["leg"]] if shared is None else case["legs"].filter(shared_capacity=shared)["leg"].to_list()
    limited = case["legs"].filter(pl.col("leg").is_in(legs), pl.col("capacity_t_per_month").is_not_null())["leg"]
    return [_change(relief, leg, "capacity_t_per_month", "add", most) for leg in limited] if most else ()


def _lengthened(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a line is given more hours, in all its rows as many times as many."""
    rows = _rows_of(question, relief.columns)
    have = question.problem.row_upper[rows]
    ratio = np.divide(values[relief.columns], have, out=np.zeros(len(rows)), where=have > 0)
    factor = 1.0 + _up(float(ratio.max(initial=0.0)), figures=2)
    if factor <= 1.0:
        return ()
    named = relief.facts["line"]
    changes = [_change(relief, named, "capacity_per_month", "multiply", factor)]
    if case["lines"].filter(line=named)["maximum_per_month"].is_not_null().any():
        changes.append(_change(relief, named, "maximum_per_month", "multiply", factor))
    return changes


def _handled(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a place is made to handle more tonnes a month."""
    rules = [question.problem.rules[name] for name in (Rule.THROUGHPUT_OUT, Rule.THROUGHPUT_IN)]
    numbers = np.concatenate([rule.numbers for rule in rules])
    buckets = np.concatenate([rule.index["bucket"] for rule in rules])
    bucket = buckets[np.searchsorted(numbers, _rows_of(question, relief.columns))]
    months = case.horizon.months(case.horizon.starts, case.horizon.ends)[bucket]
    most = _up(float((values[relief.columns] / months).max(initial=0.0)))
    return [_change(relief, relief.facts["place"], "throughput_t_per_month", "add", most)] if most else ()


def _funded(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a budget is raised."""
    amount = _up(float(values[relief.columns].sum()))
    address = case.address("budgets", relief.rows[0])
    return [_change(relief, address, "amount_eur", "add", amount)] if amount else ()


def _lowered(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a floor is lowered while goods below it are given."""
    below, levels = question.problem.columns[Column.BELOW_FLOOR], question.network.levels
    aims = np.flatnonzero(np.isin(levels.row, relief.rows).any(axis=1))
    own = below.start + np.flatnonzero(np.isin(below.index["level"], aims))
    used = own[values[own] > USE_TOLERANCE]
    if not len(used) or not values[relief.columns].any():
        return ()
    buckets, depth = below.index["bucket"][used - below.start], _whole(float(values[used].max()))
    first, last = case.horizon.starts[buckets.min()], case.horizon.ends[buckets.max()]
    days = case.horizon.date(int(first)), case.horizon.date(int(last))
    rows = np.unique(levels.row[below.index["level"][used - below.start], buckets])
    return [_change(relief, case.address("objectives", int(row)), "floor", "add", -depth, days) for row in rows]


def _hastened(case: Case, question: Question, relief: Relief, values: Floats) -> Sequence[Change]:
    """Return how a receipt comes earlier: in the first bucket in which anything of it is used."""
    balance = question.problem.rules[Rule.BALANCE]
    used = relief.columns[values[relief.columns] > USE_TOLERANCE]
    if not len(used):
        return ()
    bucket = balance.index["bucket"][_rows_of(question, used) - balance.start].min()
    day = case.horizon.date(int(case.horizon.starts[bucket]))
    return [_change(relief, case.address("receipts", relief.rows[0]), "due_on", "set", day)]


MENDINGS: dict[Mending, Size] = {
    Mending.FROM_EARLIER: _earlier,
    Mending.UNTIL_LATER: _longer,
    Mending.MORE_UNITS: _more,
    Mending.STATED: _stated,
    Mending.ASKED: _asked,
    Mending.ORDERED: _ordered,
    Mending.OPENED: _opened,
    Mending.MORE_TONNES: _widened,
    Mending.MORE_HOURS: _lengthened,
    Mending.MORE_HANDLED: _handled,
    Mending.MORE_MONEY: _funded,
    Mending.LOWERED: _lowered,
    Mending.DUE_EARLIER: _hastened,
}
"""How a row is changed in each way."""


def _whole(units: float) -> float:
    """Return whole units, no fewer than that."""
    return float(math.ceil(units - USE_TOLERANCE)) if units > USE_TOLERANCE else 0.0


def _up(amount: float, figures: int = 3) -> float:
    """Return an amount of so many figures, no less than that."""
    if amount <= USE_TOLERANCE:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(amount)) - figures + 1)
    return math.ceil(amount / step - USE_TOLERANCE) * step
