"""One function for each thing a user does; the only room that puts rooms together."""

from scorta.desk.answers import ask as ask
from scorta.desk.answers import fix as fix
from scorta.desk.answers import trace as trace
from scorta.desk.answers import why as why
from scorta.desk.answers import why_below as why_below
from scorta.desk.answers import why_instead as why_instead
from scorta.desk.cases import build_case as build_case
from scorta.desk.cases import changed_case as changed_case
from scorta.desk.cases import demo_case as demo_case
from scorta.desk.cases import load_case as load_case
from scorta.desk.cases import load_changed as load_changed
from scorta.desk.cases import write_template as write_template
from scorta.desk.difference import MOST_GROUPS as MOST_GROUPS
from scorta.desk.difference import attribute_change as attribute_change
from scorta.desk.fairness import price_fairness as price_fairness
from scorta.desk.plans import make_plan as make_plan
from scorta.desk.plans import plan_case as plan_case
from scorta.desk.plans import versions as versions
from scorta.desk.steps import Step as Step
from scorta.difference import compare as compare
from scorta.plan import FairPlan as FairPlan
from scorta.plan import load_plan as load_plan
from scorta.solve import Limits as Limits
from scorta.solve import SolverPool as SolverPool
from scorta.solve import SolverProcess as SolverProcess
