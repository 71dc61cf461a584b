"""The door for Python users: cases, plans and answers, each a thin object over what the desk gives."""

from scorta.errors import BrokenPlanError as BrokenPlanError
from scorta.errors import CaseError as CaseError
from scorta.errors import InputError as InputError
from scorta.errors import OutputError as OutputError
from scorta.errors import ScortaError as ScortaError
from scorta.errors import SolverError as SolverError
from scorta.languages import speaking as speaking
from scorta.python.answers import Answer as Answer
from scorta.python.cases import Case as Case
from scorta.python.cases import demo_case as demo_case
from scorta.python.cases import read_case as read_case
from scorta.python.plans import Plan as Plan
from scorta.python.plans import ask as ask
from scorta.python.plans import compare as compare
from scorta.python.plans import fairness as fairness
from scorta.python.plans import plan as plan
from scorta.python.plans import read_plan as read_plan
from scorta.python.plans import show_versions as show_versions
from scorta.tables import Finding as Finding
