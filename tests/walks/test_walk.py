"""The walk: a case that a person can follow by hand, from its files to the plan on disk."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from scorta import desk
from scorta.case import Case
from scorta.errors import CaseError, OutputError

WALK = Path(__file__).parents[2] / "examples" / "walk"


def load(folder: Path) -> Case:
    """Return the case of a folder that has no errors."""
    return desk.load_case(folder)


def test_walk_is_planned_as_computed_by_hand() -> None:
    """50 above the floor and 5 weeks of 4 made come in time; the late pledge brings the other 50 a week late."""
    (row,) = desk.make_plan(load(WALK))["fulfilment"].to_dicts()
    above_floor, made_in_time = 70 - 20, 5 * 4
    late = 120 - above_floor - made_in_time
    assert row["on_time"] == pytest.approx(above_floor + made_in_time)
    assert row["late"] == pytest.approx(late)
    assert row["unmet"] == 0
    assert row["unit_days_late"] == pytest.approx(late * 7)
    assert row["last_delivery"] == date(2022, 12, 11)


def test_disk_full_leaves_the_earlier_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that cannot be written is not half there: the earlier one stands, and no litter beside it."""
    desk.plan_case(load(WALK), tmp_path / "plan")
    before = {path.name: path.read_bytes() for path in (tmp_path / "plan").iterdir()}

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    plan = desk.load_plan(tmp_path / "plan")
    from scorta.plan import save_plan

    with pytest.raises(OutputError, match="no space left"):
        save_plan(plan, tmp_path / "plan")
    assert {path.name: path.read_bytes() for path in (tmp_path / "plan").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_parquet_gives_the_same_plan(tmp_path: Path) -> None:
    """The same tables as Parquet are the same case, to the last cell."""
    shutil.copy(WALK / "scenario.toml", tmp_path)
    case = load(WALK)
    for name in case.given:
        case[name].drop("row").write_parquet(tmp_path / f"{name}.parquet")
    assert load(tmp_path).digest() == case.digest()


def test_workbook_is_the_same_case(tmp_path: Path) -> None:
    """The same tables as sheets of a workbook, numbers and dates as such, are the same case, to the last cell."""
    case = load(WALK)
    book = xlsxwriter.Workbook(str(tmp_path / "walk.xlsx"), {"default_date_format": "yyyy-mm-dd"})
    blocks = ", ".join(f"{count} {bucket}" for bucket, count in case.scenario.blocks)
    scenario = {"title": case.scenario.title, "as_of": case.scenario.as_of, "horizon": blocks}
    _write_sheet(book, "scenario", pl.DataFrame({"field": list(scenario), "value": list(map(str, scenario.values()))}))
    for name in sorted(case.given):
        _write_sheet(book, name, case[name].drop("row"))
    book.close()
    assert load(tmp_path / "walk.xlsx").digest() == case.digest()


def _write_sheet(book: xlsxwriter.Workbook, name: str, frame: pl.DataFrame) -> None:
    """Write a frame under its headings; yes and no are words."""
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, frame.columns)
    words = {True: "yes", False: "no"}
    for number, row in enumerate(frame.rows(), start=1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, words[value] if isinstance(value, bool) else value)


def test_wrong_rows_are_all_told_at_once(tmp_path: Path) -> None:
    """`lots` for a quantity and `soon` for a date: two findings with their addresses, and no case."""
    folder = tmp_path / "walk"
    shutil.copytree(WALK, folder)
    for name, right, wrong in (("needs", "120", "lots"), ("pledges", "2022-11-21", "soon")):
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        (folder / f"{name}.csv").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        desk.load_case(folder)
    errors = {(found.file, found.row, found.value) for found in caught.value.findings if found.severity == "error"}
    assert {("needs.csv", 2, "lots"), ("pledges.csv", 2, "soon")} <= errors
