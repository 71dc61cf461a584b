"""What leaves by the door: pages as wide as the terminal, JSON, and a line for each step."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scorta.desk import Step
    from scorta.report import Page

NARROWEST, WIDEST = 60, 160
"""Characters in a line of a page, however the terminal stands."""


def print_page(page: Page, *, err: bool = False) -> None:
    """Print a page, as wide as the terminal, in colour only where there is a person to see it."""
    from scorta.report import set_page

    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    click.echo(set_page(page, _width(), colour=colour, encoding=stream.encoding or "utf-8"), err=err, nl=False)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    from scorta.report import to_plain

    text = json.dumps(to_plain(value), indent=2, ensure_ascii=False, allow_nan=False)
    click.echo(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def _width() -> int:
    """Return how wide a page may be; 100 where nobody says."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, NARROWEST), WIDEST)


def step_printer(quiet: bool) -> Callable[[Step], None]:
    """Return what prints a line for each step on the error stream, where progress does not mix with results."""

    def print_step(step: Step) -> None:
        click.echo(f"{step.stage:<8} {step.words:<58} {step.seconds:7.2f} s", err=True)

    def keep_still(step: Step) -> None:
        pass

    return keep_still if quiet else print_step
