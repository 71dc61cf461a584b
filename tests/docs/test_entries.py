"""Nothing is undocumented: every table, field, finding, error, rule and word has its entry."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import scorta.errors
from scorta import check
from scorta import read as readers
from scorta.tables import CASE_TABLES, PLAN_TABLES, Table

LOOK_UP = Path(__file__).parents[2] / "docs" / "look-up"


def read(name: str) -> str:
    """Return a page of the reference."""
    return (LOOK_UP / name).read_text(encoding="utf-8")


def entry(page: str, name: str) -> str:
    """Return what stands under the heading that holds a name."""
    parts = re.split(r"^(#{2,4} .*)$", page, flags=re.MULTILINE)
    found = [body for head, body in zip(parts[1::2], parts[2::2], strict=True) if re.search(rf"\b{name}\b", head)]
    assert found, f"{name} has no entry"
    return found[0]


@pytest.mark.parametrize(
    ("page", "table"),
    [("tables.md", table) for table in CASE_TABLES.values()]
    + [("plan-tables.md", table) for table in PLAN_TABLES.values()],
    ids=lambda value: value.name if isinstance(value, Table) else "",
)
def test_every_table_and_field_has_its_entry(page: str, table: Table) -> None:
    """A table has a heading with its name, and each field stands under it with its meaning."""
    body = entry(read(page), table.name)
    for field in table:
        assert f"`{field.name}`" in body, f"{table.name}.{field.name}"
        assert field.meaning[:30].replace("|", "\\|") in body, f"{table.name}.{field.name}"


@pytest.mark.parametrize("code", sorted({kind.code for kind in (*check.FINDINGS, *readers.FINDINGS)}))
def test_every_finding_has_its_entry(code: str) -> None:
    """A finding is found by its code."""
    assert code in read("findings.md")


def test_every_error_has_its_entry() -> None:
    """An error is found by its code."""
    kinds = [
        kind for _, kind in inspect.getmembers(scorta.errors, inspect.isclass) if kind is not scorta.errors.ScortaError
    ]
    assert len(kinds) > 3
    page = read("errors.md")
    assert [kind.code for kind in kinds if kind.code not in page] == []


def test_glossary_is_in_order_and_explains_each_word_once() -> None:
    """A word stands once, in its alphabetical place, with a sentence."""
    words = re.findall(r"^([A-Z][^\n:]*)\n: (.+)$", read("glossary.md"), flags=re.MULTILINE)
    names = [word.casefold() for word, _ in words]
    assert len(names) > 80
    assert names == sorted(set(names))
    assert all(sentence.endswith(".") for _, sentence in words)


@pytest.mark.parametrize(
    "word",
    [
        "Need",
        "Pledge ladder",
        "Floor",
        "Stock",
        "Handover",
        "Leg",
        "Bucket",
        "Tier",
        "Scheduled receipt",
        "Unit-days late",
    ],
)
def test_words_of_the_tables_are_in_the_glossary(word: str) -> None:
    """The words that a reader meets first are explained."""
    assert f"\n{word}\n: " in read("glossary.md")
