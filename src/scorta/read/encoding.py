"""Whether the bytes of a file are UTF-8, and nothing else."""

from __future__ import annotations

import codecs

from scorta.read.kinds import finding
from scorta.read.structure import row_at
from scorta.tables import Finding

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""What a file in UTF-16 or UTF-32 begins with (the mark of UTF-32 LE begins with that of UTF-16 LE)."""
CHUNK = 1 << 20
"""Bytes decoded in one go."""


def drop_mark(data: bytes) -> bytes:
    """Return the bytes without the mark of UTF-8, with which some programs begin a file."""
    return data.removeprefix(codecs.BOM_UTF8)


def is_wide(data: bytes) -> bool:
    """Tell whether the bytes are UTF-16 or UTF-32: by their mark, or by the zero bytes of plain letters in them."""
    head = data[:200]
    return data.startswith(WIDE_MARKS) or head.count(0) * 3 > len(head)


def check_encoding(file: str, data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the bytes as UTF-8 and what was wrong with them; what is no UTF-8 is replaced by U+FFFD."""
    found = []
    if (at := data.find(0)) >= 0:
        found.append(finding("csv-zero-byte", file, row_at(data, at)))
        data = data.replace(b"\0", "\ufffd".encode())
    wrong = None if data.isascii() else _first_wrong(data)
    if wrong is not None:
        found.append(finding("csv-not-utf8", file, row_at(data, wrong), value=f"0x{data[wrong]:02X}"))
        data = data.decode(errors="replace").encode()
    return data, tuple(found)


def _first_wrong(data: bytes) -> int | None:
    """Return where the first byte stands that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for at in range(0, len(data), CHUNK):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(data[at : at + CHUNK], final=at + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return at - kept + error.start
    return None
