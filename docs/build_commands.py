"""Write the page of the commands from what they say of themselves; `--check` only tells whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from scorta.cli import main as door

PAGE = Path(__file__).parent / "look-up" / "commands.md"
WIDTH = 96

OPENING = """# Commands

<!-- Written by docs/build_commands.py from the commands themselves. -->

Results go to the standard output, progress and errors to the error stream. With `--json` a result, and an error
too, is JSON.

| exit code | meaning |
|---|---|
| 0 | done |
| 2 | the input has findings that stop the case, something cannot be read or written, or the command is misspelt |
| 3 | the solver gave no answer that can be trusted; an earlier plan stands |
| 4 | the program is wrong: please report it |
| 130 | stopped with Ctrl-C; an earlier plan stands |

The colours of a terminal are left out where `NO_COLOR` is set or nobody looks; a page is as wide as the terminal
(`COLUMNS`).
"""


def write_page() -> str:
    """Return the whole page."""
    return "\n".join([OPENING, *_entries()])


def _entries() -> Iterator[str]:
    """Yield a paragraph for the program and for each command."""
    context = click.Context(door, info_name="scorta", terminal_width=WIDTH, **door.context_settings)
    yield _entry("scorta", door.get_help(context))
    for name in door.list_commands(context):
        command = door.commands[name]
        under = click.Context(command, parent=context, info_name=name, terminal_width=WIDTH)
        yield _entry(f"scorta {name}", command.get_help(under))


def _entry(title: str, text: str) -> str:
    """Return one paragraph."""
    return f"## {title}\n\n```text\n{text}\n```\n"


def run(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit code."""
    text = write_page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is not up to date: run python docs/build_commands.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
