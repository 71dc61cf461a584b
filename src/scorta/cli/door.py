"""The door itself: whatever happens inside, outside there is a sentence and an exit code."""

from __future__ import annotations

import errno
import json
import tempfile
import traceback
from pathlib import Path
from typing import NoReturn

import click

from scorta.errors import ScortaError

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

INTERNAL = 4
"""Exit code of an error that is ours."""

WANTS_JSON = "scorta.wants_json"
"""Where a command notes that the reader of its output is a program."""


class Door(click.Group):
    """A group of commands that lets no traceback out."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a planner meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; turn an error into its sentence and its exit code."""
        try:
            code = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except KeyboardInterrupt:
            click.echo("\nStopped. No plan was changed.", err=True)
            raise click.exceptions.Exit(STOPPED) from None
        except ScortaError as error:
            _refuse(ctx, error.code, error.sentence, error.next_step, error.exit_code)
        except BaseException as error:  # a panic of the table library is no Exception
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            _confess(ctx, error)
        if code:
            raise click.exceptions.Exit(code)


def _refuse(ctx: click.Context, code: str, sentence: str, next_step: str, exit_code: int) -> NoReturn:
    """Say what happened and what to do, to people and, where asked, to programs."""
    click.echo(f"Error: {sentence}", err=True)
    if next_step:
        click.echo(next_step, err=True)
    if ctx.meta.get(WANTS_JSON):
        told = {"code": code, "sentence": sentence, "next_step": next_step, "exit_code": exit_code}
        click.echo(json.dumps({"error": told}, indent=2, ensure_ascii=False))
    raise click.exceptions.Exit(exit_code)


def _confess(ctx: click.Context, error: BaseException) -> NoReturn:
    """Say that the program is wrong, and where the details lie."""
    sentence = f"Something went wrong inside Scorta ({type(error).__name__}). This is a bug, please report it."
    try:
        with tempfile.NamedTemporaryFile("w", prefix="scorta-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
        next_step = f"The details are in {Path(file.name)}."
    except OSError:
        next_step = "The details could not be written: there is no room for temporary files."
    _refuse(ctx, "internal", sentence, next_step, INTERNAL)
