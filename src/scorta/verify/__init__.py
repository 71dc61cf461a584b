"""The independent checker, and the bound that shows how good a plan is: they read the case and the plan's tables."""

from scorta.verify.breach import Breach as Breach
from scorta.verify.check import check_plan as check_plan
from scorta.verify.tiers import dual_bound as dual_bound
