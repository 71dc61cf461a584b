"""What-ifs that a case lists in its table `changes`: a plan leaves them aside until one is asked for."""

from __future__ import annotations

from dataclasses import replace

from scorta.case import Case, changes_in
from scorta.check.applying import apply_changes
from scorta.check.book import Book
from scorta.check.rows import counted
from scorta.tables import Finding

_NAMED = 5
"""What-ifs that the note names."""


def check_listed(case: Case) -> tuple[Finding, ...]:
    """Name the what-ifs of a case, and warn of those that could not be planned."""
    changes = changes_in(case["changes"], case.files.get("changes", "changes.csv"))
    names = list(dict.fromkeys(change.change for change in changes))
    if not names:
        return ()
    book = Book()
    count = counted(len(names), "what-if is", "what-ifs are")
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    book.say("what-ifs", changes[0].file, count=count, names=", ".join(names[:_NAMED]) + more)
    for name in names:
        apply_changes(case, [change for change in changes if change.change == name], book)
    return tuple(replace(one, severity="warning") if one.severity == "error" else one for one in book.findings())
