"""Which table a file or sheet is, by its name."""

from __future__ import annotations

import re
from difflib import get_close_matches

from scorta.read.kinds import finding
from scorta.tables import CASE_TABLES, Finding

SCENARIO = "scenario"
"""The file and the sheet that hold the scenario have this name."""


KNOWN = (*CASE_TABLES, SCENARIO)
NEAR = 0.8
"""How like a known name another must be to pass for a slip of it, from 0 to 1."""


def nearest(name: str) -> str:
    """Return the known name that a name holds as a word or is near to, or nothing."""
    words = re.findall(r"[a-z]+", name.lower())
    near = get_close_matches(name.strip().lower(), KNOWN, 1, NEAR)
    return next((word for word in (*words, *near) if word in KNOWN), "")


def unknown_name(file: str, name: str, ending: str = "") -> Finding:
    """Return the finding of a file or sheet whose name is that of no table."""
    if near := nearest(name):
        return finding("table-misnamed", file, value=name + ending, suggestion=near + ending)
    return finding("table-unknown", file, value=name + ending)
