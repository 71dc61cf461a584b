"""The made cases of the benchmark."""

import importlib.util
import sys
from pathlib import Path

import pytest

from scorta.check import check_case
from scorta.network import build_network
from scorta.problem import build_problem
from scorta.read import read_case

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def generate():
    """The generator, as `benchmarks/run.py` imports it."""
    yield from _module("generate")


@pytest.fixture(scope="module")
def modelling():
    """What other tools are given, as `benchmarks/run.py` imports it."""
    yield from _module("modelling")


def _module(name):
    """Import a file of the benchmark for as long as a test needs it."""
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def small(generate):
    """The case of size S."""
    return generate.make_case(generate.SIZES["S"])


def test_same_seed_same_case(generate, small):
    """The same seed makes the same case, another seed another."""
    size = generate.SIZES["S"]
    assert generate.make_case(size).digest() == small.digest()
    assert generate.make_case(size, seed=1).digest() != small.digest()


def test_size_of_s(small):
    """The problem of size S has about 14 thousand entries, and every rule of the shape has rows."""
    problem = build_problem(build_network(small))
    assert 12_000 < problem.shape[2] < 16_000
    for rule in ("balance", "need", "handover", "pledge", "leg_capacity", "line_hours", "floor", "objective"):
        assert problem.rules[rule].size, rule


def test_written_case_is_sound(generate, small, tmp_path):
    """A made case written as CSV is read and checked without a finding, and is the same case."""
    generate.write_case(small, tmp_path)
    checked = check_case(read_case(tmp_path))
    assert checked.findings == ()
    assert checked.case.digest() == small.digest()


def test_rows_of_stocks(generate, small):
    """A case can be given any number of rows of stocks."""
    assert len(generate.with_stock_rows(small, 500)["stocks"]) == 500


def test_other_tools_are_given_everything(modelling, small):
    """The data that other modelling tools start from hold every entry of the problem."""
    problem = build_problem(build_network(small))
    modelling.check_complete(problem, modelling.data_of(problem))
