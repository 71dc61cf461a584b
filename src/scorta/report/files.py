"""Writing one file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from scorta.errors import OutputError


def put_file(content: bytes, path: Path) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: it cannot be written; what was there stays.
    """
    fresh = ""
    try:
        handle, fresh = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(fresh).chmod(0o644)
        Path(fresh).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(fresh).unlink()
        raise OutputError(
            "{path} cannot be written: {reason}.", "Name another file.", path=path, reason=error.strerror or error
        ) from error
