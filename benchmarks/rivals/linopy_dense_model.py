"""The problem in linopy as it is without its sparse path: sums by group in rectangles padded to the longest row."""

from __future__ import annotations

from typing import Any

from modelling import Data
from rivals import linopy_model
from rivals.linopy_model import optimum as optimum


def build(data: Data) -> Any:
    """Build the model and load it into HiGHS."""
    return linopy_model.build(data, sparse=False)
