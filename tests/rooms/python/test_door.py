"""The door for Python users: light until it is used, and whole."""

from __future__ import annotations

import inspect
import subprocess
import sys

import scorta
import scorta.python

SCRIPT = """
import resource, sys
before = resource.getrusage(resource.RUSAGE_SELF)
import scorta
dir(scorta)
after = resource.getrusage(resource.RUSAGE_SELF)
heavy = {"numpy", "polars", "highspy", "rich", "babel", "click"} & {name.partition(".")[0] for name in sys.modules}
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, *heavy)
"""


def test_import_is_light() -> None:
    """It takes less than 0.15 s of the processor, and loads no library of others."""
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    seconds, *heavy = run.stdout.split()
    assert heavy == []
    assert float(seconds) < 0.15


def test_every_public_name_is_there() -> None:
    """What is listed is there, and what the room for Python users offers is listed."""
    for name in scorta.__all__:
        assert getattr(scorta, name) is getattr(scorta.python, name), name
        assert name in dir(scorta)
    offered = {
        name for name, value in vars(scorta.python).items() if inspect.isclass(value) or inspect.isfunction(value)
    }
    assert offered == set(scorta.__all__)


def test_plan_is_the_function_whatever_was_loaded_first() -> None:
    """The room of that name, once loaded, does not take its place; it is imported as before."""
    words = "import scorta.desk, scorta, scorta.plan.files; print(scorta.plan.__name__, scorta.plan.__module__)"
    run = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["plan", "scorta.python.plans"]


def test_help_reads_as_a_page() -> None:
    """`help(scorta)` begins with the ten lines."""
    text = inspect.getdoc(scorta) or ""
    assert "import scorta as sc" in text
    assert "print(sc.compare(plan, better))" in text


def test_a_name_that_is_not_there_is_an_error() -> None:
    """It is not looked up elsewhere."""
    assert not hasattr(scorta, "plans_of_mine")
