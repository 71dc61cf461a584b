"""Why the system refuses something, as part of a sentence: it speaks English, and its usual words are said in each."""

from __future__ import annotations

from scorta.languages.sentences import mark, wording

REASONS = (
    mark("broken pipe"),
    mark("cannot allocate memory"),
    mark("directory not empty"),
    mark("disk quota exceeded"),
    mark("file exists"),
    mark("file name too long"),
    mark("input/output error"),
    mark("is a directory"),
    mark("no space left on device"),
    mark("no such file or directory"),
    mark("not a directory"),
    mark("operation not permitted"),
    mark("permission denied"),
    mark("read-only file system"),
    mark("too many open files"),
)
"""What it usually says."""


def reason_of(error: BaseException) -> str:
    """Return what the system says of an error, in English and small letters.

    >>> reason_of(PermissionError(13, "Permission denied")), reason_of(OSError())
    ('permission denied', 'the system gave no reason')
    """
    said = getattr(error, "strerror", None) or str(error)
    return said[0].lower() + said[1:] if said else mark("the system gave no reason")


def say_reason(error: BaseException) -> str:
    """Say what the system says of an error, in the language that is spoken."""
    return wording(reason_of(error))
