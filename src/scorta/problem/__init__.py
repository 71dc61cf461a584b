"""Families of columns and rules as arrays: a network written as one sparse problem with tiers."""

from scorta.problem.budgets import Charge as Charge
from scorta.problem.budgets import budget_unit as budget_unit
from scorta.problem.budgets import charges_of as charges_of
from scorta.problem.budgets import forced_spend as forced_spend
from scorta.problem.budgets import yearly as yearly
from scorta.problem.build import build_problem as build_problem
from scorta.problem.keys import value_unit as value_unit
from scorta.problem.legs import arrivals as arrivals
from scorta.problem.legs import dated_moves as dated_moves
from scorta.problem.legs import living as living
from scorta.problem.legs import open_days as open_days
from scorta.problem.needs import lateness as lateness
from scorta.problem.needs import meets as meets
from scorta.problem.pledges import surplus as surplus
from scorta.problem.problem import Family as Family
from scorta.problem.problem import Numbers as Numbers
from scorta.problem.problem import Problem as Problem
from scorta.problem.problem import Release as Release
from scorta.problem.problem import TierSum as TierSum
from scorta.problem.production import gives as gives
from scorta.problem.production import stands_for as stands_for
from scorta.problem.switches import counts_cost as counts_cost
