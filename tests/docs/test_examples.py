"""What stands under a command in a page is what the command prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PAGES = (
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
    page = root / "docs" / name
    assert script("build_examples").refresh(page) == page.read_text(encoding="utf-8"), "run docs/build_examples.py"


def test_no_page_with_examples_is_forgotten(script: Callable[[str], ModuleType], root: Path) -> None:
    """Every page that shows output is tried above."""
    found = {str(page.relative_to(root / "docs")) for page in script("build_examples").pages_with_examples()}
    assert found == set(PAGES)
