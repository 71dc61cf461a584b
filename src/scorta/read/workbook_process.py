"""Open a workbook: see that it is safe, then read it in a process of its own, with limits on time and memory."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorta.errors import InputError
from scorta.read.grid import finding
from scorta.read.workbook_child import BROKEN_EXIT, FULL_EXIT, MAX_WRITTEN, MEMORY_EXIT
from scorta.tables import Finding

MAX_PARTS = 2_000
"""Most parts of a workbook."""

MAX_UNPACKED = 512 << 20
"""Most bytes that the parts of a workbook may unpack to."""

MAX_RATIO = 250
"""Most bytes that a byte of a part may unpack to; sheets come to 5 to 50."""

SMALL = 1 << 20
"""A part that unpacks to fewer bytes may have any ratio."""

BLOCK = 1 << 18
"""Bytes of a part looked at in one go."""

NEEDED = ("[Content_Types].xml", "xl/workbook.xml")

OLE = b"\xd0\xcf\x11\xe0"
"""What an encrypted workbook, or one of the old format, begins with."""

DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)

ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")

PLAIN_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")


def check_workbook(file: str, data: bytes) -> Finding | None:
    """Return why a workbook cannot be opened, or None where it may be."""
    if data.startswith(OLE):
        return finding("workbook-encrypted", file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_archive(file, archive)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, ValueError, OSError):
        return finding("workbook-broken", file, reason="it is no zip archive, or a damaged one")


def _check_archive(file: str, archive: zipfile.ZipFile) -> Finding | None:
    """Check the list of parts, then the parts."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return finding("workbook-encrypted", file)
    if too_large := _too_large(parts):
        return finding("workbook-too-large", file, reason=too_large)
    if broken := _not_a_workbook(parts):
        return finding("workbook-broken", file, reason=broken)
    unsafe = next((reason for part in parts if (reason := _unsafe(archive, part))), "")
    return finding("workbook-unsafe", file, reason=unsafe) if unsafe else None


def _too_large(parts: list[zipfile.ZipInfo]) -> str:
    """Return why the parts are too many or too large, by what the archive says of them."""
    if len(parts) > MAX_PARTS:
        return f"it has {len(parts):,} parts, more than {MAX_PARTS:,}"
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return f"it unpacks to more than {MAX_UNPACKED >> 20} MiB"
    for part in parts:
        if part.file_size > SMALL and part.file_size > MAX_RATIO * part.compress_size:
            return f"its part {_named(part)} unpacks to more than {MAX_RATIO} times its size"
    return ""


def _not_a_workbook(parts: list[zipfile.ZipInfo]) -> str:
    """Return what an XLSX workbook has and these parts lack."""
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        return "it holds a part twice"
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        return f"it lacks the part {lacking[0]}"
    packed = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return next(
        (f"its part {_named(part)} is packed in an unknown way" for part in parts if part.compress_type not in packed),
        "",
    )


def _unsafe(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """Return why the text of a part is unsafe: a document type can make a small text unfold into a huge one."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return ""
    tail, first = b"", True
    for block in _blocks(archive, part):
        if first and (reason := _unusual_encoding(block)):
            return f"its part {_named(part)} {reason}"
        if DECLARED.search(tail + block):
            return f"its part {_named(part)} declares a document type or entity"
        tail, first = block[-10:], False
    return ""


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part block by block; no more than it is said to hold is ever unpacked."""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            yield block


def _unusual_encoding(head: bytes) -> str:
    """Return what is unusual about the encoding of a part: anything in which a declaration could hide."""
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is not in UTF-8"
    declared = ENCODING.search(head[:400])
    usual = declared is None or declared.group(1).lower() in PLAIN_ENCODINGS
    return "" if usual else "is in an unusual encoding"


def _named(part: zipfile.ZipInfo) -> str:
    return part.filename[:60].encode(errors="replace").decode()


SCRIPT = Path(__file__).with_name("workbook_child.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reader of a workbook may use: seconds, and bytes of memory."""

    seconds: int = 60
    memory: int = 2 << 30


def run_child(file: str, data: bytes, limits: Limits) -> list[str] | Finding:
    """Return the lines that the reader wrote about a workbook, or the finding that says why there are none."""
    if importlib.util.find_spec("openpyxl") is None:
        raise InputError(
            "{file} cannot be read: the part of Scorta that reads workbooks is not installed.",
            "Install it with: pip install 'scorta[excel]'",
            file=file,
        )
    try:
        with tempfile.TemporaryDirectory(prefix="scorta-") as folder:
            book, out = Path(folder, "book.xlsx"), Path(folder, "rows.jsonl")
            book.write_bytes(data)
            code = _start(book, out, limits)
            return _failure(file, code, limits) or out.read_text(encoding="utf-8").split("\n")
    except subprocess.TimeoutExpired:
        return finding("workbook-time", file, value=str(limits.seconds))
    except OSError as error:
        return finding("workbook-reader-died", file, reason=error.strerror or "the system gave no reason")


def _start(book: Path, out: Path, limits: Limits) -> int:
    """Run the reader to its end or its limit and return its exit code."""
    numbers = (limits.memory, limits.seconds)
    command = [sys.executable, "-P", str(SCRIPT), str(book), str(out), *map(str, numbers)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=limits.seconds,
    ).returncode


def _failure(file: str, code: int, limits: Limits) -> Finding | None:
    """Return what happened to the reader, if it did not reach its end."""
    if code == 0:
        return None
    if code == MEMORY_EXIT:
        return finding("workbook-memory", file, value=str(limits.memory >> 20))
    if code == BROKEN_EXIT:
        return finding("workbook-broken", file, reason="its parts do not fit together")
    if code == FULL_EXIT:
        return finding("workbook-too-large", file, reason=f"its cells come to more than {MAX_WRITTEN >> 20} MiB")
    return finding("workbook-reader-died", file, reason=f"signal {-code}" if code < 0 else f"exit code {code}")
