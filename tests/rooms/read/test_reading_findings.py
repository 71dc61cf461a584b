"""The kinds of finding of this room: each well described, and each met in these tests."""

import re
from pathlib import Path

import pytest

from scorta.tables import FINDINGS
from scorta.tables.reading_findings import READING

CODES = [kind.code for kind in READING]
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


def test_codes_are_different():
    """No two kinds share a code, and all of them are in the list of every finding."""
    assert len(set(CODES)) == len(CODES)
    assert set(CODES) <= set(FINDINGS)


@pytest.mark.parametrize("kind", READING, ids=CODES)
def test_kind_is_well_described(kind):
    """A kind has a code in kebab-case, and three sentences that end as sentences do."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.code)
    assert all(text[0].isupper() or text[0] == "{" for text in (kind.sentence, kind.next_step))
    assert all(text.endswith(".") for text in (kind.sentence, kind.next_step, kind.meaning))


@pytest.mark.parametrize("code", CODES)
def test_kind_is_met_in_a_test(code):
    """Each kind of finding is asked for by code in a test of this room."""
    assert f'"{code}"' in TESTS
