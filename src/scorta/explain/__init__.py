"""Why a plan is as it is: what stands behind every unit, what in the way of others, and what changed since another."""

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
from scorta.explain.serving import serves as serves
from scorta.explain.tracing import Step as Step
from scorta.explain.tracing import trace_need as trace_need
