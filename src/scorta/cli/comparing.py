"""The command that lays two plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorta.cli.commands import FOUND, SHOWN, as_json, language, limits_of, load, main, memory_limit, quiet, time_limit
from scorta.cli.printing import print_json, print_page, step_printer
from scorta.cli.words import Place
from scorta.errors import InputError
from scorta.languages import speaking

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.difference import Attribution, Comparison
    from scorta.report import Page

GROUPS = 8
"""Groups of changed rows up to which every order of them counts, unless `--groups` says otherwise."""

MOST = 12
"""The most groups for which every order may be asked: 4,096 plans."""


@main.command(short_help="Lay two plans side by side, and say because of which rows they differ.")
@click.argument("before", type=Place(), metavar="BEFORE")
@click.argument("after", type=Place(), metavar="AFTER")
@click.option(
    "--case",
    "case",
    type=Place(),
    metavar="CASE",
    help="The case of the plans, or of AFTER: say because of which rows.",
)
@click.option(
    "--case-before", "case_before", type=Place(), metavar="CASE", help="The case of BEFORE, where it is another."
)
@click.option(
    "--by",
    default="row",
    metavar="HOW",
    help="What changed together: row, table, what-if, or a field such as donor, source or announced_on [default: row].",
)
@click.option(
    "--groups",
    type=click.IntRange(min=0, max=MOST),
    metavar="N",
    help=f"The most groups for which every order counts, at up to 2^N plans; others in order [default: {GROUPS}].",
)
@click.option("--need", metavar="NEED", help="Of this need alone.")
@click.option("--all", "every", is_flag=True, help="List what stayed as it was too.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help=f"Rows of each table, 0 for all [default: {SHOWN}]."
)
@time_limit
@memory_limit
@language
@as_json
@quiet
def compare(
    before: Path,
    after: Path,
    case: Path | None,
    case_before: Path | None,
    by: str,
    groups: int | None,
    need: str | None,
    every: bool,
    limit: int | None,
    time_limit: float | None,
    memory_limit: float | None,
    language: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Lay two plans side by side: needs, gifts, orders, spend and shares, BEFORE and AFTER.

    With `--case` it says because of which rows of the case they differ: the rows that changed are put into the case of
    BEFORE in every order, mixtures are planned, and what each adds is told as the mean, so that all add up to the whole
    difference. The plans may differ by their what-ifs alone, or be of two cases. The time limit is for each mixture.
    """
    if case is None and (case_before is not None or groups is not None or by != "row"):
        raise click.UsageError(
            "`--case-before`, `--by` and `--groups` go with `--case CASE`.", click.get_current_context()
        )
    from scorta import desk
    from scorta.report import compare_page, plain_attribution, plain_comparison

    plans = desk.load_plan(before), desk.load_plan(after)
    comparison = desk.compare(*plans)
    _check_need(comparison, need)
    found: Attribution | None = None
    if case is not None:
        cases = _load_both(case_before or case, case, as_json, quiet)
        if cases is None:
            return FOUND
        limits = limits_of(time_limit, memory_limit, None)
        most = GROUPS if groups is None else groups
        tell = step_printer(quiet)
        found = desk.attribute_change(plans, cases, by=by, groups=most, limits=limits, told=tell)
    if as_json:
        attributed = {} if found is None else {"because": plain_attribution(found)}
        print_json({"before": before, "after": after, **attributed, **plain_comparison(comparison, need, every)})
    else:
        rows = SHOWN if limit is None else limit
        with speaking(language):
            print_page(compare_page(comparison, _page(found, comparison, need), need, rows, every))
    return 0


def _check_need(comparison: Comparison, need: str | None) -> None:
    """Refuse a need that neither plan has.

    Raises:
        InputError: there is no such need.
    """
    if need is not None and need not in comparison.needs["need"]:
        raise InputError(
            "Neither plan has an open need {need}.",
            "Name one of those in `scorta show PLAN needs`, spelled as there.",
            need=need,
        )


def _load_both(before: Path, after: Path, as_json: bool, quiet: bool) -> tuple[Case, Case] | None:
    """Load the cases of both plans, once where they are one; None where findings stop one of them."""
    new = load(after, as_json, quiet)
    if new is None or before == after:
        return None if new is None else (new, new)
    old = load(before, as_json, quiet)
    return None if old is None else (old, new)


def _page(found: Attribution | None, comparison: Comparison, need: str | None) -> Page | None:
    """Return the page that says because of which rows, where that was asked."""
    from scorta.report import attribution_page

    return None if found is None else attribution_page("", found, comparison, need)
