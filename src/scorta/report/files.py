"""Writing one file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scorta.errors import OutputError
from scorta.languages import say_reason


def is_workbook(place: Path | str) -> bool:
    """Tell whether the name of a place is that of a workbook; it is a folder otherwise."""
    return Path(place).suffix.lower() == ".xlsx"


def put_file(content: bytes, path: Path) -> None:
    """Write a file whole or not at all, in a folder that is made where it is not there.

    Raises:
        OutputError: it cannot be written; what was there stays.
    """
    fresh = ""
    with _told_as_cannot(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, fresh = _beside(path, path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
            Path(fresh).chmod(0o644)
            Path(fresh).replace(path)
        except OSError:
            with suppress(OSError):
                Path(fresh).unlink()
            raise


def check_file(path: Path) -> None:
    """Try whether a file may be written, before anybody waits for what it will hold; nothing is left of the try.

    Raises:
        OutputError: nothing can be written there.
    """
    with _told_as_cannot(path):
        ground = next(above for above in path.absolute().parents if above.exists() or above.is_symlink())
        handle, fresh = _beside(path, ground)
        os.close(handle)
        Path(fresh).unlink()


def _beside(path: Path, ground: Path) -> tuple[int, str]:
    """Make a fresh file on the disk on which a file will stand."""
    return tempfile.mkstemp(prefix=f".{path.name}-", dir=ground)


@contextmanager
def _told_as_cannot(path: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}.", "Name another file.", path=path, reason=say_reason(error)
        ) from error
