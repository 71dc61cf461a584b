"""Which languages are offered, and what one says that has gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorta.languages import catalogue, offered, say, say_count, speaking

HEAD = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
YES = 'msgid "yes"\nmsgstr "ja"\n\n'
GAPS = 'msgid "no"\nmsgstr ""\n\n#, fuzzy\nmsgid "late"\nmsgstr "vroeg"\n\n'
ONE = 'msgid "{number} day"\nmsgid_plural "{number} days"\nmsgstr[0] ""\nmsgstr[1] ""\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of catalogues that is read anew."""
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "offered", offered.__wrapped__)
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
