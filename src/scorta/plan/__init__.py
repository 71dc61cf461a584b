"""The answer as tables that a planner reads, with the record of how they came about."""

from scorta.plan.files import RECORD as RECORD
from scorta.plan.files import load_plan as load_plan
from scorta.plan.files import save_plan as save_plan
from scorta.plan.keys import FairPlan as FairPlan
from scorta.plan.keys import fair_plan as fair_plan
from scorta.plan.levels import hastened as hastened
from scorta.plan.levels import recoveries as recoveries
from scorta.plan.levels import replaced as replaced
from scorta.plan.levels import replacement_orders as replacement_orders
from scorta.plan.plan import Coverage as Coverage
from scorta.plan.plan import Options as Options
from scorta.plan.plan import Plan as Plan
from scorta.plan.plan import Record as Record
from scorta.plan.plan import Size as Size
from scorta.plan.plan import Statistics as Statistics
from scorta.plan.plan import TierValue as TierValue
from scorta.plan.plan import cover as cover
from scorta.plan.plan import names_of as names_of
from scorta.plan.tables import plan_tables as plan_tables
