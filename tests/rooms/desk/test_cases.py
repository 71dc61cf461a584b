"""Cases at the desk: given whole, or refused with all that was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorta import desk
from scorta.case import Change
from scorta.errors import CaseError, InputError

WALK = Path(__file__).parents[3] / "examples" / "walk"


def test_a_case_travels_with_its_findings() -> None:
    """What does not stop it is read off it."""
    case = desk.load_case(WALK)
    assert all(finding.severity != "error" for finding in case.findings)


def test_changes_that_cannot_be_done_stop_with_all_findings() -> None:
    """Both slips come at once, in the findings and in the text of the error."""
    case = desk.load_case(WALK)
    wrong = [
        Change("a", "pledges", "P1", "quantiti", "set", "5"),
        Change("b", "pledges", "P1", "quantity", "set", "lots"),
    ]
    with pytest.raises(CaseError) as caught:
        desk.changed_case(case, wrong)
    codes = [one.code for one in caught.value.findings if one.severity == "error"]
    assert codes == ["change-unknown-field", "not-a-number"]
    assert str(caught.value).startswith("The changed case cannot be planned: 2 errors.\n  changes: ")


def test_there_must_be_something_to_read(tmp_path: Path) -> None:
    """A path of nothing is an error of its own, and so is a what-if that is neither a name nor a file."""
    with pytest.raises(InputError, match="nothing at"):
        desk.load_case(tmp_path / "none")
    with pytest.raises(InputError, match="no what-if of the name late"):
        desk.load_changed(desk.load_case(WALK), ["late"])
