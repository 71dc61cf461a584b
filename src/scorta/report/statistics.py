"""The figures of a plan on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorta.report.numbers import NOISE, write_number, write_share
from scorta.report.page import Column, Grid, Page, Words

if TYPE_CHECKING:
    from scorta.plan import Coverage, Plan, Statistics

COVER_COLUMNS = (
    Column("Needs", "number"),
    Column("Met on time", "number", "good"),
    Column("Partly late", "number", "late"),
    Column("Short", "number", "bad"),
    Column("On time", "share", "good"),
    Column("Late", "share", "late"),
    Column("Unmet", "share", "bad"),
)
"""The columns of how needs are covered."""

COVER_NOTE = "Shares of the quantity asked, as the mean over the needs: units differ from item to item."


def statistics_page(plan: Plan, limit: int = 0) -> Page:
    """Return the page of the figures of a plan, the first `limit` rows of each (0 for all)."""
    figures = plan.statistics
    grids = (_cut(grid, limit) for grid in (_draw_down(figures), _spend(figures), _load(figures)) if grid.rows)
    return Page(plan.record.title, (_coverage(figures), Words(_in_words(figures)), *grids))


def _coverage(figures: Statistics) -> Grid:
    """Return how needs are covered, by priority and in all."""
    parts = [*((str(name), part) for name, part in figures.coverage_by_priority.items()), ("all", figures.coverage)]
    rows = tuple((name, *shown(part)) for name, part in parts)
    return Grid("Coverage, by priority", (Column("Priority"), *COVER_COLUMNS), rows, COVER_NOTE)


def shown(part: Coverage) -> tuple[int | float | None, ...]:
    """Return what stands in the columns of how needs are covered."""
    return part.needs, part.met, part.partly_late, part.short, part.on_time, part.late, part.unmet


def _in_words(figures: Statistics) -> str:
    """Say how many needs are met in full on time, and how late the others are."""
    if figures.on_time_in_full is None:
        return "The plan has no open need."
    part, days = write_share(figures.on_time_in_full), write_number(figures.unit_days_late)
    return f"On time in full: {part} of the needs. Unit-days late: {days}."


def _draw_down(figures: Statistics) -> Grid:
    """Return the stocks that giving draws down, the furthest first."""
    drawn = [(party, item, part) for party, held in figures.draw_down.items() for item, part in held.items()]
    rows = sorted((row for row in drawn if row[2] > NOISE), key=lambda row: -row[2])
    columns = (Column("Party"), Column("Item"), Column("Draw-down", "share"))
    return Grid("Draw-down: given over held on the first day", columns, tuple(rows))


def _spend(figures: Statistics) -> Grid:
    """Return what is spent each year."""
    return Grid("Spend, by year", (Column("Year", "year"), Column("EUR", "number")), tuple(figures.spend.items()))


def _load(figures: Statistics) -> Grid:
    """Return how full the lines are, the fullest first."""
    rows = sorted(figures.load.items(), key=lambda row: -(row[1] or 0.0))
    return Grid("Load: hours used over hours there are", (Column("Line"), Column("Load", "share")), tuple(rows))


def _cut(grid: Grid, limit: int) -> Grid:
    """Return a table cut to its first rows, with how many are left."""
    left = len(grid.rows) - limit if limit else 0
    if left <= 0:
        return grid
    return Grid(grid.title, grid.columns, grid.rows[:limit], f"… and {left:,} more; `--limit 0` shows all.")
