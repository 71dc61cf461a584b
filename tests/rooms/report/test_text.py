"""Setting a page as text, and what stands of a table where there is little room."""

from datetime import date

import pytest

from scorta.report import Column, Grid, Page, Words, set_page
from scorta.report.text import fit

PAGE = Page(
    "A title",
    (
        Words("A sentence that is long enough to be broken where the line ends, and it is broken between words."),
        Grid(
            "A grid",
            (Column("Name"), Column("Day", "date"), Column("Units", "number", "bad"), Column("Share", "share")),
            (("Rzeszów", date(2022, 12, 4), 1234.0, 0.5), (None, None, 0.0, None)),
            "A note \u00d7 \u2026",
        ),
    ),
)


def test_page_reads_from_the_top_down() -> None:
    """Title, sentence, heading, head of the grid, rows and note stand one under the other."""
    text = set_page(PAGE)
    marks = ["A title", "A sentence", "A grid", "Name", "Rzeszów", "2022-12-04", "A note"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    assert "1,234" in text
    assert "50 %" in text


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Lines are broken or folded to fit."""
    assert max(len(line) for line in set_page(PAGE, width).splitlines()) <= width


def test_without_colour_there_is_no_escape() -> None:
    """A file or pipe gets plain text."""
    assert "\x1b" not in set_page(PAGE)
    assert "\x1b[" in set_page(PAGE, colour=True)


def test_ascii_terminal_gets_ascii() -> None:
    """Where the terminal has only ASCII, lines are dashes and other letters question marks; no error."""
    text = set_page(PAGE, encoding="ascii")
    assert text.isascii()
    assert "Rzesz?w" in text
    assert "A note x ..." in text


def test_a_number_is_not_broken() -> None:
    """A space within a number ends no line, and is one of the spaces that every terminal has."""
    page = Page("", (Words("The plan costs 1\u00a0180\u00a0000 EUR more."), Words("A private \ue000 sign.")))
    assert {"1\u00a0180\u00a0000" in set_page(page, width) for width in range(12, 40)} == {True}
    assert "1 180 000" in set_page(page, encoding="ascii")
    assert "A private ? sign." in set_page(page)


def test_escape_in_a_cell_cannot_steer_the_terminal() -> None:
    """A sheet from outside may hold control characters: they are shown as question marks."""
    page = Page("", (Grid("", (Column("Name"),), (("\x1b]0;gone\x07\x9b2J",),)), Words("a\x1b[2Jb")))
    text = set_page(page)
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "?]0;gone?" in text


def test_markup_in_a_cell_is_text() -> None:
    """Square brackets in a name are letters, not colours."""
    assert "[bold]x[/bold]" in set_page(Page("", (Grid("", (Column("Name"),), (("[bold]x[/bold]",),)),)))


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
