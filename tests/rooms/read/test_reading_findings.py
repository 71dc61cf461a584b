"""The kinds of finding of this room: each well described, and each met in these tests."""

import re
from pathlib import Path

import pytest

from scorta.read import FINDINGS

CODES = sorted({kind.code for kind in FINDINGS})
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("kind", FINDINGS, ids=lambda kind: kind.code)
def test_kind_is_well_described(kind):
    """A kind has a code in kebab-case, and three sentences that end as sentences do."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.code)
    assert all(text[0].isupper() or text[0] == "{" for text in (kind.sentence, kind.next_step))
    assert all(text.endswith(".") for text in (kind.sentence, kind.next_step, kind.meaning))


@pytest.mark.parametrize("code", CODES)
def test_kind_is_met_in_a_test(code):
    """Each kind of finding is asked for by code in a test of this room."""
    assert f'"{code}"' in TESTS
