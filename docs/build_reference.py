"""Write the pages of tables, findings and errors from their descriptions; `--check` tells whether they are up to date."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import scorta.errors
from scorta import check, read
from scorta.tables import CASE_TABLES, PLAN_TABLES, Field, Table

FOLDER = Path(__file__).parent / "look-up"
NOTICE = "<!-- Written by docs/build_reference.py from the descriptions themselves. -->"
NEEDED = {"always": "A case without it is stopped.", "usually": "A case without it is warned about.", "no": ""}


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {
        "tables.md": _page("Tables of a case", _CASE, map(_table, CASE_TABLES.values())),
        "plan-tables.md": _page("Tables of a plan", _PLAN, map(_table, PLAN_TABLES.values())),
        "findings.md": _page("Findings", _FINDINGS, _findings()),
        "errors.md": _page("Errors", _ERRORS, _errors()),
    }


_CASE = (
    "A case is a folder of CSV or Parquet files, or an XLSX workbook with a sheet for each table. Codes are case-sensitive, "
    "dates are ISO 8601 (2022-10-13), decimals have a point, quantities are in the unit of the item. What the numbers mean "
    "is said in [what a plan means](../understand/meaning-of-a-plan.md)."
)
_PLAN = "A saved plan is a folder with each of these tables as Parquet and as CSV, and its record in `plan.json`."
_FINDINGS = (
    "A finding is something about a cell, a row or a file. An **error** stops the case, a **warning** travels with the plan, "
    "a **note** tells what was assumed or left out."
)
_ERRORS = "An error says that the program cannot go on, and what to do. The exit code is what the command line returns."


def _page(title: str, opening: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"# {title}", NOTICE, opening, *parts]) + "\n"


def _table(table: Table) -> str:
    """Write a table: what it holds, and a line for each field."""
    words = " ".join(part for part in (table.meaning, NEEDED[table.needed]) if part)
    key = f"One row for each {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    naming = f"In `changes` its rows are named by {'/'.join(table.naming)}." if table.named_by else ""
    lines = ["| field | type | unit | meaning |", "|---|---|---|---|", *map(_field, table)]
    return "\n\n".join(part for part in (f"## {table.name}", words, key, naming, "\n".join(lines)) if part)


def _field(field: Field) -> str:
    """Write a field as a line: a star where it is required, and what it allows."""
    allowed = [
        f"One of {', '.join(f'`{choice}`' for choice in field.choices)}." if field.choices else "",
        f"Names a row of {' or '.join(field.refers_to)}." if field.refers_to else "",
        f"Empty means `{field.empty}`." if field.empty else "",
        f"Example: `{field.example}`." if field.example and not field.choices else "",
    ]
    meaning = " ".join([field.meaning, *filter(None, allowed)]).replace("|", "\\|")
    return f"| `{field.name}`{'*' if field.required else ''} | {field.type} | {field.unit} | {meaning} |"


def _findings() -> Iterable[str]:
    """Write each kind of finding under its code."""
    kinds = sorted({*check.FINDINGS, *read.FINDINGS}, key=lambda kind: kind.code)
    for code, group in groupby(kinds, key=lambda kind: kind.code):
        alike = sorted(group, key=[*check.FINDINGS, *read.FINDINGS].index)
        said = (f"> {kind.sentence} {kind.next_step}".replace("{", "*").replace("}", "*") for kind in alike)
        yield "\n\n".join([f"## {code}", f"**{alike[0].severity}**: {alike[0].meaning}", *said])


def _errors() -> Iterable[str]:
    """Write each kind of error under its code."""
    for _, kind in inspect.getmembers(scorta.errors, inspect.isclass):
        if kind is not scorta.errors.ScortaError:
            yield f"## {kind.code}\n\n{inspect.getdoc(kind)} Exit code {kind.exit_code}."


def run(arguments: list[str]) -> int:
    """Write the pages, or check them; return the exit code."""
    stale = 0
    for name, text in pages().items():
        page = FOLDER / name
        if "--check" not in arguments:
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            stale = 1
            print(f"docs/look-up/{name} is not up to date: run docs/build_reference.py.", file=sys.stderr)
    return stale


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
