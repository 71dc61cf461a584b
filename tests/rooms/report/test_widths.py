"""What stands of a table where there is little room."""

from __future__ import annotations

import pytest

from scorta.report.page import Column
from scorta.report.widths import fit

CODES = Column("Need", "code")
WORDS = Column("What it is")
FIGURE = Column("Units that were asked for", "number")
SPARED = (Column("First to go", "code", spare=2), Column("Next to go", "code", spare=1))


@pytest.mark.parametrize(
    ("width", "widths"), [(None, (7, 21, 15)), (51, (7, 21, 15)), (41, (7, 21, 5)), (35, (7, 15, 5)), (29, (7, 9, 5))]
)
def test_words_are_broken_before_anything_goes(width: int | None, widths: tuple[int, ...]) -> None:
    """The text has what room there is, then the heading; a code and the longest word are never broken."""
    rows = [["N-00001", "shelters for Kharkiv", "1,200"], ["N2", "tents for 21 families", "3"]]
    fitted = fit((CODES, WORDS, Column("Units asked for", "number")), rows, width)
    assert fitted is not None
    assert fitted.widths == widths


def test_what_can_be_spared_goes_first() -> None:
    """The column that can be spared most goes, then the next; what always stands stays."""
    rows = [["N-00001", "A", "aaaaaaaaaaaa", "bbbbbbbbbbbb"]]
    columns = (CODES, Column("For", "code"), *SPARED)
    standing = {width: fit(columns, rows, width) for width in (48, 40, 25)}
    assert {width: found.columns for width, found in standing.items() if found} == {
        48: (0, 1, 2, 3),
        40: (0, 1, 3),
        25: (0, 1),
    }
    assert fit(columns, rows, 12) is None


def test_a_figure_is_never_broken() -> None:
    """Its column is as wide as its longest figure, and its heading takes several lines."""
    fitted = fit((CODES, FIGURE), [["N1", "1,234,567"]], 18)
    assert fitted is not None
    assert fitted.widths == (4, 9)
