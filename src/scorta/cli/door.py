"""The door itself: whatever happens inside, outside there is a sentence and an exit code."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any, NoReturn

import click

from scorta.cli.help import Command, Context
from scorta.cli.output import WIDE, output_error
from scorta.cli.words import LANGUAGE
from scorta.errors import ScortaError
from scorta.languages import mark, offered, say, speaking

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it; a request to end (SIGTERM) is the same to us."""

MISSPELT = 2
"""Exit code of a command that is misspelt."""

INTERNAL = 4
"""Exit code of an error that is ours."""

WANTS_JSON = "scorta.wants_json"
"""Where it is noted that the reader of the output is a program."""


_STOPPED = mark("Stopped. No plan was changed.")


class Door(click.Group):
    """A group of commands that lets no traceback out."""

    command_class = Command
    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a planner meets them."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether errors, too, are wanted as JSON, before the words are read: also for those that are misspelt."""
        ctx.meta[WANTS_JSON], ctx.meta[WIDE] = "--json" in args, "--wide" in args
        return super().parse_args(ctx, args)

    def main(self, args: Sequence[str] | None = None, *more: Any, **words: Any) -> Any:
        """Run the program in the language that is asked for; where not even the help can be written, say so."""
        with speaking(_language(sys.argv[1:] if args is None else args)):
            try:
                return super().main(args, *more, **words)
            except OSError as error:
                refusal = output_error(error)
                with suppress(OSError):
                    click.echo(f"{say('Error: {sentence}', sentence=refusal.sentence)}\n{refusal.next_step}", err=True)
                sys.exit(refusal.exit_code)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; turn an error into its sentence and its exit code."""
        try:
            with _ending_as_stopped():
                code = super().invoke(ctx)
        except click.UsageError as error:
            _tell_program(ctx, "usage", error.format_message(), "", MISSPELT)
            raise
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except KeyboardInterrupt:
            click.echo(f"\n{say(_STOPPED)}", err=True)
            _tell_program(ctx, "stopped", say(_STOPPED), "", STOPPED)
            raise click.exceptions.Exit(STOPPED) from None
        except ScortaError as error:
            _refuse(ctx, error.code, error.sentence, error.next_step, error.exit_code)
        except BaseException as error:  # a panic of the table library is no Exception
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            if isinstance(error, OSError) and _is_printing(error):
                full = output_error(error)
                _refuse(ctx, full.code, full.sentence, full.next_step, full.exit_code)
            _confess(ctx, error)
        if code:
            raise click.exceptions.Exit(code)


def _language(args: Sequence[str]) -> str:
    """Return the language that a command line asks for, else the environment; English where that is none.

    A program, which asks for JSON, reads English.
    """
    if "--json" in args:
        return "en"
    asked = [word.removeprefix("--language=") for word in args if word.startswith("--language=")]
    asked += [after for word, after in pairwise(args) if word == "--language"]
    code = asked[-1] if asked else os.environ.get(LANGUAGE, "en")
    return code if code in offered() else "en"


def _refuse(ctx: click.Context, code: str, sentence: str, next_step: str, exit_code: int) -> NoReturn:
    """Say what happened and what to do, to people and, where asked, to programs."""
    with suppress(OSError):
        click.echo("\n".join(filter(None, (say("Error: {sentence}", sentence=sentence), next_step))), err=True)
    _tell_program(ctx, code, sentence, next_step, exit_code)
    raise click.exceptions.Exit(exit_code)


def _is_printing(error: OSError) -> bool:
    """Tell whether an error is one of printing, as of the help of a command, and of nothing else."""
    return traceback.extract_tb(error.__traceback__)[-1].filename == click.echo.__code__.co_filename


def _tell_program(ctx: click.Context, code: str, sentence: str, next_step: str, exit_code: int) -> None:
    """Say as JSON what happened, where that was asked for."""
    if ctx.meta.get(WANTS_JSON):
        told = {"code": code, "sentence": sentence, "next_step": next_step, "exit_code": exit_code}
        with suppress(OSError):
            click.echo(json.dumps({"error": told}, indent=2))


@contextmanager
def _ending_as_stopped() -> Iterator[None]:
    """Let a request to end stop the program as Ctrl-C does, so that nothing is left running or half written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _confess(ctx: click.Context, error: BaseException) -> NoReturn:
    """Say that the program is wrong, and where the details lie."""
    sentence = say(
        "Something went wrong inside Scorta ({error}). This is a bug, please report it.", error=type(error).__name__
    )
    try:
        with tempfile.NamedTemporaryFile("w", prefix="scorta-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
        next_step = say("The details are in {file}.", file=file.name)
    except OSError:
        next_step = say("The details could not be written: there is no room for temporary files.")
    _refuse(ctx, "internal", sentence, next_step, INTERNAL)
