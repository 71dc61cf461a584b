"""The words that a command takes: limits that make sense, and places that are named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

LANGUAGE = "SCORTA_LANGUAGE"
"""The variable of the environment that names the language, where no option does."""

CHARTS = (".svg", ".png", ".html", ".json")
"""The endings of charts; written out here so that `--help` loads nothing that draws."""


class Limit(click.FloatRange):
    """A number above 0, and no more than makes sense."""

    def __init__(self, most: float) -> None:
        super().__init__(min=0, min_open=True)
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, refusing what is no number (`nan`) and what is no limit (`inf`)."""
        number = float(super().convert(value, param, ctx))
        if not number <= self.most:
            self.fail(f"{value} is no number above 0 and up to {self.most:,.0f}.", param, ctx)
        return number


class Place(click.Path):
    """A file or folder by its name; no name at all would be the working folder, which nobody means."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name, refusing an empty one."""
        if not os.fspath(value).strip():
            self.fail("the name is empty: give the name of a file or folder.", param, ctx)
        return super().convert(value, param, ctx)


class Chart(Place):
    """The name of a chart, whose ending says how it is drawn."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name, refusing an ending that no chart has."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() not in CHARTS:
            self.fail(f"{value} is no name of a chart: end it in {', '.join(CHARTS)}.", param, ctx)
        return path
