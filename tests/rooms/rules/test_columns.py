"""What is decided: each family of columns is called by one word."""

from __future__ import annotations

import pytest

from scorta.rules import Column


@pytest.mark.parametrize("column", Column)
def test_a_family_says_what_it_is(column: Column) -> None:
    """It is called what its constant is called, and says what there is a column for and what that means."""
    assert str(column) == column.name.lower()
    assert column.about
    assert column.meaning
