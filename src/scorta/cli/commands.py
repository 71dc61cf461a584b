"""The commands: check, plan, demo, show, fairness, template."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import scorta
from scorta.cli.door import Door
from scorta.cli.output import print_json, print_page, say, step_printer
from scorta.cli.words import LANGUAGE, Count, Limit, Part, Place, ShowCommand, ViewName
from scorta.errors import CaseError
from scorta.languages import offered
from scorta.languages import say as said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorta.case import Case
    from scorta.desk import Limits
    from scorta.tables import Finding

FOUND = 2
"""Exit code where the findings of a case stop it."""

SHOWN = 40
"""Rows of a view on the screen, unless `--limit` says otherwise."""

_GIB = 2**30


LONGEST, LARGEST = 1e7, 1e6
"""The most seconds and gigabytes that may be allowed: four months, and more memory than any machine has."""

_json = click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")
_wide = click.option(
    "--wide", is_flag=True, expose_value=False, help="Let tables have every column, in lines as long as they need."
)


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command write a page or JSON, and its tables as wide as they are."""
    return _wide(_json(command))


spoken = click.option(
    "--language",
    type=click.Choice(offered()),
    default="en",
    show_default=True,
    envvar=LANGUAGE,
    show_envvar=True,
    expose_value=False,
    help="Language of the page.",
)
quiet = click.option("--quiet", is_flag=True, help="Print no progress.")
time_limit = click.option("--time-limit", type=Limit(LONGEST), metavar="S", help="Seconds the solver may take.")
gap = click.option(
    "--gap", type=Limit(1.0), metavar="G", help="How far from the best whole numbers may be [default: 1e-6]."
)
relax = click.option("--relax", is_flag=True, help="Drop whole numbers, minimum lots and the like; the plan says so.")
memory_limit = click.option("--memory-limit", type=Limit(LARGEST), metavar="GB", help="Memory the solver may take.")
previous = click.option(
    "--from", "previous", type=Place(), metavar="PLAN", help="A plan made before, to change as little as can be."
)
freeze = click.option(
    "--freeze",
    type=Count(min=1),
    metavar="DAYS",
    help="With --from: its first days stand, as far as limits, firm orders and floors allow.",
)
out = click.option(
    "--out",
    type=Place(),
    metavar="FOLDER|FILE.xlsx",
    help="Where the plan goes: a folder, or a workbook [default: the folder plans/NAME, and what-ifs].",
)
change = click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="FILE|NAME",
    help="A what-if: a CSV file of changes, or a name in the table `changes`; may stand several times.",
)
case_path = click.argument("case", type=Place())


@click.group(
    cls=Door,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit codes: 0 done, 2 the input has findings or the command is misspelt, "
        "3 the solver gave no answer, 4 an error of the program, 130 stopped."
    ),
)
@click.version_option(scorta.__version__, prog_name="scorta", message="%(prog)s %(version)s")
def main() -> None:
    """Plan the supply of a coalition: tables in, one dated and checked plan out.

    A CASE is a folder of CSV or Parquet files or one XLSX workbook, with needs, pledges, stocks and legs.
    Start with `scorta demo`, or with `scorta template FOLDER` for a case of your own.
    """


@main.command(short_help="Check a case: all findings at once.")
@case_path
@click.option("--all", "every", is_flag=True, help="List up to 10,000 findings of a kind in a field.")
@spoken
@as_json
def check(case: Path, every: bool, as_json: bool) -> int:
    """Check a case: the findings of every table at once, each with file, row, field and what to do.

    Of many findings of one kind in one file the first ten are written out (as JSON: fifty of a field), and all are
    counted.
    """
    from scorta.desk import load_case
    from scorta.report import case_page, findings_page

    checked: Case | None = None
    try:
        checked = load_case(case, every=every)
        findings = checked.findings
    except CaseError as error:
        findings = error.findings
    if as_json:
        print_json(_plain_findings(case, findings, ok=checked is not None))
    else:
        print_page(findings_page(findings, str(case), every=every))
        if checked is not None:
            say("")
            print_page(case_page(checked))
    return FOUND if checked is None else 0


@main.command(short_help="Plan a case, check the plan and save it.")
@case_path
@change
@out
@time_limit
@memory_limit
@gap
@relax
@previous
@freeze
@spoken
@as_json
@quiet
def plan(
    case: Path,
    changes: tuple[str, ...],
    out: Path | None,
    time_limit: float | None,
    memory_limit: float | None,
    gap: float | None,
    relax: bool,
    previous: Path | None,
    freeze: int | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Plan a case, check the plan, and save it in a folder or as a workbook, whole or not at all.

    A plan that is already there is replaced; if anything goes wrong it stays. A plan made before that `--from` names
    may be that one: of all plans that are as good, the one that changes it least is made. With `--change` the case is
    planned as changed, and the plan says with which changes; the case itself stays as it is.
    """
    if freeze is not None and previous is None:
        raise click.UsageError(
            said("`--freeze` needs the plan that is frozen: `--from PLAN`."), click.get_current_context()
        )
    from scorta.desk import load_plan

    before = None if previous is None else load_plan(previous)
    options: dict[str, Any] = {"relax": relax, "previous": before, "freeze": freeze or 0}
    place = out or place_for(case, changes)
    return _plan(case, place, limits_of(time_limit, memory_limit, gap), as_json, quiet, changes, **options)


@main.command(short_help="Plan the case of October 2022.")
@out
@spoken
@as_json
@quiet
def demo(out: Path | None, as_json: bool, quiet: bool) -> int:
    """Plan the case of October 2022 that comes with the package."""
    from scorta.desk import demo_case

    case = demo_case()
    return _plan(case, out or place_for(case), None, as_json, quiet)


@main.command(cls=ShowCommand, short_help="Show one view of a plan.")
@click.argument("plan", type=Place())
@click.argument("view", type=ViewName())
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--limit", type=Count(min=0), metavar="N", help=f"Rows to show, 0 for all [default: {SHOWN}; JSON: all].")
@click.option(
    "--by",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="With `years`: the money to be at the objective by this day, such as 2027-12-31.",
)
@spoken
@as_json
def show(
    plan: Path, view: str, codes: tuple[str, ...], limit: int | None, by: dt.datetime | None, as_json: bool
) -> None:
    """Show one view of a PLAN: how needs are met, what moves, is given, bought, made, kept and paid.

    With codes after the view, only rows that name all of them: `scorta show plans/walk shipments HUB`. With a party and
    an item after `stock`, what the party holds of it over all its places: `scorta show plans/walk stock PL generator`.
    """
    if view in ("changes", "tiers", "statistics") and codes:
        raise click.UsageError(
            said("The view `{view}` names no codes: leave them out.", view=view), click.get_current_context()
        )
    if by is not None and view != "years":
        raise click.UsageError(said("`--by` goes with the view `years` alone."), click.get_current_context())
    day = by.date() if by is not None else None
    from scorta.desk import load_plan
    from scorta.report import list_rows, show_view

    found = load_plan(plan)
    if as_json:
        print_json(list_rows(found, view, codes, limit or 0, day))
    else:
        print_page(show_view(found, view, codes, SHOWN if limit is None else limit, day))


@main.command(short_help="Show the price of fairness of a case with a burden-sharing key.")
@case_path
@click.option(
    "--cap",
    "caps",
    type=Part(),
    multiple=True,
    metavar="X",
    help="Cap on the excess over a share, from 0 to 1; may stand several times [default: four steps down to 0].",
)
@time_limit
@memory_limit
@spoken
@as_json
@quiet
def fairness(
    case: Path,
    caps: tuple[float, ...],
    time_limit: float | None,
    memory_limit: float | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Show the price of fairness: plan a CASE without its keys, with them as a tier, and under caps.

    For each plan: units unmet and unit-days late by priority, and the most that a party gives above its share. Nothing
    is saved. The time limit is for each plan.
    """
    from scorta.desk import price_fairness
    from scorta.report import fairness_page

    found = load(case, as_json, quiet)
    if found is None:
        return FOUND
    plans = price_fairness(found, caps=caps, limits=limits_of(time_limit, memory_limit, None), told=step_printer(quiet))
    if as_json:
        print_json({"case": case, "plans": plans})
    else:
        print_page(fairness_page(found.scenario.title, plans))
    return 0


@main.command(short_help="Write a case to begin with.")
@click.argument("path", type=Place(), metavar="FOLDER|FILE.xlsx")
@click.option("--all", "every", is_flag=True, help="Every table, not only those that a case needs.")
@click.option("--example", is_flag=True, help="With a few rows that can be planned as they are.")
@spoken
def template(path: Path, every: bool, example: bool) -> None:
    """Write a case to begin with: a folder of CSV files, or a workbook with a sheet for each table.

    Its six tables are a whole case: parties, places, items, needs, stocks, legs; `--all` writes the others too. In a
    workbook each heading tells what it means, and cells offer the codes and words that fit.
    """
    from scorta.desk import write_template

    write_template(path, every=every, example=example)
    if example:
        say(said("An example of a case lies in {path}. Plan it: scorta plan {path}", path=path))
    else:
        say(said("An empty case lies in {path}. Fill it in, then: scorta check {path}", path=path))


def _plan(
    path: Path,
    place: Path,
    limits: Limits | None,
    as_json: bool,
    quiet: bool,
    changes: tuple[str, ...] = (),
    **options: Any,
) -> int:
    """Load, plan and print; or print what stops the case."""
    from scorta.desk import plan_case
    from scorta.report import plan_page

    case = load(path, as_json, quiet)
    if case is not None and changes:
        case = _load_changed(path, case, changes, as_json, quiet)
    if case is None:
        return FOUND
    made = plan_case(case, place, limits=limits, told=step_printer(quiet), **options)
    if as_json:
        print_json({"plan": place, "record": made.record, "fulfilment": made["fulfilment"].to_dicts()})
    else:
        print_page(plan_page(made, case, str(place), _asked(path, place)))
    return 0


def load(path: Path, as_json: bool, quiet: bool) -> Case | None:
    """Load a case; where its findings stop it, print them and return None."""
    from scorta.desk import load_case

    return _passed(lambda: load_case(path), path, str(path), as_json, quiet)


def _load_changed(path: Path, case: Case, changes: tuple[str, ...], as_json: bool, quiet: bool) -> Case | None:
    """Do the changes of what-ifs to a case; where findings stop that, print them and return None."""
    from scorta.desk import load_changed

    name = said("{path} with {changes}", path=path, changes=", ".join(changes))
    return _passed(lambda: load_changed(case, changes), path, name, as_json, quiet)


def _passed(load: Callable[[], Case], path: Path, name: str, as_json: bool, quiet: bool) -> Case | None:
    """Return the case that passed the check; where findings stop it, print them and return None."""
    from scorta.report import findings_page, totals

    try:
        case = load()
    except CaseError as error:
        if as_json:
            print_json(_plain_findings(path, error.findings, ok=False))
        print_page(findings_page(error.findings, said("{name} cannot be planned", name=name)), err=True)
        return None
    if not quiet:
        say(f"{said('check'):<8} {name}: {totals(case.findings)}", err=True)
    return case


def _plain_findings(path: Path, found: Sequence[Finding], *, ok: bool) -> dict[str, Any]:
    """Return the findings of a case for a program, with how many there are of each severity."""
    from scorta.report import count_findings, list_findings

    return {"case": path, "ok": ok, "totals": count_findings(found), "findings": list_findings(found)}


def _asked(case: Path, place: Path) -> str:
    """Return how a command that answers back names a case, and its plan where it would not look for it."""
    near = os.path.relpath(case) if case.resolve().is_relative_to(Path.cwd()) else case
    named = f"--case {shlex.quote(str(near))}"
    return named if place == place_for(case) else f"{named} --plan {shlex.quote(str(place))}"


def place_for(case: Path, changes: tuple[str, ...] = ()) -> Path:
    """Return where a plan goes if nobody says: `plans/` and the name of the case, then those of its what-ifs."""
    name = case.resolve().stem if case.is_file() else case.resolve().name
    what_ifs = [re.sub(r"[^\w.]+", "-", Path(change).stem).strip("-.") for change in changes]
    return Path("plans") / "-".join([name, *filter(None, what_ifs)])


def limits_of(seconds: float | None, gigabytes: float | None, gap: float | None) -> Limits | None:
    """Return the limits that were set, the others as they stand."""
    from scorta.desk import Limits

    memory = None if gigabytes is None else int(gigabytes * _GIB)
    given: dict[str, Any] = {"seconds": seconds, "memory": memory, "gap": gap}
    return Limits(**{name: value for name, value in given.items() if value is not None})
