"""What the page of this house says of its rooms and words is so."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "scorta"
PAGE = (ROOT / "docs" / "build" / "this-house.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "look-up" / "glossary.md").read_text(encoding="utf-8")
DESCRIBING = ("tables", "check", "network", "problem", "plan", "verify")
"""The rooms that each hold a file for an idea of the planner's."""


def house() -> ModuleType:
    """Return the script that counts the house."""
    spec = importlib.util.spec_from_file_location("build_house", ROOT / "docs" / "build_house.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def rooms() -> dict[str, list[str]]:
    """Return the rooms of the page, each with the words of its own."""
    rows = re.findall(r"^\| `(\w+)` \|.*\|([^|]*)\|$", PAGE, flags=re.MULTILINE)
    return {room: re.findall(r"`(\w+)`", own) for room, own in rows}


def layers() -> list[str]:
    """Return the rooms as the import contract has them, those on top first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found = next(one for one in contracts if one["type"] == "layers")
    return [room.strip() for layer in found["layers"] for room in layer.split("|")]


def test_the_page_names_each_room() -> None:
    """A room that is missing on the page, or in the contract, makes a false page."""
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("__pycache__", "examples")}
    assert set(rooms()) == set(layers())
    assert folders | {"errors"} == set(layers())


@pytest.mark.parametrize("room", DESCRIBING)
def test_a_file_is_called_by_the_word_of_its_idea_or_of_its_room(room: str) -> None:
    """One word for an idea in every room: another is a word of that room, and stands on the page."""
    shared = {word for words in house().WORDS.values() for word in words}
    files = {path.stem for path in (SOURCE / room).glob("*.py")} - {"__init__"}
    assert files - shared == set(rooms()[room])


def test_each_idea_is_in_the_glossary() -> None:
    """What files are called by is explained where words are."""
    heads = {head.casefold() for head in re.findall(r"^([A-Z][^\n:]*)\n: ", GLOSSARY, flags=re.MULTILINE)}
    ideas = {part for idea in house().WORDS for part in re.split(r", | and ", idea)}
    assert ideas - heads == set()


def test_no_file_is_a_riddle() -> None:
    """A file is called by a noun: a planner would not guess what `bettering` holds."""
    nouns = {"pegging", "spelling"}
    assert {path.stem for path in SOURCE.rglob("*.py") if path.stem.endswith("ing")} <= nouns
