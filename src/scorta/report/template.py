"""Cases to begin with: a folder of CSV files or a workbook that explains itself, empty or with an example."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorta.errors import OutputError
from scorta.languages import say, say_reason
from scorta.report.datapackage import write_datapackage
from scorta.tables import CASE_TABLES, Field, Table

NEEDED = ("parties", "places", "items", "needs", "stocks", "legs")
"""The tables that are a whole case; every other one may be left out."""

ROWS = 1_048_575
"""Rows of a sheet that get a drop-down: all below the headings."""

_WEEKS = 26
_SOURCE = "assumed: an example, to be replaced"


_EXAMPLE = {
    "parties": """party,name,kind
AA,Country that needs,nation
BB,Country that gives,nation""",
    "places": """place,name,party,kind
HOSPITAL,Hospital in the city,AA,unit
DEPOT,Depot of the giver,BB,depot""",
    "items": """item,name,unit,mass_kg
generator,"Generator, 60 kVA",piece,1050
blanket,Blanket,piece,2""",
    "needs": """need,place,item,quantity,required_by,priority,state
N1,HOSPITAL,generator,20,45,1,open
N2,HOSPITAL,blanket,5000,30,2,open""",
    "stocks": """place,item,quantity
DEPOT,generator,12
DEPOT,blanket,8000""",
    "legs": """leg,origin,destination,mode,transit_days,capacity_t_per_month,cost_eur_per_t
ROAD,DEPOT,HOSPITAL,road,5,120,80""",
    "pledges": """pledge,donor,recipient,item,quantity,state,announced_on,supply
P1,BB,AA,generator,12,committed,0,stock
P2,BB,AA,blanket,8000,committed,0,stock""",
}
"""A giver's depot, a road, and two needs: one for more than there is. A date is a number of days after the first."""

Cell = str | int | dt.date
"""What a cell of the example holds."""


def _cell(field: Field, text: str, first: dt.date) -> Cell:
    """Return a cell of the example, as a workbook holds it."""
    if field.type == "date":
        return first + dt.timedelta(days=int(text))
    return int(text) if field.type in ("number", "whole") else text


@dataclass(frozen=True, slots=True)
class Template:
    """What a case to begin with holds: the tables it needs or every one, empty or with an example; its first day."""

    every: bool = False
    example: bool = False
    first: dt.date | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in the order of the reference."""
        return tuple(table for table in CASE_TABLES.values() if self.every or table.name in NEEDED)

    @property
    def as_of(self) -> dt.date:
        """The first day of the plan: the first of the next month, unless it is given."""
        return self.first or (dt.date.today().replace(day=1) + dt.timedelta(days=32)).replace(day=1)

    @property
    def scenario(self) -> tuple[tuple[str, str, str], ...]:
        """The fields of the scenario: each with its value as a sheet holds it, and its meaning."""
        return (
            ("title", "A new case", say("What the plan is for.")),
            ("as_of", self.as_of.isoformat(), say("The first day of the plan.")),
            ("currency", "EUR", say("The currency of every amount.")),
            ("gifts", "pledged", say("pledged: only what pledges cover is given; open: the plan may ask for more.")),
            ("tiers", "floors, needs, shares, objectives, cost", say("What is better, in order.")),
            (
                "horizon",
                f"{_WEEKS} week, 18 month",
                say("The buckets: day, week, month, quarter or year, block after block."),
            ),
        )

    def rows(self, table: Table) -> list[dict[str, Cell]]:
        """Return the rows that a table begins with, by field."""
        rows = csv.DictReader(_EXAMPLE.get(table.name, "").splitlines() if self.example else [])
        return [
            {name: _cell(table[name], text, self.as_of) for name, text in row.items()} | {"source": _SOURCE}
            for row in rows
        ]


def write_csv_template(folder: Path, template: Template) -> None:
    """Write a folder with a CSV file for each table, a `scenario.toml` with comments and a `datapackage.json`.

    Raises:
        OutputError: something is there already, or it cannot be written; nothing is left behind.
    """
    with _fresh(folder) as fresh:
        fresh.mkdir()
        for table in template.tables:
            with (fresh / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.names, lineterminator="\n")
                writer.writeheader()
                writer.writerows(template.rows(table))
        (fresh / "scenario.toml").write_text(_scenario_toml(template), encoding="utf-8")
        write_datapackage(fresh)
        for path in fresh.iterdir():
            _sync(path)


def _scenario_toml(template: Template) -> str:
    """Return the text of the scenario, each field after its meaning."""
    lines = [f"# {say('What the plan is for, its first day, and how it is steered.')}"]
    for name, value, meaning in template.scenario[:-1]:
        lines += ["", f"# {meaning}", f"{name} = {_toml(name, value)}"]
    _, blocks, meaning = template.scenario[-1]
    lines += ["", f"# {meaning}"]
    for count, bucket in (block.split() for block in blocks.split(", ")):
        lines += ["[[horizon]]", f'bucket = "{bucket}"', f"count = {count}", ""]
    return "\n".join(lines)


def _toml(name: str, value: str) -> str:
    """Return the value of a field of the scenario as TOML has it."""
    if name == "as_of":
        return value
    return json.dumps(value.split(", ") if name == "tiers" else value)


def write_xlsx_template(path: Path, template: Template) -> None:
    """Write a workbook with a sheet for each table: meanings as notes, choices and codes as drop-downs.

    Raises:
        OutputError: something is there already, or it cannot be written; nothing is left behind.
    """
    import xlsxwriter  # a twelfth of a second, for this alone
    from xlsxwriter.exceptions import XlsxWriterException

    with _fresh(path) as fresh:
        packed = io.BytesIO()  # a file that is written bit by bit is not let go quietly where the disk is full
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(packed, options)
        formats = {
            "required": book.add_format({"bold": True, "bg_color": "#DCE6F2", "bottom": 1}),
            "optional": book.add_format({"bg_color": "#F2F2F2", "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        _write_scenario(book.add_worksheet("scenario"), template, formats)
        for table in template.tables:
            _write_sheet(book.add_worksheet(table.name), table, template, formats)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        fresh.write_bytes(packed.getvalue())
        _sync(fresh)


def _write_scenario(sheet: Any, template: Template, formats: dict[str, Any]) -> None:
    """Write the sheet that holds what `scenario.toml` holds."""
    sheet.write_row(0, 0, ["field", "value"], formats["required"])
    for row, (name, value, meaning) in enumerate(template.scenario, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        sheet.write_comment(row, 0, meaning)
    sheet.set_column(0, 1, 40)
    sheet.freeze_panes(1, 0)


def _write_sheet(sheet: Any, table: Table, template: Template, formats: dict[str, Any]) -> None:
    """Write the headings of a table, each with its meaning as a note, its drop-down below it, and the first rows."""
    sheet.freeze_panes(1, 0)
    rows, tables = template.rows(table), {each.name for each in template.tables}
    for column, field in enumerate(table):
        sheet.write_string(0, column, field.name, formats["required" if field.required else "optional"])
        sheet.write_comment(0, column, _note(field), {"x_scale": 2.0})
        dated = formats["date"] if field.type == "date" else None
        sheet.set_column(column, column, max(len(field.name) + 2, 12), dated)
        if offered := _drop_down(field, tables):
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", **offered})
        for row, cells in enumerate(rows, start=1):
            if (cell := cells.get(field.name)) is not None:
                sheet.write(row, column, cell, dated)


def _drop_down(field: Field, tables: set[str]) -> dict[str, object]:
    """Return what a field may be one of: its choices alone, or the codes of another sheet, to which more may come."""
    choices = ("yes", "no") if field.type == "yes_no" else field.choices
    if choices:
        return {"source": list(choices)}
    if len(field.refers_to) == 1 and field.refers_to[0] in tables:
        codes = f"{field.refers_to[0]}!$A$2"
        rows = f"MAX(COUNTA({field.refers_to[0]}!$A:$A)-1,1)"
        return {"source": f"=OFFSET({codes},0,0,{rows},1)", "show_error": False}
    return {}


def _note(field: Field) -> str:
    """Return what a field means, in which unit, and whether it is required."""
    parts = (
        say(field.meaning),
        say("Unit: {unit}.", unit=say(field.unit)) if field.unit else "",
        say("Required.") if field.required else "",
        say("Empty means {default}.", default=field.empty) if field.empty else "",
        say("For example {example}.", example=field.example) if field.example else "",
    )
    return " ".join(filter(None, parts))


@contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """Give a place beside the path to write to, and put it there when all of it is written."""
    path = path.absolute()
    if path.exists():
        raise OutputError("{name} is there already.", "Name another file or folder for the template.", name=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}.", "Name another place.", path=path, reason=say_reason(error)
        ) from error
    try:
        yield room / path.name
        (room / path.name).rename(path)
        _sync(path.parent)
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}.", "Nothing was left there.", path=path, reason=say_reason(error)
        ) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
