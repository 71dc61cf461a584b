"""Whether all lines of a file have the same number of commas, found sixty-four bytes at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scorta.read.bitmaps import ONE, Bitmap, first_bit

WORDS = 1 << 14
"""Words looked at in one go: few enough to stay in the processor's cache."""


def are_even(lines: Bitmap, commas: Bitmap, each: int) -> bool:
    """Tell whether that many commas stand before each line end, after the one before it."""
    ahead = 0
    for at in range(0, lines.size, WORDS):
        some_lines, some_commas = lines[at : at + WORDS], commas[at : at + WORDS]
        after = ahead + _balance(some_lines, some_commas, each)
        before = np.concatenate(([ahead], after[:-1])) + each
        if not _agree(some_lines, some_commas, before, each):
            return False
        ahead = int(after[-1])
    return True


def _balance(lines: Bitmap, commas: Bitmap, each: int) -> npt.NDArray[np.int64]:
    """Return by how many commas the lines that end by each word are ahead of the commas that stand there."""
    asked = np.bitwise_count(lines) * np.int64(each)
    return np.cumsum(asked - np.bitwise_count(commas))


def _agree(lines: Bitmap, commas: Bitmap, due: npt.NDArray[np.int64], each: int) -> bool:
    """Tell whether in each word so many commas stand before the first line end, and `each` more before the next."""
    while (at := np.flatnonzero(lines)).size:
        lines, commas, due = lines[at], commas[at], due[at]
        if (np.bitwise_count(commas & (first_bit(lines) - ONE)) != due).any():
            return False
        lines, due = lines & (lines - ONE), due + each
    return True
