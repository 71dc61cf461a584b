"""What leaves by the door: pages as wide as the terminal, JSON, and a line for each step."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from scorta.errors import OutputError
from scorta.languages import punctuate, say_reason
from scorta.languages import say as said

if TYPE_CHECKING:
    from scorta.desk import Step
    from scorta.report import Page


WIDE = "scorta.wide"
"""Where it is noted that tables may take lines as long as they need."""


def say(text: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print a text; where the error stream is full, work goes on without a word.

    Raises:
        OutputError: the standard output cannot be written.
    """
    try:
        click.echo(text, err=err, nl=nl)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        if not err:
            raise output_error(error) from error


def output_error(error: OSError) -> OutputError:
    """Return what to say where the standard output cannot be written; what it still holds is let go."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return OutputError(
        "The standard output cannot be written: {reason}.", "Send it elsewhere.", reason=say_reason(error)
    )


def print_page(page: Page, *, err: bool = False) -> None:
    """Print a page, as wide as the terminal, in colour only where there is a person to see it."""
    from scorta.report import page_width, set_page

    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    context = click.get_current_context(silent=True)
    wide = context is not None and bool(context.meta.get(WIDE))
    say(set_page(page, page_width(), wide=wide, colour=colour, encoding=stream.encoding or "utf-8"), err=err, nl=False)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    from scorta.report import to_plain

    text = json.dumps(to_plain(value), indent=2, ensure_ascii=False, allow_nan=False)
    say(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def step_printer(quiet: bool) -> Callable[[Step], None]:
    """Return what prints a line for each step on the error stream, where progress does not mix with results."""

    def print_step(step: Step) -> None:
        seconds = punctuate(f"{step.seconds:.2f}")
        say(f"{said(step.stage):<8} {step.words:<58} {seconds:>7} s", err=True)

    def keep_still(step: Step) -> None:
        pass

    return keep_still if quiet else print_step
