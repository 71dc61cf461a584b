"""The words that commands take: limits that make sense, places that are named, views that there are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Scorta = Callable[..., Result]


@pytest.mark.parametrize("option", ["--time-limit", "--memory-limit"])
@pytest.mark.parametrize("limit", ["inf", "nan", "-inf", "-1", "0", "1e8", "1e308", "many"])
def test_a_limit_that_is_none_ends_with_2(scorta: Scorta, option: str, limit: str) -> None:
    """What is no number, nothing, or more than makes sense is refused before the case is read."""
    done = scorta("plan", "x", option, limit)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}'" in done.stderr


def test_the_largest_limits_are_taken(scorta: Scorta, walk: Path) -> None:
    """Four months and a million gigabytes are the most that is taken."""
    assert scorta("plan", walk, "--time-limit", "1e7", "--memory-limit", "1e6", "--quiet").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("check", ""),
        ("check", " "),
        ("plan", ""),
        ("plan", "x", "--out", ""),
        ("demo", "--out", ""),
        ("show", "", "needs"),
        ("template", ""),
    ],
)
def test_no_name_is_not_the_current_folder(scorta: Scorta, tmp_path: Path, words: tuple[str, ...]) -> None:
    """An empty name, as of a variable that is not set, is refused and nothing is written."""
    done = scorta(*words)
    assert done.exit_code == 2
    assert "the name is empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_show_has_every_view(scorta: Scorta, walk_plan: Path) -> None:
    """Each view can be shown as a page and as JSON; the names are those of the report room."""
    from scorta.report import VIEW_NAMES

    told = scorta("show", "--help").stdout
    for view in VIEW_NAMES:
        assert scorta("show", walk_plan, view).exit_code == 0
        assert isinstance(json.loads(scorta("show", walk_plan, view, "--json").stdout), list)
        assert f"\n  {view} " in told


def test_a_misspelt_view_is_told_once(scorta: Scorta, walk_plan: Path) -> None:
    """What the views are is said a single time, with the one that may be meant."""
    done = scorta("show", walk_plan, "neds")
    assert done.exit_code == 2
    assert done.stderr.count("shipments") == 1
    assert "Did you mean `needs`?" in " ".join(done.stderr.split())
    assert "Did you mean" not in scorta("show", walk_plan, "xyz").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fairness", "x", "--cap", "1.5"), "1.5 is not in the range 0<=x<=1"),
        (("fairness", "x", "--cap", "all"), "'all' is not a valid number"),
        (("show", "x", "needs", "--limit", "-1"), "-1 is not in the range x>=0"),
        (("show", "x", "needs", "--limit", "2.5"), "'2.5' is not a valid whole number"),
        (("trace", "N1", "--case", "x", "--chart", "n1.pdf"), "n1.pdf is no name of a chart: end it in .svg, .png"),
    ],
)
def test_what_is_no_part_no_count_or_no_chart_is_refused(
    scorta: Scorta, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """It is said which words would do, before anything is read or written."""
    done = scorta(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []
