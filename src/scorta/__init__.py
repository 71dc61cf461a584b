"""Plan the supply of a coalition: needs, pledges, stocks and routes in; one dated, checked plan out.

    import scorta as sc

    case = sc.read_case("my-case")                           # a folder of CSV files, or an XLSX workbook
    plan = sc.plan(case)                                     # solved, and checked by a second mind
    print(plan)                                              # the page
    plan.needs, plan.shipments, plan.stock                   # frames, under the words of `scorta show`
    print(plan.why("N1"), plan.fix("N1"), plan.trace("N1"))  # what hinders a need, what mends it, where it comes from
    early = case.change("P1", available_from="2022-11-07")   # a what-if is a new case, checked
    better = sc.plan(early, like=plan, freeze=14)            # no worse anywhere, and changed as little as can be
    print(sc.compare(plan, better))
    better.save("plans/monday")                              # and sc.read_plan("plans/monday", case=early)

A case can also be made of rows and frames: `sc.Case.of(needs=[{...}], stocks=frame, start="2022-10-13", weeks=26)`.
What stops a case is a `CaseError`, which carries all of its `findings`. Every name has its paragraph in
docs/look-up/python.md.
"""

import logging
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorta.python import Answer as Answer
    from scorta.python import BrokenPlanError as BrokenPlanError
    from scorta.python import Case as Case
    from scorta.python import CaseError as CaseError
    from scorta.python import Finding as Finding
    from scorta.python import InputError as InputError
    from scorta.python import OutputError as OutputError
    from scorta.python import Plan as Plan
    from scorta.python import ScortaError as ScortaError
    from scorta.python import SolverError as SolverError
    from scorta.python import ask as ask
    from scorta.python import compare as compare
    from scorta.python import demo_case as demo_case
    from scorta.python import fairness as fairness
    from scorta.python import plan as plan
    from scorta.python import read_case as read_case
    from scorta.python import read_plan as read_plan
    from scorta.python import show_versions as show_versions
    from scorta.python import speaking as speaking

__version__ = "0.1.0"
"""The version of this package, as written into every plan it makes."""

__all__ = [
    "Answer",
    "BrokenPlanError",
    "Case",
    "CaseError",
    "Finding",
    "InputError",
    "OutputError",
    "Plan",
    "ScortaError",
    "SolverError",
    "ask",
    "compare",
    "demo_case",
    "fairness",
    "plan",
    "read_case",
    "read_plan",
    "show_versions",
    "speaking",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())


class _Package(ModuleType):
    """This package: a public name is looked up when it is first used, so that nothing heavy is loaded before.

    `plan` is the function, although a room has that name too: loading the room would otherwise put itself in its place.
    """

    @property
    def plan(self) -> object:
        return import_module("scorta.python").plan

    @plan.setter
    def plan(self, room: object) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        if name in __all__:
            return getattr(import_module("scorta.python"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        return sorted({*vars(self), *__all__})


sys.modules[__name__].__class__ = _Package
