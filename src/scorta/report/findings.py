"""The findings of a case, as a page for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from scorta.languages import mark, say, say_count
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language
from scorta.tables import Finding

_ORDER = {"error": 0, "warning": 1, "note": 2}
_GRAVITY = {"error": mark("error: {sentence}"), "warning": mark("warning: {sentence}"), "note": "{sentence}"}

FIRST = 10
"""Findings of one kind in one file that are written out; the rest are counted, so that a long table stays readable."""

MORE = "more-of-the-same"
"""The finding that stands for those of its `value`, a kind, which are too many to list."""

LONGEST = 24
"""Characters of a wrong value that are shown; the file has the rest."""


def findings_page(findings: Sequence[Finding], title: str = "", *, every: bool = False) -> Page:
    """Return the findings file by file, the gravest first, and the notes of all files at the end.

    Of many findings of one kind in one file the first are written out, unless `every` is asked for; the counts are of
    all, also of those that were too many to list.
    """
    grave = _by_first_row([finding for finding in findings if finding.severity != "note"])
    notes = [finding for finding in sorted(findings, key=_kind) if finding.severity == "note"]
    by_file = [(file, list(alike)) for file, alike in groupby(grave, key=lambda finding: finding.file)]
    blocks = [_grid(say("{file}: {totals}", file=file, totals=totals(alike)), alike, every) for file, alike in by_file]
    blocks += [_grid(say("Notes"), notes, every)] if notes else []
    return Page(title, (*blocks, Words(totals(findings))))


def totals(findings: Sequence[Finding]) -> str:
    """Count the findings in one line."""
    counts = count_findings(findings)
    if not findings:
        return say("Nothing was found amiss.")
    told = (
        say_count("{number} error", "{number} errors", counts["error"]) if counts["error"] else "",
        say_count("{number} warning", "{number} warnings", counts["warning"]) if counts["warning"] else "",
        say_count("{number} note", "{number} notes", counts["note"]) if counts["note"] else "",
    )
    return ", ".join(filter(None, told)) + "."


def count_findings(findings: Sequence[Finding]) -> dict[str, int]:
    """Count the findings of each severity, those that are not listed as well."""
    counts = dict.fromkeys(_ORDER, 0)
    for finding in findings:
        counts[finding.severity] += finding.stands_for
    return counts


def list_findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return every finding as plain values, with its address."""
    names = ("file", "row", "field", "value", "code", "severity", "sentence", "next_step", "address", "stands_for")
    return [{name: getattr(finding, name) for name in names} for finding in sorted(findings, key=_place)]


def _code(finding: Finding) -> str:
    """Return the kind of a finding, or the kind of those that it stands for."""
    return finding.value if finding.code == MORE else finding.code


def _place(finding: Finding) -> tuple[str, int, str, int, str]:
    """Sort by file, then gravity, then kind, then row."""
    return (finding.file, _ORDER[finding.severity], _code(finding), finding.row or 0, finding.field)


def _by_first_row(findings: list[Finding]) -> list[Finding]:
    """Sort by file and gravity; in a file the kind that is met first stands first, so that a reader mends downwards."""
    first: dict[tuple[str, str], int] = {}
    for finding in findings:
        if finding.code == MORE:
            continue
        kind = (finding.file, finding.code)
        first[kind] = min(finding.row or 0, first.get(kind, finding.row or 0))
    return sorted(
        sorted(findings, key=_place),
        key=lambda one: (one.file, _ORDER[one.severity], first.get((one.file, _code(one)), 0), _code(one)),
    )


def _kind(finding: Finding) -> tuple[str, str, int, str]:
    """Sort by kind, then file, then row: notes of one kind stand together, whatever their file."""
    return (_code(finding), finding.file, finding.row or 0, finding.field)


def _grid(title: str, findings: list[Finding], every: bool) -> Grid:
    """Lay findings out, one under the other; of many alike the first, unless every one is asked for."""
    rows: list[tuple[Cell, ...]] = []
    for _, group in groupby(findings, key=_code):
        found = list(group)
        alike = [finding for finding in found if finding.code != MORE]
        count_all = sum(finding.stands_for for finding in found)
        shown = alike if every or count_all <= FIRST + 1 else alike[:FIRST]
        steps = [finding.next_step for finding in shown[1:]] + [""]
        rows += [_row(finding, with_step=finding.next_step != step) for finding, step in zip(shown, steps, strict=True)]
        if len(shown) < count_all:
            rows.append(("", "", "", _more(count_all - len(shown), every, listed=len(alike) == count_all)))
    columns = in_language((Column("Where"), Column("Field"), Column("Value", spare=1), Column("What, and what to do")))
    held = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    return Grid(title, tuple(columns[k] for k in held), tuple(tuple(row[k] for k in held) for row in rows))


def _more(number: int, every: bool, *, listed: bool) -> str:
    """Say how many findings are not written out, and where to see them."""
    if every:
        return say_count(
            "… and {number} more like this, which is not listed.",
            "… and {number} more like this, which are not listed.",
            number,
        )
    if listed:
        return say_count(
            "… and {number} more like this; `--all` lists it.",
            "… and {number} more like this; `--all` lists them.",
            number,
        )
    return say_count(
        "… and {number} more like this; `--all` lists more.",
        "… and {number} more like this; `--all` lists more of them.",
        number,
    )


def _row(finding: Finding, with_step: bool) -> tuple[Cell, ...]:
    """Write one finding; what to do stands under the last of those that ask for the same."""
    sentence = say(_GRAVITY[finding.severity], sentence=finding.sentence)
    step = f"\n{finding.next_step}" if with_step and finding.next_step else ""
    value = finding.value if len(finding.value) <= LONGEST else finding.value[: LONGEST - 1] + "…"
    return (finding.address, finding.field, value, sentence + step)
