"""The two figures that tolerances come from: what the solver lets pass, and what is lost when figures are added up.

The checker has figures of its own (`verify/breach.py`), so that a tolerance that is too wide here is seen there.
"""

SOLVER_TOLERANCE = 1e-7
"""Units by which HiGHS may miss a row or a bound: a flow below this is none."""

ANSWER_TOLERANCE = 10 * SOLVER_TOLERANCE
"""Part of a figure up to which the solver answers rightly: a few rows, each within its tolerance, add up."""
