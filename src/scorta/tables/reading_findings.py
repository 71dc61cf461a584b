"""The kinds of finding made while a case is read."""

from scorta.tables.findings import FindingKind

READING: tuple[FindingKind, ...] = ()
"""Every kind of finding of this room."""
