"""Where the cells of a CSV file begin and end, found over its bytes at once and independently of the parser.

Which bytes are a comma, a quote, a line end is kept as one bit for each byte, sixty-four to a word, numbered from the
lowest of the first word; a question about each byte is then a few operations on whole words, which is what makes a
check over all bytes cheaper than parsing them.
"""

from __future__ import annotations

from dataclasses import dataclass

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


COMMA, LF, CR, QUOTE = b',\n\r"'


@dataclass(frozen=True, slots=True)
class Structure:
    """The commas, line ends and carriage returns of a CSV file that stand outside quotes, headings included.

    A file is `sound` if each quote opens or closes a cell or is half of a pair within one, and a line feed follows
    each carriage return; where it is not, the rest means nothing. `unended` is 1 where the last line lacks its end.
    """

    sound: bool
    commas: Bitmap
    lines: Bitmap
    returns: Bitmap
    unended: int

    @property
    def records(self) -> int:
        """The number of records, blank lines included."""
        return count_bits(self.lines) + self.unended

    @property
    def blank(self) -> Bitmap:
        """The ends of lines that hold nothing; before the first byte a line ends."""
        blank = with_bit(moved_on(self.lines), 0)
        if (lone := self.returns & blank).any():
            blank |= moved_on(lone)
        blank &= self.lines
        return blank

    def is_even(self, width: int, *, none_short: bool = False) -> bool:
        """Tell whether every record has that many cells, and none is a blank line.

        Where it is known that no record has fewer, counting all commas tells.
        """
        if count_bits(self.commas) != (width - 1) * self.records:
            return False
        # A blank line has a comma too few, unless records have none.
        return none_short or (are_even(self.lines, self.commas, width - 1) and not (width == 1 and self.blank.any()))

    def cells(self) -> npt.NDArray[np.int64]:
        """Return how many cells each record has; a blank line has none."""
        ends = places(self.lines)
        before = np.searchsorted(places(self.commas), ends)
        if self.unended:
            before = np.append(before, count_bits(self.commas))
        cells = np.diff(before, prepend=0) + 1
        cells[np.searchsorted(ends, places(self.blank))] = 0
        return cells


def find_structure(data: bytes) -> Structure:
    """Return the structure of a file that holds at least one byte."""
    array = np.frombuffer(data, np.uint8)
    commas, lines = bitmap(array, COMMA), bitmap(array, LF)
    unended = int(not data.endswith(b"\n"))
    has_returns = b"\r" in data
    returns = bitmap(array, CR) if has_returns else empty_bitmap(array)
    if b'"' not in data:
        sound = not has_returns or _lines_sound(returns, lines)
        return Structure(sound, commas, lines, returns, unended)
    quotes = bitmap(array, QUOTE)
    within = odd_so_far(quotes)
    ended = returns & ~within
    sound = _lines_sound(ended, lines) and _quotes_sound(array, quotes, within, commas, lines, returns)
    return Structure(sound, commas & ~within, lines & ~within, ended, unended)


def row_at(data: bytes, at: int) -> int:
    """Return the row (the first is 1) in which a byte of the file stands."""
    return count_bits(find_structure(data[:at]).lines) + 1 if at else 1


def _lines_sound(returns: Bitmap, lines: Bitmap) -> bool:
    """Tell whether a line feed follows each carriage return."""
    return not (returns & ~moved_back(lines)).any()


def _quotes_sound(array: Bytes, quotes: Bitmap, within: Bitmap, commas: Bitmap, lines: Bitmap, returns: Bitmap) -> bool:
    """Tell whether each quote opens or closes a cell or is half of a pair, and the last one is closed."""
    opens, closes = quotes & within, quotes & ~within
    before = with_bit(moved_on(commas | lines | quotes), 0)
    after = with_bit(moved_back(commas | lines | quotes | returns), array.size - 1)
    closed = count_bits(quotes) % 2 == 0
    return closed and not ((opens & ~before) | (closes & ~after)).any()
