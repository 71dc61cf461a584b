"""What stands under a command in a page is what the command prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PAGES = (
    "../README.md",
    "learn/first-plan.md",
    "do/check-a-case.md",
    "do/read-a-plan.md",
    "do/ask-what-if.md",
    "do/compare-plans.md",
    "do/read-in-another-language.md",
)


@pytest.mark.parametrize("name", PAGES)
def test_output_in_page_is_real(name: str, script: Callable[[str], ModuleType], root: Path) -> None:
    """Running the commands of the page anew changes nothing in it."""
    page = (root / "docs" / name).resolve()
    assert script("build_examples").refresh(page) == page.read_text(encoding="utf-8"), "run docs/build_examples.py"


def test_no_page_with_examples_is_forgotten(script: Callable[[str], ModuleType], root: Path) -> None:
    """Every page that shows output is tried above."""
    assert set(script("build_examples").pages_with_examples()) == {(root / "docs" / name).resolve() for name in PAGES}


@pytest.mark.parametrize(
    ("shown", "kept"),
    [("1\n2\n", "1\n2\n3\n4\n"), ("1\n...\n", "1\n...\n"), ("1\n2\n...\n4\n", "1\n2\n...\n4\n")],
)
def test_what_a_page_leaves_out_stays_out(shown: str, kept: str, script: Callable[[str], ModuleType]) -> None:
    """As many lines stand before and after the dots as the page has there."""
    assert script("build_examples")._cut("1\n2\n3\n4\n", shown) == kept
