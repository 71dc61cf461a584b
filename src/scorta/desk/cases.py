"""Cases as files: read and checked, empty templates, and the case that is shipped."""

from __future__ import annotations

from pathlib import Path

import scorta
from scorta.check import Checked, check_case
from scorta.errors import InputError, OutputError
from scorta.read import OTHER_WORKBOOKS, WORKBOOKS, read_case


def load_case(path: Path, *, every: bool = False) -> Checked:
    """Read a case from a folder or workbook and check it; all findings of all tables come at once.

    Of very many findings of one kind in one field the first are listed, and the rest counted; `every` lists many more.

    Raises:
        InputError: there is nothing at the path that could be a case.
    """
    return check_case(read_case(path), every=every)


def write_template(path: Path) -> None:
    """Write an empty case to fill in: a workbook where the path ends in `.xlsx`, else a folder of CSV files.

    Raises:
        OutputError: something is there already, or it cannot be written.
    """
    from scorta.report.template import write_csv_template, write_xlsx_template

    ending = path.suffix.lower()
    if ending != ".xlsx" and ending in (*WORKBOOKS, *OTHER_WORKBOOKS):
        raise OutputError(
            "{path} would be a workbook of a format that is not written.",
            "Name a file that ends in .xlsx, or a folder.",
            path=path,
        )
    (write_xlsx_template if ending == ".xlsx" else write_csv_template)(path)


def demo_case() -> Path:
    """Return the folder of the October 2022 case: beside the package where it is installed, or in the checkout."""
    package = Path(scorta.__file__).parent
    for folder in (package / "examples" / "october-2022", package.parents[1] / "examples" / "october-2022"):
        if folder.is_dir():
            return folder
    raise InputError("The October 2022 case was not installed with this package.", "Install the package anew.")
