"""The order of the tiers: the solver asks what a tier does, and knows none by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorta.solve
from scorta.rules import Column, TierKind

SOURCES = sorted(Path(scorta.solve.__file__).parent.glob("*.py"))
TIERS = [f'"{kind.about.name.split("{")[0]}' + ("" if "{" in kind.about.name else '"') for kind in TierKind]
"""The beginning of a text that names a tier: all of it, but for the priority of needs."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_solver_knows_no_word_of_supply(path: Path) -> None:
    """No tier, no kind of tier and no family of columns stands in a file of it."""
    text = path.read_text(encoding="utf-8")
    words = [*TIERS, "TierKind", *(f"Column.{column.name}" for column in Column)]
    assert [word for word in words if word in text] == []
