"""What is true of every CSV file: what was written is read, and the quick way reads what the careful one does."""

import csv
import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scorta.read.csv_file import _read_carefully, read_cells, read_csv
from scorta.read.csv_records import read_records
from scorta.read.csv_structure import (
    bitmap,
    count_bits,
    find_structure,
    moved_back,
    moved_on,
    odd_so_far,
    places,
    row_at,
    with_bit,
)
from scorta.read.grid import BLANK

CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)
ODD_CELL = st.text(st.sampled_from(',"\n\r; aé'), max_size=4)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL | ODD_CELL, min_size=width, max_size=width), max_size=8)
)
SCRAPS = st.lists(st.sampled_from([",", '"', "\n", "\r\n", "\r", "x", "é", '""', '"y"', ',"', '",']), max_size=24).map(
    "".join
)
QUOTED = {"all": (csv.QUOTE_ALL, "\n"), "all with CRLF": (csv.QUOTE_ALL, "\r\n"), "few": (csv.QUOTE_MINIMAL, "\r\n")}


def written(rows, quoting, line_end):
    """Return rows as Python's own writer writes them, below headings c0, c1, ..."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=quoting, lineterminator=line_end)
    writer.writerow([f"c{at}" for at in range(len(rows[0]) if rows else 2)])
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize("how", QUOTED)
@settings(deadline=None)
@given(rows=TABLES)
def test_what_was_written_is_read(how, rows):
    """Every cell that Python's writer wrote comes back; an empty one is null, a row that shows nothing is left out."""
    part = read_csv("needs", "needs.csv", written(rows, *QUOTED[how]))
    assert part.findings == ()
    shown = {at: row for at, row in enumerate(rows, 2) if any(cell.strip(BLANK) for cell in row)}
    assert part.table.frame.rows() == [tuple(cell or None for cell in row) for row in shown.values()]
    assert part.table.rows.to_list() == list(shown)


@settings(deadline=None)
@given(SCRAPS, st.sampled_from(["x\n", "x,y\n"]))
@example('x\n"\r"', "x\n")
@example('x\n\n"y"\r\n\r\n', "x\n")
def test_structure_and_careful_reader_agree(scraps, headings):
    """A file is sound where the careful reader meets no fault; they then count the same cells in each record."""
    text = headings + scraps
    structure, records = find_structure(text.encode()), list(read_records(text))
    faults = [record.fault for record in records if record.fault]
    assert structure.sound == (not faults)
    if structure.sound:
        assert structure.records == len(records)
        cells = [len(record.cells) for record in records]
        assert structure.cells().tolist() == cells
        assert [structure.is_even(width) for width in (1, 2, 3)] == [set(cells) == {width} for width in (1, 2, 3)]


@settings(deadline=None)
@given(SCRAPS, st.sampled_from(["x", "x,y", "x,y,z"]))
@example("x\n\n", "x")
@example("x\n,,", "x,y")
def test_quick_and_careful_reading_agree(scraps, headings):
    """Whatever the file, the cells, the rows and the findings are those of the careful reader."""
    data, names = f"{headings}\n{scraps}".encode(), tuple(headings.split(","))
    grid, found = read_cells("needs.csv", data, names, 1)
    careful, careful_found = _read_carefully("needs.csv", data, names, 1)
    assert found == careful_found
    assert grid.rows.equals(careful.rows)
    assert grid.frame.rows() == careful.frame.rows()


@settings(deadline=None)
@given(SCRAPS, st.sampled_from(["needs", "need"]))
def test_no_file_upsets_the_reader(scraps, name):
    """Reading any text ends in a table or a finding, and each finding has a row of the file or none."""
    data = scraps.encode()
    part = read_csv(name, "needs.csv", data)
    assert part.table is not None or part.findings
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(one.row is None or 1 <= one.row <= lines for one in part.findings)


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_no_bytes_upset_the_reader(data):
    """Reading any bytes ends in a table or a finding."""
    part = read_csv("needs", "needs.csv", data)
    assert part.table is not None or part.findings


@settings(deadline=None)
@given(st.lists(st.sampled_from(b'a,"\n'), max_size=300).map(bytes), st.data())
def test_row_of_a_byte(data, draw):
    """The row of a byte is one more than the line ends outside quotes before it."""
    at = draw.draw(st.integers(0, len(data)))
    outside = [byte for i, byte in enumerate(data[:at]) if byte == ord("\n") and data[:i].count(b'"') % 2 == 0]
    assert row_at(data, at) == len(outside) + 1


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(1, 70), st.integers(0, 300), st.integers(0, 1))
def test_evenness_over_many_words(width, length, count, change):
    """A file of even rows is even, and no longer so with a comma more in one row and one less in the next."""
    row = b",".join([b"x" * length] * width) + b"\n"
    assert find_structure(row * (count + 1)).is_even(width)
    longer, shorter = row.replace(b"\n", b"," * change + b"\n"), row.replace(b",", b"", change)
    uneven = find_structure(row * count + longer + shorter + row * count)
    assert uneven.is_even(width) == (longer == row)


@settings(deadline=None)
@given(st.lists(st.sampled_from(b'a"'), min_size=1, max_size=300).map(bytes))
def test_bitmaps(data):
    """Bits are where the byte is, move by one place over the words' ends, and odd places are told."""
    array = np.frombuffer(data, np.uint8)
    bits, at = bitmap(array, ord('"')), [i for i, byte in enumerate(data) if byte == ord('"')]
    assert places(bits).tolist() == at
    assert count_bits(bits) == len(at)
    assert places(moved_back(bits)).tolist() == [i - 1 for i in at if i]
    assert set(places(moved_on(bits)).tolist()) - {len(data)} == {i + 1 for i in at} - {len(data)}
    assert set(places(with_bit(bits, 5 % len(data))).tolist()) == {*at, 5 % len(data)}
    odd = [i for i in range(len(data)) if data[: i + 1].count(b'"') % 2]
    assert [i for i in places(odd_so_far(bits)).tolist() if i < len(data)] == odd
