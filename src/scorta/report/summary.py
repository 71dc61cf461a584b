"""A plan on one page, for the eve of a meeting; and a case on one page, before it is planned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorta.languages import mark, punctuate, say, say_count, write_gap
from scorta.report.changes import what_if
from scorta.report.files import is_workbook
from scorta.report.needs import (
    coverage_grid,
    last_day,
    overview,
    shortest_grid,
    shortest_need,
    statistics_page,
    where,
)
from scorta.report.page import Grid, Page, Words
from scorta.report.pledges import ladder_grid
from scorta.report.show import show_view
from scorta.report.tiers import tiers_grid
from scorta.report.views import VIEW_NAMES

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.plan import Plan, Record

_GIFTS = {"pledged": mark("pledged"), "open": mark("open")}
"""What is said of gifts, by the policy on them."""

ASKS = 10
"""Asks that stand on the page; `scorta show` has all."""


def plan_page(plan: Plan, case: Case, place: str = "", asked: str = "") -> Page:
    """Return the page that ends a plan: coverage, shortest needs, asks, ladder, tiers, and where it lies.

    `place` is the folder or workbook it lies in, `asked` how a command that answers back names its case.
    """
    fulfilment = plan.tables["fulfilment"]
    pledges = [ladder_grid(case)] if case["pledges"].height else []
    needs = [] if fulfilment.is_empty() else [coverage_grid(fulfilment), shortest_grid(fulfilment, case, place)]
    blocks = (
        *what_if(plan.record),
        overview(fulfilment, case),
        *needs,
        _asks(plan, case, place),
        *pledges,
        tiers_grid(plan.record),
        Words(_certificate(plan.record)),
        *([Words(_files(place, shortest_need(fulfilment), asked), title=_lies_in(place))] if place else []),
    )
    title = plan.record.title
    days = say("{first} to {last}", first=case.scenario.as_of, last=last_day(case))
    return Page(f"{title} · {days}", blocks)


def bare_page(plan: Plan) -> Page:
    """Return the page of a plan whose case is not at hand: how needs are covered, tiers, and how good it is."""
    blocks = (*what_if(plan.record), *statistics_page(plan).blocks[:2], tiers_grid(plan.record))
    return Page(plan.record.title, (*blocks, Words(_certificate(plan.record))))


def case_page(case: Case) -> Page:
    """Return what a case holds, and its pledges by state."""
    scenario = case.scenario
    sentence = say(
        "{rows}; {buckets} from {first} to {last}, gifts {gifts}.",
        rows=", ".join(_rows(case)),
        buckets=say_count("{number} bucket", "{number} buckets", len(case.horizon)),
        first=scenario.as_of,
        last=last_day(case),
        gifts=say(_GIFTS[scenario.gifts] if "pledges" in case.given else "free"),
    )
    states = case["needs"].group_by("state").len().sort("state").iter_rows()
    needs = ", ".join(f"{punctuate(f'{number:,}')} {say(state)}" for state, number in states)
    pledges = [ladder_grid(case)] if case["pledges"].height else []
    told = [Words(say("Needs: {states}.", states=needs))] if needs else []
    return Page(scenario.title, (Words(sentence), *told, *pledges))


def _rows(case: Case) -> list[str]:
    """Count the rows of the tables that a case holds."""
    counted = {
        "parties": lambda number: say_count("{number} party", "{number} parties", number),
        "places": lambda number: say_count("{number} place", "{number} places", number),
        "items": lambda number: say_count("{number} item", "{number} items", number),
        "needs": lambda number: say_count("{number} need", "{number} needs", number),
        "pledges": lambda number: say_count("{number} pledge", "{number} pledges", number),
        "stocks": lambda number: say_count("{number} lot of stock", "{number} lots of stock", number),
        "receipts": lambda number: say_count("{number} receipt", "{number} receipts", number),
        "legs": lambda number: say_count("{number} leg", "{number} legs", number),
        "processes": lambda number: say_count("{number} process", "{number} processes", number),
    }
    heights = {table: case[table].height for table in counted if table in case.given}
    return [counted[table](height) for table, height in heights.items() if height]


def _asks(plan: Plan, case: Case, place: str) -> Grid | Words:
    """Return the asks, or why there are none."""
    if "pledges" not in case.given:
        return Words(say("None: the case has no table of pledges, so gifts need none."), title=say("Asks"))
    if case.scenario.gifts == "pledged":
        none = say('None: gifts are pledged only (`gifts = "open"` in scenario.toml lets the plan ask).')
        return Words(none, title=say("Asks"))
    block = show_view(plan, "asks", limit=ASKS).blocks[0]
    left = plan.tables["asks"].height - ASKS
    if isinstance(block, Words) or left <= 0:
        return block
    return replace(
        block,
        note=say_count(
            "{number} more ask: {where}.",
            "{number} more asks: {where}.",
            left,
            where=where("asks", place),
        ),
    )


def _certificate(record: Record) -> str:
    """Say what was checked, and how near the plan is to the best there can be."""
    return say(
        "Checked: the independent checker found no rule broken. Gap to the best possible plan: {certified}, certified "
        "outside the solver (which claims {claimed}).",
        certified=say("not proved") if record.certified_gap is None else write_gap(record.certified_gap),
        claimed=write_gap(record.claimed_gap),
    )


def _lies_in(place: str) -> str:
    """Say where the plan is."""
    return say("The plan lies in {folder}", folder=place)


def _files(place: str, need: str, asked: str) -> str:
    """Say what lies there, how to see it, and how to ask why a need is short."""
    if is_workbook(place):
        return say("A sheet for each view. To show the plan, or to ask why, write it to a folder: `--out FOLDER`.")
    words = say(
        "Each table as CSV and Parquet, and plan.json with the record of the run.\n"
        "See it: scorta show {folder} needs\n"
        "or, in place of needs: {views}.",
        folder=place,
        views=", ".join(VIEW_NAMES[1:]),
    )
    why = say("Ask why a need is late or short: {command}", command=f"scorta why {need} {asked}")
    return f"{words}\n{why}" if need and asked else words
