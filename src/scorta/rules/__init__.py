"""The ground on which all rooms of the engine stand: rules, tiers and what is decided, each described once."""

from scorta.rules.columns import ANSWER_TOLERANCE as ANSWER_TOLERANCE
from scorta.rules.columns import SOLVER_TOLERANCE as SOLVER_TOLERANCE
from scorta.rules.columns import Column as Column
from scorta.rules.rules import Rule as Rule
from scorta.rules.tiers import About as About
from scorta.rules.tiers import Tier as Tier
from scorta.rules.tiers import TierKind as TierKind
from scorta.rules.tiers import tier_of as tier_of
