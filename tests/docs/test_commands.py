"""The page of the commands, and every command that stands in a page."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

from scorta.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"), *ROOT.glob("examples/*/README.md")])
BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["build_commands", "build_rules"])
def test_page_is_up_to_date(name: str, script: Callable[[str], ModuleType]) -> None:
    """What the page says is what the commands, or the rules and their golden files, say today."""
    assert script(name).run(["--check"]) == 0, f"run python docs/{name}.py"


def test_check_notices_a_page_that_is_not_up_to_date(
    script: Callable[[str], ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check can fail: on a changed page, and on none."""
    module = script("build_commands")
    module.PAGE = tmp_path / "commands.md"
    assert module.run(["--check"]) == 1
    assert module.run([]) == 0
    assert module.run(["--check"]) == 0
    module.PAGE.write_text("# Commands\n", encoding="utf-8")
    assert module.run(["--check"]) == 1
    assert "run python docs/build_commands.py" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_says_what_it_does(name: str, root: Path) -> None:
    """A command has its paragraph on the page, a sentence, and a word on each option."""
    command = main.commands[name]
    assert f"## scorta {name}\n" in (root / "docs/look-up/commands.md").read_text(encoding="utf-8")
    assert command.help
    assert command.short_help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    """A command that stands in a block of a page has the options and the words that the command line takes."""
    parent = click.Context(main, info_name="scorta", **main.context_settings)
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            words = (
                shlex.split(line.removeprefix("$ "), comments=True) if line.removeprefix("$ ")[:7] == "scorta " else []
            )
            if words[1:] and not words[1].startswith("-"):
                main.commands[words[1]].make_context(words[1], words[2:], parent=parent)


def test_words_of_make_in_pages_are_targets(root: Path) -> None:
    """`make demo` and its like, wherever they stand in code on a page, can be typed."""
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {"demo", "test", "lint", "bench", "docs", "nightly", "clean", "lock"} <= targets
    for page in PAGES:
        words = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert words <= targets, page.name
