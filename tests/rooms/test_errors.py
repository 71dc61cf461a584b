"""Errors: a sentence, a next step and an exit code, said in the language in which they are read."""

from __future__ import annotations

import pytest

from scorta.errors import (
    LISTED,
    BrokenPlanError,
    CaseError,
    InputError,
    OutputError,
    ScortaError,
    SolverError,
)
from scorta.languages import speaking
from scorta.tables import FindingKind

WRONG = FindingKind("not-a-number", "error", "It is no number.", "Write one.", "Where a number is none.")
DOUBTFUL = FindingKind("odd-number", "warning", "It is odd.", "Look again.", "Where a number is odd.")


@pytest.mark.parametrize(
    ("kind", "code"),
    [(InputError, 2), (OutputError, 2), (SolverError, 3), (BrokenPlanError, 4), (ScortaError, 4)],
)
def test_each_kind_has_its_exit_code(kind: type[ScortaError], code: int) -> None:
    """Scripts tell by it what went wrong; all kinds are caught as one."""
    assert kind("No.").exit_code == code
    assert issubclass(kind, ScortaError)
    assert issubclass(CaseError, InputError)


def test_an_error_is_said_when_it_is_read() -> None:
    """Its facts are filled in, and its language is that of the reader, not of the place where it was raised."""
    error = InputError("There is nothing at {path}.", "Check the spelling.", path="nowhere")
    assert str(error) == "There is nothing at nowhere. Check the spelling."
    assert str(ScortaError("No.")) == "No."
    with speaking("it"):
        assert error.sentence == "In nowhere non c'è nulla."


def test_a_case_error_lists_its_errors_up_to_twenty() -> None:
    """Warnings are not counted, the others in the sentence, and what is not listed in the last line."""
    few = CaseError("plans", (WRONG.at("needs.csv", 2), DOUBTFUL.at("needs.csv", 3), WRONG.at("needs.csv", 4)))
    assert str(few).splitlines() == [
        "plans cannot be planned: 2 errors.",
        "  needs.csv:2: It is no number. Write one.",
        "  needs.csv:4: It is no number. Write one.",
    ]
    many = CaseError("plans", tuple(WRONG.at("needs.csv", row) for row in range(2, 2 + LISTED + 3)))
    assert str(many).splitlines()[-1] == "  … and 3 more: see `findings`."
    assert len(str(many).splitlines()) == 1 + LISTED + 1
    assert len(many.findings) == LISTED + 3
