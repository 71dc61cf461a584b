"""What is said of a command, and of one that is misspelt, in the language that is spoken: also what click says.

Click asks gettext for each of its sentences; here it is told to ask the catalogues of this house instead. A sentence
that click says in other words in a later version is said in English.
"""

from __future__ import annotations

from collections.abc import Iterable

import click
from click import core, exceptions, formatting, parser, types

from scorta.languages import mark, say, wording

CLICK = (
    mark("Aborted!"),
    mark("Choose from:\n\t{choices}"),
    mark("Commands"),
    mark("Did you mean {possibility}?"),
    mark("(Did you mean one of: {possibilities}?)"),
    mark("Error: {message}"),
    mark("Got unexpected extra argument ({args})"),
    mark("Got unexpected extra arguments ({args})"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Invalid value: {message}"),
    mark("Missing argument"),
    mark("Missing command."),
    mark("Missing option"),
    mark("No such command {name!r}."),
    mark("No such option {name!r}."),
    mark("Option {name!r} does not take a value."),
    mark("Option {name!r} requires an argument."),
    mark("Options"),
    mark("Show the version and exit."),
    mark("Show this message and exit."),
    mark("Try '{command} {option}' for help."),
    mark("Usage:"),
    mark("default: {default}"),
    mark("env var: {var}"),
    mark("required"),
    mark("{value!r} does not match the format {format}."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value!r} is not one of {choices}."),
    mark("{value} is not in the range {range}."),
)
"""What click says of our commands; each takes what fills its {names} after it has been said."""


def _chosen(one: str, many: str, number: int) -> str:
    """Return the wording of one thing or of many."""
    return wording(one if number == 1 else many)


for module in (core, exceptions, formatting, parser, types):
    for name, ask in (("_", wording), ("ngettext", _chosen)):
        if hasattr(module, name):
            setattr(module, name, ask)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


class Formatter(click.HelpFormatter):
    """Sets a help in the language that is spoken."""

    def write_text(self, text: str) -> None:
        """Write the paragraphs of a help."""
        super().write_text("\n\n".join(map(say, paragraphs(text))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, each with its meaning; what click adds to one after two spaces was said by it."""
        told = [(term, *text.partition("  [")) for term, text in rows]
        super().write_dl([(term, say(text) + gap + more) for term, text, gap, more in told], col_max, col_spacing)


class Context(click.Context):
    """A command that is run: its help is said in the language that is spoken."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is said in the language that is spoken."""

    context_class = Context
