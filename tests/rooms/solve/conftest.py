"""A process of the solver for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scorta.solve import SolverProcess


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """Return a process that solves every problem whole."""
    with SolverProcess() as process:
        yield process
