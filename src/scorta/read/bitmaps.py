"""Which bytes of a file are a comma, a quote, a line end: one bit for each byte, sixty-four to a word.

Bits are numbered from the lowest of the first word; a question about each byte of a file is then a few operations
on whole words, which is what makes a check over all bytes cheaper than parsing them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Bitmap = npt.NDArray[np.uint64]

CHUNK = 1 << 20
"""Bytes compared in one go: few enough to stay in the processor's cache."""
LAST = np.uint64(63)
ONE = np.uint64(1)


def bitmap(array: Bytes, byte: int) -> Bitmap:
    """Return where a byte stands."""
    words = np.zeros(array.size // 64 + 1, np.uint64)
    packed, same = words.view(np.uint8), np.empty(min(CHUNK, array.size), np.bool_)
    for at in range(0, array.size, CHUNK):
        chunk = array[at : at + CHUNK]
        bits = np.packbits(np.equal(chunk, byte, out=same[: chunk.size]), bitorder="little")
        packed[at // 8 : at // 8 + bits.size] = bits
    return words


def empty_bitmap(array: Bytes) -> Bitmap:
    """Return a bitmap in which no bit is set."""
    return np.zeros(array.size // 64 + 1, np.uint64)


def count_bits(bits: Bitmap) -> int:
    """Return how many bits are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def first_bit(bits: Bitmap) -> Bitmap:
    """Return the first bit of each word, alone."""
    return bits & (~bits + ONE)


def places(bits: Bitmap) -> npt.NDArray[np.intp]:
    """Return the places of the bits that are set."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little"))


def with_bit(bits: Bitmap, at: int) -> Bitmap:
    """Return the bitmap with one more bit set."""
    words = bits.copy()
    words[at // 64] |= ONE << np.uint64(at % 64)
    return words


def moved_on(bits: Bitmap) -> Bitmap:
    """Return the bitmap with each bit one place later: set where the byte before is."""
    words = bits << ONE
    words[1:] |= bits[:-1] >> LAST
    return words


def moved_back(bits: Bitmap) -> Bitmap:
    """Return the bitmap with each bit one place earlier: set where the byte after is."""
    words = bits >> ONE
    words[:-1] |= bits[1:] << LAST
    return words


def odd_so_far(bits: Bitmap) -> Bitmap:
    """Return where an odd number of bits is set up to and with that place."""
    words = bits.copy()
    for step in (1, 2, 4, 8, 16, 32):
        words ^= words << np.uint64(step)
    turned = np.logical_xor.accumulate((words >> LAST).astype(np.bool_))
    words[1:][turned[:-1]] ^= ~np.uint64(0)
    return words
