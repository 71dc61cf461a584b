"""The commands that answer back: trace, why, fix, ask, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorta.cli.commands import (
    FOUND,
    SHOWN,
    as_json,
    case_path,
    limits_of,
    load,
    main,
    memory_limit,
    place_for,
    quiet,
    relax,
    spoken,
    time_limit,
)
from scorta.cli.output import print_json, print_page, say, step_printer
from scorta.cli.words import Chart, Count, Place
from scorta.errors import InputError
from scorta.languages import mark, punctuate, say_count
from scorta.languages import say as said

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorta.case import Case
    from scorta.difference import Attribution, Comparison
    from scorta.plan import Plan
    from scorta.report import Page


TOUCHED = ("budgets", "contracts", "legs", "lines", "objectives", "places", "pledges", "receipts")
"""What `scorta fix` can change."""

of_case = click.option("--case", "case", type=Place(), required=True, metavar="CASE", help="The case of the plan.")
of_plan = click.option("--plan", "plan", type=Place(), metavar="PLAN", help="Its plan [default: plans/NAME].")


@main.command(short_help="Trace a need back to its sources, or a source to the needs it serves.")
@click.argument("codes", nargs=-1, required=True, metavar="CODE [ITEM]")
@of_case
@of_plan
@click.option(
    "--chart", type=Chart(), metavar="FILE", help="Of a need: draw it too, as .svg, .png, .html or .json (Vega)."
)
@spoken
@as_json
def trace(codes: tuple[str, ...], case: Path, plan: Path | None, chart: Path | None, as_json: bool) -> int:
    """Trace a need back to its sources, or a source forward to the needs it serves.

    CODE is that of a need: every unit it receives is followed back over its legs to the stock, receipt or start it came
    from. Or it is that of a pledge, a contract or a line, or a place with an ITEM that lies there: what each need
    receives thanks to it. First in, first out: what came first to a place leaves it first.

    `--chart` draws the trace of a need: sources left, the need right, bands as wide as the units that flow.
    """
    if len(codes) > 2:
        raise click.UsageError(said("Name one code, or a place and an item."), click.get_current_context())
    from scorta import desk
    from scorta.report import serves_page, trace_chart, trace_page, write_chart
    from scorta.trace import Step

    found = load(case, as_json, quiet=True)
    if found is None:
        return FOUND
    traced = desk.trace(found, desk.load_plan(plan or place_for(case)), codes)
    if chart is not None:
        if not isinstance(traced, Step):
            raise click.UsageError(
                said("`--chart` draws a need: name one, or leave it out."), click.get_current_context()
            )
        write_chart(trace_chart(found.scenario.title, traced), chart)
        say(said("The chart lies in {chart}.", chart=chart), err=True)
    if as_json:
        print_json(traced if isinstance(traced, Step) else traced.to_dicts())
    elif isinstance(traced, Step):
        print_page(trace_page(found.scenario.title, traced))
    else:
        print_page(serves_page(found.scenario.title, " ".join(codes), traced))
    return 0


@main.command(short_help="Say why a need is late or short, or a stock below its objective.")
@click.argument("codes", nargs=-1, required=True, metavar="NEED | OWNER ITEM")
@of_case
@of_plan
@click.option("--instead", "other", metavar="NEED", help="Say why this need gets something, and the first does not.")
@spoken
@as_json
def why(codes: tuple[str, ...], case: Path, plan: Path | None, other: str | None, as_json: bool) -> int:
    """Say why a need is late or short: the rows of the case that stand in its way, what hinders most first.

    Each is found by taking it away, while all other needs that are as urgent keep what the plan gives them: so it says
    how much more would come. What only follows from something else is not named.

    With a party or place and an ITEM it says the same of a stock that is below its objective, while all needs keep what
    the plan gives them. `--instead` says why another need gets something: what would come of it if that could be worse
    off, and the rule that puts it first.
    """
    if len(codes) > (2 if other is None else 1):
        words = (
            mark("Name a need, or a party or place and an item.")
            if other is None
            else mark("Name one need beside `--instead`.")
        )
        raise click.UsageError(said(words), click.get_current_context())
    from scorta import desk

    found = load(case, as_json, quiet=True)
    if found is None:
        return FOUND
    causes, page = _explained(found, desk.load_plan(plan or place_for(case)), codes, other)
    if as_json:
        print_json(causes)
    else:
        print_page(page())
    return 0


def _explained(case: Case, plan: Plan, codes: tuple[str, ...], other: str | None) -> tuple[object, Callable[[], Page]]:
    """Return why a need or a stock lacks something, or why another need does not, and what makes its page."""
    from scorta import desk
    from scorta.report import why_below_page, why_instead_page, why_page

    title, met = case.scenario.title, plan["fulfilment"]
    if other is not None:
        instead = desk.why_instead(case, plan, codes[0], other)
        return instead, lambda: why_instead_page(title, met, instead)
    if len(codes) > 1:
        below = desk.why_below(case, plan, codes[0], codes[1])
        return below, lambda: why_below_page(title, below)
    causes = desk.why(case, plan, codes[0])
    return causes, lambda: why_page(title, met.filter(need=codes[0]).row(0, named=True), causes)


@main.command(short_help="Find the changes that let a need be met better.")
@click.argument("need")
@of_case
@of_plan
@click.option(
    "--touch",
    type=click.Choice(TOUCHED),
    multiple=True,
    help="Change only this; may stand several times [default: all].",
)
@click.option("--out", "out_file", type=Place(), metavar="FILE", help="Write the changes of the first as a what-if.")
@time_limit
@memory_limit
@spoken
@as_json
@quiet
def fix(
    need: str,
    case: Path,
    plan: Path | None,
    touch: tuple[str, ...],
    out_file: Path | None,
    time_limit: float | None,
    memory_limit: float | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Find the changes that let a need be met better: one alone, or up to three together.

    Each is planned as the whole case before it is told: what comes of it for the need, for other needs, and at what
    price. `scorta plan CASE --change FILE` makes a plan of what `--out` wrote.
    """
    from scorta import desk
    from scorta.report import fix_page, write_repair
    from scorta.why import Fix

    found = load(case, as_json, quiet=True)
    if found is None:
        return FOUND
    made = desk.load_plan(plan or place_for(case))

    def told(one: Fix) -> None:
        if not quiet and not as_json:
            changed = say_count("{number} changed", "{number} changed", len(one.repair))
            days = said("{days} unit-days spared", days=punctuate(f"{one.days:,.0f}"))
            say(f"{said('fix'):<8} {changed}: {days}", err=True)

    fixes = desk.fix(found, made, need, touch=touch, limits=limits_of(time_limit, memory_limit, None), told=told)
    if out_file is not None and fixes:
        write_repair(fixes[0], out_file)
    if as_json:
        print_json(fixes)
    else:
        row = made["fulfilment"].filter(need=need).row(0, named=True)
        print_page(fix_page(found.scenario.title, row, fixes))
    return 0


@main.command(short_help="List of whom to ask how much of what, beyond the pledges.")
@case_path
@click.option("--limit", type=Count(min=1), default=SHOWN, show_default=True, metavar="N", help="Asks shown.")
@relax
@time_limit
@memory_limit
@spoken
@as_json
@quiet
def ask(
    case: Path,
    limit: int,
    relax: bool,
    time_limit: float | None,
    memory_limit: float | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """List of whom to ask how much of what by when, beyond what is pledged and above the floors.

    The case is planned as if everybody could be asked. What serves the most urgent needs comes first; beside each ask
    stands what the giver has left above its floor, and what it gives of its share by a burden-sharing key.
    """
    from scorta import desk
    from scorta.report import ask_page

    found = load(case, as_json, quiet=True)
    if found is None:
        return FOUND
    limits = limits_of(time_limit, memory_limit, None)
    asks = desk.ask(found, limits=limits, relax=relax, told=step_printer(quiet or as_json))
    if as_json:
        print_json(asks)
    else:
        print_page(ask_page(found.scenario.title, asks, limit))
    return 0


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
    type=Count(min=0, max=MOST),
    metavar="N",
    help=f"The most groups for which every order counts, at up to 2^N plans; others in order [default: {GROUPS}].",
)
@click.option("--need", metavar="NEED", help="Of this need alone.")
@click.option("--all", "every", is_flag=True, help="List what stayed as it was too.")
@click.option("--limit", type=Count(min=0), metavar="N", help=f"Rows of each table, 0 for all [default: {SHOWN}].")
@time_limit
@memory_limit
@spoken
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
            said("`--case-before`, `--by` and `--groups` go with `--case CASE`."), click.get_current_context()
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
