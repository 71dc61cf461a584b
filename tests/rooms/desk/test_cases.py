"""Cases at the desk: given whole, or refused with all that was found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import EXAMPLES

from scorta import desk
from scorta.case import Change
from scorta.errors import CaseError, InputError

WALK = EXAMPLES / "walk"
HEADINGS = "change,table,id,field,operation,value,from_date,until_date\n"


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


def test_what_the_case_lists_is_taken_by_name(tmp_path: Path) -> None:
    """A name of its table `changes` does its rows alone; a name of nothing is told with those there are."""
    shutil.copytree(WALK, tmp_path / "walk")
    rows = ("early,pledges,P1,available_from,set,2022-10-24,,", "more,pledges,P1,quantity,multiply,2,,")
    (tmp_path / "walk" / "changes.csv").write_text(HEADINGS + "\n".join(rows) + "\n", encoding="utf-8")
    case = desk.load_case(tmp_path / "walk")
    more = desk.load_changed(case, ["more"])
    assert more["pledges"]["quantity"][0] == 120
    assert str(more["pledges"]["available_from"][0]) == "2022-11-21"
    both = desk.load_changed(case, ["more", "early"])
    assert [change.change for change in both.changes] == ["more", "early"]
    with pytest.raises(InputError, match="early, more"):
        desk.load_changed(case, ["late"])
    with pytest.raises(InputError, match="no CSV file"):
        desk.load_changed(case, [str(tmp_path)])


def test_the_what_ifs_of_the_winter_reserve_can_be_done() -> None:
    """Each that the example lists makes another case."""
    case = desk.load_case(EXAMPLES / "winter-reserve")
    for name in case["changes"]["change"]:
        assert desk.load_changed(case, [name]).digest() != case.digest()


def test_a_program_changes_a_case() -> None:
    """A change written in Python is one of a file."""
    found = desk.changed_case(desk.load_case(WALK), [Change("fix", "stocks", "stocks.csv:3", "quantity", "add", "10")])
    assert found["stocks"]["quantity"].to_list() == [70, 70]
