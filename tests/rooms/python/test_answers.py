"""Answers: a page, rows, and JSON of the same facts."""

from __future__ import annotations

import json
from dataclasses import dataclass

from scorta.python.answers import answer
from scorta.report import Page, Words


@dataclass(frozen=True)
class Fact:
    """Something that was found."""

    need: str
    late: float


def page() -> Page:
    """Return a page of one sentence."""
    return Page("A plan", (Words("Late & short."),))


def test_an_answer_of_many_facts_has_a_row_for_each() -> None:
    """Rows and JSON are the facts; the page is made when it is asked for."""
    given = answer((Fact("N1", 2.0), Fact("N2", 0.5)), page)
    assert given.rows == [{"need": "N1", "late": 2.0}, {"need": "N2", "late": 0.5}] == json.loads(given.to_json())
    assert str(given) == "A plan\n\nLate & short."
    assert "Late &amp; short." in given._repr_html_()
    assert repr(given) == "<Answer: A plan>"


def test_an_answer_of_one_fact_is_one_row_unless_it_has_parts() -> None:
    """Parts are rows where they are named; a number that JSON has no word for is null."""
    assert answer(Fact("N1", float("inf")), page).rows == [{"need": "N1", "late": None}]
    assert answer(Fact("N1", 1.0), page, rows=(Fact("N2", 2.0),)).rows == [{"need": "N2", "late": 2.0}]
