"""Read a file once, whole, so that a file that changes meanwhile cannot give two versions."""

from __future__ import annotations

import ctypes
import stat
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scorta.read.kinds import finding
from scorta.tables import Finding

MAX_BYTES = 2 << 30
"""The largest file that is read into memory, in bytes."""
LARGE = 16 << 20
"""From how many bytes on a file is read into large pages."""
PAGE, MADV_HUGEPAGE = 4096, 14
"""The size of an ordinary page, and how Linux is asked for large ones."""


def read_bytes(path: Path, file: str, limit: int | None = None) -> bytes | Finding:
    """Return the content of a file, or the finding that says why there is none."""
    limit = MAX_BYTES if limit is None else limit
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return finding("file-unreadable", file, reason="it is not an ordinary file")
        if about.st_size > limit:
            return finding("file-too-large", file, limit=f"{limit >> 20} MiB")
        return path.read_bytes() if about.st_size < LARGE else _read_large(path, about.st_size)
    except OSError as error:
        return finding("file-unreadable", file, reason=_reason(error))


def _read_large(path: Path, size: int) -> bytes:
    """Return the content of a large file, in large pages where there are any: touching memory is what takes long."""
    whole = BytesIO(bytes(size))
    with path.open("rb") as file, whole.getbuffer() as buffer:
        _ask_for_large_pages(np.frombuffer(buffer, np.uint8))
        if file.readinto(buffer) != size:
            raise OSError(0, "It became shorter while it was read")
    return whole.getvalue()


def _ask_for_large_pages(memory: npt.NDArray[np.uint8]) -> None:
    """Advise Linux to give memory that was not touched yet in large pages; elsewhere nothing happens."""
    start = -(-memory.ctypes.data // PAGE) * PAGE
    size = memory.ctypes.data + memory.size - start
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), MADV_HUGEPAGE)


def _reason(error: OSError) -> str:
    """Return what the system says, as part of a sentence."""
    said = error.strerror or "the system gave no reason"
    return said[0].lower() + said[1:]
