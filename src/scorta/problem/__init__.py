"""Families of columns and rules as arrays: a network written as one sparse problem with tiers."""

from scorta.problem.bettering import lateness as lateness
from scorta.problem.build import build_problem as build_problem
from scorta.problem.buying import Sales as Sales
from scorta.problem.buying import sales_of as sales_of
from scorta.problem.giving import Gifts as Gifts
from scorta.problem.giving import gifts_of as gifts_of
from scorta.problem.making import gives as gives
from scorta.problem.making import stands_for as stands_for
from scorta.problem.moving import arrivals as arrivals
from scorta.problem.moving import capacities as capacities
from scorta.problem.moving import dated_moves as dated_moves
from scorta.problem.moving import living as living
from scorta.problem.moving import masses as masses
from scorta.problem.needing import meets as meets
from scorta.problem.problem import Family as Family
from scorta.problem.problem import Numbers as Numbers
from scorta.problem.problem import Problem as Problem
from scorta.problem.problem import Release as Release
from scorta.problem.problem import Tier as Tier
from scorta.problem.rules import RULES as RULES
from scorta.problem.rules import Rule as Rule
from scorta.problem.spending import Charge as Charge
from scorta.problem.spending import charges_of as charges_of
from scorta.problem.spending import forced_spend as forced_spend
from scorta.problem.spending import yearly as yearly
from scorta.problem.using import open_days as open_days
