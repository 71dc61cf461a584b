"""How numbers are written."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorta.languages import numbers, speaking


def test_examples_in_docstrings_hold() -> None:
    """Every example in the docstrings of the file gives what it says."""
    done = doctest.testmod(numbers)
    assert done.attempted > 0
    assert done.failed == 0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_written_number_is_near_the_number(value: float) -> None:
    """What is written is within a two-hundredth of the number, or within 0.005 where it is small."""
    written = numbers.write_number(value)
    if "0.01" in written and written[0] in "<>":
        assert 0 < abs(value) < 0.005
    else:
        assert abs(float(written.replace(",", "")) - value) <= max(0.00501, abs(value) * 0.00501)


@given(st.floats(min_value=0, max_value=1))
def test_only_the_whole_is_written_as_the_whole(value: float) -> None:
    """0 % and 100 % are kept for nothing and for all of it."""
    written = numbers.write_share(value)
    assert (written == "0 %") == (value <= numbers.WHOLE_NUMBER_TOLERANCE)
    assert (written == "100 %") == (value >= 1 - numbers.WHOLE_NUMBER_TOLERANCE)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_unknown(value: float) -> None:
    """A bound that does not exist is unknown; nothing breaks."""
    assert numbers.write_number(value) == "unknown"
    assert numbers.write_gap(value) == "unknown"


def test_numbers_in_italian() -> None:
    """A point between thousands and a comma before decimals; a share, a day and a year are as everywhere."""
    with speaking("it"):
        told = [numbers.write_number(value) for value in (1250.0, -1234567.8, 12.5, 0.001, math.inf)]
        assert told == ["1.250", "-1.234.568", "12,5", "<0,01", "non noto"]
        assert (numbers.write_share(0.583), numbers.write_gap(0.0123)) == ("58 %", "1,2 %")
        assert numbers.write_year(2026.0) == "2026"
