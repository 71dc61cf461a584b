"""The help of the commands, and what is said of one that is misspelt, in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

import scorta as package
from scorta.cli import main
from scorta.cli.help import CLICK, paragraphs
from scorta.languages import say, speaking

Scorta = Callable[..., Result]


def test_version_is_that_of_the_package(scorta: Scorta) -> None:
    """`--version` prints name and version."""
    assert scorta("--version").stdout == f"scorta {package.__version__}\n"


@pytest.mark.parametrize(
    "words", [("plam",), ("plan",), ("check", "a", "b"), ("show", "p", "neds"), ("plan", "x", "--frobnicate")]
)
def test_misspelt_command_ends_with_2(scorta: Scorta, words: tuple[str, ...]) -> None:
    """A slip of the pen gets one sentence, no traceback."""
    done = scorta(*words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_every_command_takes_a_language(scorta: Scorta) -> None:
    """`--language` is a word of each command, and an unknown one is refused."""
    for name, command in main.commands.items():
        assert "--language" in [option for param in command.params for option in param.opts], name
    assert "'en', 'it', 'uk'" in scorta("template", "x", "--language", "xx").stderr


def test_what_click_says_is_said_by_click() -> None:
    """Each sentence of click that has a translation is one that the installed version says."""
    folder = Path(click.__file__).parent
    said = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    said = re.sub(r'"\s*\n\s*"', "", said)
    assert [one for one in CLICK if one.encode("unicode_escape").decode() not in said] == []


def test_help_is_said_in_the_language_that_is_spoken(scorta: Scorta, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Italian the usage, the paragraphs and the options are Italian; an option keeps its name."""
    english = scorta("plan", "--help").stdout
    monkeypatch.setenv("SCORTA_LANGUAGE", "it")
    italian = scorta("plan", "--help").stdout
    assert english.startswith("Usage: scorta plan [OPTIONS] CASE")
    assert italian.startswith("Uso: scorta plan [")
    for option in ("--out", "--change", "--freeze DAYS"):
        assert option in italian
    with speaking("it"):
        first = say(paragraphs(main.commands["plan"].help or "")[0])
    assert first.split()[:3] == italian.split("\n\n")[1].split()[:3]
    assert "Print no progress" in english
    assert "Print no progress" not in italian


def test_paragraphs_are_lines() -> None:
    """Lines that are broken for the source are one; empty ones part paragraphs."""
    assert paragraphs("Plan a case,\n    and save it.\n\n    A plan\n    is replaced.\n\n") == [
        "Plan a case, and save it.",
        "A plan is replaced.",
    ]
