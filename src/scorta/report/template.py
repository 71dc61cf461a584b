"""Empty cases to fill in: a folder of CSV files, or a workbook that explains itself."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scorta.errors import OutputError
from scorta.report.datapackage import write_datapackage
from scorta.tables import CASE_TABLES, Field, Table

SCENARIO = (
    ("title", "A new case", "What the plan is for."),
    ("as_of", "2022-10-13", "The first day of the plan."),
    ("currency", "EUR", "The currency of every amount."),
    ("gifts", "pledged", "pledged: only what pledges cover is given; open: the plan may ask for more."),
    ("tiers", "floors, needs, shares, objectives, cost", "What is better, in order."),
    ("horizon", "26 week, 18 month", "The buckets of the plan, one block after the other."),
)
"""What `scenario.toml` and the sheet `scenario` hold: the name, an example and its meaning."""

SCENARIO_TOML = """\
# What the plan is for, its first day, and how it is steered.
title = "A new case"
as_of = 2022-10-13          # the first day of the plan
currency = "EUR"
gifts = "pledged"           # "pledged": only what pledges cover is given; "open": the plan may ask for more
tiers = ["floors", "needs", "shares", "objectives", "cost"]   # what is better, in order

# The buckets of the plan, one block after the other: day, week, month, quarter or year.
[[horizon]]
bucket = "week"
count = 26

[[horizon]]
bucket = "month"
count = 18
"""

ROWS = 1_048_575
"""Rows of a sheet that get a drop-down: all below the headings."""


def write_csv_template(folder: Path) -> None:
    """Write a folder with an empty CSV file for each table, a `scenario.toml` with comments and a `datapackage.json`.

    Raises:
        OutputError: something is there already, or it cannot be written; nothing is left behind.
    """
    with _fresh(folder) as fresh:
        fresh.mkdir()
        for table in CASE_TABLES.values():
            (fresh / f"{table.name}.csv").write_text(",".join(table.names) + "\n", encoding="utf-8")
        (fresh / "scenario.toml").write_text(SCENARIO_TOML, encoding="utf-8")
        write_datapackage(fresh)
        for path in fresh.iterdir():
            _sync(path)


def write_xlsx_template(path: Path) -> None:
    """Write a workbook with a sheet for each table: meanings as notes, choices as drop-downs.

    Raises:
        OutputError: something is there already, or it cannot be written; nothing is left behind.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError as error:
        raise OutputError("Workbooks need xlsxwriter.", "Run: pip install 'scorta[excel]'") from error
    with _fresh(path) as fresh:
        packed = io.BytesIO()  # a file that is written bit by bit is not let go quietly where the disk is full
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(packed, options)
        formats = {
            "required": book.add_format({"bold": True, "bg_color": "#DCE6F2", "bottom": 1}),
            "optional": book.add_format({"bg_color": "#F2F2F2", "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        _write_scenario(book, formats)
        for table in CASE_TABLES.values():
            _write_sheet(book.add_worksheet(table.name), table, formats)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        fresh.write_bytes(packed.getvalue())
        _sync(fresh)


def _write_scenario(book: Any, formats: dict[str, Any]) -> None:
    """Write the sheet that holds what `scenario.toml` holds."""
    sheet = book.add_worksheet("scenario")
    sheet.write_row(0, 0, ["field", "value"], formats["required"])
    for row, (name, value, meaning) in enumerate(SCENARIO, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        sheet.write_comment(row, 0, meaning)
    sheet.set_column(0, 1, 40)
    sheet.freeze_panes(1, 0)


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    """Write the headings of a table, each with its meaning as a note."""
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(table):
        sheet.write_string(0, column, field.name, formats["required" if field.required else "optional"])
        sheet.write_comment(0, column, _note(field), {"x_scale": 2.0})
        dated = formats["date"] if field.type == "date" else None
        sheet.set_column(column, column, max(len(field.name) + 2, 12), dated)
        choices = ("yes", "no") if field.type == "yes_no" else field.choices
        if choices:
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": list(choices)})


def _note(field: Field) -> str:
    """Return what a field means, in which unit, and whether it is required."""
    unit = f" Unit: {field.unit}." if field.unit else ""
    empty = f" Empty means {field.default}." if field.default else ""
    return f"{field.meaning}{unit}{' Required.' if field.required else ''}{empty}"


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
            "{path} cannot be written: {reason}.", "Name another place.", path=path, reason=error.strerror
        ) from error
    try:
        yield room / path.name
        (room / path.name).rename(path)
        _sync(path.parent)
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}.", "Nothing was left there.", path=path, reason=error.strerror or error
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
