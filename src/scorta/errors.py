"""Every way the program says that it cannot go on.

::

    ScortaError
    ├── InputError      the input cannot be used                                 (exit code 2)
    │   └── CaseError   the findings of a case stop it, and travel with the error (exit code 2)
    ├── OutputError     a plan or template cannot be written                     (exit code 2)
    ├── SolverError     the solver died, hung, was stopped or gave a wrong answer (exit code 3)
    └── BrokenPlanError the independent checker found a broken rule              (exit code 4)

A wrong row is a *finding* (`scorta.tables.Finding`), not an error; a need that stays short is a result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.languages import mark, say, say_count

if TYPE_CHECKING:
    from scorta.tables import Finding

LISTED = 20
"""Findings that the text of an error lists; the rest are counted, and all of them stand in `findings`."""


class ScortaError(Exception):
    """The program cannot go on: one sentence on what happened, one on what to do, in the language that is spoken.

    `facts` fill the {names} in both. `code` names the error in `docs/look-up/errors.md`; `exit_code` is what the
    command line returns.
    """

    code = "error"
    exit_code = 4

    def __init__(self, sentence: str, next_step: str = "", /, **facts: object) -> None:
        super().__init__(sentence, next_step)
        self.said, self.facts = (sentence, next_step), facts

    @property
    def sentence(self) -> str:
        """What happened."""
        return say(self.said[0], **self.facts)

    @property
    def next_step(self) -> str:
        """What to do."""
        return say(self.said[1], **self.facts)

    def __str__(self) -> str:
        return f"{self.sentence} {self.next_step}".strip()


class InputError(ScortaError):
    """The input cannot be used: it is missing or unreadable, or what is asked of it makes no sense."""

    code = "input"
    exit_code = 2


class CaseError(InputError):
    """The findings of a case stop it: it cannot be planned until its errors are mended.

    `findings` holds everything that was found, all tables at once: errors, warnings and notes.
    """

    code = "case"

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        count = sum(one.stands_for for one in findings if one.severity == "error")
        errors = say_count("{number} error", "{number} errors", count)
        sentence, next_step = mark("{name} cannot be planned: {errors}."), mark("Mend what is named, and try again.")
        super().__init__(sentence, next_step, name=name, errors=errors)
        self.findings = findings

    def __str__(self) -> str:
        errors = [one for one in self.findings if one.severity == "error"]
        lines = [f"  {one.address}: {one.sentence} {one.next_step}".rstrip() for one in errors[:LISTED]]
        left = len(errors) - LISTED
        more = say_count("… and {number} more: see `findings`.", "… and {number} more: see `findings`.", left)
        return "\n".join([self.sentence, *lines, *([f"  {more}"] if left > 0 else [])])


class OutputError(ScortaError):
    """The result cannot be written where it was asked for; what lay there before is untouched."""

    code = "output"
    exit_code = 2


class SolverError(ScortaError):
    """The solver gave no answer that can be trusted: it died, hung, ran out of memory or answered wrongly."""

    code = "solver"
    exit_code = 3


class BrokenPlanError(ScortaError):
    """The independent checker found a rule broken, so the plan is not published."""

    code = "broken-plan"
    exit_code = 4
