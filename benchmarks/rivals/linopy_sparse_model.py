"""The problem in linopy on its sparse path, which is chosen for a model and newer: sums by group without padding."""

from __future__ import annotations

from typing import Any

from modelling import Data
from rivals import linopy_model
from rivals.linopy_model import optimum as optimum


def build(data: Data) -> Any:
    """Build the model and load it into HiGHS."""
    return linopy_model.build(data, sparse=True)
