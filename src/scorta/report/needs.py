"""How far needs are covered, and which stay shortest; and the other figures of a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.languages import WHOLE_NUMBER_TOLERANCE, punctuate, say, say_count, write_number, write_share
from scorta.plan import cover
from scorta.report.files import is_workbook
from scorta.report.page import Column, Grid, Page, Words, in_language, left_out
from scorta.report.views import NEEDS

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.plan import Coverage, Plan, Statistics


DATES = 8
"""Required-by dates that stand in rows of their own; where there are more, each month is a row."""

NAMED = 5
"""Needs required after the plan that are named; the rest are counted."""

_NAMED = {"place": "places", "item": "items"}
"""The fields of a need whose codes have names, and the tables that have these."""

_UNMET = pl.col("unmet") / pl.col("asked")
_LATE = pl.col("late") / pl.col("asked")

_COVER = (
    Column("Needs", "number"),
    Column("Met on time", "number", "good"),
    Column("Partly late", "number", "late", spare=2),
    Column("Short", "number", "bad"),
    Column("On time", "share", "good"),
    Column("Late", "share", "late", spare=1),
    Column("Unmet", "share", "bad"),
)
"""The columns of how needs are covered."""


def overview(fulfilment: pl.DataFrame, case: Case) -> Words:
    """Say in a few sentences how the needs stand, and which are not planned."""
    return Words(" ".join(filter(None, (_standing(fulfilment, case), _afterwards(case), _drafts(case)))))


def _standing(fulfilment: pl.DataFrame, case: Case) -> str:
    """Count the needs that are met, late and short."""
    if fulfilment.is_empty():
        is_none = case["needs"].filter(pl.col("state") == "open").is_empty()
        return say("The case has no open need." if is_none else "No open need is required by the last day of the plan.")
    met = cover(fulfilment)
    late, short = (punctuate(f"{number:,}") for number in (met.partly_late, met.short))
    return say_count(
        "{number} open need: {met} met in full on time, {late} in full but partly late, {short} short.",
        "{number} open needs: {met} met in full on time, {late} in full but partly late, {short} short.",
        met.needs,
        met=punctuate(f"{met.met:,}"),
        late=late,
        short=short,
    )


def _afterwards(case: Case) -> str:
    """Count and name the open needs that are required too late to be planned."""
    is_after = (pl.col("state") == "open") & (pl.col("required_by") > last_day(case))
    codes = case["needs"].filter(is_after)["need"].to_list()
    if not codes:
        return ""
    left = len(codes) - NAMED
    more = say_count(" and {number} more", " and {number} more", left) if left > 0 else ""
    return say_count(
        "{number} need not planned: required after the last day of the plan ({needs}).",
        "{number} needs not planned: required after the last day of the plan ({needs}).",
        len(codes),
        needs=", ".join(codes[:NAMED]) + more,
    )


def _drafts(case: Case) -> str:
    """Count the drafts."""
    drafts = case["needs"].filter(pl.col("state") == "draft").height
    if not drafts:
        return ""
    return say_count(
        "{number} draft not planned: a draft is planned once its state is open.",
        "{number} drafts not planned: a draft is planned once its state is open.",
        drafts,
    )


def coverage_grid(fulfilment: pl.DataFrame) -> Grid:
    """Return how the needs of each date or month are met.

    Units differ from item to item, so the shares are means over the needs, each need counting once.
    """
    rows = [(label, *_shown(cover(part))) for label, part in _periods(_asked(fulfilment))]
    note = f"{_means()}\n{say('On time is what is issued by the end of the bucket of the day required.')}"
    columns = in_language((Column("Required by", "code"), *_COVER))
    return Grid(say("Needs covered, by date"), columns, tuple(rows), note)


def shortest_grid(fulfilment: pl.DataFrame, case: Case, place: str, number: int = 3) -> Grid | Words:
    """Return the needs that stay shortest."""
    wanting = _shortest(fulfilment)
    if wanting.is_empty():
        return Words(say("None: every need is met in full and on time."), "good", say("Shortest needs"))
    rows = _with_names(wanting.head(number), case)
    names = [name for name in NEEDS.fields if name != "last_delivery"]
    left = wanting.height - rows.height
    note = say_count(
        "{number} more need short or late: {where}.",
        "{number} more needs short or late: {where}.",
        left,
        where=where("needs", place),
    )
    title = say_count("The shortest need", "The shortest {number} needs", rows.height)
    columns = (replace(NEEDS.column(name), kind="text") if name in _NAMED else NEEDS.column(name) for name in names)
    return Grid(title, in_language(columns), tuple(rows.select(names).iter_rows()), note if left else "")


def shortest_need(fulfilment: pl.DataFrame) -> str:
    """Return the need that stays shortest, nothing where all are met in full and on time."""
    return next(iter(_shortest(fulfilment)["need"]), "")


def _shortest(fulfilment: pl.DataFrame) -> pl.DataFrame:
    """Return the needs that are short or late: by the share unmet, by the share late, by priority, and by date."""
    wanting = _asked(fulfilment).filter(pl.col("unmet") + pl.col("late") > WHOLE_NUMBER_TOLERANCE)
    return wanting.with_columns(short=_UNMET, behind=_LATE).sort(
        ["short", "behind", "priority", "required_by", "need"], descending=[True, True, False, False, False]
    )


def statistics_page(plan: Plan, limit: int = 0) -> Page:
    """Return the page of the figures of a plan, the first `limit` rows of each (0 for all)."""
    figures = plan.statistics
    grids = (_cut(grid, limit) for grid in (_draw_down(figures), _spend(figures), _load(figures)) if grid.rows)
    return Page(plan.record.title, (_coverage(figures), Words(_in_words(figures)), *grids))


def _in_words(figures: Statistics) -> str:
    """Say how many needs are met in full on time, and how late the others are."""
    if figures.on_time_in_full is None:
        return say("The plan has no open need.")
    return say(
        "On time in full: {share} of the needs. Unit-days late: {days}.",
        share=write_share(figures.on_time_in_full),
        days=write_number(figures.unit_days_late),
    )


def _draw_down(figures: Statistics) -> Grid:
    """Return the stocks that giving draws down, the furthest first."""
    drawn = [(party, item, part) for party, held in figures.draw_down.items() for item, part in held.items()]
    rows = sorted((row for row in drawn if row[2] > WHOLE_NUMBER_TOLERANCE), key=lambda row: -row[2])
    columns = (Column("Party", "code"), Column("Item", "code"), Column("Draw-down", "share"))
    return Grid(say("Draw-down: given over held on the first day"), in_language(columns), tuple(rows))


def _spend(figures: Statistics) -> Grid:
    """Return what is spent each year."""
    columns = in_language((Column("Year", "year"), Column("EUR", "number")))
    return Grid(say("Spend, by year"), columns, tuple(figures.spend.items()))


def _load(figures: Statistics) -> Grid:
    """Return how full the lines are, the fullest first."""
    rows = sorted(figures.load.items(), key=lambda row: -(row[1] or 0.0))
    columns = in_language((Column("Line", "code"), Column("Load", "share")))
    return Grid(say("Load: hours used over hours there are"), columns, tuple(rows))


def _cut(grid: Grid, limit: int) -> Grid:
    """Return a table cut to its first rows, with how many are left."""
    left = len(grid.rows) - limit if limit else 0
    return replace(grid, rows=grid.rows[:limit], note=left_out(left)) if left > 0 else grid


def _coverage(figures: Statistics) -> Grid:
    """Return how needs are covered, by priority and in all."""
    parts = [
        *((str(name), part) for name, part in figures.coverage_by_priority.items()),
        (say("all"), figures.coverage),
    ]
    rows = tuple((name, *_shown(part)) for name, part in parts)
    return Grid(say("Coverage, by priority"), in_language((Column("Priority", "code"), *_COVER)), rows, _means())


def where(view: str, place: str) -> str:
    """Say where a whole view is: on the command line if the plan lies in a folder, in its workbook, or in Python."""
    if is_workbook(place):
        return say("sheet `{view}` of {place}", view=view, place=place)
    return f"`scorta show {place} {view}`" if place else f"`plan.{view}`"


def last_day(case: Case) -> dt.date:
    """Return the last day of the plan."""
    return case.horizon.date(case.horizon.last_day)


def _shown(part: Coverage) -> tuple[int | float | None, ...]:
    """Return what stands in the columns of how needs are covered."""
    return part.needs, part.met, part.partly_late, part.short, part.on_time, part.late, part.unmet


def _means() -> str:
    """Say what the shares are of."""
    return say("Shares of the quantity asked, as the mean over the needs: units differ from item to item.")


def _asked(fulfilment: pl.DataFrame) -> pl.DataFrame:
    """Leave out needs that ask for nothing: no share can be told of them."""
    return fulfilment.filter(pl.col("asked") > 0)


def _periods(needs: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Part the needs by date, or by month where there are many dates; the whole stands last."""
    month = needs["required_by"].n_unique() > DATES
    label = pl.col("required_by").dt.strftime("%Y-%m" if month else "%Y-%m-%d")
    labelled = needs.with_columns(period=label).sort("period")
    parts = [(str(key[0]), part) for key, part in labelled.group_by("period", maintain_order=True)]
    return [*parts, (say("all"), needs)] if len(parts) != 1 else parts


def _with_names(needs: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Put the names of places and items where the case has them, in place of their codes."""
    for field, table in _NAMED.items():
        names = case[table].select(field, "name").unique(field)
        needs = needs.join(names, on=field, how="left", maintain_order="left")
        needs = needs.with_columns(pl.coalesce("name", field).alias(field)).drop("name")
    return needs


def need_heading(need: Mapping[str, Any]) -> Words:
    """Return the heading of a need; `need` has the fields of the plan's table `fulfilment`."""
    figures = {name: write_number(float(need[name])) for name in ("asked", "on_time", "late", "unmet")}
    facts = {**need, **figures}
    title = say("{need}: {asked} of {item} at {place}, required by {required_by}", **facts)
    return Words(say("{on_time} on time, {late} late, {unmet} unmet.", **facts), title=title)
