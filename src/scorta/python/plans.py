"""A plan for Python users: made or read, looked at, questioned, compared and saved."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from scorta import desk
from scorta.case import Case as EngineCase
from scorta.errors import InputError
from scorta.plan import Plan as EnginePlan
from scorta.plan import Record, load_plan, save_plan
from scorta.python.answers import Answer, Shown, answer
from scorta.python.cases import Case
from scorta.report import (
    VIEW_NAMES,
    Page,
    ask_page,
    attribution_page,
    bare_page,
    compare_page,
    fairness_page,
    fix_page,
    plain_attribution,
    plain_comparison,
    plan_page,
    serves_page,
    trace_page,
    view_frame,
    why_below_page,
    why_instead_page,
    why_page,
    write_plan_workbook,
)
from scorta.trace import Step

_GIB = 2**30

Progress = Callable[[desk.Step], None]
"""Is called with each step of a plan when it is done."""


@dataclass(frozen=True, eq=False, repr=False)
class Plan(Shown):
    """A checked plan: its views by name, as frames (`plan.needs`, `plan.shipments`), under the words of `scorta show`.

    `print(plan)` is the page that ends `scorta plan`. `case` is the case it was made of, None where it was read without
    one; `engine` is the plan as the rooms of the engine take it.
    """

    engine: EnginePlan
    case: Case | None = None

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.record.title

    @property
    def record(self) -> Record:
        """How the plan came about: versions, options, tiers, and how near it is to the best there can be."""
        return self.engine.record

    def __getitem__(self, view: str) -> pl.DataFrame:
        """Return a view by name, every field of it and nothing rounded."""
        if view not in VIEW_NAMES:
            raise InputError(
                "A plan has no view {view}.", "Its views are {views}.", view=view, views=", ".join(VIEW_NAMES)
            )
        return view_frame(self.engine, view)

    def __getattr__(self, name: str) -> pl.DataFrame:
        """Return a view by name."""
        if name not in VIEW_NAMES:
            raise AttributeError(f"A plan has no {name!r}: its views are {', '.join(VIEW_NAMES)}.")
        return self[name]

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *VIEW_NAMES})

    def why(self, *codes: str, instead: str | None = None) -> Answer:
        """Say why a need is late or short, or why a stock (`"PL", "generator"`) is below its objective.

        `instead` names another need: why does that get something, and the first not? Each row of the answer is a cause,
        what hinders most first.

        Raises:
            InputError: the plan has no such need or objective, or was made of another state of the case.
        """
        case, made = self._case_of_plan().engine, self.engine
        title, met = case.scenario.title, made["fulfilment"]
        if len(codes) not in (1, 2) or (instead and len(codes) > 1):
            raise InputError("Nothing is asked that has an answer.", "Name a need, or a party or place and an item.")
        if instead is not None:
            other = desk.why_instead(case, made, codes[0], instead)
            return answer(other, lambda: why_instead_page(title, met, other))
        if len(codes) > 1:
            below = desk.why_below(case, made, codes[0], codes[1])
            return answer(below, lambda: why_below_page(title, below), rows=below.causes)
        found = desk.why(case, made, codes[0])
        row = met.filter(need=codes[0]).row(0, named=True)
        return answer(found, lambda: why_page(title, row, found), rows=found.causes)

    def fix(self, need: str, *, touch: Collection[str] = (), seconds: float | None = None) -> Answer:
        """Find the changes that let a need be met better, each planned as the whole case; rows are the best first.

        `touch` names the tables that may be changed, such as `["pledges", "legs"]`; `seconds` bounds each plan.

        Raises:
            InputError: the plan has no such need, or was made of another state of the case.
        """
        case, made = self._case_of_plan().engine, self.engine
        fixes = desk.fix(case, made, need, touch=touch, limits=_limits(seconds))
        row = made["fulfilment"].filter(need=need).row(0, named=True)
        return answer(fixes, lambda: fix_page(case.scenario.title, row, fixes))

    def trace(self, *codes: str) -> Answer:
        """Trace a need back to its sources, or a source forward to the needs it serves.

        `codes` are that of a need, a pledge, a contract or a line, or those of a place and an item that lies there.

        Raises:
            InputError: nothing of these codes can be traced, or the plan was made of another state of the case.
        """
        case = self._case_of_plan().engine
        traced = desk.trace(case, self.engine, codes)
        title = case.scenario.title
        if isinstance(traced, Step):
            return answer(traced, lambda: trace_page(title, traced), rows=traced.behind)
        return answer(traced, lambda: serves_page(title, " ".join(codes), traced), traced.to_dicts())

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Save the plan in a folder, whole or not at all, in place of an earlier plan there; return the folder.

        Raises:
            OutputError: the folder holds something else than a plan, or cannot be written.
        """
        save_plan(self.engine, Path(folder))
        return Path(folder)

    def to_excel(self, file: str | os.PathLike[str]) -> Path:
        """Write the plan as a workbook, a sheet for each view, names beside codes; return the path of the file.

        Raises:
            OutputError: the file cannot be written.
        """
        write_plan_workbook(self.engine, Path(file), self.case.engine if self.case else None)
        return Path(file)

    def _case_of_plan(self) -> Case:
        """Return the case of the plan; refuse where it was read without one."""
        if self.case is None:
            raise InputError("The plan was read without its case.", "Read it with `read_plan(folder, case=case)`.")
        return self.case

    def _page(self) -> Page:
        return plan_page(self.engine, self.case.engine) if self.case else bare_page(self.engine)


def plan(
    case: Case,
    *,
    like: Plan | None = None,
    freeze: int = 0,
    seconds: float | None = None,
    memory: float | None = None,
    gap: float | None = None,
    relax: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Plan a case and check the plan.

    `like` is a plan made before, to change as little as can be without making anything worse; in its first `freeze`
    days it stands. `seconds` and `memory` (in GiB) bound the solver, `gap` is how far from the best whole numbers may
    be, and `relax` drops whole numbers. `progress` is called with each step when it is done.

    Raises:
        InputError: there is nothing to freeze.
        SolverError: the solver gave no answer that can be trusted.
        BrokenPlanError: the independent checker found a rule broken.
    """
    if freeze and like is None:
        raise InputError("There is no plan to freeze.", "Name it: `like=plan`.")
    limits, previous = _limits(seconds, memory, gap), None if like is None else _made(like)
    made = desk.make_plan(_case(case), limits=limits, relax=relax, previous=previous, freeze=freeze, told=progress)
    return Plan(made, case)


def read_plan(folder: str | os.PathLike[str], case: Case | None = None) -> Plan:
    """Read a plan that was saved; with the case it was made of, it can be asked why, traced and fixed.

    Raises:
        InputError: the folder is no plan, or a file of it is missing or damaged.
    """
    return Plan(load_plan(Path(folder)), case)


def compare(before: Plan, after: Plan, *, by: str | None = None, seconds: float | None = None) -> Answer:
    """Lay two plans side by side: needs, gifts, orders, spend and shares.

    `by` says because of which rows they differ, which plans mixtures of their two cases: rows put together by `row`,
    `table`, `what-if` or a field such as `donor`. Rows of the answer are the needs that differ, the worse ones first.

    Raises:
        InputError: `by` is given, and a plan was read without its case or was made of another state of it.
    """
    found = desk.compare(_made(before), _made(after))
    plain = plain_comparison(found)
    if by is None:
        return answer(found, lambda: compare_page(found), plain, plain["needs"])
    cases = (before._case_of_plan().engine, after._case_of_plan().engine)
    because = desk.attribute_change((before.engine, after.engine), cases, by=by, limits=_limits(seconds))
    plain = {"because": plain_attribution(because), **plain}
    return answer(found, lambda: compare_page(found, attribution_page("", because, found, None)), plain, plain["needs"])


def ask(case: Case, *, relax: bool = False, seconds: float | None = None) -> Answer:
    """List of whom to ask how much of what by when, beyond the pledges and above the floors; most urgent first.

    Raises:
        InputError: gifts need no pledge in this case, so that nobody has to be asked.
    """
    asks = desk.ask(_case(case), limits=_limits(seconds), relax=relax)
    return answer(asks, lambda: ask_page(case.title, asks, None))


def fairness(case: Case, *, caps: Sequence[float] = (), seconds: float | None = None) -> Answer:
    """Show the price of fairness: the case planned without its burden-sharing keys, with them, and under caps.

    Raises:
        InputError: the case has no burden-sharing key.
    """
    plans = desk.price_fairness(_case(case), caps=caps, limits=_limits(seconds))
    return answer(plans, lambda: fairness_page(case.title, plans))


def show_versions() -> None:
    """Print the versions of what a plan depends on, for a report of a bug."""
    versions = desk.versions(f"highspy {version('highspy')}") | {"system": platform.platform()}
    print("\n".join(f"{name:<8} {number}" for name, number in versions.items()))


def _case(case: object) -> EngineCase:
    """Return the case of the engine; refuse what is none, such as the path of one."""
    if isinstance(case, Case):
        return case.engine
    raise InputError("{given} is no case.", "Read it first: `read_case(path)`.", given=repr(case))


def _made(plan: object) -> EnginePlan:
    """Return the plan of the engine; refuse what is none, such as the folder of one."""
    if isinstance(plan, Plan):
        return plan.engine
    raise InputError("{given} is no plan.", "Read it first: `read_plan(folder)`.", given=repr(plan))


def _limits(seconds: float | None, memory: float | None = None, gap: float | None = None) -> desk.Limits:
    """Return the limits that were set, the others as they stand."""
    for name, value in (("seconds", seconds), ("memory", memory), ("gap", gap)):
        if value is not None and not (isinstance(value, int | float) and 0 < value < math.inf):
            sentence = "`{name}` is {value}, which is no limit."
            raise InputError(sentence, "Give a number above 0.", name=name, value=value)
    given: dict[str, Any] = {"seconds": seconds, "memory": memory and int(memory * _GIB), "gap": gap}
    return desk.Limits(**{name: value for name, value in given.items() if value is not None})
