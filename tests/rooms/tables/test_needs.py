"""The tables of needs, of issues and of fulfilment."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

HEADS = "need place item quantity required_by priority state every until"


def test_a_need_is_open_and_stays_asked_for_unless_it_is_said() -> None:
    """An empty state is open, what is late is backordered, and it comes once."""
    (row,) = read("needs", f"{HEADS} | N1 HUB tent 50 2022-12-04 1 - - - | N2 HUB box 5 2022-12-04 2 - - -").to_dicts()[
        :1
    ]
    assert (row["state"], row["unmet"], row["every"], row["not_before"]) == ("open", "backorder", None, None)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("N1 HUB tent 50 2022-12-04 0 - - -", ("below-minimum", "priority")),
        ("N1 HUB tent 50 2022-12-04 1 lost - -", ("unknown-choice", "state")),
        ("N1 HUB tent 50 2022-12-04 1 - day 2022-12-20", ("unknown-choice", "every")),
        ("N1 HUB tent 50 2022-12-04 1 - week -", ("every-without-until", "every")),
        ("N1 HUB tent 50 2022-12-04 1 - - - | N1 HUB cot 5 2022-12-04 1 - - -", ("duplicate-key", "need")),
    ],
)
def test_what_cannot_be_meant_is_told(row: str, error: tuple[str, str]) -> None:
    """Nothing is more urgent than 1; what comes back does so at a pace that there is, until a day."""
    assert error in wrong("needs", f"{HEADS} | {row}")


def test_what_is_asked_comes_on_time_late_or_never(winter: Planned) -> None:
    """The three add up; what comes, and the days it is late, are what is issued."""
    issued = (
        winter.plan["issues"]
        .group_by("need")
        .agg(came=pl.col("meets").sum(), days=(pl.col("meets") * pl.col("days_late")).sum())
    )
    rows = winter.plan["fulfilment"].join(issued, on="need", how="left").fill_null(0.0)
    assert rows.height > 10
    comes = rows["on_time"] + rows["late"]
    assert (comes + rows["unmet"]).to_list() == pytest.approx(rows["asked"].to_list())
    assert comes.to_list() == pytest.approx(rows["came"].to_list(), abs=1e-4)
    assert rows["unit_days_late"].to_list() == pytest.approx(rows["days"].to_list(), abs=1e-2)
