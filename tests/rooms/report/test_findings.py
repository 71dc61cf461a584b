"""Findings as a page and as plain values."""

from dataclasses import replace

from scorta.report import count_findings, findings_page, list_findings, set_page
from scorta.tables import Finding, FindingKind


def finding(severity: str = "error", file: str = "needs.csv", row: int | None = 2, **more: str) -> Finding:
    """Return a finding with what matters to the test."""
    words = {"code": "not-a-number", "sentence": "It is no number.", "next_step": "Write digits.", **more}
    kind = FindingKind(words["code"], severity, words["sentence"], words["next_step"], "A word.")  # type: ignore[arg-type]
    return kind.at(file, row, words.get("field", "quantity"), words.get("value", "lots"))


def test_finding_has_address_field_value_and_step() -> None:
    """Everything needed to mend the cell stands on the page."""
    text = set_page(findings_page([finding()], "a case"))
    for part in ("a case", "needs.csv:2", "quantity", "lots", "error: It is no number.", "Write digits.", "1 error."):
        assert part in text


def test_files_stand_together_errors_first() -> None:
    """Findings are grouped by file; in a file errors come before warnings; notes come last of all."""
    mixed = [
        finding("note", "a.csv", sentence="A note."),
        finding("warning", "b.csv", sentence="A doubt."),
        finding("error", "b.csv", 9, sentence="A fault."),
        finding("error", "a.csv", sentence="Another fault."),
    ]
    text = set_page(findings_page(mixed))
    marks = ["a.csv: 1 error.", "Another fault.", "b.csv: 1 error, 1 warning.", "A fault.", "A doubt.", "A note."]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    assert "2 errors, 1 warning, 1 note." in text


def test_many_alike_are_counted_unless_all_are_asked_for() -> None:
    """Ten of a kind are written out; the reader is told how to see the rest."""
    many = [finding(row=row) for row in range(2, 52)]
    assert "… and 40 more like this; `--all` lists them." in set_page(findings_page(many))
    assert "needs.csv:51" not in set_page(findings_page(many))
    assert "needs.csv:51" in set_page(findings_page(many, every=True))


def test_those_that_are_not_listed_are_counted() -> None:
    """What was too many to list is counted as what it is; `--all` lists more, and says what it leaves out."""
    many = [finding(row=row) for row in range(2, 52)]
    more = replace(finding(code="more-of-the-same", row=None, value=many[0].code), stands_for=1_000_000)
    text = set_page(findings_page([more, *many]))
    assert "needs.csv: 1,000,050 errors." in text
    assert "… and 1,000,040 more like this; `--all` lists more of them." in text
    assert "… and 1,000,000 more like this, which are not listed." in set_page(findings_page([more, *many], every=True))
    assert count_findings([more, *many]) == {"error": 1_000_050, "warning": 0, "note": 0}


def test_same_step_is_said_once_and_different_steps_each() -> None:
    """What to do stands under the last of those that ask for the same."""
    same = set_page(findings_page([finding(row=2), finding(row=3)]))
    assert same.count("Write digits.") == 1
    mixed = set_page(findings_page([finding(row=2, next_step="Did you mean HUB?"), finding(row=3)]))
    assert "Did you mean HUB?" in mixed
    assert "Write digits." in mixed


def test_nothing_found_is_said() -> None:
    """A clean case gets a sentence."""
    assert "Nothing was found amiss." in set_page(findings_page([]))


def test_long_value_is_cut_on_the_page_only() -> None:
    """A cell of a thousand letters does not fill the screen; JSON has it whole."""
    long = finding(value="x" * 1000)
    assert "x" * 30 not in set_page(findings_page([long]), 160)
    assert list_findings([long])[0]["value"] == "x" * 1000


def test_plain_values_have_every_field() -> None:
    """A program finds the same as a reader."""
    assert list_findings([finding(row=None)]) == [
        {
            "file": "needs.csv",
            "row": None,
            "field": "quantity",
            "value": "lots",
            "code": "not-a-number",
            "severity": "error",
            "sentence": "It is no number.",
            "next_step": "Write digits.",
            "address": "needs.csv",
            "stands_for": 1,
        }
    ]
