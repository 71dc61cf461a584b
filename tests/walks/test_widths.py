"""What people see of October 2022 at every width of a screen, in every language: nothing sticks out, no word is cut."""

from __future__ import annotations

import pytest
from tests.conftest import Planned

from scorta import desk
from scorta.languages import offered, say, speaking
from scorta.report import VIEW_NAMES, Page, case_page, plan_page, set_page, show_view, why_page
from scorta.why import Why

WIDTHS = (60, 72, 80, 90, 100, 120, 160)
ROWS = 12
"""Rows of a view that are looked at: enough for every kind of cell."""


@pytest.fixture(scope="module")
def why(october: Planned) -> Why:
    """Why the tents of Kharkiv are missing."""
    return desk.why(october.case, october.plan, "A13")


def page_of(name: str, planned: Planned, why: Why) -> Page:
    """Return a page by the name of its view or command, in the language that is spoken."""
    case, plan = planned.case, planned.plan
    if name == "why":
        return why_page(case.scenario.title, plan["fulfilment"].filter(need="A13").row(0, named=True), why)
    if name == "check":
        return case_page(case)
    return plan_page(plan, case, "plans/october-2022") if name == "plan" else show_view(plan, name, limit=ROWS)


def words(text: str) -> set[str]:
    """Return the words, codes and figures of a page, without its lines and without what a sentence or row ends in."""
    return {word.rstrip(",.:") for word in text.split() if word.strip("─")}


@pytest.mark.parametrize("language", offered())
@pytest.mark.parametrize("name", ["check", "plan", *VIEW_NAMES, "why"])
def test_nothing_sticks_out_and_nothing_is_cut(name: str, language: str, october: Planned, why: Why) -> None:
    """At every width each line has room, and each word, code, date and figure is one of those of the widest page.

    A table without room for every column says so in words of its own.
    """
    with speaking(language):
        page = page_of(name, october, why)
        known = words(set_page(page, wide=True))
        known |= words(say("Left out for want of room: {columns}. `--wide` shows all.", columns=""))
        for width in WIDTHS:
            text = set_page(page, width)
            assert max(map(len, text.splitlines())) <= width, text
            assert words(text) <= known, f"{width} columns:\n{text}"
