"""The catalogues are complete: what the source can say, and nothing else, is said in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

from scorta import check, read
from scorta.errors import CaseError
from scorta.languages import offered
from scorta.tables import CASE_TABLES

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "src/scorta/languages").glob("*.po"))
EACH = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
FACT = re.compile(r"\{\w*(?:!r)?\}")


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


@pytest.mark.release
@EACH
def test_catalogue_is_complete(path: Path, build: ModuleType) -> None:
    """Before a release every sentence is translated, in as many forms as the language has."""
    found = build.catalogue(path)
    assert all(len(one.string) == found.num_plurals for one in found if not isinstance(one.id, str))
    assert [one.id for one in build.gaps(path)] == []


@EACH
def test_a_gap_takes_no_language_away(path: Path, build: ModuleType, tmp_path: Path) -> None:
    """A sentence without a translation is counted, and is said in English, it alone."""
    text = path.read_text(encoding="utf-8")
    (tmp_path / path.name).write_text(re.sub(r'msgid "yes"\nmsgstr ".*"', 'msgid "yes"\nmsgstr ""', text), "utf-8")
    assert [one.id for one in build.gaps(tmp_path / path.name) if one.id == "yes"] == ["yes"]
    assert path.stem in offered()


@EACH
def test_every_fact_stays(path: Path, build: ModuleType) -> None:
    """A translation has the facts of its sentence, and a space or a comma where it follows or goes before others.

    The first form of a plural may say its number in a word, where the language uses it for one alone.
    """
    found, lacking = build.catalogue(path), build.gaps(path)
    for one in (one for one in found if one not in lacking):
        for at, (english, form) in enumerate(forms(one)):
            spared = {"{number}"} if at == 0 and not isinstance(one.id, str) and found.num_plurals == 2 else set()
            assert set(FACT.findall(english)) - spared <= set(FACT.findall(form)) <= set(FACT.findall(english)), form
            assert (english[0] in " ,", english[-1] == " ") == (form[0] in " ,", form[-1] == " "), form


SOURCES = sorted((ROOT / "src/scorta").rglob("*.py"))
ERRORS = ("InputError", "OutputError", "SolverError", "BrokenPlanError")


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Yield every call in the source of something with one of these names."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield path, node


def test_every_sentence_is_found(build: ModuleType) -> None:
    """What is said, marked or raised anywhere in the source, also within another text, comes into the catalogues."""
    found = {one.id if isinstance(one.id, str) else one.id[0] for one in build.sentences()}
    said = {
        node.args[0].value for _, node in calls("say", "mark", "say_count") if isinstance(node.args[0], ast.Constant)
    }
    assert len(said) > 200
    assert said - {""} <= found


def test_every_description_is_found(build: ModuleType) -> None:
    """Findings, in both forms where they count, what to do, meanings and units of fields come into the catalogues."""
    found = {one.id for one in build.sentences()}
    assert {(kind.one, kind.sentence) if kind.one else kind.sentence for kind in check.FINDINGS} <= found
    assert {kind.next_step for kind in read.FINDINGS} <= found
    assert {field.meaning for table in CASE_TABLES.values() for field in table} <= found
    assert {"EUR per t", "units", "value", "repairable"} <= found


def test_no_error_is_said_past_the_catalogues() -> None:
    """The sentence and the next step of an error stand there as they are, with {names} for what differs."""
    built = [
        f"{path.name}:{node.lineno}"
        for path, node in calls(*ERRORS)
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for one in node.args for part in ast.walk(one))
    ]
    assert built == []


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ('say("a {b}", b=1)', ["a {b}"]),
        ('x = mark("a") or say("")', ["a"]),
        ('say_count("{number} a", "{number} b", 2)', [("{number} a", "{number} b")]),
        ('raise InputError("a" if b else "c", "d", e="f")', ["a", "c", "d"]),
        ('say(x); print("a")', []),
    ],
)
def test_what_is_a_sentence(source: str, sentences: list[object], build: ModuleType) -> None:
    """A text that is said, each of two between which is chosen, both forms of a number; nothing that is not said."""
    assert list(build.said(source)) == sentences


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


TERM = re.compile(r"^\| ([a-z-]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
"""A row of the table of a planner's words, where it is of one word."""


def test_a_planners_words_are_those_of_the_catalogues(build: ModuleType) -> None:
    """A word of the table that stands alone in the catalogues, in a heading or a row, is translated so there too."""
    rows = TERM.findall((ROOT / "docs/build/adding-a-language.md").read_text(encoding="utf-8"))
    assert len(rows) > 25
    for at, code in enumerate(("it", "uk"), 1):
        found = build.catalogue(ROOT / f"src/scorta/languages/{code}.po")
        for row in rows:
            alone = found.get(row[0]) or found.get(row[0].capitalize())
            assert not (alone and alone.string) or str(alone.string).lower() == row[at], row


def test_the_error_of_a_case_speaks(build: ModuleType) -> None:
    """What an error says of itself, and not where it is raised, comes into the catalogues too."""
    found = {one.id if isinstance(one.id, str) else one.id[0] for one in build.sentences()}
    assert set(CaseError("winter", ()).said) <= found
