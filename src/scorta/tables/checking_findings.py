"""The kinds of finding made while a case is checked."""

from scorta.tables.findings import FindingKind

CHECKING: tuple[FindingKind, ...] = ()
"""Every kind of finding of this room."""
