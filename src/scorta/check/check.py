"""From raw rows to a case, or to everything that stands in its way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from scorta.case import Case, Horizon
from scorta.check import (
    budgets,
    contracts,
    keys,
    kits,
    legs,
    levels,
    needs,
    pledges,
    production,
    references,
    rows,
    stocks,
)
from scorta.check.book import LISTED, MOST, Book, check_each
from scorta.check.cells import read_cells
from scorta.check.draft import check_listed
from scorta.check.headings import find_tables
from scorta.check.scenario import read_scenario
from scorta.check.sheet import Papers
from scorta.tables import CASE_TABLES, Finding, RawCase

Done = TypeVar("Done")

_LOG = logging.getLogger(__name__)

_ROW_CHECKS = (needs, pledges, contracts, legs, stocks, levels, production, kits, keys)
"""The words whose rows are each looked at by themselves."""

_EACH_ROW: tuple[Callable[[Papers, Book], None], ...] = (
    *(partial(check_each, word.CHECKS) for word in _ROW_CHECKS),
    references.check_codes,
    rows.check_dates,
    rows.check_slips,
    rows.check_unplanned,
    rows.check_assumed,
)
"""What is looked at row by row once all cells are read."""

_SEARCHES: tuple[Callable[[Papers, Book], None], ...] = (
    stocks.check_stocks,
    needs.check_unmet,
    needs.check_reached,
    pledges.check_pledges,
    pledges.check_cover,
    contracts.check_contracts,
    contracts.check_orders,
    budgets.check_budgets,
    production.check_processes,
    production.check_lots,
    production.check_expansions,
    keys.check_keys,
    legs.check_shared,
    legs.check_mass,
    kits.check_kits,
    kits.check_substitutes,
)
"""What is looked for in several tables at once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the case, None where an error stands in its way, and every finding."""

    case: Case | None
    findings: tuple[Finding, ...]


def check_case(raw: RawCase, *, every: bool = False, listed: bool = True) -> Checked:
    """Check everything of a case at once; the case is made where no finding is an error.

    Findings of one kind are counted, and the first of them listed for each field: many more where `every` is asked.
    `listed` looks at the what-ifs that the case lists, too.
    """
    book = Book(raw.findings, MOST if every else LISTED)
    scenario = read_scenario(raw, book)
    horizon = Horizon.build(scenario.as_of, scenario.blocks) if scenario else None
    tables = find_tables(raw, book)
    sheets = _side_by_side(book, [partial(read_cells, *table) for table in tables])
    found = {sheet.table.name: sheet for sheet in sheets}
    known = references.check_references(Papers(found, scenario, horizon), book)
    rows = [partial(check, Papers(found, scenario, horizon)) for check in _EACH_ROW]
    _side_by_side(book, rows + [partial(_search, search, Papers(known, scenario, horizon)) for search in _SEARCHES])
    findings = _sorted(book.findings(), raw)
    _LOG.info("checked %d tables: %d findings", len(found), len(findings))
    if scenario is None or any(finding.severity == "error" for finding in findings):
        return Checked(None, findings)
    frames = {name: sheet.frame for name, sheet in found.items()}
    files = {name: sheet.file for name, sheet in found.items()}
    case = Case.build(scenario, frames, files, findings)
    told = check_listed(case) if listed else ()
    findings = _sorted((*findings, *told), raw) if told else findings
    return Checked(replace(case, findings=findings), findings)


def _search(search: Callable[[Papers, Book], None], papers: Papers, book: Book) -> None:
    """Search several tables; of one with a wrong cell only errors are believed, of one without a field nothing."""
    page = book.page()
    search(papers, page)
    if not any(sheet.lost for sheet in papers.seen):
        book.bind(page, errors_only=any(sheet.has_gaps for sheet in papers.seen))


def _side_by_side(book: Book, tasks: Sequence[Callable[[Book], Done]]) -> list[Done]:
    """Do every task, two at a time, each with a page of its own; bind the pages in order."""
    pages = [book.page() for _ in tasks]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda task, page: task(page), tasks, pages))
    for page in pages:
        book.bind(page)
    return done


def _sorted(findings: tuple[Finding, ...], raw: RawCase) -> tuple[Finding, ...]:
    """Sort findings by the order of tables, then by row, then by the order of fields."""
    order = _order(raw)

    def place(finding: Finding) -> tuple[int, str, int, int, str, str]:
        table, fields = order.get(finding.file, (len(CASE_TABLES), {}))
        field = fields.get(finding.field, -1 if not finding.field else len(fields))
        return table, finding.file, finding.row or 0, field, finding.field, finding.code

    return tuple(sorted(findings, key=place))


def _order(raw: RawCase) -> dict[str, tuple[int, Mapping[str, int]]]:
    """Return of each file its place among the tables and the places of its fields."""
    order: dict[str, tuple[int, Mapping[str, int]]] = {raw.origin: (-2, {}), raw.scenario_file: (-1, {})}
    for k, (name, table) in enumerate(CASE_TABLES.items()):
        if name in raw.tables:
            order[raw.tables[name].file] = (k, {field: j for j, field in enumerate(table.names)})
    return order
