"""Read a file once, whole, so that a file that changes meanwhile cannot give two versions."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from scorta.read.kinds import finding
from scorta.tables import Finding

MAX_BYTES = 2 << 30
"""The largest file that is read into memory, in bytes."""
LARGE = 16 << 20
"""From how many bytes on a file is read by two threads."""


def read_bytes(path: Path, file: str, limit: int | None = None) -> bytes | Finding:
    """Return the content of a file, or the finding that says why there is none."""
    limit = MAX_BYTES if limit is None else limit
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return finding("file-unreadable", file, reason="it is not an ordinary file")
        if about.st_size > limit:
            return finding("file-too-large", file, limit=f"{limit >> 20} MiB")
        return path.read_bytes() if about.st_size < LARGE else _read_halves(path, about.st_size)
    except OSError as error:
        return finding("file-unreadable", file, reason=_reason(error))


def _read_halves(path: Path, size: int) -> bytes:
    """Return the content of a large file, each half read by a thread: touching new memory takes longer than reading."""
    whole, half = BytesIO(bytes(size)), (size + 1) // 2

    def read(start: int) -> int:
        with path.open("rb") as file:
            file.seek(start)
            return file.readinto(buffer[start : start + half])

    with whole.getbuffer() as buffer, ThreadPoolExecutor(2) as pool:
        count = sum(pool.map(read, (0, half)))
    if count != size:
        raise OSError(0, "It became shorter while it was read")
    return whole.getvalue()


def _reason(error: OSError) -> str:
    """Return what the system says, as part of a sentence."""
    said = error.strerror or "the system gave no reason"
    return said[0].lower() + said[1:]
