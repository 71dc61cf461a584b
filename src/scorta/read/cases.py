"""Read a case, or a file of changes, whatever it is kept in."""

from __future__ import annotations

from pathlib import Path

from scorta.errors import InputError
from scorta.read.csv_file import read_csv
from scorta.read.folder import read_folder
from scorta.read.grid import Part, read_bytes
from scorta.read.workbook import read_workbook
from scorta.tables import Finding, RawCase

WORKBOOKS = (".xlsx", ".xlsm")

OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers", ".gsheet")


def read_case(path: Path) -> RawCase:
    """Return the raw case of a folder of CSV and Parquet files, or of an XLSX workbook.

    Values are not interpreted here. Everything that is wrong with the files is a finding of the raw case.

    Raises:
        InputError: There is nothing at that path, or nothing that a case could be kept in.
    """
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        raise InputError("There is nothing at {path}.", "Name a folder of tables or an XLSX workbook.", path=path)
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return read_workbook(path)
    if ending in OTHER_WORKBOOKS:
        raise InputError(
            "{path} is a workbook of a format that is not read.", "Save it as .xlsx and name that file.", path=path
        )
    if ending in (".csv", ".parquet", ".toml"):
        raise InputError(
            "{path} is one file of a case.", "Name the folder that holds it: {folder}.", path=path, folder=path.parent
        )
    raise InputError("{path} is not a case.", "Name a folder of tables or an XLSX workbook.", path=path)


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
