"""Where the cells of a CSV file begin and end, found over its bytes at once and independently of the parser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorta.read.bitmaps import (
    Bitmap,
    Bytes,
    bitmap,
    count_bits,
    empty_bitmap,
    moved_back,
    moved_on,
    odd_so_far,
    places,
    with_bit,
)
from scorta.read.evenness import are_even

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
