"""The checked, frozen set of tables that everything else is made from, and its horizon."""

from scorta.case.case import ROW as ROW
from scorta.case.case import TIERS as TIERS
from scorta.case.case import TYPES as TYPES
from scorta.case.case import Case as Case
from scorta.case.case import Change as Change
from scorta.case.case import Previous as Previous
from scorta.case.case import Scenario as Scenario
from scorta.case.case import Tier as Tier
from scorta.case.case import changes_frame as changes_frame
from scorta.case.case import changes_in as changes_in
from scorta.case.case import schema as schema
from scorta.case.horizon import BEYOND as BEYOND
from scorta.case.horizon import Days as Days
from scorta.case.horizon import Floats as Floats
from scorta.case.horizon import Horizon as Horizon
from scorta.case.horizon import step as step
