"""What tests of several families share: the larger examples, each planned once for all of them."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from scorta import desk
from scorta.case import Case
from scorta.plan import Plan

SOURCE = Path(__file__).parents[1] / "src"
EXAMPLES = Path(__file__).parents[1] / "examples"

os.environ.pop("SCORTA_LANGUAGE", None)  # what somebody has set for themselves is none of the tests' business
os.environ["PYTHONPATH"] = str(SOURCE)  # every process that a test starts runs the source that stands beside the tests

SLOW = [HealthCheck.too_slow]  # time belongs in benchmarks
settings.register_profile("daily", deadline=None, suppress_health_check=SLOW, max_examples=40)
settings.register_profile("nightly", deadline=None, suppress_health_check=SLOW, max_examples=200)
settings.load_profile("nightly" if "SCORTA_NIGHTLY" in os.environ else "daily")


@dataclass(frozen=True)
class Planned:
    """A case, its plan, and the folder that holds the plan."""

    case: Case
    plan: Plan
    folder: Path


@pytest.fixture(scope="session")
def planned_walk(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The walk, which a person can follow by hand, with its plan."""
    return _planned(tmp_path_factory, EXAMPLES / "walk")


LONG_TERM = pytest.param("long_term", marks=pytest.mark.wide)
"""The ten years: planning them takes minutes, so that they are tried by night."""


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The case of October 2022 with its plan."""
    return _planned(tmp_path_factory, desk.demo_case())


@pytest.fixture(scope="session")
def long_term(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Ten years from October 2022 with their plan."""
    return _planned(tmp_path_factory, EXAMPLES / "october-2022-long-term")


@pytest.fixture(scope="session")
def winter(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The civil reserve with its plan."""
    return _planned(tmp_path_factory, EXAMPLES / "winter-reserve")


def _planned(tmp_path_factory: pytest.TempPathFactory, path: Path) -> Planned:
    """Return a case with its plan: the first process of the tests plans it, the others read it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    case, folder = desk.load_case(path), shared / path.name
    with (shared / f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        plan = desk.load_plan(folder) if folder.exists() else desk.plan_case(case, folder)
    return Planned(case, plan, folder)
