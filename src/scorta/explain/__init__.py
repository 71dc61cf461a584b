"""Why a plan is as it is: what stands behind every unit, what in the way of others, and what changed since another."""

from scorta.explain.asking import Ask as Ask
from scorta.explain.asking import Served as Served
from scorta.explain.asking import list_asks as list_asks
from scorta.explain.attributing import Attribution as Attribution
from scorta.explain.attributing import attribute as attribute
from scorta.explain.attributing import measure as measure
from scorta.explain.attributing import mixtures as mixtures
from scorta.explain.causes import Cause as Cause
from scorta.explain.causes import Hindrance as Hindrance
from scorta.explain.causes import Why as Why
from scorta.explain.causes import explain_need as explain_need
from scorta.explain.comparing import Comparison as Comparison
from scorta.explain.comparing import compare as compare
from scorta.explain.easing import Met as Met
from scorta.explain.repairs import Remedy as Remedy
from scorta.explain.repairs import Repair as Repair
from scorta.explain.repairs import changes_of as changes_of
from scorta.explain.repairs import propose as propose
from scorta.explain.serving import serves as serves
from scorta.explain.tracing import Step as Step
from scorta.explain.tracing import trace_need as trace_need
from scorta.explain.weighing import Effect as Effect
from scorta.explain.weighing import Fix as Fix
from scorta.explain.weighing import is_enough as is_enough
from scorta.explain.weighing import weigh as weigh
