"""The registry of hindrances: whatever can stand in the way has its sentence, its relief, its repair and its law."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from scorta.tables import CASE_TABLES
from scorta.why.causes import _PARTS
from scorta.why.hindrances import Kind, Way
from scorta.why.reliefs import FINDERS
from scorta.why.repairs import MENDINGS

TESTS = Path(__file__).parents[2]
LAWS = "".join(
    file.read_text(encoding="utf-8") for file in (*TESTS.glob("laws/*.py"), *Path(__file__).parent.glob("test_*.py"))
)
"""What is tried: the laws, and the cases by hand of this room."""

MADE = {*_PARTS, "open_days", "recurs", "owner", "pledged_for"}
"""What sentences say beside the fields of a row."""

CHANGED = {"value", "first", "last", "open_days"}
"""What sentences of repairs say beside them."""


def named(sentence: str) -> set[str]:
    """Return the names that a sentence fills in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("kind", Kind)
def test_its_sentence_says_fields_of_its_rows(kind: Kind) -> None:
    """It has one, and every name in it is a field of the row, or made of fields."""
    assert kind.words.sentence
    assert named(kind.words.sentence) <= {*kind.fields, *MADE}


@pytest.mark.parametrize("kind", Kind)
def test_it_is_relieved_in_a_way_that_there_is(kind: Kind) -> None:
    """Its way has a function, and says in words what that does."""
    assert kind.words.way in FINDERS
    assert kind.words.way.value.endswith(".")


@pytest.mark.parametrize("kind", Kind)
def test_it_is_mended_or_says_why_not(kind: Kind) -> None:
    """A repair has a sentence and a function, and what it changes is a field; where there is none, a reason."""
    words = kind.words
    assert bool(words.repair) == (words.mending in MENDINGS) != bool(words.no_repair)
    assert named(words.repair) <= {*kind.fields, *MADE, *CHANGED}
    assert not words.changes or words.changes in CASE_TABLES[kind.table].names


@pytest.mark.parametrize("kind", Kind)
def test_it_is_tried_by_a_law_or_a_case_by_hand(kind: Kind) -> None:
    """Some test calls it by its code: what stands in the way so is found."""
    assert f'"{kind}"' in LAWS


@pytest.mark.parametrize("kind", Kind)
def test_its_code_is_its_name(kind: Kind) -> None:
    """A kind is called alike in Python, in JSON and in tests, and is its own text."""
    assert kind == kind.name.lower().replace("_", " ")
    assert Kind(str(kind)) is kind
    assert str(kind) == kind.words.code


def test_what_is_held_by_days_and_limits_names_fields() -> None:
    """Days and limits are fields of the table that the kind is of."""
    for kind in Kind:
        fields = {*filter(None, kind.words.days), *filter(None, [kind.words.limit])}
        assert fields <= set(CASE_TABLES[kind.table].names), kind


def test_no_way_is_without_a_kind() -> None:
    """What nothing is relieved by would be dead."""
    assert {kind.words.way for kind in Kind} == set(Way)
