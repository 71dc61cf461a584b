"""Open a workbook: see that it is safe, then read it in a process of its own, with limits on time and memory."""

from __future__ import annotations

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

from scorta.languages import mark
from scorta.read.grid import finding, why_unread
from scorta.read.workbook_child import BROKEN_EXIT, FULL_EXIT, MAX_WRITTEN, MEMORY_EXIT
from scorta.tables import Finding, Phrase
from scorta.tables.findings import FileKind, phrase

SAVE_XLSX = "Open the workbook in a spreadsheet program, save it again as .xlsx and read it again."
SPLIT = "Split the table over several cases, or give it as CSV or Parquet in a folder."

WORKBOOK_BROKEN = FileKind(
    "workbook-broken",
    "error",
    "{file} is not an XLSX workbook, or is damaged: {reason}.",
    SAVE_XLSX,
    "A workbook is no zip archive, lacks a part that every workbook has, or could not be read by openpyxl.",
)
WORKBOOK_ENCRYPTED = FileKind(
    "workbook-encrypted",
    "error",
    "{file} is protected by a password, or is a workbook of the old .xls format.",
    "Save it without a password as .xlsx.",
    "A workbook is encrypted, so nothing of it can be read.",
)
WORKBOOK_TOO_LARGE = FileKind(
    "workbook-too-large",
    "error",
    "{file} is not opened: {reason}.",
    SPLIT,
    "A workbook unpacks to far more than its size, to more parts or to more bytes than the program will open.",
)
WORKBOOK_UNSAFE = FileKind(
    "workbook-unsafe",
    "error",
    "{file} is not opened: {reason}.",
    SAVE_XLSX,
    "A part of a workbook declares a document type or an unusual encoding, which no spreadsheet program writes.",
)
WORKBOOK_TIME = FileKind(
    "workbook-time",
    "error",
    "{file} was not read within {value} seconds.",
    SPLIT,
    "Reading a workbook took longer than its limit and was stopped.",
)
WORKBOOK_MEMORY = FileKind(
    "workbook-memory",
    "error",
    "{file} needs more memory than the {value} MiB it is given.",
    SPLIT,
    "Reading a workbook took more memory than its limit and was stopped.",
)
WORKBOOK_READER_DIED = FileKind(
    "workbook-reader-died",
    "error",
    "The reader of {file} ended without a result ({reason}).",
    SAVE_XLSX,
    "The process that reads a workbook crashed; nothing of the workbook was used.",
)


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
        return finding(WORKBOOK_ENCRYPTED, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_archive(file, archive)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, ValueError, OSError):
        return finding(WORKBOOK_BROKEN, file, reason=Phrase(mark("it is no zip archive, or a damaged one")))


def _check_archive(file: str, archive: zipfile.ZipFile) -> Finding | None:
    """Check the list of parts, then the parts."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return finding(WORKBOOK_ENCRYPTED, file)
    if too_large := _too_large(parts):
        return finding(WORKBOOK_TOO_LARGE, file, reason=too_large)
    if broken := _not_a_workbook(parts):
        return finding(WORKBOOK_BROKEN, file, reason=broken)
    unsafe = next((reason for part in parts if (reason := _unsafe(archive, part))), None)
    return finding(WORKBOOK_UNSAFE, file, reason=unsafe) if unsafe else None


def _too_large(parts: list[zipfile.ZipInfo]) -> Phrase | None:
    """Return why the parts are too many or too large, by what the archive says of them."""
    if len(parts) > MAX_PARTS:
        return phrase(mark("it has {count} parts, more than {most}"), count=len(parts), most=MAX_PARTS)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return phrase(mark("it unpacks to more than {most} MiB"), most=MAX_UNPACKED >> 20)
    for part in parts:
        if part.file_size > SMALL and part.file_size > MAX_RATIO * part.compress_size:
            return phrase(
                mark("its part {part} unpacks to more than {most} times its size"), part=_named(part), most=MAX_RATIO
            )
    return None


def _not_a_workbook(parts: list[zipfile.ZipInfo]) -> Phrase | None:
    """Return what an XLSX workbook has and these parts lack."""
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        return Phrase(mark("it holds a part twice"))
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        return phrase(mark("it lacks the part {part}"), part=lacking[0])
    packed = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    odd = next((_named(part) for part in parts if part.compress_type not in packed), "")
    return phrase(mark("its part {part} is packed in an unknown way"), part=odd) if odd else None


def _unsafe(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Phrase | None:
    """Return why the text of a part is unsafe: a document type can make a small text unfold into a huge one."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return None
    tail, first = b"", True
    for block in _blocks(archive, part):
        if first and (reason := _unusual_encoding(block)):
            return phrase(reason, part=_named(part))
        if DECLARED.search(tail + block):
            return phrase(mark("its part {part} declares a document type or entity"), part=_named(part))
        tail, first = block[-10:], False
    return None


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part block by block; no more than it is said to hold is ever unpacked."""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            yield block


def _unusual_encoding(head: bytes) -> str:
    """Return what is unusual about the encoding of a part: anything in which a declaration could hide."""
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return mark("its part {part} is not in UTF-8")
    declared = ENCODING.search(head[:400])
    usual = declared is None or declared.group(1).lower() in PLAIN_ENCODINGS
    return "" if usual else mark("its part {part} is in an unusual encoding")


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
    try:
        with tempfile.TemporaryDirectory(prefix="scorta-") as folder:
            book, out = Path(folder, "book.xlsx"), Path(folder, "rows.jsonl")
            book.write_bytes(data)
            code = _start(book, out, limits)
            return _failure(file, code, limits) or out.read_text(encoding="utf-8").split("\n")
    except subprocess.TimeoutExpired:
        return finding(WORKBOOK_TIME, file, value=str(limits.seconds))
    except OSError as error:
        return finding(WORKBOOK_READER_DIED, file, reason=why_unread(error))


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
        return finding(WORKBOOK_MEMORY, file, value=str(limits.memory >> 20))
    if code == BROKEN_EXIT:
        return finding(WORKBOOK_BROKEN, file, reason=Phrase(mark("its parts do not fit together")))
    if code == FULL_EXIT:
        return finding(
            WORKBOOK_TOO_LARGE,
            file,
            reason=phrase(mark("its cells come to more than {most} MiB"), most=MAX_WRITTEN >> 20),
        )
    end = phrase(mark("signal {number}"), number=-code) if code < 0 else phrase(mark("exit code {number}"), number=code)
    return finding(WORKBOOK_READER_DIED, file, reason=end)
