"""What is said in another language, and to whom; which are offered, and what one says that has gaps."""

from __future__ import annotations

import doctest
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path

import pytest

from scorta.languages import offered, punctuate, say, say_count, sentences, speaking

NEED = "and {number} other need", "and {number} other needs"


def test_a_sentence_with_its_facts() -> None:
    """Facts stand where the language wants them; what is in no catalogue stays as it is."""
    sentence = "{donor}'s pledge {pledge} of {item} has no quantity"
    facts = {"donor": "DE", "pledge": "P1", "item": "{tent}", "unused": 1}
    assert say(sentence, **facts) == "DE's pledge P1 of {tent} has no quantity"
    with speaking("it"):
        assert say(sentence, **facts) == "l'impegno P1 di DE, per {tent}, non indica la quantità"
        assert say("Nobody ever said {this}.", this="that") == "Nobody ever said that."
        assert say("") == ""


def test_one_and_many() -> None:
    """A number has the form that the language wants for it, and its signs."""
    assert [say_count(*NEED, number) for number in (1, 1200)] == ["and 1 other need", "and 1,200 other needs"]
    with speaking("it"):
        told = [say_count(*NEED, number) for number in (0, 1, 1200)]
    assert told == ["e altri 0 fabbisogni", "e un altro fabbisogno", "e altri 1.200 fabbisogni"]
    with speaking("uk"):
        told = [say_count(*NEED, number).split()[-1] for number in (1, 3, 5, 11, 21)]
    assert told == ["потреба", "потреби", "потреб", "потреб", "потреба"]


def test_signs_of_a_number() -> None:
    """Italian has a point between thousands and a comma before decimals."""
    assert punctuate("-1,234.5") == "-1,234.5"
    with speaking("it"):
        assert punctuate("-1,234.5") == "-1.234,5"


def test_a_language_ends_with_its_block() -> None:
    """After the block, and after an error in it, it is as before."""
    with speaking("it"):
        with suppress(ZeroDivisionError), speaking("en"):
            assert say("yes") == "yes"
            raise ZeroDivisionError
        assert say("yes") == "sì"
    assert say("yes") == "yes"


def test_threads_and_tasks_have_their_own() -> None:
    """A server that speaks Italian to one reader speaks English to the next at the same time."""
    with speaking("it"), ThreadPoolExecutor(1) as threads:
        assert threads.submit(say, "yes").result() == "yes"
        task = copy_context()
        with speaking("en"):
            assert task.run(say, "yes") == "sì"


def test_a_language_that_is_not_offered() -> None:
    """Nobody is answered in a language that is not there."""
    assert "it" in offered()
    with pytest.raises(ValueError, match="no language 'xx'"), speaking("xx"):
        pass


def test_examples_in_docstrings_hold() -> None:
    """Every example in the docstrings of the file gives what it says."""
    done = doctest.testmod(sentences)
    assert done.attempted > 0
    assert done.failed == 0


HEAD = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
YES = 'msgid "yes"\nmsgstr "ja"\n\n'
GAPS = 'msgid "no"\nmsgstr ""\n\n#, fuzzy\nmsgid "late"\nmsgstr "vroeg"\n\n'
ONE = 'msgid "{number} day"\nmsgid_plural "{number} days"\nmsgstr[0] ""\nmsgstr[1] ""\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of catalogues that is read anew."""
    monkeypatch.setattr(sentences, "FOLDER", tmp_path)
    monkeypatch.setattr(sentences, "offered", offered.__wrapped__)
    return tmp_path


def test_a_catalogue_with_gaps_is_spoken(folder: Path) -> None:
    """What it lacks, or what nobody has read since it changed, is said in English: each sentence by itself."""
    (folder / "nl.po").write_text(HEAD + YES + GAPS + ONE, encoding="utf-8")
    with speaking("nl"):
        assert [say("yes"), say("no"), say("late"), say("never said")] == ["ja", "no", "late", "never said"]
        assert say_count("{number} day", "{number} days", 1200) == "1.200 days"


def test_a_catalogue_that_is_just_begun_is_not_offered(folder: Path) -> None:
    """A file with nothing in it is no language yet."""
    (folder / "nl.po").write_text("", encoding="utf-8")
    assert offered.__wrapped__() == ("en",)
    (folder / "nl.po").write_text(HEAD + YES, encoding="utf-8")
    assert offered.__wrapped__() == ("en", "nl")
