"""Read a file of changes: a what-if that lies beside a case."""

from __future__ import annotations

from pathlib import Path

from scorta.errors import InputError
from scorta.read.csv_file import read_csv
from scorta.read.grid import Part
from scorta.read.source import read_bytes
from scorta.tables import Finding


def read_change_file(path: Path) -> Part:
    """Return the table `changes` of a CSV file of any name, and everything that is wrong with the file.

    Raises:
        InputError: There is no CSV file at that path.
    """
    if not path.exists():
        raise InputError("There is nothing at {path}.", "Name a CSV file of changes.", path=path)
    if path.is_dir() or path.suffix.lower() != ".csv":
        raise InputError("{path} is no CSV file.", "Name a CSV file with the fields of the table `changes`.", path=path)
    data = read_bytes(path, str(path))
    return Part(None, (data,)) if isinstance(data, Finding) else read_csv("changes", str(path), data)
