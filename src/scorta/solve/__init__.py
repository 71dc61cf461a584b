"""A problem to an answer: HiGHS behind one door, in a process of its own with limits."""

from scorta.solve.answer import Answer as Answer
from scorta.solve.answer import Basis as Basis
from scorta.solve.answer import Certificate as Certificate
from scorta.solve.answer import Certify as Certify
from scorta.solve.answer import Limits as Limits
from scorta.solve.answer import Progress as Progress
from scorta.solve.answer import TierAnswer as TierAnswer
from scorta.solve.pool import SolverPool as SolverPool
from scorta.solve.process import SolverProcess as SolverProcess
from scorta.solve.process import solver_environment as solver_environment
