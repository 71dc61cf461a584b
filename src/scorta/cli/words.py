"""The words that a command takes: limits that make sense, and places that are named."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from scorta.cli.help import Command
from scorta.languages import say, write_number

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
        self.name = say("number")
        number = float(super().convert(value, param, ctx))
        if not number <= self.most:
            most = write_number(self.most)
            self.fail(say("{value} is no number above 0 and up to {most}.", value=value, most=most), param, ctx)
        return number


class Part(click.FloatRange):
    """A part of 1, from nothing to the whole."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, called so in the language that is spoken where it is none."""
        self.name = say("number")
        return float(super().convert(value, param, ctx))


class Count(click.IntRange):
    """A whole number in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, called so in the language that is spoken where it is none."""
        self.name = say("whole number")
        return int(super().convert(value, param, ctx))


class Place(click.Path):
    """A file or folder by its name; no name at all would be the working folder, which nobody means."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name, refusing an empty one."""
        if not os.fspath(value).strip():
            self.fail(say("the name is empty: give the name of a file or folder."), param, ctx)
        return super().convert(value, param, ctx)


class ViewName(click.ParamType[str]):
    """The name of a view of a plan; the views are looked up when one is named, so that `--help` loads no tables."""

    name = "view"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name, refusing one that no view has."""
        from scorta.report import VIEW_NAMES

        if value not in VIEW_NAMES:
            near = get_close_matches(value.lower(), VIEW_NAMES, 1)
            meant = f" {say('Did you mean `{name}`?', name=near[0])}" if near else ""
            known = say("There is no view {view}: there are {views}.", view=value, views=", ".join(VIEW_NAMES))
            self.fail(f"{known}{meant}", param, ctx)
        return value


class ShowCommand(Command):
    """The command that shows a view: its help tells what each of them shows."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the views, each with its meaning."""
        from scorta.report import MEANINGS

        with formatter.section(say("Views")):
            formatter.write_dl([(name, say(meaning)) for name, meaning in MEANINGS.items()])


class Chart(Place):
    """The name of a chart, whose ending says how it is drawn."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name, refusing an ending that no chart has."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() not in CHARTS:
            endings = ", ".join(CHARTS)
            self.fail(
                say("{value} is no name of a chart: end it in {endings}.", value=value, endings=endings), param, ctx
            )
        return path
