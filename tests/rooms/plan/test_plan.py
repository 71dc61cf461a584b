"""The record of a plan: options and size as fields, saved under the same words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scorta.plan import RECORD, Options, Plan, Size, load_plan, save_plan


@pytest.mark.parametrize(
    ("options", "saved"),
    [
        (Options(seconds=60.0, memory=100, gap=0.01), {"seconds": 60.0, "memory": 100, "gap": 0.01}),
        (
            Options(60.0, 100, 0.01, "ab", 7),
            {"seconds": 60.0, "memory": 100, "gap": 0.01, "previous": "ab", "freeze": 7},
        ),
    ],
)
def test_options_are_saved_as_they_were_given(
    plan: Plan, tmp_path: Path, options: Options, saved: dict[str, object]
) -> None:
    """What was not given is not written; what is read back is the same."""
    made = replace(plan, record=replace(plan.record, options=options))
    save_plan(made, tmp_path / "plan")
    assert json.loads((tmp_path / "plan" / RECORD).read_text(encoding="utf-8"))["options"] == saved
    assert load_plan(tmp_path / "plan").record.options == options


def test_a_record_without_whole_numbers_is_read(plan: Plan, tmp_path: Path) -> None:
    """A plan that was saved before whole numbers were counted has none, and none were dropped."""
    save_plan(plan, tmp_path / "plan")
    path = tmp_path / "plan" / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    record["size"] = {"columns": 3, "rows": 2, "entries": 5}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert load_plan(tmp_path / "plan").record.size == Size(columns=3, rows=2, entries=5, whole=0, dropped=0)
