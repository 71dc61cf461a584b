"""Writes a case folder: a CSV file for each table and the scenario."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

from scorta.case import step

Row = dict[str, object]
"""One row of a table; a field that a row lacks is an empty cell."""

KG_PER_TONNE = 1000
"""Mass of a unit that is a tonne, so that limits and costs in tonnes count units."""


def write_case(folder: Path, scenario: str, **tables: list[Row]) -> None:
    """Write `scenario.toml` and one CSV file for each table that has rows."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(scenario, encoding="utf-8")
    for name, rows in tables.items():
        if rows:
            _write_table(folder / f"{name}.csv", rows)


def scenario(title: str, as_of: date, bucket: str, count: int, *tiers: str) -> str:
    """Return the text of a `scenario.toml` with one block of equal buckets; without tiers all of them count."""
    names = ", ".join(f'"{tier}"' for tier in tiers)
    chosen = f"tiers = [{names}]\n" if tiers else ""
    horizon = f'[[horizon]]\nbucket = "{bucket}"\ncount = {count}\n'
    return f'title = "{title}"\nas_of = {as_of}\ncurrency = "EUR"\n{chosen}\n{horizon}'


def slug(name: str) -> str:
    """Return a name as a code: letters and digits, with hyphens between the words.

    >>> slug("1. end item @ factory")
    '1-end-item-factory'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


def month(as_of: date, number: int) -> tuple[date, date]:
    """Return the first and last day of a month of the plan, the first of which has number 0."""
    return step(as_of, "month", number), step(as_of, "month", number + 1) - timedelta(days=1)


def days_of_month(day: date) -> int:
    """Return the number of days of the calendar month that holds a day."""
    first = day.replace(day=1)
    return (step(first, "month", 1) - first).days


def _write_table(path: Path, rows: list[Row]) -> None:
    """Write rows under the fields that any of them has."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
