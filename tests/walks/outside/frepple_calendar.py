"""Turns the calendars of a frePPLe network into rows with dates: safety stocks and the hours of lines."""

from datetime import date
from itertools import groupby
from typing import Any

from tests.walks.outside.folder import Row, days_of_month

HOURS = 24
"""Hours of a line in a day for each unit of a resource, and of an operation for each day that it takes."""

Network = dict[str, Any]


def day_of(moment: str) -> date:
    """Return the day of a moment, all of which are at midnight."""
    return date.fromisoformat(moment.removesuffix("T00:00:00"))


def objectives(network: Network, spot: Row, buffer: Network, days: list[date]) -> list[Row]:
    """Return the safety stock of a buffer: a row from each day on which it changes, none where it is 0 throughout."""
    levels = _values(network, buffer["min_cal"], buffer["min"], days)
    stretches = [list(stretch) for _, stretch in groupby(days, key=levels.__getitem__)]
    rows = [spot | {"from_date": stretch[0], "objective": levels[stretch[0]]} for stretch in stretches]
    return rows if any(levels.values()) else []


def line_hours(network: Network, resource: Network, days: list[date]) -> list[Row]:
    """Return the hours of a resource: a row for each stretch of days in one month with one capacity."""
    levels = _values(network, resource["max_cal"], resource["max"], days)
    runs = [list(run) for _, run in groupby(days, key=lambda day: (day.year, day.month, levels[day]))]
    return [
        {
            "capacity_per_month": HOURS * levels[run[0]] * days_of_month(run[0]),
            "available_from": run[0],
            "until_date": run[-1],
        }
        for run in runs
    ]


def _values(network: Network, calendar: str | None, constant: float, days: list[date]) -> dict[date, float]:
    """Return what holds on each day: what a calendar says, or the constant where there is none."""
    return {day: _value(network["calendars"][calendar], day) if calendar else constant for day in days}


def _value(calendar: Network, day: date) -> float:
    """Return what a calendar says on a day: its most urgent entry, of equals the one that began last."""
    entries = [entry for entry in calendar["buckets"] if day_of(entry["start"]) <= day < day_of(entry["end"])]
    ranked = sorted(entries, key=lambda entry: (-entry["priority"], entry["start"]))
    return ranked[-1]["value"] if ranked else calendar["default"]
