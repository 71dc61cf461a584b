"""What the system says of an error, within a sentence."""

from __future__ import annotations

import errno
import os

import pytest

from scorta.languages import reason_of, say_reason, speaking
from scorta.languages.reasons import REASONS


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.ENOTDIR, errno.EROFS, errno.EIO])
def test_usual_words_have_a_place_in_the_catalogues(number: int) -> None:
    """What this system says of the errors that users meet is among the words that are translated."""
    assert reason_of(OSError(number, os.strerror(number))) in REASONS


def test_an_error_without_a_number_says_its_own_words() -> None:
    """What another library says stays as it is, braces too; an error without a word is said to have none."""
    with speaking("it"):
        assert say_reason(OSError("Broken {page}")) == "broken {page}"
    assert say_reason(OSError()) == "the system gave no reason"
