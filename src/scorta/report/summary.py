"""A plan on one page, for the eve of a meeting; and a case on one page, before it is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.report.changes import what_if
from scorta.report.coverage import coverage_grid, last_day, overview, shortest_grid, where
from scorta.report.ladder import ladder_grid
from scorta.report.numbers import count, write_gap
from scorta.report.page import Grid, Page, Words
from scorta.report.showing import VIEW_NAMES, show_view
from scorta.report.statistics import statistics_page
from scorta.report.tiers import tiers_grid

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.plan import Plan, Record

ASKS = 10
"""Asks that stand on the page; `scorta show` has all."""


def plan_page(plan: Plan, case: Case, folder: str = "") -> Page:
    """Return the page that ends a plan: coverage, shortest needs, asks, ladder, tiers, and where it lies."""
    fulfilment = plan.tables["fulfilment"]
    pledges = [ladder_grid(case)] if case["pledges"].height else []
    needs = [] if fulfilment.is_empty() else [coverage_grid(fulfilment), shortest_grid(fulfilment, case, folder)]
    blocks = (
        *what_if(plan.record),
        overview(fulfilment, case),
        *needs,
        _asks(plan, case, folder),
        *pledges,
        tiers_grid(plan.record),
        Words(_certificate(plan.record)),
        *([Words(_files(folder), title=f"The plan lies in {folder}")] if folder else []),
    )
    return Page(f"{plan.record.title} · {case.scenario.as_of} to {last_day(case)}", blocks)


def bare_page(plan: Plan) -> Page:
    """Return the page of a plan whose case is not at hand: how needs are covered, tiers, and how good it is."""
    blocks = (*what_if(plan.record), *statistics_page(plan).blocks[:2], tiers_grid(plan.record))
    return Page(plan.record.title, (*blocks, Words(_certificate(plan.record))))


def case_page(case: Case) -> Page:
    """Return what a case holds, and its pledges by state."""
    held = [
        count(case[table].height, one, many)
        for table, one, many in _COUNTED
        if table in case.given and case[table].height
    ]
    scenario = case.scenario
    buckets = count(len(case.horizon), "bucket")
    gifts = scenario.gifts if "pledges" in case.given else "free"
    sentence = f"{', '.join(held)}; {buckets} from {scenario.as_of} to {last_day(case)}, gifts {gifts}."
    states = case["needs"].group_by("state").len().sort("state").iter_rows()
    needs = ", ".join(f"{number:,} {state}" for state, number in states)
    pledges = [ladder_grid(case)] if case["pledges"].height else []
    return Page(scenario.title, (Words(sentence), *([Words(f"Needs: {needs}.")] if needs else []), *pledges))


_COUNTED = (
    ("parties", "party", "parties"),
    ("places", "place", "places"),
    ("items", "item", "items"),
    ("needs", "need", "needs"),
    ("pledges", "pledge", "pledges"),
    ("stocks", "lot of stock", "lots of stock"),
    ("receipts", "receipt", "receipts"),
    ("legs", "leg", "legs"),
    ("processes", "process", "processes"),
)


def _asks(plan: Plan, case: Case, folder: str) -> Grid | Words:
    """Return the asks, or why there are none."""
    if "pledges" not in case.given:
        return Words("None: the case has no table of pledges, so gifts need none.", title="Asks")
    if case.scenario.gifts == "pledged":
        return Words(
            'None: gifts are pledged only (`gifts = "open"` in scenario.toml lets the plan ask).', title="Asks"
        )
    block = show_view(plan, "asks", limit=ASKS).blocks[0]
    left = plan.tables["asks"].height - ASKS
    if isinstance(block, Words) or left <= 0:
        return block
    return Grid(block.title, block.columns, block.rows, f"{count(left, 'more ask')}: {where('asks', folder)}.")


def _certificate(record: Record) -> str:
    """Say what was checked, and how near the plan is to the best there can be."""
    certified = "not proved" if record.certified_gap is None else write_gap(record.certified_gap)
    return (
        "Checked: the independent checker found no rule broken. Gap to the best possible plan: "
        f"{certified}, certified outside the solver (which claims {write_gap(record.claimed_gap)})."
    )


def _files(folder: str) -> str:
    """Say what lies in the folder, and how to see it."""
    return (
        "Each table as CSV and Parquet, and plan.json with the record of the run.\n"
        f"See it: scorta show {folder} needs\n"
        f"or, in place of needs: {', '.join(VIEW_NAMES[1:])}."
    )
