"""Every way the program says that it cannot go on.

::

    ScortaError
    ├── InputError      the input cannot be read, or its findings stop the case  (exit code 2)
    ├── OutputError     a plan or template cannot be written                     (exit code 2)
    ├── SolverError     the solver died, hung, was stopped or gave a wrong answer (exit code 3)
    └── BrokenPlanError the independent checker found a broken rule              (exit code 4)

A wrong row is a *finding* (`scorta.tables.Finding`), not an error; a need that stays short is a result.
"""

from __future__ import annotations

from scorta.languages import say


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
    """The input cannot be used: it is missing, unreadable, or carries findings that stop the case."""

    code = "input"
    exit_code = 2


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
