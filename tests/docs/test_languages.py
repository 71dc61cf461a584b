"""The catalogues are complete: what the source can say, and nothing else, is said in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

from scorta.languages import offered

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "src/scorta/languages").glob("*.po"))
EACH = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
FACT = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def build(script: Callable[[str], ModuleType]) -> ModuleType:
    """Return the script that writes the catalogues."""
    return script("build_languages")


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each form of a sentence in its language, beside the English form that it stands for."""
    if not isinstance(message.id, str):
        yield from ((message.id[min(at, 1)], form) for at, form in enumerate(message.string))
    elif message.id:
        yield message.id, str(message.string)


@EACH
def test_catalogue_has_what_the_source_says(path: Path, build: ModuleType) -> None:
    """No sentence is missing, none is left over, and the file is as the script writes it."""
    assert build.refresh(path) == path.read_text(encoding="utf-8"), "run docs/build_languages.py"


@EACH
def test_catalogue_is_complete(path: Path, build: ModuleType) -> None:
    """Every sentence is translated, in as many forms as the language has, and so the language is offered."""
    found = build.catalogue(path)
    assert all(len(one.string) == found.num_plurals for one in found if not isinstance(one.id, str))
    assert [one.id for one in found if not all(form for _, form in forms(one))] == []
    assert path.stem in offered()


@EACH
def test_every_fact_stays(path: Path, build: ModuleType) -> None:
    """A translation has the facts of its sentence, and a space or a comma where it follows or goes before others.

    The first form of a plural may say its number in a word, where the language uses it for one alone.
    """
    found = build.catalogue(path)
    for one in found:
        for at, (english, form) in enumerate(forms(one)):
            spared = {"{number}"} if at == 0 and not isinstance(one.id, str) and found.num_plurals == 2 else set()
            assert set(FACT.findall(english)) - spared <= set(FACT.findall(form)) <= set(FACT.findall(english)), form
            assert (english[0] in " ,", english[-1] == " ") == (form[0] in " ,", form[-1] == " "), form


def test_every_sentence_is_found(build: ModuleType) -> None:
    """What is said or marked anywhere in the room of the pages, also within another text, comes into the catalogues."""
    found = {one.id if isinstance(one.id, str) else one.id[0] for one in build.sentences()}
    said = set()
    for path in (ROOT / "src/scorta/report").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in build.SAID:
                said |= {first.value for first in node.args[:1] if isinstance(first, ast.Constant)}
    assert len(said) > 200
    assert found - {""} == said - {""}


def test_a_new_language_begins_with_an_empty_file(
    build: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script fills a file that is empty with every sentence, in the forms that its language has."""
    build.LANGUAGES = tmp_path
    (tmp_path / "pl.po").touch()
    assert build.run(["--check"]) == 1
    assert "run docs/build_languages.py" in capsys.readouterr().err
    assert build.run([]) == 0
    assert build.run(["--check"]) == 0
    text = (tmp_path / "pl.po").read_text(encoding="utf-8")
    assert text.startswith("# Scorta in Polish.")
    assert 'msgstr[2] ""' in text
